"""T4, T15: writing down what helped, with credit, and writing it anew."""

from datetime import timedelta

import pytest

from commonplace.externalizing.models import Purpose
from commonplace.ledger import clock
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.ledger.models import Act
from commonplace.objectifying import acts
from commonplace.objectifying.models import Excerpt, Practice, Version
from tests.objectifying.conftest import Crew


def last_act() -> Act:
    act = Act.objects.everywhere("test").order_by("-id").first()
    assert act
    return act


def test_what_helped_becomes_a_candidate_with_credit(crew: Crew) -> None:
    exchange = crew.story.resolved(crew.lea, crew.omar)
    answer = exchange.responses.get()
    practice = crew.story.distil(crew.ines, exchange, authors=[crew.omar], quoted=[answer])
    assert crew.status(practice) == "candidate"
    parts = dict(practice.credits.values_list("person__name", "part"))
    assert parts == {"Omar": "author", "Lea": "contributor", "Ines": "scribe"}
    assert practice.excerpts.get().html == answer.html


def test_the_ledger_says_where_it_comes_from(crew: Crew) -> None:
    one, two = crew.story.resolved(crew.lea, crew.omar), crew.story.resolved(crew.ines, crew.omar)
    practice = crew.story.distil(crew.lea, one, two)
    act = last_act()
    assert (act.verb, act.object, act.subject) == ("practice.distilled", practice.pk, practice.pk)
    told = {"exchanges": [one.pk, two.pk], "complete": True, "purpose": "reuse", "unit": "North", "newcomer": True}
    assert act.evidence == told


def test_one_creation_among_the_sources_makes_it_creation(crew: Crew) -> None:
    known = crew.story.resolved(crew.lea, crew.omar)
    new = crew.story.resolved(crew.lea, crew.omar, purpose=Purpose.CREATION)
    assert crew.story.distil(crew.lea, known, new).purpose == Purpose.CREATION


def test_without_all_of_its_parts_it_is_only_externalized(crew: Crew) -> None:
    practice = crew.story.distil(crew.lea, crew.story.resolved(crew.lea, crew.omar), limits="", why="")
    assert crew.status(practice) == "externalized"
    with pytest.raises(NotPossible, match="at least one"):
        crew.story.revise(crew.ines, practice, context="", how="")
    crew.story.revise(crew.ines, practice, why="Air comes back.")
    assert crew.status(practice) == "externalized"
    crew.story.revise(crew.ines, practice, limits="Not near chlorine.")
    assert crew.status(practice) == "candidate"


def test_nothing_is_distilled_from_what_has_not_helped(crew: Crew) -> None:
    exchange = crew.story.ask(crew.lea)
    crew.story.respond(crew.omar, exchange)
    with pytest.raises(NotPossible, match="Nobody has said yet"):
        crew.story.distil(crew.lea, exchange)


def test_nor_from_another_community(crew: Crew) -> None:
    elsewhere = crew.story.found("valves", "Valves", by=crew.fay)
    asked = crew.story.ask(crew.fay, of=elsewhere)
    helper = crew.story.member("Hal", of=elsewhere)
    crew.story.confirm(crew.fay, crew.story.respond(helper, asked))
    here = crew.story.resolved(crew.lea, crew.omar)
    with pytest.raises(NotPossible, match="Nobody has said yet"):
        crew.story.distil(crew.lea, here, asked)


def test_nor_out_of_nothing(crew: Crew) -> None:
    with pytest.raises(NotPossible, match="which exchange"):
        acts.distil(crew.lea, crew.community, practice=Practice(title="P"), version=Version(how="So."), exchanges=[])
    with pytest.raises(NotPossible, match="at least one"):
        crew.story.distil(crew.lea, crew.story.resolved(crew.lea, crew.omar), context="", how=" ", why="", limits="")


