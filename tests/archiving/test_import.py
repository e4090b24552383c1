"""Bringing in an archive: everything at its time and under its author's name, once, or nothing at all."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.apps import apps

from commonplace.archiving.importing import Order, bring_in
from commonplace.archiving.importing.tally import Tally
from commonplace.communities.models import Community, Membership, Person
from commonplace.externalizing import acts
from commonplace.externalizing.evidence import Confirmed, Opened, Responded
from commonplace.externalizing.models import Confirmation, Exchange, ExchangeLink, LinkKind, Response, Revision, Status
from commonplace.internalizing.search import search
from commonplace.ledger.check import findings
from commonplace.ledger.errors import NotAllowed
from commonplace.ledger.models import Act
from commonplace.untrusted.refused import Refused
from tests.archiving.dumps import SITE, Row, answer, comment, link, question, small, user, vote, write
from tests.story import Story

Files = dict[str, list[Row]]
SEEN = datetime(2016, 8, 2, 9, tzinfo=UTC)


class Import:
    """A dump in a folder, brought into the story's community by its facilitator."""

    def __init__(self, story: Story, folder: Path) -> None:
        self.story, self.folder = story, folder

    def __call__(self, files: Files | None = None, by: Person | None = None, slug: str = "", **order: object) -> Tally:
        write(self.folder, files or small())
        slug = slug or self.story.community.slug
        asked = Order("stackexchange", self.folder, slug, **order)  # type: ignore[arg-type]
        return bring_in(asked, by or self.story.facilitator)


@pytest.fixture
def run(story: Story, tmp_path: Path) -> Import:
    return Import(story, tmp_path / SITE)


def rows() -> dict[str, int]:
    """Rows of every table: what a run that changes nothing leaves alone."""
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


def acts_of(verb: str) -> list[Act]:
    return list(Act.objects.filter(verb=verb).exclude(origin="here").everywhere("test").order_by("id"))


def exchange(title: str = "Question 1") -> Exchange:
    return Exchange.objects.everywhere("test").get(title=title)


def test_the_account_of_the_site_itself_is_a_bot_from_its_first_day(run: Import) -> None:
    run()
    [bot] = Person.objects.filter(is_bot=True)
    [act] = acts_of("person.bot_set")
    assert (bot.name, act.subject, act.actor, act.evidence) == ("Community", bot.pk, "", {"bot": True})
    assert act.happened_at == bot.created_at
    assert list(findings()) == []


def test_each_record_is_counted_once(run: Import) -> None:
    numbers = run().as_json()
    skipped, quarantined = numbers.pop("skipped"), numbers.pop("quarantined")
    assert numbers.pop("read") == 16 == sum(numbers.values()) + sum(skipped.values()) + len(quarantined)
    assert numbers == {
        **{"persons": 4, "exchanges": 2, "responses": 2, "comments": 2, "confirmations": 1, "links": 1},
        **{"unchanged": 0, "updated": 0},
    }


def test_a_question_is_a_request_for_reuse_by_its_asker_at_its_time(run: Import) -> None:
    run()
    row = exchange()
    assert (row.kind, row.purpose, row.opened_at) == ("request", "reuse", SEEN)
    assert (row.opener.name, row.opener.is_unclaimed) == ("Person 1", True)
    assert {topic.name for topic in row.topics} == {"pumps", "valves"}
    assert row.html == "<p>Why?</p>"


def test_answers_and_comments_hang_where_they_hung(run: Import) -> None:
    run()
    first, on_question, on_answer = (exchange().responses.get(body=b, **k) for b, k in (
        ("<p>Because.</p>", {"confirmations__isnull": False}),
        ("Since *when*?", {"comments_on": None}),
        ("Since *when*?", {"comments_on__isnull": False}),
    ))  # fmt: skip
    assert (first.kind, on_question.kind, on_answer.comments_on) == ("answer", "comment", first)
    assert "<em>when</em>" in on_question.html


def test_the_accepted_answer_is_a_confirmation_by_the_asker(run: Import) -> None:
    run()
    (confirmed,) = exchange().confirmations.all()
    assert (confirmed.person.name, confirmed.benefit) == ("Person 1", "unknown")
    assert confirmed.confirmed_at == datetime(2016, 8, 2, 10, tzinfo=UTC)
    assert exchange().status == Status.RESOLVED


