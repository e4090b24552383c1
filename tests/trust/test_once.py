"""The same form sent twice is carried out once, and leads to what it made: every form that does something."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from PIL import Image

from commonplace.communities import acts as social
from commonplace.communities import policy as social_policy
from commonplace.communities.forms.community import fingerprint
from commonplace.communities.models import Community, Person
from commonplace.communities.zones import today
from commonplace.externalizing import acts
from commonplace.externalizing.models import Exchange, Response
from commonplace.ledger import clock, forgetting
from commonplace.ledger.models import Act, Mark, Sending
from commonplace.ledger.sending import made_once, sending
from commonplace.objectifying import batches
from commonplace.objectifying.models import Batch
from tests.objectifying.conftest import Crew
from tests.objectifying.test_batch_pages import confirmed, laid_out, table
from tests.story import Story, role_of
from tests.trust.colliding import collide
from tests.trust.made import Made, address_of, typed
from tests.trust.routes import ROUTES
from tests.trust.world import World

FORMS = {name: way for name, way in ROUTES.items() if way.post is not None}
WHO = ("facilitator", "sponsor", "operator", "member", "stranger")
NO_ACT = {
    "end_session", "end_other_sessions", "update_password", "preview_people", "update_picture", "retry_job", "drop_job",
    "put_away_first_hour", "create_batch", "update_rows", "update_columns", "update_meanings", "update_source",
    "destroy_batch",
    "update_letters", "begin_letters_again", "make_feeds", "end_feeds", "create_following", "update_following",
    "put_away_notices", "create_not_now", "destroy_not_now", "create_file", "update_keys", "run_doctor",
}  # fmt: skip
# What the world of these tests has no right moment for; asked with what is right, below.
GUARDED = {
    "ask_to_join", "merge_topic", "create_practice", "create_list", "create_proposal", "decide", "amend", "judge",
    "answer_objection", "keep_objection", "leave_line", "back_batch", "update_away", "end_away", "withdraw_thanks",
}  # fmt: skip
# What the permission tables may leave out, since they ask only who may.
COMPLETED: dict[str, Callable[[World], dict[str, str]]] = {
    "update_rule": lambda world: {
        **{"round_days": "7", "refusal_days": "7", "review_days": "365"},
        "visibility": world.here.visibility,
    },
    "update_community": lambda world: {"title": "Crew by night", "seen": fingerprint(world.here)},
}
ONCE, TWICE = {"once": "f" * 64}, {"once": "g" * 64}


def acted() -> int:
    return Act.objects.everywhere("test").count()


@pytest.mark.breaks_ledger
def test_sent_twice_each_form_does_once_what_it_does_and_leads_there(story: Story) -> None:
    world = World(story)
    clients = world.clients()
    silent = [name for name, way in FORMS.items() if name not in NO_ACT and not _is_done_once(world, clients, name)]
    assert set(silent) == GUARDED


def _is_done_once(world: World, clients: dict[str, Client], name: str) -> bool:
    return any(_twice(world, clients[role], name, role, own) for role in WHO for own in (False, True))


def _twice(world: World, client: Client, name: str, role: str, own: bool) -> bool:
    with transaction.atomic():
        made, before = Made(world, world.people[role] if own else world.somebody), acted()
        address = address_of(name, FORMS[name], made)
        more = COMPLETED[name](world) if name in COMPLETED else {}
        words = {**typed(FORMS[name], made), **more, **ONCE}
        first, done = client.post(address, words), acted()
        if first.status_code in (200, 302) and done > before:
            second = client.post(address, words)
            assert acted() == done, f"{name}: done twice"
            if first.status_code == 302:
                assert (second.status_code, second.get("Location")) == (302, first["Location"]), name
        transaction.set_rollback(True)
    return done > before


def test_also_what_needs_its_moment(story: Story) -> None:
    """A round is opened, and a practice written down, by one act each, whoever waits for it."""
    lea, omar = story.member("Lea"), story.member("Omar")
    asked = story.resolved(story.facilitator, omar)
    practice = story.distil(lea, asked)
    story.apply(omar, practice)
    opened = []
    for _ in range(2):
        with sending(lea.pk, "propose"):
            opened.append(story.propose(lea, practice))
    assert opened[0] == opened[1]
    written = []
    for _ in range(2):
        with sending(lea.pk, "distil"):
            written.append(story.distil(lea, asked, title="Another"))
    assert written[0] == written[1] != practice


def test_a_round_moves_and_an_objection_is_answered_once(story: Story, now: datetime) -> None:
    crew = Crew(story, now)
    proposal = crew.proposed()
    there = crew.objected(proposal).get_absolute_url()
    story.revise(crew.lea, crew.practice_of(proposal), limits="Call first.")
    sent = {
        f"{proposal.get_absolute_url()}amendments": (crew.lea, {"number": "2"}),
        f"{there}answer": (crew.fay, {"number": "2"}),
        f"{there}kept": (crew.ines, {"number": "2"}),
    }
    for address, (who, words) in sent.items():
        client, before = story.browser(who), acted()
        first, second = (client.post(address, {**words, **ONCE}) for _ in range(2))
        assert (first.status_code, acted()) == (302, before + 1), address
        assert second["Location"] == first["Location"]


def drafts() -> int:
    return Batch.objects.everywhere("test").count()


def test_a_draft_that_is_sent_twice_is_laid_out_once_and_leads_there(story: Story, now: datetime) -> None:
    """It is no act. One that was thrown away is laid out anew, and so is another table."""
    lea = story.browser(Crew(story, now).lea)
    first, again = (laid_out(lea, pasted=table(3), **ONCE) for _ in range(2))
    assert (first, drafts()) == (again, 1)
    assert laid_out(lea, pasted=table(4), **ONCE) != first
    lea.post(f"{first}/end")
    assert drafts() == 1
    anew = laid_out(lea, pasted=table(3), **ONCE)
    assert (anew != first, drafts()) == (True, 2)


def test_of_two_drafts_made_at_one_moment_the_first_that_is_ready_is_kept(story: Story, now: datetime) -> None:
    crew = Crew(story, now)

    def lay(called: str) -> Batch:
        return batches.lay_out(crew.lea, crew.community, [], called=called)

    def while_another_is_ready() -> Batch:
        mine = lay("Second")
        with sending(crew.lea.pk, "draft"):
            assert made_once("draft", lambda: lay("First")).called == "First"
        return mine

    with sending(crew.lea.pk, "draft"):
        kept = made_once("draft", while_another_is_ready)
    assert [one.called for one in Batch.objects.everywhere("test")] == [kept.called] == ["First"]


def test_what_came_in_together_is_known_to_be_in_use_once(story: Story, now: datetime) -> None:
    crew = Crew(story, now)
    lea, omar = story.browser(crew.lea), story.browser(crew.omar)
    at = laid_out(lea, pasted=table(3))
    confirmed(lea, at)
    before = acted()
    answers = [omar.post(f"{at}/backings", {"all": "all", **ONCE}) for _ in range(2)]
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, at)] * 2
    assert acted() == before + 3


def test_who_is_away_says_so_once_and_is_back_once(story: Story) -> None:
    fay, lea = story.browser(story.facilitator), story.member("Lea")
    at = f"/c/pump-crews/roles/{role_of(story.facilitator).pk}/away"
    until = (today() + timedelta(days=7)).isoformat()
    for address, words in ((f"{at}/update", {"until": until, "stand_in": lea.pk, **ONCE}), (f"{at}/end", TWICE)):
        before = acted()
        answers = [fay.post(address, words) for _ in range(2)]
        assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, "/c/pump-crews/desk/")] * 2
        assert acted() == before + 1


def test_who_asks_to_join_twice_has_asked_once(story: Story) -> None:
    story.found("quiet", "Quiet", by=story.facilitator, visibility="closed")
    sam = story.browser(story.person("Sam"))
    answers = [sam.post("/c/quiet/requests", {"words": "May I?", **ONCE}) for _ in range(2)]
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, "/c/quiet/")] * 2


@pytest.fixture
def lea(story: Story) -> Client:
    return story.browser(story.member("Lea"))


def words_of(exchange: Exchange) -> list[str]:
    return [response.body for response in exchange.responses.order_by("pk")]


def test_gone_back_and_written_anew_is_another(story: Story, lea: Client) -> None:
    exchange = story.ask(story.facilitator)
    for words in ("Bleed it.", "Bleed it.", "Bleed it twice."):
        lea.post(f"/c/pump-crews/exchanges/{exchange.pk}/responses", {"body": words, **ONCE})
    assert words_of(exchange) == ["Bleed it.", "Bleed it twice."]


def test_whoever_changes_their_mind_twice_on_one_page_has_changed_it_twice(story: Story, lea: Client) -> None:
    """Sent before is only what was sent last under the mark: the first stance is no answer to the third form."""
    lea_herself, omar = Person.objects.get(name="Lea"), story.member("Omar")
    practice = story.distil(omar, story.resolved(omar, lea_herself))
    story.apply(story.facilitator, practice)
    proposal = story.propose(omar, practice)
    against = {"stance": "object", "ground": "unsafe", "reason": "It would flood."}
    agrees = {"stance": "consent", "reason": ""}
    for words in (against, agrees, against, against):
        sent = {"number": "1", **words, **ONCE}
        assert lea.post(f"{proposal.get_absolute_url()}stances", sent).status_code == 302
    taken = proposal.stances.filter(person=lea_herself).order_by("taken_at")
    assert [stance.stance for stance in taken] == ["object", "consent", "object"], "the fourth is the third again"
    for address in ("membership/end", "membership", "membership/end"):
        assert lea.post(f"/c/pump-crews/{address}", ONCE).status_code == 302
    assert not social_policy.is_member(lea_herself, story.community)


def test_what_is_not_done_again_says_so(story: Story, lea: Client) -> None:
    """Gone back to in another page of the browser's memory, it could be meant anew: nobody is left in the dark."""
    words = {"kind": "request", "purpose": "reuse", "title": "Prime lost", "body": "It turns.", **ONCE}
    first = lea.post("/c/pump-crews/exchanges/create", words, follow=True).content.decode()
    again = lea.post("/c/pump-crews/exchanges/create", words, follow=True).content.decode()
    assert ("sent this already" in first, "sent this already" in again) == (False, True)


