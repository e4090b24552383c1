"""What people are told, and how they want it: private marks, in no ledger."""

from commonplace.corresponding.models.following import PERSON, TOPIC, Following, FollowingQuerySet
from commonplace.corresponding.models.notice import Notice, NoticeQuerySet

__all__ = ["PERSON", "TOPIC", "Following", "FollowingQuerySet", "Notice", "NoticeQuerySet"]
