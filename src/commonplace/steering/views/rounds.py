"""The community's consent to a card: opening a round, speaking in it, deciding it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from commonplace.communities import pages
from commonplace.communities.pages import Visit
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.forms import carried_out
from commonplace.objectifying.consent import Stand
from commonplace.objectifying.status import Outcome
from commonplace.steering import acts
from commonplace.steering.forms import DecisionForm, StanceForm
from commonplace.steering.models import CardRound
from commonplace.steering.rounds import may_end_with, tally
from commonplace.steering.views import objectives


def create(request: Visit, slug: str, pk: str) -> HttpResponse:
    objective = objectives.objective_at(request, slug, pk)
    card = objectives.card_at(request, objective)
    try:
        return redirect(acts.open_round(request.user, card))
    except NotPossible as refusal:
        messages.error(request, str(refusal))
        return redirect(objective)


def show(request: Visit, slug: str, pk: str, card_round: str) -> HttpResponse:
    return _page(request, _round_at(request, slug, pk, card_round))


def create_stance(request: Visit, slug: str, pk: str, card_round: str) -> HttpResponse:
    row, form = _round_at(request, slug, pk, card_round), StanceForm(request.POST)
    spoken = carried_out(
        form,
        lambda: acts.speak(
            request.user, row, stance=Stand(form.cleaned_data["stance"]), reason=form.cleaned_data["reason"]
        ),
    )
    if spoken is None:
        return _page(request, row, status=422, form=form)
    return pages.done(request, _("Where you stand: %(stance)s.") % {"stance": spoken.get_stance_display().lower()}, row)


def create_decision(request: Visit, slug: str, pk: str, card_round: str) -> HttpResponse:
    row, form = _round_at(request, slug, pk, card_round), DecisionForm(request.POST)
    decided = carried_out(
        form,
        lambda: acts.decide_round(
            request.user, row, outcome=Outcome(form.cleaned_data["outcome"]), reason=form.cleaned_data["reason"]
        ),
    )
    if decided is None:
        return _page(request, row, status=422, decision=form)
    card = {"number": decided.card.number, "outcome": decided.get_outcome_display()}
    return pages.done(request, _("Card %(number)s is %(outcome)s.") % card, row.subject)


def _round_at(request: Visit, slug: str, pk: str, card_round: str) -> CardRound:
    rounds = CardRound.objects.visible_to(request.user).select_related("card__objective__community")
    return get_object_or_404(rounds, card__objective__community__slug=slug, card__objective=pk, pk=card_round)


def _page(
    request: Visit,
    row: CardRound,
    status: int = 200,
    form: StanceForm | None = None,
    decision: DecisionForm | None = None,
) -> HttpResponse:
    outcome = may_end_with(row).value
    stances = list(row.stances.filter(replaced_at=None).select_related("person").order_by("taken_at"))
    context = {
        "community": row.community,
        "card": row.card,
        "card_round": row,
        "tally": tally(row),
        "stances": stances,
        "mine": next((stance.stance for stance in stances if stance.person_id == request.user.pk), ""),
        "form": form or StanceForm(),
        "decision": decision or DecisionForm(),
        "outcome": outcome,
        "acts": acts,
    }
    return render(request, "steering/round.jinja", context, status=status)
