"""What every page knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language


def page(request: HttpRequest) -> dict[str, Any]:
    return {"demo": settings.DEMO, "language": get_language() or settings.LANGUAGE_CODE}
