"""Under which topics a practice is found, corrected by whoever may write a version of it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from commonplace.communities import pages
from commonplace.communities.pages import Visit
from commonplace.ledger.act import why_not
from commonplace.ledger.forms import carried_out
from commonplace.objectifying import acts, policy
from commonplace.objectifying.acts.filing import topic_ids
from commonplace.objectifying.forms import TopicsForm
from commonplace.objectifying.models import Practice
from commonplace.objectifying.views.practices import practice_at


def edit(request: Visit, slug: str, pk: str) -> HttpResponse:
    practice = practice_at(request, slug, pk)
    pages.require(policy.member, request.user, practice)
    initial = {"topics": ", ".join(topic.name for topic in practice.topics), "seen": _seen(practice)}
    return _page(request, practice, TopicsForm(initial=initial))


def update(request: Visit, slug: str, pk: str) -> HttpResponse:
    practice = practice_at(request, slug, pk)
    form = TopicsForm(request.POST)
    row = carried_out(form, lambda: acts.file_under(request.user, practice, **form.named()))
    if row is None:
        return _again(request, practice, form)
    return pages.done(request, _("The topics are as you named them."), practice)


def _again(request: Visit, practice: Practice, form: TopicsForm) -> HttpResponse:
    """Saved once more, it is on top of what stands there by now, which is shown beside it."""
    form.data = request.POST.copy()
    form.data["seen"] = _seen(practice)
    return _page(request, practice, form, status=422)


def _seen(practice: Practice) -> str:
    return ",".join(topic_ids(practice))


def _page(request: Visit, practice: Practice, form: TopicsForm, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"community": practice.community, "practice": practice, "form": form}
    context["hindrance"] = why_not(acts.file_under, request.user, practice)
    return render(request, "objectifying/topics.jinja", context, status=status)
