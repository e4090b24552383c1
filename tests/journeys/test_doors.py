"""At the doors: a session that ends while somebody writes, a double click, and where the browser is."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from commonplace.communities.models import Person
from commonplace.externalizing.models import Exchange
from tests.journeys.conftest import Visit
from tests.story import Story

pytestmark = pytest.mark.journey
BODY = "Words that took me an hour.\n\nAnd a second paragraph."


@pytest.mark.parametrize("javascript", [True, False], ids=["with javascript", "without javascript"])
def test_what_was_being_written_is_there_after_signing_in_again(
    live_server: object, story: Story, visit: Visit, javascript: bool
) -> None:
    person = story.member("Lea Moreau")
    person.set_password("rain on the roof")
    person.save()
    lea = visit(person, java_script_enabled=javascript)
    lea.expects_refusal = True
    lea.go("/c/pump-crews/exchanges/new")
    lea.choose("kind", "request")
    lea.fill(title="Pump 4 has lost prime", body=BODY)
    Session.objects.all().delete()
    lea.press("Ask or tell")
    lea.sees("nothing is lost")
    lea.page.reload()
    lea.sees("nothing is lost")
    lea.fill(login=str(person.email), password="rain on the roof")
    lea.page.locator("main").get_by_role("button", name="Sign in").click()
    lea.sees("This is what you wrote. Nothing was sent")
    expect(lea.page.locator("[name=body]")).to_have_value(BODY)
    expect(lea.page.locator("[name=kind][value=request]")).to_be_checked()
    assert not Exchange.objects.everywhere("test").exists()
    lea.press("Ask or tell")
    expect(lea.page.get_by_role("heading", level=1)).to_have_text("Pump 4 has lost prime")
    assert Exchange.objects.everywhere("test").count() == 1


def test_pressed_twice_and_sent_again_it_is_there_once(live_server: object, story: Story, visit: Visit) -> None:
    lea, exchange = visit(story.member("Lea Moreau")), story.ask(story.facilitator)
    lea.go(exchange.get_absolute_url())
    lea.fill(body="Bleed it.")
    lea.page.locator("form:has([name=body]) button.main").first.dblclick()
    lea.sees("Bleed it.")
    lea.page.go_back()
    lea.page.wait_for_load_state()
    lea.page.go_forward()
    lea.page.wait_for_load_state()
    assert exchange.responses.count() == 1


def test_the_first_account_is_where_its_browser_is(live_server: object, visit: Visit) -> None:
    olga = visit(None, timezone_id="America/Lima", locale="fr-FR")
    olga.go("/start")
    olga.fill(name="Olga Orlova", email="olga@example.org", password="water under the bridge")
    olga.press("Créer le compte")
    expect(olga.page.locator("[name=time_zone]")).to_have_value("America/Lima")
    expect(olga.page.locator("[name=language]").first).to_have_value("fr")
    person = Person.objects.get()
    assert (person.language, person.time_zone) == ("fr", "America/Lima")
