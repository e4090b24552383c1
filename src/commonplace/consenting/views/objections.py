"""One objection: the ground and the harm, what it was raised against, what has changed since, and who can do what."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from commonplace.communities import pages
from commonplace.communities.pages import Visit
from commonplace.communities.paging import key
from commonplace.consenting import acts
from commonplace.consenting.forms import ObjectForm, ReadForm, RestateForm, SettleForm, UnderstoodForm
from commonplace.consenting.kinds import How
from commonplace.consenting.models import Objection, Proposal
from commonplace.consenting.presenting import Presented, presented
from commonplace.consenting.presenting.texts import changes
from commonplace.consenting.presenting.turns import Turn
from commonplace.consenting.views.proposals import open_remedies, page, proposal_at
from commonplace.ledger.act import may
from commonplace.ledger.forms import carried_out


def show(request: Visit, slug: str, pk: str, objection: str) -> HttpResponse:
    return _page(request, *_objection_at(request, slug, pk, objection))


def object_for_another(request: Visit, slug: str, pk: str) -> HttpResponse:
    row, form = proposal_at(request, slug, pk), ObjectForm(request.POST)
    raised = carried_out(form, lambda: acts.object_for_another(request.user, row, **form.cleaned_data))
    if raised is None:
        return page(request, row, status=422, object_form=form)
    words = _("The objection stands, through you. Who it is from is kept nowhere.")
    return pages.done(request, words, row)


def settle(request: Visit, slug: str, pk: str, objection: str) -> HttpResponse:
    row, one = _objection_at(request, slug, pk, objection)
    form = SettleForm(request.POST)
    settled = carried_out(form, lambda: acts.settle_objection(request.user, one, **form.cleaned_data))
    if settled is None:
        return _page(request, row, one, status=422, settle_form=form)
    if settled.how == How.TAKEN_UP:
        return pages.done(request, _("The objection is yours now: it stands, and you answer for it."), row)
    return pages.done(request, _("The objection is settled: %(how)s.") % {"how": settled.get_how_display()}, row)


def answer(request: Visit, slug: str, pk: str, objection: str) -> HttpResponse:
    row, one = _objection_at(request, slug, pk, objection)
    form = ReadForm(request.POST)
    remedy = carried_out(form, lambda: acts.answer_objection(request.user, one, **form.cleaned_data))
    if remedy is None:
        return _page(request, row, one, status=422, settle_form=form)
    return pages.done(request, _("Whoever raised it is told, and may say that it still stands."), row)


def keep(request: Visit, slug: str, pk: str, objection: str) -> HttpResponse:
    row, one = _objection_at(request, slug, pk, objection)
    form = ReadForm(request.POST)
    kept = carried_out(form, lambda: acts.keep_objection(request.user, one, **form.cleaned_data))
    if kept is None:
        return _page(request, row, one, status=422, settle_form=form)
    return pages.done(request, _("Your objection still stands: this text does not meet it."), row)


def restate(request: Visit, slug: str, pk: str, objection: str) -> HttpResponse:
    row, one = _objection_at(request, slug, pk, objection)
    form = RestateForm(request.POST)
    restated = carried_out(form, lambda: acts.restate_objection(request.user, one, **form.cleaned_data))
    if restated is None:
        return _page(request, row, one, status=422, restate_form=form)
    return pages.done(request, _("Whoever raised it is asked whether that is what they mean."), one)


def confirm(request: Visit, slug: str, pk: str, objection: str) -> HttpResponse:
    row, one = _objection_at(request, slug, pk, objection)
    form = UnderstoodForm(request.POST)
    understood = carried_out(form, lambda: acts.confirm_understood(request.user, one, **form.cleaned_data))
    if understood is None:
        return _page(request, row, one, status=422, understood_form=form)
    return pages.done(request, _("Your objection is understood. It stands until it is met."), one)


def _objection_at(request: Visit, slug: str, pk: str, objection: str) -> tuple[Proposal, Objection]:
    row = proposal_at(request, slug, pk)
    return row, get_object_or_404(row.objections, pk=key({"pk": objection}, "pk"))


def _page(request: Visit, proposal: Proposal, objection: Objection, status: int = 200, **forms: Any) -> HttpResponse:
    open_remedies(request, proposal)
    shown = presented(request.user, proposal)
    turn = next(one for one in shown.turns if one.objection.pk == objection.pk)
    sources, raised_on, now = shown.texts.sources, turn.objection.raised_on, turn.objection.number or proposal.number
    context = {
        "proposal": proposal,
        "round": shown,
        "reader": shown.reader,
        "turn": turn,
        "objection": turn.objection,
        "community": proposal.community,
        "matter": proposal.kind,
        "section": proposal.kind.section,
        "now": now,
        "changes": changes(proposal, sources.get(raised_on, {}), sources.get(now, {})),
        "objected_to": [(str(proposal.kind.parts[part]), text) for part, text in sources.get(raised_on, {}).items()],
        "may_restate": turn.may_restate and _hears(request, shown, turn),
        "settle_form": SettleForm(),
        "restate_form": RestateForm(),
        "understood_form": UnderstoodForm(),
    }
    return render(request, "consenting/objection_page.jinja", context | forms, status=status)


def _hears(request: Visit, shown: Presented, turn: Turn) -> bool:
    """The policy, which costs a statement, is asked only about whoever was not asked in the round."""
    known = shown.reader.is_asked or shown.reader.opened
    return known or may(acts.restate_objection, request.user, turn.objection)
