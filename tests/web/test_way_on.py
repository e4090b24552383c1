"""What the page says next to whom: of what stands, to whoever returns later; of what only the moment knows, at once."""

from datetime import datetime

from django.urls import reverse

from commonplace.communities.way_on import Step, WayOn
from commonplace.consenting.models import Proposal
from tests.objectifying.conftest import Crew
from tests.story import Story


def on(page: bytes) -> str:
    return " ".join(page.decode().split())


def test_who_asked_reads_that_it_is_out_until_somebody_answers(story: Story) -> None:
    lea, omar = story.member("Lea"), story.member("Omar")
    asked = story.ask(lea, title="Prime lost")
    out = "It is out. Nobody has answered yet."
    assert out in on(story.browser(lea).get(asked.get_absolute_url()).content)
    assert out not in on(story.browser(omar).get(asked.get_absolute_url()).content)
    story.respond(omar, asked)
    assert out not in on(story.browser(lea).get(asked.get_absolute_url()).content)
    assert "Whoever asked is told of it" in on(story.browser(omar).get(asked.get_absolute_url()).content)


def test_what_helped_is_written_down_with_whoever_helped(story: Story) -> None:
    lea, omar = story.member("Lea"), story.member("Omar")
    asked = story.resolved(lea, omar)
    page = on(story.browser(lea).get(asked.get_absolute_url()).content)
    assert "with Omar named, whoever asks next finds it" in page
    assert f'<a href="{reverse("distil", args=[story.community.slug])}?exchange={asked.pk}">' in page
    assert "close the exchange" in page
    story.distil(lea, asked)
    assert "whoever asks next finds it" not in on(story.browser(lea).get(asked.get_absolute_url()).content)


def test_a_draft_says_what_it_lacks(story: Story, now: datetime) -> None:
    crew = Crew(story, now)
    draft = crew.written(limits="")
    assert "Complete it" in on(story.browser(crew.lea).get(draft.get_absolute_url()).content)


def test_what_is_agreed_on_asks_who_tries_it_until_somebody_did(story: Story, now: datetime) -> None:
    crew = Crew(story, now)
    practice, browser = crew.accepted(crew.backed()), story.browser(crew.lea)
    decided = Proposal.objects.everywhere("test").get()
    assert "Ask who tries it first" in on(browser.get(decided.get_absolute_url()).content)
    assert "nobody has said yet how it went" in on(browser.get(practice.get_absolute_url()).content)
    crew.used(practice)
    assert "nobody has said yet how it went" not in on(browser.get(practice.get_absolute_url()).content)


def test_after_ones_word_the_next_round_that_waits_for_it(story: Story, now: datetime) -> None:
    crew = Crew(story, now)
    first = crew.proposed()
    another = story.distil(crew.lea, story.resolved(crew.lea, crew.omar, title="Another"), title="Another")
    crew.used(another)
    second = story.propose(crew.lea, another)
    browser = story.browser(crew.ines)
    consent = {"stance": "consent", "number": "1"}
    page = browser.post(f"{first.get_absolute_url()}stances", consent, follow=True)
    assert f'<a href="{second.get_absolute_url()}">' in on(page.content)
    page = browser.post(f"{second.get_absolute_url()}stances", consent, follow=True)
    assert "Nothing else waits for your word" in on(page.content)


def test_who_has_joined_says_hello_asks_or_reads(story: Story) -> None:
    browser, here = story.browser(story.person("Ines")), story.community
    page = browser.post(f"{here.get_absolute_url()}membership", {"experience": "new"}, follow=True)
    assert all(words in on(page.content) for words in ("Say hello", "exchanges/hello", "most-used"))


def test_the_most_used_are_read_first_and_few(story: Story, now: datetime) -> None:
    crew = Crew(story, now)
    practice = crew.accepted()
    page = on(story.browser(crew.lea).get(f"/c/{story.community.slug}/practices/?most-used").content)
    assert practice.title in page


def test_settings_lead_back_and_nowhere_else(story: Story) -> None:
    browser = story.browser(story.member("Lea"))
    page = browser.get("/me/", headers={"referer": "http://testserver/c/pump-crews/"})
    assert '<input type="hidden" name="back" value="/c/pump-crews/">' in on(page.content)
    saved = {"name": "Lea", "language": "en", "time_zone": "UTC"}
    address = reverse("update_me")
    for back, leads in (("/c/pump-crews/", True), ("//evil.example/", False), ("javascript:alert(1)", False)):
        answer = browser.post(address, {**saved, "back": back}, follow=True)
        assert (f'<a href="{back}">Back to where you were</a>' in on(answer.content)) is leads


def test_a_way_on_is_escaped() -> None:
    assert WayOn("<b>", [Step("<i>", '"')]).__html__() == '&lt;b&gt; <a href="&quot;">&lt;i&gt;</a>'
