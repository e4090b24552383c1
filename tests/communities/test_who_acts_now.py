"""An act asks who acts as they are now: shut out or demoted meanwhile, they may not, whatever a copy says."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest

from commonplace.communities import acts
from commonplace.communities.models import (
    Community,
    Installation,
    Person,
    Role,
    RoleKind,
    Stage,
    Visibility,
)
from commonplace.communities.zones import today
from commonplace.consenting.acts import draft_rule
from commonplace.ledger.errors import NotAllowed
from commonplace.ledger.registry import doors
from tests.story import Story, role_of

pytestmark = pytest.mark.breaks_ledger  # People are changed past the acts.
Calls = dict[str, tuple[Person, Callable[[], object]]]
OURS = ("person.", "installation.", "community.", "charter.", "member.", "role.", "unit.")


def by_the_operator(story: Story) -> Calls:
    one, here = story.operator, Installation.current()
    north, south = (acts.name_unit(one, here, name=name) for name in ("North", "South"))
    calls = {
        "person.added": lambda: acts.add_person(one, here, person=Person(name="A", email="a@x.org")),
        "person.link_issued": lambda: acts.issue_sign_in_link(one, story.facilitator, secret="s"),
        "person.bot_set": lambda: acts.set_bot(one, story.person("Digest"), bot=True),
        "installation.set": lambda: acts.set_installation(one, here, name="Mine", open_signup=True),
        "unit.named": lambda: acts.name_unit(one, here, name="West"),
        "unit.renamed": lambda: acts.rename_unit(one, north, name="Norths"),
        "unit.moved": lambda: acts.move_unit(one, north, parent=south),
        "unit.merged": lambda: acts.merge_unit(one, north, into=south),
    }
    return {verb: (one, call) for verb, call in calls.items()}


def by_a_facilitator(story: Story) -> Calls:
    one = story.serving("Second", RoleKind.FACILITATOR)
    here, sam, omar = story.community, story.person("Sam"), story.serving("Omar", RoleKind.STEWARD)
    closed = acts.set_profile(one, here, visibility=Visibility.CLOSED)
    asked, invitation = acts.ask_to_join(sam, closed, words=""), acts.invite(one, here, secret="s")
    role = Role.objects.everywhere("test").get(person=omar)
    calls = {
        "charter.set": lambda: acts.set_charter(one, here, norms="Be kind."),
        "community.stage_set": lambda: acts.set_stage(one, here, stage=Stage.MATURING),
        "community.profile_set": lambda: acts.set_profile(one, here, title="Mine"),
        "member.answered": lambda: acts.answer_request(one, asked, admitted=True),
        "member.added": lambda: acts.add_member(one, here, person=story.person("Ann")),
        "member.invited": lambda: acts.invite(one, here, secret="t"),
        "member.invitation_withdrawn": lambda: acts.withdraw_invitation(one, invitation),
        "role.granted": lambda: acts.grant_role(one, here, person=omar, kind=RoleKind.FACILITATOR),
        "role.handed_over": lambda: acts.hand_over_role(one, role, successor=story.facilitator),
        "role.ended": lambda: acts.end_role(one, role),
    }
    return {verb: (one, call) for verb, call in calls.items()}


def by_anybody(story: Story) -> Calls:
    nina, lea = story.person("Nina"), story.member("Lea")
    mine = story.community.memberships.get(person=lea)
    closed = story.found("valves", "Valves", by=story.facilitator, visibility=Visibility.CLOSED)
    open_one = story.found("seals", "Seals", by=story.facilitator)
    invitation = acts.invite(story.facilitator, closed, secret="u")
    link = acts.issue_sign_in_link(story.operator, nina, secret="s")
    offer = acts.grant_role(story.facilitator, open_one, person=nina, kind=RoleKind.SPONSOR)
    sam = story.serving("Sam Sponsor", RoleKind.SPONSOR, of=open_one)
    return {
        "charter.drafted": (lea, lambda: draft_rule(lea, story.community, quorum=3)),
        "person.link_used": (nina, lambda: acts.take_sign_in_link(nina, link, secret="s")),
        "person.profile_edited": (nina, lambda: acts.edit_profile(nina, nina, name="N")),
        "community.founded": (nina, lambda: acts.found(nina, None, community=Community(slug="n", title="N"))),
        "member.joined": (nina, lambda: acts.join(nina, open_one)),
        "member.requested": (nina, lambda: acts.ask_to_join(nina, closed, words="")),
        "member.invitation_accepted": (nina, lambda: acts.accept_invitation(nina, invitation, secret="u")),
        "member.left": (lea, lambda: acts.leave(lea, story.community)),
        "member.welcoming_set": (lea, lambda: acts.set_welcoming(lea, story.community, welcomes=True)),
        "person.known_for_set": (lea, lambda: acts.set_known_for(lea, mine, words="Seals", topics=[], shows=[])),
        "role.away_set": (sam, lambda: acts.set_away(sam, role_of(sam), until=today() + timedelta(days=7))),
        "role.accepted": (nina, lambda: acts.accept_role(nina, offer)),
    }


@contextmanager
def meanwhile(person: Person, **changed: Any) -> Iterator[None]:
    """In the database, and not in the copy at hand."""
    before = {name: getattr(person, name) for name in changed}
    Person.objects.filter(pk=person.pk).update(**changed)
    yield
    Person.objects.filter(pk=person.pk).update(**before)


def went_through(calls: Calls, **changed: Any) -> list[str]:
    return [verb for verb, (actor, call) in calls.items() if not _refused(actor, call, changed)]


def _refused(actor: Person, call: Callable[[], object], changed: dict[str, Any]) -> bool:
    with meanwhile(actor, **changed):
        try:
            call()
        except NotAllowed:
            return True
    return False


def test_whoever_was_shut_out_meanwhile_acts_no_more(story: Story) -> None:
    calls = by_the_operator(story) | by_a_facilitator(story) | by_anybody(story)
    known = {act.verb for act in doors() if act.verb.startswith(OURS)} - {"person.signed_up"}  # nobody is here before
    assert calls.keys() ^ known == set()
    assert went_through(calls, is_active=False) == []


def test_whoever_is_operator_no_more_does_not_act_as_one(story: Story) -> None:
    assert went_through(by_the_operator(story), is_operator=False) == []


def test_whoever_facilitates_no_more_does_not_act_as_facilitator(story: Story) -> None:
    calls = by_a_facilitator(story)
    one = next(iter(calls.values()))[0]
    acts.end_role(one, role_of(one))
    assert went_through(calls) == []
