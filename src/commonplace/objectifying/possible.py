"""What the table of moves says of one practice, as a guard."""

from django.utils.translation import gettext as _

from commonplace.ledger.errors import NotPossible
from commonplace.objectifying.models import Practice
from commonplace.objectifying.moves import refusal


def must_be_possible(act: str, practice: Practice, case: str = "") -> None:
    """Raises NotPossible with the table's own reason."""
    reason = refusal(act, practice.status, case)
    if reason:
        raise NotPossible(_(reason))
