"""What higher phases add to a practice's page: they append here at start-up, and ship the partial that shows it."""

from collections.abc import Callable
from typing import Any

from commonplace.communities.pages import Visit
from commonplace.objectifying.models import Practice

PANELS: list[Callable[[Visit, Practice], dict[str, Any]]] = []


def added(request: Visit, practice: Practice) -> dict[str, Any]:
    """The context of all panels together."""
    context: dict[str, Any] = {}
    for panel in PANELS:
        context |= panel(request, practice)
    return context
