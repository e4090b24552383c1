from django.http import HttpRequest, HttpResponse


def show(request: HttpRequest) -> HttpResponse:
    raise NotImplementedError
