"""§2.7: what changes nothing that binds holds without a round, once somebody else finds it fine and seven days pass."""

from datetime import timedelta

import pytest

from commonplace.communities import acts as social
from commonplace.communities.contributions import Need
from commonplace.communities.models import Person, RoleKind
from commonplace.consenting import acts as rounds
from commonplace.consenting.kinds import Outcome
from commonplace.ledger import clock
from commonplace.ledger.check import findings
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.ledger.nobody import WORKER
from commonplace.objectifying import acts, jobs
from commonplace.objectifying.contributions.needs import waiting
from commonplace.objectifying.contributions.news import moved
from commonplace.objectifying.models import PARTS, MinorEdit, Practice, Version
from commonplace.objectifying.status import Settled
from tests.objectifying.conftest import Crew
from tests.objectifying.test_review import due, fresh
from tests.story import PARTS as WORDS

DAY = timedelta(days=1)
WEEK = timedelta(days=7, minutes=1)


def edited(crew: Crew, practice: Practice, **parts: str) -> MinorEdit:
    """By Lea, of the newest."""
    base = fresh(practice).newest_version
    words = {part: getattr(base, part) for part in PARTS} | (parts or {"why": base.why + " And stays."})
    version = acts.revise(crew.lea, practice, version=Version(**words), base=base, minor=True)
    return version.minor_edit


def passes(since: timedelta = WEEK) -> None:
    with clock.at(clock.now() + since):
        jobs.let_time_pass()


def agreed(crew: Crew, practice: Practice) -> int:
    return fresh(practice).course.agreed


def holds(crew: Crew, practice: Practice, **parts: str) -> MinorEdit:
    edit = edited(crew, practice, **parts)
    acts.find_fine(crew.ines, edit)
    passes()
    return edit


def test_found_fine_by_another_it_holds_after_seven_days(crew: Crew) -> None:
    practice = crew.accepted()
    before = practice.agreements.in_force().get()
    edit = edited(crew, practice)
    assert crew.last("practice.version_added").evidence["extent"] == "minor"
    passes()
    assert agreed(crew, practice) == 1, "nobody has found it fine: silence is no consent"
    acts.find_fine(crew.ines, edit)
    assert crew.last("practice.minor_fine").evidence == {"number": 2}
    passes(WEEK - timedelta(minutes=2))
    assert agreed(crew, practice) == 1
    passes()
    assert agreed(crew, practice) == 2
    now = fresh(practice).agreements.in_force().get()
    assert (now.version.number, now.proposal, now.review_on) == (2, before.proposal, before.review_on)
    act = crew.last("practice.minor_agreed")
    assert (act.actor, act.evidence) == ("", {"number": 2, "proposal": before.proposal_id})
    assert [version.number for version in practice.versions.shown()] == [2]
    assert list(findings()) == []
    with pytest.raises(NotPossible, match="decided on"):
        crew.proposed(fresh(practice))


@pytest.mark.parametrize(
    "parts", [{"how": "Bleed after the check valve."}, {"limits": "Anywhere."}, {"why": "In 3 of 4."}]
)
def test_what_binds_does_not_change(crew: Crew, parts: dict[str, str]) -> None:
    with pytest.raises(NotPossible, match="what binds"):
        edited(crew, crew.accepted(), **{**WORDS, **parts})


def test_it_begins_from_what_is_agreed_on(crew: Crew) -> None:
    with pytest.raises(NotPossible, match="agreed on"):
        edited(crew, crew.candidate())
    practice = crew.accepted()
    crew.story.revise(crew.omar, practice, how="Otherwise.")
    with pytest.raises(NotPossible, match="agreed on"):
        edited(crew, practice)


def test_not_while_a_round_is_open(crew: Crew) -> None:
    practice = crew.accepted()
    crew.story.revise(crew.omar, practice, how="Otherwise.")
    crew.proposed(fresh(practice))
    with pytest.raises(NotPossible):
        edited(crew, practice)


def test_somebody_else_finds_it_fine_and_once(crew: Crew) -> None:
    edit = edited(crew, crew.accepted())
    with pytest.raises(NotPossible, match="somebody else"):
        acts.find_fine(crew.lea, edit)
    with pytest.raises(NotAllowed):
        acts.find_fine(crew.story.person("Stranger"), edit)
    sponsor = crew.story.member("Sponsor")
    role = social.grant_role(crew.fay, crew.community, person=sponsor, kind=RoleKind.SPONSOR)
    social.accept_role(sponsor, role)
    with pytest.raises(NotAllowed):
        acts.find_fine(sponsor, edit)
    acts.find_fine(crew.ines, edit)
    with pytest.raises(NotPossible, match="already"):
        acts.find_fine(crew.fay, edit)


