"""What exchanges and topics have come to, folded from the ledger; and the same read from the rows."""

from commonplace.externalizing.reducers import exchanges, parts, topics

__all__ = ["exchanges", "parts", "topics"]
