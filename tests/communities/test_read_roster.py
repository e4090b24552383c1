"""A pasted list of people is read as people paste it; what is not understood is told by its line."""

import pytest

from commonplace.communities import roster

LEA, OMAR = ("Lea Moreau", "lea@x.org", "North"), ("Omar", "omar@x.org", "")


def people(text: str) -> list[tuple[str, str, str]]:
    return [(one.name, one.email, one.unit) for one in roster.read(text)[0]]


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
def test_lists_are_read_as_people_paste_them(text: str) -> None:
    assert people(text) == [LEA, OMAR]


def test_a_comma_in_a_name_does_no_harm() -> None:
    assert people("Moreau, Lea;lea@x.org;Depot North, hall 2") == [("Moreau, Lea", "lea@x.org", "Depot North, hall 2")]
    assert people('"Moreau, Lea",lea@x.org') == [("Moreau, Lea", "lea@x.org", "")]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Lea Moreau", "expected a name"),
        ("lea@x.org", "expected a name"),
        (", lea@x.org", "a name is missing"),
        ("lea@x.org, Lea", "is not an e-mail address"),
        ("x" * 200 + ", lea@x.org", "longer than 120"),
        ("Omar, omar@x.org", "in the list or has an account"),
        ('"', "expected a name"),
        ("Lea, lea@@x.org", "expected a name"),
        ("\x0b\x0b lea@x.org", "expected a name"),
    ],
)
def test_a_line_that_is_not_understood_is_told_by_its_number(line: str, why: str) -> None:
    understood, unread = roster.read(f"Omar, omar@x.org\n\n{line}\nNina, nina@x.org")
    assert [one.name for one in understood] == ["Omar", "Nina"]
    assert unread[0].number == 3
    assert why in unread[0].why


def test_there_is_a_most() -> None:
    understood, unread = roster.read("\n".join(f"P{number}, p{number}@x.org" for number in range(501)))
    assert (len(understood), [line.number for line in unread]) == (500, [501])
