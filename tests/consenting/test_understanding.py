"""T7: an objection is understood before it is met. One says how one hears it, its raiser whether they mean that."""

from datetime import timedelta

import pytest

from commonplace.communities import acts as social
from commonplace.communities.models import Person
from commonplace.consenting import acts
from commonplace.consenting.contributions.needs import waiting
from commonplace.consenting.counting import tally_of
from commonplace.consenting.kinds import Ground, How, Stand
from commonplace.consenting.lengths import LONGEST_HEARD
from commonplace.consenting.models import Objection, Proposal
from commonplace.ledger import clock
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.ledger.replay import differences
from tests.consenting.conftest import closed
from tests.consenting.test_pages import page, refused, sent, shown
from tests.objectifying.conftest import Crew

HEARD = "Gas would spread in the pit."


@pytest.fixture
def objection(crew: Crew, proposal: Proposal) -> Objection:
    """Ines's."""
    return crew.objected(proposal)


@pytest.fixture
def restated(crew: Crew, objection: Objection) -> Objection:
    """By Omar, to whom Ines has not answered."""
    return acts.restate_objection(crew.omar, objection, heard_as=HEARD)


@pytest.fixture
def understood(crew: Crew, restated: Objection) -> Objection:
    return acts.confirm_understood(crew.ines, restated, seen=HEARD)


def needs(person: Person) -> list[str]:
    return [need.what for need in waiting(person)]


def test_somebody_says_how_they_hear_it_and_its_raiser_that_it_is_so(crew: Crew, restated: Objection) -> None:
    evidence = {"person": crew.ines.pk, "number": 1, "ground": "unsafe", "for_another": False}
    act = crew.last("proposal.objection_restated")
    assert (act.object, act.actor, act.evidence) == (restated.pk, crew.omar.pk, evidence)
    assert (restated.heard_as, restated.heard_by, restated.understood_at) == (HEARD, crew.omar, None)
    understood = acts.confirm_understood(crew.ines, restated, seen=HEARD)
    act = crew.last("proposal.objection_understood")
    assert (act.object, act.actor) == (restated.pk, crew.ines.pk)
    assert act.evidence == evidence | {"person": crew.omar.pk}
    assert understood.understood_at == clock.now()
    assert list(differences()) == []


def test_nothing_in_the_rule_depends_on_it(crew: Crew, proposal: Proposal, objection: Objection) -> None:
    before = tally_of(proposal)
    acts.restate_objection(crew.omar, objection, heard_as=HEARD)
    acts.confirm_understood(crew.ines, objection, seen=HEARD)
    assert tally_of(proposal) == before
    crew.amended(proposal, limits="Not near chlorine.")
    assert crew.met(objection).how == How.CHANGE


def test_who_opened_wrote_or_was_asked_may_say_it_and_nobody_else(crew: Crew, objection: Objection) -> None:
    with clock.at(clock.now() + timedelta(hours=1)):
        late, writer = crew.story.member("Late"), crew.story.member("Writer")
        outsider = crew.story.person("Nora")
        for person in (late, writer, outsider):
            with pytest.raises(NotAllowed, match="opened the round, wrote its text or was asked"):
                acts.restate_objection(person, objection, heard_as=HEARD)
        version = crew.story.revise(writer, crew.practice_of(objection.proposal), limits="Not near chlorine.")
        acts.amend(crew.lea, objection.proposal, number=version.number)
        for person in (crew.lea, crew.omar, crew.fay, writer):
            assert acts.restate_objection(person, objection, heard_as=HEARD).heard_by == person
        assert "What harm do you hear?" in shown(crew, writer, objection.get_absolute_url())
        assert "What harm do you hear?" not in shown(crew, late, objection.get_absolute_url())


def test_not_its_raiser_nor_a_program_nor_who_has_left(crew: Crew, objection: Objection) -> None:
    with pytest.raises(NotAllowed):
        acts.restate_objection(crew.ines, objection, heard_as=HEARD)
    social.set_bot(crew.story.operator, crew.omar, bot=True)
    with clock.at(clock.now() + timedelta(hours=1)):
        social.leave(crew.lea, crew.community)
        for person in (crew.lea, crew.omar):
            with pytest.raises(NotAllowed):
                acts.restate_objection(person, objection, heard_as=HEARD)


