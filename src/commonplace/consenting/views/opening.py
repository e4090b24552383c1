"""Putting something to consent: one page and one form for every matter."""

from typing import Any

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from commonplace.communities import pages
from commonplace.communities.dates import localtime
from commonplace.communities.models import Community
from commonplace.communities.pages import Visit
from commonplace.communities.paging import key
from commonplace.consenting import acts, policy
from commonplace.consenting.forms import ProposeForm
from commonplace.consenting.line import must_wait
from commonplace.consenting.matter import Matter, Text, matters
from commonplace.consenting.models import InLine, Proposal
from commonplace.consenting.presenting.line import Line, line_of
from commonplace.consenting.presenting.texts import preview
from commonplace.consenting.terms import terms
from commonplace.ledger.act import ANYTHING, why_not
from commonplace.ledger.errors import NotPossible, Reason
from commonplace.ledger.forms import carried_out


def new(request: Visit, slug: str, matter: str, subject: str) -> HttpResponse:
    """`?about=` what of it, `?choice=` what should become of it."""
    what = matter_called(matter)
    row = _subject(request, slug, what, subject)
    pages.require(policy.speaker, request.user, row)
    about, community = key(request.GET, "about"), _community(row)
    meant = Proposal(matter=what.kind, about=about, choice=_choice(what, request.GET.get("choice", "")))
    meant.number = what.number_of(row, about, request.user)
    initial = {"number": meant.number, "about": about, "choice": meant.choice, "review_on": terms(community).review_on}
    return _page(request, row, meant, ProposeForm(matter=what, initial=initial))


def create(request: Visit, slug: str, matter: str, subject: str) -> HttpResponse:
    what = matter_called(matter)
    row, form = _subject(request, slug, what, subject), ProposeForm(request.POST, matter=what)
    put = carried_out(form, lambda: _put(request, row, form.proposal()))
    if put is None:
        about = key(request.POST, "about")
        meant = Proposal(matter=what.kind, about=about, choice=_choice(what, request.POST.get("choice", "")))
        meant.number = what.number_of(row, about, request.user)
        return _page(request, row, meant, _of_the_text_shown(form, meant), status=422)
    if isinstance(put, InLine):
        return pages.done(request, _("It waits its turn: when that comes, the round opens in your name."), put)
    pages.by_the_clock_of(request, put.community)
    words = _("It is put to consent: %(eligible)s people are asked, until %(when)s.")
    told_so = words % {"eligible": put.eligible, "when": localtime(put.closes_at)}
    return pages.done(request, told_so, put)


def leave(request: Visit, slug: str, matter: str, subject: str) -> HttpResponse:
    """Whoever has something in the line takes it out; it is one per person."""
    what = matter_called(matter)
    row = _subject(request, slug, what, subject)
    pages.require(policy.speaker, request.user, row)
    mine = InLine.objects.visible_to(request.user).filter(subject_id=row.pk, matter=what.kind, proposed_by=request.user)
    waits, form = mine.select_related("community").waiting().first(), Form(request.POST)
    if waits is None or carried_out(form, lambda: acts.step_out(request.user, waits)) is None:
        there = reverse("propose", args=[slug, matter, subject])
        return pages.done(request, _("It waits no more: its turn has come, or it was taken out."), there)
    return pages.done(request, _("It is taken out of the line."), waits)


def _put(request: Visit, row: Any, proposal: Proposal) -> Proposal | InLine:
    """Whoever was shown the line lets it wait, unless it is over by now; whoever was not is told of it first."""
    if "waits" in request.POST and must_wait(row, proposal):
        return acts.line_up(request.user, row, proposal=proposal)
    return acts.propose(request.user, row, proposal=proposal)


def _of_the_text_shown(form: ProposeForm, meant: Proposal) -> ProposeForm:
    """The page shows the newest text; what is sent next is about that, and says so where it was another."""
    sent = form.data.get("number", "")
    if sent != str(meant.number):
        form.data = {name: form.data[name] for name in form.data} | {"number": str(meant.number)}
        words = _("The text has changed since: below is version %(n)s. Read it, then open the round on that.")
        form.add_error(None, words % {"n": meant.number})
    return form


def _page(request: Visit, row: Any, meant: Proposal, form: ProposeForm, status: int = 200) -> HttpResponse:
    meant.community, meant.subject_id = _community(row), row.pk
    what, text = meant.kind, _text(row, meant)
    line = line_of(request.user, meant)
    meant.title = text.title if text else str(row)
    context = {
        "community": meant.community,
        "zone": pages.by_the_clock_of(request, meant.community),
        "meant": meant,
        "matter": what,
        "section": what.section,
        "text": text,
        "texts": preview(meant, text) if text else None,
        "title": meant.title,
        "question": what.phrases.asked(meant) if text and bool(meant.choice) == bool(what.choices) else "",
        "there": what.address(meant),
        "form": form,
        "line": line,
        "hindrance": _hindrance(request, row, meant, line),
        "terms": terms(meant.community, what.not_asked(meant)),
        "panel": what.panel(meant),
        "beforehand": what.beforehand(request.user, meant),
        "may_be_listed": what.lists is not None and what.lists.may_be(row),
    }
    return render(request, "consenting/propose.jinja", context, status=status)


def _hindrance(request: Visit, row: Any, meant: Proposal, line: Line) -> Reason:
    """Of what waits any choice will do that the open round is not about."""
    if not line.is_there:
        return why_not(acts.propose, request.user, row, proposal=_any_choice(meant))
    reason = Reason()
    for choice in [meant.choice] if meant.choice else [*meant.kind.choices] or [""]:
        reason = why_not(acts.line_up, request.user, row, proposal=_typed(meant, choice))
        if not reason:
            break
    return reason


def _any_choice(meant: Proposal) -> Proposal:
    """As somebody could send it at best: whatever they would choose and type."""
    return _typed(meant, meant.choice or next(iter(meant.kind.choices), ""))


def _typed(meant: Proposal, choice: str) -> Proposal:
    return Proposal(matter=meant.matter, about=meant.about, number=meant.number, choice=choice, aim=ANYTHING)


def _text(row: Any, meant: Proposal) -> Text | None:
    try:
        return meant.kind.text(row, meant)
    except NotPossible:
        return None


def matter_called(kind: str) -> Matter:
    for one in matters():
        if one.kind == kind:
            return one
    raise Http404


def _subject(request: Visit, slug: str, matter: Matter, subject: str) -> Any:
    return get_object_or_404(matter.seen_by(request.user, slug), pk=key({"pk": subject}, "pk"))


def _community(row: Any) -> Community:
    here: Community = row if isinstance(row, Community) else row.community
    return here


def _choice(matter: Matter, typed: str) -> str:
    return typed if typed in matter.choices else ""
