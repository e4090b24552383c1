"""T2: someone responds."""

from django.utils.translation import gettext as _

from commonplace.communities import mentioning, policy
from commonplace.communities.models import Person
from commonplace.communities.texts import MARKDOWN
from commonplace.externalizing.acts.saying import must_say_something
from commonplace.externalizing.evidence import Responded
from commonplace.externalizing.models import Exchange, Response, ResponseKind
from commonplace.files.holding import hold
from commonplace.ledger import clock
from commonplace.ledger.act import Written, act
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.haste import must_not_be_twice

ANSWER = ResponseKind.ANSWER


def _belongs_here(actor: Person, exchange: Exchange, *, response: Response) -> None:
    must_say_something(response.body)
    on = response.comments_on
    if on and response.kind == ANSWER:
        raise NotPossible(_("An answer stands by itself; only a comment belongs to an answer."))
    if on and (on.exchange_id != exchange.pk or on.kind != ANSWER):
        raise NotPossible(_("Only an answer in this exchange can be commented on."))
    _must_not_be_said_twice(actor, exchange, response)


def _must_not_be_said_twice(actor: Person, exchange: Exchange, response: Response) -> None:
    same = {name: getattr(response, name) for name in ("kind", "comments_on", "body")}
    before = Response.objects.filter(author=actor, exchange=exchange, **same)
    must_not_be_twice(_("You have just said this: it is on the page of the exchange."), before, "responded_at")


@act("exchange.responded", who=policy.member, evidence=Responded, guard=_belongs_here, brought_by=policy.archivist)
def respond(actor: Person, exchange: Exchange, *, response: Response) -> Written[Response]:
    """Who: any member. Guard: a text; a comment on an answer, on one here; not the same twice.
    Effect: an answer or a comment; members whom it names by @ are told, files that it names are opened to readers.

    A closed exchange may still be answered better.
    """
    by_opener = actor.pk == exchange.opener_id
    first = response.kind == ANSWER and not by_opener and not answered(exchange)
    response.exchange, response.author, response.responded_at = exchange, actor, clock.now()
    response.body_format = MARKDOWN
    mentions = mentioning.mark(response, exchange.community, by=actor)
    response.save(force_insert=True)
    hold(response, exchange.community, actor, [response.body])
    kind = ResponseKind(response.kind)
    return Written(response, Responded(kind=kind, by_opener=by_opener, first=first, mentions=mentions))


def answered(exchange: Exchange) -> bool:
    return exchange.responses.filter(kind=ANSWER).exclude(author=exchange.opener_id).exists()
