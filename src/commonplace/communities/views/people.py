"""For the operator: people by name and address, one-time links, and which are bots."""

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from commonplace.communities import acts, pages, policy, secrets
from commonplace.communities.forms.people import BotForm
from commonplace.communities.limits import limited
from commonplace.communities.models import Person
from commonplace.communities.pages import Visit, typed
from commonplace.communities.paging import in_figures, listed
from commonplace.ledger.forms import carried_out
from commonplace.untrusted.visible import folded

MANY = 1_000


def index(request: Visit) -> HttpResponse:
    return _page(request)


def _page(request: Visit, refusal: forms.Form | None = None, status: int = 200) -> HttpResponse:
    pages.require(policy.operator, request.user, None)
    query, unit, bots = typed(request), typed(request, "unit"), bool(typed(request, "bots"))
    matches = _matching(query, unit, bots).select_related("unit")
    page = listed(matches, request.GET, 50, by=("name", "pk"))
    sought = {"q": query, "unit": unit}
    chosen = urlencode({**sought, "bots": "yes" if bots else ""})
    context = {"page": page, "query": query, "bots": bots, "chosen": chosen, "refusal": refusal}
    context |= {"sought": urlencode(sought), "counts": _counts(query, unit)}
    return render(request, "communities/people.jinja", context, status=status)


def _counts(query: str, unit: str) -> list[str]:
    """Of all and of bots, up to a bound."""
    numbers = [_matching(query, unit, bots)[:MANY].count() for bots in (False, True)]
    return [in_figures(n, MANY) for n in numbers]


def _matching(query: str, unit: str, bots: bool) -> QuerySet[Person]:
    """Accounts, and the bots that archives brought; whoever is looked for by name, with an account or without."""
    named = Q(name__folded__contains=folded(query)) | Q(email__icontains=query) | Q(origin_url__icontains=query)
    everybody = Person.objects.filter(named) if query else Person.objects.with_bots()
    return everybody.filter(*([Q(unit=unit)] if unit else []), *([Q(is_bot=True)] if bots else []))


@limited("links", most=120, minutes=10)
def create_link(request: Visit, pk: str) -> HttpResponse:
    pages.require(policy.operator, request.user, None)
    person = get_object_or_404(Person.objects.accounts(), pk=pk)
    secret, form = secrets.fresh(), forms.Form(request.POST)
    issued = carried_out(form, lambda: acts.issue_sign_in_link(request.user, person, secret=secret))
    good = issued is not None and issued.is_fresh()
    link = request.build_absolute_uri(reverse("sign_in_link", args=[secret])) if good else ""
    context = {"person": person, "issued": issued, "link": link, "refusal": form}
    return render(request, "communities/link.jinja", context, status=200 if issued else 422)


def update_bot(request: Visit, pk: str) -> HttpResponse:
    """Back to the place in the list, as it was searched."""
    pages.require(policy.operator, request.user, None)
    person, form = get_object_or_404(Person, pk=pk), BotForm(request.POST)
    changed = carried_out(form, lambda: acts.set_bot(request.user, person, bot=form.cleaned_data["bot"]))
    if changed is None:
        return _page(request, form, status=422)
    return pages.done(request, _kind(changed), f"{reverse('people')}?{request.GET.urlencode()}#p-{pk}")


def _kind(person: Person) -> str:
    if person.is_bot:
        words = _("%(name)s is a bot: what it does is in no figure from now on; what was told stands.")
    else:
        words = _("%(name)s is a person again: what they do is in figures from now on; what was told stands.")
    return words % {"name": person.known_as}
