"""What is published: on the grid, when it is ripe, rounded, once, and never so that two figures single somebody out."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from commonplace.communities import acts as social
from commonplace.communities.models import Community, Membership, Person, RoleKind
from commonplace.externalizing.models import Exchange
from commonplace.ledger import clock
from commonplace.ledger.models import HERE, Act
from commonplace.measuring import publish as press
from commonplace.measuring.cycle.page import cycle_of
from commonplace.measuring.cycle.stocks import LISTS
from commonplace.measuring.drafts import Desk
from commonplace.measuring.editions import _released
from commonplace.measuring.grid import Span, step
from commonplace.measuring.metrics import METRICS
from commonplace.measuring.models import Figure, current
from commonplace.measuring.readings import Reading
from commonplace.measuring.rounding import rounded
from commonplace.measuring.rules import Rules
from tests.story import Story

pytestmark = pytest.mark.any_database
END = step(Span.WEEKS, datetime(2026, 3, 20, tzinfo=UTC))
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
ASKED, RIPE = END - 26 * DAY, END + 30 * DAY
RULES = Rules()


class Crew:
    """People who ask, each answered by the next; a few unanswered; the community has more members than ask."""

    def __init__(self, size: int, lake: Path, members: int = 3) -> None:
        with clock.at(END - 30 * WEEK):
            self.story, self.lake = Story(), lake
            self.people = [self.story.member(f"Crew {number}") for number in range(size)]
            for number in range(members):
                self.story.member(f"Quiet {number}")

    def asks(
        self, on: datetime, who: Sequence[int] | None = None, unanswered: Sequence[int] = (), helped: bool = False
    ) -> list[Exchange]:
        asked = []
        for number in range(len(self.people)) if who is None else who:
            with clock.at(on):
                asked.append(self.story.ask(self.people[number]))
            if number not in unanswered:
                self.answers(asked[-1], self.people[(number + 1) % len(self.people)], on + DAY, helped)
        return asked

    def answers(self, exchange: Exchange, by: Person, on: datetime, helped: bool = False) -> None:
        with clock.at(on):
            response = self.story.respond(by, exchange)
            if helped:
                self.story.confirm(exchange.opener, response)

    def publish(self, at: datetime) -> dict[str, Figure]:
        with clock.at(at):
            press.publish(self.lake, RULES, self.story.community)
        return self.published()

    def published(self) -> dict[str, Figure]:
        return current(Figure.objects.latest_editions(self.story.community).everywhere("test"))


@pytest.fixture(autouse=True)
def _of_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three figures show all of it, and take a third of the time."""
    monkeypatch.setattr(press, "METRICS", tuple(metric for metric in METRICS if metric.span is Span.WEEKS))


@pytest.fixture
def crew(db: None, tmp_path: Path) -> Crew:
    """Twelve asked in the window; five of them got no answer."""
    crew = Crew(12, tmp_path)
    crew.asks(ASKED, unanswered=range(5))
    return crew


def test_a_window_is_told_when_what_began_at_its_end_has_had_its_time(crew: Crew) -> None:
    before = crew.publish(RIPE - timedelta(minutes=1))["X2"]
    assert (before.until, before.value) == (END - 4 * WEEK, None)
    figure = crew.publish(RIPE)["X2"]
    assert (figure.since, figure.until, figure.seen) == (END - 12 * WEEK, END, RIPE)
    assert (figure.value, figure.n, figure.events, figure.suppressed) == (0.58, 10, 12, "")


def test_what_happened_after_its_time_does_not_count(crew: Crew) -> None:
    late = crew.asks(END - DAY, unanswered=range(12))
    for number, exchange in enumerate(late):
        crew.answers(exchange, crew.people[(number + 1) % 12], END + 8 * DAY)
    figure = crew.publish(RIPE)["X2"]
    assert (figure.events, figure.value) == (24, 0.29)  # 7 of 24; X3 counts them all as answered


def test_before_anything_is_ripe_the_day_from_which_it_can_be_told_is_said(db: None, tmp_path: Path) -> None:
    crew = Crew(6, tmp_path)
    figure = crew.publish(END - 29 * WEEK)["X2"]
    first = END - 28 * WEEK
    assert (figure.suppressed, figure.until, figure.seen) == ("too_early", first, first + 30 * DAY)


