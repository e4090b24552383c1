"""Questions and their answers, a stance that somebody else wrote down, and what waited its turn in vain."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from commonplace.communities.occasions import Because, Concern, Named, Occasion, Told, words_of
from commonplace.communities.texts import MARKDOWN, shown
from commonplace.consenting.contributions.occasions import whom
from commonplace.consenting.evidence import LineLeft, QuestionAnswered, QuestionAsked, StanceTaken
from commonplace.consenting.kinds import LineEnd
from commonplace.consenting.models import Answer, InLine, Proposal, Question
from commonplace.ledger.models import Act

ASKED = Because(_("you asked"), at_once=True)
ANSWERED = Because(_("you answered"))
YOURS = Because(_("it is your own stance"), at_once=True)
PROPOSED = Because(_("you proposed it"), at_once=True)


def _asked(act: Act) -> Iterator[Concern]:
    yield from whom.makers(Proposal.objects.everywhere(whom.WHY).get(pk=QuestionAsked.of(act).proposal))


def _answered(act: Act) -> Iterator[Concern]:
    question = _question(act)
    yield Concern(question.asked_by_id, "asked", question.pk)
    others = Answer.objects.filter(question=question.pk).everywhere(whom.WHY).values_list("person", flat=True)
    yield from (Concern(person, "answered", question.pk) for person in others.distinct())
    yield from (one._replace(about=question.pk) for one in whom.makers(question.proposal))


def _question(act: Act) -> Question:
    rows = Question.objects.everywhere(whom.WHY).select_related("proposal")
    return rows.get(pk=QuestionAnswered.of(act).question)


def _entered(act: Act) -> Iterator[Concern]:
    yield Concern(StanceTaken.of(act).person, "yours")


def _lost(act: Act) -> Iterator[Concern]:
    yield Concern(InLine.objects.everywhere(whom.WHY).get(pk=act.object).proposed_by_id, "proposed")


def _at_question(notice: Told, named: Named) -> str:
    return f"{named.href}#q-{notice.about or notice.object}"


def _at_stance(notice: Told, named: Named) -> str:
    return f"{named.href}#stand"


def _answers(person: Any, objects: Sequence[str]) -> Mapping[str, str]:
    rows = Answer.objects.filter(pk__in=objects, question__in=Question.objects.visible_to(person).values("pk"))
    texts = rows.everywhere("who reads a question reads its answers").values_list("pk", "text")
    return {pk: shown(text, MARKDOWN, pk) for pk, text in texts}


OF_SPEAKING = (
    Occasion(
        name="question_asked", verbs=("proposal.question_asked",), thread="round",
        what=_("%(who)s asks what is not clear"), concerns=_asked, because=whom.PARTS,
        thread_of=lambda act: QuestionAsked.of(act).proposal, href=_at_question,
        quoted=words_of(Question, "text"),
    ),
    Occasion(
        name="question_answered", verbs=("proposal.question_answered",), thread="round",
        what=_("%(who)s answered a question"), concerns=_answered,
        because={"asked": ASKED, "answered": ANSWERED, **whom.PARTS},
        thread_of=lambda act: _question(act).proposal_id, href=_at_question, quoted=_answers,
    ),
    Occasion(
        name="stance_entered", verbs=("proposal.stance",), thread="round",
        what=_("%(who)s wrote down where you stand: confirm it, or say otherwise"),
        is_one=lambda act: StanceTaken.of(act).entered_by_other, concerns=_entered, because={"yours": YOURS},
        thread_of=lambda act: StanceTaken.of(act).proposal, href=_at_stance,
    ),
    Occasion(
        name="turn_lost", verbs=("proposal.line_left",), thread="line",
        what=_("Its turn came, and it could not open"), is_one=lambda act: LineLeft.of(act).how == LineEnd.LOST,
        concerns=_lost, because={"proposed": PROPOSED}, thread_of=lambda act: act.object,
    ),
)  # fmt: skip
