"""What of a practice is put to consent: the acceptance of a version, the settlement of a challenge."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonplace.communities.contributions import Panel
from commonplace.communities.models import Person
from commonplace.consenting.counting import tally_of
from commonplace.consenting.kinds import Kind, Outcome
from commonplace.consenting.matter import Beside, Matter, Text
from commonplace.consenting.models import Proposal
from commonplace.consenting.models.reading import with_people
from commonplace.consenting.rule import Lack
from commonplace.ledger import clock
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.recording import Also
from commonplace.objectifying.minimum import must_have_its_minimum
from commonplace.objectifying.minor import BINDING
from commonplace.objectifying.models import ENDS, PARTS, Agreement, Challenge, Practice, Version
from commonplace.objectifying.possible import must_be_possible
from commonplace.objectifying.reviewing import ended
from commonplace.objectifying.settling import end_agreement, end_by, settle, without_a_round
from commonplace.objectifying.status import OVER, SETTLEMENTS, Reviewed, Settled

RELATED, SECTION = ("community", "course"), "practices"
NEVER_AGAIN = (Outcome.ACCEPTED, Outcome.NOT_ACCEPTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengePanel(Panel):
    """The challenge that a round settles."""

    template: ClassVar[str] = "objectifying/challenged.jinja"
    challenge: Challenge


def _is_ready(actor: Person, practice: Practice, proposal: Proposal) -> None:
    must_be_possible("proposal.opened", practice, Kind.ACCEPTANCE)
    _must_be_undecided(practice, proposal)


def _may_wait(actor: Person, practice: Practice, proposal: Proposal) -> None:
    """While a round is open, what will be possible after it is not known, but for what is over already."""
    if practice.status in OVER:
        must_be_possible("proposal.lined_up", practice)
    _must_be_undecided(practice, proposal)


def _must_be_undecided(practice: Practice, proposal: Proposal) -> None:
    version = _version(practice, proposal)
    if version.number != practice.course.latest:
        raise NotPossible(_("There is a newer version. Propose that one."))
    decided = Proposal.objects.on(practice, Kind.ACCEPTANCE).filter(number=version.number, outcome__in=NEVER_AGAIN)
    is_decided = decided.everywhere("a version is decided on once").exists()
    if is_decided or version.number == practice.course.agreed:
        raise NotPossible(_("This version has been decided on. Write a new one first."))
    must_have_its_minimum(practice)


def text_of(practice: Practice, proposal: Proposal) -> Text:
    version = _version(practice, proposal)
    credited = practice.credits.of_knowledge().values_list("person", flat=True)
    return Text(
        title=practice.title,
        parts={part: version.words(part) for part in PARTS},
        wrote=frozenset(_writers(practice, version.number)),
        credited=frozenset(credited),
    )


def _writers(practice: Practice, number: int) -> Iterable[str]:
    """Of all that was written since the last agreement: a full stop added by a friend makes no other author."""
    first = min(practice.course.agreed + 1, number)
    return practice.versions.filter(number__range=(first, number)).values_list("author", flat=True)


def _challenged(practice: Practice, proposal: Proposal) -> Text:
    """The text that was challenged; who challenged it has a part in what becomes of that."""
    raised_by = practice.challenges.filter(pk=proposal.about).values_list("raised_by", flat=True)
    return replace(text_of(practice, proposal), concerned=frozenset(raised_by))


def _version(practice: Practice, proposal: Proposal) -> Version:
    """As the practice has it, whatever was handed over."""
    version: Version | None = practice.versions.filter(number=proposal.number).first()
    if version is None or not version.is_complete:
        raise NotPossible(_("Propose a version of this practice that has when, how, why and limits."))
    return version


def _agree(actor: Any, proposal: Proposal) -> Sequence[Also]:
    """The version is in force; what was challenged before it is answered by it."""
    practice: Practice = proposal.subject
    reviewed = ended(practice, Reviewed.REVISED)
    end_agreement(practice)
    version = practice.versions.get(number=proposal.number)
    Agreement.objects.create(practice=practice, version=version, proposal=proposal, review_on=proposal.review_on)
    older = practice.challenges.open().filter(number__lt=version.number)
    return [*(settle(challenge, Settled.ANSWERED, proposal) for challenge in older), *reviewed]


def _is_challenged(actor: Person, practice: Practice, proposal: Proposal) -> None:
    must_be_possible("proposal.opened", practice, Kind.SETTLEMENT)
    challenge = practice.challenges.open().filter(pk=proposal.about).first()
    if challenge is None:
        raise NotPossible(_("This challenge is settled already."))
    if clock.now() >= challenge.ends_at:
        raise NotPossible(_("Its time is over: nobody settled it by a round, so the rule does, within a day."))
    if proposal.number != practice.course.agreed:
        raise NotPossible(_("A challenge is about the version that is agreed on."))


def _settle_all(actor: Any, proposal: Proposal) -> Sequence[Also]:
    """The agreement upheld, the other challenges go on; its end answers all."""
    practice: Practice = proposal.subject
    challenge, outcome = practice.challenges.open().get(pk=proposal.about), Settled(proposal.choice)
    if outcome == Settled.UPHELD:
        return [settle(challenge, outcome, proposal)]
    return end_by(outcome, challenge, proposal)


def _missed_again(actor: Any, proposal: Proposal) -> Sequence[Also]:
    """Twice too few consented: then the rule ends the challenge, and no third round is asked for."""
    practice: Practice = proposal.subject
    challenge = practice.challenges.open().filter(pk=proposal.about).first()
    if challenge is None or Lack.QUORUM not in tally_of(proposal).missing:
        return ()
    before = Proposal.objects.on(practice, Kind.SETTLEMENT).filter(about=challenge.pk, outcome=Outcome.RETURNED)
    others = before.exclude(pk=proposal.pk).everywhere("how often it missed")
    missed = any(Lack.QUORUM in tally_of(one).missing for one in others)
    return without_a_round(challenge, proposal) if missed else ()


def _is_retired(proposal: Proposal) -> bool:
    return proposal.subject.status in OVER


def _is_answered(proposal: Proposal) -> bool:
    """The challenge is settled, or another version is agreed on."""
    practice: Practice = proposal.subject
    open_still = practice.challenges.open().filter(pk=proposal.about).exists()
    return not open_still or practice.course.agreed != proposal.number


def _newest(practice: Practice) -> int:
    return int(practice.course.latest)


def at_practice(proposal: Proposal) -> str:
    return str(proposal.subject.get_absolute_url())


def _write_at(proposal: Proposal) -> str:
    return reverse("revise", args=[proposal.community.slug, proposal.subject_id])


def _read_at(proposal: Proposal, number: int) -> str:
    at = reverse("practice_version", args=[proposal.community.slug, proposal.subject_id, number])
    return f"{at}?against={proposal.number}#changes"


def _beside(proposal: Proposal, objections: Sequence[str]) -> Sequence[Beside]:
    """Versions written to meet one of these, newer than what is proposed."""
    versions = proposal.subject.versions.filter(meets__in=objections, number__gt=proposal.number)
    rows = with_people(versions, "author").order_by("number")
    return [Beside(one.meets, one.number, one.author, _read_at(proposal, one.number)) for one in rows]


def _challenged_number(practice: Practice, about: str) -> int:
    """Of the version that the challenge is about."""
    challenge = practice.challenges.filter(pk=about).first()
    return challenge.number if challenge else 0


def _challenge(proposal: Proposal) -> ChallengePanel | None:
    challenges = Challenge.objects.filter(pk=proposal.about, practice=proposal.subject_id)
    row = (
        challenges.everywhere("who reads a round reads what it settles")
        .select_related("raised_by", "practice__community")
        .first()
    )
    return ChallengePanel(challenge=row) if row else None


MATTERS = (
    Matter(
        kind=Kind.ACCEPTANCE, on=Practice, words=gettext_lazy("a version of a practice"),
        accept=gettext_lazy("Accept it"), parts=PARTS, binding=BINDING,
        must_be_ready=_is_ready, may_wait=_may_wait, text=text_of, newest=_newest, accepted=_agree,
        overtaken=_is_retired, address=at_practice, is_reviewed=True, write_at=_write_at, read_at=_read_at,
        beside=_beside, related=RELATED, section=SECTION,
    ),
    Matter(
        kind=Kind.SETTLEMENT, on=Practice, words=gettext_lazy("the settlement of a challenge"),
        accept=gettext_lazy("Settle it so"), parts=PARTS, choices={one.value: ENDS[one] for one in SETTLEMENTS},
        must_be_ready=_is_challenged, text=_challenged, accepted=_settle_all, refused=_missed_again,
        overtaken=_is_answered, address=at_practice, number=_challenged_number, panel=_challenge, related=RELATED,
        section=SECTION, has_about=True, apart=True,
    ),
)  # fmt: skip
