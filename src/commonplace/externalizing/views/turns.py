"""What one can do on the page of an exchange: each a form that is loaded when it is wanted, or a page of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commonplace.communities.pages import Visit, asks_for_a_part, require
from commonplace.communities.policy import member
from commonplace.externalizing import acts
from commonplace.externalizing.forms import CloseForm, CommentForm, ConfirmForm, LinkForm, Telling
from commonplace.externalizing.models import Exchange, Response
from commonplace.externalizing.policy import closer, confirmer
from commonplace.externalizing.thread import remarks
from commonplace.externalizing.views.exchanges import exchange_at, others
from commonplace.ledger.act import why_not
from commonplace.ledger.errors import Reason
from commonplace.ledger.rules import Rule


@dataclass(frozen=True, slots=True)
class Turn:
    """`to`: the name of the address that takes the form; `about`: the field that names the answer it is about.

    `piece`: of the page that comes anew when it is done without leaving it.
    `who` may take it. `act`: the one whose guard may refuse whatever they type; then it says why, in place of the form.
    """

    who: Rule[Any, Any]
    form: type[Any]
    to: str
    title: Promise
    button: Promise
    about: str = ""
    piece: str = ""
    act: Callable[..., Any] | None = None


COMMENT = Turn(member, CommentForm, "comment", _("Comment"), _("Comment"), "on", ".remarks")
CONFIRM = Turn(confirmer, ConfirmForm, "confirm", _("It helped"), _("It helped"), "response", act=acts.confirm)
CLOSE = Turn(closer, CloseForm, "close", _("Close this exchange"), _("Close"), act=acts.close)
LINK = Turn(member, LinkForm, "link", _("Link another exchange"), _("Link"))


def new_comment(request: Visit, slug: str, pk: str) -> HttpResponse:
    return _blank(request, slug, pk, COMMENT)


def new_confirmation(request: Visit, slug: str, pk: str) -> HttpResponse:
    return _blank(request, slug, pk, CONFIRM)


def new_closing(request: Visit, slug: str, pk: str) -> HttpResponse:
    return _blank(request, slug, pk, CLOSE)


def new_link(request: Visit, slug: str, pk: str) -> HttpResponse:
    return _blank(request, slug, pk, LINK)


def page(request: Visit, exchange: Exchange, turn: Turn, form: Any, status: int = 422) -> HttpResponse:
    """With the words that it is about; what was refused comes with what was typed."""
    named = form[turn.about].value() if turn.about else ""
    about = exchange.responses.answers().shown().filter(pk=str(named).replace("\0", "")).first() if named else None
    context = {"exchange": exchange, "community": exchange.community, "turn": turn, "form": form, "about": about}
    context["hindrance"] = "" if form.is_bound else _hindrance(request, exchange, turn, about)
    template = "externalizing/fold.jinja" if asks_for_a_part(request) else "externalizing/turn.jinja"
    response = render(request, template, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def remarks_piece(request: Visit, exchange: Exchange, form: Any, comment: Response | None) -> HttpResponse:
    """The comments beside one's own, which has the focus; refused, with the form and what was typed in it."""
    on = str(form["on"].value() or "").replace("\0", "")
    rows, is_cut = remarks(exchange, on)
    context = {"exchange": exchange, "community": exchange.community, "turn": COMMENT, "hindrance": ""}
    context |= {"on": on, "remarks": rows, "is_cut": is_cut, "said": comment, "member": True, "mine": request.user.pk}
    context["refused"] = form if comment is None else None
    response = render(request, "externalizing/remarks_piece.jinja", context, status=422 if comment is None else 200)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _hindrance(request: Visit, exchange: Exchange, turn: Turn, about: Response | None) -> Reason:
    if turn.act is None:
        return Reason()
    known = {turn.about: about} if turn.about else {}
    return why_not(turn.act, request.user, exchange, **known)


def _blank(request: Visit, slug: str, pk: str, turn: Turn) -> HttpResponse:
    exchange = exchange_at(request, slug, pk)
    require(turn.who, request.user, exchange)
    initial = {turn.about: request.GET.get(turn.about, ""), "purpose": exchange.purpose}
    people = {"people": others(request, exchange.community, exchange)} if issubclass(turn.form, Telling) else {}
    return page(request, exchange, turn, turn.form(exchange=exchange, initial=initial, **people), status=200)
