"""Opening a round, the round with everything said in it, and speaking in it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from commonplace.communities import pages
from commonplace.communities.pages import Visit
from commonplace.ledger.act import may, why_not
from commonplace.ledger.forms import carried_out
from commonplace.objectifying import acts, policy
from commonplace.objectifying.consent import Tally, decidable
from commonplace.objectifying.counting import counted
from commonplace.objectifying.differences import changes
from commonplace.objectifying.forms import DecideForm, ProposeForm, SettleObjectionForm, StanceForm
from commonplace.objectifying.minimum import demands
from commonplace.objectifying.models import Objection, Practice, Proposal
from commonplace.objectifying.status import Matter, Outcome
from commonplace.objectifying.terms import terms
from commonplace.objectifying.views import practices
from commonplace.objectifying.views.versions import seen


def new(request: Visit, slug: str, pk: str) -> HttpResponse:
    practice = practices.practice_at(request, slug, pk)
    pages.require(policy.member, request.user, practice)
    return _propose_page(request, practice, ProposeForm(initial={"review_on": terms(practice.community).review_on}))


def create(request: Visit, slug: str, pk: str) -> HttpResponse:
    practice, form = practices.practice_at(request, slug, pk), ProposeForm(request.POST)
    version = seen(request, practice) or practice.newest_version
    proposal = carried_out(form, lambda: acts.propose(request.user, practice, proposal=form.proposal(version)))
    return redirect(proposal) if proposal else _propose_page(request, practice, form, status=422)


def show(request: Visit, slug: str, pk: str, proposal: str) -> HttpResponse:
    return page(request, proposal_at(request, slug, pk, proposal))


def create_stance(request: Visit, slug: str, pk: str, proposal: str) -> HttpResponse:
    row, form = proposal_at(request, slug, pk, proposal), StanceForm(request.POST)
    reason, version = request.POST.get("reason", "").strip(), seen(request, row.practice)
    stance = carried_out(
        form, lambda: acts.take_stance(request.user, row, stance=form.stand(), reason=reason, version=version)
    )
    if stance is None:
        return page(request, row, status=422, stance_form=form)
    return pages.done(request, _("Where you stand: %(stance)s.") % {"stance": stance.get_stance_display().lower()}, row)


def create_decision(request: Visit, slug: str, pk: str, proposal: str) -> HttpResponse:
    row, form = proposal_at(request, slug, pk, proposal), DecideForm(request.POST)
    decided = carried_out(
        form,
        lambda: acts.decide(
            request.user, row, outcome=Outcome(form.cleaned_data["outcome"]), reason=form.cleaned_data["reason"]
        ),
    )
    return redirect(row) if decided else page(request, row, status=422, decide_form=form)


def proposal_at(request: Visit, slug: str, pk: str, proposal: str) -> Proposal:
    related = ("practice__community", "version__author", "opened_by", "decided_by", "challenge__raised_by")
    rounds = Proposal.objects.visible_to(request.user).select_related(*related)
    return get_object_or_404(rounds, practice__community__slug=slug, practice=pk, pk=proposal)


def page(request: Visit, proposal: Proposal, status: int = 200, **forms: Any) -> HttpResponse:
    """The round with all its forms; one that was just refused comes in `forms`, with what was typed."""
    blank = {
        "stance_form": StanceForm(),
        "decide_form": DecideForm(),
        "settle_form": SettleObjectionForm(),
        "settling": "",
    }
    stances = list(proposal.stances.select_related("person", "version").order_by("taken_at", "pk"))
    current = [stance for stance in stances if stance.replaced_at is None]
    objections = _objections(proposal)
    tally = counted(proposal, current, [one.raised_by_id for one in objections if one.is_standing])
    context = {
        "proposal": proposal,
        "practice": proposal.practice,
        "community": proposal.community,
        "acts": acts,
        "stances": current,
        "earlier": [stance for stance in stances if stance.replaced_at],
        "mine": next((stance for stance in current if stance.person_id == request.user.pk), None),
        "objections": objections,
        "tally": tally,
        "missing": tally.missing(),
        "steps": _steps(proposal, tally),
        "newer": proposal.practice.versions.filter(number__gt=proposal.version.number).order_by("number"),
        "may_decide": proposal.is_open and may(acts.decide, request.user, proposal),
        "decidable": decidable(Matter(proposal.matter), tally),
    }
    return render(request, "objectifying/proposal.jinja", context | blank | forms, status=status)


def _objections(proposal: Proposal) -> list[Objection]:
    """Each with `met_by`: what changed in the version that met it."""
    rows = proposal.objections.select_related("raised_by", "settled_by", "raised_on", "version")
    objections = list(rows.order_by("raised_at", "pk"))
    for objection in objections:
        objection.met_by = changes(objection.raised_on, objection.version) if objection.version else []
    return objections


def _steps(proposal: Proposal, tally: Tally) -> list[tuple[str, str]]:
    """(words, "done" | "now" | ""): of the round, whatever its reader has done."""
    over = not proposal.is_open
    spoken = over or proposal.is_closed_to_stances or tally.all_have_spoken
    done = [spoken, spoken and not tally.standing, over]
    now = 2 if spoken else 1 if tally.standing else 0
    words = [_("People say where they stand"), _("Objections are met"), _("A facilitator decides")]
    return [(word, "done" if done[at] else "now" if at == now else "") for at, word in enumerate(words)]


def _propose_page(request: Visit, practice: Practice, form: ProposeForm, status: int = 200) -> HttpResponse:
    newest = practice.newest_version
    context = {
        "community": practice.community,
        "practice": practice,
        "version": newest,
        "hindrance": why_not(acts.propose, request.user, practice),
        "form": form,
        "terms": terms(practice.community),
        "demands": demands(practice),
    }
    return render(request, "objectifying/propose.jinja", context, status=status)
