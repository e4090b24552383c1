"""What the rule does by itself, no person did: the actor of what the worker records at a deadline."""

from typing import Any

from commonplace.ledger.rules import Condition, about


class Worker:
    """Has no id, no unit, no language and no rights but those of `by_the_worker`. There is one: WORKER."""

    pk = ""
    is_authenticated = is_active = True
    is_operator = is_bot = False


WORKER = Worker()
by_the_worker: Condition[Any, Any] = about(lambda person: person is WORKER)
