"""Many at once: laid out, looked through, confirmed."""

import json
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Count, Sum, Value
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
from commonplace.communities.paging import key, listed
from commonplace.ledger import clock
from commonplace.ledger.act import may, why_not
from commonplace.ledger.forms import carried_out
from commonplace.ledger.sending import made_once
from commonplace.objectifying import acts, batches, policy
from commonplace.objectifying.batches.arriving import MOST_DRAFTS
from commonplace.objectifying.forms import SAID, BatchForm, ColumnsForm, MeaningsForm
from commonplace.objectifying.models import (
    AUTHORITIES,
    CAME_IN,
    OFFERED,
    PARTS,
    Batch,
    BatchQuerySet,
    BatchRow,
    Verdict,
)
from commonplace.objectifying.views.came_in import batch_at, came_in
from commonplace.untrusted.documents import Order

AT_ONCE, AT_ONCE_LETTERS, MOST_SHOWN = 100, 200_000, 200
"""So many, with so many letters, come in while one waits; so many that do not come in are told."""


def new(request: Visit, slug: str) -> HttpResponse:
    community = pages.read(request, slug)
    pages.require(policy.member, request.user, community)
    return _new(request, community, BatchForm(initial=_laid_before_in(request, community)))


def _laid_before_in(request: Visit, community: Community) -> dict[str, Any]:
    """`?from=` one of their own, in this community: what was said of it, and of a draft the table that was pasted."""
    rows = Batch.objects.visible_to(request.user).filter(community=community, by=request.user.pk)
    before = rows.filter(pk=key(request.GET, "from")).first()
    if before is None:
        return {}
    kept = {"instead": before.pk, "pasted": batches.pasted(before), "files": batches.names_of_files(before)}
    return kept | {name: getattr(before, name) for name in SAID}


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
    if batch is None:
        return _new(request, community, form, status=422)
    if instead := _instead(request, community):
        batches.throw_away(instead)
    return pages.done(request, _("It is read, and laid out for you alone."), "batch", slug, batch.pk)


def _laid_before(request: Visit, community: Community, form: BatchForm) -> Batch:
    files = batches.arrived(form.cleaned_data["documents"], form.cleaned_data["pasted"])
    settings = {**form.settings(), "instead": getattr(_instead(request, community), "pk", "")}
    return made_once("draft", lambda: batches.lay_before(request.user, community, files, **settings))


def _instead(request: Visit, community: Community) -> Batch | None:
    """Their own draft that is corrected."""
    return _drafts(request, community).filter(pk=key(request.POST, "instead")).first()


def show(request: Visit, slug: str, pk: str) -> HttpResponse:
    batch = batch_at(request, slug, pk)
    return came_in(request, batch) if batch.is_confirmed else _draft(request, batch)


@limited("batch", most=30, minutes=10)
def update_columns(request: Visit, slug: str, pk: str) -> HttpResponse:
    batch = _own(request, slug, pk)
    _ticked(request, batch)
    form = ColumnsForm(request.POST, headings=_headings(batch), orders=_orders(batch))
    again = carried_out(form, lambda: batches.read_again(request.user, batch, form.columns(), form.dates()))
    if again is None:
        return _draft(request, batch, columns=form, status=422)
    return pages.done(request, _("It is read again."), "batch", slug, pk)


@limited("batch", most=30, minutes=10)
def update_meanings(request: Visit, slug: str, pk: str) -> HttpResponse:
    batch = _own(request, slug, pk)
    _ticked(request, batch)
    form = MeaningsForm(request.POST, words=batches.status_words(batch))
    judged = carried_out(form, lambda: batches.rejudge(request.user, batch, form.meanings()))
    if judged is None:
        return _draft(request, batch, meanings=form, status=422)
    return pages.done(request, _("They are looked at again."), "batch", slug, pk)


