"""Another card for an objective: how it is changed after the start."""

from django.forms.models import model_to_dict
from django.http import HttpResponse
from django.utils.translation import gettext as _

from commonplace.communities import pages
from commonplace.communities.pages import Visit
from commonplace.ledger.forms import carried_out
from commonplace.steering import acts
from commonplace.steering.forms import CardForm
from commonplace.steering.models import Card
from commonplace.steering.policy import steerer
from commonplace.steering.views import objectives


def new(request: Visit, slug: str, pk: str) -> HttpResponse:
    objective = objectives.objective_at(request, slug, pk)
    pages.require(steerer, request.user, objective)
    base = objective.latest
    form = CardForm(initial=model_to_dict(base, fields=Card.WORDING))
    return objectives.card_page(request, objective.community, form, objective=objective, base=base.pk)


def create(request: Visit, slug: str, pk: str) -> HttpResponse:
    objective, form = objectives.objective_at(request, slug, pk), CardForm(request.POST)
    base = objectives.card_at(request, objective, "base")
    card = carried_out(form, lambda: acts.write_card(request.user, objective, card=form.card(), base=base))
    if card:
        words = _("Card %(number)s is written. It holds once both sides have signed it.")
        return pages.done(request, words % {"number": card.number}, objective)
    latest = objective.latest
    more = {"objective": objective, "base": latest.pk, "theirs": latest if latest != base else None}
    return objectives.card_page(request, objective.community, form, status=422, **more)