def test_any_member_makes_it_a_round(crew: Crew) -> None:
    practice = crew.accepted()
    edit = edited(crew, practice)
    acts.find_fine(crew.ines, edit)
    noor = crew.story.member("Noor")
    assert "Make it a round" in crew.story.browser(noor).get(edit.version.get_absolute_url()).content.decode()
    proposal = crew.story.propose(noor, fresh(practice))
    assert crew.last("proposal.opened").evidence["extent"] == "minor"
    passes()
    assert agreed(crew, practice) == 1
    with pytest.raises(NotPossible, match="does not wait"):
        acts.find_fine(crew.fay, edit)
    crew.decided(crew.consented(proposal))
    assert agreed(crew, practice) == 2
    assert list(findings()) == []


def test_whoever_only_looks_at_the_form_of_a_round_stops_no_minor_edit(crew: Crew) -> None:
    practice = crew.accepted()
    edit = edited(crew, practice)
    acts.find_fine(crew.ines, edit)
    there = f"/c/{practice.community.slug}/proposals/new/acceptance/{practice.pk}/"
    assert crew.story.browser(crew.omar).get(there).status_code == 200
    passes()
    assert agreed(crew, practice) == 2


def test_put_to_consent_it_is_a_round_whoever_did(crew: Crew) -> None:
    practice = crew.accepted()
    acts.find_fine(crew.ines, edited(crew, practice))
    crew.decided(crew.proposed(fresh(practice)), Outcome.RETURNED)
    passes(timedelta(days=40))
    assert agreed(crew, practice) == 1


def test_who_wrote_it_takes_it_back(crew: Crew) -> None:
    practice = crew.accepted()
    edit = edited(crew, practice)
    acts.find_fine(crew.ines, edit)
    with pytest.raises(NotAllowed):
        acts.take_back_edit(crew.fay, edit)
    acts.take_back_edit(crew.lea, edit)
    passes()
    assert agreed(crew, practice) == 1
    assert list(findings()) == []


def test_while_it_is_challenged_it_waits(crew: Crew) -> None:
    practice = crew.accepted()
    edit = edited(crew, practice)
    acts.find_fine(crew.ines, edit)
    challenge = crew.challenged(practice)
    with clock.at(clock.now() + WEEK), pytest.raises(NotPossible, match="not challenged"):
        acts.agree_on_edit(WORKER, edit)
    crew.settled(Settled.UNDER_REVISION, challenge)
    passes(timedelta(days=40))
    assert agreed(crew, practice) == 0


def test_while_a_round_on_another_version_is_open_it_waits(crew: Crew) -> None:
    practice = crew.accepted()
    edit = edited(crew, practice)
    acts.find_fine(crew.ines, edit)
    crew.story.revise(crew.omar, fresh(practice), how="Bleed slowly.")
    proposal = crew.proposed(fresh(practice))
    with clock.at(clock.now() + WEEK), pytest.raises(NotPossible, match="decided first"):
        acts.agree_on_edit(WORKER, edit)
    passes()
    assert agreed(crew, practice) == 1
    crew.decided(proposal, Outcome.RETURNED)
    passes()
    assert agreed(crew, practice) == 2


def test_what_was_agreed_on_meanwhile_is_not_undone_by_it(crew: Crew) -> None:
    practice = crew.accepted()
    acts.find_fine(crew.ines, edited(crew, practice))
    crew.story.revise(crew.omar, fresh(practice), how="Bleed slowly.")
    crew.accepted(fresh(practice))
    passes()
    assert agreed(crew, practice) == 3


def test_three_between_two_rounds(crew: Crew) -> None:
    practice = crew.accepted()
    for _time in range(3):
        with clock.at(clock.now()):
            holds(crew, practice)
    assert agreed(crew, practice) == 4
    with pytest.raises(NotPossible, match="After three"):
        edited(crew, practice)
    crew.story.revise(crew.lea, fresh(practice), how="Bleed slowly.")
    crew.accepted(fresh(practice))
    assert edited(crew, practice)


def test_one_after_the_other(crew: Crew) -> None:
    practice = crew.accepted()
    edited(crew, practice)
    with pytest.raises(NotPossible, match="agreed on"):
        edited(crew, practice)


def test_only_the_rule_makes_it_hold(crew: Crew) -> None:
    edit = edited(crew, crew.accepted())
    acts.find_fine(crew.ines, edit)
    with clock.at(clock.now() + WEEK), pytest.raises(NotAllowed):
        acts.agree_on_edit(crew.fay, edit)
    with pytest.raises(NotPossible, match="still make it a round"):
        acts.agree_on_edit(WORKER, edit)


