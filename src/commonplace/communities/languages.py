"""The languages of the pages."""

from django.conf import settings
from django.utils.translation import get_language


def spoken() -> str:
    """By whoever asks for this page: their own, else the one that they chose in the footer, else their browser's."""
    code = (get_language() or settings.LANGUAGE_CODE)[:2]
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
