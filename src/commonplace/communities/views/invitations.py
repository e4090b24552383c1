"""Links into a community: made and withdrawn by facilitators, taken up by whoever has one."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from commonplace.communities import acts, first_hour, invited, letters, pages, policy, secrets
from commonplace.communities.forms.belonging import JoinForm
from commonplace.communities.forms.inviting import InviteForm
from commonplace.communities.limits import limited
from commonplace.communities.models import Community, Invitation, Person, RoleKind
from commonplace.communities.pages import Visit
from commonplace.communities.views.memberships import came_in
from commonplace.communities.way_on import of_a_newcomer
from commonplace.ledger.act import why_not
from commonplace.ledger.forms import carried_out


def index(request: Visit, slug: str) -> HttpResponse:
    return _page(request, pages.tended(request, slug))


@limited("invite", most=60, minutes=60)
def create(request: Visit, slug: str) -> HttpResponse:
    """Sent again when its link is over, it shows none."""
    community, secret, form = pages.tended(request, slug), secrets.fresh(), InviteForm(request.POST)
    made = carried_out(form, lambda: _invited(request.user, community, secret, form))
    if made is None:
        return _page(request, community, status=422, form=form)
    if not made.is_good():
        return _page(request, community, form=form, over=True)
    link = request.build_absolute_uri(reverse("invitation", args=[secret]))
    words = letters.inviting(community, link, made.expires_at, to_sponsor=bool(made.role))
    written = letters.letters(community, words, form.addresses)
    return _page(request, community, form=form, link=link, made=made, words=words, letters=written)


def _invited(person: Person, community: Community, secret: str, form: InviteForm) -> Invitation:
    return acts.invite(person, community, secret=secret, role=form.cleaned_data.get("role"))


def destroy(request: Visit, slug: str, pk: str) -> HttpResponse:
    community = pages.tended(request, slug)
    invitations = Invitation.objects.visible_to(request.user).filter(community=community)
    form, invitation = forms.Form(request.POST), get_object_or_404(invitations, pk=pk)
    withdrawn = carried_out(form, lambda: acts.withdraw_invitation(request.user, invitation))
    if withdrawn is None:
        return _page(request, community, status=422, refusal=form)
    return pages.done(request, _("That link lets nobody in any more."), "invitations", slug)


@login_not_required
@never_cache
def show(request: HttpRequest, secret: str) -> HttpResponse:
    invitation = _good(secret)
    if invitation is None:
        return _over(request)
    if policy.is_member(request.user, invitation.community) and not invitation.role:
        return redirect(invitation.community)
    if not request.user.is_authenticated:
        invited.remember(request, secret)
    return _invitation_page(request, invitation, secret, _form(invitation))


@limited("invitation", most=60, minutes=10)
def accept(request: Visit, secret: str) -> HttpResponse:
    invitation = _good(secret)
    if invitation is None:
        return _over(request)
    form = _form(invitation, request.POST)
    if carried_out(form, lambda: _accepted(request.user, invitation, secret, form)):
        if invitation.role:
            return redirect(invited.offer_by(invitation, request.user))
        words, steps = came_in(request, invitation.community), of_a_newcomer(invitation.community)
        return pages.done(request, words, invitation.community, steps=steps)
    still = _good(secret)
    return _invitation_page(request, still, secret, form, status=422) if still else _over(request)


def _good(secret: str) -> Invitation | None:
    return Invitation.objects.with_secret(secret).open().select_related("community", "invited_by").first()


def _over(request: HttpRequest) -> HttpResponse:
    """Of what it led to nothing is said any more, whatever they hold."""
    return render(request, "communities/invitation_over.jinja", status=404)


def _form(invitation: Invitation, typed: Any = None) -> forms.Form:
    """Who is to sponsor is not asked how long they have done the work."""
    return forms.Form(typed) if invitation.role else JoinForm(typed)


def _accepted(person: Person, invitation: Invitation, secret: str, form: forms.Form) -> Invitation:
    return acts.accept_invitation(person, invitation, secret=secret, **form.cleaned_data)


def _invitation_page(
    request: HttpRequest, invitation: Invitation, secret: str, form: forms.Form, status: int = 200
) -> HttpResponse:
    context = {"invitation": invitation, "charter": invitation.community.charter, "secret": secret, "form": form}
    if invitation.role and request.user.is_authenticated and status == 200:
        context["hindrance"] = why_not(acts.accept_invitation, request.user, invitation, secret=secret)
    return render(request, "communities/invitation.jinja", context, status=status)


def _meant_for(request: Visit) -> str:
    return RoleKind.SPONSOR if request.GET.get("for") == RoleKind.SPONSOR else ""


def _page(request: Visit, community: Community, status: int = 200, **more: Any) -> HttpResponse:
    current = Invitation.objects.visible_to(request.user).filter(community=community).open()
    context = {
        "community": community,
        "form": InviteForm(initial={"role": _meant_for(request)}),
        "gives_roles": not policy.stands_in(request.user, community),
        "is_first_hour": first_hour.is_left(request.user, community),
        "invitations": current.select_related("invited_by").order_by("-made_at")[:100],
    }
    return render(request, "communities/invitations.jinja", context | more, status=status)
