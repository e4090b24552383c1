"""Thanks for an answer, given and taken back: one press each."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from commonplace.communities import pages
from commonplace.communities.pages import Visit
from commonplace.externalizing import acts
from commonplace.externalizing.models import Response, Thanks
from commonplace.externalizing.thanks import Between
from commonplace.externalizing.views import exchanges, responses
from commonplace.ledger.forms import carried_out


def create(request: Visit, slug: str, pk: str, response: str) -> HttpResponse:
    answer = responses.response_at(request, slug, pk, response)
    return _pressed(request, answer, acts.thank, True, _("You thanked. Whoever wrote it is told; nobody else is."))


def destroy(request: Visit, slug: str, pk: str, response: str) -> HttpResponse:
    answer = responses.response_at(request, slug, pk, response)
    return _pressed(request, answer, acts.take_thanks_back, False, _("Your thanks are taken back."))


def _pressed(request: Visit, answer: Response, act: Callable[..., Any], wanted: bool, words: str) -> HttpResponse:
    """Pressed twice, it is as it was wanted, whoever was refused the second time."""
    form = forms.Form(request.POST)
    done = carried_out(form, lambda: act(request.user, answer)) is not None
    given = Thanks.objects.visible_to(request.user).filter(response=answer, person=request.user.pk).exists()
    if not done and given != wanted:
        return _refused(request, answer, " ".join(str(why) for why in form.non_field_errors()))
    return _piece(request, answer, given, words)


def _piece(request: Visit, answer: Response, given: bool, words: str, status: int = 200) -> HttpResponse:
    if not pages.asks_for_a_part(request):
        return pages.done(request, words, answer)
    context = {"answer": answer, "community": answer.exchange.community, "between": Between(given=given), "said": words}
    response = render(request, "externalizing/thanks_piece.jinja", context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _refused(request: Visit, answer: Response, why: str) -> HttpResponse:
    if pages.asks_for_a_part(request):
        return _piece(request, answer, False, why, status=422)
    messages.error(request, why)
    exchange = exchanges.exchange_at(request, answer.exchange.community.slug, answer.exchange_id)
    return exchanges.page(request, exchange, status=422)
