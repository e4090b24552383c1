"""What waits for this person: each is one thing to do, with its address."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from commonplace.communities.models import JoinRequest
from commonplace.externalizing.models import Exchange, Status
from commonplace.objectifying.models import Challenge, Excerpt, Proposal
from commonplace.steering.models import CardRound
from commonplace.web.jinja import localdate

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Need:
    phase: str
    what: str
    title: str
    href: str
    since: datetime
    detail: str = ""


def needs(person: Any) -> list[Need]:
    """Oldest first: who has waited longest comes first."""
    return sorted((need for kind in KINDS for need in kind(person)), key=lambda need: need.since)


def join_requests(person: Any) -> Iterator[Need]:
    waiting = JoinRequest.objects.visible_to(person).waiting().exclude(person=person.pk)
    for asked in waiting.select_related("community", "person")[:SHOWN]:
        what = _("%(name)s asks to join") % {"name": asked.person.name}
        yield Need("", what, asked.community.title, asked.community.get_absolute_url() + "#requests", asked.asked_at)


def own_exchanges(person: Any) -> Iterator[Need]:
    """Answered ones wait for me to say whether it helped; unanswered ones may want more words."""
    mine = Exchange.objects.visible_to(person).unfinished().filter(opener=person.pk)
    exchange: Any
    for exchange in mine.select_related("community").order_by("opened_at")[:SHOWN]:
        if exchange.status == Status.OPEN:
            what = _("Nobody has answered yet")
        elif exchange.confirmer_is_the_opener():
            what = _("Did it help?")
        else:
            continue
        yield Need("ext", what, exchange.title, exchange.get_absolute_url(), exchange.opened_at)


def open_rounds(person: Any) -> Iterator[Need]:
    for proposal in Proposal.objects.visible_to(person).open_for(person).select_related("practice__community")[:SHOWN]:
        closes = _("closes %(when)s") % {"when": localdate(proposal.closes_at)}
        yield Need(
            "obj",
            _("Where do you stand?"),
            proposal.practice.title,
            proposal.get_absolute_url(),
            proposal.opened_at,
            closes,
        )


def open_card_rounds(person: Any) -> Iterator[Need]:
    for row in (
        CardRound.objects.visible_to(person).open_for(person).select_related("card__objective__community")[:SHOWN]
    ):
        closes = _("closes %(when)s") % {"when": localdate(row.closes_at)}
        yield Need("obj", _("Where do you stand?"), row.card.statement, row.get_absolute_url(), row.opened_at, closes)


def quoted_words(person: Any) -> Iterator[Need]:
    mine = Excerpt.objects.visible_to(person).refusable_by(person)
    for excerpt in mine.select_related("practice__community").defer("body", "html")[:SHOWN]:
        until = _("until %(when)s you may refuse") % {"when": localdate(excerpt.refusable_until)}
        yield Need(
            "obj", _("Your words are quoted"), excerpt.practice.title, _words_of(excerpt), excerpt.quoted_at, until
        )


def _words_of(excerpt: Excerpt) -> str:
    return reverse("practice_words", args=[excerpt.practice.community.slug, excerpt.practice_id])


def challenges(person: Any) -> Iterator[Need]:
    """On practices in this person's care."""
    stewarded = Challenge.objects.visible_to(person).open().filter(practice__steward=person.pk)
    for challenge in stewarded.select_related("practice__community")[:SHOWN]:
        yield Need(
            "red", _("Challenged"), challenge.practice.title, challenge.practice.get_absolute_url(), challenge.raised_at
        )


KINDS = [join_requests, own_exchanges, open_rounds, open_card_rounds, quoted_words, challenges]
