"""What people see and press of a challenge and of a review."""

from datetime import timedelta

from commonplace.communities.contributions import Need
from commonplace.communities.waiting import needs
from commonplace.ledger import clock
from commonplace.objectifying import acts, jobs
from commonplace.objectifying.models import Challenge, Practice
from commonplace.objectifying.status import Settled
from tests.objectifying.conftest import Crew
from tests.objectifying.test_review import due, fresh


def there(practice: Practice, rest: str) -> str:
    return f"/c/{practice.community.slug}/practices/{practice.pk}/{rest}"


def test_the_form_asks_for_a_ground_and_names_the_version(crew: Crew) -> None:
    practice, browser = crew.accepted(), crew.story.browser(crew.ines)
    page = browser.get(there(practice, "challenges/new")).content.decode()
    assert "What is wrong with it?" in page
    assert '<input type="hidden" name="number" value="1" id="id_number">' in page
    typed = {"reason": "It leaks.", "number": "1"}
    assert browser.post(there(practice, "challenges"), typed).status_code == 422
    assert browser.post(there(practice, "challenges"), {**typed, "ground": "unsafe"}).status_code == 302
    shown = browser.get(practice.get_absolute_url()).content.decode()
    assert "It is not safe" in shown
    assert "A round settles it until" in shown


def test_it_is_shared_and_taken_back_by_a_button(crew: Crew) -> None:
    challenge = crew.challenged()
    practice = challenge.practice
    omar, ines = crew.story.browser(crew.omar), crew.story.browser(crew.ines)
    assert "I see it too" in omar.get(practice.get_absolute_url()).content.decode()
    assert "I see it too" not in ines.get(practice.get_absolute_url()).content.decode()
    assert omar.post(there(practice, f"challenges/{challenge.pk}/share")).status_code == 302
    page = omar.get(practice.get_absolute_url()).content.decode()
    assert "Seen too by" in page
    assert "I see it too" not in page
    assert "Take the challenge back" in ines.get(practice.get_absolute_url()).content.decode()
    ines.post(there(practice, f"challenges/{challenge.pk}/end"))
    assert crew.status(practice) == "accepted"
    ines.post(there(practice, f"challenges/{challenge.pk}/end"))
    assert "settled already" in ines.get(practice.get_absolute_url()).content.decode()


def test_all_challenges_are_read_settled_ones_too(crew: Crew) -> None:
    challenge = crew.challenged()
    practice = crew.settled(Settled.UPHELD, challenge)
    assert (
        there(practice, "challenges/all")
        in crew.story.browser(crew.omar).get(practice.get_absolute_url()).content.decode()
    )
    page = crew.story.browser(crew.omar).get(there(practice, "challenges/all")).content.decode()
    assert challenge.reason in page
    assert "It holds as it is" in page
    assert "I see it too" in page


def needed(crew: Crew, practice: Practice) -> list[Need]:
    return [need for need in needs(crew.fay) if need.title == practice.title]


def test_as_its_end_nears_it_stands_first_for_who_facilitates(crew: Crew) -> None:
    older = crew.story.ask(crew.story.member("Newcomer"))
    challenge = crew.challenged()
    with clock.at(clock.now() + timedelta(days=50)):
        first = needs(crew.fay)[0]
        assert (first.what, first.title) == ("Challenged", challenge.practice.title)
        assert "until" in first.detail
    assert older


def test_the_steward_sees_it_first_too(crew: Crew) -> None:
    practice = crew.accepted()
    acts.set_steward(crew.omar, practice, steward=crew.omar)
    crew.challenged(practice)
    with clock.at(clock.now() + timedelta(days=50)):
        assert needs(crew.omar)[0].what == "Challenged"


def test_a_review_is_shown_listed_and_needed(crew: Crew) -> None:
    practice = crew.accepted()
    review = due(crew, practice)
    lea = crew.story.browser(crew.lea)
    assert "It is looked at again" in lea.get(practice.get_absolute_url()).content.decode()
    assert "practices/reviews" in lea.get(f"/c/{practice.community.slug}/practices/").content.decode()
    assert practice.title in lea.get(f"/c/{practice.community.slug}/practices/reviews").content.decode()
    assert "To be looked at again" in [need.what for need in needed(crew, practice)]
    page = lea.get(there(practice, "review")).content.decode()
    assert "its day has come" in page
    assert "Used 0 times" in page
    assert lea.post(there(practice, "review/reaffirm"), {"reason": ""}).status_code == 302
    assert review.voices.count() == 1
    again = lea.post(there(practice, "review/reaffirm"), {"reason": ""})
    assert (again.status_code, "said already" in again.content.decode()) == (422, True)
    crew.story.browser(crew.ines).post(there(practice, "review/reaffirm"), {"reason": ""})
    assert fresh(practice).open_review is None
    assert lea.get(there(practice, "review")).status_code == 404


