"""What people are told, and how they want it: private marks, in no ledger."""

from commonplace.corresponding.models.feed_address import FeedAddress
from commonplace.corresponding.models.following import PERSON, TOPIC, Following, FollowingQuerySet
from commonplace.corresponding.models.letter import Ended, Letter, LetterKind, LetterQuerySet
from commonplace.corresponding.models.not_now import NotNow, NotNowQuerySet, WhyNot
from commonplace.corresponding.models.notice import Notice, NoticeQuerySet
from commonplace.corresponding.models.stopped import StoppedAddress, Why
from commonplace.corresponding.models.wish import DigestWish, How, LetterWish, Often

__all__ = [
    "PERSON",
    "TOPIC",
    "DigestWish",
    "Ended",
    "FeedAddress",
    "Following",
    "FollowingQuerySet",
    "How",
    "Letter",
    "LetterKind",
    "LetterQuerySet",
    "LetterWish",
    "NotNow",
    "NotNowQuerySet",
    "Notice",
    "NoticeQuerySet",
    "Often",
    "StoppedAddress",
    "Why",
    "WhyNot",
]
