"""The minimum evidence before a practice is proposed (theory §2.3)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonplace.communities.models import Community
from commonplace.communities.speaking import speakers
from commonplace.externalizing.models import Purpose
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.models import Act
from commonplace.ledger.once import once
from commonplace.objectifying.crediting import CREDITS, named_in
from commonplace.objectifying.models import Practice
from commonplace.objectifying.reports import FAILED, REPORTED, report


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
    """Re-use: somebody else used it, and it held. Creation: several took part, and tried it in several settings,
    failures included, of which one held. Brought in: a use that held, or two who say that it is in use.

    That the exchange was resolved is T4's own guard: nothing is distilled from any other.
    """
    return once(("demands", practice.pk), lambda: _demands(practice))


def _demands(practice: Practice) -> list[Demand]:
    contributors = practice.credits.of_knowledge().count()
    return demanded(practice, contributors, Act.objects.about(practice).filter(verb__in=[REPORTED, *CREDITS]))


def demanded(practice: Practice, contributors: int, acts: Iterable[Act]) -> list[Demand]:
    """From the number of people credited for what they know, and the acts on it: reports, and whom it credits."""
    acts = list(acts)
    authors = named_in(acts, "authors")
    reports = [(act.actor, report(act)) for act in acts if act.verb == REPORTED]
    held = [one for _by, one in reports if one.outcome != FAILED]
    others = [by for by, one in reports if not one.by_author and by not in authors and one.outcome != FAILED]
    if practice.course.brought:
        return [_in_use(practice, others)]
    if practice.purpose == Purpose.REUSE:
        words = _("reported use that did not fail, by somebody who neither wrote it nor is credited as its author")
        return [Demand(words, len(others), settings.REUSE_APPLICATIONS)]
    settings_tried = len({one.setting for _by, one in reports})
    return [
        Demand(_("people who contributed"), contributors, settings.CREATION_CONTRIBUTORS),
        Demand(_("settings in which it was tried, failures included"), settings_tried, settings.CREATION_TRIALS),
        Demand(_("trial in which it held"), len(held), settings.CREATION_HELD),
    ]


def _in_use(practice: Practice, others: Sequence[str]) -> Demand:
    """One use that did not fail, or two who say that it is in use; who brought it in says so by its first day. Who has
    left, is a bot or sponsors the community says nothing."""
    whence = practice.bringing
    backers = once(("backers", practice.pk), whence.backings.by_members().count)
    here = once(("here", practice.pk), lambda: heard(practice.community, [whence.by_id, *others]))
    by_others = sum(by in here for by in others)
    say_so = backers + (whence.since_on is not None and whence.by_id in here)
    have = by_others + (say_so >= settings.BACKERS)
    return Demand(who_says_so(max(settings.BACKERS - say_so, 1)), have, 1)


def who_says_so(more: int) -> str:
    words = ngettext(
        "reported use that did not fail, by somebody else, or %(n)s more member who says that it is in use",
        "reported use that did not fail, by somebody else, or %(n)s more members who say that it is in use",
        more,
    )
    return words % {"n": more}


def heard(community: Community, people: Collection[str]) -> set[str]:
    """Of these, whose word counts in the community."""
    return set(speakers(community).filter(person__in=set(people)).values_list("person", flat=True))


def must_have_its_minimum(practice: Practice) -> None:
    for demand in demands(practice):
        if not demand.is_met:
            raise NotPossible(
                _("Too early to propose it. Needed: %(need)s %(words)s; so far %(have)s.")
                % {"need": demand.need, "words": demand.words, "have": demand.have}
            )
