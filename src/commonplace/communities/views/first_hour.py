"""What a new community can begin with, for who facilitates it; and its first charter, from an example."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from commonplace.communities import acts, decision_rule, first_hour, pages
from commonplace.communities.acts.founding import is_shared
from commonplace.communities.examples import EXAMPLES, called
from commonplace.communities.forms.first_charter import FirstCharterForm, like
from commonplace.communities.models import Charter, Community
from commonplace.communities.pages import Visit, typed
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.forms import carried_out

OWN = "own"


def show(request: Visit, slug: str) -> HttpResponse:
    community = pages.tended(request, slug)
    row = first_hour.so_far(community)
    steps = [(step, step.done(row), step.ways(community)) for step in first_hour.steps()]
    context = {
        "community": community,
        "steps": steps,
        "left": [step.name for step, done, _ways in steps if not done],
        "is_put_away": first_hour.is_put_away(request.user, community),
    }
    return render(request, "communities/first_hour.jinja", context)


def put_away(request: Visit, slug: str) -> HttpResponse:
    first_hour.put_away(pages.myself(request), pages.tended(request, slug))
    return pages.done(request, _("Put away: you are not told of it again."), "home")


def edit_charter(request: Visit, slug: str) -> HttpResponse:
    """First the examples, then the form that one of them fills."""
    community, code = pages.tended(request, slug), typed(request, "like")
    example = called(code)
    if example is None and code != OWN:
        return _examples(request, community)
    return _charter(request, community, like(community, example))


def update_charter(request: Visit, slug: str) -> HttpResponse:
    community = pages.tended(request, slug)
    form = FirstCharterForm(request.POST, community=community)
    if carried_out(form, lambda: _set(request, community, form)) is None:
        return _charter(request, community, form, status=422)
    return pages.done(request, _("The charter is set: it holds from now on."), "first_hour", slug)


def _set(request: Visit, community: Community, form: FirstCharterForm) -> Charter:
    """Also as it is: whoever has looked at it and found it right has set it."""
    if form.cleaned_data["seen"] != community.charter.pk:
        raise NotPossible(
            _("Somebody else changed this meanwhile. See below what it says now; saving again puts yours there.")
        )
    return acts.set_charter(request.user, community, **form.terms())


def _examples(request: Visit, community: Community) -> HttpResponse:
    context = {
        "community": community,
        "examples": [(one, decision_rule.in_short(one.charter())) for one in EXAMPLES],
        "own": decision_rule.in_short(community.charter),
        "shared": is_shared(community),
    }
    return render(request, "communities/charter_examples.jinja", context)


def _charter(request: Visit, community: Community, form: FirstCharterForm, status: int = 200) -> HttpResponse:
    """Of what was changed meanwhile it shows the words in force."""
    charter = community.charter
    context = {
        "community": community,
        "form": form,
        "seen": charter.pk,
        "decision": decision_rule.in_words(charter),
        "meanwhile": charter if form.is_bound and form.data.get("seen") != charter.pk else None,
    }
    return render(request, "communities/first_charter.jinja", context, status=status)
