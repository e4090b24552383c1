"""Saying hello: who has just come says who they are, and whoever welcomes newcomers is told."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from commonplace.communities import pages
from commonplace.communities.models import Community
from commonplace.communities.pages import Visit
from commonplace.communities.policy import member
from commonplace.communities.welcoming import is_new, who_answers
from commonplace.externalizing import acts
from commonplace.externalizing.forms import HelloForm
from commonplace.ledger.forms import carried_out


def new(request: Visit, slug: str) -> HttpResponse:
    community = pages.read(request, slug)
    return _form(request, community, HelloForm())


def create(request: Visit, slug: str) -> HttpResponse:
    community, form = pages.read(request, slug), HelloForm(request.POST)
    hello = carried_out(form, lambda: acts.ask(request.user, community, exchange=form.exchange(community.language)))
    if hello is None:
        return _form(request, community, form, status=422)
    return pages.done(request, _("It is there for everybody who may read here."), hello)


def _form(request: Visit, community: Community, form: HelloForm, status: int = 200) -> HttpResponse:
    pages.require(member, request.user, community)
    context: dict[str, Any] = {"community": community, "form": form}
    if is_new(request.user, community):
        context["who_answers"] = who_answers(request.user, community)
    return render(request, "externalizing/hello.jinja", context, status=status)
