"""Versions, each with a permanent address and what changed; and writing a new one."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from commonplace.communities import pages
from commonplace.communities.limits import limited
from commonplace.communities.pages import Visit
from commonplace.consenting import contents as rounds
from commonplace.consenting.kinds import Kind
from commonplace.ledger.act import why_not
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.forms import carried_out
from commonplace.objectifying import acts, minor, policy
from commonplace.objectifying.differences import changes
from commonplace.objectifying.forms import ReviseForm
from commonplace.objectifying.models import PARTS, MinorEdit, Practice, Version
from commonplace.objectifying.views.practices import practice_at

NEAR = 10


@limited("difference", most=300, minutes=10, reading=True)
def show(request: Visit, slug: str, pk: str, number: int) -> HttpResponse:
    practice = practice_at(request, slug, pk)
    version = get_object_or_404(practice.versions.select_related("author", "agreement"), number=number)
    older = practice.versions.filter(number=_number(request.GET.get("against", ""), number - 1)).first()
    context = {
        "practice": practice,
        "community": practice.community,
        "version": version,
        "older": older,
        "changes": changes(older, version) if older else [],
        "edit": _edit(practice, version),
        "acts": acts,
        "numbers": range(max(number - NEAR, 1), min(number + NEAR, practice.course.latest) + 1),
    }
    return render(request, "objectifying/version.jinja", context)


def _edit(practice: Practice, version: Version) -> MinorEdit | None:
    """The minor edit that waits, where this version is one."""
    edit = minor.waiting(practice)
    return edit if edit and edit.version_id == version.pk else None


def new(request: Visit, slug: str, pk: str) -> HttpResponse:
    practice = practice_at(request, slug, pk)
    pages.require(policy.member, request.user, practice)
    newest = practice.newest_version
    known: dict[str, str] = {part: getattr(newest, part) for part in PARTS}
    known |= {"application": request.GET.get("application", "")}
    form = ReviseForm(initial=known, may_be_minor=_may_be_minor(practice))
    return _page(request, practice, form, newest)


def create(request: Visit, slug: str, pk: str) -> HttpResponse:
    practice = practice_at(request, slug, pk)
    form = ReviseForm(request.POST, may_be_minor=_may_be_minor(practice))
    base = get_object_or_404(practice.versions, number=_number(request.POST.get("base", ""), 0))
    version = carried_out(form, lambda: _revised(request, practice, form, base))
    if version:
        return redirect(version)
    newest = practice.newest_version
    return _page(request, practice, form, newest, status=422, **_meanwhile(form, base, newest))


def _revised(request: Visit, practice: Practice, form: ReviseForm, base: Version) -> Version:
    is_minor = form.cleaned_data.get("minor", False)
    return acts.revise(request.user, practice, version=form.version(), base=base, minor=is_minor)


def _may_be_minor(practice: Practice) -> bool:
    """What is agreed on is the newest text, and nothing else of it is under way."""
    course = practice.course
    return 0 < course.agreed == course.latest and not course.on


def find_fine(request: Visit, slug: str, pk: str, number: int) -> HttpResponse:
    words = _("It holds in seven days, unless somebody makes it a round.")
    return _pressed(request, slug, pk, number, acts.find_fine, words)


def take_back(request: Visit, slug: str, pk: str, number: int) -> HttpResponse:
    return _pressed(request, slug, pk, number, acts.take_back_edit, _("Your edit is taken back."))


def _pressed(request: Visit, slug: str, pk: str, number: int, perform: Callable[..., Any], words: str) -> HttpResponse:
    """A button has nothing typed to keep: the answer is a sentence above the page of the version."""
    practice = practice_at(request, slug, pk)
    edit = get_object_or_404(practice.minor_edits.select_related("version", "agreement"), version__number=number)
    try:
        perform(request.user, edit)
        messages.success(request, words)
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    return redirect("practice_version", slug, pk, number)


def _meanwhile(form: ReviseForm, base: Version, newest: Version) -> dict[str, Any]:
    """Where somebody else wrote since: what they changed, and what saving this on top would change of theirs."""
    if base == newest or not form.cleaned_data.keys() >= PARTS.keys():
        return {"base": base}
    return {"theirs": changes(base, newest), "over_theirs": changes(newest, form.version())}


def _page(
    request: Visit, practice: Practice, form: ReviseForm, newest: Version, status: int = 200, **more: Any
) -> HttpResponse:
    """`base`: the version whose text is in the form; once what was written since is shown too, that."""
    context = {
        "community": practice.community,
        "practice": practice,
        "form": form,
        "version": newest,
        "base": newest,
        "to_meet": rounds.to_meet(request.user, practice, Kind.ACCEPTANCE),
        "hindrance": why_not(acts.revise, request.user, practice),
    }
    return render(request, "objectifying/revise.jinja", context | more, status=status)


def _number(typed: str, otherwise: int) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else otherwise
