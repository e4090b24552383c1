"""A way on: what happened or what waits, in a sentence, and the few steps that come next.

A page says it of what stands in its rows, for whoever returns later; an act says with its sentence what only the
moment knows (`pages.done`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from commonplace.communities.models import Community

MOST_STEPS = 3


@dataclass(frozen=True, slots=True)
class Step:
    """What can be done next: a button among those of the page, or a link beside a sentence."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class WayOn:
    words: str
    steps: Sequence[Step] = ()

    def __html__(self) -> SafeString:
        links = [(step.href, step.label) for step in self.steps[:MOST_STEPS]]
        return format_html("{} {}", self.words, format_html_join(" · ", '<a href="{}">{}</a>', links))


def to_say_hello(community: Community) -> Step:
    return Step(_("Say hello"), reverse("hello", args=[community.slug]))


def of_a_newcomer(community: Community) -> list[Step]:
    """Whoever has just joined says who they are, asks, or reads what is used."""
    return [
        to_say_hello(community),
        Step(_("Ask something"), reverse("ask", args=[community.slug])),
        Step(_("Read what is used most here"), f"{reverse('practices', args=[community.slug])}?most-used"),
    ]
