"""What members say they may be asked about, and what their page shows of what they did."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from commonplace.communities import policy
from commonplace.communities.contributions import contributed, of_name
from commonplace.communities.evidence import KnownForSet
from commonplace.communities.models import AskedAbout, KnownFor, Membership, Person
from commonplace.communities.models.known_for import MOST_TOPICS, fingerprint_of
from commonplace.communities.portraits import Portrait
from commonplace.communities.subjects import Subjects
from commonplace.communities.wording import must_fit
from commonplace.ledger import clock
from commonplace.ledger.act import Written, act
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.rules import Rule, names
from commonplace.untrusted.visible import one_line

WHY = "what somebody says of themselves is theirs"
_themselves: Rule[Any, Membership] = Rule("the member themselves", policy.is_in & names("person"))


def _is_of_here(
    actor: Person,
    membership: Membership,
    *,
    words: str,
    topics: Sequence[str],
    shows: Sequence[str],
    seen: str | None = None,
) -> None:
    if membership.left_at is not None:
        raise NotPossible(_("This membership has ended."))
    must_fit(KnownFor(words=words), "words")
    if len(set(topics)) > MOST_TOPICS:
        raise NotPossible(_("At most %(most)s topics.") % {"most": MOST_TOPICS}, about="topics")
    if not set(topics) <= _subjects(actor, membership, topics):
        raise NotPossible(_("Choose among the topics of this community."), about="topics")
    if not all(of_name(Portrait, name) for name in shows):
        raise NotPossible(_("Choose among what a page can show."), about="shows")
    if seen is not None and _says_now(membership) not in ("", seen, fingerprint_of(one_line(words), topics, shows)):
        raise NotPossible(_("Your page was changed meanwhile. Compare it with yours, then save again."))


def _says_now(membership: Membership) -> str:
    here = KnownFor.objects.filter(community=membership.community, person=membership.person)
    return next((one.fingerprint for one in here.everywhere(WHY)), "")


def _subjects(actor: Person, membership: Membership, topics: Sequence[str]) -> set[str]:
    """Those of these ids that there are; of a topic that was merged its own id leads on."""
    kinds = (one.named(actor, membership.community, topics) for one in contributed(Subjects))
    return {pk for subjects in kinds for subject in subjects for pk in subject.ids}


def _nothing_yet(actor: Person, membership: Membership) -> dict[str, Any]:
    return {"words": "", "topics": (), "shows": ()}


@act("person.known_for_set", who=_themselves, evidence=KnownForSet, guard=_is_of_here, supposing=_nothing_yet)
def set_known_for(
    actor: Person,
    membership: Membership,
    *,
    words: str,
    topics: Sequence[str],
    shows: Sequence[str],
    seen: str | None = None,
) -> Written[KnownFor]:
    """Who: the member themselves. Guard: while they belong; up to eight topics of this community; it says what they
    saw, or nothing yet. Effect: their page here says what they may be asked about, and shows what they chose; members
    find them by it.

    `seen`: the fingerprint of what stood in their form, "" of nothing; None: whatever it says.
    """
    words, topics, shows = one_line(words), sorted(set(topics)), sorted(set(shows))
    row, _made = KnownFor.objects.everywhere(WHY).update_or_create(
        community=membership.community, person=actor, defaults={"words": words, "shows": shows, "set_at": clock.now()}
    )
    row.topics.exclude(topic__in=topics).delete()
    _add(row, set(topics) - set(row.topics.values_list("topic", flat=True)))
    return Written(row, KnownForSet(says=bool(words), under=len(topics), shows=len(shows)))


def _add(row: KnownFor, topics: Iterable[str]) -> None:
    AskedAbout.objects.bulk_create(AskedAbout(known_for=row, topic=topic) for topic in sorted(topics))


def is_known_no_more(community: str, person: str) -> None:
    """What somebody said of themselves goes with them."""
    KnownFor.objects.filter(community=community, person=person).everywhere(WHY).delete()
