"""The metrics of the cycle."""

from commonplace.measuring.metrics import agreement, brought, exchange, funnel, uptake
from commonplace.measuring.metrics.registry import DECLARED, Metric, Phase, in_reading_order

DECLARING = (exchange, agreement, uptake, funnel, brought)
METRICS = in_reading_order()

__all__ = ["DECLARED", "METRICS", "Metric", "Phase"]
