"""T4': what is in force already is brought in; it is not consented to here until a round says so."""

from datetime import date, timedelta
from typing import Any

import pytest

from commonplace.communities import acts as social
from commonplace.communities.models import RoleKind, Visibility
from commonplace.consenting.kinds import Kind, Outcome
from commonplace.ledger import clock
from commonplace.ledger.check import findings
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.ledger.nobody import WORKER
from commonplace.objectifying import acts, contents
from commonplace.objectifying.minimum import demands
from commonplace.objectifying.models import Practice
from commonplace.objectifying.status import Settled, SourceKind, Status
from tests.objectifying.conftest import Crew


def test_what_is_brought_in_needs_no_exchange_and_is_not_accepted(crew: Crew) -> None:
    practice = crew.brought()
    assert crew.status(practice) == Status.BROUGHT
    assert practice.course.agreed == 0
    assert practice not in Practice.objects.everywhere("test").held()


def test_what_was_pasted_whole_is_in_force_and_proposed_once_it_is_complete(crew: Crew) -> None:
    practice = crew.brought(context="", why="", limits="", since_on=date(2021, 3, 3))
    acts.back(crew.omar, practice)
    assert crew.status(practice) == Status.BROUGHT
    with pytest.raises(NotPossible, match="when, how, why and limits"):
        crew.proposed(practice)


def test_a_second_member_who_says_that_it_is_in_use_is_enough_to_propose_it(crew: Crew) -> None:
    practice = crew.brought(since_on=date(2021, 3, 3))
    with pytest.raises(NotPossible, match="Too early"):
        crew.proposed(practice)
    acts.back(crew.omar, practice)
    assert crew.status(crew.practice_of(crew.proposed(practice))) == Status.PROPOSED


def test_where_nobody_knows_since_when_two_others_say_that_it_is_in_use(crew: Crew) -> None:
    practice = crew.brought()
    acts.back(crew.omar, practice)
    with pytest.raises(NotPossible, match="Too early"):
        crew.proposed(practice)
    acts.back(crew.ines, practice)
    assert crew.proposed(practice).is_open


def test_a_use_that_failed_is_no_evidence_and_one_that_held_is(crew: Crew) -> None:
    practice = crew.brought()
    crew.used(practice, outcome="failed")
    with pytest.raises(NotPossible, match="Too early"):
        crew.proposed(practice)
    crew.used(practice, by=crew.ines)
    assert crew.proposed(practice).is_open


def test_ones_own_use_of_what_one_brought_in_is_no_evidence(crew: Crew) -> None:
    practice = crew.brought()
    crew.used(practice, by=crew.lea)
    with pytest.raises(NotPossible, match="Too early"):
        crew.proposed(practice)


@pytest.mark.parametrize("then", ["left", "bot", "sponsor"])
@pytest.mark.parametrize("did", ["used", "backed", "brought"])
def test_who_counts_no_more_is_no_evidence(crew: Crew, did: str, then: str) -> None:
    """Who has left, is a bot, or sponsors the community by now: of a use, of a word, and of a first day."""
    zed = crew.story.member("Zed")
    by = zed if did == "brought" else crew.lea
    practice = crew.story.bring(by, since_on=None if did == "used" else date(2021, 3, 3))
    if did == "used":
        crew.story.apply(zed, practice)
    else:
        acts.back(zed if did == "backed" else crew.omar, practice)
    assert minimum(practice)
    if then == "left":
        social.leave(zed, crew.community)
    elif then == "bot":
        social.set_bot(crew.story.operator, zed, bot=True)
    else:
        crew.story.granted(zed, RoleKind.SPONSOR)
    assert not minimum(practice)


def minimum(practice: Practice) -> bool:
    return all(one.is_met for one in demands(Practice.objects.everywhere("test").get(pk=practice.pk)))


def test_who_has_left_says_nothing_any_more(crew: Crew) -> None:
    practice = crew.backed()
    social.leave(crew.omar, crew.community)
    with pytest.raises(NotPossible, match="Too early"):
        crew.proposed(practice)


def test_it_is_found_at_once(crew: Crew) -> None:
    practice = crew.brought()
    assert practice.pk in crew.story.browser(crew.ines).get("/search?q=priming").content.decode()


def test_pressed_twice_it_is_brought_in_once(crew: Crew) -> None:
    crew.brought()
    with pytest.raises(NotPossible, match="just brought it in"):
        crew.brought()


