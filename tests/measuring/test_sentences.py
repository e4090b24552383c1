"""What the cycle page says before any number: never more than the figures bear."""

import pytest

from commonplace.measuring.cycle import sentences
from commonplace.measuring.models import Figure


def figures(**values: float | str | None) -> dict[str, Figure]:
    """X2=0.9 is a value; N3="not_reached" is a reason why there is none."""
    names = {
        "O4": "O4.from_distil",
        "resolved": "C1.resolved",
        "item": "C1.item",
        "accepted": "C1.accepted",
        "applied": "C1.applied",
    }
    made = {}
    for name, value in values.items():
        reason = value if isinstance(value, str) else ""
        metric = names.get(name, name)
        made[metric] = Figure(metric=metric, value=None if reason else value, suppressed=reason)
    return made


@pytest.mark.parametrize(
    ("rate", "heading", "words"),
    [
        (0.94, "Exchange is lively", "Nine exchanges in ten get a response"),
        (0.52, "Many are heard, not all", "Half of the exchanges get a response"),
        (0.12, "Many wait to be heard", "One exchange in ten gets a response"),
        (0.0, "Many wait to be heard", "Hardly any exchange gets a response"),
        (1.0, "Exchange is lively", "Nearly every exchange gets a response"),
    ],
)
def test_exchange_is_told_in_tenths(rate: float, heading: str, words: str) -> None:
    sentence = sentences.externalizing(figures(X2=rate))
    assert sentence.heading == heading
    assert sentence.sentence.startswith(words)


@pytest.mark.parametrize("known", [{}, {"X2": "few_people"}, {"X2": "no_cases"}])
def test_without_a_figure_nothing_is_judged(known: dict) -> None:
    assert sentences.externalizing(figures(**known)).heading == "Exchange"
    assert sentences.objectifying(figures(item="few_people")).heading == "Agreement"
    assert sentences.internalizing(figures(N3="few_cases")).heading == "Use"


def test_agreement_is_told_by_how_much_is_written_down() -> None:
    assert sentences.objectifying(figures(item=0.0)).heading == "Nothing is written down yet"
    little = sentences.objectifying(figures(item=0.055))
    assert (little.heading, little.sentence) == (
        "Little of it is written down", "One exchange in 18 becomes part of a practice."
    )  # fmt: skip
    assert sentences.objectifying(figures(item=0.25)).heading == "What is shared gets written down"


def test_use_is_told_by_whether_half_were_tried() -> None:
    assert sentences.internalizing(figures(N3=86_400.0)).heading == "What is agreed gets used"
    assert sentences.internalizing(figures(N3="not_reached")).heading == "What is agreed waits to be used"


@pytest.mark.parametrize(
    ("stages", "words"),
    [
        ((0.4, 0.3, 0.25, 0.2), "end before anybody"),
        ((0.8, 0.1, 0.09, 0.08), "was not written down"),
        ((0.8, 0.7, 0.1, 0.08), "not agreed on"),
        ((0.8, 0.7, 0.6, 0.0), "not used by others"),
        ((0.8, 0.7, 0.6, 0.5), None),
        ((0.8, 0.0, 0.0, 0.0), "was not written down"),
    ],
)
def test_the_leak_is_where_most_is_lost(stages: tuple[float, ...], words: str | None) -> None:
    named = dict(zip(("resolved", "item", "accepted", "applied"), stages, strict=True))
    sentence = sentences.leak(figures(**named))
    assert (words in sentence) if words else sentence == ""


def test_an_unknown_stage_hides_the_leak() -> None:
    assert sentences.leak(figures(resolved=0.2, item="few_people", accepted=0.0, applied=0.0)) == ""
