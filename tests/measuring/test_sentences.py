"""What the cycle page says before any number: never more than the figures bear."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from commonplace.ledger import clock
from commonplace.measuring.cycle import sentences, words
from commonplace.measuring.metrics import DECLARED
from commonplace.measuring.models import Figure
from commonplace.measuring.readings import Band, Reason
from commonplace.measuring.rules import Rules

SEEN = datetime(2026, 5, 4, tzinfo=UTC)
LONG = {
    "O4": "O4.from_distil",
    "resolved": "C1.resolved",
    "item": "C1.item",
    "accepted": "C1.accepted",
    "applied": "C1.applied",
}


@pytest.fixture(autouse=True)
def _soon() -> Iterator[None]:
    with clock.at(SEEN + timedelta(days=1)):
        yield


def figure(metric: str, value: Any) -> Figure:
    """0.9 is a value known well; (0.9, 0.7, 1) one with its interval; a reason or a band stands for itself."""
    one = DECLARED[metric]
    until = SEEN - one.followed(Rules())
    figure = Figure(
        metric=metric, unit=one.unit, span=one.span, since=until - timedelta(days=84), until=until, seen=SEEN,
        computed_at=SEEN - timedelta(days=9),
    )  # fmt: skip
    if isinstance(value, Band):
        figure.band = value.value
    elif isinstance(value, Reason):
        figure.suppressed = value.value
    else:
        figure.value, figure.low, figure.high = value if isinstance(value, tuple) else (value, value, value)
    return figure


def figures(**values: Any) -> dict[str, Figure]:
    return {(metric := LONG.get(name, name)): figure(metric, value) for name, value in values.items()}


@pytest.mark.parametrize(
    ("rate", "heading", "words"),
    [
        (0.94, "Exchange is lively", "Nine in ten of the exchanges got a response"),
        (0.52, "Many are heard, not all", "Half of the exchanges got a response"),
        (0.12, "Many wait to be heard", "One in ten of the exchanges got a response"),
        (0.03, "Many wait to be heard", "Hardly any of the exchanges got a response"),
        (0.97, "Exchange is lively", "Nearly all of the exchanges got a response"),
    ],
)
def test_exchange_is_told_in_tenths(rate: float, heading: str, words: str) -> None:
    text = sentences.externalizing(figures(X2=rate))
    assert text.heading == heading
    assert text.sentence.startswith(words)
    assert text.sentence.endswith("within 7 days.")


@pytest.mark.parametrize("known", [(0.80, 0.74, 0.86), (0.45, 0.39, 0.52), (0.70, 0.62, 0.76), (0.9, None, None)])
def test_an_interval_around_a_threshold_bears_no_judgement(known: tuple[float, float, float]) -> None:
    text = sentences.externalizing(figures(X2=known))
    assert text.heading == "Exchange"
    assert "of the exchanges got a response" in text.sentence
    assert sentences.objectifying(figures(item=(0.1, 0.08, 0.13))).heading == "Agreement"
    assert sentences.internalizing(figures(N3=(86_400.0, 3_600.0, None))).heading == "Use"


@pytest.mark.parametrize("known", [{}, {"X2": Reason.FEW_PEOPLE}, {"X2": Reason.BESIDE_OTHERS}])
def test_without_a_figure_nothing_is_judged(known: dict[str, Reason]) -> None:
    assert sentences.externalizing(figures(**known)).heading == "Exchange"
    assert sentences.objectifying(figures(item=Reason.FEW_PEOPLE)).heading == "Agreement"
    assert sentences.internalizing(figures(N3=Reason.FEW_CASES)).heading == "Use"


def test_too_early_is_said_with_the_day_from_which_it_can_be_told() -> None:
    early = figures(X2=Reason.TOO_EARLY, item=Reason.TOO_EARLY, N3=Reason.TOO_EARLY)
    for phase in (sentences.externalizing, sentences.objectifying, sentences.internalizing):
        text = phase(early)
        assert text.heading in ("Exchange", "Agreement", "Use")
        assert "too early to say" in text.sentence
        assert "4 May 2026" in text.sentence


def test_a_phase_of_which_nothing_is_told_says_when_its_first_figure_can_come() -> None:
    """Of what became of exchanges that is known later than how long agreement takes."""
    early = figures(item=Reason.TOO_EARLY, O4=Reason.TOO_EARLY)
    early["C1.item"].seen = SEEN + timedelta(days=91)
    assert "from 4 May 2026 on" in sentences.objectifying(early).sentence
    early["O4.from_distil"].suppressed, early["O4.from_distil"].events = "", 9
    assert "from 3 August 2026 on" in sentences.objectifying(early).sentence


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Kolkata"])
def test_the_day_is_that_of_the_morning_on_which_figures_are_published(zone: str) -> None:
    """At four o'clock; in Kolkata a Monday that begins in London has begun five hours before."""
    with timezone.override(zone):
        day = {"Asia/Kolkata": "5 May 2026"}.get(zone, "4 May 2026")
        assert words.instead(figure("X2", Reason.TOO_EARLY)) == f"from {day}"


def test_of_an_archive_that_was_too_short_no_day_is_promised() -> None:
    early = figures(X2=Reason.TOO_EARLY)
    early["X2"].computed_at = SEEN + timedelta(days=3000)
    assert sentences.externalizing(early, past=True).sentence == "The archive ended too soon for it to be told."
    assert words.instead(early["X2"]) == "it ended too soon to say"


def test_a_band_is_told_as_a_band_and_judged_as_nothing() -> None:
    most = sentences.externalizing(figures(X2=Band.ALL_BUT_FEW))
    assert (most.heading, most.sentence[:42]) == ("Exchange", "All exchanges but those of a few people ha")
    assert "a few people became part" in sentences.objectifying(figures(item=Band.FEW)).sentence


