"""One practice with all that is known of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from commonplace.communities import pages
from commonplace.communities.contributions import panels
from commonplace.communities.decision_rule import kept_by_one
from commonplace.communities.models import Person
from commonplace.communities.pages import Visit
from commonplace.communities.policy import is_member
from commonplace.communities.speaking import is_alone, speakers
from commonplace.consenting import acts as rounds
from commonplace.consenting.kinds import Kind
from commonplace.consenting.models import Proposal
from commonplace.ledger.act import may, why_not
from commonplace.ledger.errors import Reason
from commonplace.ledger.forms import carried_out
from commonplace.ledger.once import once
from commonplace.objectifying import acts, contents, minor, origins, policy
from commonplace.objectifying.biography import Told, moments, story
from commonplace.objectifying.crediting import named_in
from commonplace.objectifying.for_whom import change_at, form_at
from commonplace.objectifying.forms import StewardForm
from commonplace.objectifying.minimum import Demand, demanded
from commonplace.objectifying.models import Challenge, Credit, CreditKind, Practice, Version
from commonplace.objectifying.moves import DUPLICATE, refusal
from commonplace.objectifying.reach import Reach
from commonplace.objectifying.status import OVER, Settled, Status
from commonplace.objectifying.way_on import way_on

PROPOSED = "proposal.opened"


def show(request: Visit, slug: str, pk: str, name: str = "") -> HttpResponse:
    practice = practice_at(request, slug, pk)
    return pages.named(request, practice, name) or page(request, practice)


def edit_steward(request: Visit, slug: str, pk: str) -> HttpResponse:
    practice = practice_at(request, slug, pk)
    if somebody := _is_looked_after(request, practice):
        return somebody
    pages.require(policy.carer, request.user, practice)
    return _steward_page(
        request, practice, StewardForm(people=_who_may_care(practice), initial={"steward": practice.steward_id})
    )


def update_steward(request: Visit, slug: str, pk: str) -> HttpResponse:
    practice = practice_at(request, slug, pk)
    if somebody := _is_looked_after(request, practice):
        return somebody
    people = _who_may_care(practice)
    form = StewardForm(request.POST, people=people)
    chosen = {person.pk: person for person in people}
    row = carried_out(
        form, lambda: acts.set_steward(request.user, practice, steward=chosen.get(form.cleaned_data["steward"]))
    )
    if row is None:
        return _steward_page(request, practice, form, status=422)
    who = row.steward.called if row.steward else ""
    words = _("%(name)s looks after it now.") % {"name": who} if who else _("Nobody looks after it now.")
    return pages.done(request, words, practice)


def practice_at(request: Visit, slug: str, pk: str) -> Practice:
    practice = pages.there(contents.PRACTICE.first(reader=request.user, slug=slug, practice=pk))
    pages.by_the_clock_of(request, practice.community)
    return practice


def page(request: Visit, practice: Practice) -> HttpResponse:
    me, exchanges = request.user, contents.sources(practice)
    credited = contents.CREDITS.rows(practice=practice.pk)
    history = story(practice, exchanges)
    contributors = [credit.person_id for credit in credited if credit.kind != CreditKind.SCRIBE]
    versions, version = contents.versions(practice), contents.version(practice)
    once(("version", practice.pk, version.number), lambda: version)
    once(("credited", practice.pk), lambda: named_in(history, "authors", "contributors"))
    wanted = once(("demands", practice.pk), lambda: demanded(practice, len(contributors), history))
    pursuing = {practice.steward_id, *(one.author_id for one in versions)} | _authors(credited)
    was_put = any(act.verb == PROPOSED for act in history)
    context = {
        "practice": practice,
        "community": practice.community,
        "acts": acts,
        "versions": versions,
        "version": version,
        "reach": Reach(version, practice.community),
        "exchanges": exchanges,
        "credited": credited,
        "told": Told(moments(history, exchanges, versions, names_people=is_member(me, practice.community))),
        "edit": minor.waiting(practice) if _has_an_edit(practice) else None,
        "over": practice.status in OVER,
        "may_put_away": _may_put_away(me, practice, pursuing),
        "may_credit": _may_credit(me, practice, pursuing) and not was_put,
        "change_at": _change_audience_at(me, practice, version, pursuing, was_put),
        "panels": panels(me, practice),
        "way_on": way_on(me, practice, history),
    }
    context |= origins.shown(me, practice) | _under_way(me, practice) | _to_be_put(me, practice, wanted)
    return render(request, "objectifying/practice.jinja", context)


def _under_way(me: Any, practice: Practice) -> dict[str, Any]:
    """The rounds that are open on it, by matter; what is challenged, and what hinders a round to settle it."""
    challenges = contents.challenges(practice) if practice.status == Status.CONTESTED else []
    under_way = {one.matter: one for one in contents.open_rounds(practice)}
    settles = Kind.SETTLEMENT not in under_way and may(rounds.propose, me, practice)
    hindered = {one.pk: why_not_settle(me, practice, one) for one in challenges[:1] if settles}
    return {"rounds": under_way, "challenges": challenges, "why_not_settle": hindered}


def _to_be_put(me: Any, practice: Practice, wanted: list[Demand]) -> dict[str, Any]:
    """What is wanted before its newest version is put to consent, and what hinders that."""
    to_propose = _has_something_to_propose(practice)
    if to_propose and all(demand.is_met for demand in wanted):
        hindrance: Any = _why_not_propose(me, practice)
    else:
        hindrance = kept_by_one(1) if to_propose and is_alone(practice.community) else ""
    return {"demands": wanted, "to_propose": to_propose, "why_not_propose": hindrance}


def _may_put_away(person: Any, practice: Practice, pursuing: set[str]) -> bool:
    """By a round, once it was agreed on; before that whoever pursues it: who wrote it, its steward, a facilitator."""
    if refusal("proposal.opened", practice.status, Kind.RETIREMENT) is None:
        return may(rounds.propose, person, practice)
    return _pursues(person, practice, pursuing) and not refusal("practice.replaced", practice.status, DUPLICATE)


def _may_credit(person: Any, practice: Practice, pursuing: set[str]) -> bool:
    return not refusal("practice.credited", practice.status) and _pursues(person, practice, pursuing)


def _change_audience_at(person: Any, practice: Practice, version: Version, pursuing: set[str], was_put: bool) -> str:
    """Of what is read and is the newest text. Of what no round was ever on, all is known already."""
    course = practice.course
    if refusal("practice.audience_set", practice.status) or version.number != course.latest:
        return ""
    if version.number in (course.agreed, course.on) or not _pursues(person, practice, pursuing):
        return ""
    return change_at(person, practice) if was_put else form_at(practice)


def _pursues(person: Any, practice: Practice, pursuing: set[str]) -> bool:
    tends = policy.facilitator.allows(person, practice)
    return tends or (person.pk in pursuing and policy.member.allows(person, practice))


def _has_an_edit(practice: Practice) -> bool:
    """One may wait: the newest text is another than what is agreed on."""
    return 0 < practice.course.agreed < practice.course.latest


def _authors(credited: list[Credit]) -> set[str]:
    return {credit.person_id for credit in credited if credit.kind == CreditKind.AUTHOR}


def to_accept(practice: Practice) -> Proposal:
    """A round on its newest version."""
    return Proposal(matter=Kind.ACCEPTANCE, number=practice.course.latest)


def why_not_settle(person: Person, practice: Practice, challenge: Challenge) -> Reason:
    """Why no round to settle this challenge can be opened now, whatever it would propose."""
    any_end = Proposal(
        matter=Kind.SETTLEMENT, about=challenge.pk, choice=Settled.UPHELD, number=practice.course.in_force
    )
    return why_not(rounds.propose, person, practice, proposal=any_end)


def _why_not_propose(person: Person, practice: Practice) -> Reason:
    """While a round is open on another version, why the newest cannot wait its turn."""
    put = rounds.line_up if practice.course.on else rounds.propose
    return why_not(put, person, practice, proposal=to_accept(practice))


def _has_something_to_propose(practice: Practice) -> bool:
    """Whether it can be now, or wait for its turn, the act is asked."""
    course = practice.course
    if course.on:
        return course.complete and course.latest > course.on
    refused = refusal("proposal.opened", practice.status, Kind.ACCEPTANCE)
    return refused is None and course.latest != course.agreed


def _is_looked_after(request: Visit, practice: Practice) -> HttpResponse | None:
    """A member could have, while nobody did: back to the practice, and who does now."""
    mine = policy.carer.allows(request.user, practice)
    if mine or practice.steward is None or not policy.member.allows(request.user, practice):
        return None
    messages.info(request, _("%(name)s looks after it now.") % {"name": practice.steward.called})
    return redirect(practice)


def _who_may_care(practice: Practice) -> list[Person]:
    members = speakers(practice.community).select_related("person").order_by("person__name")
    return [membership.person for membership in members]


def _steward_page(request: Visit, practice: Practice, form: Any, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"community": practice.community, "practice": practice, "form": form}
    context["hindrance"] = why_not(acts.set_steward, request.user, practice)
    return render(request, "objectifying/steward.jinja", context, status=status)
