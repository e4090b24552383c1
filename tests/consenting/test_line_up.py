"""What is proposed while another round on the same is open waits its turn, one per person (theory §2.7)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from commonplace.communities import acts as social
from commonplace.communities.models import Person, RoleKind
from commonplace.consenting import acts, jobs
from commonplace.consenting.acts import lining_up
from commonplace.consenting.contributions.needs import waiting
from commonplace.consenting.kinds import Kind, Outcome
from commonplace.consenting.lengths import LONGEST_PART
from commonplace.consenting.models import InLine, Proposal
from commonplace.ledger import clock
from commonplace.ledger.act import writing
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.ledger.models import Act
from commonplace.objectifying.models import Practice
from commonplace.objectifying.status import Settled
from tests.consenting.conftest import closed
from tests.objectifying.conftest import Crew
from tests.story import role_of


def lined(crew: Crew, by: Person, practice: Practice, **put: Any) -> InLine:
    """The newest version, unless `put` says otherwise."""
    put = {"matter": Kind.ACCEPTANCE, "number": practice.versions.latest("number").number, "aim": "Air.", **put}
    return acts.line_up(by, practice, proposal=Proposal(**put))


def now(row: InLine) -> InLine:
    return InLine.objects.everywhere("test").get(pk=row.pk)


def opened(practice: Practice) -> Proposal | None:
    return Proposal.objects.on(practice).open().everywhere("test").first()


def rewritten(crew: Crew, practice: Practice, how: str = "Otherwise.") -> None:
    crew.story.revise(crew.omar, practice, how=how)


@pytest.fixture
def put(crew: Crew, proposal: Proposal) -> InLine:
    """Ines put version 2 while the round on version 1 is open."""
    practice = crew.practice_of(proposal)
    rewritten(crew, practice)
    return lined(crew, crew.ines, practice, scope="Plant 2", review_on=date(2027, 1, 1))


def test_it_waits_while_a_round_is_open_and_fixes_nothing(crew: Crew, proposal: Proposal, put: InLine) -> None:
    act = crew.last("proposal.lined_up")
    assert (act.actor, act.object, act.subject) == (crew.ines.pk, put.pk, proposal.subject_id)
    assert act.evidence == {"matter": "acceptance", "about": "", "choice": "", "number": 2}
    jobs.open_all_next()
    assert now(put).ended_at is None
    assert Proposal.objects.everywhere("test").count() == 1
    assert put.title == "Restarting a pump"


def ends_withdrawn(crew: Crew, proposal: Proposal) -> None:
    acts.withdraw(crew.lea, proposal, reason="Another look.")


def ends_returned(crew: Crew, proposal: Proposal) -> None:
    crew.decided(proposal, Outcome.RETURNED)


def ends_accepted(crew: Crew, proposal: Proposal) -> None:
    crew.decided(crew.consented(proposal))


@pytest.mark.parametrize("ends", [ends_withdrawn, ends_returned, ends_accepted])
def test_it_opens_as_soon_as_the_round_before_it_is_over(
    crew: Crew, proposal: Proposal, put: InLine, ends: Callable[[Crew, Proposal], None]
) -> None:
    ends(crew, proposal)
    row, practice = now(put), crew.practice_of(proposal)
    now_open = opened(practice)
    assert now_open
    assert (row.end, row.proposal, row.reason) == ("opened", now_open, "")
    assert (now_open.opened_by, now_open.number, now_open.aim, now_open.scope) == (crew.ines, 2, "Air.", "Plant 2")
    assert now_open.review_on == date(2027, 1, 1)
    assert now_open.texts["how"] == "Otherwise."
    act = crew.last("proposal.opened")
    assert (act.actor, act.evidence["waited"]) == (crew.ines.pk, put.pk)
    jobs.open_all_next()
    assert Act.objects.filter(verb="proposal.opened").everywhere("test").count() == 2


def test_whom_it_asks_is_fixed_when_its_turn_comes(crew: Crew, proposal: Proposal, put: InLine) -> None:
    late = crew.story.member("Late")
    crew.story.rule(round_days=30)
    ends_withdrawn(crew, proposal)
    now_open = opened(crew.practice_of(proposal))
    assert now_open
    assert (now_open.eligible, now_open.days) == (5, 30)
    assert now_open.asked.filter(person=late.pk).exists()


def test_one_waits_per_person(crew: Crew, proposal: Proposal, put: InLine) -> None:
    with pytest.raises(NotPossible, match="one per person"):
        lined(crew, crew.ines, crew.practice_of(proposal))
    put.pk = "another-place"
    with pytest.raises(IntegrityError), transaction.atomic(), writing():
        put.save(force_insert=True)


def test_they_open_in_the_order_in_which_they_were_put(crew: Crew, later: Callable[..., Any]) -> None:
    """Two settlements of one challenge; the third is of another person again."""
    challenge = crew.challenged()
    practice, about = challenge.practice, {"matter": Kind.SETTLEMENT, "number": challenge.number}
    about |= {"about": challenge.pk}
    first = crew.settlement(Settled.UPHELD, challenge)
    rows = []
    for person, choice in ((crew.fay, "retired"), (crew.omar, "under_revision")):
        with later(timedelta(minutes=len(rows) + 1)):
            rows.append(lined(crew, person, practice, choice=choice, **about))
    acts.withdraw(crew.lea, first, reason="Another look.")
    assert [now(row).end for row in rows] == ["opened", ""]
    second = now(rows[0]).proposal
    assert second
    acts.withdraw(crew.fay, second, reason="Another look.")
    assert [now(row).end for row in rows] == ["opened", "opened"]


def test_nobody_opens_a_round_before_those_who_wait(
    crew: Crew, proposal: Proposal, put: InLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker was cut short: what comes meanwhile waits, too; whoever waits opens it as it was put, or the job."""
    monkeypatch.setattr(jobs, "take_its_turn", lambda row: None)
    ends_withdrawn(crew, proposal)
    practice = crew.practice_of(proposal)
    with pytest.raises(NotPossible, match="waits before yours"):
        crew.story.propose(crew.omar, practice)
    with pytest.raises(NotPossible, match="waits before yours"):
        acts.propose(crew.ines, practice, proposal=Proposal(number=2, aim="Something else."))
    monkeypatch.undo()
    with clock.at(clock.now() + timedelta(minutes=1)):
        behind = lined(crew, crew.omar, practice)
    jobs.open_all_next()
    assert (now(put).end, now(behind).end) == ("opened", "")


