"""T6, T14, T17: something is put to consent, and the rule of its round is fixed."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from commonplace.communities.decision_rule import must_be_shared
from commonplace.communities.models import Community, Person
from commonplace.communities.speaking import speakers
from commonplace.communities.wording import must_fit
from commonplace.consenting import policy
from commonplace.consenting.evidence import ObjectionRaised, ProposalOpened
from commonplace.consenting.kinds import MOST_LISTED, Extent, Ground, Kind, LineEnd, Outcome, PartIn
from commonplace.consenting.line import line_on, must_wait, open_on
from commonplace.consenting.matter import Matter, Text, matter_of
from commonplace.consenting.models import Eligible, InLine, Objection, Party, Proposal, Wording
from commonplace.consenting.terms import Terms, closing_day, terms
from commonplace.ledger import clock
from commonplace.ledger.act import Also, Written, act
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.once import once

MOST = {"most": MOST_LISTED}
LATEST_REVIEW = timedelta(days=3653)


def _can_be_opened(actor: Person, subject: Any, *, proposal: Proposal) -> None:
    matter = must_be_of_its_matter(subject, proposal)
    _must_be_of_its_list(actor, subject, proposal)
    _must_be_its_turn(actor, subject, proposal)
    must_be_asked_of_others(subject, proposal)
    matter.must_be_ready(actor, subject, proposal)
    must_be_dated(community_of(subject), proposal)
    matter.text(subject, proposal)


def nothing_typed(actor: Person, subject: Any) -> dict[str, Proposal]:
    """Which matter it is, is known before: whoever asks says it."""
    return {"proposal": Proposal(number=0)}


@act("proposal.opened", who=policy.speaker, evidence=ProposalOpened, guard=_can_be_opened, supposing=nothing_typed)
def propose(actor: Person, subject: Any, *, proposal: Proposal) -> Written[Proposal]:
    """Who: a member, no bot. Guard: the matter is ready (a practice with its minimum evidence, an open challenge); no
    round on it is open, nothing else on it waits before; two people may speak; all of its list opens now. Effect: a
    round opens, its rule, its text, whom it asks and who has a part in it fixed; what waited waits no more.

    Of `proposal` matter, about, choice, number, list, aim, scope, review and meeting day are taken.
    """
    matter, fixed = matter_of(proposal.matter), _terms(subject, proposal)
    waited = line_on(subject.pk, proposal).first()
    text = matter.text(subject, proposal)
    row = Proposal.objects.create(
        community=community_of(subject),
        matter=matter.kind,
        subject_id=subject.pk,
        about=proposal.about,
        choice=str(proposal.choice),
        number=proposal.number,
        list=proposal.list,
        title=text.title,
        aim=proposal.aim,
        scope=proposal.scope,
        eligible=fixed.eligible,
        quorum=fixed.quorum,
        units_needed=fixed.units_needed,
        days=fixed.days,
        hidden=fixed.hidden,
        met_on=proposal.met_on,
        review_on=(proposal.review_on or fixed.review_on) if matter.is_reviewed else None,
        opened_by=actor,
        closes_at=fixed.closes_at,
    )
    Eligible.objects.bulk_create(
        Eligible(proposal=row, person_id=person, unit=unit) for person, unit in fixed.people.items()
    )
    Party.objects.create(proposal=row, person=actor, part=PartIn.OPENED, number=row.number)
    put(row, text)
    if waited:
        _waits_no_more(waited, row)
    evidence = _opened(row, fixed, waited, matter.extent_of(subject, row.number))
    return Written(row, evidence, also=_carried_over(row))


def make_ready(subject: Any, proposal: Proposal) -> None:
    """Its text is rendered before others wait for what the act holds; what cannot be put, the guard says."""
    with suppress(NotPossible):
        must_be_of_its_matter(subject, proposal)
        text = matter_of(proposal.matter).text(subject, proposal)
        for part in () if text.html else text.parts:
            text.shown(part, part)


def put(proposal: Proposal, text: Text) -> None:
    """The text as it is proposed now, and who has a part in it by that."""
    for position, part in enumerate(proposal.kind.parts):
        words = text.parts.get(part, "")
        row = Wording(proposal=proposal, number=proposal.number, part=part, position=position, text=words)
        row.html = text.shown(part, row.mark) if words else ""
        row.save()
    known = set(proposal.parties.values_list("person", "part"))
    for person, part in text.parties():
        if (person, part.value) not in known:
            Party.objects.create(proposal=proposal, person_id=person, part=part, number=proposal.number)


def last_round(proposal: Proposal) -> Proposal | None:
    """The last that is over, on the same; whatever it was about, where that is only a way of doing it."""
    before = Proposal.objects.filter(subject_id=proposal.subject_id, matter=proposal.matter).exclude(decided_at=None)
    if proposal.kind.apart:
        before = before.filter(about=proposal.about)
    return before.everywhere("what was said before").order_by("-decided_at", "-pk").first()


def _carried_over(proposal: Proposal) -> Sequence[Also]:
    """Of a round that was withdrawn, the objections that stood then stand in this one."""
    before = last_round(proposal)
    if before is None or before.outcome != Outcome.WITHDRAWN:
        return ()
    carried = list(before.objections.standing().order_by("raised_at", "pk"))
    for number in {one.raised_on for one in carried} - {proposal.number}:
        _keep_text(proposal, before, number)
    return [_again(proposal, objection) for objection in carried]


def _keep_text(proposal: Proposal, before: Proposal, number: int) -> None:
    """What was objected to is read beside what is proposed now."""
    for one in before.wordings.filter(number=number):
        Wording.objects.create(proposal=proposal, number=number, part=one.part, position=one.position, text=one.text)


def _again(proposal: Proposal, before: Objection) -> Also:
    row = Objection.objects.create(
        proposal=proposal,
        raised_by=before.raised_by,
        for_another=before.for_another,
        ground=before.ground,
        harm=before.harm,
        raised_on=before.raised_on,
        repeated=before.repeated,
        taken_from=before,
        **before.understanding,
    )
    return Also("proposal.objection_raised", row, raised(row))


def raised(row: Objection) -> ObjectionRaised:
    return ObjectionRaised(
        proposal=row.proposal_id,
        person=row.raised_by_id,
        number=row.raised_on,
        ground=Ground(row.ground),
        for_another=row.for_another,
        repeated=row.repeated,
        taken_from=row.taken_from_id or "",
        understood_by=row.heard_by_id or "",
    )


def community_of(subject: Any) -> Community:
    here: Community = subject if isinstance(subject, Community) else subject.community
    return here


def _terms(subject: Any, proposal: Proposal) -> Terms:
    about = Proposal(matter=proposal.matter, subject_id=subject.pk, about=proposal.about, number=proposal.number)
    return terms(community_of(subject), matter_of(proposal.matter).not_asked(about))


def _waits_no_more(waited: InLine, proposal: Proposal) -> None:
    """The guard has seen that what is first in line is this."""
    waited.ended_at, waited.end, waited.proposal = clock.now(), LineEnd.OPENED, proposal
    waited.save(update_fields=["ended_at", "end", "proposal"])


def _must_be_its_turn(actor: Person, subject: Any, proposal: Proposal) -> None:
    """What waits opens as it was put, by whoever put it."""
    if not must_wait(subject, proposal):
        return
    if open_on(subject.pk, proposal).exists():
        raise NotPossible(
            _("Another round on this is open. One is decided before the next, and what you propose can wait its turn.")
        )
    first = line_on(subject.pk, proposal).first()
    if first and not (first.proposed_by_id == actor.pk and first.is_as(proposal)):
        raise NotPossible(_("Something else on this waits before yours, which can wait its turn, too."))


def must_be_of_its_matter(subject: Any, proposal: Proposal) -> Matter:
    matter = matter_of(proposal.matter)
    must_fit(proposal, "aim", "scope")
    if not isinstance(subject, matter.on):
        raise NotPossible(_("This cannot be put to consent here."))
    if proposal.choice not in (matter.choices or ("",)):
        raise NotPossible(_("Say what should become of it."), "choice")
    if proposal.about and not matter.has_about:
        raise NotPossible(_("A round on this is about nothing else. Open it from its own page."))
    return matter


def _must_be_of_its_list(actor: Person, subject: Any, proposal: Proposal) -> None:
    """One person opens all of it at one moment: nothing comes to it later, and not without end."""
    if not proposal.list:
        return
    lists, listed = proposal.kind.lists, Proposal.objects.filter(list=proposal.list).everywhere("what is in a list")
    if lists is None or not lists.may_be(subject):
        raise NotPossible(_("This is put to consent by itself, and in no list."))
    here = {"community": community_of(subject), "matter": proposal.kind.kind}
    if listed.exclude(**here, opened_by=actor.pk, opened_at=clock.now()).exists():
        raise NotPossible(_("A list is opened at once: nothing is added to it. Open another."))
    if listed.count() >= MOST_LISTED:
        raise NotPossible(_("A list is of %(most)s at most, so that it can be read. Open another.") % MOST)


def must_be_asked_of_others(subject: Any, proposal: Proposal) -> None:
    """How many of them must consent is worked out when the round opens, and where it is shown."""
    here, not_asked = community_of(subject), matter_of(proposal.matter).not_asked(proposal)
    key = ("speaking", here.pk, *sorted(not_asked))
    must_be_shared(once(key, lambda: speakers(here).exclude(person__in=not_asked).count()))


def must_be_dated(community: Community, proposal: Proposal) -> None:
    _must_be_reviewed_later(community, proposal.review_on)
    _must_be_met_before(community, proposal.met_on)


def _must_be_reviewed_later(community: Community, review_on: date | None) -> None:
    if review_on and review_on <= _today(community):
        raise NotPossible(_("The review lies in the future."), "review_on")
    if review_on and review_on > _today(community) + LATEST_REVIEW:
        raise NotPossible(_("The review is in ten years at the latest."), "review_on")


def _must_be_met_before(community: Community, met_on: date | None) -> None:
    if met_on and met_on > _today(community):
        raise NotPossible(_("A meeting is recorded once it was held."), "met_on")


def _today(community: Community) -> date:
    return clock.now().astimezone(community.zone).date()


def _opened(proposal: Proposal, fixed: Terms, waited: InLine | None, extent: Extent | None) -> ProposalOpened:
    return ProposalOpened(
        matter=Kind(proposal.matter),
        about=proposal.about,
        choice=str(proposal.choice),
        number=proposal.number,
        quorum=fixed.quorum,
        eligible=fixed.eligible,
        eligible_units=fixed.eligible_units,
        units_needed=fixed.units_needed,
        days=fixed.days,
        hidden=fixed.hidden,
        closes_on=closing_day(fixed.closes_at),
        review_on=proposal.review_on.isoformat() if proposal.review_on else "",
        waited=waited.pk if waited else "",
        batch=proposal.list,
        extent=extent,
    )
