"""An address that does not take letters any more. Whoever has a new one gets them there."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Person
from commonplace.ledger import clock
from commonplace.ledger.ids import PublicId


class Why(models.TextChoices):
    REFUSED = "refused", _("its mail server said that it takes no letters for this address")
    BOUNCED = "bounced", _("a letter came back")
    COMPLAINED = "complained", _("a letter was marked as unwanted there")


class StoppedAddress(models.Model):
    """`code`: the number of the server's answer, where there was one; never its words."""

    OUTSIDE_ACTS = "what a mail server answers is nobody's act"

    id = PublicId()
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    address = models.EmailField()
    why = models.CharField(max_length=12, choices=Why.choices)
    code = models.CharField(max_length=16, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "address"],
                name="stopped_once",
                violation_error_message=_("Letters to this address are stopped already."),
            )
        ]

    PERSONAL = ("person", "address", "why", "code", "at")
    IMPERSONAL = ("id",)
