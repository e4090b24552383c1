"""What is proposed while another round on the same is open: it waits its turn, one per person (theory §2.7)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Community, Person
from commonplace.consenting.kinds import Kind, LineEnd
from commonplace.consenting.lengths import LONGEST_PART, LONGEST_TITLE
from commonplace.consenting.matter import Matter, matter_of
from commonplace.consenting.models.proposal import Proposal
from commonplace.consenting.models.reading import readable_rounds
from commonplace.ledger import clock
from commonplace.ledger.ids import LENGTH, PublicId
from commonplace.ledger.scope import ScopedManager, ScopedQuerySet

WAITS = Q(ended_at=None, end="", proposal=None)
OVER = Q(ended_at__isnull=False) & ~Q(end="")
OPENED = Q(end=LineEnd.OPENED, proposal__isnull=False)
PUT = ("matter", "about", "choice", "number", "aim", "scope", "review_on", "met_on")


class InLineQuerySet(ScopedQuerySet["InLine"]):
    def _visible_to(self, person: Any) -> InLineQuerySet:
        return self.filter(readable_rounds(person))

    def waiting(self) -> InLineQuerySet:
        """Whose turn is first comes first."""
        return self.filter(ended_at=None).order_by("lined_up_at", "pk")


class InLine(models.Model):
    """As somebody would put it: `subject_id`, `about`, `choice`, `number` as a round has them; `title` as it was then.

    Whom it asks, its rule and its text are fixed when its turn comes. `end`: "" while it waits; `reason`: why it could
    not open, in the community's language; `proposal`: the round that it became.
    """

    id = PublicId()
    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    matter = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in Kind])
    subject_id = models.CharField(max_length=LENGTH)
    about = models.CharField(max_length=LENGTH, blank=True)
    choice = models.CharField(max_length=20, blank=True)
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=LONGEST_TITLE)
    aim = models.TextField(blank=True, max_length=LONGEST_PART)
    scope = models.TextField(blank=True, max_length=LONGEST_PART)
    review_on = models.DateField(null=True, blank=True)
    met_on = models.DateField(null=True, blank=True)
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    lined_up_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    end = models.CharField(max_length=10, choices=[(end.value, end.value) for end in LineEnd], blank=True)
    reason = models.TextField(blank=True, max_length=LONGEST_PART)
    proposal = models.ForeignKey(Proposal, models.CASCADE, null=True, blank=True, related_name="+")

    objects = ScopedManager.from_queryset(InLineQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=["subject_id", "lined_up_at"], condition=Q(ended_at=None), name="lines_on_a_subject"),
            models.Index(fields=["community", "lined_up_at"], condition=Q(ended_at=None), name="lines_of_a_community"),
            models.Index(fields=["proposed_by", "ended_at"], condition=Q(end="lost"), name="lost_in_a_line"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_id", "matter", "proposed_by"],
                condition=Q(ended_at=None),
                name="one_waits_per_person",
                violation_error_message=_("Something of yours on this waits already. It is one per person."),
            ),
            models.CheckConstraint(condition=WAITS | OVER, name="left_a_line_somehow"),
            models.CheckConstraint(condition=OPENED | (~Q(end="opened") & Q(proposal=None)), name="opened_as_a_round"),
        ]

    COMMUNITY = "community"
    PERSONAL = ("proposed_by", "title", "aim", "scope", "reason")
    IMPERSONAL = (
        "id", "community", "matter", "subject_id", "about", "choice", "number", "review_on", "met_on", "lined_up_at",
        "ended_at", "end", "proposal",
    )  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page that it was put on: what waits is read there."""
        there = reverse("propose", args=[self.community.slug, self.matter, self.subject_id])
        return f"{there}?{urlencode({'about': self.about})}" if self.about else there

    @property
    def kind(self) -> Matter:
        return matter_of(self.matter)

    @property
    def subject(self) -> Any:
        """The row that is locked and that the ledger names."""
        return self.kind.row(self.subject_id)

    def put(self) -> Proposal:
        """What is put to consent when its turn comes."""
        return Proposal(**{name: getattr(self, name) for name in PUT})

    def is_as(self, proposal: Proposal) -> bool:
        return all(getattr(self, name) == getattr(proposal, name) for name in PUT)