def test_what_cannot_be_put_any_more_is_lost_with_the_reason_and_the_next_is_tried(
    crew: Crew, proposal: Proposal, put: InLine, later: Callable[..., Any]
) -> None:
    practice = crew.practice_of(proposal)
    rewritten(crew, practice, "Thirdly.")
    with later(timedelta(minutes=1)):
        behind = lined(crew, crew.fay, practice)
    ends_withdrawn(crew, proposal)
    row = now(put)
    assert (row.end, row.reason, row.proposal) == ("lost", "There is a newer version. Propose that one.", None)
    act = Act.objects.everywhere("test").get(verb="proposal.line_left")
    assert (act.actor, act.object, act.evidence) == ("", put.pk, {"how": "lost"})
    assert now(behind).end == "opened"
    [need] = [need for need in waiting(crew.ines) if need.what == "Your proposal could not open"]
    assert (need.detail, need.href) == (row.reason, f"/c/pump-crews/proposals/new/acceptance/{practice.pk}/")
    assert not [need for need in waiting(crew.omar) if need.what == "Your proposal could not open"]
    with later(timedelta(days=31)):
        assert not [need for need in waiting(crew.ines) if need.what == "Your proposal could not open"]


def test_a_version_that_was_agreed_on_meanwhile_is_lost(crew: Crew, proposal: Proposal, put: InLine) -> None:
    with clock.at(clock.now() + timedelta(hours=1)):
        acts.amend(crew.lea, proposal, number=2)
    proposal.refresh_from_db()
    ends_accepted(crew, proposal)
    assert (now(put).end, now(put).reason) == ("lost", "This version has been decided on. Write a new one first.")


