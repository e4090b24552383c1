"""How a higher layer reacts: `@after(verb)` subscribers, run after commit, retried by the worker, idempotent by the act's id."""

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import F

from commonplace.ledger import clock
from commonplace.ledger.models import Act, Effect

log = logging.getLogger(__name__)
Subscriber = Callable[[Act], None]
SUBSCRIBERS: dict[str, Subscriber] = {}
BY_VERB: dict[str, list[str]] = {}
MOST_TRIES = 20
PATIENCE = timedelta(minutes=1)


def after(*verbs: str) -> Callable[[Subscriber], Subscriber]:
    """Run the function once for every such act, after it is committed."""

    def subscribe(function: Subscriber) -> Subscriber:
        name = f"{function.__module__}.{function.__qualname__}"
        SUBSCRIBERS[name] = function
        for verb in verbs:
            BY_VERB.setdefault(verb, []).append(name)
        return function

    return subscribe


def owe(acts: Sequence[Act]) -> None:
    """Note, in the acts' own transaction, who still has to hear of them."""
    for act in acts:
        names = BY_VERB.get(act.verb, [])
        owed = Effect.objects.bulk_create(
            Effect(act=act.id, subscriber=name, owed_since=clock.wall()) for name in names
        )
        for effect in owed:
            transaction.on_commit(lambda effect=effect, act=act: run(effect, act), robust=True)


def run(effect: Effect, act: Act) -> None:
    """Run one reaction; a failure is counted and left to the worker."""
    try:
        with transaction.atomic():
            if Effect.objects.filter(pk=effect.pk).delete()[0]:
                SUBSCRIBERS[effect.subscriber](act)
    except Exception:
        Effect.objects.filter(pk=effect.pk).update(tries=F("tries") + 1)
        log.exception("%s failed after act %s; it will be tried again.", effect.subscriber, act.id)


def run_leftovers() -> int:
    """What a crash or a failure left undone. Gives how many were tried."""
    owed = list(
        Effect.objects.filter(owed_since__lt=clock.wall() - PATIENCE, tries__lt=MOST_TRIES).order_by("pk")[:500]
    )
    acts = Act.objects.everywhere("effects are owed to whoever acted").in_bulk([effect.act for effect in owed])
    for effect in owed:
        if effect.subscriber in SUBSCRIBERS:
            run(effect, acts[effect.act])
    return len(owed)
