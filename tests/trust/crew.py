"""Two facilitators, two operators, and whoever or whatever two people can be at next."""

from commonplace.communities import acts
from commonplace.communities.models import (
    Installation,
    Invitation,
    JoinRequest,
    Person,
    Role,
    RoleKind,
    Unit,
    Visibility,
)
from commonplace.communities.secrets import fresh
from commonplace.ledger import clock
from commonplace.ledger.models import Act
from tests.story import Story

ONCE = ["NotPossible", "done"]
AN_ERROR = ["IntegrityError", "done"]
BOTH = ["done", "done"]


def _operator(person: Person) -> Person:
    """No act makes a second one: the ledger is told that they were the first, too."""
    Person.objects.filter(pk=person.pk).update(is_operator=True)
    written = {"object": person.pk, "subject": person.pk, "evidence": {"operator": True}}
    Act.objects.create(verb="person.signed_up", happened_at=clock.now(), recorded_at=clock.wall(), **written)
    person.refresh_from_db()
    return person


class Crew:
    def __init__(self, story: Story) -> None:
        self.story, self.here, self.fay = story, story.community, story.facilitator
        self.second = story.serving("Second", RoleKind.FACILITATOR)
        self.operators = [story.operator, _operator(story.person("Other Operator"))]
        self.closed = story.found("valves", "Valves", by=self.fay, visibility=Visibility.CLOSED)
        self.lea, self.omar = story.member("Lea"), story.member("Omar")

    def somebody(self) -> Person:
        return self.story.person(f"P {fresh()}")

    def steward(self) -> Role:
        """A role just given, to somebody new."""
        acts.join(person := self.somebody(), self.here)
        return acts.grant_role(self.fay, self.here, person=person, kind=RoleKind.STEWARD)

    def invitation(self, secret: str) -> Invitation:
        return acts.invite(self.fay, self.here, secret=secret)

    def asked(self) -> JoinRequest:
        return acts.ask_to_join(self.somebody(), self.closed, words="")

    def unit(self, parent: Unit | None = None) -> Unit:
        return acts.name_unit(self.story.operator, Installation.current(), name=fresh(), parent=parent)