def test_who_left_or_was_removed_meanwhile_opens_nothing(
    crew: Crew, proposal: Proposal, put: InLine, leaves: Callable[[Person], None]
) -> None:
    leaves(crew.ines)
    with clock.at(clock.now() + timedelta(hours=2)):
        ends_withdrawn(crew, proposal)
    assert (now(put).end, opened(crew.practice_of(proposal))) == ("lost", None)
    assert "does not belong here any more" in now(put).reason


@pytest.mark.breaks_ledger
def test_a_member_removed_meanwhile_opens_nothing(
    crew: Crew, proposal: Proposal, put: InLine, removed: Callable[[Person], None]
) -> None:
    removed(crew.ines)
    with clock.at(clock.now() + timedelta(hours=2)):
        ends_withdrawn(crew, proposal)
    assert now(put).end == "lost"


def test_its_proposer_takes_it_back_and_nobody_else(crew: Crew, proposal: Proposal, put: InLine) -> None:
    with pytest.raises(NotAllowed):
        acts.step_out(crew.fay, put)
    acts.step_out(crew.ines, put, reason="Mine to say, and kept nowhere.")
    assert (now(put).end, now(put).reason) == ("taken_back", "")
    assert crew.last("proposal.line_left").evidence == {"how": "taken_back"}
    with pytest.raises(NotPossible, match="does not wait any more"):
        acts.step_out(crew.ines, put)
    ends_withdrawn(crew, proposal)
    assert opened(crew.practice_of(proposal)) is None
    with pytest.raises(NotPossible, match="Nothing else on this is open"):
        lined(crew, crew.ines, crew.practice_of(proposal))


def test_what_the_open_round_is_about_does_not_wait(crew: Crew, proposal: Proposal) -> None:
    with pytest.raises(NotPossible, match="about this already"):
        lined(crew, crew.ines, crew.practice_of(proposal))


def test_it_is_asked_of_it_what_is_asked_of_a_round(crew: Crew, proposal: Proposal) -> None:
    practice = crew.practice_of(proposal)
    rewritten(crew, practice)
    for refused, put in {
        "more than 10000": {"aim": "x" * (LONGEST_PART + 1)},
        "lies in the future": {"review_on": date(2020, 1, 1)},
        "once it was held": {"met_on": date(2030, 1, 1)},
        "what should become of it": {"choice": "retired"},
        "of this practice": {"number": 7},
    }.items():
        with pytest.raises(NotPossible, match=refused):
            lined(crew, crew.ines, practice, **put)
    rewritten(crew, practice, "Thirdly.")
    with pytest.raises(NotPossible, match="newer version"):
        lined(crew, crew.ines, practice, number=2)
    with pytest.raises(NotPossible, match="cannot be put to consent here"):
        acts.line_up(crew.ines, crew.community, proposal=Proposal(matter=Kind.ACCEPTANCE, number=3))


def test_where_one_person_is_left_nothing_waits_for_nobody(crew: Crew, proposal: Proposal) -> None:
    practice = crew.practice_of(proposal)
    rewritten(crew, practice)
    with clock.at(clock.now() + timedelta(hours=1)):
        for person in (crew.omar, crew.ines):
            social.leave(person, crew.community)
        crew.story.granted(crew.fay, RoleKind.SPONSOR)
        with pytest.raises(NotPossible, match="kept by one person"):
            lined(crew, crew.lea, practice)


def test_members_line_up_and_no_bot_does(crew: Crew, proposal: Proposal) -> None:
    practice, digest = crew.practice_of(proposal), crew.story.member("Digest")
    rewritten(crew, practice)
    social.set_bot(crew.story.operator, digest, bot=True)
    for person in (crew.story.person("Stranger"), digest):
        with pytest.raises(NotAllowed):
            lined(crew, person, practice)


