"""No more letters of a kind: by the one button of the page that a letter leads to, or by a mail program's own."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from commonplace.communities.limits import limited
from commonplace.corresponding.letters import stopping


@csrf_exempt  # A mail program sends it (RFC 8058), with no cookie of ours: what is sealed in the address says who.
@login_not_required
@never_cache
@limited("no more letters", most=600, minutes=10)
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Opening it does nothing: programs that look at links do."""
    kind = stopping.opened(token)
    if kind is None:
        return render(request, "corresponding/letters/unknown.jinja", status=404)
    if request.method == "POST":
        stopping.stop(kind)
    words, title = stopping.in_words(kind)
    context = {"done": request.method == "POST", "digest": not kind.community, "words": words, "title": title}
    return render(request, "corresponding/letters/stop.jinja", context)
