"""For the operator: the units that people choose from, as a tree."""

from typing import Any

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from commonplace.communities import acts, pages, policy, units
from commonplace.communities.acts.units import is_current
from commonplace.communities.forms.units import MergeForm, UnitForm
from commonplace.communities.models import Installation, Person, Unit
from commonplace.communities.pages import Visit, typed
from commonplace.ledger.forms import carried_out
from commonplace.untrusted.visible import folded

PAGE = 100


def index(request: Visit) -> HttpResponse:
    return _page(request, UnitForm())


def create(request: Visit) -> HttpResponse:
    form = UnitForm(request.POST)
    named = carried_out(form, lambda: acts.name_unit(request.user, Installation.current(), **form.cleaned_data))
    if named is None:
        return _page(request, form, status=422)
    return pages.done(request, _("People can choose %(name)s now.") % {"name": named.name}, "units")


def edit(request: Visit, pk: str) -> HttpResponse:
    return _edit_page(request, _unit_at(request, pk))


def update(request: Visit, pk: str) -> HttpResponse:
    unit = _unit_at(request, pk)
    form = UnitForm(request.POST, unit=unit)
    changed = carried_out(form, lambda: _changed(request.user, unit, **form.cleaned_data))
    if changed is None:
        return _edit_page(request, unit, status=422, form=form)
    return pages.done(request, _("Saved."), "units")


def merge(request: Visit, pk: str) -> HttpResponse:
    unit = _unit_at(request, pk)
    form = MergeForm(request.POST, unit=unit)
    merged = carried_out(form, lambda: acts.merge_unit(request.user, unit, **form.cleaned_data))
    if merged is None:
        return _edit_page(request, unit, status=422, merge_form=form)
    now = {"name": unit.name, "kept": form.cleaned_data["into"].name}
    return pages.done(request, _("%(name)s was merged into %(kept)s, with its people and its parts.") % now, "units")


def _changed(operator: Person, unit: Unit, name: str, parent: Unit | None) -> Unit:
    """Each of the acts that this comes to, all or none."""
    is_current(unit)
    with transaction.atomic():
        if name != unit.name:
            acts.rename_unit(operator, unit, name=name)
        if parent != unit.parent:
            acts.move_unit(operator, unit, parent=parent)
    return unit


def _unit_at(request: Visit, pk: str) -> Unit:
    pages.require(policy.operator, request.user, None)
    return get_object_or_404(Unit.objects.select_related("parent"), pk=pk)


def _page(request: Visit, form: UnitForm, status: int = 200) -> HttpResponse:
    pages.require(policy.operator, request.user, None)
    query, tree = typed(request), units.tree()
    matching = [placed for placed in tree if folded(query) in placed.unit.folded] if query else tree
    page = Paginator(matching, PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "query": query, "chosen": urlencode({"q": query} if query else {})}
    return render(request, "communities/units.jinja", context, status=status)


def _edit_page(request: Visit, unit: Unit, status: int = 200, **refused: Any) -> HttpResponse:
    others = units.tree(without=unit)
    context = {
        "unit": unit,
        "kept": unit.as_kept(),
        "people": Person.objects.accounts().filter(unit=unit).count(),
        "parts": unit.parts.current().count(),
        "form": UnitForm(unit=unit, initial={"name": unit.name, "parent": unit.parent_id}),
        "merge_form": MergeForm(unit=unit, auto_id="merge_%s") if others else None,
        "lies_below": units.tree() if not others else [],
    }
    page = "communities/unit_merged.jinja" if unit.merged_into else "communities/unit.jinja"
    return render(request, page, context | refused, status=status)
