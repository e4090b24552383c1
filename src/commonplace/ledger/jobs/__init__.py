"""What is done later, once: written in the transaction that asks for it, removed in the transaction of what it does."""

from commonplace.ledger.children import in_child
from commonplace.ledger.jobs.backlog import findings
from commonplace.ledger.jobs.kinds import job
from commonplace.ledger.jobs.queue import enqueue, enqueue_many
from commonplace.ledger.jobs.running import run, run_due
from commonplace.ledger.jobs.schedules import daily, every

__all__ = ["daily", "enqueue", "enqueue_many", "every", "findings", "in_child", "job", "run", "run_due"]
