"""What closes and falls due for somebody stands in their own calendar, and leaves it when it is over."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar, Event

from commonplace.communities import acts as social
from commonplace.communities.models import Person, RoleKind, Visibility
from commonplace.consenting.models import Proposal
from commonplace.ledger import clock
from commonplace.ledger.act import writing
from commonplace.objectifying import acts as practices
from commonplace.steering import acts as steering
from commonplace.steering.models import Card, Objective, Side, Signature
from tests.corresponding.test_feeds import address
from tests.objectifying.conftest import Crew
from tests.objectifying.test_review import agreement, due
from tests.steering.conftest import WORDS
from tests.story import Story

AT_MOST = 20


@pytest.fixture
def crew(story: Story) -> Crew:
    return Crew(story, clock.now())


def events(crew: Crew, person: Person) -> dict[str, Event]:
    """By what stands before their titles."""
    answer = Client().get(address(crew.story, person) + "calendar.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    components = Calendar.from_ical(answer.content).walk("VEVENT")
    return {str(one["SUMMARY"]).split(":")[0]: one for one in components if isinstance(one, Event)}


class TestRounds:
    def test_a_round_that_asks_me_stands_at_its_close_and_leads_to_its_page(self, crew: Crew) -> None:
        proposal = crew.proposed()
        event = events(crew, crew.omar)["A round closes"]
        assert event["SUMMARY"] == f"A round closes: {proposal.title}"
        assert event["DTSTART"].dt == proposal.closes_at.replace(microsecond=0)
        assert event["URL"] == f"http://testserver{proposal.get_absolute_url()}"
        assert "DTSTAMP" in event
        assert [one for one in event.walk() if one.name == "VALARM"] == []

    def test_it_is_the_same_one_until_it_is_decided_and_then_gone(self, crew: Crew) -> None:
        proposal = crew.proposed()
        before = events(crew, crew.omar)["A round closes"]["UID"]
        crew.story.stand(crew.omar, proposal)
        assert events(crew, crew.omar)["A round closes"]["UID"] == before
        for person in (crew.lea, crew.ines):
            crew.story.stand(person, proposal)
        crew.decided(proposal)
        assert "A round closes" not in events(crew, crew.omar)

    def test_who_came_later_is_not_asked(self, crew: Crew) -> None:
        crew.proposed()
        assert events(crew, crew.story.member("Late")) == {}

    @pytest.mark.breaks_ledger
    def test_who_has_left_a_private_community_sees_no_title_of_it(self, crew: Crew) -> None:
        with writing():
            crew.community.visibility = Visibility.PRIVATE
            crew.community.save()
        crew.proposed()
        assert "A round closes" in events(crew, crew.ines)
        social.leave(crew.ines, crew.community)
        assert events(crew, crew.ines) == {}

    @pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Lima"])
    def test_an_hour_is_the_same_moment_wherever_one_reads(self, crew: Crew, zone: str) -> None:
        proposal = crew.proposed()
        social.edit_profile(crew.omar, crew.omar, time_zone=zone)
        event = events(crew, crew.omar)["A round closes"]
        assert event["DTSTART"].to_ical().endswith(b"Z")
        assert event["DTSTART"].dt.astimezone(UTC) == proposal.closes_at.replace(microsecond=0)

    def test_a_french_reader_reads_french(self, crew: Crew) -> None:
        crew.proposed()
        social.edit_profile(crew.omar, crew.omar, language="fr")
        assert {words.strip() for words in events(crew, crew.omar)} == {"Un tour se clôt"}

    def test_a_hostile_title_adds_no_line(self, crew: Crew) -> None:
        title = "A\nATTACH:http://evil.example/;x,y\\n\rBEGIN:VALARM"
        proposal = crew.proposed()
        with writing():
            Proposal.objects.filter(pk=proposal.pk).everywhere("test").update(title=title)
        event = events(crew, crew.omar)["A round closes"]
        assert "ATTACH" not in event
        assert [one.name for one in event.walk()] == ["VEVENT"]


class TestPractices:
    def test_who_looks_after_one_sees_when_it_is_looked_at_again(self, crew: Crew) -> None:
        practice = crew.accepted()
        practices.set_steward(crew.fay, practice, steward=crew.omar)
        day = agreement(practice).review_on
        theirs = events(crew, crew.omar)["To be looked at again"]
        assert theirs["DTSTART"].dt == day
        assert type(theirs["DTSTART"].dt) is date
        assert "To be looked at again" in events(crew, crew.fay)
        assert "To be looked at again" not in events(crew, crew.ines)

    def test_begun_it_is_the_same_one_and_leads_to_the_review(self, crew: Crew) -> None:
        practice = crew.accepted()
        before = events(crew, crew.fay)["To be looked at again"]
        review = due(crew, practice)
        with clock.at(datetime.combine(review.due_on, datetime.min.time(), UTC)):
            after = events(crew, crew.fay)["To be looked at again"]
        assert before["UID"] == after["UID"]
        assert after["URL"].endswith("/review")

    def test_a_challenge_stands_at_its_end_for_who_raised_it_until_it_is_taken_back(self, crew: Crew) -> None:
        challenge = crew.challenged(crew.accepted(), by=crew.ines)
        event = events(crew, crew.ines)["The challenge ends"]
        ends_at = challenge.raised_at + timedelta(days=settings.CHALLENGE_DAYS)
        assert event["DTSTART"].dt == ends_at.replace(microsecond=0)
        practices.take_back_challenge(crew.ines, challenge)
        assert "The challenge ends" not in events(crew, crew.ines)


@pytest.mark.breaks_ledger
class TestObjectives:
    @pytest.fixture
    def objective(self, crew: Crew) -> Objective:
        self.sam = crew.story.serving("Sam", RoleKind.SPONSOR)
        horizon = (clock.now() + timedelta(days=200)).date()
        objective = steering.state(self.sam, crew.community, card=Card(**{**WORDS, "horizon": horizon}))
        with writing():
            for side in Side:
                Signature.objects.create(card=objective.latest, side=side, signed_at=clock.now())
        return objective

    def test_members_see_by_when_and_each_side_when_it_judges_again(self, crew: Crew, objective: Objective) -> None:
        assert set(events(crew, crew.ines)) == {"To be reached"}
        assert events(crew, crew.ines)["To be reached"]["DTSTART"].dt == objective.latest.horizon
        mine, theirs = events(crew, crew.fay)["How far is it?"], events(crew, self.sam)["How far is it?"]
        assert mine["UID"] != theirs["UID"]
        assert mine["DTSTART"].dt == (clock.now() + timedelta(days=91)).date()

    def test_judged_it_is_due_so_many_days_later(self, crew: Crew, objective: Objective) -> None:
        with clock.at(clock.now() + timedelta(days=30)):
            steering.judge(self.sam, objective.latest, side=Side.SPONSOR, level=0, words="As we thought.")
        assert events(crew, self.sam)["How far is it?"]["DTSTART"].dt == (clock.now() + timedelta(days=121)).date()

    def test_a_sponsor_reads_no_name_and_nothing_of_practices(self, crew: Crew, objective: Objective) -> None:
        crew.accepted()
        crew.proposed(crew.candidate(title="Another"))
        heard = Client().get(address(crew.story, self.sam) + "calendar.ics").content.decode()
        assert "Half the call-outs" in heard
        assert not any(word in heard for word in ("Lea", "Omar", "Fay", "Restarting", "Another"))

    def test_many_cost_no_statement_more(self, crew: Crew, objective: Objective) -> None:
        path = address(crew.story, self.sam) + "calendar.ics"
        counts = []
        for more in (50, 450):
            with writing():
                for _ in range(more):
                    one = Objective.objects.create(community=crew.community, stated_by=self.sam)
                    card = Card(**WORDS, objective=one, number=1, written_by=self.sam)
                    card.save()
                    Signature.objects.bulk_create(Signature(card=card, side=side) for side in Side)
            with CaptureQueriesContext(connection) as asked:
                Client().get(path)
            counts.append(len(asked))
        assert counts[0] == counts[1] <= AT_MOST


def test_it_is_asked_for_again_every_few_hours_and_alarms_nobody(crew: Crew) -> None:
    crew.proposed()
    written = Client().get(address(crew.story, crew.omar) + "calendar.ics").content.decode()
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT6H" in written
    assert "VERSION:2.0" in written
    assert "VALARM" not in written
