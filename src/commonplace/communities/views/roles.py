"""Serving the community: granting a role, handing it over, ending it."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from commonplace.communities import acts, pages, policy
from commonplace.communities.forms.belonging import GrantForm, HandOverForm
from commonplace.communities.limits import limited
from commonplace.communities.models import Community, Membership, Person, Role
from commonplace.communities.pages import Visit
from commonplace.ledger.act import asked
from commonplace.ledger.forms import carried_out


def index(request: Visit, slug: str) -> HttpResponse:
    return _page(request, pages.inside(request, slug))


@limited("role", most=60, minutes=10)
def create(request: Visit, slug: str) -> HttpResponse:
    community = pages.tended(request, slug)
    form = GrantForm(request.POST, members=able_members(request.user, community))
    granted = carried_out(form, lambda: acts.grant_role(request.user, community, **form.grant()))
    if granted is None:
        return _page(request, community, status=422, grant_form=form)
    words = (
        _("%(name)s serves as %(role)s now.")
        if granted.accepted_at
        else _("%(name)s is asked to serve as %(role)s, and says yes or no.")
    )
    return pages.done(request, words % _who(granted), "roles", slug)


def hand_over(request: Visit, slug: str) -> HttpResponse:
    community = pages.shared(request, slug)
    roles = _mine_to_pass_on(request.user, community)
    members = _who_can_follow(able_members(request.user, community), roles)
    form = HandOverForm(request.POST, members=members, roles=roles)
    handed = carried_out(form, lambda: _handed_over(request.user, form, members, roles))
    if handed is None:
        return _page(request, community, status=422, hand_over_form=form)
    return pages.done(request, _("The role of %(role)s is with %(name)s now.") % _who(handed), "roles", slug)


def destroy(request: Visit, slug: str, pk: str) -> HttpResponse:
    community, form = pages.seen(request, slug), forms.Form(request.POST)
    role = get_object_or_404(Role.objects.visible_to(request.user).filter(community=community), pk=pk)
    ended = carried_out(form, lambda: acts.end_role(request.user, role))
    if ended is None:
        return _page(request, community, status=422, refusal=form)
    where = ("roles", slug) if Community.objects.of(request.user).filter(pk=community.pk).exists() else ("me",)
    return pages.done(request, _("%(name)s no longer serves as %(role)s.") % _who(role), *where)


def _who(role: Role) -> dict[str, str]:
    return {"name": role.person.called, "role": role.get_kind_display().lower()}


def _handed_over(me: Person, form: HandOverForm, members: list[Person], roles: list[Role]) -> Role:
    role = next(role for role in roles if role.pk == form.cleaned_data["role"])
    successor = next(person for person in members if person.pk == form.cleaned_data["successor"])
    return acts.hand_over_role(me, role, successor=successor)


def able_members(me: Any, community: Community) -> list[Person]:
    """Those who can serve: members with an account, no bots."""
    current = Membership.objects.visible_to(me).filter(
        community=community, person__email__isnull=False, person__is_active=True, person__is_bot=False
    )
    return [one.person for one in current.current().select_related("person").order_by("person__name")]


def _roles(me: Any, community: Community) -> list[Role]:
    current = Role.objects.visible_to(me).filter(community=community, ended_at=None)
    return list(current.select_related("person", "community", "stand_in").order_by("kind", "granted_at"))


def _mine_to_pass_on(me: Any, community: Community) -> list[Role]:
    tends = policy.by_role.allows(me, community)
    return [role for role in _roles(me, community) if tends or role.person_id == me.pk]


def _who_can_follow(members: list[Person], roles: list[Role]) -> list[Person]:
    return [one for one in members if any(one.pk != role.person_id for role in roles)]


def _page(request: Visit, community: Community, status: int = 200, **refused: Any) -> HttpResponse:
    me, members = request.user, able_members(request.user, community)
    mine = _mine_to_pass_on(me, community)
    can_follow = _who_can_follow(members, mine)
    context = {
        "community": community,
        "roles": _roles(me, community),
        "hindrances": {role.pk: asked(acts.end_role, me, role) for role in mine},
        "may_propose": policy.speaker.allows(me, community),
        "may_tend": policy.facilitator.allows(me, community),
        "may_give": policy.by_role.allows(me, community),
        "stands_in": policy.stands_in(me, community),
        "grant_form": GrantForm(members=members, initial={"person": request.GET.get("person", "")}),
        "hand_over_form": HandOverForm(members=can_follow, roles=mine) if can_follow else None,
        "nobody_follows": bool(mine) and not can_follow,
        "holds": policy.by_role.allows(me, community),
        "sees_members": policy.is_member(me, community),
    }
    return render(request, "communities/roles.jinja", context | refused, status=status)
