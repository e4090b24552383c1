"""Where somebody's feeds are read without signing in: by a secret address, of which only a digest is kept."""

from __future__ import annotations

from django.db import models

from commonplace.communities.models import Person
from commonplace.communities.secrets import digest, has_digest
from commonplace.ledger import clock


class FeedAddressQuerySet(models.QuerySet["FeedAddress"]):
    def reader(self, secret: str) -> Person | None:
        """Whose it is, while they have a way in."""
        row = self.filter(digest=digest(secret), person__is_active=True).select_related("person").first()
        return row.person if row else None

    def of(self, person: Person) -> FeedAddress | None:
        return self.filter(person=person.pk).exclude(digest=None).first()

    def make(self, person: Person, secret: str) -> FeedAddress:
        """In place of the one before, which opens nothing from now on."""
        return self.update_or_create(
            person_id=person.pk, defaults={"digest": digest(secret), "made_at": clock.now()}
        )[0]  # fmt: skip

    def end(self, person: Person) -> None:
        self.filter(person=person.pk).update(digest=None)


class FeedAddress(models.Model):
    """One a person. `digest` None: ended; what stays is that the form which made it is not to make it again."""

    OUTSIDE_ACTS = "that somebody reads by a feed is a private mark, which no ledger holds"

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="+")
    digest = models.CharField(max_length=64, unique=True, null=True)
    made_at = models.DateTimeField(default=clock.now)

    objects = FeedAddressQuerySet.as_manager()

    PERSONAL = ("person", "digest", "made_at")
    IMPERSONAL = ()

    def opens_with(self, secret: str) -> bool:
        return self.digest is not None and has_digest(secret, self.digest)
