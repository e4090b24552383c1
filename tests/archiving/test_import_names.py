"""People and titles of an archive are called by what can be seen, and two of a name are told apart."""

from commonplace.archiving.records import Author
from commonplace.communities.models import Person
from commonplace.externalizing.models import Exchange
from tests.archiving.records import ADA, BEN, answer, brought, person, question
from tests.story import Story


def names() -> list[str]:
    return sorted(str(one) for one in Person.objects.exclude(origin=""))


def test_what_nobody_sees_is_not_brought(story: Story) -> None:
    brought(
        story, person(Author("1", "A\u200bda\u202e")), person(Author("2", "\u3164")), question("1", title="Wh\u202ey?")
    )
    assert names() == ["Ada", "Unknown author"]
    assert Exchange.objects.everywhere("test").get().title == "Why?"


def test_two_of_a_name_are_told_apart(story: Story) -> None:
    story.member("Ada")
    brought(story, person(ADA), person(Author("3", "Ada")))
    brought(story, question("1"), answer("2", "1", author=Author("9", "Ada")))
    assert names() == ["Ada (2)", "Ada (3)", "Ada (4)"]


def test_who_is_called_otherwise_there_now_is_told_apart_too(story: Story) -> None:
    brought(story, person(ADA), person(BEN))
    brought(story, person(Author("2", "Ada")))
    assert names() == ["Ada", "Ada (2)"]
    brought(story, person(Author("2", "Ada"), url="https://example.org/2"))
    assert names() == ["Ada", "Ada (2)"]


def test_what_tells_two_apart_is_not_brought_with_a_name(story: Story) -> None:
    story.member("Ada")
    pretending = ("Ada (2)", "Ben ⑵", "Cem (bot) (3)", "(4)")
    brought(story, *[person(Author(str(number), name)) for number, name in enumerate(pretending)])
    assert names() == ["Ada (2)", "Ben", "Cem", "Unknown author"]


def test_two_who_are_called_the_same_at_once_are_told_apart(story: Story) -> None:
    brought(story, person(ADA), person(BEN))
    brought(story, *[person(Author(one.external_id, "Cem")) for one in (ADA, BEN)])
    assert names() == ["Cem", "Cem (2)"]


def test_spelled_otherwise_it_is_the_same_name(story: Story) -> None:
    story.member("Ada")
    brought(story, person(Author("7", "ADÁ")))
    assert names() == ["ADÁ (2)"]
