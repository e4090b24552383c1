"""The list of exchanges, one exchange, and opening one."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonplace.communities import pages
from commonplace.communities.contributions import panels
from commonplace.communities.mentioning import Other, to_choose_from
from commonplace.communities.models import Community
from commonplace.communities.pages import Visit
from commonplace.communities.paging import Listing, Page, key
from commonplace.communities.policy import member
from commonplace.externalizing import acts, whom
from commonplace.externalizing.counts import counts, counts_on
from commonplace.externalizing.forms import AskForm, EditExchangeForm, ResponseForm
from commonplace.externalizing.links import MOST_LINKS, links
from commonplace.externalizing.models import (
    IN_ITS_ARCHIVE,
    UNFINISHED,
    Exchange,
    ExchangeQuerySet,
    Status,
    Topic,
)
from commonplace.externalizing.models.course import NOT_YET, OVER
from commonplace.externalizing.models.exchange import NEWEST_FIRST, WAITING_LONG
from commonplace.externalizing.outcome import outcome
from commonplace.externalizing.policy import author
from commonplace.externalizing.said import said_of
from commonplace.externalizing.shelf import filed_under
from commonplace.externalizing.thanks import Between, between
from commonplace.externalizing.thread import thread
from commonplace.externalizing.way_on import way_on, whom_it_owes
from commonplace.ledger.act import may
from commonplace.ledger.forms import carried_out
from commonplace.ledger.reading import READER, Place, Reading

CHOICES: dict[str, dict[str, Any]] = {
    **{
        one.value: {"course__status": one, "course__over__in": NOT_YET if one in UNFINISHED else OVER} for one in Status
    },
    "unfinished": {"course__over__in": NOT_YET},
    **{f"archived-{one.value}": {"course__status": one, "course__over__in": OVER} for one in UNFINISHED},
}


def waiting_long_in_words() -> str:
    """With its bounds: `Exchange.objects.waiting_long` is the same."""
    days, newly = settings.WAITS_DAYS, settings.NEWCOMER_WAITS_DAYS
    return _("waiting for long: %(days)s days, a newcomer's %(newly)s") % {
        "days": days,
        "newly": newly,
    }


SAVED = gettext_lazy("It is saved. What it said before stays beside its form.")
STATUSES: list[tuple[str, Any]] = [
    ("unfinished", gettext_lazy("open or answered")),
    *Status.choices,
    (WAITING_LONG, lazy(waiting_long_in_words, str)()),
    *((f"archived-{one.value}", words) for one, words in IN_ITS_ARCHIVE.items()),
]
"""What can be chosen; of archives only where one left something unfinished, as of all that leads somewhere."""


def _chosen(status: str, reader: Any, community: Any) -> ExchangeQuerySet:
    here = Exchange.objects.visible_to(reader).here(community)
    if status == WAITING_LONG:
        return here.waiting_long(reader).for_list()
    return here.filter(**CHOICES.get(status, {})).for_list()


def _one() -> ExchangeQuerySet:
    here = Exchange.objects.visible_to(READER).filter(community__slug=Place("slug"), pk=Place("exchange"))
    return here.select_related("opener", "community", "course", "closing__person").with_topics()


LISTINGS = {
    status: Listing(partial(_chosen, status, READER, Place("community")), by=NEWEST_FIRST)
    for status in ("", WAITING_LONG, *CHOICES)
}
EXCHANGE: Reading[Exchange] = Reading(_one)


def index(request: Visit, slug: str) -> HttpResponse:
    community = pages.read(request, slug)
    chosen, sought = request.GET.get("status", ""), pages.typed(request, "topic")
    chosen = chosen if chosen in LISTINGS else ""
    topic = Topic.objects.visible_to(request.user).called(sought, community).first() if sought else None
    if topic:
        page = filed_under(topic, _chosen(chosen, request.user, community), request.GET, sifted=bool(chosen))
    else:
        places = {"reader": request.user, "community": community.pk}
        page = Page(()) if sought else LISTINGS[chosen].page(request.GET, **places)
    context: dict[str, Any] = {"page": page, "said": said_of(page), "chosen": chosen, "topic": topic}
    context |= {"on": topic.name if topic else "", "unknown": "" if topic else sought}
    context |= {"community": community, "may_ask": may(acts.ask, request.user, community)}
    counted = counts_on(topic) if topic else {} if sought else counts(request.user, community)
    context |= {"statuses": _offered(counted, chosen), "counts": counted}
    return _whole_or_list(request, context)


def _offered(counted: Mapping[str, str], chosen: str) -> list[tuple[str, Any]]:
    """What archives left unfinished is rare: it is offered where it is known to be there. What waits for long is among
    what waits, and is offered there."""
    offered = [one for one in STATUSES if counted or not one[0].startswith("archived-") or one[0] == chosen]
    return [one for one in offered if one[0] != WAITING_LONG or chosen in (WAITING_LONG, Status.OPEN)]


def _whole_or_list(request: Visit, context: dict[str, Any]) -> HttpResponse:
    part = pages.asks_for_a_part(request)
    response = render(request, "externalizing/list.jinja" if part else "externalizing/exchanges.jinja", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def show(request: Visit, slug: str, pk: str, name: str = "") -> HttpResponse:
    exchange = exchange_at(request, slug, pk)
    return pages.named(request, exchange, name) or page(request, exchange)


def new(request: Visit, slug: str) -> HttpResponse:
    community = pages.read(request, slug)
    pages.require(member, request.user, community)
    kind = request.GET.get("kind", "request")
    people = others(request, community)
    known = {"kind": kind, "title": request.GET.get("title", ""), "topics": request.GET.get("topic", "")}
    form = AskForm(initial={**known, "body": _to(key(request.GET, "of"), people)}, people=people)
    form.fields["title"].widget.attrs["autofocus"] = True
    return _form(request, community, form)


def _to(pk: str, people: Sequence[Other]) -> str:
    """The name of whom the question is put to first, so that they are told of it."""
    return next((f"@{one.person.known_as}\n\n" for one in people if one.person.pk == pk), "")


def create(request: Visit, slug: str) -> HttpResponse:
    community = pages.read(request, slug)
    form = AskForm(request.POST, request.FILES, sender=request.user, people=others(request, community))
    exchange = carried_out(
        form, lambda: acts.ask(request.user, community, exchange=form.exchange(), topics=form.cleaned_data["topics"])
    )
    if exchange is None:
        return _form(request, community, form, status=422)
    return pages.done(request, _("It is there for everybody who may read here."), exchange)


def edit(request: Visit, slug: str, pk: str) -> HttpResponse:
    exchange = exchange_at(request, slug, pk)
    pages.require(author, request.user, exchange)
    return edit_page(request, exchange, EditExchangeForm(initial={"title": exchange.title, "body": exchange.body}))


def update(request: Visit, slug: str, pk: str) -> HttpResponse:
    exchange = exchange_at(request, slug, pk)
    form = EditExchangeForm(request.POST, request.FILES, sender=request.user)
    edited = carried_out(form, lambda: acts.edit(request.user, exchange, **form.cleaned_data))
    if edited is None:
        return edit_page(request, exchange, form, status=422)
    return pages.done(request, str(SAVED), exchange)


def others(request: Visit, community: Community, on: Exchange | None = None) -> list[Other]:
    """Whom a member can tell, whoever may be asked about its topics first: nobody else sees who belongs."""
    topics = [topic.pk for topic in on.topics] if on else []
    is_member = member.allows(request.user, community)
    return to_choose_from(whom.OTHERS, request.user, community, topics=topics) if is_member else []


def exchange_at(request: Visit, slug: str, pk: str) -> Exchange:
    return pages.there(EXCHANGE.first(reader=request.user, slug=slug, exchange=pk))


def page(request: Visit, exchange: Exchange, form: Any = None, status: int = 200) -> HttpResponse:
    """A page of the exchange with the form to respond; one that was just refused comes with what was typed."""
    shown = thread(exchange, request.GET)
    whom_it_owes(exchange, shown)
    added = panels(request.user, exchange)
    is_member = may(acts.respond, request.user, exchange)
    context = {
        "exchange": exchange,
        "community": exchange.community,
        "thread": shown,
        "links": links(exchange),
        "response_form": form or ResponseForm(people=others(request, exchange.community, exchange)),
        "most_links": MOST_LINKS,
        "acts": acts,
        "outcome": outcome(exchange, shown),
        "member": is_member,
        "may_thank": may(acts.thank, request.user, exchange),
        "between": between(request.user, shown.page) if is_member else {},
        "nothing_between": Between(),
        "may_confirm": may(acts.confirm, request.user, exchange),
        "panels": added,
        "way_on": way_on(request.user, exchange, shown, added) if is_member else None,
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
