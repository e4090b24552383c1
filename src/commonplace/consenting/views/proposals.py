"""The list of a community's rounds, and one round with everything that is said in it."""

from collections.abc import Iterable
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from commonplace.communities import pages
from commonplace.communities.contributions import Step
from commonplace.communities.models import Community
from commonplace.communities.pages import Visit
from commonplace.communities.paging import listed
from commonplace.consenting import acts, contents
from commonplace.consenting.acts.amending import asks_again
from commonplace.consenting.forms import (
    AmendForm,
    AnswerForm,
    ConfirmForm,
    DecideForm,
    EnterForm,
    ObjectForm,
    QuestionForm,
    StanceForm,
    WithdrawForm,
)
from commonplace.consenting.kinds import Outcome
from commonplace.consenting.matter import matters
from commonplace.consenting.models import Proposal, RemedySeen
from commonplace.consenting.models.proposal import OUTCOMES
from commonplace.consenting.presenting import Presented, presented
from commonplace.consenting.presenting.grouped import in_rows
from commonplace.consenting.presenting.lines import lines_of
from commonplace.consenting.presenting.turns import unseen
from commonplace.consenting.rows import rows_of
from commonplace.ledger.act import ANYTHING, may, why_not
from commonplace.ledger.errors import NotPossible

P = TypeVar("P", bound=Iterable[Proposal])


def index(request: Visit, slug: str) -> HttpResponse:
    community = pages.read(request, slug)
    if "open" in request.GET:
        return _all_open(request, community)
    ended = request.GET.get("ended", "")
    context = _decided(request, community, ended if ended in contents.OVER else "")
    context |= _open(request, community) if context["is_top"] else {"rounds": []}
    pages.by_the_clock_of(request, community)
    return render(request, "consenting/proposals.jinja", context)


def _decided(request: Visit, community: Community, ended: str) -> dict[str, Any]:
    """`is_top`: above them stands what is open."""
    page = _of_here(contents.OVER[ended].page(request.GET, reader=request.user, community=community.pk), community)
    context = {"community": community, "page": page, "decided": in_rows(page), "is_top": page.is_first and not ended}
    may_list = may(acts.propose, request.user, community)
    context["to_list"] = [one for one in matters() if one.lists] if may_list else []
    return context | {"ended": ended, "ends": contents.ends(community), "endings": OUTCOMES}


def _open(request: Visit, community: Community) -> dict[str, Any]:
    places = {"reader": request.user, "community": community.pk}
    rounds = _of_here(contents.OPEN.rows(**places), community)
    shown = in_rows(rounds[: contents.MOST_OPEN])
    more = _how_many_more(request, community) if len(rounds) > contents.MOST_OPEN else 0
    waiting = contents.IN_LINE.rows(**places)
    return {"rounds": shown, "lines": lines_of(request.user, shown), "waiting": waiting, "more": more}


def _of_here(rows: P, community: Community) -> P:
    for one in rows:
        one.community = community
    return rows


def _how_many_more(request: Visit, community: Community) -> int:
    return contents.open_ones(request.user, community).order_by().count() - contents.MOST_OPEN


def _all_open(request: Visit, community: Community) -> HttpResponse:
    """Those that the list of all rounds has no room for, in pages of their own."""
    rows = contents.with_turns(request.user, contents.open_ones(request.user, community))
    page = listed(rows, request.GET, by=contents.SOONEST_FIRST)
    for one in page:
        one.community = community
    pages.by_the_clock_of(request, community)
    shown = in_rows(page)
    context = {"community": community, "page": page, "rounds": shown, "lines": lines_of(request.user, shown)}
    return render(request, "consenting/open.jinja", context)


def show(request: Visit, slug: str, pk: str) -> HttpResponse:
    return page(request, proposal_at(request, slug, pk))


def proposal_at(request: Visit, slug: str, pk: str) -> Proposal:
    return pages.there(contents.ONE.first(reader=request.user, slug=slug, proposal=pk))


