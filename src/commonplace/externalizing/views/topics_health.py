"""For the operator: how the topics of communities stand, by fives, so that few acts show between two looks; their
names are their readers' own."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from commonplace.communities import pages, policy
from commonplace.communities.models import Community
from commonplace.communities.pages import Visit, typed
from commonplace.communities.paging import listed
from commonplace.externalizing.topics_health import health
from commonplace.untrusted.visible import folded

PAGE = 25


def index(request: Visit) -> HttpResponse:
    pages.require(policy.operator, request.user, None)
    query = typed(request)
    every = Community.objects.for_operator()
    matching = every.filter(title__folded__contains=folded(query)) if query else every
    page = listed(matching, request.GET, PAGE, by=("title", "pk"))
    context = {"page": page, "query": query, "chosen": urlencode({"q": query}), "rows": health(page.rows)}
    return render(request, "externalizing/topics_health.jinja", context | {"k": settings.K_ANONYMITY})