def test_a_window_begins_with_the_community(db: None, tmp_path: Path) -> None:
    crew = Crew(6, tmp_path)
    crew.asks(END - 29 * WEEK)
    figure = crew.publish(END - 28 * WEEK + 30 * DAY)["X3"]
    assert END - 31 * WEEK < figure.since < END - 29 * WEEK


def test_a_rate_with_fewer_than_five_on_a_side_is_a_band(db: None, tmp_path: Path) -> None:
    crew = Crew(12, tmp_path)
    crew.asks(ASKED, unanswered=[0, 1, 2, 3])
    figure = crew.publish(RIPE)["X2"]
    assert (figure.band, figure.value, figure.low, figure.events) == ("all_but_few", None, None, 12)
    assert crew.published()["X4"].band == "few"


def test_answers_that_all_come_from_one_person_are_no_figure(db: None, tmp_path: Path) -> None:
    crew = Crew(12, tmp_path)
    for exchange in crew.asks(ASKED, unanswered=range(12))[:8]:
        crew.answers(exchange, crew.story.facilitator, ASKED + DAY)
    published = crew.publish(RIPE)
    assert {published[metric].suppressed for metric in ("X2", "X3")} == {"few_people"}
    assert published["X2"].n is published["X2"].events is None


def test_questions_that_mostly_come_from_one_person_are_no_figure(crew: Crew) -> None:
    crew.asks(END - 3 * WEEK, who=[3] * 13)
    assert crew.publish(RIPE)["X2"].suppressed == "few_people"


def test_four_people_are_too_few_and_nobody_at_all_is_no_news_of_everybody(db: None, tmp_path: Path) -> None:
    crew = Crew(4, tmp_path)
    assert crew.publish(RIPE - 4 * WEEK)["X2"].suppressed == "few_people"
    crew.asks(ASKED)
    figure = crew.publish(RIPE)["X2"]
    assert (figure.value, figure.n, figure.events, figure.suppressed) == (None, None, None, "few_people")


def test_where_every_member_asked_each_would_be_told_of(db: None, tmp_path: Path) -> None:
    crew = Crew(4, tmp_path, members=0)
    crew.people.append(crew.story.facilitator)
    assert Membership.objects.everywhere("test").current().count() == 5
    crew.asks(ASKED, who=[0, 1, 2, 3, 4, 0, 1, 2, 3])
    assert crew.publish(RIPE)["X3"].suppressed == "few_people"
    with clock.at(RIPE):
        crew.story.member("Who came later")
    with clock.at(END - 30 * WEEK):
        social.set_bot(crew.story.operator, crew.story.member("A bot"), bot=True)
    Figure.objects.everywhere("test").delete()
    assert crew.publish(RIPE)["X3"].suppressed == "few_people", "neither could have asked"
    with clock.at(END - 30 * WEEK):
        crew.story.member("A sixth")
    Figure.objects.everywhere("test").delete()
    assert crew.publish(RIPE)["X3"].n == 5


def test_a_member_who_did_not_ask_hides_the_others_when_one_who_asked_has_left(db: None, tmp_path: Path) -> None:
    """As many asked as there are members, and yet not all of them."""
    crew = Crew(4, tmp_path, members=1)
    crew.people.append(crew.story.facilitator)
    crew.asks(ASKED, who=[0, 1, 2, 3, 4, 0, 1, 2, 3])
    social.leave(crew.people[0], crew.story.community)
    assert Membership.objects.everywhere("test").current().count() == 5
    assert crew.publish(RIPE)["X3"].n == 5


def test_unanswered_questions_that_mostly_come_from_one_person_make_no_rate(crew: Crew) -> None:
    """Of all questions not half are theirs."""
    crew.asks(END - 3 * WEEK, who=[0] * 5, unanswered=[0])
    published = crew.publish(RIPE)
    assert (published["X2"].suppressed, published["X3"].events) == ("few_people", 17)


