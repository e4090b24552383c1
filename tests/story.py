"""A small world for tests, made through the acts: `story.member("Lea")`, `story.ask(lea, "Pump 4?")`."""

import re
from collections.abc import Sequence
from itertools import count
from typing import Any

from django.test import Client

from commonplace.communities import acts as social
from commonplace.communities.arrivals import unit_called
from commonplace.communities.models import Community, Installation, Person, Role, RoleKind, Unit, Visibility
from commonplace.communities.speaking import speakers
from commonplace.consenting import acts as rounds
from commonplace.consenting.kinds import Ground, Kind, Outcome, Stand
from commonplace.consenting.models import Proposal, Stance
from commonplace.externalizing import acts as exchange_acts
from commonplace.externalizing.models import Benefit, Confirmation, Exchange, Response
from commonplace.internalizing import acts as application_acts
from commonplace.internalizing.models import Application
from commonplace.objectifying import acts as practice_acts
from commonplace.objectifying.audience import Audience
from commonplace.objectifying.models import Bringing, Challenge, Practice, Version
from commonplace.objectifying.status import AudienceKind, Authority, SourceKind

PARTS = {
    "context": "A pump turns but moves no water.",
    "how": "Bleed before the check valve.",
    "why": "Air above it comes back.",
    "limits": "Not near chlorine lines.",
}


def role_of(person: Person, **role: Any) -> Role:
    """The one they hold now; `role` tells which, if there are several."""
    return Role.objects.filter(person=person, **role).current().everywhere("test").get()


