"""A list of rounds: read on one page, consented to with one press, taken back with one."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commonplace.communities import pages
from commonplace.communities.pages import Visit
from commonplace.communities.paging import key
from commonplace.consenting import acts, contents, policy
from commonplace.consenting.forms import ConsentForm, WithdrawForm, tick
from commonplace.consenting.kinds import Stand
from commonplace.consenting.models import Proposal
from commonplace.consenting.presenting.listed import listed
from commonplace.ledger.forms import carried_out
from commonplace.ledger.locking import gone

KEPT = gettext_lazy("What stands against it stands in the next round on this.")


def show(request: Visit, slug: str, pk: str) -> HttpResponse:
    return _page(request, _list_at(request, slug, pk))


def consent(request: Visit, slug: str, pk: str) -> HttpResponse:
    rounds, form = _list_at(request, slug, pk), ConsentForm(request.POST)
    pages.require(policy.speaker, request.user, rounds[0])

    def all_ticked() -> acts.Done:
        ticked = form.cleaned_data["consent"]
        if not ticked.keys() <= {one.pk for one in rounds}:
            raise gone()
        return acts.in_each([one for one in rounds if one.pk in ticked], lambda one: _consent(request, one, ticked))

    pressed = carried_out(form, all_ticked)
    if pressed is None or _are_refused(form, pressed):
        return _page(request, _list_at(request, slug, pk), status=422, consent_form=form)
    return pages.done(request, _consented(len(pressed.done)), rounds[0].get_list_url())


def withdraw(request: Visit, slug: str, pk: str) -> HttpResponse:
    """All that are open, and that this person opened."""
    rounds, form = _list_at(request, slug, pk), WithdrawForm(request.POST)
    pages.require(policy.opener, request.user, rounds[0])
    open_ones = [one for one in rounds if one.is_open and not one.is_closed_to_stances] or rounds
    pressed = carried_out(
        form, lambda: acts.in_each(open_ones, lambda one: acts.withdraw(request.user, one, **form.cleaned_data))
    )
    if pressed is None or _are_refused(form, pressed):
        return _page(request, _list_at(request, slug, pk), status=422, withdraw_form=form)
    n = len(pressed.done)
    words = ngettext("%(n)s is taken back.", "%(n)s are taken back.", n) % {"n": n}
    return pages.done(request, f"{words} {KEPT}", rounds[0].get_list_url())


def _list_at(request: Visit, slug: str, pk: str) -> list[Proposal]:
    return pages.there(contents.LIST.rows(reader=request.user, slug=slug, list=key({"pk": pk}, "pk")) or None)


def _consent(request: Visit, proposal: Proposal, ticked: dict[str, int]) -> Any:
    return acts.take_stance(request.user, proposal, stance=Stand.CONSENT, number=ticked[proposal.pk])


def _consented(n: int) -> str:
    return _("You consent to %(n)s of them.") % {"n": n}


def _are_refused(form: Any, pressed: acts.Done) -> bool:
    """Each with its reason; what went through is said, too."""
    for proposal, reason in pressed.refused:
        form.add_error(None, _("%(title)s: %(reason)s") % {"title": proposal.title, "reason": reason})
    if pressed.refused and pressed.done:
        words = ngettext("With %(n)s other it went through.", "With %(n)s others it went through.", len(pressed.done))
        form.add_error(None, words % {"n": len(pressed.done)})
    return bool(pressed.refused)


def _page(request: Visit, rounds: list[Proposal], status: int = 200, **forms: Any) -> HttpResponse:
    shown, first = listed(request.user, rounds), rounds[0]
    context = {
        "list": shown,
        "community": first.community,
        "zone": pages.by_the_clock_of(request, first.community),
        "matter": first.kind,
        "section": first.kind.section,
        "proposal": first,
        "unfolded": "text" in request.GET,
        "ticks": {one.proposal.pk: tick(one.proposal.pk, one.proposal.number) for one in shown.to_tick},
        "ticked": {one.proposal.pk for one in shown.ticked},
        "consent_form": ConsentForm(),
        "withdraw_form": WithdrawForm(),
    }
    if "consent_form" in forms:
        context["ticked"] = {value.partition(":")[0] for value in request.POST.getlist("consent")}
    return render(request, "consenting/list.jinja", context | forms, status=status)
