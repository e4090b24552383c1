"""What the pieces of the design language are shown with: rows as pages have them, none of them kept anywhere."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django import forms

from commonplace.communities.contributions import Need
from commonplace.communities.models import Community, Person
from commonplace.communities.news import Piece
from commonplace.consenting.forms import StanceForm
from commonplace.consenting.kinds import Kind
from commonplace.consenting.matter import matter_of
from commonplace.consenting.presenting.state import Fact
from commonplace.objectifying.biography import Told
from commonplace.objectifying.glances import Glance
from commonplace.objectifying.retelling import Moment
from commonplace.web.latest import Here, Subject

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SHEETS = (
    *(f"web/{sheet}" for sheet in ("fonts", "tokens", "type", "layout", "forms", "pieces", "news", "ring")),
    "consenting/round",
    "objectifying/practices",
)
LEA, OMAR = Person(name="Léa Moreau"), Person(name="Omar Haddad")
HERE = Community(slug="pump-crews", title="Pump crews", language="en")
LEVELS = [(2, "Two a month"), (1, "Four"), (0, "Six"), (-1, "Nine"), (-2, "Twelve")][::-1]


class Report(forms.Form):
    where = forms.CharField(label="Where was it used?", help_text="A place that others know.")
    adaptation = forms.CharField(label="What did you do otherwise?", widget=forms.Textarea({"rows": 2}), required=False)


class Choice(forms.Form):
    outcome = forms.ChoiceField(
        label="What came of it?", widget=forms.RadioSelect, choices=[("worked", "It worked"), ("failed", "It failed")]
    )
    again = forms.BooleanField(label="I would do it again", required=False)


def shown() -> dict[str, Any]:
    """All that `pieces.jinja` names."""
    return {
        "sheets": [f"/{sheet}.css" for sheet in SHEETS],
        "at": NOW - timedelta(hours=3),
        "soon": NOW + timedelta(days=4),
        "people": [LEA, OMAR],
        "here": HERE,
        "needs": _needs(),
        "places": [Here("Pump crews", "en", "pump-crews", _subjects())],
        "filing": SimpleNamespace(topics=[_topic("pumps"), _topic("seals")]),
        "practices": _practices(),
        "form": Report({"where": "", "adaptation": ""}),
        "chosen": Choice(),
        "effects": {"worked": "It counts as a use.", "failed": "Its steward is told."},
        "facts": [
            Fact("8 of 8 needed consent"),
            Fact("1 objection stands", "red"),
            Fact("9 days left", at=NOW),
            Fact("you have not spoken", "mine"),
        ],
        "proposal": SimpleNamespace(kind=matter_of(Kind.ACCEPTANCE), hidden=False),
        "stance": StanceForm(),
        "told": Told(_moments()),
        "levels": LEVELS,
        "looks": [_look("community", 1, "Four"), _look("sponsor", 0, "Six")],
    }


def _needs() -> list[Need]:
    at = {"since": NOW - timedelta(days=2)}
    page = "/c/pump-crews/"
    return [
        Need("obj", "Where do you stand?", "Drying a wet motor", page, due=NOW + timedelta(days=5), **at),
        Need("ext", "Did it help?", "Check valve at Alder Brook passes: how is it proved?", f"{page}exchanges/", **at),
        Need("red", "Challenged", "Clear a ragged pump by running it backwards", f"{page}practices/", act="Look", **at),
    ]


def _subjects() -> list[Subject]:
    failed = "No change: there is no high point, the vessel was half empty."
    asked = "Mine are either warm or let me feel the face of a seal."
    return [
        Subject(_piece("int", "it failed", "Stopping high-lift pumps", OMAR, failed), is_new=True, more=1),
        Subject(_piece("ext", "question", "Gloves for seal work in the cold?", LEA, asked), is_new=False),
    ]


def _piece(phase: str, what: str, title: str, who: Person, says: str) -> Piece:
    return Piece(phase, what, title, "#", "pump-crews", who, NOW - timedelta(days=1), says=says)


def _practices() -> list[tuple[Any, Glance]]:
    accepted, moving = _practice("Restarting a pump that has lost prime", "accepted"), _practice("Seals", "contested")
    return [
        (accepted, Glance("", "A pump turns but moves no water.", 27, 5)),
        (moving, Glance("", "The packing leaks more than a drip a second.", 3, 0)),
    ]


def _practice(title: str, status: str) -> Any:
    course = SimpleNamespace(agreed=3, brought=False, origin="distilled")
    return SimpleNamespace(
        title=title, status=status, status_words=status, course=course, agreed_since=NOW - timedelta(days=90),
        round=None, is_orphan=False, steward=LEA, topics=[], get_absolute_url=lambda: "#",
    )  # fmt: skip


def _moments() -> list[Moment]:
    return [
        Moment("ext", "Léa Moreau asked", "Pump 4 turns but moves no water", NOW - timedelta(days=400)),
        Moment("obj", "Omar Haddad wrote it down", "version 1", NOW - timedelta(days=359)),
        Moment("wait", "41 days"),
        Moment("obj", "It was agreed", "12 consents, an objection met", NOW - timedelta(days=318)),
        Moment("int", "Used at Brackley", "it worked", NOW - timedelta(days=300)),
    ]


def _topic(name: str) -> Any:
    return SimpleNamespace(name=name, slug=name, pk=f"{name:x<26}")


def _look(side: str, level: int, words: str) -> Any:
    return SimpleNamespace(side=SimpleNamespace(label=side), level=level, words=words, is_late=False, at=NOW)
