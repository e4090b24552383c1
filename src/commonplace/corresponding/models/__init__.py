"""What people are told, and how they want it: private marks, in no ledger."""

from commonplace.corresponding.models.notice import Notice, NoticeQuerySet

__all__ = ["Notice", "NoticeQuerySet"]
