"""Two workers publish at the same moment: one edition, once."""

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from commonplace.ledger import clock
from commonplace.measuring import publish as press
from commonplace.measuring.models import Figure
from commonplace.measuring.rules import Rules
from tests.story import Story
from tests.trust.test_races import collide

pytestmark = [
    pytest.mark.race,
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning"),
]
LONGEST = 15
TUESDAY = datetime(2026, 3, 3, tzinfo=UTC)


@pytest.fixture
def story(transactional_db: None) -> Story:
    with clock.at(TUESDAY - timedelta(days=60)):
        return Story()


def publish(lake: Path) -> None:
    with clock.at(TUESDAY):
        press.publish(lake, Rules())


def editions() -> list[str]:
    """The metric of each."""
    return list(Figure.objects.everywhere("test").values_list("metric", flat=True))


@pytest.fixture
def both_find_it_new(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each has judged the first cohort before either stores it: the moment at which it matters."""
    judged, real, waited = threading.Barrier(2), press.is_news, threading.local()

    def is_news(*figures: Any) -> bool:
        answer = real(*figures)
        if not hasattr(waited, "once"):
            waited.once = True
            judged.wait(LONGEST)
        return answer

    monkeypatch.setattr(press, "is_news", is_news)


def published_by_two_at_once(folder: Path) -> list[str]:
    return collide(*(lambda lake=lake: publish(lake) for lake in (folder / "one", folder / "two")))


def test_two_at_once_publish_once(story: Story, tmp_path: Path, both_find_it_new: None) -> None:
    assert published_by_two_at_once(tmp_path) == ["done", "done"]
    assert sorted(editions()) == sorted(metric.id for metric in press.METRICS)


def blind(last: int, community: Any, figures: list[Figure]) -> bool:
    """The negative control: stored without another look."""
    for figure in figures:
        figure.edition = last + 1
    with transaction.atomic():
        return bool(Figure.objects.bulk_create(figures))


def test_without_a_second_look_the_database_refuses(
    story: Story, tmp_path: Path, both_find_it_new: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(press, "_stored_after", blind)
    assert published_by_two_at_once(tmp_path) == [IntegrityError.__name__, "done"]
