"""How a text that people wrote stands in a template: as Markdown, in its direction, with its language."""

from functools import lru_cache
from typing import Final

from django.utils.text import Truncator
from markupsafe import Markup

from commonplace.communities.models import Community
from commonplace.untrusted.markdown import plain, render, render_line
from commonplace.untrusted.scripts import is_from_the_right, language_of

REMEMBERED: Final = 2_000


def written(text: object, community: object = None) -> Markup:
    """The attributes of an element that holds this text alone."""
    usual = community.language if isinstance(community, Community) else ""
    language = language_of(str(text), usual)
    return Markup(' dir="auto" lang="{}"').format(language) if language else Markup(' dir="auto"')


@lru_cache(maxsize=REMEMBERED)
def prose(text: str, mark: str = "") -> Markup:
    """Markdown that is kept without its HTML: reasons, reports, norms."""
    return Markup(render(text, mark))


@lru_cache(maxsize=REMEMBERED)
def line(text: str) -> Markup:
    """Markdown within a line: a note, a level."""
    return Markup(render_line(text).removeprefix("<p>").removesuffix("</p>"))


@lru_cache(maxsize=REMEMBERED)
def glimpse(text: str, length: int = 200) -> str:
    """The first words, without signs."""
    return Truncator(plain(render(text))).chars(length)


def apart(text: object) -> str | Markup:
    """A name within a sentence of ours: what is read from the right does not turn the rest."""
    shown = str(text)
    return Markup("<bdi>{}</bdi>").format(shown) if is_from_the_right(shown) else shown
