"""From when on, and until when, each origin of acts, here or an archive, tells what metrics ask."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

import ibis
import ibis.expr.types as ir

from commonplace.ledger.models import HERE
from commonplace.measuring.engines import rows
from commonplace.measuring.sources import BOT_SET, Source, done

Firsts = Mapping[str, Mapping[str, datetime]]
"""Of each origin, and there of each verb, when the first such act happened."""


def told_from(firsts: Firsts, reads: Iterable[Source]) -> datetime | None:
    """From when on the ledger of a community can tell acts of all these; None: so far it cannot.

    What is done here, from the first act here on. An archive tells a verb from its first such act on; what it never
    tells can still be done here with what it brought (an exchange distilled, a practice used), so from the first act
    here on. Where archives tell some of the verbs, each must tell all, or an exchange of one would seem unanswered
    because nobody wrote its answers down; else it is the first act here that counts.
    """
    verbs = {source.verb for source in reads}
    here = min(firsts.get(HERE, {}).values(), default=None)
    others = [first for origin, first in firsts.items() if origin != HERE]
    archives = [{verb: first.get(verb, here) for verb in verbs} for first in others if first.keys() & verbs]
    moments = [moment for archive in archives for moment in archive.values()] or [here]
    known = [moment for moment in moments if moment is not None]
    return max(known) if len(known) == len(moments) else None


def known_until(acts: ir.Table, of: ir.Table, seen: datetime) -> ir.Table:
    """Of each act, until when its origin tells what became of it: an archive up to its last act, here up to `seen`.

    `of`: all acts, so that the last ones count whatever their verbs and however late.
    """
    brought = of.filter(of.origin != HERE, done(of))
    ends = brought.group_by(brought_by="origin").aggregate(end=brought.happened_at.max())
    joined = acts.left_join(ends, acts.origin == ends.brought_by)
    return joined.mutate(known_until=ibis.least(joined.end.fill_null(seen), seen)).drop("brought_by", "end")


def firsts_of(acts: ir.Table) -> Firsts:
    firsts: dict[str, dict[str, datetime]] = defaultdict(dict)
    theirs = acts.filter(acts.verb != BOT_SET.verb)
    for row in rows(theirs.group_by("origin", "verb").aggregate(first=theirs.happened_at.min())):
        firsts[row["origin"]][row["verb"]] = row["first"]
    return firsts