def test_ones_own_answer_is_confirmed_but_is_no_response_by_another(run: Import) -> None:
    own = [
        question(1, AcceptedAnswerId="3"),
        answer(3, of=1, OwnerUserId="1"),
        question(2),
        answer(4, 2, OwnerUserId="1"),
    ]
    run(small() | {"Posts": own, "Comments": [], "PostLinks": []})
    assert Confirmed.of(acts_of("exchange.confirmed")[0]).own_response
    assert [Responded.of(act).by_opener for act in acts_of("exchange.responded")] == [True, True]
    assert exchange("Question 2").status == Status.OPEN


def test_what_an_archive_brought_unfinished_waits_for_nobody_until_somebody_here_takes_it_up(
    run: Import, story: Story
) -> None:
    """Nor do answers that a newer archive brings open it again."""
    posts = [*small()["Posts"], question(5), answer(6, of=5)]
    run(small() | {"Posts": posts})
    waiting = [Exchange.objects.everywhere("test").unfinished(), Exchange.objects.everywhere("test").waiting()]
    assert [list(rows) for rows in waiting] == [[], []]
    assert [exchange(title).course.words for title in ("Question 2", "Question 5")] == [
        "no answer in the archive", "not confirmed in the archive",
    ]  # fmt: skip
    run(small() | {"Posts": [*posts, answer(7, of=2)]})
    assert exchange("Question 2").course.words == "not confirmed in the archive"
    story.respond(story.facilitator, exchange("Question 2"), "Because it does.")
    assert [row.title for row in waiting[0].all()] == ["Question 2"]
    assert exchange("Question 2").course.words == "answered"
    assert list(findings()) == []


def test_whoever_edits_what_an_archive_brought_unfinished_takes_it_up(run: Import, story: Story) -> None:
    run()
    words = exchange("Question 2")
    acts.edit(words.opener, words, body="Why, again?", title=words.title, seen=words.fingerprint)
    assert [row.title for row in Exchange.objects.everywhere("test").waiting()] == ["Question 2"]
    assert list(findings()) == []


def test_lists_and_search_say_of_an_archive_that_it_was(run: Import, story: Story) -> None:
    run()
    browser, address = story.browser(story.facilitator), "/c/pump-crews/exchanges/"
    left = "no answer in the archive"
    for place in (address, exchange("Question 2").get_absolute_url(), "/search?q=Question"):
        html = browser.get(place).content.decode()
        assert left in html
        assert '<span class="tag ext">waiting for a response' not in html
    for chosen, there in (("open", 0), ("answered", 0), ("archived-open", 1), ("archived-answered", 0)):
        rows = browser.get(f"{address}?status={chosen}").content.decode().count('<li class="row">')
        assert (chosen, rows) == (chosen, there)


def test_where_no_archive_left_anything_nothing_is_offered_of_one(story: Story) -> None:
    story.ask(story.facilitator)
    assert "archived-" not in story.browser(story.facilitator).get("/c/pump-crews/exchanges/").content.decode()


def test_the_ledger_names_author_bringer_archive_and_time(run: Import, story: Story) -> None:
    run()
    opened = acts_of("exchange.opened")[0]
    assert (opened.actor, opened.recorded_by) == (exchange().opener_id, story.facilitator.pk)
    assert (opened.happened_at, opened.community) == (SEEN, story.community.pk)
    assert opened.origin == "stackexchange ai.stackexchange.com"
    assert Opened.of(opened).topic_ids == sorted(topic.pk for topic in exchange().topics)


def test_the_ledger_agrees_with_the_rows(run: Import) -> None:
    run()
    assert list(findings()) == []


def test_accounts_are_members_since_they_joined_there_and_unknown_authors_are_not(run: Import) -> None:
    run(small() | {"Posts": [question(1, OwnerUserId="", OwnerDisplayName="gone")], "Comments": [], "PostLinks": []})
    joined = Membership.objects.everywhere("test").get(person__name="Person 2").joined_at
    assert joined == datetime(2016, 8, 1, 8, tzinfo=UTC)
    assert not Membership.objects.everywhere("test").filter(person=exchange().opener).exists()
    assert acts_of("exchange.opened")[0].newcomer is None


