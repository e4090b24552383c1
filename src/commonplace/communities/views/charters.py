"""What a community agreed on about itself, now and before."""

from itertools import pairwise

from django.http import HttpResponse
from django.shortcuts import render

from commonplace.communities import decision_rule, pages
from commonplace.communities.decision_rule import letters
from commonplace.communities.models import footing
from commonplace.communities.pages import Visit


def index(request: Visit, slug: str) -> HttpResponse:
    community = pages.seen(request, slug)
    charters = list(community.charters.select_related("set_by").order_by("-set_at")[:50])
    changes = [later.changed_from(earlier) for later, earlier in pairwise(charters)]
    context = {
        "community": community,
        "charters": [
            (charter, decision_rule.in_words(charter), decision_rule.rhythm(charter), letters(charter), changed)
            for charter, changed in zip(charters, [*changes, []], strict=True)
        ],
        "may_see_people": footing(request.user, community).is_member,
    }
    return render(request, "communities/charters.jinja", context)
