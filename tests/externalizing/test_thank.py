"""Thanks are between whoever thanks and whoever is thanked: one press, taken back by another, counted nowhere."""

import re
from datetime import datetime
from typing import Any

import pytest

from commonplace.communities import acts as social
from commonplace.communities.levels import contributing, taking_part
from commonplace.communities.models import Person, Visibility
from commonplace.communities.my_data import my_data
from commonplace.corresponding.models import Notice
from commonplace.externalizing import acts
from commonplace.externalizing.models import Exchange, Response, ResponseKind, Thanks
from commonplace.ledger import jobs, replay
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.ledger.registry import ACTS
from commonplace.measuring import sources
from commonplace.measuring.sources import ADMINISTRATIVE, Source
from tests.corresponding.noticed import noticed, words
from tests.externalizing.reading import last
from tests.story import Story

HTMX = {"HX-Request": "true"}


@pytest.fixture
def answer(story: Story, omar: Person, exchange: Exchange) -> Response:
    """Omar's, on Lea's question."""
    return story.respond(omar, exchange)


def seen_by(person: Person) -> list[str]:
    return list(Thanks.objects.visible_to(person).values_list("person__name", flat=True))


def page(story: Story, person: Person, exchange: Exchange) -> str:
    return " ".join(story.browser(person).get(exchange.get_absolute_url()).content.decode().split())


def at(answer: Response, what: str = "thanks") -> str:
    return f"{answer.get_absolute_url()}{what}"


def test_the_ledger_holds_who_thanked_for_which_answer_and_no_more(lea: Person, answer: Response) -> None:
    acts.thank(lea, answer)
    act = last("response.thanked")
    assert (act.actor, act.object, act.subject, act.evidence) == (lea.pk, answer.pk, answer.exchange_id, {})
    assert list(replay.differences()) == []


def test_what_was_taken_back_is_gone(lea: Person, answer: Response) -> None:
    acts.thank(lea, answer)
    acts.take_thanks_back(lea, answer)
    assert not Thanks.objects.everywhere("test").exists()
    assert list(replay.differences()) == []
    acts.thank(lea, answer)
    assert seen_by(lea) == ["Lea"]


def test_whoever_reads_as_a_member_may_thank(story: Story, answer: Response) -> None:
    acts.thank(story.facilitator, answer)
    with pytest.raises(NotAllowed, match="members of the community, no bots"):
        acts.thank(story.person("Out"), answer)


@pytest.mark.usefixtures("the_guard_alone")
class TestTheGuard:
    def test_nobody_thanks_twice(self, lea: Person, answer: Response) -> None:
        acts.thank(lea, answer)
        with pytest.raises(NotPossible, match="already"):
            acts.thank(lea, answer)

    def test_nobody_thanks_themselves(self, omar: Person, answer: Response) -> None:
        with pytest.raises(NotPossible, match="your own"):
            acts.thank(omar, answer)

    def test_a_comment_is_answered_by_another(
        self, story: Story, lea: Person, omar: Person, exchange: Exchange
    ) -> None:
        comment = story.respond(omar, exchange, kind=ResponseKind.COMMENT)
        with pytest.raises(NotPossible, match="for an answer"):
            acts.thank(lea, comment)

    @pytest.mark.breaks_ledger
    @pytest.mark.parametrize("is_so", [{"is_bot": True}, {"is_active": False}, {"email": None}])
    def test_whoever_cannot_read_it_is_not_thanked(
        self, lea: Person, omar: Person, answer: Response, is_so: dict[str, Any]
    ) -> None:
        Person.objects.filter(pk=omar.pk).update(**is_so)
        with pytest.raises(NotPossible, match="Nobody is here"):
            acts.thank(lea, answer)

    def test_only_what_was_given_is_taken_back(self, story: Story, lea: Person, answer: Response) -> None:
        acts.thank(story.facilitator, answer)
        with pytest.raises(NotPossible, match="not thanked"):
            acts.take_thanks_back(lea, answer)


class TestWhoSeesIt:
    def test_only_the_two(self, story: Story, lea: Person, omar: Person, answer: Response) -> None:
        acts.thank(lea, answer)
        assert (seen_by(lea), seen_by(omar)) == (["Lea"], ["Lea"])
        assert seen_by(story.facilitator) == seen_by(story.operator) == seen_by(story.member("Mia")) == []

    def test_who_lost_the_door_sees_it_no_more(self, story: Story, lea: Person, omar: Person) -> None:
        nils = story.person("Nils")
        here = story.found("night-shift", "Night shift", by=nils, visibility=Visibility.PRIVATE)
        answer = story.respond(nils, story.ask(nils, of=here))
        acts.thank(story.invited(lea, of=here), answer)
        assert seen_by(lea) == ["Lea"]
        social.leave(lea, here)
        assert seen_by(lea) == []

    def test_a_third_reader_is_told_nothing_of_it(
        self, story: Story, lea: Person, omar: Person, answer: Response
    ) -> None:
        """The page is the same for her, letter by letter, before and after."""
        mia = story.member("Mia")

        def without_marks() -> str:
            html = page(story, mia, answer.exchange)
            return " ".join(one for one in html.split() if not re.search('csrf|value=|^"\\w{64}', one))

        before = without_marks()
        acts.thank(lea, answer)
        after = without_marks()
        assert after == before
        assert "Thanked by" not in after
        assert not noticed(mia, "thanked")
        assert Thanks.__name__ not in "".join(my_data(mia))

    def test_its_author_reads_the_names(self, story: Story, lea: Person, omar: Person, answer: Response) -> None:
        acts.thank(lea, answer)
        acts.thank(story.facilitator, answer)
        assert "Thanked by" in page(story, omar, answer.exchange)
        assert "Fay Facilitator" in page(story, omar, answer.exchange).split("Thanked by")[1][:300]
        assert "Thanked by" not in page(story, lea, answer.exchange)
        assert "You thanked" in page(story, lea, answer.exchange)


