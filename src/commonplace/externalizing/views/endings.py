"""Confirming, closing and linking."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from commonplace.communities import pages
from commonplace.communities.pages import Visit
from commonplace.externalizing import acts
from commonplace.externalizing.forms import CloseForm, ConfirmForm, LinkForm
from commonplace.externalizing.models import (
    Benefit,
    Closing,
    Confirmation,
    Exchange,
    ExchangeLink,
    LinkKind,
    Purpose,
)
from commonplace.externalizing.views import exchanges, responses, turns
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.forms import carried_out


def create_confirmation(request: Visit, slug: str, pk: str) -> HttpResponse:
    exchange, form = exchanges.exchange_at(request, slug, pk), ConfirmForm(request.POST)
    confirmed = carried_out(form, lambda: _confirm(request, exchange, form))
    if confirmed is None:
        return turns.page(request, exchange, turns.CONFIRM, form)
    return pages.done(request, _("You have said that it helped."), confirmed.response or exchange)


def create_closing(request: Visit, slug: str, pk: str) -> HttpResponse:
    exchange = exchanges.exchange_at(request, slug, pk)
    form = CloseForm(request.POST, exchange=exchange)
    closed = carried_out(form, lambda: _close(request, exchange, form))
    if closed is None:
        return turns.page(request, exchange, turns.CLOSE, form)
    return pages.done(request, _("This exchange is closed. It may still be answered better."), exchange)


def create_link(request: Visit, slug: str, pk: str) -> HttpResponse:
    exchange, form = exchanges.exchange_at(request, slug, pk), LinkForm(request.POST)
    linked = carried_out(form, lambda: _link(request, exchange, form))
    if linked is None:
        return turns.page(request, exchange, turns.LINK, form)
    return pages.done(request, _("The two exchanges point to each other now."), exchange)


def _confirm(request: Visit, exchange: Exchange, form: ConfirmForm) -> Confirmation:
    response = responses.named(request, form.cleaned_data["response"])
    return acts.confirm(request.user, exchange, response=response, benefit=Benefit(form.cleaned_data["benefit"]))


def _close(request: Visit, exchange: Exchange, form: CloseForm) -> Closing:
    purpose = Purpose(form.cleaned_data["purpose"])
    return acts.close(request.user, exchange, purpose=purpose, why=form.why_unresolved())


def _link(request: Visit, exchange: Exchange, form: LinkForm) -> ExchangeLink:
    other = Exchange.objects.visible_to(request.user).filter(pk=form.cleaned_data["address"]).first()
    if other is None:
        raise NotPossible(_("There is no exchange at this address that you may read."))
    return acts.link(request.user, exchange, other=other, kind=LinkKind(form.cleaned_data["kind"]))
