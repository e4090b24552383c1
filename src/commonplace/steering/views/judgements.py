"""Each side's judgement of how far an objective is attained."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from commonplace.communities import pages
from commonplace.communities.pages import Visit
from commonplace.ledger.forms import carried_out
from commonplace.steering import acts
from commonplace.steering.forms import JudgementForm
from commonplace.steering.models import Side
from commonplace.steering.views import objectives


def create(request: Visit, slug: str, pk: str) -> HttpResponse:
    objective, form = objectives.objective_at(request, slug, pk), JudgementForm(request.POST)
    if request.POST.get("side") not in Side.values:
        raise Http404
    side, card = Side(request.POST["side"]), objectives.card_at(request, objective)
    judged = carried_out(form, lambda: acts.judge(request.user, card, side=side, **form.cleaned_data))
    if judged is None:
        return objectives.page(request, objective, status=422, form=form)
    return pages.done(request, _("Your judgement stands beside the card."), objective)
