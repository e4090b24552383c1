"""Putting several to consent together: what can be, and what cannot yet, with the way out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonplace.communities import pages
from commonplace.communities.dates import localtime
from commonplace.communities.models import Community
from commonplace.communities.pages import Visit
from commonplace.communities.paging import Page
from commonplace.communities.paging import listed as paged
from commonplace.consenting import acts, policy
from commonplace.consenting.forms import ListForm, tick
from commonplace.consenting.kinds import LEAST_LISTED, MOST_LISTED
from commonplace.consenting.line import read_what_is_under_way
from commonplace.consenting.matter import Lists, Matter
from commonplace.consenting.models import Proposal
from commonplace.consenting.terms import terms
from commonplace.consenting.views.opening import matter_called
from commonplace.ledger.act import ANYTHING, why_not
from commonplace.ledger.errors import Reason
from commonplace.ledger.forms import carried_out
from commonplace.ledger.locking import gone

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Candidate:
    """`tick`: as its box is sent; `hindrance`: why it cannot be put, "" if it can; `there`: its own page; `words`: what
    of it can still change, as it is now."""

    subject: Any
    tick: str
    number: int
    hindrance: Reason
    there: str
    words: str


def new(request: Visit, slug: str, matter: str) -> HttpResponse:
    """`?practice=` these; without, all that the matter has."""
    community, what, lists = _at(request, slug, matter)
    initial = {"review_on": terms(community).review_on}
    return _page(request, community, what, lists, ListForm(matter=what, initial=initial))


def create(request: Visit, slug: str, matter: str) -> HttpResponse:
    community, what, lists = _at(request, slug, matter)
    form = ListForm(request.POST, matter=what)
    first = carried_out(form, lambda: _put(request, community, what, lists, form))
    if first is None:
        return _page(request, community, what, lists, form, status=422)
    pages.by_the_clock_of(request, community)
    n = len(form.cleaned_data["put"])
    words = ngettext(
        "%(n)s round is open: %(eligible)s people are asked, until %(when)s.",
        "%(n)s rounds are open: %(eligible)s people are asked in each, until %(when)s.",
        n,
    )
    told_so = words % {"n": n, "eligible": first.eligible, "when": localtime(first.closes_at)}
    return pages.done(request, told_so, first.get_list_url())


def _at(request: Visit, slug: str, kind: str) -> tuple[Community, Matter, Lists]:
    what = matter_called(kind)
    if what.lists is None:
        raise Http404
    community = pages.read(request, slug)
    pages.require(policy.speaker, request.user, community)
    return community, what, what.lists


def _put(request: Visit, community: Community, what: Matter, lists: Lists, form: ListForm) -> Proposal:
    wanted = form.cleaned_data["put"]
    rows = what.seen_by(request.user, community.slug).filter(pk__in=list(wanted))
    subjects = list(rows.order_by(*lists.by))
    if len(subjects) < len(wanted):
        raise gone()
    return acts.open_list(request.user, community, put=form.each(subjects), shown=form.marks)


def _page(
    request: Visit, community: Community, what: Matter, lists: Lists, form: ListForm, status: int = 200
) -> HttpResponse:
    page: Page[Any] = paged(lists.rows(request.user, community, request.GET), request.GET, MOST_SHOWN, lists.by)
    candidates = _candidates(request, what, lists, page)
    ready = [one for one in candidates if not one.hindrance]
    if not form.is_bound:
        form.initial["put"] = [one.tick for one in ready[:MOST_LISTED]]
    context = {
        "community": community,
        "zone": pages.by_the_clock_of(request, community),
        "matter": what,
        "lists": lists,
        "section": what.section,
        "form": form,
        "page": page,
        "query": _asked_for(request),
        "ready": ready,
        "not_yet": [one for one in candidates if one.hindrance],
        "alone": _that_hinders_all(candidates),
        "is_enough": len(ready) >= LEAST_LISTED,
        "most": MOST_LISTED,
        "terms": terms(community),
    }
    return render(request, "consenting/list_new.jinja", context, status=status)


def _asked_for(request: Visit) -> str:
    """On every page of the list the same."""
    kept = request.GET.copy()
    for name in ("before", "after"):
        kept.pop(name, None)
    return kept.urlencode()


def _candidates(request: Visit, what: Matter, lists: Lists, page: Page[Any]) -> list[Candidate]:
    lists.read(page.rows)
    read_what_is_under_way([one.pk for one in page])
    return [_candidate(request, what, lists, one) for one in page]


def _candidate(request: Visit, what: Matter, lists: Lists, row: Any) -> Candidate:
    number = what.number_of(row, "", request.user)
    meant = Proposal(matter=what.kind, number=number, aim=ANYTHING, subject_id=row.pk, community=row.community)
    hindrance = why_not(acts.propose, request.user, row, proposal=meant)
    if not lists.may_be(row):
        hindrance = Reason(_("This is put to consent by itself, and in no list."))
    now = lists.beneath(row, number)
    return Candidate(row, tick(row.pk, number, now.mark), number, hindrance, what.address(meant), now.words)


def _that_hinders_all(candidates: Sequence[Candidate]) -> Reason:
    """What is not about any one of them: with its way out, it is said once."""
    reasons = {one.hindrance for one in candidates}
    ways = [one.hindrance for one in candidates if one.hindrance.way]
    return ways[0] if len(reasons) == 1 and ways else Reason()
