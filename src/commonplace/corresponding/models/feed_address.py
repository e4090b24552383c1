"""Where somebody's feeds are read without signing in: by a secret address, of which only a digest is kept."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from commonplace.communities.models import Person
from commonplace.communities.secrets import digest, has_digest
from commonplace.ledger import clock


class FeedAddressQuerySet(models.QuerySet["FeedAddress"]):
    def in_force(self) -> FeedAddressQuerySet:
        """Those that were made since a password was set: whoever takes a way in away takes this one away as well."""
        since = Q(person__password_set_at=None) | Q(made_at__gte=F("person__password_set_at"))
        return self.exclude(digest=None).filter(since)

    def reader(self, secret: str) -> Person | None:
        """Whose it is, while they have a way in."""
        rows = self.in_force().filter(digest=digest(secret), person__is_active=True)
        row = rows.select_related("person").first()
        return row.person if row else None

    def of(self, person: Person) -> FeedAddress | None:
        return self.in_force().filter(person=person.pk).first()

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
