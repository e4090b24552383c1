"""Versions, each with a permanent address and what changed; and writing a new one."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from commonplace.communities import pages
from commonplace.communities.limits import limited
from commonplace.communities.pages import Visit
from commonplace.communities.paging import key
from commonplace.consenting import acts as rounds
from commonplace.consenting import contents as put
from commonplace.consenting.kinds import Kind
from commonplace.consenting.models import Objection, Proposal
from commonplace.ledger.act import may, why_not
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.forms import carried_out
from commonplace.objectifying import acts, minor, policy
from commonplace.objectifying.acts.revising import objections_to
from commonplace.objectifying.answering import named_by, to_answer
from commonplace.objectifying.differences import changes
from commonplace.objectifying.for_whom import change_at
from commonplace.objectifying.forms import ReviseForm, as_typed
from commonplace.objectifying.merging import Merged, merged, overwritten
from commonplace.objectifying.models import PARTS, MinorEdit, Practice, Version
from commonplace.objectifying.moves import refusal
from commonplace.objectifying.reach import Reach
from commonplace.objectifying.views.practices import practice_at
from commonplace.untrusted.lines import of_one_kind

NEAR = 10


@limited("difference", most=300, minutes=10, reading=True)
def show(request: Visit, slug: str, pk: str, number: int) -> HttpResponse:
    practice = practice_at(request, slug, pk)
    version = get_object_or_404(practice.versions.select_related("author", "agreement"), number=number)
    older = practice.versions.filter(number=_number(request.GET.get("against", ""), number - 1)).first()
    context = {
        **{"practice": practice, "community": practice.community, "version": version, "older": older},
        "changes": changes(older, version) if older else [],
        **{"edit": _edit(practice, version), "acts": acts},
        "objection": _objection(request, practice, version.meets),
        "named": named_by(practice, number),
        **_next(request, practice, version),
        **_for_whom(request, practice, version),
        "numbers": range(max(number - NEAR, 1), min(number + NEAR, practice.course.latest) + 1),
    }
    return render(request, "objectifying/version.jinja", context)


def _next(request: Visit, practice: Practice, version: Version) -> dict[str, Any]:
    """What becomes of the newest text, where it is not agreed on: it goes to the open round, or to one of its own."""
    course = practice.course
    if version.number < course.latest or version.number == course.agreed or _edit(practice, version):
        return {}
    if course.on:
        opened = Proposal.objects.visible_to(request.user).on(practice, Kind.ACCEPTANCE).open()
        proposal = opened.select_related("opened_by", "community").get()
        moves = version.number > proposal.number and may(rounds.amend, request.user, proposal)
        hindrance = why_not(rounds.amend, request.user, proposal, number=version.number) if moves else ""
        return {"proposal": proposal, "moves": moves, "hindrance": hindrance}
    refused = refusal("proposal.opened", practice.status, Kind.ACCEPTANCE)
    return {"may_propose": refused is None and may(rounds.propose, request.user, practice)}


def _for_whom(request: Visit, practice: Practice, version: Version) -> dict[str, Any]:
    """Of the newest, too, where that can still be changed."""
    at = change_at(request.user, practice) if version.number == practice.course.latest else ""
    return {"reach": Reach(version, practice.community), "change_at": at}


def _edit(practice: Practice, version: Version) -> MinorEdit | None:
    """The minor edit that waits, where this version is one."""
    edit = minor.waiting(practice)
    return edit if edit and edit.version_id == version.pk else None


def new(request: Visit, slug: str, pk: str) -> HttpResponse:
    """`?application=` a report that it answers, `?objection=` what it is written to meet, `?challenge=` one that it
    answers; and what the newest version, if nobody agreed on it yet, said of others."""
    practice = practice_at(request, slug, pk)
    pages.require(policy.member, request.user, practice)
    newest, objection = practice.newest_version, _objection(request, practice, key(request.GET, "objection"))
    known: dict[str, Any] = {part: getattr(newest, part) for part in PARTS}
    known |= {"application": request.GET.get("application", ""), "meets": objection.pk if objection else ""}
    answers = [*_named(practice, newest), key(request.GET, "challenge")]
    known |= as_typed(newest.for_whom) | {"answers": answers}
    form = ReviseForm(initial=known, reader=request.user, **_offered(practice))
    return _page(request, practice, form, newest, objection=objection)


def create(request: Visit, slug: str, pk: str) -> HttpResponse:
    practice = practice_at(request, slug, pk)
    base = get_object_or_404(practice.versions, number=_number(request.POST.get("base", ""), 0))
    began = practice.versions.filter(number=_number(request.POST.get("began", ""), base.number)).first() or base
    form = _form(request.user, practice, request.POST, began, base, request.FILES)
    version = carried_out(form, lambda: _revised(request, practice, form, base))
    if version:
        return pages.done(request, _("Version %(n)s is saved.") % {"n": version.number}, version)
    objection = _objection(request, practice, key(request.POST, "meets"))
    more: dict[str, Any] = {"base": base, "began": began, "objection": objection}
    newest = practice.newest_version
    if base != newest and form.is_bound and PARTS.keys() <= getattr(form, "cleaned_data", {}).keys():
        meanwhile = merged(base, newest, form.version(), form.for_whom())
        form = _with_theirs(request, practice, base, form, meanwhile, began, newest)
        more |= {"base": newest, "meanwhile": meanwhile}
    return _page(request, practice, form, newest, status=422, **more)


def _form(reader: Any, practice: Practice, data: Any, began: Version, base: Version, files: Any = None) -> ReviseForm:
    """A form sent on top of what somebody else wrote since one began asks for each part in which it undoes that."""
    form = ReviseForm(data, files, reader=reader, **_offered(practice, data.getlist("answers")))
    if began != base:
        mine = Version(**{part: of_one_kind(data.get(part, "")) for part in PARTS})
        form.ask_before_overwriting(overwritten(began, base, mine), base.number)
    return form


def _with_answers(practice: Practice, request: Visit, base: Version, newest: Version) -> QueryDict:
    """What the other said it answers is ticked, too, as their text is taken over."""
    data, before = request.POST.copy(), _named(practice, base)
    theirs = [one for one in _named(practice, newest) if one not in before]
    data.setlist("answers", [*data.getlist("answers"), *theirs])
    return data


def _with_theirs(
    request: Visit,
    practice: Practice,
    base: Version,
    refused: ReviseForm,
    meanwhile: Merged,
    began: Version,
    newest: Version,
) -> ReviseForm:
    """What only the other changed stands in the form now; where both did, it asks. No tick was missing so far."""
    data = _with_answers(practice, request, base, newest)
    for part, text in meanwhile.texts.items():
        data[part] = text
    if meanwhile.audience:
        for name, typed in as_typed(meanwhile.audience).items():
            data.setlist(name, typed if isinstance(typed, list) else [typed])
    form = _form(request.user, practice, data, began, newest)
    form.is_valid()
    for name in [name for name in form.errors if name.startswith("over_")]:
        del form.errors[name]
    for message in refused.non_field_errors():
        form.add_error(None, message)
    return form


def _objection(request: Visit, practice: Practice, pk: str) -> Objection | None:
    rows = objections_to(practice, request.user).filter(pk=pk) if pk else objections_to(practice, request.user).none()
    return rows.select_related("raised_by", "heard_by", "proposal__community").first()


def _revised(request: Visit, practice: Practice, form: ReviseForm, base: Version) -> Version:
    is_minor, ticked = form.cleaned_data.get("minor", False), form.cleaned_data.get("answers", [])
    answers = [one for one in to_answer(practice, ticked) if one.pk in ticked]
    return acts.revise(
        request.user,
        practice,
        version=form.version(),
        base=base,
        minor=is_minor,
        answers=answers,
        audience=form.for_whom(),
    )


def _offered(practice: Practice, ticked: Sequence[str] = ()) -> dict[str, Any]:
    return {
        "may_be_minor": _may_be_minor(practice),
        "challenges": to_answer(practice, ticked),
        "community": practice.community,
    }


def _named(practice: Practice, version: Version) -> list[str]:
    """Ids of challenges that a version says it answers; what is agreed on has said so already."""
    if not practice.course.challenges or version.number == practice.course.agreed:
        return []
    return [one.pk for one in named_by(practice, version.number) if one.is_open]


def _may_be_minor(practice: Practice) -> bool:
    """What is agreed on is the newest text, and nothing else of it is under way."""
    course = practice.course
    return 0 < course.agreed == course.latest and not course.on


def find_fine(request: Visit, slug: str, pk: str, number: int) -> HttpResponse:
    words = _("It holds in seven days, unless somebody makes it a round.")
    return _pressed(request, slug, pk, number, acts.find_fine, words)


def take_back(request: Visit, slug: str, pk: str, number: int) -> HttpResponse:
    return _pressed(request, slug, pk, number, acts.take_back_edit, _("Your edit is taken back."))


def _pressed(request: Visit, slug: str, pk: str, number: int, perform: Callable[..., Any], words: str) -> HttpResponse:
    """A button has nothing typed to keep: the answer is a sentence above the page of the version."""
    practice = practice_at(request, slug, pk)
    edit = get_object_or_404(practice.minor_edits.select_related("version", "agreement"), version__number=number)
    try:
        perform(request.user, edit)
        messages.success(request, words)
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    return redirect("practice_version", slug, pk, number)


def _page(
    request: Visit, practice: Practice, form: ReviseForm, newest: Version, status: int = 200, **more: Any
) -> HttpResponse:
    """`base`: the version whose text is in the form; once what was written since is shown too, that. `began`: the one
    that its writer had before them first."""
    context = {
        "community": practice.community,
        "practice": practice,
        "form": form,
        "version": newest,
        "base": newest,
        "to_meet": _others(put.to_meet(request.user, practice, Kind.ACCEPTANCE), more.get("objection")),
        "began": newest,
        "hindrance": why_not(acts.revise, request.user, practice),
    }
    return render(request, "objectifying/revise.jinja", context | more, status=status)


def _others(to_meet: put.ToMeet, named: Objection | None) -> put.ToMeet:
    """The one that is named stands by itself."""
    return replace(to_meet, objections=[one for one in to_meet.objections if one != named])


def _number(typed: str, otherwise: int) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else otherwise
