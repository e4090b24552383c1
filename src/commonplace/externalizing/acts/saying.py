"""What every text must be, whoever calls: a form, a letter, a program."""

from django.utils.translation import gettext as _

from commonplace.externalizing.lengths import LONGEST_TEXT, LONGEST_TITLE
from commonplace.ledger.errors import NotPossible


def must_say_something(body: str) -> None:
    if not body.strip():
        raise NotPossible(_("The text is empty: say something."))
    if len(body) > LONGEST_TEXT:
        raise NotPossible(_("This is more than %(most)s characters.") % {"most": LONGEST_TEXT})


def must_have_a_title(title: str) -> None:
    if not title.strip() or len(title) > LONGEST_TITLE:
        raise NotPossible(_("Say it in one line, of at most %(most)s characters.") % {"most": LONGEST_TITLE})
