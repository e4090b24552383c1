"""Files: shown to whoever may read a text that names them, taken from members, listed for whoever sent them."""

from typing import Final

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from commonplace.communities import pages
from commonplace.communities.limits import limited
from commonplace.communities.pages import Visit
from commonplace.communities.paging import listed
from commonplace.files import storing
from commonplace.files.addresses import in_address
from commonplace.files.kinds import Kind
from commonplace.files.limits import MINUTES, TRIES
from commonplace.files.models import File
from commonplace.files.receiving import must_belong, receive
from commonplace.files.sizes import in_words
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.reading import READER, Place, Reading

SHOWN: Final[Reading[File]] = Reading(lambda: File.objects.visible_to(READER).filter(pk=Place("pk")))
HEADERS: Final = {
    "Cache-Control": "private, no-cache",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def show(request: Visit, pk: str, name: str) -> HttpResponseBase:
    """404 alike for what is not there and what this person may not read; asked anew each time.

    Whoever is told that it is still the same puts these headers in place of those they had: so they are the same.
    """
    file = pages.there(SHOWN.first(reader=request.user, pk=pk))
    if name != in_address(file.name):
        raise Http404
    small = file.kind == Kind.PICTURE and "small" in request.GET
    etag = f'"{file.digest}{storing.SMALL if small else ""}"'
    answer = get_conditional_response(request, etag, None, None) or _sent(file, small)
    for header, value in {**HEADERS, "ETag": etag}.items():
        answer.headers[header] = value
    return answer


def index(request: Visit) -> HttpResponse:
    """One's own: with the rows of one's data, all that is kept of it."""
    page = listed(File.objects.visible_to(request.user).of(request.user), request.GET, 50)
    return render(request, "files/index.jinja", {"page": page, "sized": in_words})


def _sent(file: File, small: bool) -> FileResponse:
    try:
        content = storing.opened(file.digest, small)
    except FileNotFoundError as gone:
        raise Http404 from gone
    return FileResponse(
        content,
        as_attachment=file.kind != Kind.PICTURE,
        filename=file.name,
        content_type=file.media_type,
    )


@limited("files", most=TRIES, minutes=MINUTES)
def create(request: Visit) -> HttpResponseBase:
    """For the script of forms: one file, and what a text says to show it."""
    upload = next((file for name in request.FILES for file in request.FILES.getlist(name)), None)
    try:
        if upload is None:
            must_belong(request.user)
            raise NotPossible(_("No file came. Choose one, and send it again."))
        file = receive(request.user, upload)
    except NotPossible as reason:
        return JsonResponse({"error": str(reason)}, status=422)
    return JsonResponse({"markdown": file.in_markdown(), "name": file.name})
