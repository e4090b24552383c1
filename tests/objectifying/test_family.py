"""A family hears of itself: what is agreed on there comes to who looks after it here, if they may read both."""

from datetime import timedelta

import pytest

from commonplace.communities import acts as social
from commonplace.communities.contributions import Need
from commonplace.communities.models import Person, Visibility
from commonplace.ledger import clock
from commonplace.objectifying import acts
from commonplace.objectifying.contributions.needs import waiting
from commonplace.objectifying.models import Looked, Practice
from tests.objectifying.conftest import Crew
from tests.objectifying.test_bring import taken_over, theirs
from tests.objectifying.test_pages import HERE, shown

THERE = "has a new version there: what is different"
CHANGED = "agreed on another text there: what is different"


def heard(person: Person) -> list[Need]:
    return [one for one in waiting(person) if THERE in one.what or CHANGED in one.what]


def agreed(crew: Crew, practice: Practice, limits: str = "Not near chlorine.") -> None:
    """All who have a voice there write another version and agree on it."""
    if limits:
        crew.story.revise(practice.begun_by, practice, limits=limits)
    voices = [practice.begun_by, *(crew.story.member(f"V{limits}{n}", of=practice.community) for n in (1, 2))]
    if not practice.bringing.backings.exists():
        for one in voices[1:]:
            acts.back(one, practice)
    proposal = crew.story.propose(practice.begun_by, practice)
    for one in voices:
        crew.story.stand(one, proposal)
    with clock.at(proposal.closes_at + timedelta(hours=1)):
        crew.story.decide(practice.begun_by, proposal)


def beside(mine: Practice, other: Practice) -> str:
    return f"/c/{mine.community.slug}/practices/{mine.pk}/beside/{other.pk}"


def test_who_brought_it_in_hears_of_a_new_version_there_once_it_is_agreed_on(crew: Crew) -> None:
    original = theirs(crew)
    mine = taken_over(crew, original)
    crew.story.revise(original.begun_by, original, limits="Not near acid.")
    assert heard(crew.lea) == []
    agreed(crew, original)
    [need] = heard(crew.lea)
    assert need.what == f"The practice it was taken over from {THERE}"
    assert (need.title, need.href) == (mine.title, beside(mine, original))
    assert need.detail == "version 3 there"
    assert need.href in shown(crew.story.browser(crew.lea), "/")
    assert heard(crew.omar) == heard(original.begun_by) == []


def test_its_steward_hears_in_place_of_who_brought_it_in(crew: Crew) -> None:
    original = theirs(crew)
    mine = taken_over(crew, original)
    acts.set_steward(crew.fay, mine, steward=crew.omar)
    agreed(crew, original)
    assert (len(heard(crew.omar)), heard(crew.lea)) == (1, [])
    social.leave(crew.omar, crew.community)
    assert (heard(crew.omar), len(heard(crew.lea))) == ([], 1)


def test_who_looked_at_the_difference_hears_again_of_the_next_version_only(crew: Crew) -> None:
    original = theirs(crew)
    mine = taken_over(crew, original)
    agreed(crew, original)
    lea = crew.story.browser(crew.lea)
    lea.head(beside(mine, original))
    assert len(heard(crew.lea)) == 1, "nothing was looked at"
    shown(lea, beside(mine, original))
    shown(lea, beside(mine, original))
    assert heard(crew.lea) == []
    with clock.at(clock.now() + timedelta(days=40)):
        agreed(crew, original, "Not at all.")
        assert [one.detail for one in heard(crew.lea)] == ["version 3 there"]


def test_that_a_passer_by_looked_tells_nobody(crew: Crew) -> None:
    original = theirs(crew)
    mine = taken_over(crew, original)
    acts.set_steward(crew.fay, mine, steward=crew.omar)
    agreed(crew, original)
    shown(crew.story.browser(crew.ines), beside(mine, original))
    assert not Looked.objects.everywhere("test").exists()
    assert len(heard(crew.omar)) == 1


