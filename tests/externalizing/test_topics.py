"""Facilitators keep the topics of their community; whoever reads there sees them and finds by any of their names."""

import re
from collections.abc import Callable

import pytest

from commonplace.communities.models import Community, Person, Visibility
from commonplace.externalizing import acts
from commonplace.externalizing.evidence import TopicMerged
from commonplace.externalizing.lengths import LONGEST_TOPIC
from commonplace.externalizing.models import Topic
from commonplace.ledger.errors import NotAllowed, NotPossible
from tests.externalizing.reading import acts_of, last, refusal
from tests.story import Story

TOPICS, EXCHANGES = "/c/pump-crews/topics", "/c/pump-crews/exchanges/"
Named = Callable[[str], Topic]


@pytest.fixture
def named(story: Story, lea: Person) -> Named:
    """A topic of this name, with an exchange of this name."""
    return lambda name: story.ask(lea, title=f"About {name}", topics=[name]).topics[0]


def titles(story: Story, reader: Person, topic: str) -> set[str]:
    page = story.browser(reader).get(EXCHANGES, {"topic": topic}).content.decode()
    return {name for name in ("Pumps", "Pompes", "Valves") if f">About {name}</a>" in page}


@pytest.mark.parametrize("keep", ["rename", "alias", "merge"])
def test_facilitators_alone_keep_topics(story: Story, lea: Person, named: Named, keep: str) -> None:
    pumps, valves = named("Pumps"), named("Valves")
    acting = {
        "rename": lambda who: acts.rename_topic(who, pumps, name="Water pumps"),
        "alias": lambda who: acts.alias_topic(who, pumps, name="Water pumps"),
        "merge": lambda who: acts.merge_topic(who, pumps, into=valves),
    }[keep]
    for other in (lea, story.operator):
        with pytest.raises(NotAllowed, match="facilitators"):
            acting(other)
    acting(story.facilitator)


def test_renamed_it_is_shown_by_the_new_name_and_found_by_both(story: Story, lea: Person, named: Named) -> None:
    pumps = named("Pumps")
    acts.rename_topic(story.facilitator, pumps, name=" Water  pumps ")
    pumps.refresh_from_db()
    assert (pumps.name, pumps.other_names()) == ("Water pumps", ["Pumps"])
    assert named("pumps") == named("WATER PUMPS") == pumps
    assert (last("topic.renamed").object, last("topic.renamed").evidence) == (pumps.pk, {})


def test_renaming_may_only_change_the_spelling(story: Story, named: Named) -> None:
    pumps = named("pumps")
    acts.rename_topic(story.facilitator, pumps, name="Pumps")
    pumps.refresh_from_db()
    assert (pumps.name, pumps.other_names()) == ("Pumps", [])


def test_it_may_take_one_of_its_other_names(story: Story, named: Named) -> None:
    pumps = named("Pumps")
    acts.alias_topic(story.facilitator, pumps, name="Pompes")
    acts.rename_topic(story.facilitator, pumps, name="Pompes")
    pumps.refresh_from_db()
    assert (pumps.name, pumps.other_names()) == ("Pompes", ["Pumps"])


@pytest.mark.usefixtures("the_guard_alone")
@pytest.mark.parametrize("keep", [acts.rename_topic, acts.alias_topic])
@pytest.mark.parametrize(
    ("name", "words"),
    [
        (" ", "needs a name"),
        ("\u0301", "needs a name"),
        ("x" * (LONGEST_TOPIC + 1), "needs a name"),
        ("válves", "Another topic has this name"),
        ("Pumps", "already"),
    ],
)
def test_a_name_leads_to_one_topic(
    story: Story, named: Named, keep: Callable[..., object], name: str, words: str
) -> None:
    pumps = named("Pumps")
    named("Valves")
    with pytest.raises(NotPossible, match=words):
        keep(story.facilitator, pumps, name=name)
    pumps.refresh_from_db()
    assert (pumps.name, pumps.other_names()) == ("Pumps", [])


def test_a_name_elsewhere_is_free_here(story: Story, lea: Person, named: Named, elsewhere: Community) -> None:
    story.ask(lea, of=elsewhere, topics=["Pompes"])
    acts.alias_topic(story.facilitator, named("Pumps"), name="Pompes")
    assert titles(story, lea, "Pompes") == {"Pumps"}