def test_only_the_exchange_is_quoted_and_only_who_took_part_is_credited(crew: Crew) -> None:
    exchange = crew.story.resolved(crew.lea, crew.omar)
    other = crew.story.respond(crew.omar, crew.story.ask(crew.lea))
    with pytest.raises(NotPossible, match="Quote only"):
        crew.story.distil(crew.lea, exchange, quoted=[other])
    with pytest.raises(NotPossible, match="took part"):
        crew.story.distil(crew.lea, exchange, authors=[crew.ines])


def test_only_members_write(crew: Crew) -> None:
    stranger, practice = crew.story.person("Stranger"), crew.candidate()
    with pytest.raises(NotAllowed):
        crew.story.distil(stranger, crew.story.resolved(crew.lea, crew.omar))
    with pytest.raises(NotAllowed):
        crew.story.revise(stranger, practice, how="Otherwise.")


def test_a_version_keeps_what_was_complete_and_changes_something(crew: Crew) -> None:
    practice = crew.candidate()
    with pytest.raises(NotPossible, match="may change, but not be missing"):
        crew.story.revise(crew.lea, practice, limits="")
    with pytest.raises(NotPossible, match="Nothing has changed"):
        crew.story.revise(crew.lea, practice)
    version = crew.story.revise(crew.ines, practice, how="Bleed *before* it.")
    assert (version.number, version.author) == (2, crew.ines)
    assert "<em>before</em>" in version.how_html
    assert last_act().evidence == {"complete": True, "number": 2}


def quoted(crew: Crew) -> Excerpt:
    exchange = crew.story.resolved(crew.lea, crew.omar)
    practice = crew.story.distil(crew.lea, exchange, quoted=[exchange.responses.get()])
    return practice.excerpts.get()


def test_refusing_removes_the_words_and_not_the_practice(crew: Crew) -> None:
    excerpt = quoted(crew)
    assert list(Excerpt.objects.visible_to(crew.omar).refusable_by(crew.omar)) == [excerpt]
    with pytest.raises(NotAllowed):
        acts.refuse_words(crew.lea, excerpt)
    acts.refuse_words(crew.omar, excerpt)
    excerpt.refresh_from_db()
    assert (excerpt.body, excerpt.html) == ("", "")
    assert crew.status(excerpt.practice) == "candidate"
    assert not Excerpt.objects.visible_to(crew.omar).refusable_by(crew.omar).exists()
    with pytest.raises(NotPossible, match="already"):
        acts.refuse_words(crew.omar, excerpt)


def test_words_can_be_refused_until_the_charters_days_are_over(crew: Crew) -> None:
    excerpt = quoted(crew)
    assert (excerpt.refusable_until - clock.now()).days == crew.community.charter.refusal_days
    with clock.at(excerpt.refusable_until + timedelta(seconds=1)), pytest.raises(NotPossible, match="are over"):
        acts.refuse_words(crew.omar, excerpt)


def test_whoever_quotes_themselves_is_not_asked(crew: Crew) -> None:
    exchange = crew.story.resolved(crew.lea, crew.omar)
    crew.story.distil(crew.omar, exchange, quoted=[exchange.responses.get()])
    assert not Excerpt.objects.visible_to(crew.omar).refusable_by(crew.omar).exists()


def test_anyone_takes_on_an_orphan_and_only_a_facilitator_names_somebody_else(crew: Crew) -> None:
    practice = crew.candidate()
    with pytest.raises(NotPossible, match="only a facilitator"):
        acts.set_steward(crew.ines, practice, steward=crew.omar)
    acts.set_steward(crew.ines, practice, steward=crew.ines)
    practice.refresh_from_db()
    with pytest.raises(NotAllowed):
        acts.set_steward(crew.omar, practice, steward=crew.omar)
    with pytest.raises(NotPossible, match="not a member"):
        acts.set_steward(crew.fay, practice, steward=crew.story.person("Stranger"))
    acts.set_steward(crew.ines, practice, steward=crew.omar)
    acts.set_steward(crew.fay, practice, steward=crew.lea)
    assert last_act().evidence == {"person": crew.lea.pk}
