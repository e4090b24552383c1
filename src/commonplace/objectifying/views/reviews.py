"""What is to be looked at again; and one review, with what was reported and what was said against it before."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from commonplace.communities import pages
from commonplace.communities.contributions import panels
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
    return _page(request, practice, _open(practice), _form(practice))


def reaffirm(request: Visit, slug: str, pk: str) -> HttpResponse:
    practice = practice_at(request, slug, pk)
    review, form = _open(practice), _form(practice, request.POST)
    voice = carried_out(form, lambda: acts.reaffirm(request.user, review, **form.cleaned_data))
    if voice is None:
        return _page(request, practice, review, form, status=422)
    return pages.done(request, _next(practice), practice)


def _next(practice: Practice) -> str:
    """Two say it, one of whom did not write it."""
    review = practice.open_review
    if review is None:
        return _("It is reaffirmed.")
    if review.voices.filter(by_author=False).exists():
        return _("Somebody else says it too; then it is reaffirmed.")
    return _("Somebody else, who did not write it, says it too; then it is reaffirmed.")


def _form(practice: Practice, data: Any = None) -> ReaffirmForm:
    return ReaffirmForm(data, failed=reviewing.lacks_a_reason(_open(practice)))


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
        "voices": review.voices.select_related("person").order_by("said_at"),
        "form": form,
        "version": review.agreement.version,
        "panels": panels(request.user, review),
        "hindrance": asked(acts.reaffirm, request.user, review),
    }
    return render(request, "objectifying/review.jinja", context, status=status)