def test_no_one_person_ends_what_others_have_in_force(crew: Crew) -> None:
    """Neither who brought it in, once another backs it, nor who writes a full stop into it."""
    practice = crew.brought()
    crew.story.revise(crew.ines, practice, limits="Not near chlorine.")
    with pytest.raises(NotPossible, match="put to consent"):
        acts.set_aside(crew.ines, practice, reason="Mine is better.")
    acts.back(crew.omar, practice)
    with pytest.raises(NotPossible, match="put to consent"):
        acts.set_aside(crew.lea, practice, reason="The wrong folder.")


def test_what_was_not_agreed_on_there_is_not_called_so_here(crew: Crew) -> None:
    with pytest.raises(NotPossible, match="not agreed on there"):
        taken_over(crew, theirs(crew), authority="agreed_elsewhere")


def test_what_does_not_go_on_there_is_not_taken_over(crew: Crew) -> None:
    original = theirs(crew)
    acts.set_aside(original.begun_by, original, reason="The wrong folder.")
    with pytest.raises(NotPossible, match="does not go on there"):
        taken_over(crew, original)


def test_what_ended_here_can_be_taken_over_again(crew: Crew) -> None:
    original = theirs(crew)
    mine = taken_over(crew, original, title="zzz")
    acts.set_aside(crew.lea, mine, reason="The wrong title.")
    assert taken_over(crew, original)


def test_nobody_backs_what_they_brought_in_nor_twice(crew: Crew) -> None:
    practice = crew.brought()
    with pytest.raises(NotPossible, match="somebody else"):
        acts.back(crew.lea, practice)
    acts.back(crew.omar, practice)
    with pytest.raises(NotPossible, match="already"):
        acts.back(crew.omar, practice)


def test_what_was_written_down_here_is_not_backed_but_used(crew: Crew) -> None:
    with pytest.raises(NotPossible):
        acts.back(crew.omar, crew.candidate())


def test_agreed_on_it_keeps_that_it_was_imposed(crew: Crew) -> None:
    practice = crew.accepted(crew.backed())
    assert crew.status(practice) == Status.ACCEPTED
    assert practice.bringing.authority == "imposed"


def test_refused_it_stays_brought(crew: Crew) -> None:
    practice = crew.refused(crew.backed())
    assert crew.status(practice) == Status.BROUGHT
    with pytest.raises(NotPossible, match="decided on"):
        crew.proposed(practice)


def test_returned_or_withdrawn_it_stays_brought(crew: Crew) -> None:
    proposal = crew.proposed(crew.backed())
    crew.decided(proposal, Outcome.RETURNED)
    assert crew.status(crew.practice_of(proposal)) == Status.BROUGHT


def test_an_improvement_is_a_draft_until_a_round_accepts_it(crew: Crew) -> None:
    practice = crew.backed()
    crew.story.revise(crew.ines, practice, limits="Not near chlorine.")
    assert crew.status(practice) == Status.BROUGHT
    again = contents.PRACTICE.first(reader=crew.ines, slug=crew.community.slug, practice=practice.pk)
    assert contents.version(again).number == 1
    assert crew.accepted(practice).course.to_read == 2


@pytest.mark.parametrize(
    ("outcome", "left"),
    [
        (Settled.UPHELD, Status.BROUGHT),
        (Settled.UNDER_REVISION, Status.BROUGHT),
        (Settled.RETIRED, Status.RETIRED),
    ],
)
def test_it_can_be_challenged_and_what_another_authority_has_in_force_stays_so(
    crew: Crew, outcome: Settled, left: Status
) -> None:
    challenge = crew.challenged(crew.brought())
    assert crew.status(challenge.practice) == Status.CONTESTED
    assert crew.status(crew.settled(outcome, challenge)) == left


def test_a_challenge_that_nobody_settles_ends_in_time(crew: Crew) -> None:
    challenge = crew.challenged(crew.brought())
    with clock.at(challenge.ends_at + timedelta(hours=1)):
        acts.settle_in_time(WORKER, challenge)
    assert crew.status(challenge.practice) == Status.BROUGHT


