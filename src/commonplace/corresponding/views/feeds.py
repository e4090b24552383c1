"""What a feed reader or a calendar asks for, by somebody's secret address."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from commonplace.communities import pages
from commonplace.communities.languages import spoken
from commonplace.communities.models import Community, Installation, Person
from commonplace.corresponding.feeds import entries
from commonplace.corresponding.feeds.atom import atom
from commonplace.corresponding.feeds.calendar import dates, ics
from commonplace.corresponding.feeds.door import behind_the_secret, unless_known

ATOM, CALENDAR = "application/atom+xml; charset=utf-8", "text/calendar; charset=utf-8"


@behind_the_secret
def notices(request: HttpRequest, person: Person) -> HttpResponse:
    title, href = _("%(site)s: your notices") % {"site": _site()}, reverse("notices")
    body, changed = atom(
        entries.of_person(person), title=title, key=f"{href}#{person.pk}", href=href, site=_site(), language=spoken(),
        since=person.created_at, at=request.build_absolute_uri,
    )  # fmt: skip
    return unless_known(request, body, ATOM, changed.timestamp())


@behind_the_secret
def community(request: HttpRequest, person: Person, slug: str) -> HttpResponse:
    here: Community = pages.there(pages.OVERSEEN.first(reader=person, slug=slug))
    body, changed = atom(
        entries.of_community(person, here), title=here.title, key=here.get_absolute_url(), href=here.get_absolute_url(),
        site=_site(), language=spoken(), since=here.founded_at, at=request.build_absolute_uri,
    )  # fmt: skip
    return unless_known(request, body, ATOM, changed.timestamp())


@behind_the_secret
def calendar(request: HttpRequest, person: Person) -> HttpResponse:
    """What is over leaves it in silence: that it is as it was is asked of all of it, not of a date."""
    title = _("%(site)s: what falls due") % {"site": _site()}
    return unless_known(request, ics(dates(person), title, request.build_absolute_uri), CALENDAR)


def _site() -> str:
    return Installation.current().name
