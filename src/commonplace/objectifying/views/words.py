"""The words that a practice was made from; and one's own, wherever they were quoted, with the right to refuse them."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from commonplace.communities import pages
from commonplace.communities.pages import Visit
from commonplace.communities.paging import Page, listed
from commonplace.ledger.errors import NotPossible
from commonplace.objectifying import acts
from commonplace.objectifying.models import Excerpt
from commonplace.objectifying.views.practices import practice_at


def index(request: Visit, slug: str) -> HttpResponse:
    community = pages.read(request, slug)
    mine = Excerpt.objects.of(request.user).filter(practice__community=community)
    context = {"community": community, "excerpts": _shown(request, mine)}
    return render(request, "objectifying/words.jinja", context)


def show(request: Visit, slug: str, pk: str) -> HttpResponse:
    practice = practice_at(request, slug, pk)
    context = {
        "community": practice.community,
        "practice": practice,
        "excerpts": _shown(request, practice.excerpts.all()),
    }
    return render(request, "objectifying/words.jinja", context)


def create_refusal(request: Visit, slug: str, pk: str, excerpt: str) -> HttpResponse:
    """A refusal has nothing typed to keep: the answer is a sentence above the same page."""
    words = get_object_or_404(
        Excerpt.objects.visible_to(request.user), practice__community__slug=slug, practice=pk, pk=excerpt
    )
    try:
        acts.refuse_words(request.user, words)
        messages.success(request, _("Your words are gone from the practice."))
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    return redirect("practice_words", slug, pk)


def _shown(request: Visit, excerpts: QuerySet[Excerpt]) -> Page[Excerpt]:
    related = ("practice__community", "person", "response__exchange__community")
    return listed(excerpts.select_related(*related), request.GET)
