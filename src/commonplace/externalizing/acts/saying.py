"""What every text must be, whoever calls: a form, a letter, a program."""

from django.utils.translation import gettext as _

from commonplace.communities.naming import must_hide_nothing
from commonplace.communities.wording import must_be_kept
from commonplace.externalizing.lengths import LONGEST_TEXT, LONGEST_TITLE
from commonplace.files.holding import must_name_few
from commonplace.ledger.errors import NotPossible
from commonplace.untrusted.visible import is_blank


def must_say_something(body: str) -> None:
    if is_blank(body):
        raise NotPossible(_("The text is empty: say something."))
    must_be_kept(body, "body")
    if len(body) > LONGEST_TEXT:
        raise NotPossible(_("This is more than %(most)s characters.") % {"most": LONGEST_TEXT})
    must_name_few(body)


def must_have_a_title(title: str) -> None:
    if is_blank(title) or len(title) > LONGEST_TITLE:
        raise NotPossible(_("Say it in one line, of at most %(most)s characters.") % {"most": LONGEST_TITLE})
    must_hide_nothing(title, "title")
