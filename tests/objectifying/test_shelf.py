"""Where practices are found: by topic, origin and status, each with each; a topic moves with all filed under it."""

import pytest
from django.db import connection

from commonplace.communities.models import Visibility
from commonplace.externalizing import acts as sharing
from commonplace.externalizing.models import Exchange, Topic
from commonplace.externalizing.models.topic import filings
from commonplace.objectifying import acts, contents
from commonplace.objectifying.models import Practice
from tests.objectifying.conftest import Crew
from tests.objectifying.test_bring import taken_over, theirs
from tests.objectifying.test_pages import HERE, shown

TITLES = ("Restarting a pump", "Priming a pump", "Theirs", "Valves by hand")


def listed(crew: Crew, query: str) -> set[str]:
    page = shown(crew.story.browser(crew.ines), f"{HERE}{query}")
    return {title for title in TITLES if f">{title}</a>" in page}


def topic(name: str) -> Topic:
    return Topic.objects.everywhere("test").get(name=name)


def of_every_origin(crew: Crew) -> None:
    exchange = crew.story.resolved(crew.lea, crew.omar, topics=["pumps", "night"])
    crew.story.distil(crew.lea, exchange, title="Restarting a pump")
    crew.brought(topics=["pumps"])
    taken_over(crew, theirs(crew), title="Theirs", topics=["night"])
    crew.accepted(backed(crew, title="Valves by hand", topics=["valves"]))


def backed(crew: Crew, **fields: object) -> Practice:
    practice = crew.brought(**fields)
    for one in (crew.omar, crew.ines):
        acts.back(one, practice)
    return practice


def test_a_practice_is_on_the_topics_of_the_exchanges_that_it_came_of(crew: Crew) -> None:
    one = crew.story.resolved(crew.lea, crew.omar, topics=["pumps", "night"])
    two = crew.story.resolved(crew.lea, crew.omar, topics=["Pumps", "valves"])
    practice = crew.story.distil(crew.lea, one, two)
    assert [topic.name for topic in practice.topics] == ["night", "pumps", "valves"]
    assert crew.last("practice.distilled").evidence["topic_ids"] == sorted(topic.pk for topic in practice.topics)
    page = shown(crew.story.browser(crew.ines), practice.get_absolute_url())
    assert f'href="{topic("valves").get_absolute_url()}"' in page


def test_what_is_taken_over_is_offered_under_the_topics_that_it_has_there(crew: Crew) -> None:
    nils = crew.story.person("Nils")
    other = crew.story.found("night-shift", "Night shift", by=nils)
    original = crew.story.bring(nils, of=other, topics=["Pumpen", "night"])
    form = shown(crew.story.browser(crew.lea), f"{HERE}bring?from={original.pk}")
    assert 'value="Pumpen, night"' in form


@pytest.mark.parametrize(
    ("query", "there"),
    [
        ("?origin=written", {"Restarting a pump"}),
        ("?origin=brought", {"Priming a pump", "Valves by hand"}),
        ("?origin=taken_over", {"Theirs"}),
        ("?origin=brought&status=accepted", {"Valves by hand"}),
        ("?origin=written&status=brought", set()),
        ("?topic=pumps", {"Restarting a pump", "Priming a pump"}),
        ("?topic=PUMPS&origin=brought", {"Priming a pump"}),
        ("?topic=night&status=brought", {"Theirs"}),
        ("?topic=pumps&origin=brought&status=accepted", set()),
        ("?topic=nowhere", set()),
        ("?origin=anywhere&status=anyhow", set(TITLES)),
    ],
)
def test_the_list_is_by_origin_topic_and_status_each_with_each(crew: Crew, query: str, there: set[str]) -> None:
    of_every_origin(crew)
    assert listed(crew, query) == there


