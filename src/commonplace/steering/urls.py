from django.http import HttpRequest, HttpResponse
from django.urls import path


def _not_yet(request: HttpRequest, slug: str) -> HttpResponse:
    raise NotImplementedError


urlpatterns = [path("", _not_yet, name="objectives")]
