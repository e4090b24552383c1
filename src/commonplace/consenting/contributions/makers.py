"""What waits for those who make a text: an objection to be met, a question; and the answer for whoever asked."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import DateTimeField, Exists, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonplace.communities.contributions import MOST_COUNTED, Need, first_of
from commonplace.communities.models.membership import belonging
from commonplace.consenting.matter import matters
from commonplace.consenting.models import Answer, Objection, Party, Question
from commonplace.consenting.rows import MAKES_THE_TEXT
from commonplace.ledger import clock
from commonplace.ledger.reading import NOW, READER, Place, Reading, settled

ANSWER_DAYS = 7
"""An answer is on the home page of whoever asked for so long: nobody keeps what they have opened."""
WHY = "who makes a text is told what is asked of it"
OPEN: dict[str, Any] = {"proposal__decided_at": None, "proposal__closes_at__gt": NOW}


def objected(person: Any) -> Iterator[Need]:
    """Against the text as it stands, in rounds that this person opened."""
    more = lambda n: ngettext("%(n)s more objection to meet", "%(n)s more objections to meet", n)  # noqa: E731
    return _first_of(OBJECTED.rows(reader=person), _objection, more, "red")


def _objection(one: Objection) -> Need:
    unnamed = _("Somebody objects: answer it, or write a version that meets it")
    named = _("%(name)s objects: answer it, or write a version that meets it") % {"name": one.raised_by.called}
    what, title, at = unnamed if one.for_another else named, one.proposal.title, one.get_absolute_url()
    due, spoken = one.proposal.closes_at, one.proposal.community.language
    about = one.proposal.subject_id
    return Need("red", what, title, at, one.raised_at, language=spoken, due=due, about=about)


def _first_of(
    rows: Sequence[Any], need: Callable[[Any], Need], more: Callable[[int], str], phase: str
) -> Iterator[Need]:
    """How many more there are is said of each community, with its rounds."""

    def further(left: Sequence[Any]) -> Need:
        here, n = left[0].proposal.community, len(left)
        at = reverse("proposals", args=[here.slug])
        return Need(phase, more(n) % {"n": n}, here.title, at, clock.now(), language=here.language)

    return first_of(rows, need, lambda row: row.proposal.community_id, further)


def _objected() -> Any:
    mine = Objection.objects.visible_to(READER).standing().filter(proposal__opened_by=READER.pk, **OPEN)
    of_this = Q(raised_on__gte=F("proposal__number")) | Q(kept_on=F("proposal__number"))
    unmoved = mine.filter(of_this, proposal__community__in=settled(READER, belonging))
    meetable = unmoved.filter(proposal__matter__in=[one.kind for one in matters() if one.newest])
    rows = meetable.exclude(raised_by=READER.pk).select_related("raised_by", "proposal__community")
    return rows.order_by("raised_at", "pk")[:MOST_COUNTED]


def asked(person: Any) -> Iterator[Need]:
    """Questions that nobody has answered, for who opened the round or wrote its text."""
    more = lambda n: ngettext("%(n)s more question to answer", "%(n)s more questions to answer", n)  # noqa: E731
    need = lambda one: _need(_("Asked in the round: %(text)s"), one, one.asked_at)  # noqa: E731
    return _first_of(ASKED.rows(reader=person), need, more, "obj")


def _asked() -> Any:
    made = Party.objects.filter(proposal=OuterRef("proposal"), person=READER.pk, part__in=MAKES_THE_TEXT)
    rows = Question.objects.visible_to(READER).filter(Exists(made.everywhere(WHY)), ~Exists(_answers()), **OPEN)
    here = rows.filter(proposal__community__in=settled(READER, belonging))
    return here.exclude(asked_by=READER.pk).select_related("proposal__community").order_by("asked_at")[:MOST_COUNTED]


def answered(person: Any) -> Iterator[Need]:
    """One's own questions that somebody else answered in the last days."""
    rows = ANSWERED.rows(reader=person, since=clock.now() - timedelta(days=ANSWER_DAYS))
    more = lambda n: ngettext(  # noqa: E731
        "%(n)s more question of yours was answered", "%(n)s more questions of yours were answered", n
    )
    need = lambda one: _need(_("Your question was answered: %(text)s"), one, one.answered_at)  # noqa: E731
    return _first_of(rows, need, more, "obj")


def _answered() -> Any:
    last = _answers().exclude(person=READER.pk).order_by("-said_at").values("said_at")[:1]
    mine = Question.objects.visible_to(READER).filter(asked_by=READER.pk).annotate(answered_at=Subquery(last))
    rows = mine.filter(answered_at__gt=Place("since", DateTimeField()), proposal__decided_at=None)
    return rows.select_related("proposal__community").order_by("answered_at")[:MOST_COUNTED]


def _answers() -> Any:
    return Answer.objects.filter(question=OuterRef("pk")).everywhere(WHY)


def _need(what: str, question: Any, since: Any) -> Need:
    proposal, said_so = question.proposal, Truncator(" ".join(question.text.split())).chars(80)
    at = reverse("proposal", args=[proposal.community.slug, proposal.pk]) + f"#q-{question.pk}"
    due, spoken = proposal.closes_at, proposal.community.language
    words, about = what % {"text": said_so}, proposal.subject_id
    return Need("obj", words, proposal.title, at, since, language=spoken, due=due, about=about)


OBJECTED: Reading[Objection] = Reading(_objected)
ASKED: Reading[Question] = Reading(_asked)
ANSWERED: Reading[Any] = Reading(_answered)
