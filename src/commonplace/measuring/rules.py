"""The numbers that the literature does not fix: named, adjustable, with a floor where privacy hangs on them."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

LEAST_PEOPLE = 3


@dataclass(frozen=True, slots=True)
class Rules:
    """`people`: k, below which nothing is said. `events`: the least cases for a median. Source: theory 5, minimums."""

    people: int = 5
    events: int = 8
    answer_within: timedelta = timedelta(days=7)

    def __post_init__(self) -> None:
        if self.people < LEAST_PEOPLE:
            raise ValueError(
                f"Figures about fewer than {LEAST_PEOPLE} people are never shown: k cannot be {self.people}."
            )


def configured() -> Rules:
    """As this installation has set them."""
    try:
        return Rules(settings.K_ANONYMITY, settings.MEDIAN_EVENTS, timedelta(days=settings.ANSWER_DAYS))
    except ValueError as error:
        raise ImproperlyConfigured(str(error)) from error
