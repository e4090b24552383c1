"""What is agreed on is looked after, cited by its version, and compared as people read it."""

from commonplace.communities import acts as social
from commonplace.communities.models import Person
from commonplace.communities.waiting import needs
from commonplace.objectifying import acts
from commonplace.objectifying.differences import changes
from commonplace.objectifying.models import Practice, Version
from tests.objectifying.conftest import Crew


def asked(person: Person, practice: Practice) -> bool:
    return ("Who looks after it?", practice.title) in [(need.what, need.title) for need in needs(person)]


def test_once_it_is_accepted_who_wrote_it_and_facilitators_are_asked_who_looks_after_it(crew: Crew) -> None:
    practice = crew.candidate()
    assert not asked(crew.fay, practice)
    crew.accepted(practice)
    assert asked(crew.lea, practice)
    assert asked(crew.omar, practice)
    assert asked(crew.fay, practice)
    assert not asked(crew.ines, practice)
    acts.set_steward(crew.omar, practice, steward=crew.omar)
    assert not asked(crew.fay, practice)


def test_when_the_steward_leaves_it_is_asked_and_listed_again(crew: Crew) -> None:
    practice = crew.accepted()
    browser, listed = crew.story.browser(crew.fay), f"/c/{practice.community.slug}/practices/"
    assert "nobody looks after it" in browser.get(listed).content.decode()
    acts.set_steward(crew.ines, practice, steward=crew.ines)
    assert "nobody looks after it" not in browser.get(listed).content.decode()
    social.leave(crew.ines, crew.community)
    assert asked(crew.fay, practice)
    assert "nobody looks after it" in browser.get(listed).content.decode()


def test_who_left_is_not_asked_about_what_they_wrote(crew: Crew) -> None:
    practice = crew.accepted()
    social.leave(crew.lea, crew.community)
    assert not asked(crew.lea, practice)


def test_a_version_says_how_to_cite_it(crew: Crew) -> None:
    practice = crew.accepted()
    draft = crew.story.revise(crew.lea, practice, how="Bleed slowly.")
    browser = crew.story.browser(crew.ines)
    first = " ".join(browser.get(practice.versions.get(number=1).get_absolute_url()).content.decode().split())
    assert f"Pump crews: {practice.title}, version 1, agreed on" in first
    assert f"http://testserver{practice.versions.get(number=1).get_absolute_url()}</p>" in first
    second = " ".join(browser.get(draft.get_absolute_url()).content.decode().split())
    assert "version 2, not agreed on" in second


def test_differences_are_of_what_is_read(crew: Crew) -> None:
    old = Version(how="# First\n\nBleed *it* at [the valve](https://example.org/a).\n\n- once\n- slowly\n")
    new = Version(how="# First\n\nBleed **it** at [the valve](https://example.org/b).\n\n- once\n- fast\n")
    [(heading, html)] = changes(old, new)
    assert heading == "How"
    assert html == "First\nBleed it at the valve.\n• once\n• <del>slowly</del> <ins>fast</ins>"
    assert "example.org" not in html
    [(_heading, html)] = changes(Version(how="a"), Version(how="<script>alert(1)</script>"))
    assert "<script" not in html


def test_where_only_the_signs_changed_they_are_shown(crew: Crew) -> None:
    [(_heading, html)] = changes(Version(how="Bleed it."), Version(how="Bleed **it**."))
    assert html == "Bleed <del>it.</del> <ins>**it**.</ins>"
