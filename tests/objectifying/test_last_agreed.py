"""§2.1: under revision and while contested, the last agreed version is what people read."""

from datetime import timedelta

from commonplace.internalizing.search import search
from commonplace.ledger import clock
from commonplace.objectifying.models import Practice
from commonplace.objectifying.status import Settled
from tests.objectifying.conftest import Crew


def page(crew: Crew, address: str) -> str:
    there = crew.story.browser(crew.lea).get(address)
    assert there.status_code == 200
    return " ".join(there.content.decode().split())


def test_under_revision_the_agreed_text_is_shown_and_the_draft_is_linked(crew: Crew) -> None:
    practice = crew.settled(Settled.UNDER_REVISION)
    assert "No draft is written yet" in page(crew, practice.get_absolute_url())
    draft = crew.story.revise(crew.omar, practice, how="Otherwise than agreed.")
    shown = page(crew, practice.get_absolute_url())
    assert "Bleed before the check valve." in shown
    assert "Otherwise than agreed." not in shown
    assert "being revised" in shown
    assert f'href="{draft.get_absolute_url()}"' in shown


def test_an_unagreed_text_never_stands_in_the_place_of_the_agreed_one(crew: Crew) -> None:
    practice = crew.accepted()
    crew.story.revise(crew.omar, practice, how="Otherwise than agreed.")
    for happens in (lambda: None, lambda: crew.settled(Settled.UNDER_REVISION, crew.challenged(practice))):
        happens()
        assert "Otherwise than agreed." not in page(crew, practice.get_absolute_url())
        [shown] = practice.versions.shown()
        assert shown.number == 1


def test_search_finds_the_agreed_words_and_no_others(crew: Crew) -> None:
    practice = crew.accepted()
    crew.story.revise(crew.omar, practice, how="Otherwise, with a screwdriver.")
    challenge = crew.challenged(practice)
    assert [hit.status for hit in search(crew.lea, "valve", kinds=["practice"]).hits] == ["contested"]
    crew.settled(Settled.UNDER_REVISION, challenge)
    assert [hit.status for hit in search(crew.lea, "valve", kinds=["practice"]).hits] == ["under_revision"]
    assert search(crew.lea, "screwdriver", kinds=["practice"]).nothing


def test_what_is_challenged_and_in_force_comes_before_what_nobody_agreed_on(crew: Crew) -> None:
    practice = crew.accepted()
    crew.challenged(practice)
    with clock.at(crew.moment + timedelta(days=40)):
        crew.candidate()
    statuses = [hit.status for hit in search(crew.lea, "restarting", kinds=["practice"]).hits]
    assert statuses == ["contested", "candidate"]


def test_a_version_is_superseded_only_by_a_later_agreement(crew: Crew) -> None:
    practice = crew.settled(Settled.UNDER_REVISION)
    first = practice.versions.get(number=1)
    assert "Agreed until" in page(crew, first.get_absolute_url())
    assert "agreed until" in page(crew, practice.get_absolute_url())
    crew.story.revise(crew.omar, practice, limits="Not on diaphragm pumps.")
    crew.accepted(Practice.objects.everywhere("test").get(pk=practice.pk))
    shown = page(crew, first.get_absolute_url())
    assert "Superseded" in shown
    assert "Agreed until" not in shown
    assert '<span class="tag obj">Agreed</span>' in page(crew, practice.versions.get(number=2).get_absolute_url())