def test_merged_its_names_and_exchanges_lead_to_the_one_kept(story: Story, lea: Person, named: Named) -> None:
    pumps, pompes = named("Pumps"), named("Pompes")
    acts.merge_topic(story.facilitator, pompes, into=pumps)
    assert named("pompes") == pumps
    assert pumps.other_names() == ["Pompes"]
    for sought in ("Pumps", "pompes", pumps.pk, pompes.pk):
        assert titles(story, lea, sought) == {"Pumps", "Pompes"}, sought
    assert (last("topic.merged").object, TopicMerged.of(last("topic.merged")).into) == (pompes.pk, pumps.pk)


def test_merged_twice_all_lead_to_the_last(story: Story, lea: Person, named: Named) -> None:
    pumps, pompes, valves = named("Pumps"), named("Pompes"), named("Valves")
    acts.merge_topic(story.facilitator, pompes, into=pumps)
    acts.merge_topic(story.facilitator, pumps, into=valves)
    assert titles(story, lea, pompes.pk) == {"Pumps", "Pompes", "Valves"}
    assert [act.object for act in acts_of("topic.merged")] == [pompes.pk, pumps.pk, pompes.pk]


def test_an_exchange_under_two_names_of_one_topic_shows_it_once(story: Story, lea: Person) -> None:
    exchange = story.ask(lea, title="About Pumps", topics=["Pumps", "Pompes"])
    pompes, pumps = exchange.topics
    acts.merge_topic(story.facilitator, pompes, into=pumps)
    page = story.browser(lea)
    assert page.get(EXCHANGES, {"topic": "pumps"}).content.decode().count(">About Pumps</a>") == 1
    assert page.get(EXCHANGES).content.decode().count(f"{TOPICS}/{pumps.pk}/pumps/") == 1
    topics = page.get(f"{TOPICS}/").content.decode()
    assert ">1 exchange<" in topics
    assert "also: Pompes" in topics


@pytest.mark.parametrize("into", ["itself", "elsewhere", "merged"])
def test_only_two_of_one_community_are_merged(
    story: Story, lea: Person, named: Named, elsewhere: Community, into: str
) -> None:
    pumps, pompes, valves = named("Pumps"), named("Pompes"), named("Valves")
    acts.merge_topic(story.facilitator, pompes, into=valves)
    others = {"itself": pumps, "elsewhere": story.ask(lea, of=elsewhere).topics[0], "merged": pompes}
    with pytest.raises(NotPossible, match=r"another topic of this community|was merged into"):
        acts.merge_topic(story.facilitator, pumps, into=others[into])
    assert titles(story, lea, "Pumps") == {"Pumps"}


@pytest.mark.parametrize("keep", ["rename", "alias", "merge"])
def test_what_was_merged_is_kept_no_more(story: Story, named: Named, keep: str) -> None:
    pumps, pompes, valves = named("Pumps"), named("Pompes"), named("Valves")
    acts.merge_topic(story.facilitator, pompes, into=pumps)
    stale = {
        "rename": lambda: acts.rename_topic(story.facilitator, pompes, name="Pompes à eau"),
        "alias": lambda: acts.alias_topic(story.facilitator, pompes, name="Pompes à eau"),
        "merge": lambda: acts.merge_topic(story.facilitator, pompes, into=valves),
    }[keep]
    with pytest.raises(NotPossible, match="“Pompes” was merged into “Pumps”"):
        stale()


def test_both_are_locked(story: Story, named: Named, monkeypatch: pytest.MonkeyPatch) -> None:
    pumps, pompes, locked = named("Pumps"), named("Pompes"), list[object]()
    monkeypatch.setattr("commonplace.ledger.act.lock", locked.extend)
    acts.merge_topic(story.facilitator, pompes, into=pumps)
    assert locked == [pompes, pumps]


