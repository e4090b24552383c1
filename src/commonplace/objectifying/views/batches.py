"""Many at once: laid out, looked through, confirmed; then a page of what came in, for all who may read it."""

import json
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Count, Prefetch, QuerySet, Sum, Value
from django.db.models.functions import Length
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonplace.communities import pages
from commonplace.communities.limits import limited
from commonplace.communities.models import Community
from commonplace.communities.pages import Visit
from commonplace.communities.paging import listed
from commonplace.consenting.policy import speaker
from commonplace.externalizing.models.topic import with_topics
from commonplace.ledger import clock
from commonplace.ledger.act import may, why_not
from commonplace.ledger.forms import carried_out
from commonplace.ledger.sending import made_once
from commonplace.objectifying import acts, batches, policy
from commonplace.objectifying.batches.arriving import MOST_DRAFTS
from commonplace.objectifying.forms import BatchForm, ColumnsForm, MeaningsForm
from commonplace.objectifying.models import AUTHORITIES, CAME_IN, OFFERED, PARTS, Batch, BatchRow, Verdict
from commonplace.untrusted.documents import Order

AT_ONCE, AT_ONCE_LETTERS, MOST_SHOWN, A_PAGE = 100, 200_000, 200, 50
"""So many, with so many letters, come in while one waits; so many that do not come in are told; so many stand on a page
of what came in."""


def new(request: Visit, slug: str) -> HttpResponse:
    community = pages.read(request, slug)
    pages.require(policy.member, request.user, community)
    return _new(request, community, BatchForm(initial={"called": request.GET.get("called", "")[:200]}))


def index(request: Visit, slug: str) -> HttpResponse:
    """What came in together, and one's own drafts."""
    community = pages.read(request, slug)
    rows = Batch.objects.visible_to(request.user).filter(community=community).select_related("by")
    context = {"community": community, "page": listed(rows, request.GET)}
    context["may_bring"] = may(acts.bring, request.user, community)
    return render(request, "objectifying/batches.jinja", context)


@limited("batch", most=30, minutes=10)
def create(request: Visit, slug: str) -> HttpResponse:
    community = pages.read(request, slug)
    pages.require(policy.member, request.user, community)
    form = BatchForm(request.POST, request.FILES)
    batch = carried_out(form, lambda: _laid_before(request, community, form))
    return redirect("batch", slug, batch.pk) if batch else _new(request, community, form, status=422)


def _laid_before(request: Visit, community: Community, form: BatchForm) -> Batch:
    files = batches.arrived(form.cleaned_data["documents"], form.cleaned_data["pasted"])
    return made_once("draft", lambda: batches.lay_before(request.user, community, files, {}, **form.settings()))


def show(request: Visit, slug: str, pk: str) -> HttpResponse:
    batch = batch_at(request, slug, pk)
    return _came_in(request, batch) if batch.is_confirmed else _draft(request, batch)


@limited("batch", most=30, minutes=10)
def update_columns(request: Visit, slug: str, pk: str) -> HttpResponse:
    batch = _own(request, slug, pk)
    form = ColumnsForm(request.POST, headings=_headings(batch), orders=_orders(batch))
    again = carried_out(form, lambda: batches.read_again(request.user, batch, form.columns(), form.dates()))
    return redirect("batch", slug, pk) if again else _draft(request, batch, columns=form, status=422)


@limited("batch", most=30, minutes=10)
def update_meanings(request: Visit, slug: str, pk: str) -> HttpResponse:
    batch = _own(request, slug, pk)
    form = MeaningsForm(request.POST, words=batches.status_words(batch))
    judged = carried_out(form, lambda: batches.rejudge(request.user, batch, form.meanings()))
    return redirect("batch", slug, pk) if judged else _draft(request, batch, meanings=form, status=422)


@limited("batch", most=30, minutes=10)
def update_source(request: Visit, slug: str, pk: str) -> HttpResponse:
    batch = _own(request, slug, pk)
    if batches.take_source(request.user, batch, request.POST.get("spelled", "")):
        messages.success(request, _("What is here already of it is known again."))
    return redirect("batch", slug, pk)


@limited("batch", most=30, minutes=10)
def confirm(request: Visit, slug: str, pk: str) -> HttpResponse:
    """What is ticked, on each page of it. Few come in at once; many by a job, which also goes on with what was broken
    off."""
    batch = _own(request, slug, pk)
    pages.require(policy.member, request.user, batch.community)
    seen = _ticked(request, batch)
    if batch.rows.waiting().exists() and seen:
        _come_in(request, batch)
    elif not batch.asked_at:
        messages.error(request, _("Tick what is to come in, or throw it away."))
    return redirect("batch", slug, pk)


@limited("ticks", most=600, minutes=10)
def update_rows(request: Visit, slug: str, pk: str) -> HttpResponse:
    """What is ticked on this page is kept, and the next is shown."""
    batch = _own(request, slug, pk)
    _ticked(request, batch)
    beside = {name: request.POST[name] for name in ("before", "after") if request.POST.get(name)}
    return redirect("?".join(filter(None, (reverse("batch", args=[slug, pk]), urlencode(beside)))))


def _ticked(request: Visit, batch: Batch) -> list[str]:
    """What stood on the page with a tick or without."""
    seen = request.POST.getlist("seen")
    if seen:
        batches.tick(batch, seen, request.POST.getlist("taken"))
    return seen


def _come_in(request: Visit, batch: Batch) -> None:
    few = _is_little(batch)
    begun = batches.begin(batch, None, clock.now() + batches.BROKEN_OFF if few else clock.now())
    if begun and few:
        batches.confirm(request.user, batch)
        messages.success(request, _words_on(batch))


