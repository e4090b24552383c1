"""The ledger keeps ids, codes, counts and days: nothing typed gets in, and what got in reads the same for ever."""

import dataclasses
import json
from collections.abc import Callable, Mapping
from enum import Enum, StrEnum
from pathlib import Path
from types import SimpleNamespace
from typing import Annotated, Any

import pytest
from django.db import models

from commonplace.communities import evidence as social
from commonplace.communities.models import RoleKind
from commonplace.ledger import registry, samples
from commonplace.ledger.errors import NotRecordable
from commonplace.ledger.evidence import Among, Day, Digest, Evidence, Id, Within, columns, evidence

FROZEN = Path(__file__).parent / "samples.json"
SOMEBODY = "01kjpwd6m044ek8nnhyfydrmje"


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Shade(models.TextChoices):
    DARK = "dark", "Dark"


Word = Annotated[str, Among(lambda: {"en", "fr"})]


@evidence
class Everything(Evidence):
    who: Id
    when: Day
    where: Digest
    colour: Colour
    shade: Shade
    word: Word
    count: int
    level: Annotated[int, Within(-2, 2)]
    yes: bool
    people: list[Id]
    colours: list[Colour]
    perhaps: Colour | None
    often: int | None
    several: list[Id] | None


FULL: dict[str, Any] = {
    "who": SOMEBODY, "when": "2026-03-02", "where": "0123456789ab", "colour": Colour.RED, "shade": Shade.DARK,
    "word": "fr", "count": 3, "level": -2, "yes": False, "people": [SOMEBODY], "colours": [Colour.RED, Colour.BLUE],
    "perhaps": None, "often": None, "several": None,
}  # fmt: skip


# Declared


def _declare(hint: Any) -> None:
    columns(evidence(type("Toy", (Evidence,), {"__annotations__": {"field": hint}})))


class Mixed(Enum):
    ONE = 1


@pytest.mark.parametrize(
    "hint",
    [str, str | None, Annotated[str, Within()], list[Annotated[int, Within()]],
     list[str], float, dict[str, int], Any, object, bytes, list[int], tuple[Id, ...], Mixed,
     int | str, Id | Day, Annotated[str, "free"], None],
    ids=str,
)  # fmt: skip
def test_what_could_hold_typed_text_is_refused_at_declaration(hint: Any) -> None:
    with pytest.raises((NotRecordable, TypeError)):
        _declare(hint)


@pytest.mark.parametrize(
    "hint", [Id, Day | None, Digest, Colour, Shade, Word, int, bool | None, list[Id], list[Colour]]
)
def test_what_holds_ids_codes_counts_and_days_may_be_declared(hint: Any) -> None:
    _declare(hint)


def _plain(kind: type) -> type:
    return kind


@pytest.mark.parametrize(
    "how",
    [_plain, dataclasses.dataclass, dataclasses.dataclass(frozen=True), dataclasses.dataclass(kw_only=True)],
    ids=["nothing", "neither", "positional", "mutable"],
)
def test_only_frozen_records_with_named_fields_are_declared(how: Callable[[type], type]) -> None:
    kind = how(type("Toy", (Evidence,), {"__annotations__": {"count": int}}))
    with pytest.raises(NotRecordable, match="declared with @evidence"):
        columns(kind)


def test_a_field_added_beside_the_declaration_is_refused() -> None:
    with pytest.raises(NotRecordable, match="declared with @evidence"):
        columns(type("Toy", (Everything,), {"__annotations__": {"words": str}}))


def test_a_verb_takes_only_the_evidence_it_declares() -> None:
    with pytest.raises(NotRecordable, match="is not declared"):
        registry.checked("member.left", Everything(**FULL))
    with pytest.raises(NotRecordable, match="is not declared"):
        registry.checked("never.heard_of", Everything(**FULL))


