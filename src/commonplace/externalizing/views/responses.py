"""Responding to an exchange, commenting, and mending one's own response."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from commonplace.communities.pages import Visit
from commonplace.externalizing import acts
from commonplace.externalizing.forms import CommentForm, EditForm, ResponseForm
from commonplace.externalizing.models import Response
from commonplace.externalizing.views import exchanges
from commonplace.ledger.forms import carried_out
from commonplace.ledger.locking import gone


def create(request: Visit, slug: str, pk: str) -> HttpResponse:
    exchange, form = exchanges.exchange_at(request, slug, pk), ResponseForm(request.POST)
    response = carried_out(form, lambda: acts.respond(request.user, exchange, response=form.response()))
    return redirect(response) if response else exchanges.page(request, exchange, status=422, response_form=form)


def create_comment(request: Visit, slug: str, pk: str) -> HttpResponse:
    exchange, form = exchanges.exchange_at(request, slug, pk), CommentForm(request.POST)
    comment = carried_out(form, lambda: acts.respond(request.user, exchange, response=_comment(request, form)))
    refused = {"comment_form": form, "commenting_on": form["on"].value()}
    return redirect(comment) if comment else exchanges.page(request, exchange, status=422, **refused)


def edit(request: Visit, slug: str, pk: str, response: str) -> HttpResponse:
    words = _response_at(request, slug, pk, response)
    return exchanges.edit_page(request, words, EditForm(initial={"body": words.body}))


def update(request: Visit, slug: str, pk: str, response: str) -> HttpResponse:
    words, form = _response_at(request, slug, pk, response), EditForm(request.POST)
    edited = carried_out(form, lambda: acts.edit(request.user, words, **form.cleaned_data))
    return redirect(words) if edited else exchanges.edit_page(request, words, form, status=422)


def named(request: Visit, pk: str) -> Response | None:
    """The response that a form names, if it names one; what somebody may not read is not there for them."""
    response = Response.objects.visible_to(request.user).filter(pk=pk).first() if pk else None
    if pk and response is None:
        raise gone()
    return response


def _comment(request: Visit, form: CommentForm) -> Response:
    return form.response(named(request, form.cleaned_data["on"]))


def _response_at(request: Visit, slug: str, pk: str, response: str) -> Response:
    responses = Response.objects.visible_to(request.user).select_related("exchange__community", "author")
    return get_object_or_404(responses, exchange__community__slug=slug, exchange=pk, pk=response)