def test_on_the_page_it_is_ticked_found_fine_and_made_a_round(crew: Crew) -> None:
    practice = crew.accepted()
    base = f"/c/{practice.community.slug}/practices/{practice.pk}/versions"
    lea, ines = crew.story.browser(crew.lea), crew.story.browser(crew.ines)
    assert "It is a minor edit" in lea.get(f"{base}/new").content.decode()
    typed = {**WORDS, "note": "", "base": 1, "minor": "on"}
    refused = lea.post(base, {**typed, "how": "Otherwise."})
    assert (refused.status_code, "what binds" in refused.content.decode()) == (422, True)
    assert lea.post(base, {**typed, "why": "Air above it always comes back."}).status_code == 302
    assert "It is a minor edit" not in lea.get(f"{base}/new").content.decode()
    mine, theirs = (browser.get(f"{base}/2/").content.decode() for browser in (lea, ines))
    assert ("Take the edit back" in mine, "It is fine" in mine) == (True, False)
    assert ("Take the edit back" in theirs, "It is fine" in theirs) == (False, True)
    ines.post(f"{base}/2/fine")
    assert "finds it fine" in lea.get(f"{base}/2/").content.decode()
    assert f"/acceptance/{practice.pk}/" in ines.get(f"{base}/2/").content.decode()
    assert "Version 2 is a minor edit that waits" in ines.get(practice.get_absolute_url()).content.decode()
    crew.story.propose(crew.ines, fresh(practice))
    assert "A minor edit" not in lea.get(f"{base}/2/").content.decode()
    assert ines.post(f"{base}/2/end").status_code == 403


def test_a_review_that_is_open_goes_on_with_it(crew: Crew) -> None:
    practice = crew.accepted()
    review = due(crew, practice)
    holds(crew, practice)
    for person in (crew.fay, crew.ines):
        acts.reaffirm(person, review)
    days = practice.community.charter.review_days
    assert fresh(practice).agreements.in_force().get().review_on == crew.moment.date() + timedelta(days=days)


def asked(person: Person) -> list[Need]:
    return [one for one in waiting(person) if one.what == "A minor edit waits: is it fine?"]


def test_it_waits_for_whoever_may_find_it_fine_last_of_all(crew: Crew) -> None:
    practice = crew.accepted()
    edit = edited(crew, practice)
    [need] = asked(crew.ines)
    assert need.href == edit.version.get_absolute_url()
    assert asked(crew.lea) == [], "who wrote it"
    sponsor = crew.story.member("Sponsor")
    crew.story.granted(sponsor, RoleKind.SPONSOR)
    assert asked(sponsor) == []
    assert asked(crew.story.person("Stranger")) == []
    crew.story.ask(crew.ines)
    other = crew.proposed(crew.candidate(title="Another"))
    home = crew.story.browser(crew.ines).get("/").content.decode()
    assert home.index(other.title) < home.index("A minor edit waits")
    acts.find_fine(crew.omar, edit)
    assert asked(crew.ines) == [], "one is enough"


def test_one_that_became_a_round_waits_for_nobody_s_fine(crew: Crew) -> None:
    practice = crew.accepted()
    edited(crew, practice)
    crew.story.propose(crew.omar, fresh(practice))
    assert asked(crew.ines) == []


def news(crew: Crew) -> list[str]:
    with clock.at(clock.now() + timedelta(days=400)):
        return [str(piece.what) for piece in moved(crew.ines, [crew.community.pk], clock.now())]


def test_its_end_is_news(crew: Crew) -> None:
    """Agreed, taken back, or become a round: as other ends are."""
    with clock.at(clock.now() - timedelta(days=99)):
        held = crew.accepted(crew.candidate(title="Held"))
    edit = edited(crew, held)
    assert news(crew) == ["accepted"]
    with clock.at(clock.now() + DAY):
        acts.take_back_edit(crew.lea, edit)
        assert news(crew) == ["A minor edit was taken back"]
    with clock.at(clock.now() + 2 * DAY):
        other = crew.accepted(crew.candidate(title="Other"))
    with clock.at(clock.now() + 30 * DAY):
        holds(crew, other)
    with clock.at(clock.now() + 60 * DAY):
        third = crew.accepted(crew.candidate(title="Third"))
    with clock.at(clock.now() + 90 * DAY):
        edited(crew, third)
        proposal = crew.story.propose(crew.omar, fresh(third))
        assert news(crew) == ["A minor edit became a round", "A minor edit holds", "A minor edit was taken back"]
        rounds.withdraw(crew.omar, proposal, reason="No need.")
        assert news(crew)[0] == "A minor edit became a round", "a round that is taken back is no news"
    assert list(findings()) == []
