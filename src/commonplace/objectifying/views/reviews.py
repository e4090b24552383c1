"""What is to be looked at again; and one review, with what was reported and what was said against it before."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from commonplace.communities import pages
from commonplace.communities.pages import Visit
from commonplace.ledger.act import asked
from commonplace.ledger.forms import carried_out
from commonplace.objectifying import acts, reviewing
from commonplace.objectifying.forms import ReaffirmForm
from commonplace.objectifying.models import Practice, Review
from commonplace.objectifying.views.practices import practice_at


def index(request: Visit, slug: str) -> HttpResponse:
    community = pages.read(request, slug)
    here = Review.objects.visible_to(request.user).filter(practice__community=community)
    context = {"community": community, "reviews": here.open().most_used_first()}
    return render(request, "objectifying/reviews.jinja", context)


def show(request: Visit, slug: str, pk: str) -> HttpResponse:
    practice = practice_at(request, slug, pk)
    return _page(request, practice, _open(practice), ReaffirmForm())


def reaffirm(request: Visit, slug: str, pk: str) -> HttpResponse:
    practice, form = practice_at(request, slug, pk), ReaffirmForm(request.POST)
    review = _open(practice)
    voice = carried_out(form, lambda: acts.reaffirm(request.user, review, **form.cleaned_data))
    if voice is None:
        return _page(request, practice, review, form, status=422)
    again = _("Somebody else, who did not write it, says it too; then it is reaffirmed.")
    words = again if practice.open_review else _("It is reaffirmed.")
    return pages.done(request, words, practice)


def _open(practice: Practice) -> Review:
    review = practice.open_review
    if review is None:
        raise Http404
    return review


def _page(request: Visit, practice: Practice, review: Review, form: ReaffirmForm, status: int = 200) -> HttpResponse:
    seen = reviewing.since(review.agreement)
    context: dict[str, Any] = {
        "community": practice.community,
        "practice": practice,
        "review": review,
        "since": seen,
        "unanswered": reviewing.unanswered(practice, seen.failed),
        "voices": review.voices.select_related("person").order_by("said_at"),
        "form": form,
        "hindrance": asked(acts.reaffirm, request.user, review),
    }
    return render(request, "objectifying/review.jinja", context, status=status)
