"""Two people at the same moment: an act and its guard are one. The negative controls show that these races are real."""

import threading
from dataclasses import dataclass

import pytest

from commonplace.communities import acts as social
from commonplace.communities.acts.joining import _may_leave
from commonplace.communities.models import Community, Person, RoleKind
from commonplace.ledger import registry
from commonplace.ledger.act import writing
from commonplace.objectifying import acts as agreeing
from commonplace.objectifying.acts.deciding import _follows_the_rule
from commonplace.objectifying.acts.speaking import _can_be_raised
from commonplace.objectifying.consent import Stand
from commonplace.objectifying.models import Proposal
from commonplace.objectifying.status import Outcome
from tests.story import Story
from tests.trust.colliding import ROUNDS, collide

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def facilitators(community: Community) -> int:
    return community.roles.filter(kind=RoleKind.FACILITATOR, ended_at=None).count()


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


@dataclass
class Round:
    """All have consented, so it can be decided; and until it is, one of them may still object."""

    story: Story
    people: list[Person]

    @classmethod
    def of_four(cls, story: Story) -> "Round":
        return cls(story, [story.facilitator, *(story.member(name) for name in ("Lea", "Omar", "Ann"))])

    def open(self) -> Proposal:
        _, lea, omar, ann = self.people
        practice = self.story.distil(lea, self.story.resolved(omar, lea))
        self.story.apply(ann, practice)
        proposal = self.story.propose(lea, practice)
        for person in self.people:
            self.story.stand(person, proposal)
        return proposal

    def decide(self, proposal: Proposal) -> object:
        return agreeing.decide(self.story.facilitator, proposal, outcome=Outcome.ACCEPTED)

    def object_to(self, proposal: Proposal) -> object:
        return agreeing.take_stance(self.people[2], proposal, stance=Stand.OBJECT, reason="It would flood the pit.")


def _accepted_against_an_objection(proposal: Proposal) -> bool:
    proposal.refresh_from_db()
    return proposal.outcome == Outcome.ACCEPTED and proposal.objections.standing().exists()


def test_nothing_is_accepted_against_an_objection(transactional_db: None, story: Story) -> None:
    consent = Round.of_four(story)
    for _ in range(ROUNDS):
        proposal = consent.open()
        came_of_it = collide(lambda one=proposal: consent.decide(one), lambda one=proposal: consent.object_to(one))
        assert came_of_it == ["NotPossible", "done"]
        assert not _accepted_against_an_objection(proposal)


@pytest.mark.breaks_ledger
def test_without_the_lock_an_objection_would_be_passed_over(transactional_db: None, story: Story) -> None:
    """The negative control, as above."""
    consent, passed_the_guards = Round.of_four(story), threading.Barrier(2)
    proposal = consent.open()

    def decide() -> None:
        _follows_the_rule(story.facilitator, proposal, outcome=Outcome.ACCEPTED)
        passed_the_guards.wait()
        with writing():
            registry.ACTS["proposal.decided"].function(story.facilitator, proposal, outcome=Outcome.ACCEPTED)

    def object_to_it() -> None:
        _can_be_raised(consent.people[2], proposal, text="It would flood the pit.")
        passed_the_guards.wait()
        with writing():
            registry.ACTS["proposal.objection_raised"].function(
                consent.people[2], proposal, text="It would flood the pit."
            )

    assert collide(decide, object_to_it) == ["done", "done"]
    assert _accepted_against_an_objection(proposal)
