"""The page of a person in a community: for its members, of whoever belongs or serves there, or did."""

from collections.abc import Collection, Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from commonplace.communities import acts, pages
from commonplace.communities.contributions import contributed, panels
from commonplace.communities.forms.known_for import KnownForForm
from commonplace.communities.models import Community, KnownFor, Membership
from commonplace.communities.pages import Visit
from commonplace.communities.paging import key
from commonplace.communities.policy import speaker
from commonplace.communities.portraits import Portrait
from commonplace.communities.portrayed import named, portrayed, shown_by
from commonplace.communities.subjects import Subject, Subjects
from commonplace.ledger.forms import carried_out


def show(request: Visit, slug: str, pk: str) -> HttpResponse:
    community = pages.shared(request, slug)
    if pk == "me":
        return redirect("person", slug, request.user.pk)
    one = portrayed(request.user, community, key({"pk": pk}, "pk"))
    if one is None:
        raise Http404
    is_mine = one.person.pk == request.user.pk
    context = {
        "community": community,
        "one": one,
        "is_mine": is_mine,
        "panels": [] if is_mine or one.membership is None else panels(request.user, one.membership),
        "may_propose": not is_mine and one.membership is not None and speaker.allows(request.user, community),
    }
    return render(request, "communities/person.jinja", context)


def edit(request: Visit, slug: str) -> HttpResponse:
    mine = _mine(request, slug)
    known = _said_now(request, mine.community)
    chosen = _chosen(request, mine.community, [one.topic for one in known.topics.all()] if known else [])
    topics = list(dict.fromkeys(one.pk for one in chosen.values()))
    initial = {"words": known.words if known else "", "topics": topics, "shows": list(shown_by(known))}
    return _page(request, mine.community, _form(request, mine.community, chosen, initial=initial))


def update(request: Visit, slug: str) -> HttpResponse:
    """A topic that was merged since the form was shown leads on."""
    mine, typed = _mine(request, slug), request.POST.copy()
    ids = typed.getlist("topics")
    chosen = _chosen(request, mine.community, ids)
    typed.setlist("topics", [chosen[pk].pk if pk in chosen else pk for pk in ids])
    form = _form(request, mine.community, chosen, typed)
    seen = typed.get("seen", "")
    if carried_out(form, lambda: acts.set_known_for(request.user, mine, seen=seen, **form.answers())) is None:
        return _page(request, mine.community, form, status=422)
    return pages.done(request, _("Saved. This is what others see."), "person", slug, request.user.pk)


def _mine(request: Visit, slug: str) -> Membership:
    community = pages.shared(request, slug)
    rows = Membership.objects.visible_to(request.user).filter(community=community, person=request.user.pk)
    return get_object_or_404(rows.current().select_related("community", "person"))


def _chosen(request: Visit, community: Community, ids: Collection[str]) -> Mapping[str, Subject]:
    """By these ids, as far as there is one of them."""
    there = named(request.user, community, [pk for pk in ids if "\0" not in pk])
    return {pk: one for one in there for pk in one.ids}


def _form(
    request: Visit, community: Community, chosen: Mapping[str, Subject], *typed: Any, **known: Any
) -> KnownForForm:
    """What is chosen comes first of those to choose from; there may be more than are offered."""

    def called(name: str) -> list[Subject]:
        return [one for kind in contributed(Subjects) for one in kind.called(request.user, community, name)]

    offered = (one for kind in contributed(Subjects) for one in kind.offered(request.user, community))
    subjects = list({one.pk: one for one in (*chosen.values(), *offered)}.values())
    return KnownForForm(*typed, subjects=subjects, called=called, **known)


def _said_now(request: Visit, community: Community) -> KnownFor | None:
    rows = KnownFor.objects.visible_to(request.user).filter(community=community, person=request.user.pk)
    return rows.prefetch_related("topics").first()


def _page(request: Visit, community: Community, form: Any, status: int = 200) -> HttpResponse:
    """If the form began from something else than the page says now, that is shown beside what was typed."""
    known = _said_now(request, community)
    seen = known.fingerprint if known else ""
    context = {"community": community, "form": form, "seen": seen}
    if known and form.is_bound and form.data.get("seen", "") != seen:
        subjects = named(request.user, community, [one.topic for one in known.topics.all()])
        shows = [one.choice for one in contributed(Portrait) if one.name in known.shows]
        context["meanwhile"] = {"words": known.words, "subjects": list(subjects), "shows": shows}
    return render(request, "communities/known_for.jinja", context, status=status)