def test_newcomers_joined_lately_a_community_that_was_there(run: Import, story: Story) -> None:
    people = [user(1), user(2, CreationDate="2014-01-01T00:00:00"), user(3)]
    run(small() | {"Users": people}, by=story.operator, slug="new", title="New", site="ai.stackexchange.com")
    assert acts_of("exchange.opened")[0].newcomer is None, "of the first days: nobody asked if the work was new to them"
    later = [user(9, CreationDate="2015-01-01T00:00:00"), *people]
    run(small() | {"Users": later}, by=story.operator, slug="newer", title="Newer", site="ai.stackexchange.com")
    asked, answered = acts_of("exchange.opened")[2], acts_of("exchange.responded")[4]
    assert (asked.newcomer, answered.newcomer) == (True, False)


def test_what_an_archive_does_not_tell_is_unknown(run: Import) -> None:
    run(
        small() | {"Users": [user(1, CreationDate="2015-01-01T00:00:00"), user(2), user(3)]},
        site="ai.stackexchange.com",
    )
    brought = Act.objects.exclude(origin="here").everywhere("test")
    assert set(brought.values_list("unit_id", "experience")) == {("", "")}
    by_nobody = brought.filter(actor="")
    assert set(by_nobody.values_list("verb", "newcomer")) == {("exchange.linked", None)}
    assert set(brought.filter(verb="exchange.responded").values_list("newcomer", flat=True)) == {None}


def test_a_second_run_changes_nothing(run: Import) -> None:
    run()
    before = rows()
    again = run().as_json()
    assert rows() == before
    assert (again["unchanged"], again["exchanges"], again["updated"]) == (12, 0, 0)


def test_the_same_site_in_another_archive_is_known_again(run: Import, story: Story, tmp_path: Path) -> None:
    run()
    assert Import(story, tmp_path / "another name")().as_json()["unchanged"] == 12


def test_a_newer_dump_brings_what_is_new_and_edits_what_changed(run: Import) -> None:
    run()
    posts = [question(1, AcceptedAnswerId="3", Title="Question one"), question(2), answer(3, of=1), answer(4, of=1)]
    newer = small() | {"Posts": [*posts, question(5)], "Comments": [comment(1, on=1, Text="New"), comment(3, on=3)]}
    numbers = run(
        newer | {"Users": [user(-1, DisplayName="Community"), user(1, DisplayName="Ada"), user(2), user(3)]}
    ).as_json()
    assert (numbers["updated"], numbers["exchanges"], numbers["unchanged"]) == (3, 1, 9)
    assert exchange("Question one").opener.name == "Ada"
    assert {revision.title or revision.body for revision in Revision.objects.everywhere("test")} == {
        "Question 1",
        "Since *when*?",
    }
    assert len(acts_of("exchange.edited")) == 2
    assert list(findings()) == []
    assert (
        run(
            newer | {"Users": [user(-1, DisplayName="Community"), user(1, DisplayName="Ada"), user(2), user(3)]}
        ).counts["updated"]
        == 0
    )


def test_changed_topics_take_the_place_of_the_old(run: Import) -> None:
    run()
    run(small() | {"Posts": [question(1, Tags="<pumps><new>", AcceptedAnswerId="3"), *small()["Posts"][1:]]})
    assert {topic.name for topic in exchange().topics} == {"pumps", "new"}


@pytest.mark.breaks_ledger  # No act claims a name yet.
def test_a_name_that_somebody_claimed_is_theirs(run: Import) -> None:
    run()
    Person.objects.filter(name="Person 1").update(email="ada@example.org", name="Ada")
    run(small() | {"Users": [user(-1), user(1, DisplayName="Renamed")]})
    assert exchange().opener.name == "Ada"


def test_what_members_linked_already_is_not_linked_twice(run: Import, story: Story) -> None:
    run(small() | {"PostLinks": []})
    acts.link(story.facilitator, exchange("Question 2"), other=exchange(), kind=LinkKind.LINKED)
    assert run().as_json()["unchanged"] == 12
    assert ExchangeLink.objects.everywhere("test").count() == 1


def test_a_dry_run_reports_the_same_and_writes_nothing(run: Import) -> None:
    before = rows()
    assert run(dry_run=True).as_json()["exchanges"] == 2
    assert rows() == before
    assert run().as_json()["exchanges"] == 2


def test_nobody_is_said_to_have_acted_before_the_archive_came_in(run: Import, story: Story) -> None:
    run(slug="fresh", title="Fresh", by=story.operator)
    pages = story.browser(story.operator)
    for page in ("roles", "charter", "members"):
        words = pages.get(f"/c/fresh/{page}").content.decode()
        assert "since it came here from an archive" in words
    assert "since <time" in words, "the members of the archive belonged to it then"


