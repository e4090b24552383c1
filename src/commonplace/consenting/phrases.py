"""What a matter says of itself: the question that it puts, what each answer does, what it is once agreed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from commonplace.consenting.kinds import Stand

if TYPE_CHECKING:
    from commonplace.consenting.models import Proposal

Words = Promise | str


WHY, CONSENT = gettext_lazy("Why"), gettext_lazy("I can work with this")
CONCERN = gettext_lazy("goes ahead; your concern stays beside it")
ASIDE = gettext_lazy("not mine to judge; does not count")
OBJECT = gettext_lazy("it would do harm: stops it while it stands")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """`asks(proposal)`: in a few words, beside its title, of a round that is only thought of, too; no query.
    `question`: the same in full, above its page; without one `asks`. `agreed(proposal)`: what it is once accepted.

    `why`: above what the opener wrote; `text`: above the text, where it is not called by its number. Each stance by
    what it does here.
    """

    asks: Callable[[Proposal], str]
    agreed: Callable[[Proposal], Words]
    question: Callable[[Proposal], str] | None = None
    why: Words = WHY
    text: Words = ""
    consent: Words = CONSENT
    concern: Words = CONCERN
    aside: Words = ASIDE
    object: Words = OBJECT

    def effect(self, stance: str) -> Words:
        """What a stance does: said here alone, for every page and letter that offers it."""
        effects = {Stand.CONSENT: self.consent, Stand.CONCERN: self.concern, Stand.ASIDE: self.aside}
        return {**effects, Stand.OBJECT: self.object}[Stand(stance)]

    def asked(self, proposal: Proposal) -> str:
        return (self.question or self.asks)(proposal)
