"""Before a facilitator hands the role over they read what is open and theirs; who follows, what they took over."""

import re
from datetime import timedelta

from commonplace.communities import acts as social
from commonplace.communities.models import Person, RoleKind
from commonplace.communities.zones import today
from commonplace.ledger import clock
from commonplace.objectifying import acts
from tests.objectifying.conftest import Crew
from tests.story import role_of

AT, DESK, ROLES = "/c/pump-crews/desk/checklist", "/c/pump-crews/desk/", "/c/pump-crews/roles"


def main(crew: Crew, person: Person, at: str = AT) -> str:
    return crew.story.browser(person).get(at).content.decode().split("<main")[1].split("</main>")[0]


def words(crew: Crew, person: Person, at: str = AT) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", main(crew, person, at)).split())


def handed_over(crew: Crew, to: Person) -> None:
    social.hand_over_role(crew.fay, role_of(crew.fay, kind=RoleKind.FACILITATOR), successor=to)


def test_where_nothing_is_open_each_line_is_done(crew: Crew) -> None:
    read = words(crew, crew.fay)
    assert "done You look after no practice here." in read
    assert "done No round that you opened is open." in read
    assert "done No exchange waits." in read
    assert "Nobody: whom you hand it to tends it alone." in read


def test_what_one_looks_after_stands_with_the_act_to_pass_it_on(crew: Crew) -> None:
    practice, other = crew.accepted(), crew.written(title="Sealing a pump")
    acts.set_steward(crew.fay, practice, steward=crew.fay)
    acts.set_steward(crew.omar, other, steward=crew.omar)
    page = main(crew, crew.fay)
    assert f'/practices/{practice.pk}/steward"' in page
    assert "Sealing a pump" not in page
    acts.set_steward(crew.fay, practice, steward=crew.lea)
    assert "done You look after no practice here." in words(crew, crew.fay)


def test_rounds_one_opened_stand_while_they_are_open(crew: Crew) -> None:
    proposal = crew.story.propose(crew.fay, crew.candidate())
    assert proposal.get_absolute_url() in main(crew, crew.fay)
    assert "No round that you opened is open." not in words(crew, crew.fay)
    with clock.at(proposal.closes_at + timedelta(days=30)):
        assert "done No round that you opened is open." not in words(crew, crew.fay), "nobody has decided it"


def test_what_closes_within_sixty_days_stands_by_its_day(crew: Crew) -> None:
    crew.proposed()
    assert "What closes or falls due in the next sixty days Nothing." not in words(crew, crew.fay)
    assert "done Nothing." not in words(crew, crew.fay).split("sixty days")[1]


def test_nothing_of_another_community_stands_there(crew: Crew) -> None:
    lab = crew.story.found("lab", "The laboratory", by=crew.fay)
    crew.story.invited(crew.lea, lab)
    practice = crew.story.bring(crew.fay, title="Titrating", of=lab)
    acts.set_steward(crew.fay, practice, steward=crew.fay)
    assert "Titrating" not in words(crew, crew.fay)
    assert "Titrating" in words(crew, crew.fay, "/c/lab/desk/checklist")


def test_it_says_how_much_waits_and_who_is_away(crew: Crew) -> None:
    sara = crew.story.serving("Sara", RoleKind.FACILITATOR)
    social.set_away(sara, role_of(sara), until=today() + timedelta(days=9))
    crew.story.ask(crew.lea, "Which seal?")
    with clock.at(clock.now() + timedelta(days=4)):
        read = words(crew, crew.fay)
    assert re.search(r"Exchange · \d+ open", read)
    assert "Sara is away until" in read


def test_the_role_is_handed_over_there(crew: Crew) -> None:
    role = role_of(crew.fay)
    assert f'value="{role.pk}" selected' in main(crew, crew.fay)
    assert AT in main(crew, crew.fay, ROLES)
    crew.story.browser(crew.fay).post(f"{ROLES}/hand-over", {"role": role.pk, "successor": crew.lea.pk})
    assert role_of(crew.lea, kind=RoleKind.FACILITATOR)


def test_who_follows_reads_for_thirty_days_what_they_took_over(crew: Crew) -> None:
    practice = crew.written()
    acts.set_steward(crew.fay, practice, steward=crew.fay)
    handed_over(crew, crew.lea)
    assert "What you took over" in words(crew, crew.lea, DESK)
    assert practice.title in words(crew, crew.lea).split("What is still with")[1]
    with clock.at(clock.now() + timedelta(days=31)):
        assert "What you took over" not in words(crew, crew.lea, DESK)
        assert "Before you hand it over" in words(crew, crew.lea)


def test_who_was_given_the_role_took_nothing_over(crew: Crew) -> None:
    sara = crew.story.serving("Sara", RoleKind.FACILITATOR)
    assert "What you took over" not in words(crew, sara, DESK)


def test_nobody_reads_it_without_the_role(crew: Crew) -> None:
    sam = crew.story.serving("Sam", RoleKind.SPONSOR)
    until = today() + timedelta(days=9)
    social.set_away(crew.fay, role_of(crew.fay), until=until, stand_in=crew.ines)
    for person in (crew.lea, sam, crew.ines):
        assert crew.story.browser(person).get(AT).status_code == 403
