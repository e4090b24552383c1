"""DOCX as Markdown."""

from collections.abc import Iterator
from typing import Any, Final

from commonplace.untrusted.documents.found import Noted, Place
from commonplace.untrusted.documents.packages import Package, looked_through
from commonplace.untrusted.documents.pages import markdown_of

_IGNORED: Final = "unrecognised element was ignored"
_STYLES: Final = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
r[style-name='Strong'] => strong
"""


def markdown_of_docx(data: bytes, place: Place) -> tuple[str, list[Noted]]:
    """Its words as accepted: without comments and what was struck out. Never what is elsewhere."""
    import mammoth  # takes longer than reading most texts

    package = looked_through(data, place.file)
    made = mammoth.convert_to_html(
        package.data,
        style_map=_STYLES,
        include_embedded_style_map=False,
        external_file_access=False,
        convert_image=_without_picture,
    )
    ignored = any(_IGNORED in message.message for message in made.messages)
    return markdown_of(made.value), list(_notes(package, place, ignored))


def _without_picture(image: Any) -> list[Any]:
    """What it is called stays; the picture is not read."""
    import mammoth

    text: str = image.alt_text or ""
    return [mammoth.html.text(text)] if text else []


def _notes(package: Package, place: Place, ignored: bool) -> Iterator[Noted]:
    if package.has_macros:
        yield Noted(place, "macros")
    if package.leaves_something_out or ignored:
        yield Noted(place, "left_out")
