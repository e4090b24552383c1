"""What happens in an exchange, and whom it concerns."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commonplace.communities.occasions import Because, Concern, Named, Occasion, Seen, Thread, Told, seen
from commonplace.communities.telling.whom import FACILITATES, WELCOMES, welcoming_or_tending
from commonplace.externalizing.evidence import Confirmed, Edited, Opened, Responded
from commonplace.externalizing.models import Exchange, Kind, Response, ResponseKind, Thanks, TopicAlias
from commonplace.ledger.models import Act
from commonplace.ledger.reading import READER, Among

WHY = "whom it concerns is told; what it says is read by whoever reads it"
ASKED = Because(_("you asked"), at_once=True)
YOURS, ANSWERED = Because(_("it is yours")), Because(_("you answered"))
TAKES_PART = Because(_("you take part"))
MENTIONED = Because(_("you are named in it"), at_once=True)
MENTIONS = (("exchange.opened", Opened), ("exchange.responded", Responded), ("exchange.edited", Edited))


def _exchanges() -> Any:
    return seen(Exchange.objects.visible_to(READER).filter(pk__in=Among("threads")), "exchange")


def _at(one: Seen) -> str:
    return Exchange(pk=one.thread, title=one.title, community=one.here).get_absolute_url()


def _topics(thread: str) -> list[str]:
    filed = TopicAlias.objects.filter(exchanges=thread).everywhere(WHY)
    return list(filed.values_list("topic", flat=True).distinct())


EXCHANGE = Thread(
    "exchange", "ext", _("Exchange"), _exchanges, _at, pages=("exchange", "exchange_by_id"), topics=_topics,
    many=_("Exchanges"),
)  # fmt: skip


def _thanked_in() -> Any:
    return seen(Exchange.objects.visible_to(READER).filter(pk__in=Among("threads")), "thanks")


# Of the same exchanges, so that reading the page puts it away; a kind of its own, so that letters of it can be refused.
THANKS = Thread("thanks", "ext", _("Thanks"), _thanked_in, _at, pages=EXCHANGE.pages, many=_("Thanks"))


def _is_a_hello(act: Act) -> bool:
    """What a newcomer tells first, in the form for that or another."""
    if not act.newcomer or Opened.of(act).kind != Kind.STORY:
        return False
    theirs = Act.objects.filter(verb=act.verb, community=act.community, actor=act.actor, id__lt=act.pk)
    return not theirs.filter(evidence__kind=Kind.STORY).everywhere(WHY).exists()


def _is_answer(act: Act) -> bool:
    return Responded.of(act).kind == ResponseKind.ANSWER


def _is_comment(act: Act) -> bool:
    return not _is_answer(act)


def _answered(act: Act) -> Iterator[Concern]:
    exchange = _exchange(act)
    yield Concern(exchange.opener_id, "asked" if exchange.confirmer_is_the_opener() else "yours")


def _commented(act: Act) -> Iterator[Concern]:
    """Whose answer it is on, whose exchange it is, and who else comments there."""
    comment = Response.objects.select_related("comments_on", "exchange").everywhere(WHY).get(pk=act.object)
    if on := comment.comments_on:
        yield Concern(on.author_id, "answered")
    yield Concern(comment.exchange.opener_id, "yours")
    beside = Response.objects.filter(exchange=comment.exchange).comments(on.pk if on else None).everywhere(WHY)
    yield from (Concern(author, "takes_part") for author in _authors(beside))


def _mentions(act: Act) -> list[str]:
    kind: Any = dict(MENTIONS)[act.verb]
    return kind.of(act).mentions or []


def _mentions_somebody(act: Act) -> bool:
    return bool(_mentions(act))


def _mentioned(act: Act) -> Iterator[Concern]:
    """Weightier than all but that it is an answer to what one asked."""
    exchange = _exchange(act)
    is_answer = act.verb == "exchange.responded" and _is_answer(act)
    asker = exchange.opener_id if is_answer and exchange.confirmer_is_the_opener() else ""
    yield from (Concern(person, "mentioned") for person in _mentions(act) if person != asker)


def _confirmed(act: Act) -> Iterator[Concern]:
    """Whoever is told by whom it was taken up: who offered or told it, where no response is named."""
    if response := Confirmed.of(act).response:
        yield Concern(Response.objects.everywhere(WHY).get(pk=response).author_id, "answered")
    else:
        yield Concern(_exchange(act).opener_id, "yours")


def _closed(act: Act) -> Iterator[Concern]:
    """Whose it is, where somebody else closed it; who answered; who commented."""
    yield Concern(_exchange(act).opener_id, "yours")
    responses = Response.objects.filter(exchange=act.subject).everywhere(WHY)
    yield from (Concern(author, "answered") for author in _authors(responses.answers()))
    yield from (Concern(author, "takes_part") for author in _authors(responses))


def _thanked(act: Act) -> Iterator[Concern]:
    """Whose answer it is, unless it was taken back meanwhile."""
    given = Thanks.objects.filter(response=act.object, person=act.actor).select_related("response").everywhere(WHY)
    yield from (Concern(one.response.author_id, "answered") for one in given)


def _authors(responses: Any) -> Any:
    return responses.order_by().values_list("author", flat=True).distinct()


def _linked(act: Act) -> Iterator[Concern]:
    yield Concern(_exchange(act).opener_id, "yours")


def _exchange(act: Act) -> Exchange:
    return Exchange.objects.everywhere(WHY).get(pk=act.subject)


def _at_words(notice: Told, named: Named) -> str:
    return named.href if notice.object == notice.thread else _at_response(notice, named)


def _at_response(notice: Told, named: Named) -> str:
    return reverse("response", args=[named.community.slug, notice.thread, notice.object])


def _quoted(person: Any, responses: Sequence[str]) -> Mapping[str, str]:
    """As it is now, where they may read it: the exchange's own door."""
    return dict(Response.objects.visible_to(person).filter(pk__in=responses).values_list("pk", "html"))


