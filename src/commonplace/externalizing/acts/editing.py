"""People mend their own words."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from commonplace.communities import mentioning
from commonplace.communities.models import Person
from commonplace.communities.policy import archivist
from commonplace.externalizing.acts.saying import must_have_a_title, must_say_something
from commonplace.externalizing.evidence import Edited, Opened, Responded, Words
from commonplace.externalizing.models import Exchange, Response, Revision
from commonplace.externalizing.policy import author
from commonplace.files.holding import hold
from commonplace.ledger import clock
from commonplace.ledger.act import Written, act
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.locking import subject_of
from commonplace.ledger.models import Act

SAYS: Mapping[str, type[Opened | Responded | Edited]] = {
    "exchange.opened": Opened,
    "exchange.responded": Responded,
    "exchange.edited": Edited,
}


def _builds_on_what_it_says(
    actor: Person, words: Exchange | Response, *, body: str, title: str = "", seen: str
) -> None:
    must_say_something(body)
    if isinstance(words, Exchange):
        must_have_a_title(title)
    if seen != words.fingerprint:
        raise NotPossible(_("This text was changed meanwhile. Compare it with yours, then save again."))
    if body == words.body and (isinstance(words, Response) or title == words.title):
        raise NotPossible(_("Nothing has changed in the text."))


@act("exchange.edited", who=author, evidence=Edited, guard=_builds_on_what_it_says, brought_by=archivist)
def edit(
    actor: Person, words: Exchange | Response, *, body: str, title: str = "", seen: str
) -> Written[Exchange | Response]:
    """Who: the author. Guard: something changed, and it still says what the author saw.
    Effect: the new text is shown; the old one stays in its history; members whom it newly names by @ are told; it opens
    the files that it names now.

    `seen`: the fingerprint of the text that the author had before them. A response has no title.
    """
    _keep(words)
    before = words.body
    words.body, words.body_format, words.edited_at = body, "markdown", clock.now()
    if isinstance(words, Exchange):
        words.title = title
    mentions = mentioning.mark(words, words.community, by=actor)
    words.save()
    hold(words, words.community, actor, [body], was=[before])
    known = _mentioned_before(words) if mentions else set()
    new = [person for person in mentions if person not in known]
    return Written(words, Edited(text=Words(type(words).__name__.lower()), mentions=new))


def _mentioned_before(words: Exchange | Response) -> set[str]:
    acts = Act.objects.about(subject_of(words)).filter(object=words.pk, verb__in=SAYS)
    return {person for act in acts for person in SAYS[act.verb].of(act).mentions or ()}


def _keep(words: Exchange | Response) -> None:
    owner = {"exchange": words} if isinstance(words, Exchange) else {"response": words}
    Revision.objects.create(body=words.body, body_format=words.body_format, title=getattr(words, "title", ""), **owner)