def test_another_file_of_the_same_name_and_size_is_another_form(story: Story, lea: Client) -> None:
    files, names = [], set()
    for colour in ("red", "blue"):
        file = BytesIO()
        Image.new("RGB", (8, 8), colour).save(file, "PNG", compress_level=0)
        files.append(file.getvalue())
        lea.post("/me/picture", {"picture": SimpleUploadedFile("me.png", files[-1], "image/png"), **ONCE})
        names.add(Person.objects.get(name="Lea").picture.name)
    assert len(files[0]) == len(files[1])
    assert len(names) == 2


def test_what_was_refused_can_be_sent_again(story: Story, lea: Client) -> None:
    """Nothing was made: the same words from the same page are carried out once the reason is gone."""
    address = "/c/pump-crews/membership"
    stranger = story.browser(story.person("Sam Stranger"))
    assert lea.post(address, ONCE).status_code == 422
    lea.post(f"{address}/end", ONCE)
    assert lea.post(address, ONCE).status_code == 302
    assert stranger.post(address, ONCE).status_code == 302, "another person's form is another form"


def test_every_page_gives_its_forms_a_mark_and_no_two_the_same(story: Story, lea: Client) -> None:
    pages = [lea.get("/c/pump-crews/exchanges/new").content.decode() for _ in range(2)]
    marks = [page.partition('name="once" value="')[2].partition('"')[0] for page in pages]
    assert len(set(marks)) == 2
    assert all(len(mark) == 64 for mark in marks)


