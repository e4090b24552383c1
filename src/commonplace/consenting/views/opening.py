"""Putting something to consent: one page and one form for every matter."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from commonplace.communities import pages
from commonplace.communities.models import Community
from commonplace.communities.pages import Visit
from commonplace.communities.paging import key
from commonplace.consenting import acts, policy
from commonplace.consenting.forms import ProposeForm
from commonplace.consenting.matter import Matter, Text, matters
from commonplace.consenting.models import Proposal
from commonplace.consenting.presenting.texts import preview
from commonplace.consenting.terms import terms
from commonplace.ledger.act import ANYTHING, why_not
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.forms import carried_out


def new(request: Visit, slug: str, matter: str, subject: str) -> HttpResponse:
    """`?about=` what of it, `?choice=` what should become of it."""
    what = _matter(matter)
    row = _subject(request, slug, what, subject)
    pages.require(policy.speaker, request.user, row)
    about, community = key(request.GET, "about"), _community(row)
    meant = Proposal(matter=what.kind, about=about, choice=_choice(what, request.GET.get("choice", "")))
    meant.number = what.number_of(row, about)
    initial = {"number": meant.number, "about": about, "choice": meant.choice, "review_on": terms(community).review_on}
    return _page(request, row, meant, ProposeForm(matter=what, initial=initial))


def create(request: Visit, slug: str, matter: str, subject: str) -> HttpResponse:
    what = _matter(matter)
    row, form = _subject(request, slug, what, subject), ProposeForm(request.POST, matter=what)
    proposal = carried_out(form, lambda: acts.propose(request.user, row, proposal=form.proposal()))
    if proposal is None:
        about = key(request.POST, "about")
        meant = Proposal(matter=what.kind, about=about, choice=_choice(what, request.POST.get("choice", "")))
        meant.number = what.number_of(row, about)
        return _page(request, row, meant, form, status=422)
    words = _("It is put to consent: %(eligible)s people are asked, until the day that it says.")
    return pages.done(request, words % {"eligible": proposal.eligible}, proposal)


def _page(request: Visit, row: Any, meant: Proposal, form: ProposeForm, status: int = 200) -> HttpResponse:
    meant.community, meant.subject_id = _community(row), row.pk
    what, text = meant.kind, _text(row, meant)
    context = {
        "community": meant.community,
        "meant": meant,
        "matter": what,
        "section": what.section,
        "text": text,
        "texts": preview(meant, text) if text else None,
        "title": text.title if text else str(row),
        "there": what.address(meant),
        "form": form,
        "hindrance": why_not(acts.propose, request.user, row, proposal=_any_choice(meant)),
        "terms": terms(meant.community, what.not_asked(meant)),
        "panel": what.panel(meant),
    }
    return render(request, "consenting/propose.jinja", context, status=status)


def _any_choice(meant: Proposal) -> Proposal:
    """As somebody could send it at best: whatever they would choose and type."""
    choice = meant.choice or next(iter(meant.kind.choices), "")
    return Proposal(matter=meant.matter, about=meant.about, number=meant.number, choice=choice, aim=ANYTHING)


def _text(row: Any, meant: Proposal) -> Text | None:
    try:
        return meant.kind.text(row, meant)
    except NotPossible:
        return None


def _matter(kind: str) -> Matter:
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
