"""What the reader follows in a community, and has muted."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from commonplace.communities import pages
from commonplace.communities.models import Community
from commonplace.communities.pages import Visit
from commonplace.communities.paging import key
from commonplace.corresponding.following import MOST, Followed, mark, marked, people
from commonplace.corresponding.forms import FollowForm
from commonplace.corresponding.unread import FOLLOWED, MUTED
from commonplace.externalizing.models import Topic


def show(request: Visit, slug: str) -> HttpResponse:
    community = pages.shared(request, slug)
    return _page(request, community, _form(request, community))


def create(request: Visit, slug: str) -> HttpResponse:
    community = pages.shared(request, slug)
    form = _form(request, community, request.POST)
    if not form.is_valid():
        return _page(request, community, form, status=422)
    how = MUTED if key(request.POST, "as") == MUTED else FOLLOWED
    for kind, of in form.chosen():
        if row := mark(request.user, community, kind, of, how):
            messages.success(request, _in_words(row, how))
    return redirect("following", slug)


def update(request: Visit, slug: str) -> HttpResponse:
    """Back to what was followed, muted or neither."""
    community, how = pages.shared(request, slug), key(request.POST, "as")
    row = mark(request.user, community, key(request.POST, "kind"), key(request.POST, "of"), how)
    if row is None:
        raise Http404
    messages.success(request, _in_words(row, how))
    return redirect("following", slug) if "back" in request.POST else redirect(row.href)


def _in_words(row: Followed, how: str) -> str:
    named = {"title": row.title}
    if how == FOLLOWED:
        return _("You follow “%(title)s”.") % named
    if how == MUTED:
        return _("“%(title)s” is muted.") % named
    return _("You are told of “%(title)s” where you take part, and no more.") % named


def _form(request: Visit, community: Community, sent: Any = None) -> FollowForm:
    topics = Topic.objects.visible_to(request.user).current().filter(community=community).order_by("name")[:MOST]
    return FollowForm(sent, topics=list(topics), people=people(request.user, community))


def _page(request: Visit, community: Community, form: FollowForm, status: int = 200) -> HttpResponse:
    context = {"community": community, "form": form, "rows": marked(request.user, community)}
    return render(request, "corresponding/following.jinja", context, status=status)