@pytest.mark.parametrize(("limits", "hears"), [("", False), ("Not near chlorine.", True)])
def test_the_originals_hear_of_what_was_changed_once_it_is_agreed_on(crew: Crew, limits: str, hears: bool) -> None:
    """Agreed on as it came, nothing has changed."""
    original = theirs(crew)
    mine = taken_over(crew, original)
    assert heard(original.begun_by) == []
    agreed(crew, mine, limits)
    there = [(one.href, one.title) for one in heard(original.begun_by)]
    assert there == ([(beside(original, mine), original.title)] if hears else [])
    assert heard(crew.lea) == []


def test_what_was_adapted_on_the_way_is_news_to_them_once_it_is_agreed_on(crew: Crew) -> None:
    original = theirs(crew)
    mine = taken_over(crew, original, limits="Not near chlorine.")
    assert heard(original.begun_by) == []
    agreed(crew, mine, "")
    [need] = heard(original.begun_by)
    assert CHANGED in need.what
    shown(crew.story.browser(original.begun_by), need.href)
    assert heard(original.begun_by) == []


def test_who_may_not_read_there_any_more_hears_nothing(crew: Crew) -> None:
    original = theirs(crew, Visibility.PRIVATE)
    crew.story.invited(crew.lea, original.community)
    mine = taken_over(crew, original)
    agreed(crew, original)
    assert len(heard(crew.lea)) == 1
    social.leave(crew.lea, original.community)
    assert heard(crew.lea) == []
    assert crew.story.browser(crew.lea).get(beside(mine, original)).status_code == 404
    for address in ("/", mine.get_absolute_url(), f"{HERE}?origin=taken_over"):
        assert original.community.title not in shown(crew.story.browser(crew.lea), address)


def test_who_has_left_here_looks_after_nothing_here(crew: Crew) -> None:
    original = theirs(crew)
    mine = taken_over(crew, original)
    agreed(crew, original)
    social.leave(crew.lea, mine.community)
    assert heard(crew.lea) == []


def test_what_was_taken_over_behind_closed_doors_is_no_news_outside(crew: Crew) -> None:
    nils = crew.story.person("Nils")
    closed = crew.story.found("night-shift", "Night shift", by=nils, visibility=Visibility.CLOSED)
    original = crew.brought()
    mine = crew.story.bring(nils, of=closed, source_kind="community", original=original.newest_version)
    agreed(crew, mine)
    assert heard(crew.lea) == []
    assert closed.title not in shown(crew.story.browser(crew.lea), original.get_absolute_url())


@pytest.mark.parametrize("whose", ["mine", "theirs"])
def test_of_what_has_ended_nothing_is_told(crew: Crew, whose: str) -> None:
    original = theirs(crew)
    mine = taken_over(crew, original, authority="habit")
    agreed(crew, original)
    if whose == "mine":
        acts.set_aside(crew.lea, mine, reason="The wrong folder.")
    else:
        end(crew, original)
    assert heard(crew.lea) == []


def end(crew: Crew, practice: Practice) -> None:
    with clock.at(clock.now() + timedelta(days=30)):
        proposal = crew.story.propose(practice.begun_by, practice, matter="retirement", number=2, aim="It is gone.")
        for one in practice.community.memberships.all():
            crew.story.stand(one.person, proposal)
    with clock.at(proposal.closes_at + timedelta(hours=1)):
        crew.story.decide(practice.begun_by, proposal)


def test_the_page_says_which_version_holds_there_since_when(crew: Crew) -> None:
    original = theirs(crew)
    mine = taken_over(crew, original)
    agreed(crew, original)
    page = " ".join(shown(crew.story.browser(crew.lea), mine.get_absolute_url()).split())
    assert "version 2 there since <time" in page
    assert "here from version 1" in page
