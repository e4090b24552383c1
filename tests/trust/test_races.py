"""Two people at the same moment: an act and its guard are one. The negative controls show that these races are real."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from commonplace.communities import acts as social
from commonplace.communities.acts.joining import _may_leave
from commonplace.communities.models import Community, Person, RoleKind
from commonplace.externalizing import acts
from commonplace.externalizing.models import Benefit, Purpose
from commonplace.ledger import registry
from commonplace.ledger.act import writing
from commonplace.ledger.models import Act
from tests.story import Story

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
ROUNDS = 12


def collide(*attempts: Callable[[], object]) -> list[str]:
    """All at once, each on a connection of its own: what came of them, "done" or the error's name, sorted."""
    start = threading.Barrier(len(attempts))

    def one(attempt: Callable[[], object]) -> str:
        try:
            start.wait()
            attempt()
        except Exception as error:
            return type(error).__name__
        else:
            return "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(attempts)) as pool:
        return sorted(pool.map(one, attempts))


def recorded(verb: str, subject: str) -> int:
    return Act.objects.everywhere("test").filter(verb=verb, subject=subject).count()


def facilitators(community: Community) -> int:
    return community.roles.filter(kind=RoleKind.FACILITATOR, ended_at=None).count()


def test_help_is_confirmed_once(transactional_db: None, story: Story) -> None:
    lea, omar = story.member("Lea"), story.member("Omar")
    for _ in range(ROUNDS):
        response = story.respond(omar, story.ask(lea))

        def confirm(response=response) -> object:  # type: ignore[no-untyped-def]
            return acts.confirm(lea, response.exchange, response=response, benefit=Benefit.SOLUTION)

        assert collide(confirm, confirm, confirm) == ["NotPossible", "NotPossible", "done"]
        assert recorded("exchange.confirmed", response.exchange_id) == 1


def test_an_exchange_is_closed_once(transactional_db: None, story: Story) -> None:
    lea = story.member("Lea")
    for _ in range(ROUNDS):
        exchange = story.ask(lea)

        def close(by: Person, exchange=exchange) -> Callable[[], object]:  # type: ignore[no-untyped-def]
            return lambda: acts.close(by, exchange, purpose=Purpose.REUSE, why="elsewhere")

        assert collide(close(lea), close(story.facilitator)) == ["NotPossible", "done"]
        assert recorded("exchange.closed", exchange.pk) == 1


def _with_two_facilitators(story: Story, number: int) -> tuple[Community, list[Person]]:
    community = story.found(f"crew-{number}", "Crew", by=story.facilitator)
    return community, [story.facilitator, story.serving(f"Second {number}", RoleKind.FACILITATOR, of=community)]


def test_the_last_facilitator_stays(transactional_db: None, story: Story) -> None:
    for number in range(ROUNDS):
        community, both = _with_two_facilitators(story, number)
        came_of_it = collide(
            *(lambda person=person, community=community: social.leave(person, community) for person in both)
        )
        assert came_of_it == ["NotPossible", "done"]
        assert facilitators(community) == 1


@pytest.mark.breaks_ledger
def test_without_the_lock_both_facilitators_would_leave(transactional_db: None, story: Story) -> None:
    """The negative control: guard and write, as the act has them, without the act around them."""
    community, both = _with_two_facilitators(story, 0)
    write, passed_the_guard = registry.ACTS["member.left"].function, threading.Barrier(2)

    def leave(person: Person) -> None:
        _may_leave(person, community)
        passed_the_guard.wait()
        with writing():
            write(person, community)

    assert collide(*(lambda person=person: leave(person) for person in both)) == ["done", "done"]
    assert facilitators(community) == 0
