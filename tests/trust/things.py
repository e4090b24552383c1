"""What acts and addresses are about.

Each thing is made for an owner, whatever that person's role, so that "one's own" has a meaning for all.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from commonplace.communities.models import (
    Installation,
    Invitation,
    JoinRequest,
    Membership,
    Role,
    RoleKind,
    SignInLink,
    Unit,
)
from commonplace.communities.secrets import digest
from commonplace.consenting import models as consenting
from commonplace.consenting.kinds import PartIn
from commonplace.corresponding.models import FeedAddress
from commonplace.externalizing.course import Course as ExchangeCourse
from commonplace.externalizing.models import Exchange, Kind, Response, Topic
from commonplace.externalizing.reducers.exchanges import course as course_of_exchange
from commonplace.files.kinds import Kind as FileKind
from commonplace.files.models import File, Held
from commonplace.files.storing import Laid
from commonplace.internalizing.models import Application
from commonplace.ledger import clock
from commonplace.ledger.act import writing
from commonplace.ledger.ids import new_id
from commonplace.ledger.models import Job
from commonplace.objectifying import models as objectifying
from commonplace.objectifying.course import Course as PracticeCourse
from commonplace.objectifying.reducers.practices import course as course_of_practice
from commonplace.steering import models as steering
from tests.trust.world import World

Maker = Callable[[World, Any], Any]
THINGS: dict[str, Maker] = {}


def thing(make: Maker) -> Maker:
    """Rows are written past the acts: what is asked here is who may go on from them."""

    def made(world: World, owner: Any) -> Any:
        with writing():
            return make(world, owner)

    THINGS[make.__name__] = made
    return made


@thing
def nothing(world: World, owner: Any) -> None:
    return None


@thing
def community(world: World, owner: Any) -> Any:
    return world.here


@thing
def person(world: World, owner: Any) -> Any:
    return owner


@thing
def installation(world: World, owner: Any) -> Any:
    return Installation.current()


@thing
def unit(world: World, owner: Any) -> Any:
    return Unit.objects.create(name=(name := new_id()), folded=name)


@thing
def another_unit(world: World, owner: Any) -> Any:
    return Unit.objects.create(name=(name := new_id()), folded=name)


@thing
def given_up_job(world: World, owner: Any) -> Any:
    return Job.objects.create(name="search.exchange", given_up_at=clock.now())


@thing
def role(world: World, owner: Any) -> Any:
    current = {"community": world.here, "person": owner, "kind": RoleKind.STEWARD, "ended_at": None}
    held = Role.objects.filter(**current).everywhere("test").first()
    return held or Role.objects.create(**current, granted_by=world.people["facilitator"])


@thing
def membership(world: World, owner: Any) -> Any:
    """One that has ended, of whoever has none: of what is here they see no more."""
    mine = Membership.objects.filter(community=world.here, person=owner).everywhere("test").first()
    return mine or Membership.objects.create(community=world.here, person=owner, left_at=clock.now())


@thing
def invitation(world: World, owner: Any) -> Any:
    return _invitation(world, owner, new_id())


@thing
def invitation_secret(world: World, owner: Any) -> Any:
    """What stands in the link: who has it may come in."""
    secret = new_id()
    _invitation(world, owner, secret)
    return secret


def _invitation(world: World, owner: Any, secret: str) -> Invitation:
    return Invitation.objects.create(
        community=world.here, digest=digest(secret), invited_by=owner, expires_at=_tomorrow()
    )


def _tomorrow() -> datetime:
    return clock.now() + timedelta(days=1)


@thing
def join_request(world: World, owner: Any) -> Any:
    return JoinRequest.objects.create(community=world.here, person=owner, words="May I?")


@thing
def sign_in_link(world: World, owner: Any) -> Any:
    return _link(owner, new_id())


@thing
def feed_secret(world: World, owner: Any) -> Any:
    """Of a member, whoever tries it."""
    secret = new_id()
    FeedAddress.objects.make(world.somebody, secret)
    return secret


@thing
def sign_in_secret(world: World, owner: Any) -> Any:
    secret = new_id()
    _link(owner, secret)
    return secret


def _link(owner: Any, secret: str) -> SignInLink:
    of = {"person": owner, "password_set_at": owner.password_set_at}
    return SignInLink.objects.create(**of, digest=digest(secret), expires_at=_tomorrow())


def _exchange(world: World, owner: Any, kind: Kind) -> Exchange:
    exchange = Exchange.objects.create(community=world.here, opener=owner, kind=kind, title="Prime lost", body="Again.")
    exchange.filed_under.add(topic(world, owner).aliases.get())
    course_of_exchange.write({exchange.pk: ExchangeCourse(world.here.pk, owner.pk)})
    return exchange


@thing
def topic(world: World, owner: Any) -> Any:
    pumps = Topic.objects.everywhere("test").get_or_create(community=world.here, name="pumps")[0]
    pumps.aliases.get_or_create(community=world.here, name="pumps", folded="pumps")
    return pumps


@thing
def exchange(world: World, owner: Any) -> Any:
    return _exchange(world, owner, Kind.REQUEST)


@thing
def file(world: World, owner: Any) -> Any:
    """Named by a text here."""
    with Laid(b"Bleed it.") as laid:
        laid.keep()
    known = {"name": "plan.txt", "kind": FileKind.TEXT, "media_type": "text/plain; charset=utf-8"}
    row = File.objects.create(owner=owner, digest=laid.digest, size=9, **known)
    Held.objects.create(file=row, community=world.here, holder="externalizing.exchange", of=new_id())
    return row


@thing
def offer(world: World, owner: Any) -> Any:
    return _exchange(world, owner, Kind.OFFER)


@thing
def response(world: World, owner: Any) -> Any:
    about = _exchange(world, world.somebody, Kind.REQUEST)
    return Response.objects.create(exchange=about, author=owner, body="Bleed it.")


TEXT = {"context": "When it will not start.", "how": "Bleed it.", "why": "Air is trapped.", "limits": "Not above 60 m."}
ROUND = {"eligible": 5, "quorum": 2, "units_needed": 0}


def _practice(world: World, owner: Any, author: Any, steward: Any = None) -> Any:
    row = objectifying.Practice.objects.create(
        community=world.here, title="Restarting a pump", purpose="reuse", begun_by=owner, steward=steward
    )
    objectifying.Version.objects.create(practice=row, number=1, author=author, **TEXT)
    return _with_course(row)


def _with_course(practice: Any, **more: Any) -> Any:
    course = PracticeCourse(**{"community": practice.community_id, "latest": 1, "complete": True, **more})
    course_of_practice.write({practice.pk: course.with_status()})
    return practice


@thing
def practice(world: World, owner: Any) -> Any:
    return _practice(world, owner, owner, owner)


@thing
def orphan(world: World, owner: Any) -> Any:
    return _practice(world, owner, owner)


@thing
def brought(world: World, owner: Any) -> Any:
    """By somebody else, out of another practice."""
    row, original = _practice(world, owner, owner), _practice(world, owner, owner)
    whence = {"source_kind": "community", "authority": "habit", "original": original, "original_number": 1}
    objectifying.Bringing.objects.create(practice=row, by=world.somebody, **whence)
    return _with_course(row, brought=1)


def _batch(world: World, owner: Any, **more: Any) -> Any:
    whole = {"called": "Handbook", "is_whole": True, **more}
    batch = objectifying.Batch.objects.create(community=world.here, by=owner, **whole)
    text = {"title": "Priming", "how": "Fill it.", "source": "Handbook", "key": "1", "verdict": "new"}
    text["became"] = "brought" if batch.is_confirmed else ""
    objectifying.BatchRow.objects.create(batch=batch, number=1, authority="habit", **text)
    return batch


@thing
def draft(world: World, owner: Any) -> Any:
    return _batch(world, owner)


@thing
def changed_row(world: World, owner: Any) -> Any:
    """As its source says it now; the practice says less."""
    whole = {"practice": brought(world, owner), "verdict": "changed", "base": 1, "title": "Priming", "how": "Fill it."}
    return objectifying.BatchRow.objects.create(batch=_batch(world, owner), number=2, authority="habit", **whole)


@thing
def batch(world: World, owner: Any) -> Any:
    return _batch(world, owner, confirmed_at=clock.now())


def _proposal(world: World, opener: Any, author: Any) -> Any:
    """A round on the author's text that asks every member."""
    about, closes = _practice(world, world.somebody, author), clock.now() + timedelta(days=14)
    fixed = {"days": 14, "closes_at": closes, "review_on": (closes + timedelta(days=365)).date(), **ROUND}
    named = {"community": world.here, "subject_id": about.pk, "title": about.title, "number": 1}
    row = consenting.Proposal.objects.create(opened_by=opener, **named, **fixed)
    for position, (part, text) in enumerate(TEXT.items()):
        consenting.Wording.objects.create(proposal=row, number=1, part=part, position=position, text=text)
    for member in Membership.objects.filter(community=world.here).current().everywhere("test"):
        consenting.Eligible.objects.create(proposal=row, person_id=member.person_id)
    for person, part in ((opener, PartIn.OPENED), (author, PartIn.WROTE)):
        consenting.Party.objects.create(proposal=row, person=person, part=part, number=1)
    _with_course(about, rounds=1, on=1)
    return row


