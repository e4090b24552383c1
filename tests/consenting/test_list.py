"""Up to twenty rounds opened, spoken in and read together: one page and one press, and each its own round (§2.7)."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commonplace.communities import acts as social
from commonplace.communities import texts
from commonplace.communities.models import Person
from commonplace.consenting import acts, jobs
from commonplace.consenting.acts import listing
from commonplace.consenting.contributions.needs import returnable, waiting
from commonplace.consenting.kinds import Kind, Outcome, Stand, TakenBack
from commonplace.consenting.models import Eligible, Proposal, Question
from commonplace.ledger import clock
from commonplace.ledger.act import _writing as act_writing
from commonplace.ledger.check import findings
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.ids import new_id
from commonplace.ledger.models import Act
from commonplace.objectifying import acts as practices
from commonplace.objectifying.contributions.news import moved
from commonplace.objectifying.models import Bringing, Practice, Version
from commonplace.untrusted import markdown
from tests.consenting.test_pages import HERE, page, refused, sent, shown
from tests.objectifying.conftest import Crew
from tests.story import PARTS

NEW = f"{HERE}lists/new/acceptance/"
AIM: dict[str, Any] = {"aim": "Nobody asks twice", "review_on": "2031-01-01"}


def brought(crew: Crew, n: int, backed: bool = True) -> list[Practice]:
    rows = [crew.brought(title=f"Procedure {number}", since_on=date(2021, 3, 3)) for number in range(1, n + 1)]
    for row in rows if backed else ():
        practices.back(crew.omar, row)
    return rows


def opened(crew: Crew, rows: Sequence[Practice], by: Person | None = None, **fields: Any) -> list[Proposal]:
    put = [(row, Proposal(matter=Kind.ACCEPTANCE, number=1, aim="Nobody asks twice", **fields)) for row in rows]
    first = acts.open_list(by or crew.lea, crew.community, put=put)
    mine, order = Proposal.objects.filter(list=first.list).everywhere("test"), [row.pk for row in rows]
    return sorted(mine, key=lambda one: order.index(one.subject_id))


def rounds() -> list[Proposal]:
    return list(Proposal.objects.exclude(list="").everywhere("test").order_by("title"))


def tick(proposal: Proposal) -> str:
    return f"{proposal.pk}:{proposal.number}"


def ticked(page: str, name: str = "consent") -> list[str]:
    boxes = re.findall(r"<input[^>]*>", page)
    mine = [box for box in boxes if f'name="{name}"' in box and "checked" in box]
    return [re.findall(r'value="([^"]*)"', box)[0] for box in mine]


def boxes(page: str) -> list[str]:
    return re.findall(r'name="consent"[^>]*value="([^"]*)"', page)


def pressed(crew: Crew, who: Person, consent: Sequence[Proposal]) -> str:
    return sent(crew, who, f"{consent[0].get_list_url()}stances", consent=list(map(tick, consent)))


def test_ten_procedures_are_agreed_on_by_eight_people_in_one_press_each(crew: Crew) -> None:
    brought(crew, 10)
    others = [crew.story.member(name) for name in ("Ann", "Bea", "Cem", "Dee")]
    form = shown(crew, crew.lea, NEW)
    assert len(ticked(form, "put")) == 10
    assert "of the 8 asked consent" in form
    seen = sent(crew, crew.lea, f"{NEW}create", put=ticked(form, "put"), **AIM)
    assert "10 rounds are open: 8 people are asked in each" in seen
    assert "10 are still to speak on" in seen
    all_of_it = rounds()
    assert len({(one.list, one.closes_at, one.eligible, one.quorum) for one in all_of_it}) == 1
    assert {act.evidence["batch"] for act in Act.objects.everywhere("test").filter(verb="proposal.opened")} == {
        all_of_it[0].list
    }
    *kept, first, second, bad = all_of_it
    for person in (crew.omar, crew.ines, crew.fay, *others, crew.lea):
        before = shown(crew, person, bad.get_list_url())
        assert len(ticked(before)) == len([one for one in rounds() if one.is_open]), "ticked, and nothing is said"
        consent = kept if person == crew.ines else all_of_it
        assert f"You consent to {len(consent)} of them: " in pressed(crew, person, consent)
    assert Counter(one.outcome for one in rounds()) == {"accepted": 7, "": 3}, "seven at once: all have spoken"
    crew.objected(bad)
    left = shown(crew, crew.ines, bad.get_list_url())
    assert "2 are still to speak on" in left
    assert "Your objection stands here." in left
    assert "Unsafe near chlorine." in shown(crew, crew.omar, bad.get_list_url())
    with clock.at(bad.closes_at + timedelta(minutes=1)):
        jobs.end_rounds()
        crew.story.decide(crew.fay, bad, Outcome.RETURNED, "Not near chlorine.")
        over = shown(crew, crew.ines, bad.get_list_url())
    assert Counter(one.outcome for one in rounds()) == {"accepted": 9, "returned": 1}
    assert 'Accepted</span> 9 <span class="tag">Returned</span> 1' in over
    assert over.count("8 of the 8 asked consented") == 7
    assert over.count("7 of the 8 asked consented") == 3, "who took two out and objected to one"
    assert not ticked(over)
    for practice in Practice.objects.everywhere("test"):
        assert practice.status == ("brought" if practice.pk == bad.subject_id else "accepted")
    assert list(findings()) == []
    assert first.outcome == second.outcome == ""


def test_all_of_it_opens_or_none_and_the_one_that_hinders_is_named(crew: Crew) -> None:
    [*ready, early] = brought(crew, 3, backed=False)
    for one in ready:
        practices.back(crew.omar, one)
    with pytest.raises(NotPossible, match="Procedure 3: Too early to propose it"):
        opened(crew, [*ready, early])
    assert rounds() == []
    ticks = [f"{one.pk}:1" for one in (*ready, early)]
    seen = refused(crew, crew.lea, f"{NEW}create", put=ticks, **AIM)
    assert "Procedure 3: Too early" in seen
    assert "Nobody asks twice" in seen
    assert len(ticked(seen, "put")) == 2
    assert rounds() == []


def test_what_cannot_be_put_is_said_before_with_the_way_out(crew: Crew) -> None:
    ready, early = brought(crew, 3), crew.brought(title="Early")
    practices.back(crew.omar, crew.brought(title="Rough", why="", since_on=date(2021, 3, 3)))
    seen = shown(crew, crew.lea, NEW)
    assert {value.partition(":")[0] for value in ticked(seen, "put")} == {one.pk for one in ready}
    not_yet = seen.partition("Not yet")[2]
    assert early.get_absolute_url() in not_yet
    assert "Too early to propose it" in not_yet
    assert "when, how, why and limits" in not_yet
    crew.story.propose(crew.lea, ready[0])
    seen = shown(crew, crew.lea, f"{NEW}?practice={ready[0].pk}&practice={ready[1].pk}")
    assert "This can be proposed alone:" in seen
    assert "Another round on this is open" in seen


def test_who_is_alone_is_told_whom_it_takes(crew: Crew) -> None:
    rows = brought(crew, 2)
    for person in (crew.omar, crew.ines):
        social.leave(person, crew.community)
    with clock.at(clock.now() + timedelta(hours=1)):
        crew.story.granted(crew.lea, "facilitator")
        social.leave(crew.fay, crew.community)
        seen = shown(crew, crew.lea, NEW)
    assert f"{NEW}create" not in seen
    assert "Invite people" in seen
    assert rows[0].title not in seen.partition("<main")[2]


def test_only_what_is_in_force_and_not_agreed_on_may_be_in_a_list(crew: Crew) -> None:
    rows = [*brought(crew, 1), crew.candidate()]
    with pytest.raises(NotPossible, match="in no list"):
        opened(crew, rows)
    seen = shown(crew, crew.lea, f"{NEW}?practice={rows[0].pk}&practice={rows[1].pk}")
    assert "by itself, and in no list" in seen
    assert rows[1].title not in shown(crew, crew.lea, NEW)


def test_a_list_is_of_two_to_twenty(crew: Crew) -> None:
    rows = brought(crew, 21)
    with pytest.raises(NotPossible, match="two at least"):
        opened(crew, rows[:1])
    with pytest.raises(NotPossible, match="20 at most"):
        opened(crew, rows)
    form = shown(crew, crew.lea, NEW)
    assert len(ticked(form, "put")) == 20
    assert "the others make the next list" in form
    assert len(opened(crew, rows[:20])) == 20


def test_nothing_is_added_to_a_list_later_or_by_another(crew: Crew) -> None:
    rows = brought(crew, 3)
    [one, _other] = opened(crew, rows[:2])
    put = {"matter": Kind.ACCEPTANCE, "number": 1, "aim": "Too", "list": one.list}
    with clock.at(one.opened_at), pytest.raises(NotPossible, match="nothing is added"):
        acts.propose(crew.omar, rows[2], proposal=Proposal(**put))
    with clock.at(one.opened_at + timedelta(minutes=1)), pytest.raises(NotPossible, match="nothing is added"):
        acts.propose(crew.lea, rows[2], proposal=Proposal(**put))


def test_a_list_is_of_one_community(crew: Crew) -> None:
    there = crew.story.found("valves", "Valves", by=crew.fay)
    for person in (crew.lea, crew.omar):
        crew.story.invited(person, there)
    elsewhere = crew.brought(title="Elsewhere", since_on=date(2021, 3, 3), of=there)
    practices.back(crew.omar, elsewhere)
    with pytest.raises(NotPossible, match="Elsewhere: A list is opened at once"):
        opened(crew, [*brought(crew, 1), elsewhere])
    assert rounds() == []


def test_a_list_of_twenty_takes_no_more_at_one_moment(crew: Crew) -> None:
    rows = brought(crew, 21)
    [one, *_others] = opened(crew, rows[:20])
    put = {"matter": Kind.ACCEPTANCE, "number": 1, "aim": "Too", "list": one.list}
    with clock.at(one.opened_at), pytest.raises(NotPossible, match="20 at most"):
        acts.propose(crew.lea, rows[20], proposal=Proposal(**put))


def test_a_newer_text_is_not_put_unread(crew: Crew) -> None:
    rows = brought(crew, 2)
    ticks = ticked(shown(crew, crew.lea, NEW), "put")
    crew.story.revise(crew.omar, rows[0], how="Otherwise.")
    seen = refused(crew, crew.lea, f"{NEW}create", put=ticks, **AIM)
    assert "Procedure 1: There is a newer version" in seen
    assert "version 2" in seen


def test_one_that_is_refused_loses_none_of_the_others(crew: Crew) -> None:
    one, other, third = opened(crew, brought(crew, 3))
    sent_ticks = list(map(tick, (one, other, third)))
    crew.amended(other, how="Otherwise.")
    answer = refused(crew, crew.ines, f"{one.get_list_url()}stances", consent=sent_ticks)
    assert "Procedure 2: Meanwhile the round moved to version 2." in answer
    assert "With 2 others it went through." in answer
    assert "1 is still to speak on" in answer
    assert [each.stances.filter(person=crew.ines).exists() for each in (one, other, third)] == [True, False, True]


def test_who_ticks_nothing_says_nothing_and_is_told_how_to_say_something_else(crew: Crew) -> None:
    one, _other = opened(crew, brought(crew, 2))
    assert "To say something else, open it." in refused(crew, crew.ines, f"{one.get_list_url()}stances")
    assert not one.stances.exists()


def test_what_one_took_out_of_a_consent_is_not_ticked_again(crew: Crew) -> None:
    """Else a second press consents to what was left out by the first: silence is never consent."""
    one, other, left, out = opened(crew, brought(crew, 4))
    seen = pressed(crew, crew.ines, [one, other])
    done, nothing = re.findall(r"You consent to 2 of them: (.*?)\. You have said nothing yet of: (.*?)\.", seen)[0]
    assert set(done.split(" · ")) == {"Procedure 1", "Procedure 2"}
    assert set(nothing.split(" · ")) == {"Procedure 3", "Procedure 4"}
    assert set(boxes(seen)) == {tick(left), tick(out)}
    assert not ticked(seen)
    assert "You have spoken on 2." in seen
    assert "2 are still to speak on. Nothing is ticked by itself any more" in seen
    assert "press once" not in seen
    assert not ticked(shown(crew, crew.ines, one.get_list_url()))
    assert len(ticked(shown(crew, crew.lea, one.get_list_url()))) == 4, "of her own words, and of nobody else's"
    acts.take_stance(crew.lea, out, stance=Stand.ASIDE)
    assert not ticked(shown(crew, crew.lea, one.get_list_url()))


def test_what_one_took_out_stays_out_whatever_one_reads_meanwhile(crew: Crew) -> None:
    """To unfold the texts, to ask in a round, to object: back on the page, one press consents to nothing more."""
    kept, out = opened(crew, brought(crew, 2))
    browser, at = crew.story.browser(crew.ines), kept.get_list_url()
    assert set(ticked(browser.get(at).content.decode())) == {tick(kept), tick(out)}
    for way, there in (
        ({"text": "all"}, f"{at}?text=all"),
        ({"text": ""}, at),
        ({"to": f"{out.get_absolute_url()}#stand"}, out.get_absolute_url()),
        ({"to": "//elsewhere.example"}, at),
    ):
        answer = browser.post(f"{at}stances", {"consent": [tick(kept)], **way})
        assert answer.status_code == 302
        assert answer["Location"].partition("#")[0] == there
        browser.get(out.get_absolute_url())
        assert ticked(browser.get(at).content.decode()) == [tick(kept)]
    assert not kept.stances.exists()


def test_shown_again_nothing_is_ticked_that_may_have_been_taken_out(crew: Crew) -> None:
    """Who leaves by the head of the page, or loads it anew: nobody knows any more what they had taken out."""
    one, _other = opened(crew, brought(crew, 2))
    browser, at = crew.story.browser(crew.ines), one.get_list_url()
    assert len(ticked(browser.get(at).content.decode())) == 2
    seen = browser.get(at).content.decode()
    assert not ticked(seen)
    assert "not kept when you left" in seen
    assert len(ticked(browser.post(f"{at}stances", {"all": "all"}, follow=True).content.decode())) == 2
    assert not one.stances.exists()


def test_what_one_asked_about_or_objected_to_is_not_ticked_by_itself(crew: Crew) -> None:
    asked, objected, plain = opened(crew, brought(crew, 3))
    browser = crew.story.browser(crew.ines)
    browser.get(plain.get_list_url())
    acts.ask_about(crew.ines, asked, question=Question(text="At night, too?"))
    ways = {"consent": list(map(tick, (asked, objected, plain))), "text": "all"}
    seen = browser.post(f"{plain.get_list_url()}stances", ways, follow=True).content.decode()
    assert set(ticked(seen)) == {tick(objected), tick(plain)}
    assert "You asked about it" in seen
    seen = browser.post(f"{plain.get_list_url()}stances", {"all": "all"}, follow=True).content.decode()
    assert set(ticked(seen)) == {tick(objected), tick(plain)}
    crew.objected(objected)
    assert not set(ticked(shown(crew, crew.ines, plain.get_list_url()))) & {tick(asked), tick(objected)}


def test_a_consent_that_was_kept_over_an_amendment_is_ticked_and_nothing_left_out(crew: Crew) -> None:
    kept, left = opened(crew, brought(crew, 2))
    pressed(crew, crew.ines, [kept])
    crew.amended(kept, why="It saves water, and time.")
    seen = shown(crew, crew.ines, kept.get_list_url())
    assert set(boxes(seen)) == {f"{kept.pk}:2", tick(left)}
    assert ticked(seen) == [f"{kept.pk}:2"]
    assert "Only what you consented to before is ticked by itself" in seen


def test_where_nothing_can_be_ticked_nobody_is_told_to_press(crew: Crew) -> None:
    one, other = opened(crew, brought(crew, 2))
    pressed(crew, crew.ines, [one])
    acts.take_stance(crew.omar, other, stance=Stand.OBJECT, reason="Gas.", person=crew.ines)
    seen = shown(crew, crew.ines, one.get_list_url())
    assert not boxes(seen)
    assert "1 is still to speak on. To say where you stand, open it." in seen


def test_where_more_than_a_consent_is_to_be_said_no_tick_says_it(crew: Crew) -> None:
    """An objection that stands, what somebody wrote down, a concern: each on its own page."""
    rows = brought(crew, 4)
    before = crew.story.propose(crew.lea, rows[0])
    crew.objected(before)
    acts.withdraw(crew.lea, before, reason="In a list.")
    carried, entered, fine, plain = opened(crew, rows)
    acts.take_stance(crew.omar, entered, stance=Stand.OBJECT, reason="Gas.", person=crew.ines)
    acts.take_stance(crew.omar, fine, stance=Stand.CONSENT, person=crew.ines)
    seen = shown(crew, crew.ines, plain.get_list_url())
    assert set(ticked(seen)) == {tick(fine), tick(plain)}
    assert "Your objection stands here." in seen
    assert "Omar wrote down that you said: Object." in seen
    pressed(crew, crew.ines, [fine, plain])
    assert carried.objections.standing().filter(raised_by=crew.ines).exists()
    assert fine.stances.current().own().filter(person=crew.ines).exists()


def test_a_challenge_that_its_version_ends_is_asked_for_by_name_and_not_ticked(crew: Crew) -> None:
    one, other = brought(crew, 2)
    challenge = crew.challenged(one)
    crew.story.revise(crew.omar, one, answers=[challenge], how="Bleed it first.")
    put = [(row, Proposal(matter=Kind.ACCEPTANCE, number=n, aim="Both")) for row, n in ((one, 2), (other, 1))]
    acts.open_list(crew.lea, crew.community, put=put)
    seen = shown(crew, crew.ines, rounds()[0].get_list_url())
    assert ticked(seen) == [tick(rounds()[1])]
    assert "your challenge counts as answered" in seen
    assert len(ticked(shown(crew, crew.fay, rounds()[0].get_list_url()))) == 2


def test_until_the_close_a_hidden_list_tells_only_who_has_spoken(crew: Crew) -> None:
    crew.story.rule(hidden_stances=True)
    one, other = opened(crew, brought(crew, 2))
    pressed(crew, crew.omar, [one, other])
    seen = shown(crew, crew.ines, one.get_list_url())
    assert seen.count("1 of the ") == 2
    assert "needed consent" not in seen
    assert "rule is met" not in seen
    with clock.at(one.closes_at + timedelta(hours=1)):
        seen = shown(crew, crew.ines, one.get_list_url())
    assert len(re.findall(r"1 of \d needed consent", seen)) == 2


def test_its_texts_are_read_in_place_all_unfolded_by_one_link(crew: Crew) -> None:
    one, _other = opened(crew, brought(crew, 2))
    seen = shown(crew, crew.ines, one.get_list_url())
    assert seen.count("Bleed before the check valve.") == 2
    assert seen.count("Handbook 4.2") == 2
    assert "<details open>" not in seen
    assert shown(crew, crew.ines, f"{one.get_list_url()}?text=all").count("<details open>") == 2


def test_what_came_in_together_stands_in_the_order_in_which_it_was_laid_out(crew: Crew) -> None:
    """Whatever ids it got: within a batch these say nothing."""
    ids = sorted((new_id() for _n in range(3)), reverse=True)
    for n, pk in enumerate(ids, 1):
        version, whence = (
            Version(**PARTS),
            Bringing(source_kind="handbook", authority="habit", since_on=date(2021, 3, 3)),
        )
        with clock.at(clock.now() + timedelta(seconds=n)):
            one = Practice(pk=pk, title=f"Procedure {n}")
            practices.bring(crew.lea, crew.community, practice=one, version=version, bringing=whence)
            practices.back(crew.omar, one)
    form = shown(crew, crew.lea, NEW)
    assert [value.partition(":")[0] for value in ticked(form, "put")] == ids
    sent(crew, crew.lea, f"{NEW}create", put=ticked(form, "put")[::-1], **AIM)
    seen = shown(crew, crew.ines, rounds()[0].get_list_url())
    assert re.findall(r"Procedure \d(?=</button></h3>)", seen) == ["Procedure 1", "Procedure 2", "Procedure 3"]
    for one in rounds():
        acts.withdraw(crew.lea, one, reason="Too soon.")
    seen = shown(crew, crew.ines, HERE)
    assert re.findall(r"Procedure \d(?=</a>)", seen) == ["Procedure 1", "Procedure 2", "Procedure 3"]


def test_a_round_leads_back_to_its_list(crew: Crew) -> None:
    one, _other = opened(crew, brought(crew, 2))
    assert one.get_list_url() in page(crew, crew.ines, one)
    assert one.get_absolute_url() in shown(crew, crew.ines, one.get_list_url())


def test_one_that_is_moved_to_another_text_stays_and_closes_by_itself(crew: Crew) -> None:
    one, other = opened(crew, brought(crew, 2))
    pressed(crew, crew.ines, [one, other])
    crew.story.revise(crew.lea, crew.practice_of(one), how="Otherwise.")
    assert "It stays in its list, and closes by itself" in page(crew, crew.lea, one)
    with clock.at(one.closes_at - timedelta(days=1)):
        acts.amend(crew.lea, one, number=2)
        seen = shown(crew, crew.ines, one.get_list_url())
        assert "Its text was changed: it closes by itself on" in seen
        assert "1 is still to speak on" in seen
        assert boxes(seen) == [f"{one.pk}:2"]
        assert not ticked(seen), "what binds is another now: no consent to it was said"


def test_who_opened_it_takes_all_that_is_open_back_with_one_press(crew: Crew) -> None:
    one, other, third = opened(crew, brought(crew, 3))
    acts.withdraw(crew.lea, third, reason="Alone.", why=TakenBack.EARLY)
    at = f"{one.get_list_url()}withdrawal"
    assert at not in shown(crew, crew.omar, one.get_list_url())
    assert crew.story.browser(crew.omar).post(at, {"reason": "No.", "why": "early"}).status_code == 403
    assert "This field is required" in refused(crew, crew.lea, at, reason="")
    assert "2 are taken back." in sent(crew, crew.lea, at, reason="Too soon.", why="early")
    assert {(each.outcome, each.reason) for each in (rounds()[0], rounds()[1])} == {("withdrawn", "Too soon.")}
    assert rounds()[2].reason == "Alone."
    assert other.pk == rounds()[1].pk


def test_home_asks_for_a_list_once_and_says_what_is_left(crew: Crew) -> None:
    all_of_it = opened(crew, brought(crew, 10))
    pressed(crew, crew.ines, all_of_it[:3])
    [need] = waiting(crew.ines)
    assert (need.title, need.href) == ("10 practices that are in force", all_of_it[0].get_list_url())
    assert need.detail.startswith("closes ")
    assert need.detail.endswith("7 still to speak on")
    assert "7 still to speak on" in shown(crew, crew.ines, "/")
    pressed(crew, crew.ines, all_of_it[3:])
    assert list(waiting(crew.ines)) == []


def test_what_a_meeting_wrote_down_in_a_list_is_one_need_too(crew: Crew) -> None:
    one, other = opened(crew, brought(crew, 2), met_on=clock.now().date())
    for each in (one, other):
        acts.take_stance(crew.omar, each, stance=Stand.CONSENT, person=crew.ines)
    [need] = waiting(crew.ines)
    assert need.href == one.get_list_url()
    pressed(crew, crew.ines, [one, other])
    assert list(waiting(crew.ines)) == []


def test_a_facilitator_is_asked_once_to_return_what_of_it_closed(crew: Crew) -> None:
    one, _other = opened(crew, brought(crew, 2))
    with clock.at(one.closes_at + timedelta(hours=1)):
        [need] = returnable(crew.fay)
        assert need.href == one.get_list_url()
        seen = shown(crew, crew.fay, one.get_list_url())
    assert len(re.findall(r"0 of \d needed consent", seen)) == 2
    assert seen.count("It has closed: how it ends") == 2


def test_among_all_rounds_it_is_one_row_while_open_and_when_decided(crew: Crew) -> None:
    all_of_it = opened(crew, brought(crew, 6))
    crew.proposed()
    seen = shown(crew, crew.ines, HERE).partition("<main")[2]
    assert seen.count('<li class="row">') == 2
    assert "6 still to speak on" in seen
    front = shown(crew, crew.ines, "/c/pump-crews/")
    assert all_of_it[0].get_list_url() in front
    assert all_of_it[0].get_absolute_url() not in front
    for one in all_of_it:
        acts.withdraw(crew.lea, one, reason="Too soon.")
    decided = shown(crew, crew.ines, HERE).partition("<main")[2]
    assert decided.count('<li class="row">') == 2
    assert decided.count(">Withdrawn</span>") == 6


def test_news_of_a_list_is_one_line(crew: Crew) -> None:
    rows = brought(crew, 4)
    with clock.at(clock.now() + timedelta(hours=1)):
        all_of_it = opened(crew, rows)
    for person in (crew.lea, crew.omar, crew.ines):
        for one in all_of_it:
            crew.story.stand(person, one)
    with clock.at(all_of_it[0].closes_at + timedelta(hours=1)):
        jobs.end_rounds()
    with clock.at(all_of_it[0].closes_at + timedelta(hours=2)):
        news = shown(crew, crew.fay, "/")
    assert news.count(all_of_it[0].get_list_url()) == 1
    assert "Procedure 1 and 3 more" in news
    assert rows[0].get_absolute_url() not in news


def test_news_of_a_list_counts_what_ended_alike_and_nothing_that_is_open(crew: Crew) -> None:
    with clock.at(clock.now() + timedelta(hours=1)):
        first, second, third, *left = opened(crew, brought(crew, 5))
        for person in (crew.lea, crew.omar, crew.ines, crew.fay):
            pressed(crew, person, [first, second, third])
        assert _told_of(crew, clock.now() + timedelta(hours=1)) == [(" and 2 more", "accepted")]
    for one in left:
        with clock.at(one.closes_at + timedelta(hours=1)):
            crew.story.decide(crew.fay, one, Outcome.RETURNED, "Too few.")
    later = _told_of(crew, left[0].closes_at + timedelta(hours=2))
    assert later == [(" and 1 more", "returned"), (" and 2 more", "accepted")]


def _told_of(crew: Crew, before: datetime) -> list[tuple[str, str]]:
    """Of lists: how many, and how they ended."""
    pieces = moved(crew.fay, [crew.community.pk], before)
    return [(one.title[len("Procedure 1") :], str(one.what).lower()) for one in pieces if "/lists/" in one.href]


def test_a_list_in_the_news_hides_nothing_that_is_older(crew: Crew) -> None:
    older = [crew.candidate(title=f"Older {number}") for number in range(3)]
    with clock.at(clock.now() + timedelta(hours=1)):
        all_of_it = opened(crew, brought(crew, 20))
    for person in (crew.lea, crew.omar, crew.ines):
        for one in all_of_it:
            crew.story.stand(person, one)
    with clock.at(all_of_it[0].closes_at + timedelta(hours=1)):
        jobs.end_rounds()
        crew.story.decide(crew.fay, all_of_it[0])
    pieces = list(moved(crew.fay, [crew.community.pk], all_of_it[0].closes_at + timedelta(hours=2)))
    assert [piece.title.partition(" and ")[2] for piece in pieces[:1]] == ["19 more"]
    assert {piece.title for piece in pieces[1:]} == {one.title for one in older}


def test_its_pages_cost_the_same_however_many_there_are(
    crew: Crew, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    browser, costs = crew.story.browser(crew.ines), []
    for many in (2, 20):
        with clock.at(clock.now() + timedelta(hours=many)):
            rows = brought(crew, many)
        browser.get(NEW)
        with CaptureQueriesContext(connection) as choosing:
            assert len(ticked(browser.get(NEW).content.decode(), "put")) == many
        one, *others = opened(crew, rows)
        for each in (one, *others):
            acts.take_stance(crew.omar, each, stance=Stand.OBJECT, reason="Gas.", ground="unsafe")
            acts.take_stance(crew.lea, each, stance=Stand.CONCERN, reason="At night?")
        browser.get(one.get_list_url())
        with CaptureQueriesContext(connection) as reading:
            assert len(boxes(browser.get(one.get_list_url()).content.decode())) == many
        costs.append((len(choosing), len(reading)))
    assert costs[0] == costs[1]
    with django_assert_max_num_queries(27):
        browser.get(one.get_list_url())


def test_what_cannot_be_put_yet_costs_no_more(crew: Crew, django_assert_max_num_queries: Callable[..., Any]) -> None:
    brought(crew, 12, backed=False)
    browser = crew.story.browser(crew.lea)
    browser.get("/")
    with django_assert_max_num_queries(27):
        assert "Not yet" in browser.get(NEW).content.decode()


def test_the_same_press_sent_twice_is_one(crew: Crew) -> None:
    brought(crew, 2)
    form = {"put": ticked(shown(crew, crew.lea, NEW), "put"), **AIM, "once": "f" * 64}
    sent(crew, crew.lea, f"{NEW}create", **form)
    assert "nothing was done a second time" in sent(crew, crew.lea, f"{NEW}create", **form)
    assert len(rounds()) == 2


def test_what_is_for_others_since_it_was_shown_is_named_and_shown_again_before_any_opens(crew: Crew) -> None:
    """As a text that changed since is: nothing opens on what nobody has read. What is sent then is about what it is
    now."""
    first, second = brought(crew, 2)
    before = shown(crew, crew.lea, NEW)
    assert before.count("For everyone here") == 2
    practices.set_audience(crew.lea, second, number=1, audience=crew.story.of_units("South"))
    seen = refused(crew, crew.lea, f"{NEW}create", put=ticked(before, "put"), **AIM)
    assert "Changed since this page was shown: Procedure 2: For South." in seen
    assert "Procedure 1:" not in seen
    assert rounds() == []
    assert len(ticked(seen, "put")) == 2
    assert '<small class="muted">For South</small>' in seen
    assert "Nobody asks twice" in seen, "what was typed is still there"
    sent(crew, crew.lea, f"{NEW}create", put=ticked(seen, "put"), **AIM)
    assert [one.subject_id for one in rounds()] == [first.pk, second.pk]


@pytest.mark.parametrize("n", [2, 6])
def test_a_page_to_pick_from_costs_the_same_whomever_they_are_for(
    crew: Crew, n: int, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for one in brought(crew, n):
        practices.set_audience(crew.lea, one, number=1, audience=crew.story.of_units("North", "South"))
    browser = crew.story.browser(crew.lea)
    browser.get("/")
    with django_assert_max_num_queries(27):
        assert browser.get(NEW).content.decode().count("For North, South") == n


@pytest.mark.breaks_ledger
def test_each_round_of_a_list_asks_whom_the_first_asks(crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where others write meanwhile, somebody may become a bot, or of another unit, between two of its rounds."""
    before, rows, unit = acts.propose, brought(crew, 3), crew.story.unit("Elsewhere")

    def then_otherwise(*args: Any, **kwargs: Any) -> Proposal:
        row = before(*args, **kwargs)
        Person.objects.filter(pk=crew.ines.pk).update(is_bot=True, unit=unit)
        return row

    monkeypatch.setattr(listing, "propose", then_otherwise)
    put = opened(crew, rows)
    asked = [set(Eligible.objects.filter(proposal=one).everywhere("test").values_list("person", "unit")) for one in put]
    assert asked == [asked[0]] * 3
    assert crew.ines.pk in {person for person, _unit in asked[0]}
    assert len({(one.eligible, one.quorum, one.units_needed) for one in put}) == 1


