"""Bringing in what is in force already; taking over what another community has; saying that it is in use."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from commonplace.communities import pages
from commonplace.communities.models import Community
from commonplace.communities.models.footing import where
from commonplace.communities.pages import Visit
from commonplace.communities.paging import key, number_or
from commonplace.ledger.act import why_not
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.forms import carried_out
from commonplace.objectifying import acts, policy
from commonplace.objectifying.audience import EVERYONE
from commonplace.objectifying.differences import changes
from commonplace.objectifying.family import look, relatives
from commonplace.objectifying.forms import BringForm, TakeOverForm, as_typed
from commonplace.objectifying.minimum import demands
from commonplace.objectifying.models import PARTS, Bringing, Practice, Version
from commonplace.objectifying.status import Authority, SourceKind
from commonplace.objectifying.views.practices import practice_at
from commonplace.objectifying.way_on import who_else

Form = BringForm | TakeOverForm


def new(request: Visit, slug: str) -> HttpResponse:
    """`?from=` another community's practice, and `?number=` which of its versions; else from anywhere."""
    community = pages.read(request, slug)
    pages.require(policy.member, request.user, community)
    original = _original(request, key(request.GET, "from"), request.GET.get("number", ""))
    about: dict[str, Any] = {"community": community, "reader": request.user}
    return _page(request, community, _with(original, about) if original else BringForm(**about), original)


def create(request: Visit, slug: str) -> HttpResponse:
    community = pages.read(request, slug)
    original = _original(request, key(request.POST, "original"), request.POST.get("number", ""))
    kind: type[Form] = TakeOverForm if original else BringForm
    form = kind(request.POST, request.FILES, community=community, reader=request.user)
    practice = carried_out(form, lambda: _brought(request, community, form, original))
    if practice is None:
        return _page(request, community, form, original, status=422)
    return pages.done(request, _said_of(practice), practice, steps=[who_else(practice)])


def _said_of(practice: Practice) -> str:
    """What it still takes before it can be proposed."""
    missing = [] if practice.newest_version.is_complete else [_("all of when, how, why and limits")]
    for one in demands(practice):
        if not one.is_met:
            words = {"need": one.need, "words": one.words, "have": one.have}
            missing.append(_("%(need)s %(words)s (so far %(have)s)") % words)
    if not missing:
        return _("It is here.")
    return _("It is here. Before it can be proposed: %(missing)s.") % {"missing": " · ".join(missing)}


def _brought(request: Visit, community: Community, form: Form, original: Version | None) -> Practice:
    return acts.bring(
        request.user,
        community,
        practice=form.practice(),
        version=form.version(),
        bringing=form.bringing(),
        topics=form.cleaned_data.get("topics", ()),
        original=original,
        audience=form.for_whom() or EVERYONE,
    )


def create_backing(request: Visit, slug: str, pk: str) -> HttpResponse:
    practice = practice_at(request, slug, pk)
    try:
        acts.back(request.user, practice)
        messages.success(request, _("It says now that you know it to be in use."))
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    return redirect(practice)


def take_over(request: Visit, slug: str, pk: str) -> HttpResponse:
    """Into which of one's own communities?"""
    practice = practice_at(request, slug, pk)
    mine = Community.objects.visible_to(request.user).filter(where(lambda one: one.is_member, request.user, "pk"))
    taken = practice.taken_over.filter(practice__community__in=mine).select_related("practice__community")
    there = {one.practice.community_id: one.practice for one in taken}
    others = [(one, there.get(one.pk)) for one in mine.exclude(pk=practice.community_id).order_by("title")]
    context = {"practice": practice, "community": practice.community, "others": others}
    return render(request, "objectifying/take_over.jinja", context)


def compare(request: Visit, slug: str, pk: str, other: str) -> HttpResponse:
    """Where the texts of two of a family differ, for who may read both."""
    practice = practice_at(request, slug, pk)
    relative = pages.there(next((one for one in relatives(request.user, practice) if one.pk == other), None))
    ours, theirs = _shown(practice), _shown(relative)
    if request.method == "GET":
        look(request.user, practice, relative)
    context = {
        **{"practice": practice, "community": practice.community, "relative": relative},
        "acts": acts,
        **{"ours": ours, "theirs": theirs, "changes": changes(theirs, ours)},
    }
    return render(request, "objectifying/compare.jinja", context)


def _shown(practice: Practice) -> Version:
    return practice.versions.get(number=practice.course.to_read)


def _original(request: Visit, pk: str, typed: str) -> Version | None:
    """What people read of it, where no version is named; nothing to who may not read it."""
    if not pk:
        return None
    theirs = Practice.objects.visible_to(request.user).select_related("course", "community")
    practice = get_object_or_404(theirs, pk=pk)
    rows = practice.versions.filter(number=number_or(typed, practice.course.to_read))
    return get_object_or_404(rows.select_related("practice__course", "practice__community"))


def _with(original: Version, about: dict[str, Any]) -> TakeOverForm:
    """Whom theirs is for stands in the form, too: it is part of what they wrote."""
    known: dict[str, Any] = {part: getattr(original, part) for part in PARTS}
    named = {"original": original.practice_id, "number": original.number, "title": original.practice.title}
    known["authority"] = Authority.AGREED_ELSEWHERE if _is_agreed(original) else Authority.UNKNOWN
    known["topics"] = ", ".join(topic.name for topic in original.practice.topics)
    return TakeOverForm(initial=known | named | as_typed(original.for_whom), **about)


def _is_agreed(original: Version) -> bool:
    return original.practice.agreements.filter(version=original).exists()


def _page(
    request: Visit, community: Community, form: Form, original: Version | None, status: int = 200
) -> HttpResponse:
    context = {
        "community": community,
        "form": form,
        "original": original,
        "hindrance": why_not(acts.bring, request.user, community, **_named(original)),
    }
    return render(request, "objectifying/bring.jinja", context, status=status)


def _named(original: Version | None) -> dict[str, Any]:
    """As it can be known before: it comes from a community, whatever else is typed."""
    whence = Bringing(source_kind=SourceKind.COMMUNITY, authority=Authority.UNKNOWN)
    return {"original": original, "bringing": whence} if original else {}