def test_the_most_used_are_looked_at_first(crew: Crew) -> None:
    rare, often = crew.accepted(crew.candidate(title="Rare")), crew.accepted(crew.candidate(title="Often"))
    for where in ("Pump 7", "Pump 8"):
        crew.used(often, where=where)
    with clock.at(crew.moment + timedelta(days=500)):
        jobs.let_time_pass()
    page = crew.story.browser(crew.lea).get(f"/c/{rare.community.slug}/practices/reviews").content.decode()
    assert page.index("Often") < page.index("Rare")


def test_a_version_names_the_failed_report_that_it_answers(crew: Crew) -> None:
    practice = crew.accepted()
    with clock.at(crew.moment + timedelta(days=20)):
        failed = crew.story.apply(crew.ines, practice, outcome="failed", where="Pump 5")
    due(crew, practice)
    browser = crew.story.browser(crew.lea)
    page = browser.get(there(practice, "review")).content.decode()
    assert f"?application={failed.pk}" in page
    typed = {"context": "a", "how": "b", "why": "c", "limits": "d", "note": "", "base": 1}
    other = crew.story.apply(crew.ines, crew.candidate(), outcome="failed", where="Pump 5")
    refused = browser.post(there(practice, "versions"), {**typed, "application": other.pk})
    assert (refused.status_code, "not about this practice" in refused.content.decode()) == (422, True)
    browser.post(there(practice, "versions"), {**typed, "application": failed.pk})
    assert crew.last("practice.version_added").evidence["from_applications"] == [failed.pk]
    assert "Not named by" not in browser.get(there(practice, "review")).content.decode()
    assert Challenge.objects.everywhere("test").count() == 0


def test_a_review_tells_what_failed_and_asks_why_it_holds_all_the_same(crew: Crew) -> None:
    practice = crew.accepted()
    with clock.at(crew.moment + timedelta(days=20)):
        failed = [crew.story.apply(crew.ines, practice, outcome="failed", where=f"Pump {n}") for n in (5, 6)]
    due(crew, practice)
    page = " ".join(crew.story.browser(crew.fay).get(there(practice, "review")).content.decode().split())
    for one in failed:
        assert f'href="{one.get_absolute_url()}"' in page
        assert one.where in page
        assert f"?application={one.pk}" in page
    assert "Why does it hold, where it failed?</label>" in page, "it is not said to be optional"
    assert practice.newest_version.how in page
    for way in ("versions/new", "challenges/new", "end"):
        assert f'href="{there(practice, way)}"' in page
    typed = {"reason": "Both were old."}
    answer = crew.story.browser(crew.fay).post(there(practice, "review/reaffirm"), typed, follow=True)
    assert "Somebody else says it too; then it is reaffirmed." in answer.content.decode()


def test_what_one_person_keeps_says_so_and_how_to_invite(crew: Crew) -> None:
    ana = crew.story.person("Ana")
    alone = crew.story.found("alone", "Alone", by=ana)
    exchange = crew.story.ask(ana, of=alone)
    crew.story.confirm(ana, crew.story.respond(ana, exchange))
    practice = crew.story.distil(ana, exchange)
    page = crew.story.browser(ana).get(practice.get_absolute_url()).content.decode()
    assert "This is kept by one person; it is agreed when there are two." in page
    assert "/c/alone/invitations" in page
    assert "so far 0" not in page


def test_whoever_writes_it_down_is_told_who_has_to_use_it(crew: Crew) -> None:
    exchange = crew.story.resolved(crew.lea, crew.omar)
    page = crew.story.browser(crew.lea).get(f"/c/pump-crews/practices/new?exchange={exchange.pk}").content.decode()
    assert "somebody who neither writes it nor is credited as author" in page