def test_who_brought_it_in_by_mistake_sets_it_aside_and_a_new_version_takes_it_up(crew: Crew) -> None:
    practice = crew.brought()
    acts.set_aside(crew.lea, practice, reason="The wrong folder.")
    assert crew.status(practice) == Status.SET_ASIDE
    crew.story.revise(crew.ines, practice, limits="Not near chlorine.")
    assert crew.status(practice) == Status.BROUGHT


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"source_kind": "hearsay"}, "from"),
        ({"source_kind": SourceKind.COMMUNITY}, "from"),
        ({"authority": "whim"}, "authority"),
        ({"link": "javascript:alert(1)"}, "whole address"),
        ({"since_on": date(2101, 1, 1)}, "today"),
        ({"source": "x" * 201}, "200"),
        ({"context": "", "how": "", "why": "", "limits": ""}, "at least one"),
        ({"title": " "}, "one line"),
    ],
)
def test_what_cannot_be_brought_in_is_said(crew: Crew, fields: dict[str, object], says: str) -> None:
    with pytest.raises(NotPossible, match=says):
        crew.brought(**fields)


def test_strangers_bring_nothing_in(crew: Crew) -> None:
    with pytest.raises(NotAllowed):
        crew.story.bring(crew.story.person("Sam"))


def test_rows_are_what_the_ledger_tells(crew: Crew) -> None:
    crew.brought(topics=["Pumps"], title="Bleeding a pump")
    crew.backed()
    assert list(findings()) == []
    brought_last = crew.last("practice.brought").evidence
    assert (brought_last["authority"], brought_last["since_on"]) == ("imposed", "2021-03-03")


def test_its_end_is_put_to_consent_by_any_member_and_it_is_not_set_aside_meanwhile(crew: Crew) -> None:
    practice = crew.brought()
    proposal = crew.story.propose(crew.ines, practice, matter=Kind.RETIREMENT, number=1, aim="The pumps are gone.")
    assert crew.status(practice) == Status.BROUGHT
    with pytest.raises(NotPossible, match="decided first"):
        acts.set_aside(crew.lea, practice, reason="The wrong folder.")
    crew.decided(crew.consented(proposal))
    assert crew.status(practice) == Status.RETIRED


def test_what_a_round_replaced_is_not_taken_up_again(crew: Crew) -> None:
    practice, other = crew.brought(), crew.candidate(title="Another")
    ends = {"matter": Kind.RETIREMENT, "number": 1, "about": other.pk, "aim": "The same, better."}
    crew.decided(crew.consented(crew.story.propose(crew.ines, practice, **ends)))
    assert crew.status(practice) == Status.REPLACED
    with pytest.raises(NotPossible, match="stands in"):
        crew.story.revise(crew.ines, practice, limits="Not near chlorine.")


@pytest.mark.parametrize("doubted", [False, True])
def test_others_say_that_it_is_in_use_while_it_is_proposed_or_challenged(crew: Crew, doubted: bool) -> None:
    practice = crew.backed()
    crew.challenged(practice) if doubted else crew.proposed(practice)
    assert acts.back(crew.ines, practice)


def theirs(crew: Crew, visibility: str = Visibility.OPEN) -> Practice:
    """Of another community."""
    nils = crew.story.person("Nils")
    other = crew.story.found("night-shift", "Night shift", by=nils, visibility=visibility)
    return crew.story.bring(nils, of=other)


def taken_over(crew: Crew, original: Practice, **fields: Any) -> Practice:
    return crew.brought(source_kind=SourceKind.COMMUNITY, original=original.newest_version, **fields)


def test_another_communitys_practice_is_taken_over_in_ones_own_status_and_words(crew: Crew) -> None:
    original = theirs(crew)
    mine = taken_over(crew, original, limits="Not near chlorine.")
    assert (mine.bringing.original, mine.bringing.original_number, mine.bringing.adapted) == (original, 1, True)
    assert (mine.community, crew.status(mine)) == (crew.community, Status.BROUGHT)
    assert crew.last("practice.brought").evidence["from_community"] == original.community_id


def test_it_is_taken_over_once_and_not_from_here(crew: Crew) -> None:
    original = theirs(crew)
    mine = taken_over(crew, original)
    with pytest.raises(NotPossible, match="taken over already"):
        taken_over(crew, original)
    with pytest.raises(NotPossible, match="this community already"):
        taken_over(crew, mine)


def test_nobody_takes_over_what_they_cannot_read(crew: Crew) -> None:
    original = theirs(crew, Visibility.CLOSED)
    with pytest.raises(NotPossible, match="may read"):
        taken_over(crew, original)
