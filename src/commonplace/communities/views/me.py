"""Me: what I say of myself, where I am signed in, where I belong, what is kept about me."""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from commonplace.communities import acts, pages, sessions, zones
from commonplace.communities.contributions import panels
from commonplace.communities.forms.me import PictureForm, ProfileForm
from commonplace.communities.languages import spoken
from commonplace.communities.limits import limited
from commonplace.communities.models import Community, Person, Role
from commonplace.communities.my_data import my_data
from commonplace.communities.pages import Visit
from commonplace.communities.pictures import redrawn
from commonplace.communities.way_on import Step
from commonplace.ledger.forms import carried_out


def show(request: Visit) -> HttpResponse:
    return _page(request)


def update(request: Visit) -> HttpResponse:
    form = ProfileForm(request.POST)
    if me := carried_out(form, lambda: acts.edit_profile(request.user, pages.myself(request), **form.cleaned_data)):
        translation.activate(me.language)
        return pages.done(request, _("Saved."), "me", steps=_back(request.POST.get("back", "")))
    return _page(request, status=422, profile_form=form)


def _back(to: str) -> list[Step]:
    """To the page from which they came to these settings."""
    is_here = to.startswith("/") and url_has_allowed_host_and_scheme(to, allowed_hosts=None)
    return [Step(_("Back to where you were"), to)] if is_here else []


def _came_from(request: Visit) -> str:
    """The page of this installation that led here; in a form that is refused, the one that led there."""
    if request.method == "POST":
        return request.POST.get("back", "")
    whence = urlsplit(request.META.get("HTTP_REFERER", ""))
    is_other = whence.netloc == request.get_host() and whence.path != request.path
    return whence._replace(scheme="", netloc="", fragment="").geturl() if is_other else ""


def update_picture(request: Visit) -> HttpResponse:
    form = PictureForm(request.POST, request.FILES)
    if carried_out(form, lambda: _take(request, form)):
        return pages.done(request, _("This is your picture now."), "me")
    return _page(request, status=422, picture_form=form)


def _take(request: Visit, form: PictureForm) -> Person:
    picture = redrawn(form.cleaned_data["picture"])
    return acts.edit_profile(request.user, pages.myself(request), picture=picture)


def destroy_picture(request: Visit) -> HttpResponse:
    acts.edit_profile(request.user, pages.myself(request), picture="")
    return pages.done(request, _("Your picture is gone."), "me")


def destroy_session(request: Visit, pk: str) -> HttpResponse:
    sessions.end(request.user, pk)
    return pages.done(request, _("That session has ended."), "me")


def destroy_other_sessions(request: Visit) -> HttpResponse:
    sessions.end_others(request.user, request.session.session_key)
    return pages.done(request, _("All other sessions have ended."), "me")


@limited("my data", most=20, minutes=10, reading=True)
def data(request: Visit) -> HttpResponse:
    response = JsonResponse(my_data(request.user), json_dumps_params={"indent": 1, "ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


def _page(request: Visit, status: int = 200, **forms: Any) -> HttpResponse:
    me = request.user
    here = {
        "language": me.language or spoken(),
        "time_zone": me.time_zone or zones.of_the_server(),
    }
    context = {
        "back": _came_from(request),
        "profile_form": ProfileForm(initial={"name": me.name, "unit": me.unit_id, **here}),
        "picture_form": PictureForm(),
        "sessions": sessions.sessions(me),
        "panels": panels(me, me),
        "current": request.session.session_key,
        "communities": Community.objects.of(me).order_by("title"),
        "tending_alone": set(Role.objects.visible_to(me).tending_alone(me).values_list("community", flat=True)),
        "member_of": set(Community.objects.shared_by(me).values_list("pk", flat=True)),
    }
    return render(request, "communities/me.jinja", context | forms, status=status)
