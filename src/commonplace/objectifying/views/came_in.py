"""The page of what came in together, for all who may read it; and what others know of it to be in use."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonplace.communities import pages
from commonplace.communities.limits import limited
from commonplace.communities.pages import Visit
from commonplace.communities.paging import listed
from commonplace.consenting.policy import speaker
from commonplace.objectifying import batches, listing
from commonplace.objectifying.models import OTHERWISE, PARTS, Batch, BatchRow, Became, Practice

MOST_SHOWN, A_PAGE = 200, 50


def batch_at(request: Visit, slug: str, pk: str) -> Batch:
    rows = Batch.objects.visible_to(request.user).filter(community=pages.read(request, slug), pk=pk)
    return pages.there(rows.select_related("community", "by").first())


def came_in(request: Visit, batch: Batch) -> HttpResponse:
    rows = batches.practices_of(request.user, batch.pk)
    not_agreed = rows.filter(**listing.not_agreed("course")).count()
    to_back = set(batches.to_back(request.user, batch.pk).values_list("pk", flat=True))
    context = {
        **{"community": batch.community, "batch": batch, "counts": batches.counts(batch)},
        "page": listed(rows.for_list(), request.GET, A_PAGE, by=("begun_at", "pk")),
        **{"to_back": to_back, "is_mine": batch.by_id == request.user.pk},
        **_other_rows(request, batch),
        "not_agreed": not_agreed,
        "backed": batches.backed(rows),
        "may_list": not_agreed and speaker.allows(request.user, batch.community),
    }
    return render(request, "objectifying/batch_in.jinja", context)


def _other_rows(request: Visit, batch: Batch) -> dict[str, Any]:
    """What came in as a new version; to whoever brought it in, what is set aside and what else is to be known."""
    rows = BatchRow.objects.visible_to(request.user).filter(batch=batch).order_by("number")
    practices = Practice.objects.visible_to(request.user)
    anew = practices.filter(pk__in=rows.filter(became=Became.VERSION).values("practice"))
    is_mine = batch.by_id == request.user.pk
    otherwise = list(batches.with_practices(rows.filter(because=OTHERWISE))[:MOST_SHOWN]) if is_mine else []
    return {
        "anew": anew.order_by("title", "pk")[:MOST_SHOWN],
        "aside": rows.set_aside()[:MOST_SHOWN],
        "otherwise": [row for row in otherwise if batches.remarks(row)],
        **{"remarks": batches.remarks, "for_whom": lambda row: "", "topics_of": lambda row: [], "parts": PARTS},
    }


@limited("backings", most=60, minutes=10)
def create_backings(request: Visit, slug: str, pk: str) -> HttpResponse:
    """Of all that is shown to them, or of what they ticked."""
    batch = batch_at(request, slug, pk)
    ids = batches.to_back(request.user, batch.pk).values_list("pk", flat=True)
    ticked = ids if "all" in request.POST else set(ids) & set(request.POST.getlist("practice"))
    done = batches.back_all(request.user, batch.pk, list(ticked))
    for practice, why in done.refused:
        messages.error(request, f"{practice.title}: {why}")
    if done.backed:
        words = ngettext("Of %(n)s it says now that you know it to be in use.",
                         "Of %(n)s it says now that you know them to be in use.", len(done.backed))  # fmt: skip
        messages.success(request, words % {"n": len(done.backed)})
    elif not done.refused:
        messages.error(request, _("Tick those that you know to be in use."))
    return redirect("batch", slug, pk)
