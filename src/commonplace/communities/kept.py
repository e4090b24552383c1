"""What somebody typed while their session had ended: the page that stops them carries it, and the form comes back.

It is sealed, so that the way back leads where it came from; it holds no password; it is shown to whoever the form was
made for, and nothing is done with it before they send it.
"""

import copy
import hashlib
import re
from typing import Any, NamedTuple

from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from django.contrib.messages import INFO
from django.contrib.messages.storage import default_storage
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.response import SimpleTemplateResponse
from django.urls import Resolver404, resolve
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from commonplace.communities import marks
from commonplace.ledger import ids
from commonplace.ledger.shown import WouldBeDone, only_shown

FIELD, SALT, MOST, SECONDS = "kept", "commonplace.kept", 256 * 2**10, 12 * 3600
FORMS = 6
SECRET = re.compile(rf"csrfmiddlewaretoken|.*password.*|code|{FIELD}", re.IGNORECASE)
NO_PAGE = (WouldBeDone, Http404, PermissionDenied, Resolver404)
SILENT = re.compile(rf"{marks.FIELD}|next|action_\w+")
CODE = re.compile(rf"[{ids.ALPHABET}]{{{ids.LENGTH}}}|\d+|on")


class Kept(NamedTuple):
    """Where it was sent, and what; `files`: some were chosen, too, which no page carries."""

    address: str
    fields: dict[str, list[str]]
    files: bool = False

    def words(self) -> list[str]:
        """What a person may have to type again: all but names of buttons, ids, numbers and ticks."""
        sent = (value.strip() for name, values in self.fields.items() if not SILENT.fullmatch(name) for value in values)
        return [value for value in sent if value and not CODE.fullmatch(value)]

    def mark(self) -> str:
        return "".join(self.fields.get(marks.FIELD, []))


def of(request: HttpRequest) -> Kept:
    names = [name for name in request.POST if not SECRET.fullmatch(name)]
    return Kept(request.get_full_path(), {name: request.POST.getlist(name) for name in names}, bool(request.FILES))


def sealed(kept: Kept) -> str:
    """Nothing if it is too much for a page to carry."""
    size = sum(len(text) for name, values in kept.fields.items() for text in (name, *values))
    return signing.dumps(kept, salt=SALT, compress=True) if size <= MOST else ""


def opened(words: str) -> Kept | None:
    try:
        return Kept(*signing.loads(words, salt=SALT, max_age=SECONDS))
    except signing.BadSignature:
        return None


def remember(request: HttpRequest) -> str:
    """What the page carried is from now on with the session of whoever signs in: under this name, empty if nothing.

    Each form that was open has its own; one that was sent meanwhile stays sent.
    """
    words = request.POST.get(FIELD, "")
    if (kept := opened(words)) is None:
        return ""
    pk = hashlib.sha256(repr(kept).encode()).hexdigest()[:16]
    held = {pk: words, **request.session.get(FIELD, {})}
    request.session[FIELD] = dict(sorted(held.items(), key=lambda one: (one[0] == pk, not _led(one[1])))[-FORMS:])
    return pk


def recalled(request: HttpRequest, pk: str) -> Kept | str:
    """If it is theirs. Where it led, if it was sent."""
    words = request.session.get(FIELD, {}).get(pk, "")
    kept = opened(words)
    if kept is None:
        return _led(words)
    return kept if not kept.mark() or marks.is_of(kept.mark(), request.user) else ""


def is_sent(request: HttpRequest, address: str) -> None:
    """This form was carried out and led to the address: nothing says any more that it was not sent."""
    forms = request.session.get(FIELD, {})
    for pk, words in forms.items():
        kept = opened(words)
        if kept and (kept.address, kept.mark()) == (request.get_full_path(), request.POST.get(marks.FIELD, "")):
            request.session[FIELD] = forms = {**forms, pk: address}


def _led(words: str) -> str:
    return words if words.startswith("/") else ""


def shown(request: HttpRequest, kept: Kept, words: str) -> HttpResponse:
    """Its page with the form as it was sent, begun by `words`; if there is no such page any more, what was typed."""
    again = _sent_again(request, kept)
    notes = default_storage(again)
    notes.add(INFO, words if kept.words() else _("Nothing was sent yet: press the button again."))
    if kept.files:
        notes.add(INFO, _("The files that you chose were not kept: choose them again."))
    vars(again).update(_messages=notes)
    try:
        with only_shown():
            answer = _asked(again)
    except (*NO_PAGE, ImmediateHttpResponse, ReauthenticationRequired):
        answer = None
    if answer is not None and answer.status_code in (200, 422):
        vars(request).update(_messages=notes)
        return answer
    if not kept.words():
        return redirect(kept.address)
    return render(request, "communities/kept.jinja", {"kept": kept})


def _sent_again(request: HttpRequest, kept: Kept) -> HttpRequest:
    path, _mark, query = kept.address.partition("?")
    again = copy.copy(request)
    again.method, again.path, again.path_info = "POST", path, path
    again.GET, sent = QueryDict(query), QueryDict(mutable=True)
    for name, values in kept.fields.items():
        sent.setlist(name, values)
    vars(again).update(_post=sent, _files=MultiValueDict(), session=_apart(request.session))
    return again


def _apart(session: Any) -> Any:
    """What a view does to it on the way, such as emptying it, is not done."""
    apart = copy.copy(session)
    vars(apart).update(_session_cache=dict(session.items()))
    return apart


def _asked(again: HttpRequest) -> HttpResponse:
    match = again.resolver_match = resolve(again.path_info)
    answer: Any = match.func(again, *match.args, **match.kwargs)
    if isinstance(answer, SimpleTemplateResponse):
        answer.render()
    return answer if answer is not None else HttpResponse(status=404)
