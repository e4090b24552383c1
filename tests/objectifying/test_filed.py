"""T15: the topics of a practice are corrected at any time, by whoever may write a version of it."""

import pytest

from commonplace.externalizing import acts as sharing
from commonplace.externalizing.models import Topic
from commonplace.ledger.check import findings
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.objectifying import acts
from commonplace.objectifying.models import Practice
from tests.objectifying.conftest import Crew
from tests.trust.reading_html import unlinked


def topics(practice: Practice) -> list[str]:
    return [topic.name for topic in Practice.objects.everywhere("test").get(pk=practice.pk).topics]


def at(practice: Practice) -> str:
    return f"/c/pump-crews/practices/{practice.pk}/topics"


def test_it_is_under_these_topics_and_no_others(crew: Crew) -> None:
    practice = crew.accepted()
    acts.file_under(crew.ines, practice, topics=["Night  shift", "PUMPS"])
    assert topics(practice) == ["Night shift", "pumps"]
    ids = sorted(Topic.objects.everywhere("test").filter(name__in=topics(practice)).values_list("pk", flat=True))
    assert crew.last("practice.filed").evidence == {"topic_ids": ids}
    assert crew.last("topic.named").object in ids, "the one that was new"
    assert crew.status(practice) == "accepted", "nothing of what is agreed on changes"
    acts.file_under(crew.ines, practice, topics=[])
    assert topics(practice) == []
    assert list(findings()) == []


@pytest.mark.parametrize("wrong", [["x" * 61], [f"topic {n}" for n in range(7)], ["a\u202eb"]])
def test_as_few_and_as_plain_as_those_of_an_exchange(crew: Crew, wrong: list[str]) -> None:
    with pytest.raises(NotPossible):
        acts.file_under(crew.lea, crew.written(), topics=wrong)


def test_the_same_by_another_name_is_no_correction(crew: Crew) -> None:
    practice = crew.written()
    [pumps] = practice.topics
    sharing.alias_topic(crew.fay, pumps, name="Pumping")
    with pytest.raises(NotPossible, match="already"):
        acts.file_under(crew.lea, practice, topics=["pumping"])


def test_what_somebody_else_corrected_meanwhile_is_not_undone_unseen(crew: Crew) -> None:
    practice = crew.written()
    seen = [topic.pk for topic in practice.topics]
    acts.file_under(crew.omar, practice, topics=["valves"])
    with pytest.raises(NotPossible, match="Meanwhile"):
        acts.file_under(crew.lea, practice, topics=["pumps", "priming"], seen=seen)
    assert topics(practice) == ["valves"]


def test_members_correct_them_and_nobody_else(crew: Crew) -> None:
    practice, nils = crew.written(), crew.story.person("Nils")
    with pytest.raises(NotAllowed):
        acts.file_under(nils, practice, topics=["valves"])
    assert crew.story.browser(nils).get(at(practice)).status_code == 403
    assert at(practice) not in crew.story.browser(nils).get(practice.get_absolute_url()).content.decode()


def test_by_a_form_that_the_topics_of_its_page_lead_to(crew: Crew) -> None:
    practice, browser = crew.written(), crew.story.browser(crew.ines)
    assert at(practice) in browser.get(practice.get_absolute_url()).content.decode()
    assert 'value="pumps"' in browser.get(at(practice)).content.decode()
    seen = ",".join(topic.pk for topic in practice.topics)
    page = browser.post(f"{at(practice)}/update", {"topics": "valves, Pumps", "seen": seen}, follow=True)
    assert topics(practice) == ["pumps", "valves"]
    assert "Ines corrected its topics" in unlinked(page.content.decode())
    overtaken = browser.post(f"{at(practice)}/update", {"topics": "priming", "seen": seen}).content.decode()
    assert "Meanwhile" in overtaken
    assert "Now it is under" in overtaken
    assert 'value="priming"' in overtaken, "nothing typed is lost"
    named = crew.last("practice.filed").evidence["topic_ids"]
    browser.post(f"{at(practice)}/update", {"topics": "", "seen": ",".join(named)})
    assert "Say what it is about" in browser.get(practice.get_absolute_url()).content.decode()
