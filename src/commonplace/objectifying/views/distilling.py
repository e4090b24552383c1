"""Writing a practice down, out of one or more exchanges."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from commonplace.communities import pages
from commonplace.communities.models import Community, Person
from commonplace.communities.pages import Visit
from commonplace.externalizing.models import Exchange, Response
from commonplace.ledger.act import why_not
from commonplace.ledger.forms import carried_out
from commonplace.objectifying import acts, policy
from commonplace.objectifying.audience import EVERYONE
from commonplace.objectifying.contributions.panel import came_of
from commonplace.objectifying.forms import DistilForm
from commonplace.objectifying.models import Practice


class Origin:
    """The exchanges named in the address or the form, as far as the reader may see them, and who said what in them."""

    def __init__(self, request: Visit, community: Community, more: str = "") -> None:
        self.reader, self.community = request.user, community
        named = [*request.GET.getlist("exchange"), *request.POST.getlist("exchange"), more]
        ids = [one for one in named if "\0" not in one]
        here = Exchange.objects.visible_to(request.user).filter(community=community, pk__in=ids)
        self.exchanges = list(here.select_related("opener", "community").order_by("opened_at"))
        responses = Response.objects.visible_to(request.user).filter(exchange__in=self.exchanges)
        self.responses = list(responses.select_related("author").order_by("responded_at", "pk"))
        self.helped = set(responses.filter(confirmations__isnull=False).values_list("pk", flat=True))

    @property
    def people(self) -> list[Person]:
        """Who answered comes before who asked."""
        everyone = [*(one.author for one in self.responses), *(one.opener for one in self.exchanges)]
        return list({person.pk: person for person in everyone}.values())

    def form(self, data: Any = None, files: Any = None, again: dict[str, Any] | None = None) -> DistilForm:
        """`again`: what was typed before."""
        helped = [one for one in self.responses if one.pk in self.helped] if data is None else []
        initial = {
            "title": self.exchanges[0].title if self.exchanges else "",
            "authors": [one.author_id for one in helped],
            "quoted": [one.pk for one in helped],
        }
        about: dict[str, Any] = {"people": self.people, "responses": self.responses, "community": self.community}
        return DistilForm(data, files, initial=again or initial, reader=self.reader, **about)


def new(request: Visit, slug: str) -> HttpResponse:
    community = pages.read(request, slug)
    pages.require(policy.member, request.user, community)
    origin = Origin(request, community)
    return _page(request, community, origin, origin.form())


def create(request: Visit, slug: str) -> HttpResponse:
    community = pages.read(request, slug)
    origin = Origin(request, community)
    form = origin.form(request.POST, request.FILES)
    if form.is_valid() and form.cleaned_data["also"]:
        return _with_another(request, community, form)
    practice = carried_out(form, lambda: _distilled(request, community, origin, form))
    if practice is None:
        return _page(request, community, origin, form, status=422)
    return pages.done(request, _("It is written down, with those named whose words it is made from."), practice)


def _distilled(request: Visit, community: Community, origin: Origin, form: DistilForm) -> Practice:
    typed = form.cleaned_data
    return acts.distil(
        request.user,
        community,
        practice=Practice(title=typed["title"]),
        version=form.version(),
        exchanges=origin.exchanges,
        quoted=[one for one in origin.responses if one.pk in typed.get("quoted", [])],
        authors=[one for one in origin.people if one.pk in typed.get("authors", [])],
        audience=form.for_whom() or EVERYONE,
    )


def _with_another(request: Visit, community: Community, form: DistilForm) -> HttpResponse:
    """The same form again, with what was typed and the responses of one more exchange."""
    origin = Origin(request, community, more=form.cleaned_data["also"])
    return _page(request, community, origin, origin.form(again={**form.cleaned_data, "also": ""}))


def _page(request: Visit, community: Community, origin: Origin, form: DistilForm, status: int = 200) -> HttpResponse:
    context = {
        "community": community,
        "exchanges": origin.exchanges,
        "form": form,
        "already": [one for exchange in origin.exchanges for one in came_of(request.user, exchange)],
        "hindrance": why_not(acts.distil, request.user, community, exchanges=origin.exchanges),
        "days": community.charter.refusal_days,
    }
    return render(request, "objectifying/distil.jinja", context, status=status)
