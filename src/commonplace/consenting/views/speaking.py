"""Asking about a text, answering, saying where one stands."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from commonplace.communities import pages
from commonplace.communities.dates import localtime
from commonplace.communities.models import Person
from commonplace.communities.pages import Visit
from commonplace.communities.way_on import WayOn
from commonplace.consenting import acts, policy
from commonplace.consenting.forms import AnswerForm, ConfirmForm, EnterForm, QuestionForm, StanceForm
from commonplace.consenting.kinds import Stand
from commonplace.consenting.models import Eligible, Proposal, Stance
from commonplace.consenting.views.proposals import page, proposal_at
from commonplace.consenting.way_on import next_round
from commonplace.ledger.forms import carried_out


def take_stance(request: Visit, slug: str, pk: str) -> HttpResponse:
    """By one of the four presses, in its place on the page; or by confirming what somebody else wrote down."""
    row, confirms = proposal_at(request, slug, pk), "confirm" in request.POST
    form = ConfirmForm(request.POST) if confirms else StanceForm(request.POST)
    stance: Stance | None = carried_out(form, lambda: acts.take_stance(request.user, row, **form.cleaned_data))
    if stance is None:
        if isinstance(form, StanceForm):
            form.tell_all()
        refused = {"confirm_form" if confirms else "stance_form": form}
        return page(request, proposal_at(request, slug, pk), status=422, **refused)
    return _spoken(request, proposal_at(request, slug, pk), stance)


def _spoken(request: Visit, row: Proposal, stance: Stance) -> HttpResponse:
    """Where it ended with that, its page is another."""
    after, steps = _what_follows(request, row, stance), [next_round(request.user, row)]
    if row.is_open and pages.asks_for_a_part(request):
        return page(request, row, said=WayOn(after, steps))
    words = _("Where you stand: %(stance)s.") % {"stance": stance.get_stance_display().lower()}
    done = pages.done(request, f"{words} {after}".strip(), row, steps=steps)
    return HttpResponseClientRedirect(done["Location"]) if pages.asks_for_a_part(request) else done


def _what_follows(request: Visit, row: Proposal, stance: Stance) -> str:
    """Of an objection, and by when."""
    if stance.stance != Stand.OBJECT:
        return ""
    pages.by_the_clock_of(request, row.community)
    words = _("It is not accepted while your objection stands. Until %(when)s another text can meet it; "
              "then you are asked whether it does.")  # fmt: skip
    return words % {"when": localtime(row.closes_at)}


def enter_stance(request: Visit, slug: str, pk: str) -> HttpResponse:
    row = proposal_at(request, slug, pk)
    pages.require(policy.speaker, request.user, row)
    asked = list(row.asked.select_related("person"))
    form = EnterForm(request.POST, silent=_others(asked, request.user))
    stance: Stance | None = carried_out(form, lambda: _enter(request, row, form, asked))
    if stance is None:
        return page(request, row, status=422, enter_form=form)
    words = _("It is written down. It counts when %(name)s confirms it.") % {"name": stance.person.called}
    return pages.done(request, words, row)


def ask_about(request: Visit, slug: str, pk: str) -> HttpResponse:
    row = proposal_at(request, slug, pk)
    form = QuestionForm(request.POST, goes_between=policy.by_role.allows(request.user, row))
    question = carried_out(form, lambda: acts.ask_about(request.user, row, question=form.question(row)))
    if question is None:
        return page(request, row, "asked", status=422, question_form=form)
    return _asked(request, row, question.pk, _("Your question stands beside the text."))


def answer_question(request: Visit, slug: str, pk: str, question: str) -> HttpResponse:
    row = proposal_at(request, slug, pk)
    asked, form = get_object_or_404(row.questions, pk=question), AnswerForm(request.POST, question=question)
    answer = carried_out(form, lambda: acts.answer_question(request.user, asked, text=form.cleaned_data["text"]))
    if answer is None:
        return page(request, row, "asked", status=422, answering=form, answered=asked.pk)
    return _asked(request, row, asked.pk, _("Your answer stands under the question."))


def _asked(request: Visit, row: Proposal, question: str, words: str) -> HttpResponse:
    """In its place on the page; else the page from its beginning."""
    if not pages.asks_for_a_part(request):
        return pages.done(request, words, row)
    return page(request, proposal_at(request, row.community.slug, row.pk), "asked", said=words, on=question)


def _enter(request: Visit, row: Proposal, form: EnterForm, asked: list[Eligible]) -> Stance:
    typed = dict(form.cleaned_data)
    person = _person(asked, typed.pop("person"))
    return acts.take_stance(request.user, row, person=person, **typed)


def _others(asked: list[Eligible], person: Person) -> list[Eligible]:
    """Who has spoken meanwhile is refused with the reason."""
    return [one for one in asked if one.person_id != person.pk]


def _person(asked: list[Eligible], pk: str) -> Person:
    return next(one.person for one in asked if one.person_id == pk)
