"""In lists, a name is found however it is spelled."""

import pytest
from django.db import connection
from django.db.models import F

from commonplace.communities.models import Person
from commonplace.ledger.act import writing
from commonplace.untrusted.visible import folded
from tests.story import Story

SPELLINGS = ["Élodie", "E\u0301lodie", "élodie", "ELODIE", "Ｅｌｏｄｉｅ", "é\u200blod", "elodie b", " elodie  b "]


@pytest.mark.parametrize("typed", SPELLINGS)
@pytest.mark.parametrize("name", ["Élodie Béranger", "E\u0301lodie Be\u0301ranger"])
def test_people_and_communities_are_found_however_they_are_spelled(story: Story, name: str, typed: str) -> None:
    elodie = story.member("Elodie")
    with writing():
        Person.objects.filter(pk=elodie.pk).update(name=name)
    story.found("elodie", name, by=story.facilitator)
    story.member("Omar")
    for reader, page in ((story.facilitator, "/c/pump-crews/members"), (story.operator, "/people/")):
        shown = story.browser(reader).get(page, {"q": typed}).content.decode().partition("<main")[2]
        assert name in shown
        assert "Omar" not in shown
    shown = story.browser(story.facilitator).get("/c/", {"q": typed}).content.decode().partition("<main")[2]
    assert f"{name}</a>" in shown
    assert "Pump crews</a>" not in shown


@pytest.mark.parametrize("name", ["Straße", "Ωμέγας", "Иван Йод", "水 さくら", "100 % _x\\", "Ａda", "O’Neill-Ōta"])
def test_the_database_compares_as_we_do(story: Story, name: str) -> None:
    ada = story.person("Ada")
    with writing():
        Person.objects.filter(pk=ada.pk).update(name=name)
    assert Person.objects.filter(pk=ada.pk).values_list(F("name__folded"), flat=True).get() == folded(name)
    assert Person.objects.filter(name__folded__contains=folded(name.upper())).get() == ada, connection.vendor
