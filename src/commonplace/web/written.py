"""How a text that people wrote stands in a template: as Markdown, in its direction, with its language."""

from functools import lru_cache
from typing import Final

from django.utils.text import Truncator
from django.utils.translation import get_language
from markupsafe import Markup

from commonplace.communities.models import Community
from commonplace.untrusted.markdown import plain, render, render_line
from commonplace.untrusted.scripts import is_from_the_right, language_of

REMEMBERED: Final = 2_000


def written(text: object, community: object = None) -> Markup:
    """The attributes of an element that holds this text alone."""
    language = language_of(str(text), _usual(community))
    return Markup(' dir="auto" lang="{}"').format(language) if language else Markup(' dir="auto"')


@lru_cache(maxsize=REMEMBERED)
def prose(text: str, mark: str) -> Markup:
    """Markdown that is kept without its HTML: reasons, reports, norms."""
    return Markup(render(text, mark))


@lru_cache(maxsize=REMEMBERED)
def line(text: str) -> Markup:
    """Markdown within a line: a note, a level."""
    return Markup(render_line(text).removeprefix("<p>").removesuffix("</p>"))


@lru_cache(maxsize=REMEMBERED)
def glimpse(text: str, length: int = 200) -> str:
    """The first words, without signs."""
    return Truncator(plain(render(text, ""))).chars(length)


def apart(text: object, community: object = None) -> str | Markup:
    """Within a sentence of ours: what is read from the right does not turn the rest, another language is said so."""
    shown = str(text)
    language = language_of(shown, _usual(community))
    if language and language != get_language():
        return Markup('<bdi lang="{}">{}</bdi>').format(language, shown)
    return Markup("<bdi>{}</bdi>").format(shown) if is_from_the_right(shown) else shown


def _usual(community: object) -> str:
    """Of a community, or the language itself."""
    return community.language if isinstance(community, Community) else str(community or "")
