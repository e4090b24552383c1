"""Thanks for an answer, in one press, and taken back by another. The act names the answer, the row who thanked."""

from django.utils.translation import gettext as _

from commonplace.communities import policy
from commonplace.communities.models import Person
from commonplace.externalizing.models import Response, ResponseKind
from commonplace.externalizing.models.thanks import ONCE
from commonplace.ledger.act import Written, act
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.evidence import Nothing


def _can_be_thanked(actor: Person, response: Response) -> None:
    author = response.author
    if response.kind != ResponseKind.ANSWER:
        raise NotPossible(_("One thanks for an answer."))
    if author.pk == actor.pk:
        raise NotPossible(_("It is your own."))
    if author.is_unclaimed or not author.is_active or not policy.speaker.allows(author, response.exchange.community):
        raise NotPossible(_("Nobody is here who would read it."))
    if response.thanks.filter(person=actor).exists():
        raise NotPossible(str(ONCE))


@act("response.thanked", who=policy.speaker, evidence=Nothing, guard=_can_be_thanked)
def thank(actor: Person, response: Response) -> Written[Response]:
    """Who: a member, no bot. Guard: an answer by another member who can read it, once.
    Effect: its author is told; the two of them see it, nobody else does, and nothing counts it."""
    response.thanks.create(person=actor)
    return Written(response, Nothing())


def _has_thanked(actor: Person, response: Response) -> None:
    if not response.thanks.filter(person=actor).exists():
        raise NotPossible(_("You have not thanked for it."))


@act("response.thanks_withdrawn", who=policy.speaker, evidence=Nothing, guard=_has_thanked)
def take_thanks_back(actor: Person, response: Response) -> Written[Response]:
    """Who: a member, no bot. Guard: they have thanked for it. Effect: neither of the two sees it any more."""
    response.thanks.filter(person=actor).delete()
    return Written(response, Nothing())
