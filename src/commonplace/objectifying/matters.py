"""What of a practice is put to consent: the acceptance of a version, the settlement of a challenge."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonplace.communities.contributions import Panel, Step, panels
from commonplace.communities.models import Person
from commonplace.consenting.counting import tally_of
from commonplace.consenting.kinds import Kind, Outcome
from commonplace.consenting.matter import Beside, Matter, Text
from commonplace.consenting.models import Proposal
from commonplace.consenting.models.reading import with_people
from commonplace.consenting.phrases import Phrases
from commonplace.consenting.rule import Lack
from commonplace.ledger import clock
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.once import once
from commonplace.ledger.recording import Also
from commonplace.objectifying import policy
from commonplace.objectifying.answering import answered, answers_otherwise, asks
from commonplace.objectifying.crediting import ever_credited
from commonplace.objectifying.deciding import is_decided
from commonplace.objectifying.listing import LISTS
from commonplace.objectifying.minimum import must_have_its_minimum
from commonplace.objectifying.minor import BINDING, extent_of
from commonplace.objectifying.models import ENDS, PARTS, Agreement, Challenge, Practice, Version
from commonplace.objectifying.possible import must_be_possible
from commonplace.objectifying.proposed_for import change_first, proposed_shown
from commonplace.objectifying.put import AUDIENCE, PUT, Put
from commonplace.objectifying.reviewing import ended
from commonplace.objectifying.settling import end_agreement, end_by, settle, without_a_round
from commonplace.objectifying.status import OVER, SETTLEMENTS, Reviewed, Settled
from commonplace.objectifying.way_on import who_tries

RELATED, SECTION = ("community", "course"), "practices"


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
    if is_decided(practice, version.number) or version.number == practice.course.agreed:
        raise NotPossible(_("This version has been decided on. Write a new one first."))
    must_have_its_minimum(practice)


def text_of(practice: Practice, proposal: Proposal) -> Text:
    version = _version(practice, proposal)
    credited = once(("credited", practice.pk), lambda: ever_credited(practice))
    return Text(
        title=practice.title,
        parts=Put(practice, version),
        wrote=frozenset(_writers(practice, version.number)),
        credited=frozenset(credited),
        html={part: getattr(version, f"{part}_html") for part in PARTS if version.words(part)},
        mark=version.pk,
    )


def _writers(practice: Practice, number: int) -> Iterable[str]:
    """Of all that was written since the last agreement: a full stop added by a friend makes no other author."""
    first = min(practice.course.agreed + 1, number)
    wrote = once(("wrote", practice.pk), lambda: list(practice.versions.values_list("number", "author")))
    return (author for at, author in wrote if first <= at <= number)


def _challenged(practice: Practice, proposal: Proposal) -> Text:
    """The text that is challenged; who challenged it has a part in what becomes of that."""
    challenge = _what_is_challenged(practice, proposal)
    raised_by = frozenset([challenge.raised_by_id] if challenge else ())
    return replace(text_of(practice, proposal), concerned=raised_by)


def _what_is_challenged(practice: Practice, proposal: Proposal) -> Challenge | None:
    rows = practice.challenges.filter(pk=proposal.about).select_related("settlement")
    return once(("challenge", practice.pk, proposal.about), rows.first)


def _version(practice: Practice, proposal: Proposal) -> Version:
    """As the practice has it, whatever was handed over."""
    number = proposal.number
    version: Version | None = once(
        ("version", practice.pk, number), lambda: practice.versions.filter(number=number).first()
    )
    if version is None or not version.is_complete:
        raise NotPossible(_("Propose a version of this practice that has when, how, why and limits."))
    return version


def _agree(actor: Any, proposal: Proposal) -> Sequence[Also]:
    """The version is in force; of what was challenged before, it answers what it answers, and the others go on."""
    practice: Practice = proposal.subject
    reviewed = ended(practice, Reviewed.REVISED, by_nonauthor=tally_of(proposal).others_consent > 0)
    end_agreement(practice)
    version = practice.versions.get(number=proposal.number)
    Agreement.objects.create(practice=practice, version=version, proposal=proposal, review_on=proposal.review_on)
    return [*(settle(challenge, Settled.ANSWERED, proposal) for challenge in answered(version, proposal)), *reviewed]


def _is_challenged(actor: Person, practice: Practice, proposal: Proposal) -> None:
    must_be_possible("proposal.opened", practice, Kind.SETTLEMENT)
    challenge = _what_is_challenged(practice, proposal)
    if challenge is None or not challenge.is_open:
        raise NotPossible(_("This challenge is settled already."))
    if clock.now() >= challenge.ends_at:
        raise NotPossible(_("Its time is over: nobody settled it by a round, so the rule does, within a day."))
    if proposal.number != practice.course.in_force:
        raise NotPossible(_("A challenge is about the version that is in force."))


def _settle_all(actor: Any, proposal: Proposal) -> Sequence[Also]:
    """The agreement upheld, the other challenges go on; its end answers all."""
    practice: Practice = proposal.subject
    challenge, outcome = practice.challenges.open().get(pk=proposal.about), Settled(proposal.choice)
    if outcome == Settled.UPHELD:
        return [settle(challenge, outcome, proposal)]
    return end_by(outcome, challenge, proposal)


def _missed_again(actor: Any, proposal: Proposal) -> Sequence[Also]:
    """Twice too few consented: then the rule ends the challenge, and no third round is asked for. One that a newer
    version overtook was missed by nobody."""
    practice: Practice = proposal.subject
    challenge = practice.challenges.open().filter(pk=proposal.about).first()
    is_overtaken = proposal.number != practice.course.in_force
    if challenge is None or is_overtaken or Lack.QUORUM not in tally_of(proposal).missing:
        return ()
    newer = Agreement.objects.filter(practice=practice, version__number__gt=OuterRef("number"))
    overtook = newer.filter(since__lte=OuterRef("decided_at")).everywhere("what overtook it")
    before = Proposal.objects.on(practice, Kind.SETTLEMENT).filter(about=challenge.pk, outcome=Outcome.RETURNED)
    others = before.exclude(Exists(overtook)).exclude(pk=proposal.pk).everywhere("how often it missed")
    missed = any(Lack.QUORUM in tally_of(one).missing for one in others)
    return without_a_round(challenge, proposal) if missed else ()


def _is_retired(proposal: Proposal) -> bool:
    return proposal.subject.status in OVER


def _is_answered(proposal: Proposal) -> bool:
    """The challenge is settled, or another version is agreed on."""
    practice: Practice = proposal.subject
    open_still = practice.challenges.open().filter(pk=proposal.about).exists()
    return not open_still or practice.course.in_force != proposal.number


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
    """Of the version against which the challenge goes on: what is agreed on now."""
    challenge = practice.challenges.filter(pk=about).first()
    return int(practice.course.in_force or challenge.number) if challenge else 0


def _challenge(proposal: Proposal) -> Challenge | None:
    """Which a round settles."""
    rows = Challenge.objects.filter(pk=proposal.about, practice=proposal.subject_id)
    rows = rows.everywhere("who reads a round reads what it settles").select_related(
        "raised_by", "settlement", "practice__community", "practice__course"
    )
    return once(("challenge", proposal.about), rows.first) if proposal.about else None


def _challenge_shown(proposal: Proposal) -> ChallengePanel | None:
    row = _challenge(proposal)
    return ChallengePanel(challenge=row) if row else None


def _settle_it_so(proposal: Proposal) -> str:
    end, row = _end(proposal), _challenge(proposal)
    if row is None:
        return end
    named = {"ground": row.get_ground_display(), "end": end}
    return _("Challenged: “%(ground)s”. Settle it so: “%(end)s”?") % named


def _end(proposal: Proposal) -> str:
    return str(ENDS[Settled(proposal.choice)]) if proposal.choice else ""


def _after_acceptance(person: Any, proposal: Proposal) -> Sequence[Step]:
    """Somebody to look after it is asked for at once; and it is there to be used."""
    practice: Practice = proposal.subject
    if practice.course.agreed != proposal.number:
        return ()
    used = [step for panel in panels(person, practice) for step in panel.steps]
    if policy.member.allows(person, practice):
        used.append(who_tries(practice))
    if practice.steward_id or not policy.carer.allows(person, practice):
        return used
    return [Step(_("Look after it"), reverse("edit_steward", args=[practice.community.slug, practice.pk])), *used]


def _after_settlement(person: Any, proposal: Proposal) -> Sequence[Step]:
    needs_another = proposal.choice == Settled.UNDER_REVISION and policy.member.allows(person, proposal.subject)
    return [Step(_("Write the next version"), _write_at(proposal))] if needs_another else ()


OF_ACCEPTANCE = Phrases(
    asks=lambda proposal: _("Accept version %(n)s?") % {"n": proposal.number},
    question=lambda proposal: _("Good enough for now, safe enough to try?"),
    agreed=lambda proposal: _("accepted"),
    why=gettext_lazy("What it is for"),
    concern=gettext_lazy("goes ahead; your concern is kept for the review"),
    object=gettext_lazy("it would do harm: stops it until met"),
)
OF_SETTLEMENT = Phrases(
    asks=lambda proposal: _("Settle the challenge so: “%(end)s”?") % {"end": _end(proposal)},
    question=_settle_it_so,
    agreed=lambda proposal: _("settled: “%(end)s”") % {"end": _end(proposal)},
    text=gettext_lazy("The challenged text"),
    consent=gettext_lazy("I can work with settling it so"),
    object=gettext_lazy("settling it so would do harm: stops it while it stands"),
)
MATTERS = (
    Matter(
        kind=Kind.ACCEPTANCE, on=Practice, words=gettext_lazy("a version of a practice"),
        accept=gettext_lazy("Accept it"), parts=PUT, binding=BINDING | {AUDIENCE},
        must_be_ready=_is_ready, may_wait=_may_wait, text=text_of, newest=_newest, accepted=_agree,
        overtaken=_is_retired, address=at_practice, is_reviewed=True, write_at=_write_at, read_at=_read_at,
        beside=_beside, follows_otherwise=answers_otherwise,
        panel=proposed_shown, asks=asks, related=RELATED, section=SECTION, phrases=OF_ACCEPTANCE,
        extent=extent_of, beforehand=change_first, afterwards=_after_acceptance, is_told=False,
        lists=LISTS,
    ),
    Matter(
        kind=Kind.SETTLEMENT, on=Practice, words=gettext_lazy("the settlement of a challenge"),
        accept=gettext_lazy("Settle it so"), parts=PUT, choices={one.value: ENDS[one] for one in SETTLEMENTS},
        must_be_ready=_is_challenged, text=_challenged, accepted=_settle_all, refused=_missed_again,
        overtaken=_is_answered, address=at_practice, number=_challenged_number, panel=_challenge_shown, related=RELATED,
        section=SECTION, has_about=True, apart=True, phrases=OF_SETTLEMENT, afterwards=_after_settlement, is_told=False,
    ),
)  # fmt: skip