@thing
def proposal(world: World, owner: Any) -> Any:
    return _proposal(world, owner, world.somebody)


@thing
def listed(world: World, owner: Any) -> Any:
    """One of a list."""
    row = _proposal(world, owner, world.somebody)
    consenting.Proposal._base_manager.filter(pk=row.pk).update(list=new_id())
    row.refresh_from_db()
    return row


@thing
def left_round(world: World, owner: Any) -> Any:
    """Whoever opened it has left."""
    return _proposal(world, world.people["former"], world.somebody)


@thing
def in_line(world: World, owner: Any) -> Any:
    about = _proposal(world, world.somebody, world.somebody)
    named = {"community": world.here, "subject_id": about.subject_id, "title": about.title, "matter": about.matter}
    return consenting.InLine.objects.create(proposed_by=owner, number=2, **named)


@thing
def question(world: World, owner: Any) -> Any:
    about = _proposal(world, world.somebody, world.somebody)
    row = consenting.Question.objects.create(proposal=about, number=1, asked_by=owner, text="Which valve?")
    consenting.Answer.objects.create(question=row, person=owner, text="The lower one.")
    return row


@thing
def agreed(world: World, owner: Any) -> Any:
    """A practice with an agreement in force."""
    return _with_course(agreement(world, owner).practice, agreed=1, last_agreed=1)


