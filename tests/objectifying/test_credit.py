"""T4: whom a practice credits is corrected until it is put to consent; who took part is named, and nobody else."""

from datetime import timedelta

import pytest

from commonplace.communities.models import Person
from commonplace.consenting import acts as rounds
from commonplace.ledger import clock
from commonplace.ledger.check import findings
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.objectifying import acts
from commonplace.objectifying.contributions.needs import waiting
from commonplace.objectifying.models import Practice
from tests.objectifying.conftest import Crew
from tests.trust.reading_html import unlinked


def credited(practice: Practice) -> set[tuple[str, str]]:
    return set(practice.credits.values_list("person__name", "kind"))


def named(crew: Crew, practice: Practice, *authors: Person, also: tuple[Person, ...] = ()) -> Practice:
    return acts.credit(crew.lea, practice, authors=authors, contributors=also)


def at(practice: Practice) -> str:
    return f"/c/pump-crews/practices/{practice.pk}/credits"


def test_authors_and_contributors_are_as_named(crew: Crew) -> None:
    practice = crew.candidate()
    assert credited(practice) == {("Lea", "contributor"), ("Omar", "author")}
    named(crew, practice, crew.lea, also=(crew.omar,))
    assert credited(practice) == {("Lea", "author"), ("Omar", "contributor")}
    assert crew.last("practice.credited").evidence == {
        "authors": [crew.lea.pk],
        "contributors": [crew.omar.pk],
        "author_units": [crew.lea.unit_id],
        "person": crew.lea.pk,
        "scribe": False,
    }
    assert list(findings()) == []


def test_who_wrote_it_down_and_is_neither_stays_as_scribe(crew: Crew) -> None:
    practice = crew.candidate()
    acts.credit(crew.fay, practice, authors=[crew.omar], contributors=[])
    assert credited(practice) == {("Lea", "scribe"), ("Omar", "author")}
    assert crew.last("practice.credited").evidence["scribe"] is True
    assert list(findings()) == []


def test_a_correction_takes_nobodys_part_away(crew: Crew) -> None:
    """Else an author rules on what is objected to it, or is the one whose use counts."""
    practice = crew.candidate()
    named(crew, practice, crew.lea)
    parties = crew.proposed(practice).parties.values_list("person__name", "part")
    assert {("Omar", "credited"), ("Lea", "credited")} <= set(parties)


def test_nor_does_the_use_of_who_was_an_author_count_as_anothers(crew: Crew) -> None:
    practice = crew.written()
    named(crew, practice, crew.lea)
    crew.used(practice, by=crew.omar)
    with pytest.raises(NotPossible, match="Too early"):
        crew.proposed(practice)


def test_once_put_to_consent_it_is_fixed(crew: Crew) -> None:
    """Also where that round was taken back: else somebody sheds their part in what they put."""
    proposal = crew.proposed()
    practice = crew.practice_of(proposal)
    assert at(practice) not in crew.story.browser(crew.lea).get(practice.get_absolute_url()).content.decode()
    with pytest.raises(NotPossible, match="put to consent"):
        named(crew, practice, crew.lea)
    rounds.withdraw(crew.lea, proposal, reason="Anew.")
    with pytest.raises(NotPossible, match="put to consent"):
        named(crew, crew.practice_of(proposal), crew.lea)
    page = crew.story.browser(crew.lea).get(practice.get_absolute_url()).content.decode()
    assert at(practice) not in page
    assert "It was put to consent" in crew.story.browser(crew.lea).get(at(practice)).content.decode()


def test_nobody_is_credited_who_took_no_part(crew: Crew) -> None:
    practice = crew.candidate()
    for person in (crew.ines, crew.fay):
        with pytest.raises(NotPossible, match="took part in the exchanges"):
            named(crew, practice, crew.omar, also=(person,))


def test_somebody_s_knowledge_it_is_and_each_is_named_once(crew: Crew) -> None:
    practice = crew.candidate()
    with pytest.raises(NotPossible, match="whose knowledge"):
        named(crew, practice, also=(crew.omar,))
    with pytest.raises(NotPossible, match="each once"):
        named(crew, practice, crew.omar, also=(crew.omar,))
    with pytest.raises(NotPossible, match="already"):
        named(crew, practice, crew.omar, also=(crew.lea,))


def test_whoever_is_quoted_is_credited_until_they_refuse_their_words(crew: Crew) -> None:
    exchange = crew.story.resolved(crew.lea, crew.omar)
    practice = crew.story.distil(crew.lea, exchange, quoted=list(exchange.responses.all()))
    assert credited(practice) == {("Lea", "author"), ("Omar", "contributor")}
    with pytest.raises(NotPossible, match="quoted"):
        named(crew, practice, crew.lea)
    acts.refuse_words(crew.omar, practice.excerpts.get())
    named(crew, practice, crew.lea)
    assert credited(practice) == {("Lea", "author")}


def test_it_is_theirs_who_pursue_it(crew: Crew) -> None:
    practice = crew.candidate()
    with pytest.raises(NotAllowed):
        acts.credit(crew.ines, practice, authors=[crew.lea], contributors=[])
    assert crew.story.browser(crew.ines).get(at(practice)).status_code == 403


def test_by_a_form_on_a_page_that_the_credits_lead_to(crew: Crew) -> None:
    practice = crew.candidate()
    browser = crew.story.browser(crew.omar)
    assert at(practice) in browser.get(practice.get_absolute_url()).content.decode()
    assert "Whose knowledge is it?" in browser.get(at(practice)).content.decode()
    assert browser.post(f"{at(practice)}/update", {"contributors": [crew.omar.pk]}).status_code == 422
    with clock.at(clock.now() + timedelta(hours=1)):
        typed = {"authors": [crew.lea.pk, crew.omar.pk]}
        page = browser.post(f"{at(practice)}/update", typed, follow=True).content.decode()
    assert credited(practice) == {("Lea", "author"), ("Omar", "author")}
    assert "The credits are as you named them." in page
    assert "Omar corrected whom it credits" in unlinked(page), "whoever is named, or no longer, reads who did it"


def hears(person: Person) -> list[str]:
    return [need.href for need in waiting(person) if need.what == "Whom it credits was corrected"]


def test_who_is_named_or_no_longer_is_told_for_some_days(crew: Crew) -> None:
    practice = crew.candidate()
    assert hears(crew.omar) == []
    acts.credit(crew.fay, practice, authors=[crew.lea], contributors=[])
    assert hears(crew.omar) == [f"/c/pump-crews/practices/{practice.pk}/"], "he is credited no longer"
    assert hears(crew.lea) == hears(crew.omar)
    assert hears(crew.fay) == hears(crew.ines) == [], "who did it, and who has nothing to do with it"
    assert "Whom it credits was corrected" in crew.story.browser(crew.omar).get("/").content.decode()
    with clock.at(clock.now() + timedelta(days=15)):
        assert hears(crew.omar) == []