@pytest.mark.parametrize(("heard_as", "words"), [(" ", "what harm you hear"), ("x" * (LONGEST_HEARD + 1), "more than")])
def test_with_words_and_few_of_them(crew: Crew, objection: Objection, heard_as: str, words: str) -> None:
    with pytest.raises(NotPossible, match=words):
        acts.restate_objection(crew.omar, objection, heard_as=heard_as)


def test_in_time(crew: Crew, proposal: Proposal, restated: Objection) -> None:
    with closed(proposal):
        with pytest.raises(NotPossible, match="is closed"):
            acts.restate_objection(crew.lea, restated, heard_as="It is cold.")
        with pytest.raises(NotPossible, match="is closed"):
            acts.confirm_understood(crew.ines, restated, seen=HEARD)


def test_while_it_stands(crew: Crew, restated: Objection) -> None:
    acts.settle_objection(crew.ines, restated, how=How.WITHDRAWN)
    with pytest.raises(NotPossible, match="settled already"):
        acts.restate_objection(crew.lea, restated, heard_as="It is cold.")
    with pytest.raises(NotPossible, match="settled already"):
        acts.confirm_understood(crew.ines, restated, seen=HEARD)


def test_what_is_said_later_replaces_it_until_it_is_confirmed(crew: Crew, restated: Objection) -> None:
    again = acts.restate_objection(crew.lea, restated, heard_as="Nobody hears the alarm.")
    assert (again.heard_as, again.heard_by) == ("Nobody hears the alarm.", crew.lea)
    acts.confirm_understood(crew.ines, restated, seen="Nobody hears the alarm.")
    with pytest.raises(NotPossible, match="understood already"):
        acts.restate_objection(crew.omar, restated, heard_as=HEARD)
    with pytest.raises(NotPossible, match="understood already"):
        acts.confirm_understood(crew.ines, restated, seen="Nobody hears the alarm.")
    assert list(differences()) == []


def test_only_its_raiser_confirms(crew: Crew, restated: Objection) -> None:
    for person in (crew.omar, crew.lea, crew.fay):
        with pytest.raises(NotAllowed, match="who raised the objection"):
            acts.confirm_understood(person, restated, seen=HEARD)


def test_only_what_somebody_said(crew: Crew, objection: Objection) -> None:
    with pytest.raises(NotPossible, match="Nobody has said yet"):
        acts.confirm_understood(crew.ines, objection, seen="")


def test_only_the_words_that_they_read(crew: Crew, restated: Objection) -> None:
    """A page shown before somebody else said it otherwise confirms nothing."""
    acts.restate_objection(crew.lea, restated, heard_as="Nobody hears the alarm.")
    there = restated.get_absolute_url()
    answer = refused(crew, crew.ines, f"{there}understood", seen=HEARD)
    assert "Meanwhile somebody said it otherwise." in answer
    assert "Nobody hears the alarm." in answer
    assert "is understood. It stands" in sent(crew, crew.ines, f"{there}understood", seen="Nobody hears the alarm.")


def test_for_somebody_unnamed_the_facilitator_who_raised_it_confirms(crew: Crew, proposal: Proposal) -> None:
    objection = acts.object_for_another(crew.fay, proposal, ground=Ground.UNFAIR, harm="It hurts the night shift.")
    with pytest.raises(NotAllowed):
        acts.restate_objection(crew.fay, objection, heard_as=HEARD)
    acts.restate_objection(crew.omar, objection, heard_as=HEARD)
    acts.confirm_understood(crew.fay, objection, seen=HEARD)
    assert crew.last("proposal.objection_understood").evidence["for_another"] is True


def test_carried_into_the_next_round_it_is_understood_there_too(
    crew: Crew, proposal: Proposal, understood: Objection
) -> None:
    acts.withdraw(crew.lea, proposal, reason="It needs another look.")
    crew.proposed(crew.practice_of(proposal))
    carried = Objection.objects.everywhere("test").get(taken_from=understood)
    assert (carried.heard_as, carried.heard_by, carried.heard_at) == (HEARD, crew.omar, understood.heard_at)
    assert carried.understood_at == understood.understood_at
    assert crew.last("proposal.objection_raised").evidence["understood_by"] == crew.omar.pk
    assert list(differences()) == []


