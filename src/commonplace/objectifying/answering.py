"""T14: which challenges a version answers, if it is accepted, and who keeps theirs open (theory §2.7)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from commonplace.communities.contributions import Panel
from commonplace.consenting.kinds import How
from commonplace.consenting.models import Objection, Proposal
from commonplace.consenting.rows import rows_of
from commonplace.ledger import clock
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.once import once
from commonplace.objectifying import policy
from commonplace.objectifying.models import Answer, Challenge, Practice, Version
from commonplace.objectifying.models.challenge import ChallengeQuerySet

WHY = "who reads a version or a round on it reads what it answers"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersPanel(Panel):
    """`named`: what the version says it answers; `since`: what was raised after it was written, in an open round.

    `waits_for`: ids of those who are asked, raised one of these, and have not spoken of this text. `kept`: ids of
    challenges that go on, as the round stands, even if it is accepted.
    """

    template: ClassVar[str] = "objectifying/answers.jinja"
    named: Sequence[Challenge]
    since: Sequence[Challenge] = ()
    waits_for: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()


def must_be_answerable(practice: Practice, answers: Sequence[Challenge], minor: bool) -> None:
    open_ones = set(practice.challenges.open().values_list("pk", flat=True)) if answers else set()
    if any(one.pk not in open_ones for one in answers):
        raise NotPossible(_("This challenge is settled meanwhile. Untick it."), "answers")
    if minor and answers:
        raise NotPossible(_("A minor edit answers no challenge. Untick it, or put the change to consent."), "minor")


def answered(version: Version, proposal: Proposal) -> list[Challenge]:
    """Of the open ones, now that the version is accepted; but for those whose raiser keeps them open."""
    asked = set(proposal.asked.values_list("person", flat=True))
    objections = list(proposal.objections.order_by("raised_at", "pk"))
    spoke = dict(proposal.stances.current().own().values_list("person", "taken_at"))
    challenges = version.practice.challenges
    since = [one for one in _shown(challenges.since(version.number)) if _has_spoken_since(one, spoke)]
    ended = {one.pk: one for one in (*_shown(challenges.named_by(version.number)), *since)}
    return [one for one in ended.values() if not _is_kept(one, asked, objections)]


def _has_spoken_since(challenge: Challenge, spoke: Mapping[str, datetime]) -> bool:
    """Nobody's silence ends what no version names: its raiser has said where they stand on this text, knowing it."""
    taken_at = spoke.get(challenge.raised_by_id)
    return taken_at is not None and taken_at >= challenge.raised_at


def answers_otherwise(proposal: Proposal, number: int) -> bool:
    """Consents to a text that left a challenge open are none to one that ends it."""
    practice: Practice = proposal.subject
    return set(named_by(practice, number)) != set(named_by(practice, proposal.number))


def _is_kept(challenge: Challenge, asked: Iterable[str], objections: Iterable[Objection]) -> bool:
    """Its raiser belongs here still, and was not asked; or objects, and has not said that it is met or withdrawn."""
    if not policy.member.allows(challenge.raised_by, challenge):
        return False
    if challenge.raised_by_id not in asked:
        return True
    mine = [one for one in objections if one.raised_by_id == challenge.raised_by_id and not one.for_another]
    return any(not _is_let_go(one) for one in [one for one in mine if one.how != How.ANEW][-1:])


def _is_let_go(objection: Objection) -> bool:
    """By its raiser's own word: what a facilitator or time says of it is not theirs."""
    own = objection.settled_by_id == objection.raised_by_id
    return own and objection.how in (How.WITHDRAWN, How.CHANGE)


def named_by(practice: Practice, number: int) -> list[Challenge]:
    """What a version of it says that it answers."""
    said_so = Answer.objects.filter(challenge=OuterRef("pk"), version__number=number).everywhere(WHY)
    return list(_shown(practice.challenges.filter(Exists(said_so))))


def to_answer(practice: Practice, ticked: Iterable[str] = ()) -> list[Challenge]:
    """Those that are open; and what somebody ticked that was settled meanwhile, so that they can untick it."""
    wanted = set(ticked)
    if not practice.course.challenges and not wanted:
        return []
    rows = practice.challenges.all() if wanted else practice.challenges.open()
    return [one for one in _shown(rows) if one.is_open or one.pk in wanted]


def _shown(rows: ChallengeQuerySet) -> ChallengeQuerySet:
    return rows.select_related("raised_by", "settlement").order_by("raised_at", "pk")


def answers_shown(proposal: Proposal) -> AnswersPanel | None:
    """On the page of a round on a version, also of one that is only thought of."""
    panel = once(("answers", proposal.pk, proposal.number), lambda: _panel(proposal))
    return panel if panel.named or panel.since else None


def asks(person: Any, proposal: Proposal) -> str:
    """Whoever raised what it would answer, until they have spoken."""
    panel = answers_shown(proposal)
    if panel is None or person.pk not in panel.waits_for:
        return ""
    words = _("If version %(n)s is accepted, your challenge counts as answered. Is it? If not, object: it stays open.")
    return words % {"n": proposal.number}


def _panel(proposal: Proposal) -> AnswersPanel:
    practice: Practice = proposal.subject
    if proposal.is_open and not practice.course.challenges:
        return AnswersPanel(named=())
    named = named_by(practice, proposal.number)
    if not proposal.is_open:
        return AnswersPanel(named=named)
    since = [one for one in _shown(practice.challenges.since(proposal.number)) if one not in named]
    panel = AnswersPanel(named=named, since=since)
    return panel if proposal._state.adding else _in_round(proposal, panel)


def _in_round(proposal: Proposal, panel: AnswersPanel) -> AnswersPanel:
    rows = rows_of(proposal)
    asked = {one.person_id for one in rows.asked}
    own = [one for one in rows.stances if one.entered_by_id is None]
    spoken = {one.person_id for one in own if one.number == proposal.number}
    spoke = {one.person_id: one.taken_at for one in own}
    named, since = ([one for one in these if one.is_open] for these in (panel.named, panel.since))
    silent = [one.pk for one in since if not _has_spoken_since(one, spoke)]
    in_time = clock.now() < proposal.closes_at
    keep_theirs = {one.raised_by_id for one in rows.objections if one.is_standing and not one.for_another}
    return replace(
        panel,
        waits_for=frozenset(one.raised_by_id for one in named if in_time) & asked - spoken - keep_theirs,
        kept=frozenset([*silent, *(one.pk for one in (*named, *since) if _is_kept(one, asked, rows.objections))]),
    )
