"""Pictures of people, for whoever is signed in; each is a file of ours, written by ourselves."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404

from commonplace.communities.models import Person

HEADERS = {"Cache-Control": "private, max-age=86400", "Content-Security-Policy": "default-src 'none'; sandbox"}


def show(request: HttpRequest, name: str) -> FileResponse:
    get_object_or_404(Person, picture=f"pictures/{name}")
    try:
        file = default_storage.open(f"pictures/{name}")
    except FileNotFoundError as gone:
        raise Http404 from gone
    return FileResponse(file, content_type="image/jpeg", headers=HEADERS)