def test_whoever_reads_sees_them_with_counts_names_and_links(story: Story, lea: Person, named: Named) -> None:
    named("Valves")
    pumps = [named("Pumps"), named("pumps")][0]
    acts.alias_topic(story.facilitator, pumps, name="Pompes")
    page = " ".join(story.browser(lea).get(f"{TOPICS}/").content.decode().split())
    assert page.index(">Pumps</a>") < page.index(">Valves</a>"), "what is asked about most comes first"
    assert ">2 exchanges<" in page
    assert "also: Pompes" in page
    assert f'href="{TOPICS}/{pumps.pk}/pumps/"' in page
    assert f"{TOPICS}/{pumps.pk}/edit" not in page
    assert f"{TOPICS}/{pumps.pk}/edit" in story.browser(story.facilitator).get(f"{TOPICS}/").content.decode()


@pytest.mark.parametrize(("typed", "shown"), [("pomp", True), ("PÚMP", True), ("valv", False)])
def test_they_are_sought_by_a_part_of_any_name(
    story: Story, lea: Person, named: Named, typed: str, shown: bool
) -> None:
    acts.alias_topic(story.facilitator, named("Pumps"), name="Pompes")
    page = story.browser(lea).get(f"{TOPICS}/", {"q": typed}).content.decode()
    assert (">Pumps</a>" in page) is shown
    assert ("1 exchange" in page) is shown, "its exchanges are counted, whatever name was sought"


@pytest.mark.parametrize("sought", ["Pumps", " PÚMPS", "pompes", "the id"])
def test_exchanges_are_found_by_any_name_or_the_id(story: Story, lea: Person, named: Named, sought: str) -> None:
    pumps = named("Pumps")
    named("Valves")
    acts.alias_topic(story.facilitator, pumps, name="Pompes")
    assert titles(story, lea, pumps.pk if sought == "the id" else sought) == {"Pumps"}


def test_whatever_is_sought_is_a_question(story: Story, lea: Person, named: Named) -> None:
    named("Pumps")
    assert titles(story, lea, "\0pu\0mps") == {"Pumps"}


@pytest.mark.parametrize("sought", ["nothing", "elsewhere"])
def test_a_topic_that_is_not_here_has_no_exchanges(
    story: Story, lea: Person, named: Named, elsewhere: Community, sought: str
) -> None:
    named("Pumps")
    topic = story.ask(lea, of=elsewhere, topics=["Elsewhere"]).topics[0]
    assert titles(story, lea, topic.pk if sought == "elsewhere" else sought) == set()


def test_facilitators_keep_them_in_the_browser(story: Story, lea: Person, named: Named) -> None:
    pumps, pompes, browser = named("Pumps"), named("Pompes"), story.browser(story.facilitator)
    assert browser.get(f"{TOPICS}/{pumps.pk}/edit").status_code == 200
    assert browser.post(f"{TOPICS}/{pumps.pk}/update", {"name": "Water pumps"}).status_code == 302
    assert browser.post(f"{TOPICS}/{pumps.pk}/aliases", {"name": "Pumpen"}).status_code == 302
    assert browser.post(f"{TOPICS}/{pompes.pk}/merger", {"into": "pumpen"}).status_code == 302
    pumps.refresh_from_db()
    assert (pumps.name, pumps.other_names()) == ("Water pumps", ["Pompes", "Pumpen", "Pumps"])


@pytest.mark.parametrize(
    ("way", "field", "typed", "words"),
    [
        ("update", "name", "valves", "Another topic has this name"),
        ("aliases", "name", "VALVES", "Another topic has this name"),
        ("merger", "into", "Nowhere", "There is no topic of this name here"),
        ("merger", "into", "Elsewhere", "There is no topic of this name here"),
    ],
)
def test_what_was_refused_is_explained_and_kept(
    story: Story, lea: Person, named: Named, elsewhere: Community, way: str, field: str, typed: str, words: str
) -> None:
    pumps = named("Pumps")
    named("Valves")
    story.ask(story.facilitator, topics=["Elsewhere"], of=story.found("third", "Third", by=story.facilitator))
    page = refusal(story.browser(story.facilitator), f"{TOPICS}/{pumps.pk}/{way}", **{field: typed})
    assert words in page
    assert f'value="{typed}"' in page


