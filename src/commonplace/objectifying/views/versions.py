"""Versions, each with a permanent address and what changed; and writing a new one."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from commonplace.communities import pages
from commonplace.communities.limits import limited
from commonplace.communities.pages import Visit
from commonplace.ledger.act import why_not
from commonplace.ledger.forms import carried_out
from commonplace.objectifying import acts, policy
from commonplace.objectifying.differences import changes
from commonplace.objectifying.forms import ReviseForm
from commonplace.objectifying.models import PARTS, Practice, Version
from commonplace.objectifying.views.practices import practice_at

NEAR = 10


@limited("difference", most=300, minutes=10, reading=True)
def show(request: Visit, slug: str, pk: str, number: int) -> HttpResponse:
    practice = practice_at(request, slug, pk)
    version = get_object_or_404(practice.versions.select_related("author", "agreement"), number=number)
    against = _number(request.GET.get("against", ""), number - 1)
    older = practice.versions.filter(number=against).first()
    context = {
        "practice": practice,
        "community": practice.community,
        "version": version,
        "older": older,
        "changes": changes(older, version) if older else [],
        "numbers": range(max(number - NEAR, 1), min(number + NEAR, practice.course.latest) + 1),
    }
    return render(request, "objectifying/version.jinja", context)


def new(request: Visit, slug: str, pk: str) -> HttpResponse:
    practice = practice_at(request, slug, pk)
    pages.require(policy.member, request.user, practice)
    newest = practice.newest_version
    return _page(request, practice, ReviseForm(initial={part: getattr(newest, part) for part in PARTS}))


def create(request: Visit, slug: str, pk: str) -> HttpResponse:
    practice, form = practice_at(request, slug, pk), ReviseForm(request.POST)
    base = seen(request, practice)
    version = carried_out(form, lambda: acts.revise(request.user, practice, version=form.version(), base=base))
    return redirect(version) if version else _page(request, practice, form, status=422)


def seen(request: Visit, practice: Practice) -> Version | None:
    """The version that was shown with the form: what its reader speaks of, whatever has been written since."""
    return practice.versions.filter(number=_number(request.POST.get("version", ""), 0)).first()


def _page(request: Visit, practice: Practice, form: ReviseForm, status: int = 200) -> HttpResponse:
    context = {
        "community": practice.community,
        "practice": practice,
        "form": form,
        "version": practice.newest_version,
        "hindrance": why_not(acts.revise, request.user, practice),
    }
    return render(request, "objectifying/revise.jinja", context, status=status)


def _number(typed: str, otherwise: int) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else otherwise