class TestOnThePage:
    def test_in_one_press_without_a_script(self, story: Story, lea: Person, answer: Response) -> None:
        browser = story.browser(lea)
        assert f'action="{at(answer)}"' in page(story, lea, answer.exchange)
        done = browser.post(at(answer), follow=True)
        assert "You thanked" in done.content.decode()
        back = browser.post(at(answer, "thanks/withdrawal"), follow=True)
        assert "You thanked" not in back.content.decode()

    def test_with_it_the_piece_comes_back(self, story: Story, lea: Person, answer: Response) -> None:
        browser = story.browser(lea)
        piece = browser.post(at(answer), headers=HTMX)
        html = piece.content.decode()
        assert piece.status_code == 200
        assert "<html" not in html
        assert "You thanked" in html
        assert f'action="{at(answer, "thanks/withdrawal")}"' in html
        assert "You thanked" not in browser.post(at(answer, "thanks/withdrawal"), headers=HTMX).content.decode()

    def test_pressed_twice_it_is_done_once(self, story: Story, lea: Person, answer: Response) -> None:
        browser = story.browser(lea)
        for _ in range(2):
            assert "You thanked" in browser.post(at(answer), headers=HTMX).content.decode()
        assert Thanks.objects.everywhere("test").count() == 1

    def test_who_may_not_is_refused(self, story: Story, omar: Person, answer: Response) -> None:
        refused = story.browser(omar).post(at(answer))
        assert refused.status_code == 422
        assert "It is your own." in refused.content.decode()
        assert story.browser(story.person("Out")).post(at(answer)).status_code == 403


class TestWordOfIt:
    def test_its_author_is_told_in_the_digest(self, story: Story, lea: Person, omar: Person, answer: Response) -> None:
        acts.thank(lea, answer)
        assert noticed(omar, "thanked") == [("thanked", "answered")]
        assert not Notice.objects.everywhere("test").get(occasion="thanked").at_once
        assert "Thanks Lea thanked you you answered" in words(story, omar)
        assert "thanked" not in words(story, lea)

    def test_of_several_in_a_thread_once(self, story: Story, lea: Person, omar: Person, answer: Response) -> None:
        acts.thank(lea, answer)
        acts.thank(story.facilitator, answer)
        assert noticed(omar, "thanked") == [("thanked", "answered")]
        story.browser(omar).get(answer.exchange.get_absolute_url())
        acts.thank(story.member("Mia"), answer)
        assert len(noticed(omar, "thanked")) == 2

    def test_what_was_taken_back_is_told_no_more(self, lea: Person, omar: Person, answer: Response) -> None:
        acts.thank(lea, answer)
        acts.take_thanks_back(lea, answer)
        assert noticed(omar, "thanked") == []

    @pytest.mark.usefixtures("nobody_works")
    def test_nor_if_the_worker_comes_late(self, lea: Person, omar: Person, answer: Response) -> None:
        acts.thank(lea, answer)
        acts.take_thanks_back(lea, answer)
        jobs.run_due()
        assert noticed(omar, "thanked") == []

    def test_letters_of_it_are_a_kind_of_their_own(self, story: Story, omar: Person) -> None:
        assert "Thanks" in words(story, omar, "/me/letters/")


class TestItCountsNowhere:
    def test_it_makes_nobody_active(self, story: Story, lea: Person, omar: Person, now: datetime) -> None:
        assert not {"response.thanked", "response.thanks_withdrawn"} & set(contributing())
        mia = story.member("Mia")
        acts.thank(mia, story.respond(omar, story.ask(lea)))
        assert mia.pk not in taking_part(story.community, now.replace(year=now.year + 1))

    def test_no_figure_reads_it(self) -> None:
        thanks = [verb for verb in ACTS if "thank" in verb]
        assert len(thanks) == 2
        assert all(verb.startswith(ADMINISTRATIVE) for verb in thanks)
        assert not any("thank" in source.verb for source in vars(sources).values() if isinstance(source, Source))

    def test_ones_own_data_holds_ones_own_thanks(self, lea: Person, omar: Person, answer: Response) -> None:
        acts.thank(lea, answer)
        mine, theirs = my_data(lea), my_data(omar)
        assert [row["person"] for row in mine["externalizing.Thanks"]] == [lea.pk]
        assert "externalizing.Thanks" not in theirs
        assert lea.pk not in str(theirs)


def test_nobody_thanks_who_has_left_and_would_not_be_told(story: Story, lea: Person, omar: Person) -> None:
    here = story.found("here", "Here", by=lea, visibility=Visibility.PRIVATE)
    story.invited(omar, here)
    exchange = story.ask(lea, of=here)
    answer = story.respond(omar, exchange)
    assert '/thanks"' in page(story, lea, exchange)
    social.leave(omar, here)
    assert '/thanks"' not in page(story, lea, exchange)
    with pytest.raises(NotPossible, match="Nobody is here who would read it"):
        acts.thank(lea, answer)
