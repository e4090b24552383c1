"""What the gallery shows: each page with each width, theme, language and amount in pairs."""

from typing import Any

from tests.gallery.pages import PAGES
from tests.gallery.pairs import Case, pairwise
from tests.gallery.worlds import AMOUNTS

HEIGHTS = {1280: 900, 390: 844, 320: 640}
CASES = pairwise(
    {
        "page": list(PAGES),
        "width": list(HEIGHTS),
        "amount": AMOUNTS,
        "theme": ("light", "dark"),
        "language": ("en", "fr"),
    }
)


def called(case: Case) -> str:
    return "-".join(str(value).replace(", ", " ").replace(" ", "_") for value in case.values())


def at_a_browser(case: Case) -> dict[str, Any]:
    """The options of whoever opens it."""
    width = int(str(case["width"]))
    return {
        "viewport": {"width": width, "height": HEIGHTS[width]},
        "color_scheme": case["theme"],
        "locale": {"en": "en-GB", "fr": "fr-FR"}[str(case["language"])],
    }
