"""The objectives of a community, one of them, and stating one."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from commonplace.communities import pages
from commonplace.communities.models import Community, footing
from commonplace.communities.pages import Visit
from commonplace.communities.paging import key
from commonplace.consenting.acts import propose
from commonplace.ledger.act import asked, may
from commonplace.ledger.forms import carried_out
from commonplace.steering import acts
from commonplace.steering.attainment import evidence_for, sides_of
from commonplace.steering.forms import CardForm, JudgementForm
from commonplace.steering.models import Card, Objective
from commonplace.steering.policy import steerer
from commonplace.steering.rounds import round_on, to_sign
from commonplace.steering.standing import WITH_CARDS, Standing, standings


def index(request: Visit, slug: str) -> HttpResponse:
    community = pages.overseen(request, slug)
    here = Objective.objects.visible_to(request.user).filter(community=community).order_by("-stated_at")
    context = {"standings": standings(here, request.user), "may_state": may(acts.state, request.user, community)}
    return render(request, "steering/objectives.jinja", context | {"community": community})


def show(request: Visit, slug: str, pk: str) -> HttpResponse:
    return page(request, objective_at(request, slug, pk))


def new(request: Visit, slug: str) -> HttpResponse:
    community = pages.overseen(request, slug)
    pages.require(steerer, request.user, community)
    return card_page(request, community, CardForm())


def create(request: Visit, slug: str) -> HttpResponse:
    community, form = pages.overseen(request, slug), CardForm(request.POST)
    objective = carried_out(form, lambda: acts.state(request.user, community, card=form.card()))
    if objective is None:
        return card_page(request, community, form, status=422)
    return pages.done(request, _("The objective is stated. It holds once both sides have signed it."), objective)


def objective_at(request: Visit, slug: str, pk: str) -> Objective:
    objectives = Objective.objects.visible_to(request.user).select_related("community").prefetch_related(*WITH_CARDS)
    return get_object_or_404(objectives, community__slug=slug, pk=pk)


def card_at(request: Visit, objective: Objective, name: str = "card") -> Card:
    """The card that the form was shown with, however many were written since."""
    return get_object_or_404(objective.cards, pk=key(request.POST, name))


def page(request: Visit, objective: Objective, status: int = 200, form: JudgementForm | None = None) -> HttpResponse:
    community, stands = objective.community, Standing(objective, request.user)
    card = stands.card
    reader, proposal = footing(request.user, community), round_on(objective)
    context = {
        "community": community,
        "objective": objective,
        "standing": stands,
        "card": card,
        "newer": objective.latest if objective.latest != card else None,
        "evidence": evidence_for(card, request.user),
        "sides": list(sides_of(card, request.user)),
        "proposal": proposal,
        "why_not_ask": asked(propose, request.user, objective, proposal=to_sign(objective)),
        "acts": acts,
        "reader": reader,
        "form": form or JudgementForm(),
        "may_write": may(acts.write_card, request.user, objective),
        "may_sign": may(acts.sign, request.user, objective.latest),
    }
    return render(request, "steering/objective.jinja", context, status=status)


def card_page(request: Visit, community: Community, form: CardForm, status: int = 200, **more: Any) -> HttpResponse:
    context = {"community": community, "form": form, "objective": None, "base": ""}
    return render(request, "steering/card_form.jinja", context | more, status=status)
