"""The moment of a figure when nobody names one: now, or where an archive ends."""

from commonplace.ledger.registry import ACTS
from commonplace.measuring.as_of import archive_end, default_as_of
from commonplace.measuring.cycle.ended import BROUGHT
from commonplace.measuring.sources import ADMINISTRATIVE
from tests.measuring.conftest import History, day

ARCHIVE = {"origin": "stackexchange:ai"}


def test_an_archive_ends_with_its_last_act(history: History) -> None:
    history.asks("ann", "e0", 3, **ARCHIVE)
    history.asks("bea", "e1", 2, **ARCHIVE)
    assert archive_end(history.table()) == day(3)


def test_founding_joining_and_serving_happen_here_and_do_not_count(history: History) -> None:
    for verb in ("community.founded", "charter.set", "member.joined", "person.added", "role.granted", "unit.named"):
        history.act(verb, "operator", "c", on=100)
    history.asks("ann", "e0", 3, **ARCHIVE)
    assert default_as_of(history.table()) == day(3)


def test_one_act_here_and_the_community_lives(history: History, now) -> None:
    history.asks("ann", "e0", 3, **ARCHIVE)
    history.answers("bea", "e0", 4)
    assert archive_end(history.table()) is None
    assert default_as_of(history.table()) == now


def test_a_new_community_is_measured_now(history: History, now) -> None:
    history.act("community.founded", "operator", "c", on=1)
    assert default_as_of(history.table()) == now


def test_every_family_of_verbs_is_administrative_or_is_not() -> None:
    """A new one fails here until somebody has thought about it."""
    families = {verb.split(".")[0] for verb in ACTS}
    assert families - {prefix.rstrip(".") for prefix in ADMINISTRATIVE} == {
        *("exchange", "practice", "proposal", "challenge", "application", "objective", "review"),
    }


def test_what_archives_bring_and_what_tells_that_one_lives_are_all_that_is_done() -> None:
    """The page asks for each apart: a verb that archives bring later belongs to the first."""
    assert {verb for verb, one in ACTS.items() if one.brought_by and not verb.startswith(ADMINISTRATIVE)} == set(
        BROUGHT
    )
