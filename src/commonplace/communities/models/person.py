"""People. One who came with an archive is unclaimed: a name to credit, and no way in until someone claims it."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models.unit import Unit
from commonplace.ledger import clock
from commonplace.ledger.ids import PublicId
from commonplace.untrusted.scripts import isolated
from commonplace.untrusted.visible import folded


class PersonManager(BaseUserManager["Person"]):
    """Used by sign-in. Lists of people for readers come from memberships, which are scoped."""

    def accounts(self) -> models.QuerySet["Person"]:
        """People who can have a way in; not those who are only names in an archive."""
        return self.exclude(email=None)

    def with_bots(self) -> models.QuerySet["Person"]:
        """Accounts, and the bots that archives brought: what the operator's list begins with."""
        return self.filter(models.Q(email__isnull=False) | models.Q(is_bot=True))

    def namesake(self, name: str) -> int:
        """The number of one more person of this name, however it is spelled: with it two are told apart everywhere."""
        last = self.filter(folded=folded(name)).aggregate(last=models.Max("namesake"))["last"]
        return (last or 0) + 1

    def of_address(self, email: str) -> "Person | None":
        return self.filter(email=email.strip().lower()).first()

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email=(username or "").strip().lower())


SHOWN = ("name", "namesake", "picture", "is_bot", "origin")


def person_shown(way: str) -> tuple[str, ...]:
    """For only(): of people at the end of this way no more than a byline shows."""
    return tuple(f"{way}__{name}" for name in SHOWN)


class Person(AbstractBaseUser):
    id = PublicId()
    name = models.CharField(max_length=120)
    folded = models.TextField(editable=False)
    namesake = models.PositiveIntegerField(default=1)
    email = models.EmailField(null=True, blank=True)
    given_email = models.EmailField(blank=True, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="people")
    language = models.CharField(max_length=10, blank=True)
    time_zone = models.CharField(max_length=64, blank=True)
    picture = models.ImageField(upload_to="pictures", blank=True)
    password_set_at = models.DateTimeField(null=True, blank=True, editable=False)
    is_operator = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    is_bot = models.BooleanField(default=False)
    origin = models.CharField(max_length=120, blank=True)
    origin_url = models.URLField(max_length=400, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    OUTSIDE_ACTS = "the sign-in library writes credentials and the last sign-in"
    PERSONAL = (
        "id",
        "password",
        "password_set_at",
        "last_login",
        "name",
        "folded",
        "namesake",
        "email",
        "given_email",
        "unit",
        "language",
        "time_zone",
        "picture",
        "origin_url",
    )
    IMPERSONAL = ("is_operator", "is_active", "is_bot", "origin", "created_at")

    objects = PersonManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["email"],
                name="one_account_of_an_address",
                violation_error_message=_("Somebody here already has this address."),
            )
        ]
        indexes = [models.Index(fields=["folded", "namesake"], name="people_of_a_name")]

    def __str__(self) -> str:
        return self.known_as

    def get_full_name(self) -> str:
        return self.known_as

    @property
    def known_as(self) -> str:
        """The name, and the number of whoever bears it as the second: never an address, which is theirs alone."""
        return f"{self.name} ({self.namesake})" if self.namesake > 1 else self.name

    @property
    def called(self) -> str:
        """Where no mark can stand beside a name: in a sentence, in a list to choose from."""
        name = isolated(self.known_as)
        return gettext("%(name)s (bot)") % {"name": name} if self.is_bot else name

    @property
    def is_unclaimed(self) -> bool:
        return self.email is None

    def set_password(self, raw_password: str | None) -> None:
        super().set_password(raw_password)
        self.password_set_at = clock.now()

    def check_password(self, raw_password: str | None) -> bool:
        """A stronger digest, which Django makes of the same password at a sign-in, is no new password."""
        set_at = self.password_set_at
        is_right: bool = super().check_password(raw_password)
        self.password_set_at = set_at
        return is_right

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email, self.folded = self.email.lower() if self.email else None, folded(self.name)
        if "name" in (kwargs.get("update_fields") or ()):
            kwargs["update_fields"] = [*kwargs["update_fields"], "folded"]
        super().save(*args, **kwargs)
