"""The metrics of the cycle."""

from commonplace.measuring.metrics import agreement, exchange, funnel, uptake
from commonplace.measuring.metrics.registry import DECLARED, Metric

DECLARING = (exchange, agreement, uptake, funnel)
READING_ORDER = (
    *("X2", "X3", "X4", "O4.from_distil", "O4.from_propose", "N3"),
    *("C1.resolved", "C1.item", "C1.accepted", "C1.applied", "C1.embedded"),
)
METRICS = tuple(DECLARED[name] for name in READING_ORDER)

__all__ = ["DECLARED", "METRICS", "Metric"]
