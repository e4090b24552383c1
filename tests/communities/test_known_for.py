"""What members say they may be asked about: theirs alone, found by members alone, and gone when they leave."""

import re
from collections.abc import Sequence
from typing import Any

import pytest

from commonplace.communities import acts
from commonplace.communities.known_for import askable
from commonplace.communities.models import AskedAbout, Community, KnownFor, Membership, Person, RoleKind
from commonplace.communities.my_data import my_data
from commonplace.externalizing import acts as exchanges
from commonplace.externalizing.models import Topic
from commonplace.ledger.act import writing
from commonplace.ledger.check import findings
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.ledger.models import Act
from tests.communities.recorded import last
from tests.story import Story

FORM, SENT = "/c/pump-crews/people/me/edit", "/c/pump-crews/people/me/update"
SEALS = "Shaft seals, and why they leak"


@pytest.fixture
def lea(story: Story) -> Person:
    return story.member("Lea")


@pytest.fixture
def omar(story: Story) -> Person:
    return story.member("Omar", unit="North")


def membership(person: Person, community: Community) -> Membership:
    return community.memberships.get(person=person, left_at=None)


def topic(story: Story, name: str = "seals") -> Topic:
    story.ask(story.facilitator, topics=[name])
    return Topic.objects.visible_to(story.facilitator).get(name=name)


def say(
    story: Story, person: Person, words: str = SEALS, topics: Sequence[Topic] = (), shows: Sequence[str] = ()
) -> KnownFor:
    ids = [one.pk for one in topics]
    return acts.set_known_for(person, membership(person, story.community), words=words, topics=ids, shows=shows)


def seen_in(response: Any) -> str:
    hidden = re.search(r'name="seen" value="(\w*)"', response.content.decode())
    assert hidden
    return hidden[1]


def page(story: Story, reader: Person, path: str) -> str:
    return story.browser(reader).get(f"/c/pump-crews/{path}").content.decode()


def test_others_read_it_on_their_page_and_in_the_list(story: Story, lea: Person, omar: Person) -> None:
    say(story, lea, topics=[topic(story)])
    for path in (f"people/{lea.pk}/", "members"):
        shown = page(story, omar, path)
        assert SEALS in shown, path
        assert ">seals</a>" in shown, path


def test_it_is_said_by_a_form_on_a_page_of_its_own(story: Story, lea: Person, omar: Person) -> None:
    seals, browser = topic(story), story.browser(lea)
    asked = browser.get("/c/pump-crews/people/me/edit").content.decode()
    assert f'value="{seals.pk}"' in asked
    assert 'value="looks_after" id="id_shows_2" checked' in asked.replace("\n", " ")
    sent = {"words": f"  {SEALS}\n", "topics": [seals.pk], "shows": ["helped"]}
    done = browser.post("/c/pump-crews/people/me/update", sent, follow=True)
    assert done.redirect_chain[-1][0] == f"/c/pump-crews/people/{lea.pk}/"
    assert "This is what others see." in done.content.decode()
    row = KnownFor.objects.visible_to(omar).get()
    assert (row.words, row.shows, [one.topic for one in row.topics.all()]) == (SEALS, ["helped"], [seals.pk])
    again = browser.get("/c/pump-crews/people/me/edit").content.decode()
    assert SEALS in again
    assert again.partition("<main")[2].count(" checked") == 2


def test_saying_it_anew_takes_the_place_of_what_was_said(story: Story, lea: Person, omar: Person) -> None:
    seals, valves = topic(story), topic(story, "valves")
    say(story, lea, topics=[seals], shows=["helped"])
    say(story, lea, words="Valves", topics=[valves])
    row = KnownFor.objects.visible_to(omar).get()
    assert (row.words, row.shows, [one.topic for one in row.topics.all()]) == ("Valves", [], [valves.pk])
    assert SEALS not in page(story, omar, "members")


def test_the_ledger_holds_how_much_was_said_and_nothing_of_it(story: Story, lea: Person) -> None:
    say(story, lea, topics=[topic(story)], shows=["helped", "told"])
    act = last("person.known_for_set")
    assert act.evidence == {"says": True, "under": 1, "shows": 2}
    assert list(findings()) == []


