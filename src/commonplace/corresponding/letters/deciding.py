"""Which notices get a letter at once, and who has a digest to come: owed in the transaction that decides it, and only
to an address that somebody vouches for."""

from collections.abc import Iterable, Sequence

from django.conf import settings

from commonplace.communities import addresses
from commonplace.corresponding.letters import digests, wishes
from commonplace.corresponding.letters.place import message_id
from commonplace.corresponding.models import How, Letter, LetterKind, Notice
from commonplace.ledger import clock, jobs
from commonplace.ledger.effects import after
from commonplace.ledger.models import Act

WHY = "whoever is told of an act is owed a letter"
AT_A_TIME = 500
NAME, SEND, NOW = "corresponding.letters", "corresponding.send", "corresponding.send now"


def ask(acts: Iterable[int]) -> None:
    """In the transaction that wrote notices of these acts. Where no mail is sent nothing is owed."""
    if settings.MAIL:
        jobs.enqueue(NAME, acts=sorted(acts))


@jobs.job(NAME)
def decide(acts: list[int]) -> None:
    """What goes into a digest at this moment is left to it."""
    rows = Notice.objects.filter(act__in=acts, letter=None).unread().everywhere(WHY)
    reached = rows.filter(person__in=addresses.vouched_for())
    held = reached.select_for_update(no_key=True).order_by("pk")
    notices = list(held.only("person", "community", "thread_kind", "at_once"))
    chosen = wishes.of_all({one.person_id for one in notices})
    wanted = [(one, wishes.how(chosen, one)) for one in notices]
    at_once = [one for one, how in wanted if one.at_once and how == How.AT_ONCE]
    _owe_at_once(at_once)
    beside = set(at_once)
    digests.owe({one.person_id for one, how in wanted if how != How.NOT and one not in beside})


def _owe_at_once(notices: Sequence[Notice]) -> None:
    now = clock.now()
    for notice in notices:
        notice.letter = Letter(person_id=notice.person_id, kind=LetterKind.AT_ONCE, due_at=now, begun_at=now)
        notice.letter.message_id = message_id(notice.letter)
    if notices:
        Letter.objects.bulk_create([one.letter for one in notices if one.letter], batch_size=AT_A_TIME)
        Notice.objects.everywhere(WHY).bulk_update(notices, ["letter"], batch_size=AT_A_TIME)
        jobs.enqueue(SEND, key=NOW)


@after("person.profile_edited", name="corresponding.clocks")
def _by_other_clocks(acts: Sequence[Act]) -> None:
    """Whoever has moved has their hour there."""
    people = [act.subject for act in acts]
    moved = set(Letter.objects.to_come().filter(person__in=people).values_list("person", flat=True))
    if moved and settings.MAIL:
        digests.plan(sorted(moved))
