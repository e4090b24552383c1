"""What was said in an exchange, a page at a time: some answers, and under each the first comments."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse

from commonplace.communities.models.person import person_shown
from commonplace.communities.paging import Listing, Page
from commonplace.externalizing.models import Confirmation, Exchange, Response, ResponseKind
from commonplace.externalizing.models.response import ResponseQuerySet
from commonplace.ledger.reading import Among, Place, Reading

ANSWERS, COMMENTS = 20, 10
IN_ORDER = ("pk",)
WHOLE = ""


@dataclass(frozen=True, slots=True)
class Thread:
    """`comments` by the answer they are on, WHOLE for the exchange; of those in `cut` there are more."""

    page: Page[Response]
    comments: Mapping[str, list[Response]]
    cut: frozenset[str]


def thread(exchange: Exchange, asked: Mapping[str, str]) -> Thread:
    page = ANSWERED.page(asked, exchange=exchange.pk)
    under: dict[str, list[Response]] = defaultdict(list)
    for comment in _comments(exchange, page):
        under[comment.comments_on_id or WHOLE].append(comment)
    answers: Iterable[Any] = page
    cut = {answer.pk for answer in answers if answer.limit} | {WHOLE for _ in under[WHOLE][COMMENTS:]}
    under[WHOLE] = under[WHOLE][:COMMENTS]
    return Thread(page, under, frozenset(cut))


def _of_it() -> ResponseQuerySet:
    rows = Response.objects.filter(exchange=Place("exchange"))
    return rows.everywhere("whoever sees the exchange sees what it holds")


def answers_of(exchange: Place) -> ResponseQuerySet:
    """With whom each helped."""
    rows = Response.objects.filter(exchange=exchange).everywhere("whoever sees the exchange sees what it holds")
    return rows.answers().shown().prefetch_related(_helping())


def _answers() -> ResponseQuerySet:
    return answers_of(Place("exchange")).with_limit(COMMENTS).with_readers()


def _helping() -> Any:
    rows = (
        Confirmation.objects.select_related("person")
        .order_by("pk")
        .only("response", "benefit", *person_shown("person"))
    )
    return Prefetch("confirmations", rows.everywhere("whoever sees the answer sees whom it helped"))


ANSWERED = Listing(_answers, ANSWERS, IN_ORDER)
ON_ANSWER = Listing(lambda: _of_it().comments(Place("on")).shown(), ANSWERS, IN_ORDER)
ON_WHOLE = Listing(lambda: _of_it().comments(None).shown(), ANSWERS, IN_ORDER)


def remarks(exchange: Exchange, on: str) -> tuple[list[Response], bool]:
    """The first comments on an answer, or on the exchange as a whole, and whether there are more."""
    rows = list(comments(exchange, on, {}))
    return rows[:COMMENTS], len(rows) > COMMENTS


def comments(exchange: Exchange, on: str, asked: Mapping[str, str]) -> Page[Response]:
    """All comments on an answer, or on the exchange as a whole, a page at a time."""
    if on:
        return ON_ANSWER.page(asked, exchange=exchange.pk, on=on)
    return ON_WHOLE.page(asked, exchange=exchange.pk)


def address(response: Response) -> str:
    """Where it stands: on a page of its exchange, or of all comments where there are many."""
    exchange, answer = response.exchange, response
    if response.kind == ResponseKind.COMMENT:
        siblings = exchange.responses.comments(response.comments_on_id)
        if _past(response, siblings, COMMENTS):
            here = reverse("comments", args=[exchange.community.slug, exchange.pk])
            return _at(here, response, on=response.comments_on_id or WHOLE, before=_past(response, siblings, ANSWERS))
        answer = response.comments_on or response
    before = _past(answer, exchange.responses.answers(), ANSWERS) if answer.kind == ResponseKind.ANSWER else ""
    return _at(exchange.get_absolute_url(), response, before=before)


def _comments(exchange: Exchange, page: Page[Response]) -> Iterable[Response]:
    """On these answers; and on the exchange itself, one too many if there are more, before the first of them."""
    if not exchange.course.comments:
        return ()
    answers: Iterable[Any] = page
    cut = [answer for answer in answers if answer.limit]
    places = {f"{name}{at}": value for at, one in enumerate(cut) for name, value in (("on", one.pk), ("to", one.limit))}
    uncut = [answer.pk for answer in answers if not answer.limit]
    return _near(len(cut), page.is_first).rows(exchange=exchange.pk, uncut=uncut, **places)


@cache
def _near(cut: int, whole: bool) -> Reading[Response]:
    return Reading(lambda: _near_rows(cut, whole))


def _near_rows(cut: int, whole: bool) -> Any:
    """Of as many answers as are `cut` short what comes before a limit, and all of the others; each part by an index."""
    shown = Response.objects.everywhere("of answers that were read").shown()
    parts = [shown.filter(comments_on=Place(f"on{at}"), pk__lt=Place(f"to{at}")) for at in range(cut)]
    if whole:
        first = _of_it().comments(None).order_by("pk").values("pk")[: COMMENTS + 1]
        parts.append(shown.filter(pk__in=first))
    return shown.filter(comments_on__in=Among("uncut")).union(*parts, all=True).order_by("pk")


def _past(response: Response, among: ResponseQuerySet, most: int) -> str:
    """If it is not one of the `most` first: what stands two before it, so that its page begins with the one between."""
    before = among.filter(pk__lt=response.pk).order_by("-pk").values_list("pk", flat=True)[:most]
    return before[1] if len(before) == most else ""


def _at(here: str, response: Response, **query: str) -> str:
    words = "&".join(f"{name}={value}" for name, value in query.items() if value)
    return f"{here}{'?' if words else ''}{words}#r-{response.pk}"