def test_nobody_says_it_for_another(story: Story, lea: Person, omar: Person) -> None:
    for person in (omar, story.facilitator, story.operator):
        with pytest.raises(NotAllowed):
            acts.set_known_for(person, membership(lea, story.community), words="x", topics=(), shows=())


def test_a_sponsor_from_outside_says_nothing_here(story: Story) -> None:
    sam = story.serving("Sam", RoleKind.SPONSOR)
    assert story.browser(sam).get("/c/pump-crews/people/me/edit").status_code == 404
    assert story.browser(sam).post("/c/pump-crews/people/me/update", {"words": "x"}).status_code == 404


@pytest.mark.parametrize(
    ("changed", "about"),
    [
        ({"words": "x" * 301}, "words"),
        ({"topics": ["none"]}, "topics"),
        ({"topics": [str(n) for n in range(9)]}, "topics"),
        ({"shows": ["salary"]}, "shows"),
    ],
)
def test_what_is_not_of_here_is_refused(story: Story, lea: Person, changed: dict[str, object], about: str) -> None:
    given: dict[str, object] = {"words": "", "topics": (), "shows": (), **changed}
    with pytest.raises(NotPossible) as refused:
        acts.set_known_for(lea, membership(lea, story.community), **given)  # type: ignore[arg-type]
    assert refused.value.about == about
    assert not KnownFor.objects.everywhere("test").exists()


def test_a_topic_of_another_community_is_none_of_here(story: Story, lea: Person) -> None:
    other = story.found("other", "Other", by=lea)
    story.ask(lea, of=other, topics=["boats"])
    boats = Topic.objects.visible_to(lea).get(name="boats")
    with pytest.raises(NotPossible):
        say(story, lea, topics=[boats])


def test_whom_one_may_ask_about_a_topic(story: Story, lea: Person, omar: Person) -> None:
    seals = topic(story)
    say(story, omar, topics=[seals])
    say(story, lea, topics=[topic(story, "valves")])
    assert [one.person for one in askable(lea, story.community, [seals.pk])] == [omar]
    listed = page(story, lea, f"members?topic={seals.pk}")
    assert "Who may be asked about seals" in listed
    assert "Omar" in listed
    assert "Lea</a>" not in listed


def test_where_nobody_says_so_what_was_asked_about_it_is_a_press_away(story: Story, lea: Person) -> None:
    seals = topic(story)
    asked = story.ask(lea, "Which seal fits?", topics=[seals.name])
    listed = page(story, lea, f"members?topic={seals.pk}")
    assert f'href="{seals.get_absolute_url()}">What has been asked about it' in listed
    assert asked.title in story.browser(lea).get(seals.get_absolute_url()).content.decode()


def test_nobody_else_learns_whom_one_may_ask(story: Story, omar: Person) -> None:
    seals = topic(story)
    say(story, omar, topics=[seals])
    for stranger in (story.person("Stranger"), story.operator, story.serving("Sam", RoleKind.SPONSOR)):
        assert askable(stranger, story.community, [seals.pk]) == []
        assert not AskedAbout.objects.visible_to(stranger).exists()


def test_who_cannot_come_in_any_more_is_not_asked(story: Story, lea: Person, omar: Person) -> None:
    seals = topic(story)
    say(story, omar, topics=[seals])
    Person.objects.filter(pk=omar.pk).update(is_active=False)
    assert askable(lea, story.community, [seals.pk]) == []


def test_a_topic_that_was_merged_leads_on(story: Story, lea: Person, omar: Person) -> None:
    seals, gaskets = topic(story), topic(story, "gaskets")
    say(story, omar, topics=[seals, gaskets])
    exchanges.merge_topic(story.facilitator, gaskets, into=seals)
    shown = page(story, lea, f"people/{omar.pk}/")
    assert "gaskets" not in shown
    assert shown.count(">seals</a>") == 1
    assert "Omar" in page(story, lea, f"members?topic={gaskets.pk}")
    form = page(story, omar, "people/me/edit")
    assert form.count(f'value="{seals.pk}" id="id_topics_0" checked') == 1
    assert list(findings()) == []


