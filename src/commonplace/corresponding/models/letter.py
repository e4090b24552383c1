"""A letter that is owed: to whom and since when, never what it says, which is read from its rows when it is sent."""

from __future__ import annotations

from datetime import datetime

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Person
from commonplace.ledger import clock
from commonplace.ledger.ids import PublicId


class LetterKind(models.TextChoices):
    """In this order they go."""

    AT_ONCE = "at_once", _("At once")
    DIGEST = "digest", _("Digest")


class Ended(models.TextChoices):
    """How a letter ended that nobody got."""

    ADDRESS = "address", _("the address does not take letters")
    LETTER = "letter", _("the mail server refused it")
    TRIES = "tries", _("it was tried often enough")


WAITS = Q(sent_at=None, ended="")


class LetterQuerySet(models.QuerySet["Letter"]):
    def waiting(self) -> LetterQuerySet:
        return self.filter(WAITS)

    def due(self) -> LetterQuerySet:
        return self.waiting().filter(due_at__lte=clock.now())

    def to_come(self) -> LetterQuerySet:
        """Digests that nobody has claimed yet: when they go can be said anew."""
        return self.waiting().filter(kind=LetterKind.DIGEST, begun_at=None, tries=0)

    def held(self, letter: Letter) -> LetterQuerySet:
        """The row, if it is still as it was claimed; nothing once somebody else has it."""
        return self.waiting().filter(pk=letter.pk, due_at=letter.due_at)

    def claim(self, until: datetime, most: int) -> list[Letter]:
        """Out of everybody else's sight until that moment; their try is counted already."""
        with transaction.atomic():
            due = self.due().order_by("kind", "due_at", "pk").select_for_update(skip_locked=True, no_key=True)
            ids = list(due.values_list("pk", flat=True)[:most])
            self.filter(pk__in=ids).update(due_at=until, tries=F("tries") + 1)
        return list(self.filter(pk__in=ids).select_related("person").order_by("kind", "pk"))


class Letter(models.Model):
    """`due_at` is also where a lease ends; `begun_at`: what stands in it is settled, by the notices that name it."""

    OUTSIDE_ACTS = "bookkeeping of letters: what they tell was done by acts, and how somebody wants them is theirs"

    id = PublicId()
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=8, choices=LetterKind.choices)
    message_id = models.CharField(max_length=300, blank=True)
    due_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    ended = models.CharField(max_length=8, choices=Ended.choices, blank=True)
    ended_at = models.DateTimeField(null=True)

    objects = models.Manager.from_queryset(LetterQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(kind=LetterKind.DIGEST, begun_at=None) & WAITS,
                name="one_digest_to_come",
                violation_error_message=_("A digest is on its way already."),
            )
        ]
        indexes = [
            models.Index(fields=["kind", "due_at"], condition=WAITS, name="letters_due"),
            models.Index(fields=["person"], name="letters_of_a_person"),
        ]

    PERSONAL = ("person", "kind", "message_id", "due_at", "begun_at", "sent_at", "ended", "ended_at")
    IMPERSONAL = ("id", "tries")