class Story:
    def __init__(self) -> None:
        self.times = count(1)  # Nobody says the same twice within minutes.
        self.operator, self.facilitator, self.community = self._begun()

    def _begun(self) -> tuple[Person, Person, Community]:
        self.operator = self.person("Olga Operator")
        tends = self.person("Fay Facilitator")
        return self.operator, tends, self.found("pump-crews", "Pump crews", by=tends)

    def person(self, name: str, unit: str = "") -> Person:
        email = ".".join(re.findall(r"\w+", name.lower())) + "@example.org"
        person = Person(name=name, email=email, unit=self.unit(unit))
        person.set_unusable_password()
        here = Installation.current()
        if not Person.objects.accounts().exists():
            return social.sign_up(person, here, first=True)
        return social.add_person(self.operator, here, person=person)

    def unit(self, name: str) -> Unit | None:
        return unit_called(self.operator, name) if name else None

    def found(self, slug: str, title: str, by: Person, visibility: str = Visibility.OPEN, **charter: Any) -> Community:
        community = Community(slug=slug, title=title, visibility=visibility)
        return social.found(by, None, community=community, **{"domain": "Pumps", **charter})

    def member(self, name: str, unit: str = "", of: Community | None = None) -> Person:
        """A person who came in by an invitation, whatever the community's visibility."""
        return self.invited(self.person(name, unit), of)

    def invited(self, person: Person, of: Community | None = None) -> Person:
        community = of or self.community
        secret = f"{person.pk} {community.slug}"
        invitation = social.invite(self._facilitator(community), community, secret=secret)
        social.accept_invitation(person, invitation, secret=secret)
        return person

    def serving(self, name: str, kind: RoleKind, of: Community | None = None) -> Person:
        community = of or self.community
        person = self.person(name) if kind == RoleKind.SPONSOR else self.member(name, of=community)
        self.granted(person, kind, community)
        return person

    def granted(self, person: Person, kind: RoleKind, of: Community | None = None) -> Role:
        """And accepted, where it asks first."""
        community = of or self.community
        role = social.grant_role(self._facilitator(community), community, person=person, kind=kind)
        return role if role.accepted_at else social.accept_role(person, role)

    def rule(self, of: Community | None = None, **rule: Any) -> None:
        """By a round in which all consent; at once where one person keeps the community."""
        community = of or self.community
        tends = self._facilitator(community)
        people = [membership.person for membership in speakers(community).order_by("joined_at", "person__name")]
        if len(people) < 2:
            social.set_charter(tends, community, **rule)
            return
        draft = rounds.draft_rule(tends, community, **rule)
        proposal = rounds.propose(tends, community, proposal=Proposal(matter=Kind.CHARTER, number=draft.number))
        for person in people:
            rounds.take_stance(person, proposal, stance=Stand.CONSENT)
        proposal.refresh_from_db()
        if proposal.is_open:
            rounds.decide(tends, proposal, outcome=Outcome.ACCEPTED)
        community.__dict__.pop("charter", None)

    def ask(
        self, by: Person, title: str = "Pump 4 has lost prime", of: Community | None = None, **fields: Any
    ) -> Exchange:
        topics = fields.pop("topics", ["pumps"])
        exchange = Exchange(title=title, **{"body": f"It turns but moves no water. ({next(self.times)})", **fields})
        return exchange_acts.ask(by, of or self.community, exchange=exchange, topics=topics)

    def respond(self, by: Person, exchange: Exchange, body: str | None = None, **fields: Any) -> Response:
        body = f"Bleed before the check valve. ({next(self.times)})" if body is None else body
        return exchange_acts.respond(by, exchange, response=Response(body=body, **fields))

    def thank(self, by: Person, response: Response) -> None:
        exchange_acts.thank(by, response)

    def confirm(self, by: Person, response: Response, benefit: Benefit = Benefit.SOLUTION) -> Confirmation:
        return exchange_acts.confirm(by, response.exchange, response=response, benefit=benefit)

    def resolved(self, asker: Person, helper: Person, **fields: Any) -> Exchange:
        exchange = self.ask(asker, **fields)
        self.confirm(asker, self.respond(helper, exchange))
        return exchange

    def distil(self, by: Person, *exchanges: Exchange, title: str = "Restarting a pump", **fields: Any) -> Practice:
        """`fields`: authors, quoted, audience, or parts of the text; complete unless a part is given as ""."""
        version = Version(**{part: fields.pop(part, words) for part, words in PARTS.items()})
        practice = Practice(title=title)
        return practice_acts.distil(
            by, exchanges[0].community, practice=practice, version=version, exchanges=exchanges, **fields
        )

    def bring(self, by: Person, title: str = "Priming a pump", **fields: Any) -> Practice:
        """`fields`: parts of the text, topics, original, audience, of, or of where it is from."""
        version = Version(**{part: fields.pop(part, words) for part, words in PARTS.items()})
        community = fields.pop("of", self.community)
        more = {name: fields.pop(name) for name in ("topics", "original", "audience") if name in fields}
        whence = {
            "source_kind": SourceKind.HANDBOOK,
            "authority": Authority.IMPOSED,
            "source": "Handbook 4.2",
            **fields,
        }
        practice, bringing = Practice(title=title), Bringing(**whence)
        return practice_acts.bring(by, community, practice=practice, version=version, bringing=bringing, **more)

    def revise(
        self,
        by: Person,
        practice: Practice,
        answers: Sequence[Challenge] = (),
        audience: Audience | None = None,
        **parts: str,
    ) -> Version:
        before = practice.versions.latest("number")
        version = Version(**{part: getattr(before, part) for part in PARTS} | parts)
        return practice_acts.revise(by, practice, version=version, base=before, answers=answers, audience=audience)

    def of_units(self, *names: str) -> Audience:
        """Those who work in these."""
        units = [self.unit(name) for name in names]
        return Audience(AudienceKind.UNITS, frozenset(unit.pk for unit in units if unit))

    def propose(self, by: Person, practice: Practice, **fields: Any) -> Proposal:
        """`fields`: number (the newest), aim, scope, review_on; of another matter than acceptance, that."""
        fields = {"number": practice.versions.latest("number").number, **fields}
        return rounds.propose(by, practice, proposal=Proposal(**fields))

    def stand(self, by: Person, proposal: Proposal, stance: Stand = Stand.CONSENT, reason: str = "") -> Stance:
        ground = Ground.UNSAFE if stance == Stand.OBJECT else None
        return rounds.take_stance(by, proposal, stance=stance, reason=reason, ground=ground)

    def decide(self, by: Person, proposal: Proposal, outcome: Outcome = Outcome.ACCEPTED, reason: str = "") -> Proposal:
        """Or it has ended so already, when the last one spoke."""
        proposal.refresh_from_db()
        if not proposal.is_open and proposal.outcome == outcome:
            return proposal
        return rounds.decide(by, proposal, outcome=outcome, reason=reason)

    def apply(
        self, by: Person, practice: Practice, outcome: str = "worked", where: str = "Pump 4", **fields: Any
    ) -> Application:
        """`fields`: adaptation, help."""
        application = Application(outcome=outcome, where=where, **fields)
        return application_acts.apply(by, practice, application=application)

    def browser(self, person: Person | None = None) -> Client:
        client = Client()
        if person:
            client.force_login(person)
        return client

    def _facilitator(self, community: Community) -> Person:
        serving = community.roles.filter(kind=RoleKind.FACILITATOR, ended_at=None)
        return serving.order_by("granted_at", "person__name")[0].person