def _quoted_words(person: Any, words: Sequence[str]) -> Mapping[str, str]:
    return {**_quoted(person, words), **_quoted_exchanges(person, words)}


def _quoted_exchanges(person: Any, exchanges: Sequence[str]) -> Mapping[str, str]:
    return dict(Exchange.objects.visible_to(person).filter(pk__in=exchanges).values_list("pk", "html"))


OCCASIONS = (
    EXCHANGE,
    THANKS,
    Occasion(
        name="mentioned", verbs=tuple(verb for verb, _kind in MENTIONS), thread="exchange",
        what=_("%(who)s mentioned you"), is_one=_mentions_somebody, concerns=_mentioned,
        because={"mentioned": MENTIONED}, href=_at_words, quoted=_quoted_words,
    ),
    Occasion(
        name="said_hello", verbs=("exchange.opened",), thread="exchange",
        what=_("%(who)s is new here, and tells something first"),
        is_one=_is_a_hello, concerns=welcoming_or_tending, because=WELCOMES | FACILITATES, quoted=_quoted_exchanges,
    ),
    Occasion(
        name="asked", verbs=("exchange.opened",), thread="exchange", what=_("%(who)s began it"),
        followed=True, quoted=_quoted_exchanges,
    ),
    Occasion(
        name="answered", verbs=("exchange.responded",), thread="exchange", what=_("%(who)s answered"),
        concerns=_answered, because={"asked": ASKED, "yours": YOURS}, href=_at_response,
        followed=True, is_one=_is_answer, quoted=_quoted,
    ),
    Occasion(
        name="commented", verbs=("exchange.responded",), thread="exchange", what=_("%(who)s commented"),
        concerns=_commented, because={"answered": ANSWERED, "yours": YOURS, "takes_part": TAKES_PART},
        href=_at_response, followed=True, is_one=_is_comment, quoted=_quoted,
    ),
    Occasion(
        name="helped", verbs=("exchange.confirmed",), thread="exchange", what=_("%(who)s says that it helped"),
        concerns=_confirmed, because={"answered": ANSWERED, "yours": YOURS}, followed=True,
    ),
    Occasion(
        name="thanked", verbs=("response.thanked",), undone_by=("response.thanks_withdrawn",), thread="thanks",
        what=_("%(who)s thanked you"), concerns=_thanked, because={"answered": ANSWERED}, href=_at_response,
        gathered=True, quoted=_quoted,
    ),
    Occasion(
        name="closed", verbs=("exchange.closed",), thread="exchange", what=_("%(who)s closed it"),
        concerns=_closed, because={"yours": YOURS, "answered": ANSWERED, "takes_part": TAKES_PART}, followed=True,
    ),
    Occasion(
        name="linked", verbs=("exchange.linked",), thread="exchange", what=_("%(who)s linked another exchange"),
        concerns=_linked, because={"yours": YOURS}, followed=True,
    ),
)  # fmt: skip
