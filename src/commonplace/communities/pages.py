"""The doors of a community's pages. Who may not pass gets a 404: a private community does not exist for them."""

from collections.abc import Callable, Sequence
from functools import partial, wraps
from typing import Any, TypeVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from commonplace.communities import policy
from commonplace.communities.models import Community, Person
from commonplace.communities.models.community import CommunityQuerySet
from commonplace.communities.way_on import Step, WayOn
from commonplace.ledger import act
from commonplace.ledger.reading import READER, Place, Reading
from commonplace.ledger.rules import Rule

T = TypeVar("T")
WAYS = ("GET", "HEAD", "POST")


class Visit(HttpRequest):
    """A request by someone who is signed in, as every page is unless it says otherwise. `entered`: whose page it is."""

    user: Person
    entered: Community


def _behind(door: Callable[[CommunityQuerySet, Any], CommunityQuerySet]) -> CommunityQuerySet:
    return door(Community.objects.all(), READER).filter(slug=Place("slug"))


SEEN: Reading[Community] = Reading(partial(_behind, CommunityQuerySet.visible_to))
READ: Reading[Community] = Reading(partial(_behind, CommunityQuerySet.readable_by))
OVERSEEN: Reading[Community] = Reading(partial(_behind, CommunityQuerySet.overseen_by))
SHARED: Reading[Community] = Reading(partial(_behind, CommunityQuerySet.shared_by))
INSIDE: Reading[Community] = Reading(partial(_behind, CommunityQuerySet.of))


def seen(request: Visit, slug: str) -> Community:
    """For the front page: listed communities, and one's own."""
    return _entered(request, SEEN, slug)


def read(request: Visit, slug: str) -> Community:
    """For exchanges and practices: open communities, and one's own."""
    return _entered(request, READ, slug)


def overseen(request: Visit, slug: str) -> Community:
    """For the cycle and the objectives: readers, and those who serve in a role, sponsors among them."""
    return _entered(request, OVERSEEN, slug)


def inside(request: Visit, slug: str) -> Community:
    """For those who belong or serve."""
    return _entered(request, INSIDE, slug)


def shared(request: Visit, slug: str) -> Community:
    """For the list of people: members only."""
    return _entered(request, SHARED, slug)


def _entered(request: Visit, door: Reading[Community], slug: str) -> Community:
    request.entered = there(door.first(reader=request.user, slug=slug))
    return request.entered


def there(row: T | None) -> T:
    """What a reading gave, if it gave anything."""
    if row is None:
        raise Http404
    return row


def by_the_clock_of(request: Visit, community: Community) -> str:
    """Whoever has chosen no time zone reads hours as the community counts them. The zone, where it needs its name."""
    if not request.user.time_zone:
        timezone.activate(community.zone)
    shown: str = request.user.time_zone or community.time_zone
    return "" if request.user.time_zone == community.time_zone else shown


def named(request: HttpRequest, row: Any, name: str) -> HttpResponse | None:
    """On to the address with the name that it has, if somebody gave it another."""
    address = row.get_absolute_url()
    if name in ("", address.split("/")[-2]):
        return None
    words = request.META.get("QUERY_STRING", "")
    return redirect(f"{address}?{words}" if words else address)


def tended(request: Visit, slug: str) -> Community:
    """For what facilitators look after; others who see the community are told whose it is."""
    community = seen(request, slug)
    require(policy.facilitator, request.user, community)
    return community


def myself(request: HttpRequest) -> Person:
    """The reader's own row, to be acted on; the request holds a stand-in for it."""
    return Person.objects.get(pk=request.user.pk)


def require(rule: Rule[Any, Any], person: Any, target: Any) -> None:
    """For a page that only some may open: the act's own answer, before there is an act."""
    act.require(rule, person, target)


def sent_from(page: str, view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """An address that a form is sent to. Whoever opens it, by going back, by its name, is led to the form's page."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **at: str) -> HttpResponseBase:
        if request.method == "POST":
            return view(request, *args, **at)
        return redirect(_address(page, at)) if request.method in ("GET", "HEAD") else HttpResponseNotAllowed(WAYS)

    return answer


def _address(page: str, at: dict[str, str]) -> str:
    """By what leads to the form, without what is its own."""
    try:
        return reverse(page, kwargs=at)
    except NoReverseMatch:
        if not at:
            raise
        return _address(page, dict(list(at.items())[:-1]))


def asks_for_a_part(request: HttpRequest) -> bool:
    """htmx wants what goes into its page; but of a page that it goes back to, all."""
    htmx: Any = getattr(request, "htmx", None)
    return bool(htmx) and not htmx.history_restore_request


def done(request: HttpRequest, words: str, *where: Any, steps: Sequence[Step] = ()) -> HttpResponse:
    """On to the page that follows, which begins with a sentence of what happened, and what only this moment offers."""
    messages.success(request, WayOn(words, steps).__html__() if steps else words)
    return redirect(*where)


def typed(request: HttpRequest, name: str = "q") -> str:
    """What was typed to find something in a list; anything is a valid question."""
    return request.GET.get(name, "").replace("\0", "").strip()