def test_one_name_has_one_type_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    @evidence
    class Other(Evidence):
        person: int

    monkeypatch.setitem(registry.ACTS, "toy.other", registry.Declared("toy.other", Other, "A toy."))
    with pytest.raises(NotRecordable, match="Evidence person is"):
        registry.evidence_columns()


# Recorded


def test_it_is_stored_as_plain_values() -> None:
    stored = Everything(**FULL).as_json()
    assert stored == {**FULL, "colour": "red", "shade": "dark", "colours": ["red", "blue"]}
    assert json.loads(json.dumps(stored)) == stored
    assert {type(value) for value in stored.values()} <= {str, int, bool, list, type(None)}


def test_a_record_has_no_positions_and_does_not_change() -> None:
    with pytest.raises(TypeError):
        Everything(*FULL.values())  # type: ignore[misc]
    with pytest.raises(AttributeError):
        Everything(**FULL).count = 4  # type: ignore[misc]


TYPED = "It would flood the pit."


@pytest.mark.parametrize(
    "wrong",
    [
        *({name: TYPED} for name in FULL),
        *({name: None} for name in FULL if name not in ("perhaps", "often", "several")),
        *({name: [value, [value]]} for name, value in FULL.items()),
        {"who": SOMEBODY + "\n"}, {"who": SOMEBODY.upper()}, {"who": 3}, {"who": RoleKind.SPONSOR},
        {"when": "2026-03-02\n"}, {"when": "today"}, {"where": "0123"}, {"word": "de"}, {"word": ["fr"]},
        {"colour": "green"}, {"colour": "red "}, {"colour": True},
        {"count": -1}, {"often": -1}, {"level": -3}, {"level": 3}, {"level": True},
        {"count": True}, {"count": 3.0}, {"count": "3"}, {"yes": 1}, {"yes": "true"},
        {"people": SOMEBODY}, {"people": ["Lea"]}, {"people": {SOMEBODY}}, {"people": 3},
        {"colours": "red"}, {"colours": ["green"]}, {"often": False}, {"several": [TYPED]},
    ],
    ids=str,
)  # fmt: skip
def test_what_is_not_of_its_kind_is_not_recorded(wrong: dict[str, Any]) -> None:
    with pytest.raises(NotRecordable, match=f"Everything.{next(iter(wrong))} may not be"):
        Everything(**{**FULL, **wrong}).as_json()


@pytest.mark.parametrize("name", ["who", "when", "where", "word"])
def test_what_is_not_known_is_empty(name: str) -> None:
    assert Everything(**{**FULL, name: ""}).as_json()[name] == ""


# Read


GRANTED = {"role": "sponsor", "person": SOMEBODY, "asks_first": True}


def _act(verb: str, stored: Mapping[str, Any], version: int = 1) -> Any:
    return SimpleNamespace(verb=verb, version=version, evidence=stored)


def test_it_is_read_typed() -> None:
    held = social.RoleHeld.of(_act("role.granted", GRANTED))
    assert held == social.RoleGranted(role=RoleKind.SPONSOR, person=SOMEBODY, asks_first=True)
    assert isinstance(held.role, RoleKind)
    again = Everything.read(1, Everything(**FULL).as_json())
    assert again == Everything(**FULL)
    assert all(type(getattr(again, name)) is type(value) for name, value in FULL.items())


def test_it_is_read_as_what_the_verb_declares_only() -> None:
    act = _act("role.granted", GRANTED)
    assert type(Evidence.of(act)) is social.RoleGranted
    with pytest.raises(NotRecordable, match=r"role\.granted declares RoleGranted, not Added"):
        social.Added.of(act)
    with pytest.raises(NotRecordable, match=r"never\.heard_of declares no evidence"):
        Evidence.of(_act("never.heard_of", {}))


