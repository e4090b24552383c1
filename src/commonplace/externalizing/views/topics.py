"""The topics of a community: everybody who reads there sees them, facilitators keep them."""

from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from commonplace.communities import pages
from commonplace.communities.contributions import Shelf, contributed, panels
from commonplace.communities.known_for import askable
from commonplace.communities.models import KnownFor
from commonplace.communities.pages import Visit
from commonplace.communities.paging import listed
from commonplace.communities.policy import facilitator
from commonplace.externalizing import acts
from commonplace.externalizing.forms import AliasForm, MergeForm, NameForm
from commonplace.externalizing.models import Topic
from commonplace.externalizing.models.topic import MANY, TopicQuerySet
from commonplace.externalizing.said import said_of
from commonplace.externalizing.shelf import MOST_SHOWN, on_topic
from commonplace.ledger.act import may
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.forms import carried_out

PAGE = 50


def index(request: Visit, slug: str) -> HttpResponse:
    community, sought = pages.read(request, slug), pages.typed(request)
    topics = Topic.objects.visible_to(request.user).filter(community=community).current().resembling(sought)
    rows = topics.with_counts(**{_count(shelf): shelf.rows for shelf in contributed(Shelf)})
    context = {
        "community": community,
        "page": listed(rows.prefetch_related("aliases"), request.GET, PAGE, by=("name", "pk")),
        "sought": sought,
        "shelves": _on_shelves,
        "may_keep": facilitator.allows(request.user, community),
    }
    return render(request, "externalizing/topics.jinja", context)


def show(request: Visit, slug: str, pk: str, name: str = "") -> HttpResponse:
    """Of one that was merged, on to the topic that it is part of now."""
    community = pages.read(request, slug)
    rows = Topic.objects.visible_to(request.user).filter(community=community)
    known = rows.select_related("community", "merged_into__community").prefetch_related("aliases")
    topic = pages.there(known.filter(pk=pk).first())
    if topic.merged_into:
        merged = {"name": topic.name, "kept": topic.as_kept().name}
        return pages.done(request, _("%(name)s was merged into %(kept)s.") % merged, topic.as_kept())
    return pages.named(request, topic, name) or _shown(request, topic)


def _shown(request: Visit, topic: Topic) -> HttpResponse:
    waiting, answered = on_topic(request.user, topic)
    context: dict[str, Any] = {"community": topic.community, "topic": topic, "panels": panels(request.user, topic)}
    context |= {"waiting": waiting, "answered": answered, "most": MOST_SHOWN, "said": said_of([*waiting, *answered])}
    context |= {"may_ask": may(acts.ask, request.user, topic.community), "askable": _askable(request, topic)}
    context["may_keep"] = facilitator.allows(request.user, topic.community)
    return render(request, "externalizing/topic.jinja", context)


def _askable(request: Visit, topic: Topic) -> Sequence[KnownFor]:
    """Found under it, or under one that was merged into it."""
    its = Topic.objects.visible_to(request.user).filter(Q(pk=topic.pk) | Q(merged_into=topic))
    return askable(request.user, topic.community, its.values("pk"))


def _count(shelf: Shelf) -> str:
    return f"{shelf.name}_count"


def _on_shelves(topic: Topic) -> Iterator[tuple[str, str]]:
    """How much of each kind is filed under it, in words and as the list where it is found."""
    for shelf in contributed(Shelf):
        if count := getattr(topic, _count(shelf)):
            yield shelf.counted(count, MANY), shelf.address


def of_a_topic(view: Callable[[Visit, Topic], HttpResponse]) -> Callable[..., HttpResponse]:
    """Facilitators keep topics; of one that was merged, everybody who reads there is told where it went."""

    @wraps(view)
    def answer(request: Visit, slug: str, pk: str) -> HttpResponse:
        community = pages.seen(request, slug)
        rows = Topic.objects.visible_to(request.user).filter(community=community, pk=pk)
        topic = rows.select_related("community", "merged_into").first()
        if topic and topic.merged_into and not facilitator.allows(request.user, community):
            return _page(request, topic, status=200 if request.method == "GET" else 422)
        pages.require(facilitator, request.user, community)
        if topic is None:
            raise Http404
        return view(request, topic)

    return answer


@of_a_topic
def edit(request: Visit, topic: Topic) -> HttpResponse:
    return _page(request, topic)


@of_a_topic
def update(request: Visit, topic: Topic) -> HttpResponse:
    form = NameForm(request.POST)
    renamed = carried_out(form, lambda: acts.rename_topic(request.user, topic, name=form.cleaned_data["name"]))
    if renamed is None:
        return _page(request, topic, status=422, name_form=form)
    names = {"before": topic.name, "name": renamed.name}
    words = _("“%(before)s” is called “%(name)s” now; both names lead to it.")
    return pages.done(request, words % names, "topics", topic.community.slug)


@of_a_topic
def create_alias(request: Visit, topic: Topic) -> HttpResponse:
    form = AliasForm(request.POST)
    alias = carried_out(form, lambda: acts.alias_topic(request.user, topic, name=form.cleaned_data["name"]))
    if alias is None:
        return _page(request, topic, status=422, alias_form=form)
    names = {"name": alias.name, "kept": topic.name}
    words = _("“%(name)s” leads to “%(kept)s” now.")
    return pages.done(request, words % names, "edit_topic", topic.community.slug, topic.pk)


@of_a_topic
def create_merger(request: Visit, topic: Topic) -> HttpResponse:
    form = MergeForm(request.POST)
    merged = carried_out(
        form, lambda: acts.merge_topic(request.user, topic, into=_kept(request, topic, form.cleaned_data["into"]))
    )
    if merged is None:
        return _page(request, topic, status=422, merge_form=form)
    names = {"name": merged.name, "kept": merged.as_kept().name}
    words = _("“%(name)s” was merged into “%(kept)s”, with all that is filed under it.")
    return pages.done(request, words % names, "topics", topic.community.slug)


def _kept(request: Visit, topic: Topic, name: str) -> Topic:
    kept = Topic.objects.visible_to(request.user).called(name, topic.community_id).first()
    if kept is None:
        raise NotPossible(_("There is no topic of this name here."))
    return kept


def _here(request: Visit, topic: Topic) -> TopicQuerySet:
    return Topic.objects.visible_to(request.user).filter(community=topic.community_id)


def _page(request: Visit, topic: Topic, status: int = 200, **refused: Any) -> HttpResponse:
    context = {
        "community": topic.community,
        "topic": topic,
        "kept": topic.as_kept(),
        "may_keep": facilitator.allows(request.user, topic.community),
        "name_form": NameForm(initial={"name": topic.name}),
        "alias_form": AliasForm(),
        "merge_form": MergeForm() if _here(request, topic).current().exclude(pk=topic.pk).exists() else None,
    }
    page = "externalizing/topic_merged.jinja" if topic.merged_into else "externalizing/topic_edit.jinja"
    return render(request, page, context | refused, status=status)
