"""What somebody typed while their session had ended: the page that stops them carries it, and the form comes back.

It is sealed, so that the way back leads where it came from; it holds no password; it is shown to whoever the form was
made for, and nothing is done with it before they send it.
"""

import copy
import re
from typing import Any, NamedTuple

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils.datastructures import MultiValueDict

from commonplace.communities import marks
from commonplace.ledger.shown import WouldBeDone, only_shown

FIELD, SALT, MOST, SECONDS = "kept", "commonplace.kept", 256 * 2**10, 12 * 3600
SECRET = re.compile(rf"csrfmiddlewaretoken|.*password.*|code|{FIELD}", re.IGNORECASE)
SILENT = (marks.FIELD, "next")


class Kept(NamedTuple):
    """Where it was sent, and what."""

    address: str
    fields: dict[str, list[str]]

    def words(self) -> list[str]:
        """What a person would have to type again."""
        typed = (value for name, values in self.fields.items() if name not in SILENT for value in values)
        return [value for value in typed if " " in value.strip() or "\n" in value]


def of(request: HttpRequest) -> Kept:
    names = [name for name in request.POST if not SECRET.fullmatch(name)]
    return Kept(request.get_full_path(), {name: request.POST.getlist(name) for name in names})


def sealed(kept: Kept) -> str:
    """Nothing if it is too much for a page to carry."""
    size = sum(len(value) for values in kept.fields.values() for value in values)
    return signing.dumps(kept, salt=SALT, compress=True) if size <= MOST else ""


def opened(words: str) -> Kept | None:
    try:
        return Kept(*signing.loads(words, salt=SALT, max_age=SECONDS))
    except signing.BadSignature:
        return None


def remember(request: HttpRequest) -> bool:
    """What the page carried, from now on with the session of whoever signs in."""
    words = request.POST.get(FIELD, "")
    if opened(words) is None:
        return False
    request.session[FIELD] = words
    return True


def recalled(request: HttpRequest) -> Kept | None:
    """If it is theirs."""
    kept = opened(request.session.get(FIELD, ""))
    mark = "".join(kept.fields.get(marks.FIELD, [])) if kept else ""
    return kept if kept and (not mark or marks.is_of(mark, request.user)) else None


def shown(request: HttpRequest, kept: Kept, words: str) -> HttpResponse:
    """Its page with the form as it was sent; if there is no such page any more, what was typed. `words` begin it."""
    try:
        with only_shown():
            messages.info(request, words)
            answer = _asked_again(request, kept)
    except (WouldBeDone, Http404, PermissionDenied, Resolver404):
        answer = None
    if answer is not None and answer.status_code in (200, 422):
        return answer
    if not kept.words():
        return redirect(kept.address)
    return render(request, "communities/kept.jinja", {"kept": kept})


def _asked_again(request: HttpRequest, kept: Kept) -> HttpResponse:
    path, _, query = kept.address.partition("?")
    match, again = resolve(path), copy.copy(request)
    again.method, again.path, again.path_info, again.resolver_match = "POST", path, path, match
    again.GET, sent = QueryDict(query), QueryDict(mutable=True)
    for name, values in kept.fields.items():
        sent.setlist(name, values)
    vars(again).update(_post=sent, _files=MultiValueDict())
    answer: Any = match.func(again, *match.args, **match.kwargs)
    return answer if answer is not None else HttpResponse(status=404)
