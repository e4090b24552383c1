"""What comes next of an exchange for its reader: it waits for an answer, or for a word on theirs; or it helped."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from commonplace.communities.contributions import Panel
from commonplace.communities.models import Community, Person
from commonplace.communities.policy import member
from commonplace.communities.way_on import Step, WayOn
from commonplace.externalizing.models import Exchange, Kind, Response, Status
from commonplace.externalizing.thread import Thread
from commonplace.ledger.once import once

ANSWER_FIELD = "response_body"


def way_on(me: Any, exchange: Exchange, thread: Thread, panels: Sequence[Panel]) -> WayOn | None:
    """For who belongs here. Of what helped a higher phase says what comes next."""
    if exchange.status == Status.OPEN and exchange.opener_id == me.pk:
        return _is_out(exchange)
    if exchange.status == Status.ANSWERED and any(answer.author_id == me.pk for answer in thread.page):
        words = _("Your answer is there. Whoever asked is told of it, and can say whether it helped.")
        return WayOn(words, (Step(_("What else waits for an answer"), _all_that_wait(exchange)),))
    return next((panel.way_on for panel in panels if panel.way_on), None)


def whom_it_owes(exchange: Exchange, thread: Thread | None = None) -> list[Person]:
    """Who wrote what helped, of what the page shows; else who opened what was taken up."""
    return once(("owes", exchange.pk), lambda: _whom_it_owes(exchange, list(thread.page) if thread else []))


def to_answer(me: Any, exchange: Exchange) -> Step | None:
    """The field for an answer, of what somebody else asked and nobody has answered."""
    waits = exchange.status == Status.OPEN and not exchange.course.over
    if not waits or exchange.course.opener_id == me.pk or not member.allows(me, exchange):
        return None
    return Step(_("Answer"), f"{exchange.get_absolute_url()}#{ANSWER_FIELD}")


def to_ask(community: Community, kind: Kind, title: str = "") -> str:
    """The form to ask or tell, begun."""
    return f"{reverse('ask', args=[community.slug])}?{urlencode({'kind': kind.value, 'title': title})}"


def _whom_it_owes(exchange: Exchange, answers: Sequence[Response]) -> list[Person]:
    helped = {answer.author_id: answer.author for answer in answers if answer.confirmations.all()}
    return list(helped.values()) or ([] if exchange.confirmer_is_the_opener() else [exchange.opener])


def _is_out(exchange: Exchange) -> WayOn:
    here = exchange.community.slug
    steps = [Step(_("What is here on this topic"), reverse("topic", args=[here, one.pk, one.slug]))
             for one in exchange.topics[:1]]  # fmt: skip
    look = Step(_("Look whether it is known already"), f"{reverse('search')}?{urlencode({'q': exchange.title})}")
    return WayOn(_("It is out. Nobody has answered yet."), (look, *steps))


def _all_that_wait(exchange: Exchange) -> str:
    return f"{reverse('exchanges', args=[exchange.community.slug])}?{urlencode({'status': Status.OPEN.value})}"
