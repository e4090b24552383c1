"""That an act concerns somebody, and why: what it says is read from its rows when it is shown or sent."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonplace.communities.models import Community, Person
from commonplace.corresponding.models.letter import Letter
from commonplace.corresponding.models.within import may_see, within
from commonplace.ledger.ids import LENGTH
from commonplace.ledger.scope import ScopedManager, ScopedQuerySet

LONGEST_NAME = 32


class NoticeQuerySet(ScopedQuerySet["Notice"]):
    def _visible_to(self, person: Any) -> NoticeQuerySet:
        """One's own; of communities that one is still within or, where it is about oneself, may see."""
        return self.filter(within(person) | (Q(own=True) & may_see(person)), person=person.pk)

    def unread(self) -> NoticeQuerySet:
        return self.filter(put_away_at=None)


class Notice(models.Model):
    """`act`: its number in the ledger, of which `actor` and `object` are copies, less than 0 of what time brought;
    `occasion`, `because`, `thread_kind`: names of what phases contribute; `thread`: the id under which it is grouped;
    `at_once`: not left to the digest; `own`: about who is told; `letter`: in
    which it was sent, or will be."""

    OUTSIDE_ACTS = "derived from acts; whether it was read is a private mark, which no ledger holds"

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    act = models.BigIntegerField()
    occasion = models.CharField(max_length=LONGEST_NAME)
    because = models.CharField(max_length=LONGEST_NAME)
    about = models.CharField(max_length=LENGTH, blank=True)
    actor = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    object = models.CharField(max_length=LENGTH, blank=True)
    thread_kind = models.CharField(max_length=LONGEST_NAME)
    thread = models.CharField(max_length=LENGTH)
    at = models.DateTimeField()
    at_once = models.BooleanField(default=False)
    own = models.BooleanField(default=False)
    put_away_at = models.DateTimeField(null=True)
    letter = models.ForeignKey(Letter, models.SET_NULL, null=True, related_name="+", db_index=False)

    objects = ScopedManager.from_queryset(NoticeQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["act", "person"],
                name="told_once_of_an_act",
                violation_error_message=gettext_lazy("This person is told of it already."),
            )
        ]
        indexes = [
            models.Index(fields=["person", "thread"], condition=Q(put_away_at=None), name="unread_notices"),
            models.Index(fields=["person", "at"], name="notices_of_a_person"),
            models.Index(fields=["letter"], condition=Q(letter__isnull=False), name="notices_in_a_letter"),
        ]

    COMMUNITY = "community"
    PERSONAL = ("person", "because", "about", "put_away_at", "at_once")
    # Who acted is the act's: in their own data, notices of it would tell who follows them and who has muted them.
    IMPERSONAL = (
        "id", "community", "act", "actor", "occasion", "object", "thread_kind", "thread", "at", "own", "letter",
    )  # fmt: skip

    @property
    def subject(self) -> Community:
        return self.community

    @property
    def who(self) -> str:
        """Named to fellow members only: neither a sponsor nor a passer-by sees who belongs."""
        if not getattr(self, "is_shared", False):
            return _("Somebody")
        return self.actor.called if self.actor and self.actor.name else _("a former member")
