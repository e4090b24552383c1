"""How a higher layer reacts: `@after(verb)` subscribers, run as jobs once the act is committed."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from django.db import transaction

from commonplace.ledger import clock, jobs
from commonplace.ledger.jobs import leases
from commonplace.ledger.models import Act, Job

Subscriber = Callable[[Sequence[Act]], None]
MOST_ACTS = 1_000


@dataclass(frozen=True, slots=True)
class Subscription:
    """`at_once`: tried in the process that acted, right after its commit; the worker has it only if that fails."""

    name: str
    verbs: frozenset[str]
    react: Subscriber
    at_once: bool

    def to(self, acts: Sequence[Act]) -> Iterator[Job]:
        """The jobs that these acts ask for. One to be tried at once begins in our hands, under our lease."""
        ids = [act.pk for act in acts if act.verb in self.verbs]
        tries, due_at = (1, leases.end()) if self.at_once else (0, clock.now())
        for first in range(0, len(ids), MOST_ACTS):
            yield Job(name=self.name, args={"acts": ids[first : first + MOST_ACTS]}, tries=tries, due_at=due_at)


SUBSCRIPTIONS: list[Subscription] = []


def after(*verbs: str, name: str, at_once: bool = False, long: bool = False) -> Callable[[Subscriber], Subscriber]:
    """Call it with each such act, or with many out of an archive, once they are committed. The name must stay.

    `long`: not in one transaction, so that each act within it is tried again by itself.
    """

    def subscribe(react: Subscriber) -> Subscriber:
        jobs.job(name, long=long)(partial(_tell, react))
        SUBSCRIPTIONS.append(Subscription(name, frozenset(verbs), react, at_once))
        return react

    return subscribe


def owe(acts: Sequence[Act]) -> None:
    """Note, in the acts' own transaction and in one statement, who still has to hear of them."""
    owed = [(job, one.at_once) for one in SUBSCRIPTIONS for job in one.to(acts)]
    if owed:
        jobs.enqueue_many([job for job, _ in owed])
    for job, at_once in owed:
        if at_once:
            transaction.on_commit(partial(jobs.run, job), robust=True)


def _tell(react: Subscriber, acts: list[int]) -> None:
    """Those of them that are still there, as they happened."""
    happened = list(Act.objects.everywhere("a reaction is owed to whoever acted").filter(pk__in=acts).order_by("pk"))
    if happened:
        react(happened)