@pytest.mark.parametrize("value", [*Reason, *Band])
def test_every_reason_and_band_has_words(value: Reason | Band) -> None:
    row = words.Row(DECLARED["X4"], figure("X4", value))
    assert row.instead
    assert row.briefly


def test_a_number_needs_no_words_and_a_rate_says_within_how_long() -> None:
    row = words.Row(DECLARED["X4"], figure("X4", 0.5))
    assert (row.instead, row.briefly) == ("", "")
    assert row.name.endswith("within 30 days")
    assert words.Row(DECLARED["X2"], None).name.endswith("answered by another within 7 days")


def test_agreement_is_told_by_how_much_is_written_down() -> None:
    little = sentences.objectifying(figures(item=0.055))
    assert (little.heading, little.sentence) == (
        "Little of it is written down", "One exchange in 18 became part of a practice within 180 days."
    )  # fmt: skip
    assert sentences.objectifying(figures(item=0.25)).heading == "What is shared gets written down"


@pytest.mark.parametrize(
    ("rate", "words"),
    [
        (0.0, "Fewer than one exchange in a hundred became part"),
        (0.01, "One exchange in 100 became part"),
        (0.33, "One exchange in 3 became part"),
        (0.5, "Half of the exchanges became part"),
        (0.95, "Nearly all of the exchanges became part"),
        (Band.ALL_BUT_FEW, "Within 180 days, all exchanges but those of a few people became part"),
    ],
)
def test_few_are_one_in_so_many_and_many_are_told_in_tenths(rate: float | Band, words: str) -> None:
    assert sentences.objectifying(figures(item=rate)).sentence.startswith(words)


def test_use_is_told_by_how_long_half_waited() -> None:
    used = sentences.internalizing(figures(N3=5 * 86_400.0))
    assert used.heading == "What is agreed gets used"
    assert used.sentence == "Half of the accepted practices were tried by others than their authors within 5 days."
    assert sentences.internalizing(figures(N3=Reason.NOT_REACHED)).sentence == (
        "Less than half of the accepted practices had been tried by others by 4 May 2026."
    )


def test_what_a_sentence_says_is_of_a_window() -> None:
    assert sentences.externalizing(figures(X2=0.9)).window == "10 January 2026 to 3 April 2026"
    assert sentences.externalizing(figures(X2=Reason.TOO_EARLY)).window == ""


@pytest.mark.parametrize("zone", ["Europe/Brussels", "America/New_York"])
def test_a_window_has_the_same_days_for_every_reader(zone: str) -> None:
    with timezone.override(zone):
        assert sentences.externalizing(figures(X2=0.9)).window == "10 January 2026 to 3 April 2026"


def test_what_no_later_window_confirms_is_past() -> None:
    """The next window of weeks is ripe four weeks later, that of quarters three months later."""
    known = figures(X2=0.9, item=0.2, N3=86_400.0)
    with clock.at(SEEN + timedelta(days=33)):
        assert sentences.externalizing(known).heading == "Exchange was lively"
        assert sentences.internalizing(known).heading == "What is agreed gets used"
    with clock.at(SEEN + timedelta(days=99)):
        assert sentences.objectifying(known).heading == "What was shared got written down"
        assert sentences.internalizing(known).heading == "What was agreed got used"


def test_the_time_of_a_rate_is_that_which_its_figure_had() -> None:
    known = figures(item=0.5)
    known["C1.item"].seen = known["C1.item"].until + timedelta(days=100)
    assert "within 100 days" in sentences.objectifying(known).sentence
    assert words.Row(DECLARED["C1.item"], known["C1.item"]).name.endswith("within 100 days")


PRESENT = (" is ", " are ", " get ", " gets ", " becomes ", " wait ")


@pytest.mark.parametrize("rate", [0.05, 0.2, 0.5, 0.94, Band.FEW, Band.ALL_BUT_FEW])
def test_of_an_archive_all_is_past(rate: float | Band) -> None:
    known = figures(X2=rate, item=rate, N3=86_400.0)
    for phase in (sentences.externalizing, sentences.objectifying, sentences.internalizing):
        text = phase(known, past=True)
        assert not any(word in f" {text.heading} {text.sentence} " for word in PRESENT if text.sentence[:3] != "Too")


@pytest.mark.parametrize(
    ("stages", "words"),
    [
        ((0.4, 0.3, 0.25, 0.2), "end before anybody"),
        ((0.8, 0.1, 0.09, 0.08), "was not written down"),
        ((0.8, 0.7, 0.1, 0.08), "not agreed on"),
        ((0.8, 0.7, 0.6, 0.0), "not used by others"),
        ((0.8, 0.7, 0.6, 0.5), None),
        ((0.8, (0.35, 0.28, 0.42), 0.3, 0.25), None),
        ((0.8, 0.0, 0.0, 0.0), "was not written down"),
    ],
)
def test_the_leak_is_where_most_is_surely_lost(stages: tuple[Any, ...], words: str | None) -> None:
    named = dict(zip(("resolved", "item", "accepted", "applied"), stages, strict=True))
    sentence = sentences.leak(figures(**named))
    assert (words in sentence) if words else sentence == ""


def test_stages_of_several_windows_have_no_leak() -> None:
    known = figures(resolved=0.8, item=0.1, accepted=0.09, applied=0.08)
    known["C1.item"].until -= timedelta(days=91)
    assert sentences.leak(known) == ""


def test_an_unknown_stage_hides_the_leak() -> None:
    assert sentences.leak(figures(resolved=0.2, item=Reason.FEW_PEOPLE, accepted=0.0, applied=0.0)) == ""
