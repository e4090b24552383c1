"""Who asked what is not clear, of which text, and who answered."""

from commonplace.consenting.evidence import QuestionAnswered, QuestionAsked
from commonplace.consenting.models import Answer, Question
from commonplace.ledger.replay import Recorded, Row, of_each

questions = of_each("question", Question, "proposal__subject_id", "proposal", "asked_by", "number", "for_another")
answers = of_each("answer", Answer, "question__proposal__subject_id", "question", "person")


@questions.on("proposal.question_asked")
def _asked(before: Row, act: Recorded, evidence: QuestionAsked) -> Row:
    return evidence.proposal, act.actor, evidence.number, evidence.for_another


@answers.on("proposal.question_answered")
def _answered(before: Row, act: Recorded, evidence: QuestionAnswered) -> Row:
    return evidence.question, act.actor
