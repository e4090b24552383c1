"""Responding to an exchange, commenting, and mending one's own response."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from commonplace.communities import pages
from commonplace.communities.pages import Visit
from commonplace.externalizing import acts
from commonplace.externalizing.forms import CommentForm, EditForm, ResponseForm
from commonplace.externalizing.models import Response
from commonplace.externalizing.policy import author
from commonplace.externalizing.thread import address, comments
from commonplace.externalizing.views import exchanges, turns
from commonplace.ledger.forms import carried_out
from commonplace.ledger.locking import gone


def create(request: Visit, slug: str, pk: str) -> HttpResponse:
    exchange = exchanges.exchange_at(request, slug, pk)
    people = exchanges.others(request, exchange.community, exchange)
    form = ResponseForm(request.POST, request.FILES, sender=request.user, people=people)
    response = carried_out(form, lambda: acts.respond(request.user, exchange, response=form.response()))
    if response is None:
        return exchanges.page(request, exchange, form, status=422)
    return pages.done(request, _("Your answer stands in the exchange."), response)


def create_comment(request: Visit, slug: str, pk: str) -> HttpResponse:
    exchange = exchanges.exchange_at(request, slug, pk)
    people = exchanges.others(request, exchange.community, exchange)
    form = CommentForm(request.POST, request.FILES, sender=request.user, people=people)
    comment = carried_out(form, lambda: acts.respond(request.user, exchange, response=_comment(request, form)))
    if pages.asks_for_a_part(request):
        return turns.remarks_piece(request, exchange, form, comment)
    if comment is None:
        return turns.page(request, exchange, turns.COMMENT, form)
    return pages.done(request, _("Your comment stands there."), comment)


def index_comments(request: Visit, slug: str, pk: str) -> HttpResponse:
    exchange, on = exchanges.exchange_at(request, slug, pk), pages.typed(request, "on")
    answer = get_object_or_404(exchange.responses.answers().shown(), pk=on) if on else None
    context: dict[str, Any] = {"exchange": exchange, "community": exchange.community, "answer": answer, "on": on}
    context["page"] = comments(exchange, on, request.GET)
    return render(request, "externalizing/comments.jinja", context)


def show(request: Visit, slug: str, pk: str, response: str) -> HttpResponse:
    """On to where it stands now: pages end elsewhere as answers come in."""
    return redirect(address(response_at(request, slug, pk, response)))


def edit(request: Visit, slug: str, pk: str, response: str) -> HttpResponse:
    words = response_at(request, slug, pk, response)
    pages.require(author, request.user, words)
    return exchanges.edit_page(request, words, EditForm(initial={"body": words.body}))


def update(request: Visit, slug: str, pk: str, response: str) -> HttpResponse:
    words = response_at(request, slug, pk, response)
    form = EditForm(request.POST, request.FILES, sender=request.user)
    edited = carried_out(form, lambda: acts.edit(request.user, words, **form.cleaned_data))
    if edited is None:
        return exchanges.edit_page(request, words, form, status=422)
    return pages.done(request, str(exchanges.SAVED), words)


def named(request: Visit, pk: str) -> Response | None:
    """The response that a form names, if it names one; what somebody may not read is not there for them."""
    response = Response.objects.visible_to(request.user).filter(pk=pk).first() if pk else None
    if pk and response is None:
        raise gone()
    return response


def _comment(request: Visit, form: CommentForm) -> Response:
    return form.response(named(request, form.cleaned_data["on"]))


def response_at(request: Visit, slug: str, pk: str, response: str) -> Response:
    responses = Response.objects.visible_to(request.user).select_related("exchange__community", "author")
    return get_object_or_404(responses, exchange__community__slug=slug, exchange=pk, pk=response)
