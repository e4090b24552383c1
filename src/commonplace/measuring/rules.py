"""The numbers that the literature does not fix: named, adjustable, with a floor where privacy hangs on them."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

LEAST_PEOPLE = 3


@dataclass(frozen=True, slots=True)
class Rules:
    """`people`: k, below which nothing is said. `events`: the least cases for a median. Source: theory 5, minimums.

    The others: how long each case has for an answer, help, agreement, use, the whole cycle, before it is counted.
    """

    people: int = 5
    events: int = 8
    answer_within: timedelta = timedelta(days=7)
    help_within: timedelta = timedelta(days=30)
    agree_within: timedelta = timedelta(days=90)
    use_within: timedelta = timedelta(days=90)
    cycle_within: timedelta = timedelta(days=180)

    def __post_init__(self) -> None:
        if self.people < LEAST_PEOPLE:
            raise ValueError(
                f"Figures about fewer than {LEAST_PEOPLE} people are never shown: k cannot be {self.people}."
            )
        if self.answer_within > self.help_within:
            raise ValueError("ANSWER_DAYS cannot be longer than HELP_DAYS: one cohort is followed for both.")


def configured() -> Rules:
    """As this installation has set them."""
    try:
        return Rules(settings.K_ANONYMITY, settings.MEDIAN_EVENTS, *map(timedelta, _days()))
    except ValueError as error:
        raise ImproperlyConfigured(str(error)) from error


def _days() -> tuple[int, ...]:
    return (
        settings.ANSWER_DAYS,
        settings.HELP_DAYS,
        settings.AGREE_DAYS,
        settings.USE_DAYS,
        settings.CYCLE_DAYS,
    )
