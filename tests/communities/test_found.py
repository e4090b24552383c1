"""Founding a community: one act with a charter, at an address of its own."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from commonplace.communities import acts
from commonplace.communities.models import Community, Person, RoleKind
from commonplace.communities.policy import is_member, serves
from commonplace.ledger.act import writing
from commonplace.ledger.errors import NotAllowed, NotPossible
from tests.communities.recorded import evidence_of, last, verbs
from tests.story import Story


def test_the_founder_belongs_and_facilitates(story: Story, nina: Person) -> None:
    row = Community(slug="valves", title="Valves", profile={"size": "small"})
    community = acts.found(nina, None, community=row, domain="Valves", quorum=4)
    assert (community.charter.domain, community.charter.quorum) == ("Valves", 4)
    assert is_member(nina, community)
    assert serves(nina, community, RoleKind.FACILITATOR)
    assert verbs()[-1] == "community.founded"
    evidence, act = evidence_of("community.founded"), last("community.founded")
    assert (evidence.visibility, evidence.stage, evidence.traits) == ("open", "potential", ["size.small"])
    assert (act.object, act.newcomer) == (community.pk, False), "who founds it is no newcomer"


def test_an_address_is_taken_once(story: Story, nina: Person) -> None:
    again = Community(slug="pump-crews", title="Pumps")
    with pytest.raises(NotPossible, match="already a community at this address"):
        acts.found(nina, None, community=again, domain="Pumps")
    with pytest.raises(IntegrityError), transaction.atomic(), writing():
        again.save(force_insert=True)


@pytest.mark.parametrize(
    ("column", "refused"),
    [({"slug": "a/b ?"}, "slug"), ({"slug": ""}, "blank"), ({"slug": "a" * 61}, "at most 60"),
     ({"time_zone": "Mars/Phobos"}, "Choose a time zone"),
     ({"founded_at": datetime(2940, 1, 1, tzinfo=UTC)}, "in the future")],
)  # fmt: skip
def test_what_no_form_would_send_is_refused(nina: Person, column: dict[str, Any], refused: str) -> None:
    with pytest.raises(NotPossible, match=refused):
        acts.found(nina, None, community=Community(**{"slug": "valves", "title": "Valves", **column}), domain="Valves")


def test_nothing_but_terms_of_a_charter(nina: Person) -> None:
    with pytest.raises(NotAllowed, match="not part of a charter"):
        acts.found(nina, None, community=Community(slug="valves", title="Valves"), set_by=nina)


def test_nobody_who_was_shut_out(nina: Person) -> None:
    Person.objects.filter(pk=nina.pk).update(is_active=False)
    with pytest.raises(NotAllowed):
        acts.found(nina, None, community=Community(slug="valves", title="Valves"), domain="Valves")
