"""What was said in an exchange, a page at a time: some answers, and under each the first comments."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from commonplace.communities.models.person import person_shown
from commonplace.communities.paging import Page, listed
from commonplace.externalizing.models import Confirmation, Exchange, Response, ResponseKind
from commonplace.externalizing.models.response import ResponseQuerySet
from commonplace.ledger.ids import LAST

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
    rows = exchange.responses.answers().shown().with_limit(COMMENTS)
    page = listed(rows.prefetch_related(_helping()), asked, ANSWERS, IN_ORDER)
    under: dict[str, list[Response]] = defaultdict(list)
    for comment in _comments(exchange, page):
        under[comment.comments_on_id or WHOLE].append(comment)
    answers: Iterable[Any] = page
    cut = {answer.pk for answer in answers if answer.limit} | {WHOLE for _ in under[WHOLE][COMMENTS:]}
    under[WHOLE] = under[WHOLE][:COMMENTS]
    return Thread(page, under, frozenset(cut))


def _helping() -> Any:
    rows = (
        Confirmation.objects.select_related("person")
        .order_by("pk")
        .only("response", "benefit", *person_shown("person"))
    )
    return Prefetch("confirmations", rows.everywhere("whoever sees the answer sees whom it helped"))


def comments(exchange: Exchange, on: str, asked: Mapping[str, str]) -> Page[Response]:
    """All comments on an answer, or on the exchange as a whole, a page at a time."""
    return listed(exchange.responses.comments(on or None).shown(), asked, ANSWERS, IN_ORDER)


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
    near = _on(page.rows)
    if page.is_first:
        whole = exchange.responses.comments(None).order_by("pk").values("pk")
        limit = Coalesce(Subquery(whole[COMMENTS + 1 : COMMENTS + 2]), Value(LAST))
        near |= Q(kind=ResponseKind.COMMENT, comments_on=None, pk__lt=limit)
    return exchange.responses.shown().filter(near).order_by("pk")


def _on(answers: Iterable[Any]) -> Q:
    """Of an answer with many comments those before its limit."""
    near = Q(comments_on__in=[answer.pk for answer in answers if not answer.limit])
    for answer in answers:
        if answer.limit:
            near |= Q(comments_on=answer.pk, pk__lt=answer.limit)
    return near


def _past(response: Response, among: ResponseQuerySet, most: int) -> str:
    """If it is not one of the `most` first: what stands two before it, so that its page begins with the one between."""
    before = among.filter(pk__lt=response.pk).order_by("-pk").values_list("pk", flat=True)[:most]
    return before[1] if len(before) == most else ""


def _at(here: str, response: Response, **query: str) -> str:
    words = "&".join(f"{name}={value}" for name, value in query.items() if value)
    return f"{here}{'?' if words else ''}{words}#r-{response.pk}"
