"""Asking from anywhere: in one's only community at once, else in the one that is chosen from a short list."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from commonplace.web.header import asks_in, by_last_visit


def index(request: HttpRequest) -> HttpResponse:
    """What is known of the question goes on to the form."""
    words = request.META.get("QUERY_STRING", "")
    ways = [(place, _form(place.slug, words)) for place in by_last_visit(asks_in(request.user), request)]
    return redirect(ways[0][1]) if len(ways) == 1 else render(request, "ask.jinja", {"ways": ways})


def _form(slug: str, words: str) -> str:
    return reverse("ask", args=[slug]) + (f"?{words}" if words else "")
