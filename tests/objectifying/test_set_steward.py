"""Who looks after a practice."""

import pytest

from commonplace.communities import acts as social
from commonplace.communities.models import Person
from commonplace.ledger.act import writing
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.objectifying import acts
from commonplace.objectifying.models import Practice
from commonplace.objectifying.policy import carer
from commonplace.objectifying.status import Settled
from tests.objectifying.conftest import Crew


def cared_for(crew: Crew, by: Person) -> Practice:
    practice = crew.candidate()
    return acts.set_steward(by, practice, steward=by)


def test_anyone_takes_on_an_orphan_and_hands_it_on(crew: Crew) -> None:
    practice = cared_for(crew, crew.ines)
    assert crew.last("practice.steward_set").evidence == {"person": crew.ines.pk}
    acts.set_steward(crew.ines, practice, steward=crew.omar)
    acts.set_steward(crew.omar, practice, steward=None)
    assert crew.last("practice.steward_set").evidence == {"person": ""}


def test_only_a_facilitator_names_somebody_else(crew: Crew) -> None:
    practice = crew.candidate()
    with pytest.raises(NotPossible, match="only a facilitator"):
        acts.set_steward(crew.ines, practice, steward=crew.omar)
    assert acts.set_steward(crew.fay, practice, steward=crew.omar).steward == crew.omar


def test_nobody_takes_it_from_its_steward_even_from_a_stale_page(crew: Crew) -> None:
    stale = crew.candidate()
    acts.set_steward(crew.ines, stale, steward=crew.ines)
    stale.steward = None
    with pytest.raises(NotAllowed):
        acts.set_steward(crew.omar, stale, steward=crew.omar)


def test_who_is_late_reads_on_the_practice_who_looks_after_it(crew: Crew) -> None:
    practice, browser = cared_for(crew, crew.ines), crew.story.browser(crew.omar)
    steward = f"{practice.get_absolute_url().rsplit('/', 2)[0]}/steward"
    for answer in (browser.get(steward, follow=True), browser.post(f"{steward}/update", {}, follow=True)):
        assert answer.redirect_chain == [(practice.get_absolute_url(), 302)]
        assert "Ines looks after it now." in answer.content.decode()
    assert crew.story.browser(crew.story.person("Stranger")).get(steward).status_code == 403


def test_a_steward_is_a_member_who_still_belongs_and_can_act(crew: Crew) -> None:
    practice = crew.candidate()
    social.leave(crew.omar, crew.community)
    crew.lea.is_active = False
    with writing():
        crew.lea.save()
    for nobody in (crew.story.person("Stranger"), crew.omar, crew.lea):
        with pytest.raises(NotPossible, match="not a member"):
            acts.set_steward(crew.fay, practice, steward=nobody)


@pytest.mark.parametrize("gone", ["left", "bot", "deactivated"])
def test_what_its_steward_has_left_is_an_orphan(crew: Crew, gone: str) -> None:
    practice = cared_for(crew, crew.ines)
    assert not allowed(crew.omar, practice)
    if gone == "left":
        social.leave(crew.ines, crew.community)
    elif gone == "bot":
        social.set_bot(crew.story.operator, crew.ines, bot=True)
    else:
        with writing():
            Person.objects.filter(pk=crew.ines.pk).update(is_active=False)
    assert allowed(crew.omar, practice)
    assert "Look after it" in crew.story.browser(crew.omar).get(practice.get_absolute_url()).content.decode()
    assert acts.set_steward(crew.omar, practice, steward=crew.omar).steward == crew.omar


def allowed(person: Person, practice: Practice) -> bool:
    """By both faces of the rule."""
    practice = Practice.objects.visible_to(person).get(pk=practice.pk)
    there = Practice.objects.visible_to(person).filter(carer.where(person, Practice), pk=practice.pk).exists()
    assert carer.allows(person, practice) is there
    return there


def test_who_is_to_look_after_it_neither_leaves_nor_becomes_a_bot_meanwhile(
    crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice, locked = crew.candidate(), []
    monkeypatch.setattr("commonplace.ledger.act.lock", lambda rows: locked.extend(rows))
    acts.set_steward(crew.ines, practice, steward=crew.ines)
    assert locked == [practice, crew.community, crew.ines]


def test_what_is_so_already_is_not_done_again(crew: Crew) -> None:
    practice = cared_for(crew, crew.ines)
    with pytest.raises(NotPossible, match="So it is already"):
        acts.set_steward(crew.fay, practice, steward=crew.ines)


def test_what_is_retired_needs_nobody(crew: Crew) -> None:
    practice = crew.settled(Settled.RETIRED)
    with pytest.raises(NotPossible, match="is retired"):
        acts.set_steward(crew.lea, practice, steward=crew.lea)
