"""Two real dumps, if they lie beside the repository: every figure that their own rows give."""

from pathlib import Path

import pytest

from commonplace.archiving.importing import Order, bring_in
from commonplace.communities.models import Community, Person
from commonplace.externalizing.models import Exchange, Response
from commonplace.ledger.check import findings
from commonplace.ledger.models import Act
from tests.story import Story

DATA = Path(__file__).parents[3] / "shared" / "data"
FIGURES = {
    "ai-stackexchange-2016-12.tar.gz": {
        **{"read": 18149, "persons": 3157, "exchanges": 421, "responses": 749, "comments": 1165},
        **{"confirmations": 212, "links": 91, "unchanged": 0, "updated": 0, "quarantined": []},
    },
    "conlang-meta-stackexchange-2020-08.tar.gz": {
        **{"read": 2951, "persons": 272, "exchanges": 54, "responses": 115, "comments": 230},
        **{"confirmations": 11, "links": 20, "unchanged": 0, "updated": 0, "quarantined": []},
    },
}


@pytest.mark.parametrize("name", FIGURES)
def test_a_real_dump_comes_in_completely_and_once(story: Story, name: str) -> None:
    if not (DATA / name).is_file():
        pytest.skip("the real dumps are not here")
    order = Order("stackexchange", DATA / name, "dump", "Dump")
    numbers = bring_in(order, story.operator).as_json()
    assert {key: value for key, value in numbers.items() if key != "skipped"} == FIGURES[name]
    community = Community.objects.everywhere("test").get(slug="dump")
    assert Exchange.objects.everywhere("test").filter(community=community).count() == numbers["exchanges"]
    assert Response.objects.everywhere("test").count() == numbers["responses"] + numbers["comments"]
    assert list(findings()) == []
    before = Act.objects.everywhere("test").count(), Person.objects.count()
    again = bring_in(order, story.operator).as_json()
    assert again["unchanged"] == sum(
        numbers[key] for key in ("persons", "exchanges", "responses", "comments", "confirmations", "links")
    )
    assert before == (Act.objects.everywhere("test").count(), Person.objects.count())