def test_what_a_version_has_as_html_is_not_rendered_again(crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = brought(crew, 3)
    rendered: list[str] = []
    monkeypatch.setattr(markdown, "render", lambda text, *_: rendered.append(text) or f"<p>{text}</p>")
    texts._rendered.cache_clear()
    put = opened(crew, rows)
    assert not set(rendered) & set(PARTS.values())
    for one in put:
        first = one.wordings.everywhere("test").get(part="how")
        version = Version.objects.everywhere("test").get(practice=one.subject_id)
        assert first.html == version.how_html.replace(version.pk, first.pk)


def test_a_text_is_rendered_before_its_act_holds_anything(crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    row, inside = brought(crew, 1)[0], []
    before = markdown.render

    def render(text: str, *rest: Any) -> str:
        inside.append((text, act_writing.get()))
        return before(text, *rest)

    monkeypatch.setattr(markdown, "render", render)
    crew.story.revise(crew.lea, row, how="Quite another way.")
    assert ("Quite another way.", False) in inside
    assert ("Quite another way.", True) not in inside


def test_its_line_says_how_it_stands_and_what_is_left_to_say(crew: Crew) -> None:
    one, other = opened(crew, brought(crew, 2))
    crew.objected(one)
    lines = [shown(crew, who, one.get_list_url()) for who in (crew.omar, crew.ines)]
    assert all("2 open rounds" in seen and "objections stand in 1 round" in seen for seen in lines)
    assert "you have not spoken" in lines[0]
    pressed(crew, crew.omar, [other])
    assert "you have spoken on 1 of 2" in shown(crew, crew.omar, one.get_list_url())


def test_what_is_decided_is_sifted_by_how_it_ended(crew: Crew) -> None:
    accepted, returned = opened(crew, brought(crew, 2))
    for who in (crew.omar, crew.ines, crew.fay):
        crew.story.stand(who, accepted)
    crew.objected(returned)
    with clock.at(returned.closes_at + timedelta(minutes=1)):
        jobs.end_rounds()
        crew.story.decide(crew.fay, returned, Outcome.RETURNED, "Not near chlorine.")
        every, some = shown(crew, crew.ines, HERE), shown(crew, crew.ines, f"{HERE}?ended=returned")
    assert "All <small>2</small>" in every
    assert "Returned <small>1</small>" in every
    assert "?ended=withdrawn" not in every, "none ended so: it leads nowhere"
    assert (accepted.title in every, accepted.title in some, returned.title in some) == (True, False, True)
    assert "None among these." in shown(crew, crew.ines, f"{HERE}?ended=withdrawn")
    assert accepted.title in shown(crew, crew.ines, f"{HERE}?ended=nonsense")
