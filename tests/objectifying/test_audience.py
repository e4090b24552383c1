"""Whom a practice is for: it belongs to a version, is fixed in a round, and binds."""

import pytest

from commonplace.communities import acts as social
from commonplace.communities.models import Person, RoleKind, Visibility, footing
from commonplace.consenting import acts as rounds
from commonplace.consenting.kinds import Kind
from commonplace.consenting.models import Proposal
from commonplace.ledger.check import findings
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.objectifying import acts
from commonplace.objectifying.audience import EVERYONE, NEWCOMERS, Audience
from commonplace.objectifying.models import PARTS, Practice, Version
from commonplace.objectifying.reach import Reach, counted, readers
from commonplace.objectifying.status import AudienceKind
from tests.objectifying.conftest import Crew

NOBODY = Audience(AudienceKind.UNITS)


def names(crew: Crew, audience: Audience) -> set[str]:
    rows = counted(audience, crew.community)
    return set() if rows is None else set(rows.values_list("person__name", flat=True))


def line(practice: Practice) -> str:
    version = practice.versions.latest("number")
    return Reach(version, practice.community).line


def evidence(crew: Crew) -> dict[str, object]:
    return dict(crew.last("practice.audience_set").evidence)


def test_what_begins_is_for_everyone_and_that_is_told_with_how_many_that_is(crew: Crew) -> None:
    for begun in (crew.written, crew.brought):
        practice = begun()
        assert practice.newest_version.for_whom == EVERYONE
        assert evidence(crew) == {"number": 1, "audience_kind": "everyone", "unit_ids": [], "people": 5}
        assert crew.last("practice.audience_set").subject == practice.pk


def test_who_brings_it_in_or_writes_it_down_says_whom_it_is_for(crew: Crew) -> None:
    north = crew.story.of_units("North")
    practice = crew.brought(audience=north)
    assert practice.newest_version.for_whom == north
    assert evidence(crew)["people"] == 2
    assert crew.written(audience=NEWCOMERS).newest_version.for_whom == NEWCOMERS
    assert evidence(crew)["people"] is None, "what somebody said on joining is theirs"


def test_of_units_members_are_counted_and_no_bot(crew: Crew) -> None:
    story = crew.story
    story.person("Elsewhere", unit="North")
    social.set_bot(story.operator, story.member("Digest", unit="North"), bot=True)
    north = story.of_units("North")
    assert names(crew, north) == {"Lea", "Ines"}
    crew.brought(audience=north)
    assert evidence(crew)["people"] == 2


def test_units_are_some_that_there_are(crew: Crew) -> None:
    with pytest.raises(NotPossible, match="Tick one unit"):
        crew.brought(audience=NOBODY)
    with pytest.raises(NotPossible, match="from the list"):
        crew.written(audience=Audience(AudienceKind.UNITS, frozenset([crew.lea.pk])))


def test_set_later_they_are_some_that_there_are_too(crew: Crew) -> None:
    practice = crew.brought()
    with pytest.raises(NotPossible, match="Tick one unit"):
        acts.set_audience(crew.lea, practice, number=1, audience=NOBODY)


def test_a_version_is_for_whom_the_one_before_was_unless_it_says_otherwise(crew: Crew) -> None:
    north = crew.story.of_units("North")
    practice = crew.brought(audience=north)
    before = crew.last("practice.audience_set").pk
    assert crew.story.revise(crew.omar, practice, how="Slowly.").for_whom == north
    assert crew.last("practice.audience_set").pk == before, "nothing about it changed, and nothing is told"
    assert crew.story.revise(crew.omar, practice, how="Slower.", audience=NEWCOMERS).for_whom == NEWCOMERS
    assert evidence(crew)["number"] == 3


def test_another_audience_alone_makes_a_version_and_the_same_makes_none(crew: Crew) -> None:
    practice = crew.brought()
    with pytest.raises(NotPossible, match="Nothing has changed"):
        crew.story.revise(crew.omar, practice, audience=EVERYONE)
    assert crew.story.revise(crew.omar, practice, audience=NEWCOMERS).number == 2


def test_a_minor_edit_leaves_it_as_it_is(crew: Crew) -> None:
    practice = crew.accepted()
    base = practice.newest_version
    words = {part: getattr(base, part) for part in PARTS} | {"why": "Air comes back, and stays."}
    with pytest.raises(NotPossible, match="binds"):
        acts.revise(crew.lea, practice, version=Version(**words), base=base, minor=True, audience=NEWCOMERS)
    edit = acts.revise(crew.lea, practice, version=Version(**words), base=base, minor=True, audience=EVERYONE)
    assert edit.for_whom == EVERYONE
    with pytest.raises(NotPossible, match="minor edit"):
        acts.set_audience(crew.lea, practice, number=2, audience=NEWCOMERS)


def test_it_can_be_set_until_the_version_is_put_to_consent(crew: Crew) -> None:
    practice = crew.candidate()
    assert acts.set_audience(crew.lea, practice, number=1, audience=NEWCOMERS).for_whom == NEWCOMERS
    with pytest.raises(NotPossible, match="already"):
        acts.set_audience(crew.lea, practice, number=1, audience=NEWCOMERS)
    proposal = crew.proposed(practice)
    with pytest.raises(NotPossible, match="put to consent"):
        acts.set_audience(crew.lea, practice, number=1, audience=EVERYONE)
    rounds.withdraw(crew.lea, proposal, why="early", reason="Later.")
    with pytest.raises(NotPossible, match="put to consent"):
        acts.set_audience(crew.lea, practice, number=1, audience=EVERYONE)
    crew.story.revise(crew.omar, practice, how="Slowly.")
    with pytest.raises(NotPossible, match="version 2"):
        acts.set_audience(crew.lea, practice, number=1, audience=EVERYONE)
    assert acts.set_audience(crew.lea, practice, number=2, audience=EVERYONE).for_whom == EVERYONE