def test_one_choice_keeps_the_others(crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        crew.brought(title=f"Number {number}", topics=["pumps & valves"])
    chosen = "origin=brought&amp;topic=pumps+%26+valves"
    monkeypatch.setattr("commonplace.externalizing.shelf.PAGE", 2)
    page = shown(crew.story.browser(crew.ines), f"{HERE}?topic=pumps+%26+valves&origin=brought")
    assert f'href="?{chosen}&amp;status=brought"' in page
    assert 'href="?topic=pumps+%26+valves"' in page
    assert "origin=taken_over" not in page, "none was: it leads nowhere"
    monkeypatch.setattr(contents.LISTS["brought", "brought", ""], "most", 2)
    page = shown(crew.story.browser(crew.ines), f"{HERE}?status=brought&origin=brought")
    assert 'href="?origin=brought&amp;status=brought&amp;before=' in page


@pytest.mark.parametrize(
    ("query", "way"),
    [
        ("?origin=brought", "Bring it in"),
        ("?origin=taken_over", "a member of both can take it over"),
        ("?origin=written", "write down what came out of it"),
        ("?topic=nowhere", "All topics"),
        ("?status=accepted&origin=brought", "Wherever it comes from"),
    ],
)
def test_where_there_is_nothing_it_says_what_to_do(crew: Crew, query: str, way: str) -> None:
    crew.story.resolved(crew.lea, crew.omar)
    assert way in shown(crew.story.browser(crew.lea), f"{HERE}{query}")


def test_what_is_brought_in_is_told_apart_from_what_is_accepted(crew: Crew) -> None:
    crew.brought()
    assert "not agreed on here" in shown(crew.story.browser(crew.ines), HERE)
    crew.accepted(backed(crew, title="Valves by hand"))
    assert "not agreed on here" not in shown(crew.story.browser(crew.ines), f"{HERE}?status=accepted")


def test_a_topic_that_is_renamed_or_merged_takes_its_practices_along(crew: Crew) -> None:
    of_every_origin(crew)
    sharing.rename_topic(crew.fay, topic("pumps"), name="Water pumps")
    assert listed(crew, "?topic=pumps") == listed(crew, "?topic=Water+pumps") == {"Restarting a pump", "Priming a pump"}
    sharing.merge_topic(crew.fay, topic("valves"), into=topic("Water pumps"))
    assert listed(crew, "?topic=valves") == {"Restarting a pump", "Priming a pump", "Valves by hand"}


def test_the_topics_say_how_many_practices_there_are_and_lead_to_them(crew: Crew) -> None:
    of_every_origin(crew)
    sharing.merge_topic(crew.fay, topic("valves"), into=topic("pumps"))
    browser = crew.story.browser(crew.ines)
    for address in ("/c/pump-crews/topics/", "/c/pump-crews/topics/?q=valv"):
        page = shown(browser, address)
        assert "3 practices" in page
        assert f'href="{HERE}?topic=pumps"' in page
    page = shown(browser, topic("pumps").get_absolute_url())
    assert all(f">{title}</a>" in page for title in ("Restarting a pump", "Priming a pump", "Valves by hand"))


def test_what_is_agreed_on_a_topic_comes_first(crew: Crew) -> None:
    agreed = crew.story.distil(crew.lea, crew.story.resolved(crew.lea, crew.omar), title="Agreed on")
    crew.used(agreed)
    crew.accepted(agreed)
    crew.story.distil(crew.lea, crew.story.resolved(crew.lea, crew.omar), title="A newer candidate")
    page = shown(crew.story.browser(crew.lea), topic("pumps").get_absolute_url())
    assert page.index(">Agreed on</a>") < page.index(">A newer candidate</a>")


def test_the_practices_on_a_topic_are_no_strangers_to_see(crew: Crew) -> None:
    closed = crew.story.found("closed", "Closed", by=crew.fay, visibility=Visibility.CLOSED)
    crew.story.bring(crew.fay, of=closed, topics=["pumps"])
    reader = crew.story.browser(crew.lea)
    for address in ("practices/?topic=pumps", "exchanges/?topic=pumps", "topics/", "practices/?origin=brought"):
        assert reader.get(f"/c/closed/{address}").status_code == 404


@pytest.mark.parametrize("kind", [Exchange, Practice])
def test_what_is_filed_is_read_by_an_index_in_the_order_of_lists(db: None, kind: type) -> None:
    with connection.cursor() as cursor:
        there = connection.introspection.get_constraints(cursor, filings(kind)._meta.db_table).values()
    assert ["topicalias_id", f"{kind.__name__.lower()}_id"] in [one["columns"] for one in there]