@thing
def agreement(world: World, owner: Any) -> Any:
    decided = _proposal(world, owner, world.somebody)
    decided.decided_at, decided.outcome = clock.now(), "accepted"
    decided.save()
    row: Any = decided.subject
    return objectifying.Agreement.objects.create(
        practice=row, version=row.versions.get(), proposal=decided, review_on=decided.review_on
    )


@thing
def review(world: World, owner: Any) -> Any:
    about = agreement(world, world.somebody)
    _with_course(about.practice, agreed=1, last_agreed=1)
    due = {"due_on": about.review_on, "why": "day"}
    return objectifying.Review.objects.create(practice=about.practice, agreement=about, **due)


@thing
def minor_edit(world: World, owner: Any) -> Any:
    """Of a version that is agreed on, by its author."""
    about = agreement(world, world.somebody)
    text = {**TEXT, "why": "Air is trapped above it."}
    version = about.practice.versions.create(author=owner, number=2, **text)
    _with_course(about.practice, latest=2, agreed=1, last_agreed=1)
    return objectifying.MinorEdit.objects.create(practice=about.practice, version=version, agreement=about)


@thing
def role_offer(world: World, owner: Any) -> Any:
    named = {"community": world.here, "person": owner, "kind": RoleKind.SPONSOR, "ended_at": None}
    kept = Role.objects.filter(**named).everywhere("test").first()
    return kept or Role.objects.create(**named, granted_by=world.somebody, accepted_at=None)


@thing
def challenge(world: World, owner: Any) -> Any:
    contested = _with_course(agreed(world, world.somebody), agreed=1, last_agreed=1, challenges=1)
    words = {"reason": "It failed.", "case": "At site 3."}
    return objectifying.Challenge.objects.create(practice=contested, raised_by=owner, number=1, **words)


@thing
def objection(world: World, owner: Any) -> Any:
    about = _proposal(world, world.somebody, world.somebody)
    words = {"ground": "unsafe", "harm": "It would hurt."}
    heard = {"heard_as": "You fear a flood.", "heard_by": world.somebody, "heard_at": clock.now()}
    return consenting.Objection.objects.create(proposal=about, raised_by=owner, raised_on=1, **words, **heard)


@thing
def stance(world: World, owner: Any) -> Any:
    about = _proposal(world, world.somebody, world.somebody)
    words = {"stance": "concern", "reason": "At night, too?"}
    return consenting.Stance.objects.create(proposal=about, number=1, person=owner, **words)


@thing
def excerpt(world: World, owner: Any) -> Any:
    about, words = practice(world, world.somebody), response(world, owner)
    objectifying.Source.objects.create(practice=about, exchange=words.exchange)
    return objectifying.Excerpt.objects.create(
        practice=about, response=words, person=owner, body=words.body, refusable_until=_tomorrow()
    )


@thing
def application(world: World, owner: Any) -> Any:
    about = agreed(world, world.somebody)
    fields = {"outcome": "failed", "where": "Site 3", "adaptation": "It leaked."}
    here = {"community": about.community, "practice": about, "version": about.versions.get()}
    return Application.objects.create(person=owner, **here, **fields)


CARD = {
    "statement": "Fewer night calls", "why": "Sleep.", "beneficiary": "Crews", "baseline": "Nine a month.",
    "much_less": "Twelve", "less": "Nine", "expected": "Six", "more": "Four", "much_more": "Two",
}  # fmt: skip


@thing
def card(world: World, owner: Any) -> Any:
    stated = steering.Objective.objects.create(community=world.here, stated_by=owner)
    by = (clock.now() + timedelta(days=365)).date()
    return steering.Card.objects.create(
        objective=stated, number=1, horizon=by, written_by=owner, metrics=["X3"], **CARD
    )


@thing
def objective(world: World, owner: Any) -> Any:
    return card(world, owner).objective
