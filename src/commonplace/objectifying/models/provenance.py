"""Where a practice comes from: its exchanges, whom to credit, and whose words were quoted."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Community, Person
from commonplace.communities.texts import Text
from commonplace.externalizing.models import Exchange, Response
from commonplace.ledger import clock
from commonplace.ledger.ids import PublicId
from commonplace.ledger.reading import now_for
from commonplace.ledger.scope import ScopedManager
from commonplace.objectifying.models.practice import Practice
from commonplace.objectifying.models.reading import PartQuerySet

NAMED_ONCE = _("Name each exchange, each quotation and each author once.")


class Source(models.Model):
    id = PublicId()
    practice = models.ForeignKey(Practice, models.CASCADE, related_name="sources")
    exchange = models.ForeignKey(Exchange, models.CASCADE, related_name="distilled_into")

    objects = ScopedManager.from_queryset(PartQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "exchange"], name="one_source_of_an_exchange", violation_error_message=NAMED_ONCE
            )
        ]

    PERSONAL = ()
    IMPERSONAL = ("id", "practice", "exchange")

    @property
    def subject(self) -> Practice:
        return self.practice


class CreditKind(models.TextChoices):
    AUTHOR = "author", _("author")
    CONTRIBUTOR = "contributor", _("contributor")
    SCRIBE = "scribe", _("scribe")


class CreditQuerySet(PartQuerySet["Credit"]):
    def authors(self) -> CreditQuerySet:
        return self.filter(kind=CreditKind.AUTHOR)

    def of_knowledge(self) -> CreditQuerySet:
        """Of those whose knowledge it is; who only wrote it down is left out."""
        return self.exclude(kind=CreditKind.SCRIBE)


class Credit(models.Model):
    """The authors' knowledge it is, contributors took part, a scribe wrote it down."""

    id = PublicId()
    practice = models.ForeignKey(Practice, models.CASCADE, related_name="credits")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=CreditKind.choices)

    objects = ScopedManager.from_queryset(CreditQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "person"], name="one_credit_of_a_person", violation_error_message=NAMED_ONCE
            )
        ]

    PERSONAL = ("person", "kind")
    IMPERSONAL = ("id", "practice")

    @property
    def subject(self) -> Practice:
        return self.practice


class ExcerptQuerySet(PartQuerySet["Excerpt"]):
    def of(self, person: Any) -> ExcerptQuerySet:
        """One's own words, wherever they were quoted."""
        return self.filter(person=person.pk)._in_scope()

    def refusable_by(self, person: Any) -> ExcerptQuerySet:
        """Words of this person that somebody else quoted, while they may still refuse them."""
        return (
            self.of(person)
            .filter(refused_at=None, refusable_until__gt=now_for(person))
            .exclude(practice__begun_by=person.pk)
        )


class Excerpt(Text):
    """Words out of an exchange, kept as they were. Refusing them blanks the words; the practice stays."""

    id = PublicId()
    practice = models.ForeignKey(Practice, models.CASCADE, related_name="excerpts")
    response = models.ForeignKey(Response, models.CASCADE, related_name="quoted_in")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    quoted_at = models.DateTimeField(default=clock.now)
    refusable_until = models.DateTimeField()
    refused_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.from_queryset(ExcerptQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "response"], name="one_excerpt_of_a_response", violation_error_message=NAMED_ONCE
            ),
            models.CheckConstraint(condition=Q(refused_at=None) | Q(body="", html=""), name="refused_words_are_gone"),
        ]

    COMMUNITY = "practice__community"
    PERSONAL = ("person", *Text.PERSONAL_TEXT)
    IMPERSONAL = ("id", "practice", "response", "quoted_at", "refusable_until", "refused_at", *Text.IMPERSONAL_TEXT)

    @property
    def subject(self) -> Practice:
        return self.practice

    @property
    def community(self) -> Community:
        return self.practice.community

    @property
    def is_refusable(self) -> bool:
        return self.refused_at is None and clock.now() < self.refusable_until