@pytest.mark.parametrize(
    ("version", "stored"),
    [
        (1, {}), (1, {"role": "sponsor"}), (1, {"role": "king", "person": SOMEBODY}), (1, {"role": None, "other": 1}),
        (2, {"role": "sponsor", "person": SOMEBODY}), (0, {"role": "sponsor", "person": SOMEBODY}), (1, []), (1, None),
    ],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_read_is_named(version: int, stored: Any) -> None:
    with pytest.raises(NotRecordable, match=f"version {version} does not read as RoleHeld"):
        social.RoleHeld.read(version, stored)


@evidence
class Third(Evidence):
    """First it had minutes, then seconds, then a colour as well."""

    seconds: int
    colour: Colour

    version = 3
    upcasts = {
        1: lambda stored: {"seconds": stored["minutes"] * 60},
        2: lambda stored: {**stored, "colour": "blue"},
    }


@pytest.mark.parametrize(
    ("version", "stored"),
    [(1, {"minutes": 2}), (2, {"seconds": 120}), (3, {"seconds": 120, "colour": "blue"})],
)
def test_an_earlier_version_reads_as_the_present_one(version: int, stored: dict[str, Any]) -> None:
    assert Third.read(version, stored) == Third(seconds=120, colour=Colour.BLUE)


def test_a_version_that_nobody_can_read_is_named() -> None:
    for version, stored in ((0, {"minutes": 2}), (4, {"seconds": 120, "colour": "blue"}), (1, {"seconds": 120})):
        with pytest.raises(NotRecordable):
            Third.read(version, stored)


def test_the_version_is_no_field() -> None:
    assert set(columns(Third)) == {"seconds", "colour"}


# Frozen: `python -m commonplace.ledger.samples tests/ledger/samples.json` adds those of a new verb or version.


@pytest.mark.parametrize("verb", sorted(registry.ACTS))
def test_what_was_stored_reads_to_the_same_values(verb: str) -> None:
    """Who changes a field raises the version and says how the one before is read."""
    kind, stored = registry.ACTS[verb].evidence, samples.frozen(FROZEN).get(verb, {})
    assert str(kind.version) in stored, "no sample: make one"
    assert set(stored) == {str(version) for version in range(1, kind.version + 1)}
    for version, each in stored.items():
        for sample in each:
            evidence = kind.read(int(version), sample)
            assert int(version) < kind.version or evidence.as_json() == sample


def test_every_sample_is_of_a_verb_that_is_there() -> None:
    assert samples.frozen(FROZEN).keys() <= registry.ACTS.keys()


def test_every_code_is_in_a_sample() -> None:
    made = samples.samples(Everything)
    assert {sample["colour"] for sample in made} == {"red", "blue"}
    assert {sample["perhaps"] for sample in made} == {"red", "blue", None}
    assert all(Everything.read(1, sample).as_json() == sample for sample in made)


def test_a_sample_is_added_and_never_changed() -> None:
    verb, other = "member.left", "role.granted"
    stored = samples.added({verb: {"1": [{"kept": "as it is"}]}, "unheard.of": {"1": []}})
    assert stored[verb] == {"1": [{"kept": "as it is"}]}
    assert stored[other]["1"] == samples.samples(registry.ACTS[other].evidence)
    assert "unheard.of" not in stored


@pytest.mark.parametrize(
    "changed",
    [{"person": int}, {"role": Colour}, {"more": bool}, {"renamed": RoleKind}],
    ids=["another type", "other codes", "a field more", "a field less"],
)
def test_a_change_without_a_new_version_is_noticed(changed: dict[str, Any]) -> None:
    """The negative control of the frozen samples."""
    hints = {"role": RoleKind, "person": Id, **changed}
    if "renamed" in hints:
        del hints["role"]
    kind = evidence(type("RoleHeld", (Evidence,), {"__annotations__": hints, "more": False} if "more" in hints
                         else {"__annotations__": hints}))  # fmt: skip
    sample = samples.frozen(FROZEN)["role.granted"]["1"][0]
    try:
        same = kind.read(1, sample).as_json() == sample
    except NotRecordable:
        same = False
    assert not same
