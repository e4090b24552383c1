"""Responding to an exchange, commenting, and mending one's own response."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from commonplace.communities.pages import Visit
from commonplace.externalizing import acts
from commonplace.externalizing.forms import CommentForm, EditForm, ResponseForm
from commonplace.externalizing.models import Response
from commonplace.externalizing.views import exchanges
from commonplace.ledger.forms import carried_out


def create(request: Visit, slug: str, pk: str) -> HttpResponse:
    exchange, form = exchanges.exchange_at(request, slug, pk), ResponseForm(request.POST)
    response = carried_out(form, lambda: acts.respond(request.user, exchange, response=form.response()))
    return redirect(response) if response else exchanges.page(request, exchange, status=422, response_form=form)


def create_comment(request: Visit, slug: str, pk: str) -> HttpResponse:
    exchange, form = exchanges.exchange_at(request, slug, pk), CommentForm(request.POST)
    on = exchange.responses.filter(pk=request.POST.get("on", ""), kind="answer").first()
    comment = carried_out(form, lambda: acts.respond(request.user, exchange, response=form.response(on)))
    refused = {"comment_form": form, "commenting_on": on.pk if on else ""}
    return redirect(comment) if comment else exchanges.page(request, exchange, status=422, **refused)


def edit(request: Visit, slug: str, pk: str, response: str) -> HttpResponse:
    words = _response_at(request, slug, pk, response)
    return exchanges.edit_page(request, words, EditForm(initial={"body": words.body}))


def update(request: Visit, slug: str, pk: str, response: str) -> HttpResponse:
    words, form = _response_at(request, slug, pk, response), EditForm(request.POST)
    edited = carried_out(form, lambda: acts.edit(request.user, words, body=form.cleaned_data["body"]))
    return redirect(words) if edited else exchanges.edit_page(request, words, form, status=422)


def _response_at(request: Visit, slug: str, pk: str, response: str) -> Response:
    responses = Response.objects.visible_to(request.user).select_related("exchange__community", "author")
    return get_object_or_404(responses, exchange__community__slug=slug, exchange=pk, pk=response)
