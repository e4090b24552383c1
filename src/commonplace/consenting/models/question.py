"""What was not clear before people took a stance, and what was answered."""

from __future__ import annotations

from typing import Any

from django.db import models

from commonplace.communities.models import Person
from commonplace.consenting.lengths import LONGEST_PART
from commonplace.consenting.models.proposal import InRound, Proposal
from commonplace.consenting.models.reading import RoundPartQuerySet
from commonplace.ledger import clock
from commonplace.ledger.ids import PublicId
from commonplace.ledger.scope import ScopedManager, ScopedQuerySet


class Question(InRound):
    """`words`: those of the text that it points at. `for_another`: asked by a facilitator for somebody unnamed."""

    id = PublicId()
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="questions")
    number = models.PositiveSmallIntegerField()
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    for_another = models.BooleanField(default=False)
    words = models.CharField(max_length=300, blank=True)
    text = models.TextField(max_length=LONGEST_PART)
    asked_at = models.DateTimeField(default=clock.now)

    objects = ScopedManager.from_queryset(RoundPartQuerySet)()

    PERSONAL = ("asked_by", "words", "text")
    IMPERSONAL = ("id", "proposal", "number", "for_another", "asked_at")


class Answer(models.Model):
    id = PublicId()
    question = models.ForeignKey(Question, models.CASCADE, related_name="answers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    text = models.TextField(max_length=LONGEST_PART)
    said_at = models.DateTimeField(default=clock.now)

    objects = ScopedManager.from_queryset(ScopedQuerySet)()

    COMMUNITY = "question__proposal__community"
    PERSONAL = ("person", "text")
    IMPERSONAL = ("id", "question", "said_at")

    @property
    def subject(self) -> Any:
        return self.question.proposal.subject
