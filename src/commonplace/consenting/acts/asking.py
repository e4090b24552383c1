"""T7: clarify before a stance. Questions about the text, and their answers, beside it."""

from typing import Any

from django.utils.translation import gettext as _

from commonplace.communities.models import Person
from commonplace.communities.wording import must_fit
from commonplace.consenting import policy
from commonplace.consenting.evidence import QuestionAnswered, QuestionAsked
from commonplace.consenting.guards import must_be_in_time, must_be_the_first_for_another, must_have_words
from commonplace.consenting.models import Answer, Proposal, Question
from commonplace.ledger.act import ANYTHING, Written, act
from commonplace.ledger.errors import NotPossible


def _can_be_asked(actor: Person, proposal: Proposal, *, question: Question) -> None:
    must_be_in_time(proposal)
    must_fit(question, "text", "words")
    must_have_words(question.text, _("Say what is not clear."), "text")
    if question.words and not _says(proposal, question.words):
        raise NotPossible(_("These words are not in the text. Copy them as they stand there."), "words")
    if question.for_another:
        _must_serve(actor, proposal)


def _any_question(actor: Person, proposal: Proposal) -> dict[str, Question]:
    return {"question": Question(text=ANYTHING)}


@act(
    "proposal.question_asked",
    who=policy.asker,
    evidence=QuestionAsked,
    guard=_can_be_asked,
    supposing=_any_question,
)
def ask_about(actor: Person, proposal: Proposal, *, question: Question) -> Written[Question]:
    """Who: a member, whether asked to take a stance or not; of objectives a sponsor, too. Guard: in time; words; those
    pointed at are in the text; for somebody who prefers not to be named a facilitator asks, once in a round.
    Effect: it stands beside the text."""
    row = Question.objects.create(
        proposal=proposal,
        number=proposal.number,
        asked_by=actor,
        for_another=question.for_another,
        words=question.words,
        text=question.text,
    )
    by_author = _has_written(actor, proposal)
    evidence = QuestionAsked(proposal=proposal.pk, number=row.number, by_author=by_author, for_another=row.for_another)
    return Written(row, evidence)


def _can_be_answered(actor: Person, question: Question, *, text: str) -> None:
    must_be_in_time(question.proposal)
    must_fit(Answer(text=text), "text")
    must_have_words(text, _("Say your answer."), "text")


def _any_answer(actor: Person, question: Question) -> dict[str, Any]:
    return {"text": ANYTHING}


@act(
    "proposal.question_answered",
    who=policy.speaker,
    evidence=QuestionAnswered,
    guard=_can_be_answered,
    supposing=_any_answer,
)
def answer_question(actor: Person, question: Question, *, text: str) -> Written[Answer]:
    """Who: a member. Guard: in time; words. Effect: it stands under the question."""
    row = Answer.objects.create(question=question, person=actor, text=text)
    by_author = _has_written(actor, question.proposal)
    number = question.proposal.number
    return Written(row, QuestionAnswered(question=question.pk, number=number, by_author=by_author))


def _says(proposal: Proposal, words: str) -> bool:
    return any(" ".join(words.split()) in " ".join(text.split()) for text in proposal.texts.values())


def _must_serve(actor: Person, proposal: Proposal) -> None:
    if not policy.by_role.allows(actor, proposal):
        raise NotPossible(_("A facilitator asks for somebody who prefers not to be named."))
    must_be_the_first_for_another(actor, proposal)


def _has_written(actor: Person, proposal: Proposal) -> bool:
    return proposal.parties.filter(person=actor.pk, part="wrote").exists()