@pytest.mark.parametrize(("way", "field"), [("update", "name"), ("aliases", "name"), ("merger", "into")])
def test_whoever_is_late_reads_where_it_went_and_keeps_what_they_typed(
    story: Story, named: Named, way: str, field: str
) -> None:
    pumps, pompes, browser = named("Pumps"), named("Pompes"), story.browser(story.facilitator)
    named("Valves")
    acts.merge_topic(story.facilitator, pompes, into=pumps)
    page = refusal(browser, f"{TOPICS}/{pompes.pk}/{way}", **{field: "Valves too" if field == "name" else "Valves"})
    for answer in (page, browser.get(f"{TOPICS}/{pompes.pk}/edit").content.decode()):
        assert "Pompes was merged into Pumps." in answer
        assert f'href="{TOPICS}/{pumps.pk}/edit"' in answer
        assert "<form" not in answer.partition("<main")[2].partition("</main")[0], "nothing is offered that is refused"
    assert '<dd dir="auto">Valves' in page


def test_who_reads_there_is_told_where_a_topic_went(story: Story, lea: Person, named: Named) -> None:
    pumps, pompes, browser = named("Pumps"), named("Pompes"), story.browser(lea)
    for refused in (browser.get(f"{TOPICS}/{pompes.pk}/edit"), browser.post(f"{TOPICS}/{pompes.pk}/update")):
        assert refused.status_code == 403
    acts.merge_topic(story.facilitator, pompes, into=pumps)
    page = browser.get(f"{TOPICS}/{pompes.pk}/edit")
    assert (page.status_code, browser.get(f"{TOPICS}/{pumps.pk}/edit").status_code) == (200, 403)
    answers = [browser.post(f"{TOPICS}/{pompes.pk}/{way}", {}) for way in ("update", "aliases", "merger")]
    assert [answer.status_code for answer in answers] == [422] * 3
    for answer in (page, *answers):
        assert "Pompes was merged into Pumps." in answer.content.decode()
    (href,) = re.findall(r'class="btn main" href="([^"]+)"', page.content.decode())
    assert ">Pumps</h1>" in browser.get(href).content.decode()


@pytest.mark.parametrize("merged", [True, False])
def test_who_may_not_read_there_learns_nothing_of_its_topics(story: Story, lea: Person, merged: bool) -> None:
    quiet = story.found("quiet", "Quiet circle", by=story.facilitator, visibility=Visibility.CLOSED)
    story.ask(story.facilitator, topics=["Pumps", "Pompes"], of=quiet)
    topics = Topic.objects.visible_to(story.facilitator).filter(community=quiet)
    pumps, pompes = topics.get(name="Pumps"), topics.get(name="Pompes")
    if merged:
        acts.merge_topic(story.facilitator, pompes, into=pumps)
    answer = story.browser(lea).get(f"/c/quiet/topics/{pompes.pk}/edit")
    assert answer.status_code in (403, 404)
    assert "Pumps" not in answer.content.decode()


def test_each_act_on_a_topic_says_what_it_did(story: Story, named: Named) -> None:
    pumps, pompes, browser = named("Pumps"), named("Pompes"), story.browser(story.facilitator)

    def after(way: str, topic: Topic, **typed: str) -> str:
        return browser.post(f"{TOPICS}/{topic.pk}/{way}", typed, follow=True).content.decode()

    assert "“Pumps” is called “Water pumps” now" in after("update", pumps, name="Water pumps")
    assert "“Pumpen” leads to “Water pumps” now." in after("aliases", pumps, name="Pumpen")
    assert "“Pompes” was merged into “Water pumps”, with all that is filed under it." in after(
        "merger", pompes, into="pumpen"
    )


def test_where_there_is_one_topic_there_is_nothing_to_merge(story: Story, named: Named) -> None:
    pumps, browser = named("Pumps"), story.browser(story.facilitator)
    assert "Merge it into another" not in browser.get(f"{TOPICS}/{pumps.pk}/edit").content.decode()


def test_a_topic_that_nobody_named_is_not_shown_as_one(story: Story, lea: Person, named: Named) -> None:
    named("Pumps")
    page = " ".join(story.browser(lea).get(EXCHANGES, {"topic": "Vaults"}).content.decode().split())
    assert "There is no topic “Vaults” here." in page
    assert f'href="{TOPICS}/"' in page
    assert "<h1>Exchange</h1>" in page
    assert 'aria-current="page">All' not in page, "nothing to sift"
