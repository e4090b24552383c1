"""Communities: the list, the front page, founding one, and changing what it says of itself."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from commonplace.communities import acts, decision_rule, front, pages, policy, profile
from commonplace.communities.acts.joining import was_removed
from commonplace.communities.contributions import panels
from commonplace.communities.forms import community as forms
from commonplace.communities.forms.belonging import JoinForm, RequestForm
from commonplace.communities.limits import limited
from commonplace.communities.models import Community, Person, Stage, footing
from commonplace.communities.models.community import MOST_COUNTED
from commonplace.communities.pages import Visit, typed
from commonplace.communities.paging import listed
from commonplace.ledger.act import why_not
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.forms import carried_out


def index(request: Visit) -> HttpResponse:
    query = typed(request)
    visible = Community.objects.visible_to(request.user).for_list().resembling(query)
    page = listed(visible, request.GET, by=("title", "pk"))
    return render(request, "communities/communities.jinja", {"page": page, "query": query, "most": MOST_COUNTED})


def show(request: Visit, slug: str) -> HttpResponse:
    return page(request, pages.seen(request, slug))


def new(request: Visit) -> HttpResponse:
    return _found_page(request, forms.blank(request.user))


@limited("found", most=20, minutes=60)
def create(request: Visit) -> HttpResponse:
    form = forms.FoundForm(request.POST)
    founded = carried_out(form, lambda: acts.found(request.user, None, community=form.community(), **form.terms()))
    if founded is None:
        return _found_page(request, form, status=422)
    return pages.done(request, _("%(title)s is founded, and you facilitate it.") % {"title": founded.title},
                      "first_hour", founded.slug)  # fmt: skip


def edit(request: Visit, slug: str) -> HttpResponse:
    community = pages.tended(request, slug)
    return _edit_page(request, community, forms.filled(community, community.charter))


def update(request: Visit, slug: str) -> HttpResponse:
    community = pages.tended(request, slug)
    form = forms.changing(community, request.POST)
    changed = carried_out(form, lambda: _changed(request.user, community, form))
    if changed is None:
        return _edit_page(request, community, form, status=422)
    return pages.done(request, _("Saved: this holds from now on."), changed)


def page(request: Visit, community: Community, status: int = 200, **refused: Any) -> HttpResponse:
    """The front page with what the reader may do; a form that was just refused comes in `refused`."""
    me, mine = request.user, footing(request.user, community)
    may_tend = policy.facilitator.allows(me, community)
    context = {
        "acts": acts,
        "footing": mine,
        "from_archive": bool(community.origin),
        "requests": [] if mine.is_member and not may_tend else front.requests(me, community),
        "may_tend": may_tend,
        "was_removed": not mine.is_member and was_removed(me, community),
        "join_form": JoinForm(),
        "request_form": RequestForm(),
        "panels": panels(me, community),
    }
    context["asks_first"] = front.asks_first(mine, context)
    context |= front.people(me, community, mine) | front.alive(me, community, mine) | _about(community)
    return render(request, "communities/community.jinja", context | refused, status=status)


def _about(community: Community) -> dict[str, Any]:
    """What everybody reads who may see the community."""
    return {
        "community": community,
        "charter": community.charter,
        "decision": decision_rule.in_words(community.charter),
        "rhythm": decision_rule.rhythm(community.charter),
        "letters": decision_rule.letters(community.charter),
        "profile": profile.in_words(community.profile),
    }


def _changed(person: Person, community: Community, form: forms.CommunityForm) -> Community:
    """Each of the acts that this comes to, all or none."""
    own = {name: value for name, value in form.own().items() if getattr(community, name) != value}
    stage = own.pop("stage", None)
    with transaction.atomic():
        if form.data.get("seen") != forms.fingerprint(community) and forms.changed_meanwhile(community, form):
            raise NotPossible(
                _("Somebody else changed this meanwhile. See below what it says now; saving again puts yours there.")
            )
        if form.terms().items() - community.charter.terms().items():
            acts.set_charter(person, community, **form.terms())
        if stage:
            acts.set_stage(person, community, stage=Stage(stage))
        if own:
            acts.set_profile(person, community, **own)
    return community


def _found_page(request: Visit, form: forms.FoundForm, status: int = 200) -> HttpResponse:
    first = not Community.objects.of(request.user).exists()
    return render(
        request,
        "communities/found.jinja",
        {"form": form, "first": first, "hindrance": why_not(acts.found, request.user, None)},
        status=status,
    )


def _edit_page(request: Visit, community: Community, form: forms.CommunityForm, status: int = 200) -> HttpResponse:
    seen = forms.fingerprint(community)
    context: dict[str, Any] = {"community": community, "form": form, "seen": seen}
    if form.is_bound and form.data.get("seen") != seen:
        context["meanwhile"] = forms.changed_meanwhile(community, form)
    return render(request, "communities/edit.jinja", context, status=status)
