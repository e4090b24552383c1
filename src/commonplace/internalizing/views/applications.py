"""Reporting how a practice went in real work, and reading what others reported."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from commonplace.communities import pages, policy
from commonplace.communities.pages import Visit
from commonplace.communities.paging import listed
from commonplace.communities.way_on import Step
from commonplace.externalizing.models import Kind
from commonplace.externalizing.way_on import to_ask
from commonplace.internalizing import acts
from commonplace.internalizing.forms import ApplicationForm
from commonplace.internalizing.models import Application
from commonplace.internalizing.models.application import Uses
from commonplace.ledger.act import may, why_not
from commonplace.ledger.forms import carried_out
from commonplace.objectifying import acts as objectifying
from commonplace.objectifying.models import Practice
from commonplace.objectifying.moves import refusal


def index(request: Visit, slug: str, pk: str) -> HttpResponse:
    practice = _practice_at(request, slug, pk)
    reports = Application.objects.visible_to(request.user).filter(practice=practice)
    page = listed(reports.newest_first(), request.GET)
    context = {"page": page, "uses": Uses.of(reports.counted()), "may_apply": acts.may_apply(request.user, practice)}
    return _page(request, practice, "applications", context)


def new(request: Visit, slug: str, pk: str) -> HttpResponse:
    practice = _practice_at(request, slug, pk)
    pages.require(policy.member, request.user, practice)
    return _form(request, practice, ApplicationForm())


def create(request: Visit, slug: str, pk: str) -> HttpResponse:
    practice = _practice_at(request, slug, pk)
    form = ApplicationForm(request.POST, request.FILES, sender=request.user)
    application = carried_out(
        form,
        lambda: acts.apply(request.user, practice, application=form.application(), version=form.version_of(practice)),
    )
    if application is None:
        return _form(request, practice, form, status=422)
    words = _("Your report is kept with the practice.")
    if application.has_failed():
        return pages.done(request, words, application)
    return pages.done(request, words, practice, steps=[_teach(practice)])


def _teach(practice: Practice) -> Step:
    """What worked is told: thanks to whoever wrote it, and learned from by who comes next."""
    title = _("How it went: %(title)s") % {"title": practice.title}
    return Step(_("Tell others how you did it"), to_ask(practice.community, Kind.STORY, title))


def show(request: Visit, slug: str, pk: str, application: str) -> HttpResponse:
    practice = _practice_at(request, slug, pk)
    reports = Application.objects.visible_to(request.user).filter(practice=practice).newest_first()
    report = get_object_or_404(reports, pk=application)
    may_challenge = may(objectifying.challenge, request.user, practice)
    held = refusal("challenge.raised", practice.status) is None
    context = {"application": report, "may_challenge": may_challenge, "held": held}
    context["ask_at"] = to_ask(practice.community, Kind.PROBLEM, practice.title)
    return _page(request, practice, "application", context)


def _practice_at(request: Visit, slug: str, pk: str) -> Any:
    practices = Practice.objects.visible_to(request.user).select_related("community", "course")
    return get_object_or_404(practices, community__slug=slug, pk=pk)


def _form(request: Visit, practice: Practice, form: ApplicationForm, status: int = 200) -> HttpResponse:
    """It carries the version that holds now: whoever reports reports on what they could read."""
    hindrance = why_not(acts.apply, request.user, practice)
    context = {"form": form, "version": practice.versions.shown().get(), "hindrance": hindrance}
    return _page(request, practice, "apply", context, status)


def _page(request: Visit, practice: Practice, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    community = practice.community
    of = {"community": community, "practice": practice, "member": policy.is_member(request.user, community)}
    return render(request, f"internalizing/{name}.jinja", of | context, status=status)
