"""T4: who was quoted may refuse their words."""

import pytest

from commonplace.ledger import clock
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.objectifying import acts
from commonplace.objectifying.models import Excerpt
from tests.objectifying.conftest import Crew


def quoted(crew: Crew) -> Excerpt:
    exchange = crew.story.resolved(crew.lea, crew.omar)
    return crew.story.distil(crew.lea, exchange, quoted=[exchange.responses.get()]).excerpts.get()


def test_refusing_removes_the_words_and_not_the_practice(crew: Crew) -> None:
    excerpt = quoted(crew)
    assert list(Excerpt.objects.visible_to(crew.omar).refusable_by(crew.omar)) == [excerpt]
    acts.refuse_words(crew.omar, excerpt)
    excerpt.refresh_from_db()
    assert (excerpt.body, excerpt.html) == ("", "")
    assert crew.status(excerpt.practice) == "candidate"
    assert not Excerpt.objects.visible_to(crew.omar).refusable_by(crew.omar).exists()
    assert crew.last("practice.words_refused").evidence == {"response": excerpt.response_id}


def test_they_are_refused_once_even_from_a_stale_page(crew: Crew) -> None:
    excerpt = quoted(crew)
    stale = Excerpt.objects.visible_to(crew.omar).get(pk=excerpt.pk)
    acts.refuse_words(crew.omar, excerpt)
    with pytest.raises(NotPossible, match="already"):
        acts.refuse_words(crew.omar, stale)


def test_nobody_refuses_the_words_of_another(crew: Crew) -> None:
    with pytest.raises(NotAllowed):
        acts.refuse_words(crew.lea, quoted(crew))


def test_words_can_be_refused_until_the_charters_days_are_over(crew: Crew) -> None:
    excerpt = quoted(crew)
    assert (excerpt.refusable_until - clock.now()).days == crew.community.charter.refusal_days
    with clock.at(excerpt.refusable_until), pytest.raises(NotPossible, match="are over"):
        acts.refuse_words(crew.omar, excerpt)


def test_whoever_quotes_themselves_is_not_asked(crew: Crew) -> None:
    exchange = crew.story.resolved(crew.lea, crew.omar)
    crew.story.distil(crew.omar, exchange, quoted=[exchange.responses.get()])
    assert not Excerpt.objects.visible_to(crew.omar).refusable_by(crew.omar).exists()
