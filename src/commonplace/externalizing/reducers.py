"""The status of an exchange, folded from the ledger."""

from commonplace.externalizing.models import Exchange, Status
from commonplace.ledger.models import Act
from commonplace.ledger.replay import Reducer, State, reduces


def _status(folded: State, act: Act) -> None:
    before = folded.get(act.subject)
    if act.verb == "exchange.opened":
        folded[act.subject] = Status.OPEN
    elif act.verb == "exchange.confirmed":
        folded[act.subject] = Status.RESOLVED
    elif act.verb == "exchange.closed" and before != Status.RESOLVED:
        folded[act.subject] = Status.UNRESOLVED
    elif act.verb == "exchange.responded" and before == Status.OPEN and not act.evidence["by_opener"]:
        folded[act.subject] = Status.ANSWERED


def _statuses() -> State:
    return dict(Exchange.objects.everywhere("check").with_status().values_list("pk", "status"))


reduces(Reducer("exchange", _status, _statuses))