@pytest.mark.parametrize("sought", ["omar", "north", "LEAK", "seals"])
def test_members_are_found_by_name_unit_words_and_topic(story: Story, lea: Person, omar: Person, sought: str) -> None:
    say(story, omar, topics=[topic(story)])
    say(story, lea, words="Boats")
    listed = page(story, lea, f"members?q={sought}")
    assert f"people/{omar.pk}/" in listed.partition("<main")[2]
    assert f"people/{lea.pk}/" not in listed.partition("<main")[2]


def test_it_is_gone_as_soon_as_they_leave(story: Story, lea: Person, omar: Person) -> None:
    seals = topic(story)
    say(story, omar, topics=[seals], shows=["helped"])
    acts.leave(omar, story.community)
    assert not KnownFor.objects.everywhere("test").exists()
    assert not AskedAbout.objects.everywhere("test").exists()
    assert askable(lea, story.community, [seals.pk]) == []
    for path in ("members", f"members?topic={seals.pk}", f"people/{omar.pk}/", "members?q=leak"):
        assert SEALS not in page(story, lea, path), path
    assert "Omar" not in page(story, lea, f"members?topic={seals.pk}")
    assert list(findings()) == []


def test_coming_back_they_begin_anew(story: Story, omar: Person) -> None:
    say(story, omar)
    before = membership(omar, story.community)
    acts.leave(omar, story.community)
    acts.join(omar, story.community)
    with pytest.raises(NotPossible):
        acts.set_known_for(omar, before, words="x", topics=(), shows=())
    say(story, omar, words="Anew")
    assert KnownFor.objects.visible_to(omar).get().words == "Anew"
    assert list(findings()) == []


@pytest.mark.breaks_ledger
def test_a_check_finds_words_that_nobody_said(story: Story, omar: Person) -> None:
    say(story, omar, words="")
    with writing():
        KnownFor.objects.everywhere("test").update(words="I never said so")
    assert [one for one in findings() if "known for" in str(one)]


def test_one_s_own_data_holds_it(story: Story, lea: Person, omar: Person) -> None:
    seals = topic(story)
    say(story, omar, topics=[seals], shows=["told"])
    mine = my_data(omar)
    assert mine["communities.KnownFor"][0]["words"] == SEALS
    assert mine["communities.AskedAbout"][0]["topic"] == seals.pk
    assert "communities.KnownFor" not in my_data(lea)


def test_sent_twice_it_is_done_once(story: Story, lea: Person) -> None:
    browser = story.browser(lea)
    for _ in range(2):
        browser.post("/c/pump-crews/people/me/update", {"words": SEALS})
    assert KnownFor.objects.visible_to(lea).count() == 1
    assert Act.objects.everywhere("test").filter(verb="person.known_for_set").exists()


def test_what_is_refused_is_still_there(story: Story, lea: Person) -> None:
    refused = story.browser(lea).post("/c/pump-crews/people/me/update", {"words": "x" * 301})
    assert refused.status_code == 422
    assert "x" * 301 in refused.content.decode()


def test_the_form_speaks_the_reader_s_language(story: Story, lea: Person) -> None:
    topic(story)
    acts.edit_profile(lea, lea, language="fr")
    assert "8 au plus : qui lit" in page(story, lea, "people/me/edit").replace("\u202f", " ").replace("\xa0", " ")


def test_what_was_chosen_stands_first(story: Story, lea: Person) -> None:
    topic(story, "air")
    say(story, lea, topics=[topic(story, "seals")])
    form = page(story, lea, "people/me/edit")
    [first, second] = re.findall(r'name="topics" value="(\w+)"', form)
    assert [Topic.objects.visible_to(lea).get(pk=pk).name for pk in (first, second)] == ["seals", "air"]


def test_what_the_form_showed_is_taken_though_it_was_merged_meanwhile(story: Story, lea: Person, omar: Person) -> None:
    seals, gaskets = topic(story), topic(story, "gaskets")
    browser = story.browser(lea)
    assert f'value="{gaskets.pk}"' in browser.get("/c/pump-crews/people/me/edit").content.decode()
    exchanges.merge_topic(story.facilitator, gaskets, into=seals)
    sent = {"words": SEALS, "topics": [gaskets.pk], "shows": []}
    assert browser.post("/c/pump-crews/people/me/update", sent).status_code == 302
    assert ">seals</a>" in page(story, omar, f"people/{lea.pk}/")


