"""The minimum evidence before a practice is proposed (theory §2.3)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from commonplace.externalizing.models import Purpose
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.once import once
from commonplace.objectifying.models import Practice
from commonplace.objectifying.reports import FAILED, Report, report, reports_on


@dataclass(frozen=True, slots=True)
class Demand:
    """What is asked, how many there are, how many are needed."""

    words: str
    have: int
    need: int

    @property
    def is_met(self) -> bool:
        return self.have >= self.need


def demands(practice: Practice) -> list[Demand]:
    """Re-use: somebody else used it. Creation: several took part, and tried it in several settings, failures included.

    That the exchange was resolved is T4's own guard: nothing is distilled from any other.
    """
    return once(("demands", practice.pk), lambda: _demands(practice))


def _demands(practice: Practice) -> list[Demand]:
    contributors = practice.credits.of_knowledge().count()
    return demanded(practice, contributors, [report(act) for act in reports_on(practice)])


def demanded(practice: Practice, contributors: int, reports: Sequence[Report]) -> list[Demand]:
    """From the number of people credited for what they know, and what was reported."""
    if practice.course.brought:
        return [_in_use(practice, reports)]
    if practice.purpose == Purpose.REUSE:
        by_others = sum(not each.by_author for each in reports)
        words = _("reported use by somebody who neither wrote it nor is credited as its author")
        return [Demand(words, by_others, settings.REUSE_APPLICATIONS)]
    settings_tried = len({each.setting for each in reports})
    return [
        Demand(_("people who contributed"), contributors, settings.CREATION_CONTRIBUTORS),
        Demand(_("settings in which it was tried, failures included"), settings_tried, settings.CREATION_TRIALS),
    ]


def _in_use(practice: Practice, reports: Sequence[Report]) -> Demand:
    """Of what was brought in: one use that did not fail, or two who say that it is in use; who brought it in says so by
    its first day."""
    whence = practice.bringing
    say_so = whence.backings.count() + (whence.since_on is not None)
    held = sum(not each.by_author and each.outcome != FAILED for each in reports)
    words = _("reported use that did not fail, by somebody else, or a second member who says that it is in use")
    return Demand(words, held + (say_so >= settings.BACKERS), 1)


def must_have_its_minimum(practice: Practice) -> None:
    for demand in demands(practice):
        if not demand.is_met:
            raise NotPossible(
                _("Too early to propose it. Needed: %(need)s %(words)s; so far %(have)s.")
                % {"need": demand.need, "words": demand.words, "have": demand.have}
            )
