"""Each act that is an occasion becomes a notice for each whom it concerns: in a job, once."""

from collections.abc import Sequence
from datetime import timedelta

from commonplace.corresponding.concerned import notices, undoing, verbs
from commonplace.corresponding.gathering import first_of_its_thread
from commonplace.corresponding.inserting import insert
from commonplace.corresponding.letters import deciding
from commonplace.corresponding.models import Notice
from commonplace.ledger import clock
from commonplace.ledger.effects import after
from commonplace.ledger.models import Act

NEWS = timedelta(days=31)


@after(*verbs(), name="corresponding.occasions")
def note(acts: Sequence[Act]) -> None:
    """Told once of an act: a second run writes nothing more. What happened longer ago than NEWS is news to nobody:
    a worker stood still for so long, or an example was played through just now."""
    since = clock.now() - NEWS
    write([notice for act in acts if act.happened_at > since for notice in notices(act)])


def write(rows: Sequence[Notice]) -> None:
    """But for what is gathered, and waits to be read already."""
    insert(first_of_its_thread(rows))
    if rows:
        deciding.ask({row.act for row in rows})


@after(*undoing(), name="corresponding.undone")
def forget(acts: Sequence[Act]) -> None:
    """Of what was taken back, whoever was to read it is told no more; what went by letter stays."""
    for act in acts:
        notices = Notice.objects.filter(occasion__in=undoing()[act.verb], actor=act.actor, object=act.object)
        notices.unread().filter(letter=None).everywhere("what was taken back concerns nobody").delete()
