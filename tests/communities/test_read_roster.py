"""A pasted list of people is read as people paste it; what is not understood is told by its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from commonplace.communities import roster
from tests.communities.lists import ANA, BEN, GIVEN, MORE, Pasted

LEA, OMAR = ("Lea Moreau", "lea@x.org", "North"), ("Omar", "omar@x.org", "")


def people(text: str) -> list[tuple[str, str, str]]:
    return [(one.name, one.email, one.unit) for one in roster.read(text).people.values()]


@pytest.mark.parametrize("pasted", [*GIVEN.values(), *MORE.values()], ids=[*GIVEN, *MORE])
def test_a_list_is_read_as_it_is_pasted(pasted: Pasted) -> None:
    read = roster.read(pasted.text)
    understood = [(one.name, one.email, one.unit, one.zone) for one in read.people.values()]
    assert understood == [(*one, "", "")[:4] for one in pasted.people]
    assert [one.text for one in read.unread] == list(pasted.unread)
    for one in read.unread:
        assert pasted.unread[one.text] in one.why
    assert read.left_out == pasted.left_out


@pytest.mark.parametrize("pasted", [*GIVEN.values(), *MORE.values()], ids=[*GIVEN, *MORE])
def test_who_was_shown_comes_as_shown(pasted: Pasted) -> None:
    shown = list(roster.read(pasted.text).people.values())
    assert roster.kept(roster.packed(shown)) == shown


@pytest.mark.parametrize("pasted", [*GIVEN.values(), *MORE.values()], ids=[*GIVEN, *MORE])
def test_what_is_not_done_stays_as_it_was_typed(pasted: Pasted) -> None:
    read = roster.read(pasted.text)
    assert roster.read(read.rest([])).people == read.people
    again = roster.read(read.rest(list(read.people)), accounts=list(read.people))
    assert not again.people
    assert {one.text for one in read.unread if "already" not in one.why} <= {one.text for one in again.unread}


@pytest.mark.parametrize(
    "text",
    [
        "Lea Moreau, lea@x.org, North\nOmar, omar@x.org",
        "Lea Moreau;lea@x.org;North\n\n  \nOmar;omar@x.org;",
        "Lea Moreau\tLEA@x.org\tNorth\r\nOmar\tomar@x.org",
        "name,email,unit\nLea Moreau,lea@x.org,North\nOmar,omar@x.org,",
        "E-mail;Nom;Service\nlea@x.org;Lea Moreau;North\nomar@x.org;Omar;",
        '"Lea  Moreau", lea@x.org, "North"\nOmar , omar@x.org',
        "Lea Moreau; lea@x.org; North\nOmar, omar@x.org",
    ],
)
def test_two_people_are_two_whatever_stands_between(text: str) -> None:
    assert people(text) == [LEA, OMAR]


def test_a_comma_in_a_unit_does_no_harm() -> None:
    assert people("Moreau, Lea;lea@x.org;Depot North, hall 2") == [("Moreau, Lea", "lea@x.org", "Depot North, hall 2")]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Lea Moreau", "no e-mail address"),
        ("lea@x.org", "the name is missing"),
        (", lea@x.org", "the name is missing"),
        ("x" * 200 + ", lea@x.org", "longer than 120"),
        ("Lea, lea@x.org, " + "x" * 90, "longer than 80"),
        ("Omar, omar@x.org", "stands in the list already"),
        ('"', "no e-mail address"),
        ("Lea, lea@@x.org", "is not an e-mail address"),
        ("\x0b\x0b lea@x.org", "the name is missing"),
    ],
)
def test_a_line_that_is_not_understood_is_told_by_its_number(line: str, why: str) -> None:
    read = roster.read(f"Omar, omar@x.org\n\n{line}\nNina, nina@x.org")
    assert [one.name for one in read.people.values()] == ["Omar", "Nina"]
    assert [one.number for one in read.unread] == [3]
    assert why in read.unread[0].why


def test_who_is_done_is_not_asked_for_again() -> None:
    read = roster.read("Name;Email\nAna Ruiz;ana@x.org\nCy;cy\nBen Öz;ben@x.org")
    assert read.rest([ANA[1]]) == "Name;Email\nCy;cy\nBen Öz;ben@x.org"
    assert roster.read("Name;Email\nAna Ruiz;ana@x.org").rest([ANA[1], BEN[1]]) == ""


def test_who_has_an_account_is_told_apart() -> None:
    read = roster.read("Fay, FAY@x.org\nOmar, omar@x.org\nFay, fay@x.org", accounts=["fay@x.org"])
    assert (list(read.people), list(read.here)) == (["omar@x.org"], ["fay@x.org"])
    assert "stands in the list already" in read.unread[0].why
    assert read.rest(["omar@x.org"]) == "Fay, FAY@x.org\nFay, fay@x.org"


def test_there_is_a_most() -> None:
    read = roster.read("\n".join(f"P{number}, p{number}@x.org" for number in range(501)))
    assert (len(read.people), [line.number for line in read.unread]) == (500, [501])


PIECES = some.sampled_from(
    ["Ana", "ana@x.org", "b@x.org", '"', ";", ",", "\t", "|", "<", ">", "\n", " ", "Name", "Email", "\u200b"]
)


@given(some.lists(PIECES, max_size=30).map("".join) | some.text(max_size=200))
def test_whatever_is_pasted_is_read_or_set_aside(text: str) -> None:
    read = roster.read(text)
    assert roster.kept(roster.packed(read.people.values())) == list(read.people.values())
    assert all("@" not in one.name for one in read.people.values())


@pytest.mark.parametrize("piece", ["\t", "a.", "=?utf-8?q?a?=", "Lea, lea@x.org;"])
def test_a_line_without_end_is_set_aside_with_its_place(piece: str) -> None:
    endless = f"{piece * 2_001}x"
    read = roster.read(f"Lea Moreau, lea@x.org, North\n{endless}\nOmar, omar@x.org")
    assert [(one.name, one.email, one.unit) for one in read.people.values()] == [LEA, OMAR]
    assert [(one.number, one.why) for one in read.unread] == [(2, "longer than 2000 letters")]
    assert read.rest(["lea@x.org", "omar@x.org"]) == endless


def test_lines_without_end_are_set_aside_and_stay() -> None:
    more = '\n\n"a\nFay, fay@x.org'
    read = roster.read("Lea Moreau, lea@x.org, North" + "\n" * 1_999 + more)
    assert [one.email for one in read.people.values()] == ["lea@x.org"]
    assert [(one.number, one.why) for one in read.unread] == [(2_001, "at most 2000 lines at a time")]
    assert "Fay, fay@x.org" in read.rest(["lea@x.org"])


def test_of_what_comes_back_as_many_come_in_as_are_read_and_none_that_would_not_be_shown() -> None:
    many = "\r\n".join(f"N{number},n{number}@x.org,," for number in range(roster.MOST + 200))
    assert len(roster.kept(many)) == roster.MOST
    forged = '"https://evil.example",a@x.org,,\r\nJane Doe (2),b@x.org,,\r\nLea,lea@x.org,,\r\n'
    assert [one.name for one in roster.kept(forged)] == ["Lea"]
    assert [one.name for one in roster.kept(f'{forged}Fay\rFay,fay@x.org,,\r\n"{"a" * 140_000}')] == ["Lea"]
