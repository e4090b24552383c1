"""That somebody used a practice, and how it went: told to who looks after it, and whose it is."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commonplace.communities.occasions import Because, Concern, Named, Occasion, Told
from commonplace.internalizing.evidence import Reported
from commonplace.internalizing.models import Application, Outcome
from commonplace.ledger.models import Act
from commonplace.objectifying.models import Credit, Practice
from commonplace.untrusted import markdown

WHY = "whom it concerns is told; what a report says is read by whoever reads it"
CARES, WROTE = Because(_("you look after it")), Because(_("you wrote it down"))
CREDITS = Because(_("it credits you"))
CARES_AT_ONCE = Because(_("you look after it"), at_once=True)


def _whose(act: Act) -> Iterator[Concern]:
    practice = Practice.objects.everywhere(WHY).get(pk=act.subject)
    if practice.steward_id:
        yield Concern(practice.steward_id, "cares")
    yield Concern(practice.begun_by_id, "wrote")
    credited = Credit.objects.filter(practice=act.subject).of_knowledge().everywhere(WHY)
    yield from (Concern(person, "credited") for person in credited.values_list("person", flat=True))


def _has_failed(act: Act) -> bool:
    return Reported.of(act).outcome == Outcome.FAILED


def _has_worked(act: Act) -> bool:
    return not _has_failed(act)


def _at_report(notice: Told, named: Named) -> str:
    return reverse("application", args=[named.community.slug, notice.thread, notice.object])


def _quoted(person: Any, reports: Sequence[str]) -> Mapping[str, str]:
    rows = Application.objects.visible_to(person).filter(pk__in=reports)
    return {row.pk: markdown.render(row.adaptation, row.pk) for row in rows}


OCCASIONS = (
    Occasion(
        name="used", verbs=("application.reported",), thread="practice", what=_("%(who)s used it, and it worked"),
        is_one=_has_worked, concerns=_whose, because={"cares": CARES, "wrote": WROTE, "credited": CREDITS},
        href=_at_report, followed=True, quoted=_quoted,
    ),
    Occasion(
        name="failed", verbs=("application.reported",), thread="practice", what=_("%(who)s used it, and it failed"),
        is_one=_has_failed, concerns=_whose, because={"cares": CARES_AT_ONCE, "wrote": WROTE, "credited": CREDITS},
        href=_at_report, followed=True, quoted=_quoted,
    ),
)  # fmt: skip
