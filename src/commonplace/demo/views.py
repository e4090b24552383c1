"""A printed sign-in link."""

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from commonplace.communities.loopback import is_loopback
from commonplace.demo import doors


@login_not_required
@never_cache
def show(request: HttpRequest, token: str) -> HttpResponse:
    person = doors.opened_by(token) if settings.DEMO and is_loopback(request) else None
    if person is None:
        raise Http404
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect("home")
