"""Two workers publish at the same moment: one edition, once."""

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError

from commonplace.communities.models import Community
from commonplace.ledger import clock
from commonplace.measuring import publish as press
from commonplace.measuring.cycle.stocks import LISTS, stock_id
from commonplace.measuring.models import Figure, FigureQuerySet
from commonplace.measuring.rules import Rules
from tests.story import Story
from tests.trust.colliding import collide

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
        press.publish(lake, Rules(), Community.objects.everywhere("test").get())


def editions() -> list[str]:
    """The metric of each."""
    return list(Figure.objects.everywhere("test").values_list("metric", flat=True))


@pytest.fixture
def both_have_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each has judged beside the same editions before either stores: the moment at which it matters."""
    judged, stored = threading.Barrier(2), press.Publication._store

    def store(self: press.Publication, figures: list[Figure]) -> int:
        judged.wait(LONGEST)
        return stored(self, figures)

    monkeypatch.setattr(press.Publication, "_store", store)


def published_by_two_at_once(folder: Path) -> list[str]:
    return collide(*(lambda lake=lake: publish(lake) for lake in (folder / "one", folder / "two")))


def test_two_at_once_publish_once(story: Story, tmp_path: Path, both_have_judged: None) -> None:
    assert published_by_two_at_once(tmp_path) == ["done", "done"]
    assert sorted(editions()) == sorted([metric.id for metric in press.METRICS] + [stock_id(name) for name in LISTS])


@pytest.mark.usefixtures("both_have_judged")
def test_without_a_second_look_the_database_refuses(
    story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: to whoever comes second, nothing seems to have been published meanwhile."""
    monkeypatch.setattr(FigureQuerySet, "last_edition", lambda self: 0)
    assert published_by_two_at_once(tmp_path) == [IntegrityError.__name__, "done"]
