"""T4: writing down what helped, with credit."""

import pytest

from commonplace.communities import acts as social
from commonplace.externalizing.models import Exchange, Purpose
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.objectifying import acts
from commonplace.objectifying.models import Practice, Version
from tests.objectifying.conftest import Crew


def test_what_helped_becomes_a_candidate_with_credit(crew: Crew) -> None:
    exchange = crew.story.resolved(crew.lea, crew.omar)
    answer = exchange.responses.get()
    practice = crew.story.distil(crew.ines, exchange, authors=[crew.omar], quoted=[answer])
    assert crew.status(practice) == "candidate"
    credited = dict(practice.credits.values_list("person__name", "kind"))
    assert credited == {"Omar": "author", "Lea": "contributor", "Ines": "scribe"}
    assert practice.excerpts.get().html == answer.html


def test_the_ledger_says_where_it_comes_from_and_whose_it_is(crew: Crew) -> None:
    one, two = crew.story.resolved(crew.lea, crew.omar), crew.story.resolved(crew.ines, crew.omar, topics=["valves"])
    practice = crew.story.distil(crew.ines, one, two, authors=[crew.omar], quoted=[one.responses.get()])
    act = crew.last("practice.distilled")
    topics = sorted(topic.pk for exchange in (one, two) for topic in exchange.topics)
    assert (act.object, act.subject) == (practice.pk, practice.pk)
    assert act.evidence == {
        "exchanges": [one.pk, two.pk],
        "complete": True,
        "purpose": "reuse",
        "authors": [crew.omar.pk],
        "contributors": [crew.ines.pk, crew.lea.pk],
        "author_units": [crew.omar.unit_id],
        "quoted": 1,
        "scribe": False,
        "topic_ids": topics,
    }


def test_who_only_writes_it_down_is_its_scribe_and_an_author_without_a_unit_is_of_none(crew: Crew) -> None:
    nour = crew.story.member("Nour")
    exchange = crew.story.resolved(crew.lea, nour)
    crew.story.distil(crew.ines, exchange, authors=[nour])
    assert crew.last("practice.distilled").evidence["scribe"] is True
    assert crew.last("practice.distilled").evidence["author_units"] == []


def test_without_authors_named_the_writer_is_the_author(crew: Crew) -> None:
    practice = crew.story.distil(crew.ines, crew.story.resolved(crew.lea, crew.omar))
    assert practice.is_credited_as_author(crew.ines)
    assert crew.last("practice.distilled").evidence["authors"] == [crew.ines.pk]


def test_one_creation_among_the_sources_makes_it_creation(crew: Crew) -> None:
    known = crew.story.resolved(crew.lea, crew.omar)
    new = crew.story.resolved(crew.lea, crew.omar, purpose=Purpose.CREATION)
    assert crew.story.distil(crew.lea, known, new).purpose == Purpose.CREATION


def test_without_all_of_its_parts_it_is_only_externalized(crew: Crew) -> None:
    practice = crew.story.distil(crew.lea, crew.story.resolved(crew.lea, crew.omar), limits="", why=" ")
    assert crew.status(practice) == "externalized"
    assert crew.last("practice.distilled").evidence["complete"] is False


def test_nothing_is_distilled_from_what_has_not_helped(crew: Crew) -> None:
    exchange = crew.story.ask(crew.lea)
    crew.story.respond(crew.omar, exchange)
    with pytest.raises(NotPossible, match="Nobody has said yet"):
        crew.story.distil(crew.lea, exchange)


def test_nor_from_another_community(crew: Crew) -> None:
    here = crew.story.resolved(crew.lea, crew.omar)
    with pytest.raises(NotPossible, match="Nobody has said yet"):
        crew.story.distil(crew.lea, here, elsewhere(crew))


def elsewhere(crew: Crew) -> Exchange:
    valves = crew.story.found("valves", "Valves", by=crew.fay)
    asked = crew.story.ask(crew.fay, of=valves)
    helper = crew.story.member("Hal", of=valves)
    crew.story.confirm(crew.fay, crew.story.respond(helper, asked))
    return asked


def test_nor_out_of_nothing(crew: Crew) -> None:
    with pytest.raises(NotPossible, match="which exchange"):
        acts.distil(crew.lea, crew.community, practice=Practice(title="P"), version=Version(how="So."), exchanges=[])
    exchange = crew.story.resolved(crew.lea, crew.omar)
    with pytest.raises(NotPossible, match="at least one"):
        crew.story.distil(crew.lea, exchange, context="", how=" ", why="", limits="")
    with pytest.raises(NotPossible, match="in one line"):
        crew.story.distil(crew.lea, exchange, title=" ")


def test_only_the_exchange_is_quoted_and_only_who_took_part_is_credited(crew: Crew) -> None:
    exchange = crew.story.resolved(crew.lea, crew.omar)
    other = crew.story.respond(crew.omar, crew.story.ask(crew.lea))
    with pytest.raises(NotPossible, match="Quote only"):
        crew.story.distil(crew.lea, exchange, quoted=[other])
    for nobody in (crew.ines, crew.story.person("Stranger")):
        with pytest.raises(NotPossible, match="took part"):
            crew.story.distil(crew.lea, exchange, authors=[nobody])


def test_who_left_since_keeps_the_credit(crew: Crew) -> None:
    exchange = crew.story.resolved(crew.lea, crew.omar)
    social.leave(crew.omar, crew.community)
    assert crew.story.distil(crew.lea, exchange, authors=[crew.omar]).is_credited_as_author(crew.omar)


@pytest.mark.parametrize("twice", ["exchange", "quotation", "author"])
def test_each_is_named_once(crew: Crew, twice: str) -> None:
    exchange = crew.story.resolved(crew.lea, crew.omar)
    named = {
        "exchange": lambda: crew.story.distil(crew.lea, exchange, exchange),
        "quotation": lambda: crew.story.distil(crew.lea, exchange, quoted=[exchange.responses.get()] * 2),
        "author": lambda: crew.story.distil(crew.lea, exchange, authors=[crew.omar, crew.omar]),
    }
    with pytest.raises(NotPossible, match="once"):
        named[twice]()


def test_only_members_write(crew: Crew) -> None:
    with pytest.raises(NotAllowed):
        crew.story.distil(crew.story.person("Stranger"), crew.story.resolved(crew.lea, crew.omar))


def test_what_the_act_settles_is_not_taken_from_the_caller(crew: Crew) -> None:
    exchange = crew.story.resolved(crew.lea, crew.omar)
    claimed = Practice(title="P", purpose=Purpose.CREATION, steward=crew.omar, begun_by=crew.omar)
    text = Version(how="So.", number=7, author=crew.omar)
    practice = acts.distil(crew.lea, crew.community, practice=claimed, version=text, exchanges=[exchange])
    assert (practice.purpose, practice.steward, practice.begun_by) == ("reuse", None, crew.lea)
    assert list(practice.versions.values_list("number", "author")) == [(1, crew.lea.pk)]