def page(
    request: Visit, proposal: Proposal, part: str = "spoken", /, *, status: int = 200, **forms: Any
) -> HttpResponse:
    """The round with all its forms; one that was just refused comes in `forms`, with what was typed. Pressed in its
    place, that `part`, with what has changed since."""
    open_remedies(request, proposal)
    shown = presented(request.user, proposal)
    context = {
        "proposal": proposal,
        "zone": pages.by_the_clock_of(request, proposal.community),
        "round": shown,
        "reader": shown.reader,
        "community": proposal.community,
        "matter": proposal.kind,
        "panel": proposal.kind.panel(proposal),
        "asked_by_name": proposal.kind.asks(request.user, proposal) if shown.reader.may_speak else "",
        "section": proposal.kind.section,
        "acts": acts,
        "hindrance_to_speak": _hinders(request, shown),
        "hindrance_to_object": _hinders_to_object(request, shown),
        "steps": () if proposal.is_open else _steps(request, shown),
        **_of_the_opener(request, shown),
    }
    context |= {"gone_form": _gone(forms, shown, context)}
    template = part if pages.asks_for_a_part(request) else "proposal"
    response = render(request, f"consenting/{template}.jinja", context | _blank(shown) | forms, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _steps(request: Visit, shown: Presented) -> list[Step]:
    """What can be done next: of what is agreed for everybody, of what came back for whoever opened it."""
    proposal, what = shown.proposal, shown.proposal.kind
    if proposal.outcome == Outcome.ACCEPTED:
        return list(what.afterwards(request.user, proposal))
    if not (shown.reader.opened and shown.reader.speaks):
        return []
    anew = [Step(_("Write a new version"), what.write_at(proposal))] if what.write_at(proposal) else []
    again = Proposal(matter=proposal.matter, about=proposal.about, choice=proposal.choice, aim=ANYTHING)
    again.number = what.number_of(proposal.subject, proposal.about, request.user)
    if why_not(acts.propose, request.user, proposal.subject, proposal=again):
        return anew
    put = reverse("propose", args=[proposal.community.slug, proposal.matter, proposal.subject_id])
    words = {"about": proposal.about, "choice": proposal.choice}
    return [*anew, Step(_("Put it again"), f"{put}?{urlencode(words)}")]


def _gone(forms: dict[str, Any], shown: Presented, context: dict[str, Any]) -> Any:
    """What was refused, where its form is not shown any more: the round moved, or ended, while somebody typed."""
    reader, speaks = shown.reader, shown.reader.speaks and shown.in_time
    is_shown = {
        "stance_form": reader.may_speak,
        "confirm_form": reader.may_speak and reader.entered is not None,
        "enter_form": speaks and bool(reader.silent),
        "question_form": reader.asks and shown.in_time,
        "answering": speaks,
        "object_form": context["hindrance_to_object"] == "",
        "amend_form": bool(context["newest"] and not context.get("hindrance_to_move")),
        "withdraw_form": speaks and reader.opened,
        "decide_form": bool(shown.by_rule or shown.by_facilitator),
    }
    return next((form for name, form in forms.items() if not is_shown.get(name, True)), None)


def open_remedies(request: Visit, proposal: Proposal) -> None:
    """Whoever objected has now seen what is said to meet it: from here their days run."""
    if request.method != "GET" or not proposal.is_open or not request.user.is_authenticated:
        return
    rows = rows_of(proposal)
    for remedy in unseen(rows, request.user.pk):
        seen = RemedySeen(remedy=remedy)
        RemedySeen.objects.bulk_create([seen], ignore_conflicts=True)
        remedy.seen = seen


def _blank(shown: Presented) -> dict[str, Any]:
    proposal, reader, entered = shown.proposal, shown.reader, shown.reader.entered
    number = {"number": proposal.number}
    said_for_me = {"stance": entered.stance, "reason": entered.reason} if entered else {}
    return {
        "stance_form": StanceForm(initial=number),
        "confirm_form": ConfirmForm(initial=number | said_for_me),
        "enter_form": EnterForm(silent=reader.silent, initial=number),
        "question_form": QuestionForm(goes_between=reader.facilitates and not _has_spoken_for_another(shown)),
        "answer_forms": {one.pk: AnswerForm(question=one.pk) for one in shown.questions},
        "object_form": ObjectForm(),
        "amend_form": AmendForm(initial=number),
        "withdraw_form": WithdrawForm(),
        "decide_form": DecideForm(),
        "answering": None,
        "answered": "",
        "said": "",
        "on": "",
    }


def _has_spoken_for_another(shown: Presented) -> bool:
    """For somebody unnamed, once in a round."""
    asked = {one.asked_by_id for one in shown.questions if one.for_another}
    objected = {one.raised_by_id for one in shown.rows.objections if one.for_another}
    return shown.reader.person.pk in asked | objected


def _hinders(request: Visit, shown: Presented) -> Any:
    """What hinders a member who would say where they stand; None where it is not for them, or the round is over."""
    reader = shown.reader
    if not reader.speaks or not shown.in_time:
        return None
    return "" if reader.is_asked else why_not(acts.take_stance, request.user, shown.proposal)


def _hinders_to_object(request: Visit, shown: Presented) -> Any:
    """The same for whoever objects for somebody unnamed: once in a round."""
    if not shown.in_time or not shown.reader.goes_between:
        return None
    mine = _has_spoken_for_another(shown)
    return why_not(acts.object_for_another, request.user, shown.proposal) if mine else ""


def _of_the_opener(request: Visit, shown: Presented) -> dict[str, Any]:
    """What who opened it, or a facilitator in their place, can do: move it, or take it back."""
    proposal, moves = shown.proposal, shown.proposal.kind.newest
    if not shown.in_time or not moves or not may(acts.amend, request.user, proposal):
        return {"newest": 0, "may_move": False}
    newest = moves(proposal.subject)
    if newest <= proposal.number:
        return {"newest": 0, "may_move": True}
    hindrance = why_not(acts.amend, request.user, proposal, number=newest)
    again = not hindrance and _asks_again(proposal, newest)
    return {"newest": newest, "may_move": True, "hindrance_to_move": hindrance, "asks_again": again}


def _asks_again(proposal: Proposal, number: int) -> bool:
    try:
        return asks_again(proposal, number)
    except NotPossible:
        return True
