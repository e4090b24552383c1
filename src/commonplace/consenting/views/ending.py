"""Moving a round to a newer text, taking it back, and its end by the rule or by a facilitator without a part."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from commonplace.communities import pages
from commonplace.communities.pages import Visit
from commonplace.consenting import acts
from commonplace.consenting.forms import AmendForm, DecideForm, WithdrawForm
from commonplace.consenting.views.proposals import page, proposal_at
from commonplace.ledger.forms import carried_out


def amend(request: Visit, slug: str, pk: str) -> HttpResponse:
    row, form = proposal_at(request, slug, pk), AmendForm(request.POST)
    moved = carried_out(form, lambda: acts.amend(request.user, row, number=form.cleaned_data["number"]))
    if moved is None:
        return page(request, row, status=422, amend_form=form)
    return pages.done(request, _("The round is on version %(n)s now.") % {"n": moved.number}, row)


def withdraw(request: Visit, slug: str, pk: str) -> HttpResponse:
    row, form = proposal_at(request, slug, pk), WithdrawForm(request.POST)
    if carried_out(form, lambda: acts.withdraw(request.user, row, **form.cleaned_data)) is None:
        return page(request, row, status=422, withdraw_form=form)
    words = _("It is taken back. What stands against it stands in the next round on this.")
    return pages.done(request, words, row)


def decide(request: Visit, slug: str, pk: str) -> HttpResponse:
    row, form = proposal_at(request, slug, pk), DecideForm(request.POST)
    decided = carried_out(form, lambda: acts.decide(request.user, row, **form.cleaned_data))
    if decided is None:
        return page(request, row, status=422, decide_form=form)
    return pages.done(request, _("It is decided: %(outcome)s.") % {"outcome": decided.ended}, row)
