"""What the table of moves says of one practice, as a guard."""

from django.utils.translation import gettext as _

from commonplace.ledger.errors import NotPossible
from commonplace.objectifying.models import Practice, Proposal
from commonplace.objectifying.moves import NO_ROUND, refusal
from commonplace.untrusted.visible import is_blank


def must_be_possible(act: str, practice: Practice, case: str = "") -> None:
    """Raises NotPossible with the table's own reason."""
    reason = refusal(act, practice.status, case)
    if reason:
        raise NotPossible(_(reason))


def must_be_open(proposal: Proposal) -> None:
    """An open round says that the table allows what happens in it: it opens and ends in no other status."""
    if not proposal.is_open:
        raise NotPossible(_(NO_ROUND))


def must_have_words(words: str, otherwise: str, about: str = "reason") -> None:
    if is_blank(words):
        raise NotPossible(otherwise, about)
