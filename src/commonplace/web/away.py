"""While what all stands on is away, every page says so with 503, and the log in a line; nothing else has to be done."""

import logging
import sys

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views import defaults

from commonplace.ledger import ground

SECONDS = "10"


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    """Whatever has broken while this was asked: is it ours?"""
    if not ground.is_away(sys.exception()):
        return defaults.server_error(request)
    if not connection.in_atomic_block:
        connection.close()
    response = (
        JsonResponse({"status": "away"})
        if request.path == "/healthz"
        else render(None, "503.html", {"language": get_language()})
    )
    response.status_code = 503
    response.headers["Retry-After"] = SECONDS
    return response


class OneSentence(logging.Filter):
    """In place of where it was noticed, which is everywhere."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if error and ground.is_away(error):
            record.msg, record.args, record.exc_info = ground.sentence(error), (), None
        return True