def _is_little(batch: Batch) -> bool:
    """So that somebody waits for it."""
    letters = sum((Length(part) for part in PARTS), start=Value(0))
    much = batch.rows.waiting().order_by().aggregate(rows=Count("pk"), letters=Sum(letters, default=0))
    return bool(much["rows"] <= AT_ONCE and much["letters"] <= AT_ONCE_LETTERS)


def _words_on(batch: Batch) -> str:
    counts = batches.counts(batch)
    brought = ngettext("%(n)s practice is here now.", "%(n)s practices are here now.", counts.new)
    anew = ngettext("%(n)s new version is written.", "%(n)s new versions are written.", counts.changed)
    both = [words % {"n": n} for words, n in ((brought, counts.new), (anew, counts.changed)) if n]
    return " ".join(both) or _("Nothing came in.")


def show_row(request: Visit, slug: str, pk: str, row: str) -> HttpResponse:
    """Where one that changed differs, by itself."""
    batch = _own(request, slug, pk)
    rows = batch.rows.filter(batch__asked_at=None, batch__confirmed_at=None, verdict=Verdict.CHANGED, pk=row)
    one = pages.there(rows.first())
    context = {"community": batch.community, "batch": batch, "row": one, "changes": batches.difference(one)}
    name = "changes" if pages.asks_for_a_part(request) else "batch_row"
    return render(request, f"objectifying/{name}.jinja", context)


def destroy(request: Visit, slug: str, pk: str) -> HttpResponse:
    batch = _own(request, slug, pk)
    if batches.throw_away(batch):
        messages.success(request, _("It is thrown away. Nothing of it came in."))
    return redirect("practices", slug)


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


def batch_at(request: Visit, slug: str, pk: str) -> Batch:
    rows = Batch.objects.visible_to(request.user).filter(community=pages.read(request, slug), pk=pk)
    return pages.there(rows.select_related("community", "by").first())


def _own(request: Visit, slug: str, pk: str) -> Batch:
    batch = batch_at(request, slug, pk)
    return pages.there(batch if batch.by_id == request.user.pk else None)


def _new(request: Visit, community: Community, form: BatchForm, status: int = 200) -> HttpResponse:
    drafts = Batch.objects.visible_to(request.user).filter(community=community, by=request.user.pk, confirmed_at=None)
    context = {"community": community, "form": form, "drafts": drafts.order_by("-at")[:MOST_DRAFTS]}
    context["hindrance"] = why_not(acts.bring, request.user, community)
    context["sources"] = batches.known_sources(request.user, community)
    return render(request, "objectifying/batch_new.jinja", context, status=status)


def _draft(request: Visit, batch: Batch, status: int = 200, **forms: Any) -> HttpResponse:
    headings, words, orders = _headings(batch), batches.status_words(batch), _orders(batch)
    offered = _with_practices(batch.rows.offered())
    rows = {one.value: _rows(batch, one) for one in Verdict if one not in OFFERED}
    context = {
        **{"community": batch.community, "batch": batch, "counts": batches.counts(batch), "parts": PARTS},
        "authorities": AUTHORITIES,
        "page": listed(offered, request.GET, by=("-verdict", "number")),
        "by_verdict": rows,
        "otherwise": [row for row in rows[Verdict.UNCHANGED] if batches.remarks(row)],
        **{"remarks": batches.remarks, "for_whom": batches.for_whom, "topics_of": batches.topics_of},
        "differences": batches.Differences(batch).in_short,
        "columns": ColumnsForm(headings=headings, orders=orders, chosen=batch.columns) if headings or orders else None,
        "meanings": MeaningsForm(words=words) if words else None,
        "spelled_otherwise": batches.spelled_otherwise(batch),
        "came": batch.rows.filter(became__in=CAME_IN).count() if batch.asked_at else 0,
        **forms,
    }
    return render(request, "objectifying/batch.jinja", context, status=status)


def _rows(batch: Batch, verdict: Verdict) -> list[BatchRow]:
    return list(_with_practices(batch.rows.filter(verdict=verdict))[: MOST_SHOWN + 1])


def _with_practices(rows: QuerySet[BatchRow]) -> QuerySet[BatchRow]:
    """With what is told of each beside it."""
    topics = Prefetch("practice__filed_under", with_topics().queryset)
    return rows.select_related("practice__bringing").prefetch_related(topics)


def _came_in(request: Visit, batch: Batch) -> HttpResponse:
    rows = batches.practices_of(request.user, batch.pk)
    to_back = set(batches.to_back(request.user, batch.pk).values_list("pk", flat=True))
    aside = BatchRow.objects.visible_to(request.user).filter(batch=batch).set_aside()
    context = {
        **{"community": batch.community, "batch": batch, "counts": batches.counts(batch)},
        "page": listed(rows.for_list(), request.GET, A_PAGE, by=("begun_at", "pk")),
        **{"to_back": to_back, "is_mine": batch.by_id == request.user.pk},
        "aside": aside.order_by("number")[:MOST_SHOWN],
        "backed": batches.backed(rows),
        "may_list": speaker.allows(request.user, batch.community),
    }
    return render(request, "objectifying/batch_in.jinja", context)


def _orders(batch: Batch) -> set[Order]:
    return batches.orders(batch) if batches.can_be_read_again(batch) else set()


def _headings(batch: Batch) -> list[str]:
    """That no field is known for, or of which one has to be chosen: each once, as they were read."""
    if not batches.can_be_read_again(batch):
        return []
    values = [one.values for one in batch.noted()]
    values += batch.rows.filter(verdict=Verdict.SET_ASIDE, values__has_key="names").values_list("values", flat=True)
    names = [name for one in values if "names" in one for name in json.loads(str(one["names"]))]
    return list(dict.fromkeys([*batch.columns, *names]))[:MOST_SHOWN]
