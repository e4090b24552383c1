"""The text of a round, part by part, as it was when it was put: nobody changes it under those who speak."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from commonplace.communities.texts import MARKDOWN, shown
from commonplace.consenting.lengths import LONGEST_PART
from commonplace.consenting.models.proposal import InRound, Proposal
from commonplace.consenting.models.reading import RoundPartQuerySet
from commonplace.ledger.ids import PublicId
from commonplace.ledger.scope import ScopedManager


class Wording(InRound):
    """`part`: a code of the matter's; `position`: in the order of reading. Markdown, with its HTML made on write."""

    id = PublicId()
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="wordings")
    number = models.PositiveSmallIntegerField()
    part = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True, max_length=LONGEST_PART)
    html = models.TextField(blank=True, editable=False)

    objects = ScopedManager.from_queryset(RoundPartQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "number", "part"],
                name="one_wording_of_a_part",
                violation_error_message=_("The text was put at the same moment. Load the page again."),
            )
        ]

    PERSONAL = ("text", "html")
    IMPERSONAL = ("id", "proposal", "number", "part", "position")

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not (self._state.adding and self.html):
            self.html = shown(self.text, MARKDOWN, self.mark)
        super().save(*args, **kwargs)

    @property
    def mark(self) -> str:
        """After which the places within it are named."""
        return f"{self.part}-{self.pk}"

    @property
    def heading(self) -> str:
        return str(self.proposal.kind.parts[self.part])