def recall(role: Any) -> dict[str, Any]:
    return {"matter": Kind.RECALL, "about": role.pk, "number": 0}


def test_a_recall_of_somebody_else_need_not_wait(crew: Crew, nour: Person) -> None:
    """Recalls go on side by side: of another facilitator there is nothing to wait for."""
    here = crew.community
    acts.propose(crew.lea, here, proposal=Proposal(**recall(role_of(nour)), aim="She is away."))
    of_fay = Proposal(**recall(role_of(crew.fay)), aim="She is away.")
    with pytest.raises(NotPossible, match="Nothing else on this is open"):
        acts.line_up(crew.omar, here, proposal=of_fay)
    with pytest.raises(NotPossible, match="about this already"):
        acts.line_up(crew.omar, here, proposal=Proposal(**recall(role_of(nour)), aim="She is rude."))


def test_who_may_read_the_round_reads_what_waits(crew: Crew, put: InLine, nour: Person) -> None:
    reader = crew.story.person("Reader")

    def reads(person: Any, row: InLine) -> bool:
        return InLine.objects.visible_to(person).filter(pk=row.pk).exists()

    assert reads(reader, put)
    with writing():
        row = InLine.objects.create(
            community=crew.community, subject_id=crew.community.pk, proposed_by=crew.lea, title="Recall Nour",
            **recall(role_of(nour)),
        )  # fmt: skip
    assert (reads(reader, row), reads(crew.omar, row)) == (False, True)
    with writing():
        InLine.objects.filter(pk=row.pk).everywhere("test").delete()


def test_one_that_breaks_stops_no_other(
    crew: Crew, proposal: Proposal, put: InLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = crew.proposed(crew.candidate(title="Another"))
    rewritten(crew, crew.practice_of(other))
    good = lined(crew, crew.fay, crew.practice_of(other))
    open_it = lining_up.propose

    def breaks(actor: Person, subject: Any, **put: Any) -> Proposal:
        if subject.pk == proposal.subject_id:
            raise RuntimeError
        return open_it(actor, subject, **put)

    monkeypatch.setattr(lining_up, "propose", breaks)
    ends_withdrawn(crew, proposal)
    acts.withdraw(crew.lea, other, reason="Another look.")
    assert (now(put).end, now(good).end) == ("", "opened")
    monkeypatch.undo()
    jobs.open_all_next()
    assert now(put).end == "opened"


def test_a_round_that_the_worker_ends_is_followed_by_the_next(crew: Crew, proposal: Proposal, put: InLine) -> None:
    with closed(proposal, days=7):
        jobs.end_rounds()
        assert now(put).end == "opened"


def test_a_retired_practice_takes_nothing_more(crew: Crew) -> None:
    practice = crew.accepted()
    rewritten(crew, practice)
    crew.proposed(practice)
    rewritten(crew, practice, "Thirdly.")
    row = lined(crew, crew.ines, practice)
    retirement = Proposal(matter=Kind.RETIREMENT, number=1, aim="The pumps are gone.")
    crew.decided(crew.consented(acts.propose(crew.lea, practice, proposal=retirement)))
    on = Proposal.objects.on(practice, Kind.ACCEPTANCE).open().everywhere("test").get()
    with closed(on, days=8):
        jobs.end_rounds()
    assert now(row).end == "lost"
    assert "is retired" in now(row).reason


def test_nothing_waits_on_a_retired_practice(crew: Crew) -> None:
    """Its round is still to end."""
    practice = crew.accepted()
    rewritten(crew, practice)
    crew.proposed(practice)
    rewritten(crew, practice, "Thirdly.")
    crew.settled(Settled.RETIRED, crew.challenged(practice))
    with pytest.raises(NotPossible, match="is retired"):
        lined(crew, crew.ines, practice)
