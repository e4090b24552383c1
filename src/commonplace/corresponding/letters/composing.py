"""What a letter says, read when it is sent, as its reader may read it at that moment; nothing of what they may not."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from commonplace.communities import addresses
from commonplace.communities.contributions import of_name
from commonplace.communities.models import Person
from commonplace.communities.occasions import Occasion
from commonplace.corresponding import centre
from commonplace.corresponding.centre import Group, Line
from commonplace.corresponding.followers import BECAUSE
from commonplace.corresponding.letters import wishes
from commonplace.corresponding.models import TOPIC, How, Letter, LetterKind, Notice, StoppedAddress
from commonplace.corresponding.quotable import quotable
from commonplace.ledger import clock
from commonplace.ledger.once import a_page

LATELY = timedelta(days=31)
UNNAMED = {BECAUSE[TOPIC]: "follows"}
WHY = "of one's own notices these go into one's own letter"


@dataclass(frozen=True, slots=True)
class Said:
    """What stands in a letter. `quoted`: of the one line of a letter at once, the HTML of what was said, if any."""

    letter: Letter
    groups: Sequence[Group]
    quoted: str = ""

    @property
    def is_digest(self) -> bool:
        return self.letter.kind == LetterKind.DIGEST


def said_in(letter: Letter) -> Said | None:
    """Nothing if nobody may get it any more, or there is nothing left to say."""
    if not may_get_letters(letter.person):
        return None
    with a_page():
        groups = list(centre.groups(letter.person, _wanted(letter)))
        if not groups:
            return None
        whole = quotable({group.community.pk for group in groups})
        groups = [group if group.community.pk in whole else _outside(group) for group in groups]
        says_words = letter.kind != LetterKind.DIGEST and groups[0].community.pk in whole
        return Said(letter, groups, _quoted(letter.person, groups[0]) if says_words else "")


def may_get_letters(person: Person) -> bool:
    """In one statement: it is asked of each letter."""
    stopped = StoppedAddress.objects.filter(person=OuterRef("pk"), address=OuterRef("email"))
    able = addresses.vouched_for().filter(pk=person.pk, is_active=True, is_bot=False)
    return able.exclude(Exists(stopped)).exists()


def settle(letters: Sequence[Letter]) -> None:
    """What is unread by now stands in these digests, what comes later in the next ones. In one go: a disk is slow."""
    since, now = clock.now() - LATELY, clock.now()
    begun = [letter for letter in letters if letter.begun_at is None]
    with transaction.atomic():
        for letter in begun:
            mine = Notice.objects.filter(person=letter.person_id, letter=None, at__gte=since).unread()
            mine.everywhere(WHY).update(letter=letter)
        Letter.objects.filter(pk__in=[letter.pk for letter in begun]).update(begun_at=now)


def _wanted(letter: Letter) -> list[Notice]:
    """By what they want by now."""
    chosen = wishes.chosen_by(letter.person)
    rows = centre.IN_A_LETTER.rows(reader=letter.person, letter=letter.pk)
    return [row for row in rows if chosen.get((row.community_id, wishes.kind_of(row.thread_kind))) != How.NOT]


def _quoted(person: Person, group: Group) -> str:
    occasion = of_name(Occasion, group.lines[0].notice.occasion)
    if occasion is None or occasion.quoted is None:
        return ""
    thing = group.lines[0].notice.object
    return occasion.quoted(person, [thing]).get(thing, "")


def _outside(group: Group) -> Group:
    """Of what is not open, and whose charter does not say otherwise: nobody's name, and no topic's."""
    notices = [line.notice for line in group.lines]
    for notice in notices:
        notice.is_shared = False  # type: ignore[attr-defined]
        notice.because = UNNAMED.get(notice.because, notice.because)
    return replace(group, lines=list(centre.lines(group.named, notices)))


def first(groups: Sequence[Group]) -> Line:
    return groups[0].lines[0]