def test_what_waits_its_turn_is_put_as_it_was(crew: Crew) -> None:
    practice = crew.candidate()
    crew.proposed(practice)
    crew.story.revise(crew.lea, practice, how="Slowly.")
    waits = rounds.line_up(crew.lea, practice, proposal=Proposal(matter=Kind.ACCEPTANCE, number=2))
    with pytest.raises(NotPossible, match="waits its turn"):
        acts.set_audience(crew.lea, practice, number=2, audience=NEWCOMERS)
    rounds.step_out(crew.lea, waits)
    assert acts.set_audience(crew.lea, practice, number=2, audience=NEWCOMERS).for_whom == NEWCOMERS


def test_who_does_not_pursue_it_writes_a_version_instead(crew: Crew) -> None:
    practice = crew.brought()
    with pytest.raises(NotAllowed):
        acts.set_audience(crew.ines, practice, number=1, audience=NEWCOMERS)
    assert acts.set_audience(crew.fay, practice, number=1, audience=NEWCOMERS).for_whom == NEWCOMERS


def test_what_was_set_aside_is_for_nobody_anew(crew: Crew) -> None:
    practice = crew.written()
    acts.set_aside(crew.lea, practice, reason="Nobody tries it.")
    with pytest.raises(NotPossible, match="set aside"):
        acts.set_audience(crew.lea, practice, number=1, audience=NEWCOMERS)


def test_a_round_puts_it_with_the_text_and_asks_again_where_it_changes(crew: Crew) -> None:
    practice = crew.candidate(audience=crew.story.of_units("South", "North"))
    proposal = crew.consented(crew.proposed(practice))
    assert proposal.texts["audience"] == "Units: North, South"
    crew.story.revise(crew.lea, practice, why="Air comes back, always.")
    rounds.amend(crew.lea, proposal, number=2)
    assert proposal.stances.current().count() == 3, "nothing that binds has changed"
    crew.story.revise(crew.lea, practice, audience=NEWCOMERS)
    rounds.amend(crew.lea, proposal, number=3)
    assert proposal.stances.current().count() == 0
    page = crew.story.browser(crew.ines).get(proposal.get_absolute_url()).content.decode()
    assert "<del>Units: North, South</del> <ins>Newcomers</ins>" in page.replace("</del><ins>", "</del> <ins>")


def test_it_is_put_in_the_language_of_the_community(crew: Crew) -> None:
    social.set_profile(crew.fay, crew.community, language="fr")
    practice = crew.candidate(audience=NEWCOMERS)
    page = crew.story.browser(crew.lea).get(f"/c/pump-crews/proposals/new/acceptance/{practice.pk}/")
    assert page.status_code == 200
    crew.community.refresh_from_db()
    assert crew.proposed(practice).texts["audience"]


def test_a_unit_that_is_merged_or_renamed_leaves_it_right(crew: Crew) -> None:
    story, works, north = crew.story, crew.story.unit("Works"), crew.story.unit("North")
    assert works
    assert north
    practice = crew.brought(audience=story.of_units("Works"))
    social.merge_unit(story.operator, works, into=north)
    social.rename_unit(story.operator, north, name="Works North")
    assert line(practice) == "For Works North"
    assert names(crew, practice.newest_version.for_whom) == {"Lea", "Ines"}
    with pytest.raises(NotPossible, match="Nothing has changed"):
        story.revise(crew.omar, practice, audience=story.of_units("Works North"))
    assert story.revise(crew.omar, practice, how="Slowly.").for_whom == story.of_units("Works North")
    assert list(findings()) == []


def test_those_of_a_part_of_a_unit_are_of_the_unit(crew: Crew) -> None:
    operator, south = crew.story.operator, crew.story.unit("South")
    assert south
    social.move_unit(operator, south, parent=crew.story.unit("North"))
    assert names(crew, crew.story.of_units("North")) == {"Lea", "Omar", "Ines"}


@pytest.mark.parametrize("visibility", Visibility.values)
def test_everyone_is_who_may_read_and_no_bot(crew: Crew, visibility: str) -> None:
    story = crew.story
    here = story.found("valves", "Valves", by=crew.fay, visibility=visibility)
    story.member("Mia", of=here)
    story.serving("Selma", RoleKind.SPONSOR, of=here)
    story.granted(story.member("Sven", of=here), RoleKind.SPONSOR, of=here)
    gone = story.member("Gone", of=here)
    social.leave(gone, here)
    social.set_bot(story.operator, story.member("Digest", of=here), bot=True)
    expected = {one.name for one in Person.objects.accounts() if footing(one, here).may_read and not one.is_bot}
    assert set(readers(here).values_list("name", flat=True)) == expected


def test_the_ledger_tells_it_all(crew: Crew) -> None:
    practice = crew.candidate(audience=crew.story.of_units("North"))
    acts.set_audience(crew.lea, practice, number=1, audience=NEWCOMERS)
    crew.accepted(practice)
    crew.story.revise(crew.omar, practice, audience=crew.story.of_units("South"))
    crew.story.revise(crew.omar, practice, how="Slowly.")
    assert list(findings()) == []
