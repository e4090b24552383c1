"""Two people change one objective: the second reads the first one's card, and may then save theirs on top."""

from collections.abc import Callable

from django.forms.models import model_to_dict

from commonplace.steering.models import Card, Objective
from tests.story import Story


def test_the_other_card_stands_beside_what_was_typed_and_is_saved_over_knowingly(
    story: Story, objective: Objective, change: Callable[..., Card]
) -> None:
    browser, there = story.browser(story.facilitator), f"{objective.get_absolute_url()}cards"
    typed = {
        **model_to_dict(objective.latest, fields=Card.WORDING),
        "expected": "12 a month",
        "base": objective.latest.pk,
    }
    typed = {name: "" if value is None else value for name, value in typed.items()}
    change(expected="30 a month")
    refused = browser.post(there, typed)
    page = refused.content.decode()
    newest = Objective.objects.everywhere("test").get(pk=objective.pk).latest
    assert refused.status_code == 422
    assert "12 a month" in page
    assert "30 a month" in page
    assert f'name="base" value="{newest.pk}"' in page
    assert browser.post(there, {**typed, "base": newest.pk}).status_code == 302
    assert Objective.objects.everywhere("test").get(pk=objective.pk).latest.expected == "12 a month"
