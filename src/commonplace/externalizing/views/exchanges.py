"""The list of exchanges, one exchange, and opening one."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from commonplace.communities import pages
from commonplace.communities.contributions import panels
from commonplace.communities.models import Community
from commonplace.communities.pages import Visit
from commonplace.communities.paging import Page, listed
from commonplace.externalizing import acts
from commonplace.externalizing.forms import AskForm, EditExchangeForm, ResponseForm
from commonplace.externalizing.models import Exchange, Status, Topic
from commonplace.externalizing.models.exchange import NEWEST_FIRST
from commonplace.externalizing.shelf import filed_under
from commonplace.externalizing.thread import thread
from commonplace.ledger.act import may
from commonplace.ledger.forms import carried_out

MOST_LINKS = 20
CHOICES: dict[str, dict[str, Any]] = {
    **{status.value: {"course__status": status} for status in Status},
    "unfinished": {"course__over": False},
}


def index(request: Visit, slug: str) -> HttpResponse:
    community = pages.read(request, slug)
    chosen, sought = request.GET.get("status", ""), pages.typed(request, "topic")
    exchanges = Exchange.objects.visible_to(request.user).here(community).filter(**CHOICES.get(chosen, {})).for_list()
    topic = Topic.objects.visible_to(request.user).called(sought, community).first() if sought else None
    if topic:
        page = filed_under(topic, exchanges, request.GET, sifted=chosen in CHOICES)
    else:
        page = Page(()) if sought else listed(exchanges, request.GET, by=NEWEST_FIRST)
    context: dict[str, Any] = {"page": page, "chosen": chosen if chosen in CHOICES else ""}
    context |= {"topic": topic.name if topic else "", "unknown": "" if topic else sought}
    context |= {"statuses": Status.choices, "community": community, "may_ask": may(acts.ask, request.user, community)}
    return render(request, "externalizing/exchanges.jinja", context)


def show(request: Visit, slug: str, pk: str, name: str = "") -> HttpResponse:
    return page(request, exchange_at(request, slug, pk))


def new(request: Visit, slug: str) -> HttpResponse:
    community = pages.read(request, slug)
    kind = request.GET.get("kind", "request")
    return _form(request, community, AskForm(initial={"kind": kind, "title": request.GET.get("title", "")}))


def create(request: Visit, slug: str) -> HttpResponse:
    community, form = pages.read(request, slug), AskForm(request.POST)
    exchange = carried_out(
        form, lambda: acts.ask(request.user, community, exchange=form.exchange(), topics=form.cleaned_data["topics"])
    )
    return redirect(exchange) if exchange else _form(request, community, form, status=422)


def edit(request: Visit, slug: str, pk: str) -> HttpResponse:
    exchange = exchange_at(request, slug, pk)
    return edit_page(request, exchange, EditExchangeForm(initial={"title": exchange.title, "body": exchange.body}))


def update(request: Visit, slug: str, pk: str) -> HttpResponse:
    exchange, form = exchange_at(request, slug, pk), EditExchangeForm(request.POST)
    edited = carried_out(form, lambda: acts.edit(request.user, exchange, **form.cleaned_data))
    return redirect(exchange) if edited else edit_page(request, exchange, form, status=422)


def exchange_at(request: Visit, slug: str, pk: str) -> Exchange:
    exchanges = (
        Exchange.objects.visible_to(request.user)
        .select_related("opener", "community", "course", "closing__person")
        .with_topics()
    )
    return get_object_or_404(exchanges, community__slug=slug, pk=pk)


def page(request: Visit, exchange: Exchange, form: Any = None, status: int = 200) -> HttpResponse:
    """A page of the exchange with the form to respond; one that was just refused comes with what was typed."""
    pointing = (
        exchange.links.select_related("other__community"),
        exchange.linked_from.select_related("exchange__community"),
    )
    context = {
        "exchange": exchange,
        "community": exchange.community,
        "thread": thread(exchange, request.GET),
        "links": [list(links.order_by("-pk")[: MOST_LINKS + 1]) for links in pointing],
        "response_form": form or ResponseForm(),
        "most_links": MOST_LINKS,
        "acts": acts,
        "closing": getattr(exchange, "closing", None),
        "may_confirm": may(acts.confirm, request.user, exchange),
        "panels": panels(request.user, exchange),
    }
    return render(request, "externalizing/exchange.jinja", context, status=status)


def edit_page(request: Visit, words: Any, form: Any, status: int = 200) -> HttpResponse:
    """`words` as they are now; if the form began from others, they are shown beside what was typed."""
    overtaken = form.is_bound and form.data.get("seen") != words.fingerprint
    context = {"community": words.community, "words": words, "form": form, "overtaken": overtaken}
    context["revisions"] = words.revisions.all()
    return render(request, "externalizing/edit.jinja", context, status=status)


def _form(request: Visit, community: Community, form: AskForm, status: int = 200) -> HttpResponse:
    return render(request, "externalizing/ask.jinja", {"community": community, "form": form}, status=status)