def test_what_was_chosen_is_kept_though_more_topics_are_there_than_are_offered(
    story: Story, lea: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    seals, air = topic(story), topic(story, "air")
    say(story, lea, topics=[seals, air])
    monkeypatch.setattr("commonplace.externalizing.contributions.people.MOST_OFFERED", 1)
    browser = story.browser(lea)
    shown = browser.get(FORM)
    assert shown.content.decode().count(" checked") >= 2
    sent = {"words": "Anew", "topics": [seals.pk, air.pk], "shows": [], "seen": seen_in(shown)}
    assert browser.post("/c/pump-crews/people/me/update", sent).status_code == 302
    assert KnownFor.objects.visible_to(lea).get().topics.count() == 2


def test_what_is_no_topic_is_refused_in_words(story: Story, lea: Person) -> None:
    topic(story)
    for typed in ("nothing here", "nothing\0here"):
        sent = {"words": "", "topics": [typed], "shows": []}
        assert story.browser(lea).post("/c/pump-crews/people/me/update", sent).status_code == 422


def test_a_topic_that_the_list_has_no_room_for_is_typed(
    story: Story, lea: Person, omar: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And it stays chosen when the form is sent again, though it is not among those listed."""
    topic(story, "alignment")
    last_one = topic(story, "zinc anodes")
    assert "further" not in page(story, lea, "people/me/edit")
    for module in ("communities.forms.known_for", "externalizing.contributions.people"):
        monkeypatch.setattr(f"commonplace.{module}.MOST_OFFERED", 1)
    shown = page(story, lea, "people/me/edit")
    assert 'name="further"' in shown
    assert "zinc anodes" not in shown
    to, browser = "/c/pump-crews/people/me/update", story.browser(lea)
    refused = browser.post(to, {"words": "", "further": "zinc anodes, teapots"})
    assert refused.status_code == 422
    assert "There is no topic “teapots” here." in refused.content.decode()
    assert browser.post(to, {"words": "", "further": " Zinc  Anodes,"}).status_code == 302
    assert browser.post(to, {"words": "Again", "topics": [last_one.pk, "no\0thing"]}).status_code == 422
    known = {"seen": seen_in(browser.get(FORM))}
    assert browser.post(to, {"words": "Again", "topics": [last_one.pk], **known}).status_code == 302
    assert "zinc anodes" in page(story, omar, f"people/{lea.pk}/")


def test_two_tabs_do_not_overwrite_each_other(story: Story, lea: Person, omar: Person) -> None:
    """Refused with both before one's eyes; then what was typed is saved."""
    seals, browser = topic(story), story.browser(lea)
    stale = seen_in(browser.get(FORM))
    say(story, lea, words="Valves", topics=[seals], shows=["helped"])
    mine = {"words": "Pumps and nothing else", "shows": ["told"]}
    refused = browser.post(SENT, {**mine, "seen": stale})
    shown = refused.content.decode()
    assert refused.status_code == 422
    assert "Pumps and nothing else" in shown
    for words in (
        "changed meanwhile",
        "What it says now",
        ">Valves</p>",
        ">seals</a>",
        "where an answer of mine helped",
    ):
        assert words in shown.partition("<main")[2]
    assert KnownFor.objects.visible_to(omar).get().words == "Valves"
    assert browser.post(SENT, {**mine, "seen": seen_in(refused)}).status_code == 302
    assert KnownFor.objects.visible_to(omar).get().words == "Pumps and nothing else"


def test_nor_does_a_form_that_says_nothing_of_what_it_began_from(story: Story, lea: Person, omar: Person) -> None:
    say(story, lea, words="Valves")
    assert story.browser(lea).post(SENT, {"words": "Pumps"}).status_code == 422
    assert KnownFor.objects.visible_to(omar).get().words == "Valves"


def test_what_it_says_already_is_no_conflict(story: Story, lea: Person) -> None:
    say(story, lea, words="Valves", shows=["told"])
    assert story.browser(lea).post(SENT, {"words": "Valves", "shows": ["told"], "seen": "old"}).status_code == 302
