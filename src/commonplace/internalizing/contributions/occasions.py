"""That somebody used a practice, and how it went: told to who looks after it, and whose it is."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commonplace.communities.occasions import Because, Concern, Named, Occasion, Told, words_of
from commonplace.internalizing.evidence import Reported
from commonplace.internalizing.models import Application, Outcome
from commonplace.ledger.models import Act
from commonplace.objectifying.contributions.occasions import whom

WHOSE = ("cares", "began", "credited")
OF_USE = {name: whom.OF_PRACTICE[name] for name in (*WHOSE, "brought")}
OF_FAILURE = {**OF_USE, "cares": Because(_("you look after it"), at_once=True)}


def _whose(act: Act) -> Iterator[Concern]:
    return whom.of(act, *WHOSE)


def _has_failed(act: Act) -> bool:
    return Reported.of(act).outcome == Outcome.FAILED


def _has_worked(act: Act) -> bool:
    return not _has_failed(act)


def _at_report(notice: Told, named: Named) -> str:
    return reverse("application", args=[named.community.slug, notice.thread, notice.object])


OCCASIONS = (
    Occasion(
        name="used", verbs=("application.reported",), thread="practice", what=_("%(who)s used it, and it worked"),
        is_one=_has_worked, concerns=_whose, because=OF_USE,
        href=_at_report, followed=True, quoted=words_of(Application, "adaptation"),
    ),
    Occasion(
        name="failed", verbs=("application.reported",), thread="practice", what=_("%(who)s used it, and it failed"),
        is_one=_has_failed, concerns=_whose, because=OF_FAILURE,
        href=_at_report, followed=True, quoted=words_of(Application, "adaptation"),
    ),
)  # fmt: skip