def test_one_more_person_in_the_next_window_is_not_told(crew: Crew) -> None:
    """The window moves on by four weeks in which one person asked: the difference of two figures would be theirs."""
    before = crew.publish(RIPE)["X3"]
    crew.asks(END + WEEK, who=[2])
    after = crew.publish(RIPE + 4 * WEEK)
    assert after["X3"] == before
    newest = Figure.objects.everywhere("test").filter(metric="X3").latest("pk")
    assert (newest.until, newest.suppressed, newest.events) == (END + 4 * WEEK, "beside_others", None)


def test_seven_more_people_are(crew: Crew) -> None:
    crew.publish(RIPE)
    crew.asks(END + WEEK, who=range(7))
    after = crew.publish(RIPE + 4 * WEEK)["X3"]
    assert (after.until, after.events) == (END + 4 * WEEK, 19)


def test_what_became_known_late_is_told_when_it_is_of_enough_people(crew: Crew) -> None:
    """An archive brings what happened in a window that was told: not one person's case alone."""
    crew.publish(RIPE)
    crew.asks(END - 2 * WEEK, who=[1])
    assert crew.publish(RIPE + DAY)["X2"].events == 12
    crew.asks(END - 2 * WEEK, who=range(12), unanswered=range(6))
    assert crew.publish(RIPE + 2 * DAY)["X2"].events == 25


def counted(crew: Crew) -> dict[datetime, set[int]]:
    """By the ends of windows: by the acts up to which number what was told of them is judged again, which are 10**6."""
    ends: dict[datetime, set[int]] = {}
    for count in _released(crew.story.community, 10**6):
        ends.setdefault(count.until, set()).add(count.last_act)
    return ends


def test_what_is_told_later_is_judged_beside_all_that_ever_was(crew: Crew) -> None:
    """And by the acts of today, as long as none of them came late."""
    first = crew.publish(RIPE)["X2"]
    crew.asks(RIPE + DAY, who=range(12))
    later = crew.publish(RIPE + 12 * WEEK)["X2"]
    assert first.until < later.until
    assert counted(crew) == {first.until: {10**6}, later.until: {10**6}}


def test_what_was_told_before_somebody_became_a_bot_is_counted_as_it_was_then(crew: Crew) -> None:
    """Somebody of this community: what is said of others elsewhere changes nothing here."""
    first = crew.publish(RIPE)["X2"]
    with clock.at(RIPE + DAY):
        social.set_bot(crew.story.operator, crew.story.person("Nobody here"), bot=True)
        assert counted(crew) == {first.until: {10**6}}
        social.set_bot(crew.story.operator, crew.people[0], bot=True)
    assert counted(crew) == {first.until: {first.last_act}}


def test_what_was_told_before_an_act_of_its_time_came_late_is_counted_as_it_was_then(crew: Crew) -> None:
    first = crew.publish(RIPE)["X2"]
    crew.asks(first.until - DAY, who=[1])
    assert counted(crew) == {first.until: {first.last_act}}


@pytest.mark.breaks_ledger
def test_what_was_told_of_an_archive_before_it_went_on_is_counted_as_it_was_then(crew: Crew) -> None:
    """What it brings of later tells how long what it brought before was followed; what is done here does not."""
    figure = crew.publish(RIPE)["X2"]
    later = {"verb": "exchange.opened", "subject": "e", "community": crew.story.community.pk, "evidence": {}}
    for origin, known in ((HERE, 10**6), ("forum", figure.last_act)):
        Act.objects.create(**later, origin=origin, happened_at=RIPE + DAY, recorded_at=RIPE + DAY)
        assert {count.last_act for count in _released(crew.story.community, 10**6)} == {known}


