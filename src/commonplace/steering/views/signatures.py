"""The sponsor's signature. The community's comes of a round."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from commonplace.communities.pages import Visit
from commonplace.ledger.errors import NotPossible
from commonplace.steering import acts
from commonplace.steering.views import objectives


def create(request: Visit, slug: str, pk: str) -> HttpResponse:
    objective = objectives.objective_at(request, slug, pk)
    card = objectives.card_at(request, objective)
    try:
        acts.sign(request.user, card)
        messages.success(request, _("You have signed card %(number)s for the sponsor.") % {"number": card.number})
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    return redirect(objective)
