"""Two people write at once: what one wrote is not taken out by the other without their seeing it."""

import pytest

from commonplace.ledger.errors import NotPossible
from commonplace.objectifying import acts
from commonplace.objectifying.models import PARTS, Practice, Version
from tests.objectifying.conftest import Crew
from tests.story import PARTS as WORDS


def sent(crew: Crew, practice: Practice, base: int, **parts: str) -> tuple[int, str]:
    typed = {**WORDS, "note": "", "base": base, **parts}
    there = f"/c/{practice.community.slug}/practices/{practice.pk}/versions"
    answer = crew.story.browser(crew.lea).post(there, typed)
    return answer.status_code, " ".join(answer.content.decode().split())


def test_the_form_comes_back_with_everything_typed_and_the_others_text_beside(crew: Crew) -> None:
    practice = crew.written()
    crew.story.revise(crew.omar, practice, how="Bleed before the valve, twice.")
    status, shown = sent(crew, practice, 1, limits="Mine: not at night.")
    assert status == 422
    assert practice.course.latest == 2
    assert "Mine: not at night." in shown
    assert "Meanwhile version 2 was written" in shown
    assert "Bleed before the valve, twice." in shown
    assert "<ins>" in shown
    assert "<del>" in shown
    assert '<input type="hidden" name="base" value="2">' in shown


def test_on_top_of_it_it_is_saved_knowingly(crew: Crew) -> None:
    practice = crew.written()
    crew.story.revise(crew.omar, practice, how="Bleed before the valve, twice.")
    status, _shown = sent(crew, practice, 2, limits="Mine: not at night.")
    assert status == 302
    assert practice.versions.get(number=3).limits == "Mine: not at night."


def test_the_base_is_kept_where_the_form_comes_back_for_another_reason(crew: Crew) -> None:
    practice = crew.written()
    status, shown = sent(crew, practice, 1)
    assert (status, "Nothing has changed" in shown) == (422, True)
    assert '<input type="hidden" name="base" value="1">' in shown


def test_a_form_that_does_not_say_what_it_began_from_is_not_taken(crew: Crew) -> None:
    practice = crew.written()
    there = f"/c/{practice.community.slug}/practices/{practice.pk}/versions"
    assert crew.story.browser(crew.lea).post(there, {**WORDS, "how": "Mine."}).status_code == 404
    assert practice.versions.count() == 1


def test_too_long_for_the_form_it_still_knows_what_it_began_from(crew: Crew) -> None:
    practice = crew.written()
    crew.story.revise(crew.omar, practice, how="Bleed before the valve, twice.")
    status, shown = sent(crew, practice, 1, limits="x" * 10_001)
    assert (status, '<input type="hidden" name="base" value="1">' in shown) == (422, True)


def test_the_act_refuses_what_began_from_an_older_version(crew: Crew) -> None:
    practice = crew.written()
    first = practice.newest_version
    crew.story.revise(crew.omar, practice, how="Twice.")
    mine = Version(**{part: getattr(first, part) for part in PARTS} | {"limits": "Mine."})
    with pytest.raises(NotPossible, match="Meanwhile version 2"):
        acts.revise(crew.lea, practice, version=mine, base=first)


def test_what_only_the_other_changed_is_taken_over(crew: Crew) -> None:
    practice = crew.written()
    crew.story.revise(crew.omar, practice, limits="Never above 80 degrees.")
    _status, shown = sent(crew, practice, 1, how="Mine: bleed slowly.")
    assert "Limits: taken over from version 2" in shown
    assert shown.index("Never above 80 degrees.</textarea>") > shown.index("Mine: bleed slowly.</textarea>")


def test_where_both_changed_a_part_the_second_press_says_what_it_does(crew: Crew) -> None:
    practice = crew.written()
    crew.story.revise(crew.omar, practice, limits="Never above 80 degrees.")
    _status, shown = sent(crew, practice, 1, limits="Not at night.")
    assert "Limits: you both changed it" in shown
    assert "Save mine over version 2&#39;s “Limits”" in shown or "Save mine over version 2's “Limits”" in shown
    status, shown = sent(crew, practice, 2, limits="Not at night.", began="1")
    assert (status, "Take theirs over, or tick this." in shown) == (422, True)
    assert practice.versions.count() == 2
    status, _shown = sent(crew, practice, 2, limits="Not at night.", began="1", over_limits="on")
    assert (status, practice.versions.get(number=3).limits) == (302, "Not at night.")


def test_a_browser_s_line_ends_are_no_change(crew: Crew) -> None:
    practice = crew.written(how="- Bleed it.\n- Wait.")
    status, _shown = sent(crew, practice, 1, how="- Bleed it.\r\n- Wait.", why="Air.\r\nIt comes back.")
    assert status == 302
    assert crew.last("practice.version_added").evidence["parts"] == ["why"]
    assert practice.versions.get(number=2).why == "Air.\nIt comes back."
