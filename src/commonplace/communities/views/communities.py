from django.http import HttpRequest, HttpResponse


def index(request: HttpRequest) -> HttpResponse:
    raise NotImplementedError


def show(request: HttpRequest, slug: str) -> HttpResponse:
    raise NotImplementedError