def test_what_its_raiser_has_not_confirmed_is_not_carried(crew: Crew, proposal: Proposal, restated: Objection) -> None:
    acts.withdraw(crew.lea, proposal, reason="It needs another look.")
    crew.proposed(crew.practice_of(proposal))
    carried = Objection.objects.everywhere("test").get(taken_from=restated)
    assert (carried.heard_as, carried.heard_by, carried.heard_at) == ("", None, None)
    assert list(differences()) == []


def test_objecting_anew_it_is_to_be_understood_anew(crew: Crew, proposal: Proposal, understood: Objection) -> None:
    with clock.at(clock.now() + timedelta(minutes=1)):
        anew = _anew(crew, proposal)
    assert anew.pk != understood.pk
    assert anew.heard_at is None


def _anew(crew: Crew, proposal: Proposal) -> Objection:
    crew.story.stand(crew.ines, proposal, Stand.OBJECT, "It is the noise.")
    return proposal.objections.standing().get()


def test_its_raiser_is_asked_at_home_until_they_answer(crew: Crew, proposal: Proposal, restated: Objection) -> None:
    asked = "Your objection: is this what you mean?"
    [need] = waiting(crew.ines)
    assert (need.what, need.href) == (asked, restated.get_absolute_url())
    assert asked not in needs(crew.omar)
    with closed(proposal):
        assert needs(crew.ines) == []
    acts.confirm_understood(crew.ines, restated, seen=HEARD)
    assert needs(crew.ines) == []


def test_it_is_shown_in_the_round_and_beside_the_text_that_one_writes(
    crew: Crew, proposal: Proposal, restated: Objection
) -> None:
    there, asks = restated.get_absolute_url(), "Is this what you mean?"
    for address in (there, proposal.get_absolute_url()):
        seen = shown(crew, crew.ines, address)
        assert "Omar understands it as:" in seen
        assert HEARD in seen
        assert asks in seen
        assert asks not in shown(crew, crew.lea, address)
    sent(crew, crew.ines, f"{there}understood", seen=HEARD)
    write = f"/c/pump-crews/practices/{proposal.subject_id}/versions/new"
    for seen in (page(crew, crew.lea, proposal), shown(crew, crew.lea, there), shown(crew, crew.lea, write)):
        assert "Understood by Omar as:" in seen
        assert HEARD in seen
    assert "What harm do you hear?" not in shown(crew, crew.lea, there)


def test_what_was_typed_is_not_lost(crew: Crew, objection: Objection) -> None:
    there = f"{objection.get_absolute_url()}understanding"
    assert "This field is required" in refused(crew, crew.omar, there, heard_as="")
    with closed(objection.proposal):
        answer = refused(crew, crew.omar, there, heard_as="Gas in the pit.")
    assert "This round is closed" in answer
    assert "Gas in the pit.</textarea>" in answer
    acts.restate_objection(crew.lea, objection, heard_as=HEARD)
    acts.confirm_understood(crew.ines, objection, seen=HEARD)
    answer = refused(crew, crew.omar, there, heard_as="Gas in the pit.")
    assert "It is understood already" in answer
    assert "Gas in the pit.</textarea>" in answer


def test_said_by_a_form_its_raiser_is_asked(crew: Crew, objection: Objection) -> None:
    there = objection.get_absolute_url()
    assert "is asked whether" in sent(crew, crew.omar, f"{there}understanding", heard_as="Gas\nin the pit.")
    assert objection.proposal.objections.get().heard_as == "Gas in the pit."
    assert "Say it otherwise" in shown(crew, crew.lea, there)


def test_where_stances_are_hidden_it_is_said_all_the_same(crew: Crew) -> None:
    """Objections are to be met: they are shown at once."""
    crew.story.rule(hidden_stances=True)
    proposal = crew.proposed()
    acts.restate_objection(crew.omar, crew.objected(proposal), heard_as=HEARD)
    assert HEARD in page(crew, crew.lea, proposal)
