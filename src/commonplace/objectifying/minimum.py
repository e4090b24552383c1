"""The minimum evidence before a practice is proposed (theory §2.3). Applications are known from the ledger alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from commonplace.externalizing.models import Purpose
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.models import Act
from commonplace.objectifying.models import Part, Practice

REPORTED = "application.reported"


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
    reported = Act.objects.about(practice).filter(verb=REPORTED).values_list("evidence", flat=True)
    return demanded(practice, practice.credits.exclude(part=Part.SCRIBE).count(), reported)


def demanded(practice: Practice, contributors: int, applications: Iterable[Mapping[str, Any]]) -> list[Demand]:
    """From the number of people credited for what they know, and the evidence of each application."""
    reported = list(applications)
    if practice.purpose == Purpose.REUSE:
        by_others = sum(not one["by_author"] for one in reported)
        return [Demand(_("reported use by somebody who did not write it"), by_others, settings.REUSE_APPLICATIONS)]
    settings_tried = len({one["setting"] for one in reported})
    return [
        Demand(_("people who contributed"), contributors, settings.CREATION_CONTRIBUTORS),
        Demand(_("settings in which it was tried, failures included"), settings_tried, settings.CREATION_TRIALS),
    ]


def must_have_its_minimum(practice: Practice) -> None:
    for demand in demands(practice):
        if not demand.is_met:
            raise NotPossible(
                _("Too early to propose it. Needed: %(need)s %(words)s; so far %(have)s.")
                % {"need": demand.need, "words": demand.words, "have": demand.have}
            )
