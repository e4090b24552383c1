"""A list of rounds: read on one page, consented to with one press, taken back with one."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commonplace.communities import pages
from commonplace.communities.pages import Visit
from commonplace.communities.paging import key
from commonplace.consenting import acts, contents, policy
from commonplace.consenting.forms import ConsentForm, WithdrawForm, tick
from commonplace.consenting.kinds import Stand
from commonplace.consenting.models import Proposal
from commonplace.consenting.presenting.listed import Entry, Listed, listed
from commonplace.consenting.views import ticked
from commonplace.ledger.forms import carried_out
from commonplace.ledger.locking import gone

KEPT = gettext_lazy("What stands against it stands in the next round on this.")


def show(request: Visit, slug: str, pk: str) -> HttpResponse:
    return _page(request, _list_at(request, slug, pk))


def consent(request: Visit, slug: str, pk: str) -> HttpResponse:
    rounds, form = _list_at(request, slug, pk), ConsentForm(request.POST)
    pages.require(policy.speaker, request.user, rounds[0])
    if way := _way_out(request, rounds):
        return redirect(way)
    pressed = carried_out(form, lambda: _consent_to(request, rounds, form.cleaned_data["consent"]))
    if pressed is None or _are_refused(form, pressed):
        return _page(request, _list_at(request, slug, pk), status=422, consent_form=form)
    shown = listed(request.user, _list_at(request, slug, pk))
    return pages.done(request, _consented(pressed.done, shown), rounds[0].get_list_url())


def _consent_to(request: Visit, rounds: list[Proposal], numbers: dict[str, int]) -> acts.Done:
    """`numbers`: of what was ticked, by id, which text stood there."""
    if not numbers.keys() <= {one.pk for one in rounds}:
        raise gone()
    return acts.in_each([one for one in rounds if one.pk in numbers], lambda one: _consent(request, one, numbers))


def _way_out(request: Visit, rounds: list[Proposal]) -> str:
    """Where a button leads that says nothing: what is ticked is kept until they are back. "" if it was to consent."""
    name, here, to = rounds[0].list, rounds[0].get_list_url(), request.POST.get("to", "")
    if "all" in request.POST:
        shown = listed(request.user, rounds)
        ticked.keep(request, name, list(_ticks(shown).values()))
        return f"{here}#list"
    if to or "text" in request.POST:
        ticked.keep(request, name, request.POST.getlist("consent"))
    if "text" in request.POST:
        return f"{here}?text=all#list" if request.POST["text"] else f"{here}#list"
    return to if any(to.startswith(one.get_absolute_url()) for one in rounds) else here if to else ""


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


def _consent(request: Visit, proposal: Proposal, numbers: dict[str, int]) -> Any:
    return acts.take_stance(request.user, proposal, stance=Stand.CONSENT, number=numbers[proposal.pk])


def _consented(done: Sequence[Proposal], shown: Listed) -> str:
    """By name: what was pressed on a long page is read once more."""
    now = {one.pk for one in done}
    names = _titles([entry for entry in shown.entries if entry.proposal.pk in now])
    words = [_("You consent to %(n)s of them: %(titles)s.") % {"n": len(now), "titles": names}]
    if shown.left:
        words.append(_("You have said nothing yet of: %(titles)s.") % {"titles": _titles(shown.left)})
    return " ".join(words)


def _titles(entries: Sequence[Entry]) -> str:
    return " · ".join(entry.proposal.title for entry in entries)


def _are_refused(form: Any, pressed: acts.Done) -> bool:
    """Each with its reason; what went through is said, too."""
    for proposal, reason in pressed.refused:
        form.add_error(None, _("%(title)s: %(reason)s") % {"title": proposal.title, "reason": reason})
    if pressed.refused and pressed.done:
        words = ngettext("With %(n)s other it went through.", "With %(n)s others it went through.", len(pressed.done))
        form.add_error(None, words % {"n": len(pressed.done)})
    return bool(pressed.refused)


def _ticks(shown: Listed) -> dict[str, str]:
    """Of each that one press says all of, as its box is sent."""
    return {one.proposal.pk: tick(one.proposal.pk, one.proposal.number) for one in shown.to_tick}


def _ticked(request: Visit, shown: Listed, sent: bool) -> set[str]:
    """As it was sent, or as it was left; shown for the first time, what is ticked by itself."""
    name, ticks = shown.first.list, _ticks(shown)
    if not ticks:
        return set()
    before = set(request.POST.getlist("consent")) if sent else ticked.taken(request, name)
    if before is None:
        return {one.proposal.pk for one in shown.ticked}
    doubted = set() if sent else {one.proposal.pk for one in shown.to_tick if one.is_doubted}
    return {pk for pk, value in ticks.items() if value in before} - doubted


def _page(request: Visit, rounds: list[Proposal], status: int = 200, **forms: Any) -> HttpResponse:
    shown, first = listed(request.user, rounds), rounds[0]
    on = _ticked(request, shown, "consent_form" in forms)
    context = {
        "list": shown,
        "community": first.community,
        "zone": pages.by_the_clock_of(request, first.community),
        "matter": first.kind,
        "section": first.kind.section,
        "proposal": first,
        "unfolded": "text" in request.GET,
        "ticks": _ticks(shown),
        "ticked": on,
        "unticked": [one for one in shown.to_tick if not one.is_doubted and one.proposal.pk not in on],
        "consent_form": ConsentForm(),
        "withdraw_form": WithdrawForm(),
    }
    return render(request, "consenting/list.jinja", context | forms, status=status)