def test_a_community_can_be_founded_for_it_when_it_began(run: Import, story: Story) -> None:
    run(by=story.operator, slug="new", title="New community")
    community = Community.objects.everywhere("test").get(slug="new")
    assert (community.title, community.founded_at) == ("New community", datetime(2016, 8, 1, 8, tzinfo=UTC))
    ours = Act.objects.filter(community=community.pk).everywhere("test")
    assert set(ours.values_list("origin", flat=True)) == {community.origin}
    assert list(findings()) == []


def test_the_same_archive_may_go_to_two_communities(run: Import, story: Story) -> None:
    run()
    assert run(by=story.operator, slug="other", title="Other").as_json()["exchanges"] == 2
    assert Exchange.objects.everywhere("test").filter(title="Question 1").count() == 2


@pytest.mark.parametrize("slug", ["nowhere", "Not A Slug"])
def test_an_unknown_community_is_refused(run: Import, slug: str) -> None:
    before = rows()
    with pytest.raises(Refused, match="--found"):
        run(slug=slug)
    assert rows() == before


def test_a_name_that_no_address_can_have_is_refused(run: Import) -> None:
    with pytest.raises(Refused, match="slug"):
        run(slug="Not A Slug", title="Title")


def test_only_facilitators_and_the_operator_may(run: Import, story: Story) -> None:
    before = rows()
    with pytest.raises(NotAllowed):
        run(by=story.member("Lea"))
    with pytest.raises(NotAllowed):
        run(by=story.found("other", "Other", by=story.person("Ann")).charter.set_by)
    assert before["externalizing.Exchange"] == rows()["externalizing.Exchange"]
    assert run(by=story.operator).counts["exchanges"] == 2


def test_a_broken_record_is_set_aside_and_the_rest_goes_in(run: Import) -> None:
    numbers = run(small() | {"Posts": [*small()["Posts"], question(9, CreationDate="soon")]}).as_json()
    assert numbers["quarantined"] == [{"place": "Posts.xml line 7 (Id 9)", "reason": "CreationDate is no date"}]
    assert numbers["exchanges"] == 2


@pytest.mark.parametrize("file", ["Posts", "Comments", "Votes", "PostLinks", "Tags"])
@pytest.mark.parametrize("text", ["<posts><row", "<!DOCTYPE x><posts/>", "<posts>\xff</posts>", ""])
def test_one_unreadable_file_and_nothing_is_written(run: Import, file: str, text: str) -> None:
    write(run.folder, small())
    (run.folder / f"{file}.xml").write_bytes(text.encode("latin-1"))
    before = rows()
    with pytest.raises(Refused, match=rf"{file}\.xml line"):
        bring_in(Order("stackexchange", run.folder, run.story.community.slug), run.story.facilitator)
    assert rows() == before


def test_hostile_text_is_harmless(run: Import) -> None:
    hostile = "<p onclick=x>hi<script>x</script><img src=//x></p>"
    posts = [question(1, Body=hostile, Title="<b>Question 1</b>")]
    run(small() | {"Posts": posts, "Comments": [comment(1, on=1, Text="<script>x</script> [a](javascript:x)")]})
    texts = [exchange("<b>Question 1</b>").html, *Response.objects.everywhere("test").values_list("html", flat=True)]
    assert not any(evil in text for text in texts for evil in ("<script", "onclick", "<img", "href"))


def test_a_later_acceptance_of_another_answer_is_added(run: Import) -> None:
    run()
    posts = [question(1, AcceptedAnswerId="4"), *small()["Posts"][1:]]
    numbers = run(small() | {"Posts": posts, "Votes": [vote(1, 4), vote(2, 3, kind=2)]}).as_json()
    assert (numbers["confirmations"], Confirmation.objects.everywhere("test").count()) == (1, 2)


def test_links_of_both_kinds_are_told_apart(run: Import) -> None:
    run(small() | {"PostLinks": [link(1, 2, 1), link(2, 2, 1, kind=3)]})
    assert {one.kind for one in ExchangeLink.objects.everywhere("test")} == {LinkKind.LINKED, LinkKind.DUPLICATE}


def test_what_came_in_is_found_at_once(run: Import, story: Story) -> None:
    run()
    assert [hit.title for hit in search(story.facilitator, "because").hits] != []
