"""What the operator decides for the whole installation."""

from django.db import models

from commonplace.ledger.ids import PublicId


class Installation(models.Model):
    """One row. Its fixed key lets whatever concerns the whole installation wait in line, and allows no second."""

    ONLY = "installation"

    id = PublicId(default=ONLY)
    name = models.CharField(max_length=80, default="Commonplace")
    open_signup = models.BooleanField(default=False)

    PERSONAL = ()
    IMPERSONAL = ("id", "name", "open_signup")

    @classmethod
    def current(cls) -> "Installation":
        """The one row; unsaved defaults before the first account."""
        return cls.objects.first() or cls()
