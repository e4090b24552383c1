"""The form that somebody was filling in when their session ended, as they left it."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from commonplace.communities import kept
from commonplace.communities.limits import limited
from commonplace.communities.pages import Visit


@never_cache
@limited("kept", most=120, minutes=10, reading=True)
def show(request: Visit, pk: str) -> HttpResponse:
    held = kept.recalled(request, pk)
    if not isinstance(held, kept.Kept):
        return redirect(held or "home")
    words = _("This is what you wrote. Nothing was sent: look at it, and send it.")
    answer = kept.shown(request, held, words)
    answer.status_code = 200 if answer.status_code == 422 else answer.status_code
    return answer
