"""People and practices that several of these tests tell of."""

from collections.abc import Iterable
from typing import Any

import pytest

from commonplace.communities import acts as social
from commonplace.communities.models import Community, Person
from commonplace.externalizing.models import Exchange, ExchangeCourse, Response
from commonplace.internalizing import acts
from commonplace.internalizing.evidence import Reported
from commonplace.internalizing.models import Application, Outcome
from commonplace.ledger.act import writing
from commonplace.ledger.models import Act
from commonplace.objectifying.models import Practice, Version
from tests.story import Story


@pytest.fixture
def lea(story: Story) -> Person:
    return story.member("Lea")


@pytest.fixture
def omar(story: Story) -> Person:
    return story.member("Omar")


@pytest.fixture
def ines(story: Story) -> Person:
    return story.member("Ines")


@pytest.fixture
def french(story: Story) -> Community:
    crews = Community(slug="equipes", title="Équipes", language="fr")
    return social.found(story.facilitator, None, community=crews, domain="Pompes")


@pytest.fixture
def practice(story: Story, lea: Person, omar: Person) -> Practice:
    """Omar knew it, Lea asked and wrote it down; a candidate."""
    return story.distil(lea, story.resolved(lea, omar), authors=[omar])


def report(
    by: Person,
    practice: Practice,
    outcome: str = Outcome.WORKED,
    where: str = "Pump 4",
    version: Version | None = None,
    **more: Any,
) -> Application:
    return acts.apply(by, practice, application=Application(outcome=outcome, where=where, **more), version=version)


def kept(application: Application) -> Reported:
    """What the ledger keeps of it."""
    return Reported.of(Act.objects.everywhere("test").get(verb="application.reported", object=application.pk))


def accept(story: Story, practice: Practice, *people: Person) -> None:
    """`people` are all members but the facilitator, and consent; one of them has used it and did not write it."""
    proposal = story.propose(people[0], practice)
    for person in (*people, story.facilitator):
        story.stand(person, proposal)
    story.decide(story.facilitator, proposal)


def brought(story: Story, by: Person, titles: Iterable[str], html: str = "<p>old</p>", **where: Any) -> list[str]:
    """Exchanges as an archive brings them: rows, and no reaction to them yet."""
    where.setdefault("community", story.community)
    rows = [Exchange(opener=by, title=title, body="old", html=html, **where) for title in titles]
    with writing():
        Exchange.objects.bulk_create(rows)
        Response.objects.bulk_create(
            Response(exchange=row, author=by, body="words", html="<p>words</p>") for row in rows for _ in range(2)
        )
        ExchangeCourse.objects.bulk_create(
            ExchangeCourse(
                exchange=row, community=row.community, opener=by, status="open", over=False, answers=2, comments=0
            )
            for row in rows
        )
    return [row.pk for row in rows]
