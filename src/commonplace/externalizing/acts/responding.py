"""T2: someone responds; and people mend their own words."""

from django.utils.translation import gettext as _

from commonplace.communities import policy
from commonplace.communities.models import Person
from commonplace.externalizing.evidence import Edited, Responded, Words
from commonplace.externalizing.models import Exchange, Response, ResponseKind, Revision
from commonplace.externalizing.policy import author
from commonplace.ledger import clock
from commonplace.ledger.act import Written, act
from commonplace.ledger.errors import NotPossible


@act("exchange.responded", who=policy.member, evidence=Responded, brought_by=policy.archivist)
def respond(actor: Person, exchange: Exchange, *, response: Response) -> Written[Response]:
    """Who: any member. Guard: none; a closed exchange may still be answered better. Effect: an answer or a comment."""
    response.exchange, response.author = exchange, actor
    response.save(force_insert=True)
    by_opener = actor.pk == exchange.opener_id
    return Written(response, Responded(kind=ResponseKind(response.kind), by_opener=by_opener))


def _says_something_else(actor: Person, words: Exchange | Response, *, body: str, title: str = "") -> None:
    if body == words.body and title == getattr(words, "title", ""):
        raise NotPossible(_("Nothing has changed in the text."))


@act("exchange.edited", who=author, evidence=Edited, guard=_says_something_else, brought_by=policy.archivist)
def edit(actor: Person, words: Exchange | Response, *, body: str, title: str = "") -> Written[Exchange | Response]:
    """Who: the author. Guard: something changed. Effect: the new text is shown; the old one stays in its history."""
    _keep(words)
    words.body, words.body_format, words.edited_at = body, "markdown", clock.now()
    if isinstance(words, Exchange):
        words.title = title
    words.save()
    return Written(words, Edited(text=Words(type(words).__name__.lower())))


def _keep(words: Exchange | Response) -> None:
    owner = {"exchange": words} if isinstance(words, Exchange) else {"response": words}
    Revision.objects.create(body=words.body, body_format=words.body_format, title=getattr(words, "title", ""), **owner)
