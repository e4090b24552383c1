"""What happened that concerns a person, grouped by thread: only what they may read now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Subquery

from commonplace.communities.contributions import of_name
from commonplace.communities.models import Community, Membership
from commonplace.communities.models.person import person_shown
from commonplace.communities.occasions import Named, Occasion, Thread
from commonplace.corresponding import threads
from commonplace.corresponding.concerned import because_of
from commonplace.corresponding.models import Notice
from commonplace.externalizing.models import Topic
from commonplace.ledger import clock
from commonplace.ledger.reading import READER, Place, Reading

MOST = 200
WHY = "whoever follows a topic is told by its name"


@dataclass(frozen=True, slots=True)
class Line:
    """One notice in words: what happened, why its reader is told, where it leads."""

    notice: Notice
    what: str
    because: str
    href: str

    @property
    def at(self) -> datetime:
        return self.notice.at


@dataclass(frozen=True, slots=True)
class Group:
    """A thread, and what happened in it, newest first."""

    thread: Thread
    id: str
    named: Named
    lines: Sequence[Line]

    @property
    def community(self) -> Community:
        return self.named.community

    @property
    def is_of_place(self) -> bool:
        """Of the community itself, and called as it is."""
        return self.named.title == self.community.title


def unread(person: Any) -> list[Group]:
    """Newest first, of the MOST newest notices. What may not be read any more is put away, and counted no more."""
    notices = UNREAD.rows(reader=person)
    shown = groups(person, notices)
    seen = {line.notice.pk for group in shown for line in group.lines}
    if unseen := [notice.pk for notice in notices if notice.pk not in seen]:
        Notice.objects.filter(pk__in=unseen).everywhere("one's own marks").update(put_away_at=clock.now())
    return shown


def put_away(person: Any) -> list[Group]:
    return groups(person, PUT_AWAY.rows(reader=person))


def groups(person: Any, notices: Sequence[Notice]) -> list[Group]:
    """Of notices, newest first; without what this person may not read now."""
    by_thread: dict[tuple[str, str], list[Notice]] = defaultdict(list)
    for notice in notices:
        by_thread[notice.thread_kind, notice.thread].append(notice)
    named = threads.named(person, by_thread)
    made = (_group(key, named[key], ones) for key, ones in by_thread.items() if key in named)
    return [group for group in made if group.lines]


def _group(key: tuple[str, str], named: Named, notices: Iterable[Notice]) -> Group:
    kind, thread = key
    return Group(threads.by_name()[kind], thread, named, list(lines(named, notices)))


def lines(named: Named, notices: Iterable[Any]) -> Iterator[Line]:
    """Of notices with their actor and topic (`of(person)`)."""
    for notice in notices:
        if occasion := of_name(Occasion, notice.occasion):
            why = because_of(occasion, notice.because).words % {"about": notice.topic or notice.about}
            yield Line(notice, occasion.what % {"who": notice.who}, why, occasion.href(notice, named))


def of(person: Any) -> Any:
    """All that this person is told, newest first, with what puts it into words."""
    rows = (
        Notice.objects.visible_to(person).select_related("actor").annotate(topic=_topic(), is_shared=_is_shared(person))
    )
    return rows.only(*SHOWN, *person_shown("actor")).order_by("-at", "-pk")


def _is_shared(person: Any) -> Any:
    """Whether this person is a member where it happened, as one who may see people."""
    mine = Membership.objects.current().filter(community=OuterRef("community"), person=person.pk)
    return Exists(mine.everywhere("whether names are shown is asked of one's own place"))


def _topic() -> Any:
    """The name of the topic that one is told for, as it is now."""
    return Subquery(Topic.objects.filter(pk=OuterRef("about")).everywhere(WHY).values("name")[:1])


SHOWN = ("occasion", "because", "about", "object", "thread_kind", "thread", "at", "put_away_at", "actor", "community")
UNREAD: Reading[Notice] = Reading(lambda: of(READER).filter(put_away_at=None)[:MOST])
IN_A_LETTER: Reading[Notice] = Reading(lambda: of(READER).filter(put_away_at=None, letter=Place("letter"))[:MOST])
PUT_AWAY: Reading[Notice] = Reading(lambda: of(READER).exclude(put_away_at=None)[:MOST])
