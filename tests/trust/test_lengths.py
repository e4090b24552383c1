"""Each text that a person types fits its column, whoever calls the act: a form asks it too, and is not believed."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from commonplace.communities import acts as social
from commonplace.communities.models import Community, Installation, Person, Visibility
from commonplace.consenting import acts as rounds
from commonplace.consenting.kinds import Ground, Stand
from commonplace.consenting.models import Proposal, Question
from commonplace.externalizing import acts as exchanges
from commonplace.externalizing.lengths import LONGEST_TEXT
from commonplace.externalizing.models import Topic
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.models import Act
from commonplace.objectifying import acts as practices
from commonplace.objectifying.models import Challenge, Version
from commonplace.steering import acts as objectives
from commonplace.steering.models import Card, Side
from tests.objectifying.conftest import Crew
from tests.objectifying.test_review import due
from tests.steering.conftest import WORDS
from tests.story import Story

Do = Callable[[Crew, str], Any]
NOT_TYPED = {
    "archives bring it": {
        "Community.origin", "Exchange.licence", "Exchange.origin", "Exchange.origin_url", "Person.origin",
        "Person.origin_url", "Response.licence", "Response.origin_url",
    },
    "an id, a digest or a code": {
        "AskedAbout.topic", "Bringing.batch", "Bringing.digest", "Bringing.exact_to", "Bringing.whole",
        "Challenge.application", "InLine.about",
        "InLine.choice", "InLine.subject_id", "Version.application",
        "Version.meets", "Eligible.unit", "ExchangeCourse.helped",
        "ExchangeCourse.newest",
        "FeedAddress.digest", "File.digest", "File.media_type", "Held.holder", "Held.of",
        "Invitation.digest", "Passing.value", "Person.password", "Revision.body_format", "SignInLink.digest",
        "Proposal.about", "Proposal.choice", "Proposal.list", "Proposal.subject_id", "Signature.proposal",
        "Wording.part",
    },
    "chosen from a list": {"Community.language", "Community.time_zone", "Person.language", "Person.time_zone"},
    "made of what was typed elsewhere": {
        "Bringing.key", "File.name",
        "Excerpt.body", "InLine.reason", "InLine.title", "Proposal.title", "Revision.body", "Revision.title",
        "Settlement.reason", "TopicAlias.folded",
        "Unit.folded", "Wording.text",
    },
}  # fmt: skip
DERIVED = {
    "Batch",
    "BatchFile",
    "BatchRow",
    "Document",
}  # The act asks what is drafted in a batch when it is brought in.
LATE = {"Bringing.link", "Person.email", "Judgement.words", "Question.words"}  # What fits is refused otherwise.


def lined_up(crew: Crew, **typed: str) -> Any:
    practice = crew.practice_of(crew.proposed())
    crew.story.revise(crew.omar, practice, how="Slowly.")
    return rounds.line_up(crew.omar, practice, proposal=Proposal(number=2, **{"aim": "Air.", **typed}))


def quiet(crew: Crew) -> Community:
    return crew.story.found("quiet", "Quiet", by=crew.fay, visibility=Visibility.CLOSED)


def topic(crew: Crew) -> Topic:
    return crew.story.ask(crew.lea, topics=["valves"]).topics[0]


def revised(crew: Crew, **words: str) -> Version:
    return crew.story.revise(crew.lea, crew.written(), **{"how": "Bleed slowly.", **words})


def stated(crew: Crew, **words: str) -> Any:
    return objectives.state(crew.fay, crew.community, card=Card(**{**WORDS, **words}))


def asked(crew: Crew, **words: str) -> Question:
    return rounds.ask_about(crew.ines, crew.proposed(), question=Question(**{"text": "Which valve?", **words}))


def judged(crew: Crew, words: str) -> Any:
    return objectives.judge(crew.fay, stated(crew).latest, side=Side.COMMUNITY, level=0, words=words)


def edited(crew: Crew, **words: str) -> Any:
    exchange = crew.story.ask(crew.lea)
    before = {"body": exchange.body, "title": exchange.title, "seen": exchange.fingerprint}
    return exchanges.edit(crew.lea, exchange, **{**before, **words})


def named(crew: Crew, **typed: str) -> Any:
    newcomer = Person(**{"name": "New", "email": "new@x.org", **typed})
    return social.add_person(crew.story.operator, Installation.current(), person=newcomer)


TYPED: dict[str, Do] = {
    "Unit.name": lambda crew, it: social.name_unit(crew.story.operator, Installation.current(), name=it),
    "Person.name": lambda crew, it: named(crew, name=it),
    "Person.email": lambda crew, it: named(crew, email=f"{it}@x.org"),
    "Charter.domain": lambda crew, it: social.set_charter(crew.fay, crew.community, domain=it),
    "Charter.purpose": lambda crew, it: social.set_charter(crew.fay, crew.community, purpose=it),
    "Charter.norms": lambda crew, it: crew.story.found("north", "North", by=crew.lea, norms=it),
    "Community.slug": lambda crew, it: crew.story.found(it, "North", by=crew.lea),
    "Community.title": lambda crew, it: social.set_profile(crew.fay, crew.community, title=it),
    "KnownFor.words": lambda crew, it: social.set_known_for(
        crew.lea, crew.community.memberships.get(person=crew.lea), words=it, topics=(), shows=()
    ),
    "JoinRequest.words": lambda crew, it: social.ask_to_join(crew.lea, quiet(crew), words=it),
    "Installation.name": lambda crew, it: social.set_installation(
        crew.story.operator, Installation.current(), name=it, open_signup=False
    ),
    "Exchange.title": lambda crew, it: edited(crew, title=it),
    "Exchange.body": lambda crew, it: edited(crew, body=it),
    "Response.body": lambda crew, it: crew.story.respond(crew.omar, crew.story.ask(crew.lea), it),
    "Topic.name": lambda crew, it: exchanges.rename_topic(crew.fay, topic(crew), name=it),
    "TopicAlias.name": lambda crew, it: exchanges.alias_topic(crew.fay, topic(crew), name=it),
    "Practice.title": lambda crew, it: crew.written(title=it),
    "Bringing.source": lambda crew, it: crew.brought(source=it),
    "Bringing.owner": lambda crew, it: crew.brought(owner=it),
    "Bringing.link": lambda crew, it: crew.brought(link=f"https://example.org/{it}"),
    "Version.context": lambda crew, it: revised(crew, context=it),
    "Version.how": lambda crew, it: revised(crew, how=it),
    "Version.why": lambda crew, it: revised(crew, why=it),
    "Version.limits": lambda crew, it: revised(crew, limits=it),
    "Version.note": lambda crew, it: revised(crew, note=it),
    "InLine.aim": lambda crew, it: lined_up(crew, aim=it),
    "InLine.scope": lambda crew, it: lined_up(crew, scope=it),
    "Proposal.aim": lambda crew, it: crew.story.propose(crew.lea, crew.candidate(), aim=it),
    "Proposal.scope": lambda crew, it: crew.story.propose(crew.lea, crew.candidate(), scope=it),
    "Proposal.reason": lambda crew, it: rounds.withdraw(crew.lea, crew.proposed(), reason=it),
    "Question.text": lambda crew, it: asked(crew, text=it),
    "Question.words": lambda crew, it: asked(crew, words=it),
    "Answer.text": lambda crew, it: rounds.answer_question(crew.lea, asked(crew), text=it),
    "Objection.harm": lambda crew, it: rounds.object_for_another(
        crew.fay, crew.proposed(), ground=Ground.UNFAIR, harm=it
    ),
    "Objection.heard_as": lambda crew, it: rounds.restate_objection(
        crew.lea, crew.objected(crew.proposed()), heard_as=it
    ),
    "Stance.reason": lambda crew, it: crew.story.stand(crew.ines, crew.proposed(), Stand.OBJECT, it),
    "Challenge.reason": lambda crew, it: practices.challenge(
        crew.ines, crew.accepted(), challenge=Challenge(ground="failed", reason=it)
    ),
    "Challenge.case": lambda crew, it: practices.challenge(
        crew.ines, crew.accepted(), challenge=Challenge(ground="failed", reason="It leaks.", case=it)
    ),
    "PutAway.reason": lambda crew, it: practices.set_aside(crew.lea, crew.candidate(), reason=it),
    "ReviewVoice.reason": lambda crew, it: practices.reaffirm(crew.ines, due(crew, crew.accepted()), reason=it),
    "Application.where": lambda crew, it: crew.story.apply(crew.fay, crew.written(), where=it),
    "Application.adaptation": lambda crew, it: crew.story.apply(crew.fay, crew.written(), adaptation=it),
    **{f"Card.{name}": lambda crew, it, name=name: stated(crew, **{name: it}) for name in Card.WORDS},  # type: ignore[misc]
    "Judgement.words": judged,
}


@pytest.fixture
def crew(now: datetime, story: Story) -> Crew:
    return Crew(story, now)


def texts() -> dict[str, int]:
    """Each column of the phases that holds letters and no choice, and how many it may hold."""
    rows = (model for phase in settings.PHASES for model in apps.get_app_config(phase).get_models())
    columns = (column for row in rows if row.__name__ not in DERIVED for column in row._meta.concrete_fields)
    return {
        f"{column.model.__name__}.{column.name}": column.max_length or LONGEST_TEXT
        for column in columns
        if isinstance(column, models.CharField | models.TextField)
        and not (column.choices or column.primary_key)
        and column.editable
    }


def test_each_text_has_its_line_here() -> None:
    assert texts().keys() - set().union(*NOT_TYPED.values()) == TYPED.keys()


@pytest.mark.parametrize("name", TYPED)
def test_what_is_too_long_is_refused_before_it_is_written(crew: Crew, name: str) -> None:
    with pytest.raises(NotPossible, match=r"at most|more than|few words|address"):
        TYPED[name](crew, "x" * (texts()[name] + 1))


@pytest.mark.parametrize("name", TYPED)
def test_what_no_database_keeps_is_refused_too(crew: Crew, name: str) -> None:
    with pytest.raises(NotPossible, match=r"cannot be (kept|seen)|slug|valid|few words"):
        TYPED[name](crew, "pump\0s")


@pytest.mark.parametrize("name", sorted(TYPED.keys() - LATE))
def test_what_just_fits_is_taken(crew: Crew, name: str) -> None:
    """The negative control: it is its length that was refused."""
    before = Act.objects.everywhere("test").count()
    TYPED[name](crew, "x" * texts()[name])
    assert Act.objects.everywhere("test").count() > before
