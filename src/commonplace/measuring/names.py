"""What the figures are called, in words that stand alone, and the phase that each is about."""

from django.utils.translation import gettext_lazy as _

NAMES = {
    "X2": _("answered by another within a week"),
    "X3": _("first response, half within"),
    "X4": _("helped, says who asked"),
    "O4.from_distil": _("written down to agreed, half within"),
    "O4.from_propose": _("proposed to agreed, half within"),
    "N3": _("agreed to first use by another, half within"),
    "C1.resolved": _("of a year's exchanges, helped"),
    "C1.item": _("of a year's exchanges, written down"),
    "C1.accepted": _("of a year's exchanges, agreed on"),
    "C1.applied": _("of a year's exchanges, used by others"),
    "C1.embedded": _("of a year's exchanges, part of the work"),
}
STAGES = {
    "C1.resolved": _("helped"),
    "C1.item": _("were written down"),
    "C1.accepted": _("were agreed on"),
    "C1.applied": _("are used by others"),
    "C1.embedded": _("are part of the work"),
}
PHASES = {
    "X": "ext",
    "O": "obj",
    "N": "int",
    "C1.r": "ext",
    "C1.i": "obj",
    "C1.ac": "obj",
    "C1.ap": "int",
    "C1.e": "int",
}


def phase_of(metric: str) -> str:
    return next(phase for start, phase in PHASES.items() if metric.startswith(start))