def test_a_link_that_is_shown_once_is_the_same_when_its_page_is_loaded_again(story: Story) -> None:
    fay = story.browser(story.facilitator)
    pages = [fay.post("/c/pump-crews/invitations/create", ONCE).content.decode() for _ in range(2)]
    links = [page.partition("/invitation/")[2].partition("/")[0] for page in pages]
    assert links[0] == links[1] != ""
    assert story.community.invitations.filter(withdrawn_at=None).count() == 1
    person = story.person("Nora New")
    olga = story.browser(story.operator)
    ways = [olga.post(f"/people/{person.pk}/links", ONCE).content.decode() for _ in range(2)]
    assert ways[0].partition("/sign-in/")[2][:30] == ways[1].partition("/sign-in/")[2][:30]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_a_double_click_says_it_once(transactional_db: None, story: Story) -> None:
    lea, exchange = story.member("Lea"), story.ask(story.facilitator)

    def click(body: str) -> Any:
        with sending(lea.pk, body):
            return acts.respond(lea, exchange, response=Response(body=body))

    for number in range(6):
        body = f"Bleed it {number} times."
        assert collide(*[lambda body=body: click(body)] * 2) == ["done", "done"]
    assert len(words_of(exchange)) == 6


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_a_double_click_after_another_form_of_the_page_says_it_once(transactional_db: None, story: Story) -> None:
    lea, exchange = story.member("Lea"), story.ask(story.facilitator)
    now, forgotten = clock.now(), timedelta(hours=1)  # the same words at once are once anyway: ledger/haste.py

    def click(body: str, at: datetime) -> Any:
        with sending("a mark", body), clock.at(at):
            return acts.respond(lea, exchange, response=Response(body=body))

    for turn, body in enumerate(("Bleed it.", "Prime it.") * 3):
        at = now + forgotten * turn
        assert collide(*[lambda body=body, at=at: click(body, at)] * 3) == ["done"] * 3
    assert words_of(exchange) == ["Bleed it.", "Prime it."] * 3


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_a_double_click_asks_once_where_no_row_is_locked(transactional_db: None, story: Story) -> None:
    def click(slug: str) -> Any:
        with sending(story.facilitator.pk, slug):
            return social.found(story.facilitator, None, community=Community(slug=slug, title=slug), domain="Pumps")

    for number in range(6):
        slug = f"crew-{number}"
        assert collide(*[lambda slug=slug: click(slug)] * 2) == ["done", "done"]
    assert Community.objects.everywhere("test").filter(slug__startswith="crew-").count() == 6


def test_marks_are_forgotten_after_a_day(story: Story, lea: Client) -> None:
    exchange = story.ask(story.facilitator)
    lea.post(f"/c/pump-crews/exchanges/{exchange.pk}/responses", {"body": "Bleed it.", **ONCE})
    forgetting.forget()
    assert Sending.objects.count() == 2, "what was made, and where it led"
    with clock.at(clock.now() + forgetting.A_FORM * 2):
        forgetting.forget()
    assert not Sending.objects.exists()
    assert not Mark.objects.exists()
