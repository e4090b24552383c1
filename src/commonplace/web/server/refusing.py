"""What is refused before any page of ours is asked is told by one all the same, in the reader's language."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header
from waitress.utilities import Error, RequestEntityTooLarge

from commonplace.web.headers import HEADERS
from commonplace.web.server.limits import MOST_BODY

SECONDS = "5"


class Told(Error):
    """Page `name`, to whoever asked in the languages `accepted`; `most`: bytes that can be sent at once."""

    def __init__(self, name: str, accepted: str, most: int = MOST_BODY) -> None:
        super().__init__(name)
        self.name, self.accepted, self.most = name, accepted, most

    def to_response(self, ident: str | None = None) -> tuple[str, list[tuple[str, str]], bytes]:
        with translation.override(_language(self.accepted)):
            body = render_to_string(self.name, {"most": self.most // 2**20}).encode()
        own = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body)), "Connection": "close"}
        return f"{self.code} {self.reason}", [*(HEADERS | own).items(), *self.more()], body

    def more(self) -> list[tuple[str, str]]:
        return []


class TooLarge(Told, RequestEntityTooLarge):
    def __init__(self, accepted: str = "", most: int = MOST_BODY) -> None:
        super().__init__("413.html", accepted, most)


class Busy(Told):
    code, reason = 503, "Service Unavailable"

    def __init__(self, accepted: str = "") -> None:
        super().__init__("503_busy.html", accepted)

    def more(self) -> list[tuple[str, str]]:
        return [("Retry-After", SECONDS)]


def _language(accepted: str) -> str:
    for code, _weight in parse_accept_lang_header(accepted.lower()):
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE
