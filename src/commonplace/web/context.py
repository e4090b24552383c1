"""What every page knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from commonplace.communities import kept, marks
from commonplace.ledger import sending

HIDDEN = '<input type="hidden" name="csrfmiddlewaretoken" value="{}"><input type="hidden" name="{}" value="{}">'


def page(request: HttpRequest) -> dict[str, Any]:
    return {
        "demo": settings.DEMO,
        "language": get_language() or settings.LANGUAGE_CODE,
        "csrf_input": _hidden(request),
        "carried": _carried(request),
    }


def _input(request: HttpRequest) -> SafeString:
    return format_html(HIDDEN, get_token(request), marks.FIELD, marks.made_for(request))


_hidden = lazy(_input, SafeString)


def _is_signed_in(request: HttpRequest) -> bool:
    """A page may fail before it is asked who reads it."""
    return hasattr(request, "user") and request.user.is_authenticated


def _carried(request: HttpRequest) -> str:
    """On a page that refuses a form or asks to sign in: what was sent, so that another language empties neither."""
    if not _is_signed_in(request):
        return str(vars(request).get("carried", ""))
    if request.method != "POST" or not request.POST or sending.is_done():
        return ""
    return kept.sealed(kept.of(request))