def test_where_one_community_fails_the_others_are_published(
    crew: Crew, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with clock.at(END - 30 * WEEK):
        broken = crew.story.found("broken", "Broken", by=crew.people[0])
    of = press.Publication.of

    def fails(community: Community, desk: Desk) -> press.Publication | None:
        if community == broken:
            raise OverflowError("date value out of range")
        return of(community, desk)

    monkeypatch.setattr(press.Publication, "of", fails)
    with clock.at(RIPE), pytest.raises(press.Unpublished, match="none of broken: the log says why"):
        press.publish(crew.lake, RULES)
    assert crew.published()["X2"].events == 12
    assert "The figures of broken were not published" in caplog.text


def test_a_wait_that_was_told_stands(crew: Crew) -> None:
    """One person's case can move it, and nobody could tell that from its counts."""
    waits = crew.publish(RIPE)["X3"]
    crew.asks(END - 2 * WEEK, who=range(12))
    assert crew.publish(RIPE + DAY)["X3"] == waits


def test_what_was_told_stands_for_a_year_when_there_is_nothing_new_to_tell(crew: Crew) -> None:
    crew.publish(RIPE)
    assert crew.publish(RIPE + 48 * WEEK)["X3"].events == 12
    assert crew.publish(RIPE + 56 * WEEK)["X3"].suppressed == "few_people"


def test_publishing_twice_adds_nothing(crew: Crew) -> None:
    crew.publish(RIPE)
    count = Figure.objects.everywhere("test").count()
    crew.publish(RIPE + timedelta(hours=1))
    assert Figure.objects.everywhere("test").count() == count


def test_who_published_meanwhile_is_not_contradicted(crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was not judged beside the other's figures is not stored."""
    judged = press.Editions.judged

    def slowly(self: press.Editions, windows: object) -> list[Reading]:
        monkeypatch.setattr(press.Editions, "judged", judged)
        crew.publish(RIPE)
        return judged(self, windows)  # type: ignore[arg-type]

    monkeypatch.setattr(press.Editions, "judged", slowly)
    crew.publish(RIPE)
    assert Figure.objects.everywhere("test").filter(metric="X2").count() == 1


def test_every_metric_and_every_stock_is_published(crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(press, "METRICS", METRICS)
    published = set(crew.publish(RIPE))
    assert {metric.id for metric in METRICS} < published
    assert sum(name.startswith("stock.") for name in published) == len(LISTS)


def test_a_stock_is_told_by_fives_once_a_step_to_those_without_its_list(crew: Crew) -> None:
    sponsor = crew.story.serving("Sue", RoleKind.SPONSOR)
    crew.publish(RIPE)
    shown = cycle_of(crew.story.community, sponsor).stocks
    assert (shown["exchanged"].words, shown["waiting"].words, shown["held"].words) == ("10+", "5+", "–")
    crew.asks(RIPE, who=[1])
    crew.publish(RIPE + DAY)
    assert cycle_of(crew.story.community, sponsor).stocks == shown
    assert cycle_of(crew.story.community, crew.story.facilitator).stocks["exchanged"].count == 13


def test_a_stock_says_when_it_was_counted_and_waits_for_the_next_step(crew: Crew) -> None:
    after, late = step(Span.WEEKS, RIPE) + 28 * DAY, step(Span.WEEKS, RIPE) + 27 * DAY
    for at, counted in [(late, late), (late + DAY / 2, late), (after, after)]:
        crew.asks(at)
        stock = crew.publish(at)["stock.exchanged"]
        assert (stock.since, stock.until, stock.seen) == (counted, counted, counted)


def test_a_sponsor_sees_figures_and_a_stranger_to_a_private_community_does_not(crew: Crew) -> None:
    crew.publish(RIPE)
    closed = crew.story.found("closed", "Closed", by=crew.story.facilitator, visibility="private")
    with clock.at(RIPE):
        press.publish(crew.lake, RULES, closed)
    stranger = crew.story.person("Ned")
    assert not Figure.objects.visible_to(stranger).filter(community=closed).exists()
    assert Figure.objects.visible_to(stranger).filter(community=crew.story.community).exists()


def test_a_bot_is_in_no_figure(crew: Crew) -> None:
    crew.asks(END - 3 * WEEK, who=range(6))
    social.set_bot(crew.story.operator, crew.people[11], bot=True)
    published = crew.publish(RIPE)
    assert published["X3"].events == 17


@pytest.mark.parametrize(
    ("seconds", "published"),
    [(0, 0), (44.2, 44), (59 * 60, 59 * 60), (11_423, 190 * 60), (13 * 3600 + 1700, 13 * 3600),
     (94.4 * 86_400, 94 * 86_400), (129 * 86_400, 130 * 86_400)],
)  # fmt: skip
def test_waits_keep_two_digits(seconds: float, published: float) -> None:
    assert rounded(Reading("X3", "seconds", "opened", 1, value=seconds)).value == pytest.approx(published)