@limited("batch", most=30, minutes=10)
def update_source(request: Visit, slug: str, pk: str) -> HttpResponse:
    batch = _own(request, slug, pk)
    _ticked(request, batch)
    if batches.take_source(request.user, batch, request.POST.get("spelled", "")):
        messages.success(request, _("What is here already of it is known again."))
    else:
        messages.error(request, _("Nothing was changed: it is no source of this community, or it is named so already."))
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
    name = "batch_row_part" if pages.asks_for_a_part(request) else "batch_row"
    return render(request, f"objectifying/{name}.jinja", context)


def destroy(request: Visit, slug: str, pk: str) -> HttpResponse:
    batch = _own(request, slug, pk)
    if batches.throw_away(batch):
        messages.success(request, _("It is thrown away. Nothing of it came in."))
    return redirect("practices", slug)


def _own(request: Visit, slug: str, pk: str) -> Batch:
    batch = batch_at(request, slug, pk)
    return pages.there(batch if batch.by_id == request.user.pk else None)


def _drafts(request: Visit, community: Community) -> BatchQuerySet:
    rows = Batch.objects.visible_to(request.user).filter(community=community, by=request.user.pk, confirmed_at=None)
    return rows.order_by("-at")


def _new(request: Visit, community: Community, form: BatchForm, status: int = 200) -> HttpResponse:
    context = {"community": community, "form": form, "drafts": _drafts(request, community)[:MOST_DRAFTS]}
    context["hindrance"] = why_not(acts.bring, request.user, community)
    context["sources"] = batches.known_sources(request.user, community)
    return render(request, "objectifying/batch_new.jinja", context, status=status)


def _draft(request: Visit, batch: Batch, status: int = 200, **forms: Any) -> HttpResponse:
    headings, words, orders = _headings(batch), batches.status_words(batch), _orders(batch)
    offered, counts = batches.with_practices(batch.rows.offered()), batches.counts(batch)
    rows = {one.value: _rows(batch, one) for one in Verdict if one not in OFFERED}
    context = {
        **{"community": batch.community, "batch": batch, "counts": counts, "parts": PARTS},
        "authorities": AUTHORITIES,
        "page": listed(offered, request.GET, by=("-verdict", "number")),
        "by_verdict": rows,
        "otherwise": [row for row in rows[Verdict.UNCHANGED] if batches.remarks(row)],
        **{"remarks": batches.remarks, "for_whom": batches.for_whom, "topics_of": batches.topics_of},
        "before": batches.before_a_round(batch, counts),
        "differences": batches.Differences(batch).in_short,
        "columns": ColumnsForm(headings=headings, orders=orders, chosen=_read_as(batch) | batch.columns)
        if headings or orders
        else None,
        "meanings": MeaningsForm(words=words) if words else None,
        "spelled_otherwise": batches.spelled_otherwise(batch),
        "came": batch.rows.filter(became__in=CAME_IN).count() if batch.asked_at else 0,
        **forms,
    }
    return render(request, "objectifying/batch.jinja", context, status=status)


def _rows(batch: Batch, verdict: Verdict) -> list[BatchRow]:
    return list(batches.with_practices(batch.rows.filter(verdict=verdict))[: MOST_SHOWN + 1])


def _orders(batch: Batch) -> set[Order]:
    return batches.orders(batch) if batches.can_be_read_again(batch) else set()


def _headings(batch: Batch) -> list[str]:
    """That no field is known for, or of which one has to be chosen, then those that are known by themselves: each
    once, as they were read."""
    if not batches.can_be_read_again(batch):
        return []
    values = [one.values for one in batch.noted()]
    values += batch.rows.filter(verdict=Verdict.SET_ASIDE, values__has_key="names").values_list("values", flat=True)
    names = [name for one in values if "names" in one for name in json.loads(str(one["names"]))]
    return list(dict.fromkeys([*batch.columns, *names, *_read_as(batch)]))[:MOST_SHOWN]


def _read_as(batch: Batch) -> dict[str, str]:
    """Of a heading that is known by itself, the field."""
    notes = [json.loads(str(one.values["known"])) for one in batch.noted() if "known" in one.values]
    return {name: field for note in notes for name, field in note.items()}
