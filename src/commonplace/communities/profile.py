"""Structuring characteristics of a community (theory §1.1): a handful of the typology's 21, all optional."""

from typing import Any

from django.utils.translation import gettext_lazy as _

Words = Any  # a lazy translation
TRAITS: dict[str, tuple[Words, list[tuple[str, Words]]]] = {
    "size": (
        _("Size"),
        [("small", _("Small: up to 15")), ("medium", _("Medium: up to 150")), ("large", _("Large: more than 150"))],
    ),
    "spread": (
        _("Spread"),
        [
            ("one_place", _("In one place")),
            ("places", _("In several places")),
            ("countries", _("In several countries")),
        ],
    ),
    "life_span": (_("Life span"), [("bounded", _("For a time")), ("open", _("For as long as it is of use"))]),
    "boundaries": (
        _("Boundaries it crosses"),
        [
            ("unit", _("None: within one unit")),
            ("units", _("Between units")),
            ("organizations", _("Between organizations")),
        ],
    ),
    "environment": (
        _("Environment"),
        [("favourable", _("Favourable")), ("neutral", _("Neutral")), ("difficult", _("Difficult"))],
    ),
}


def codes(profile: dict[str, str]) -> list[str]:
    """As the ledger spells what was chosen: `size.small`."""
    return [f"{name}.{profile[name]}" for name in TRAITS if profile.get(name)]


def all_codes() -> set[str]:
    return {f"{name}.{code}" for name, (_label, choices) in TRAITS.items() for code, _words in choices}


def in_words(profile: dict[str, str]) -> list[tuple[Words, Words]]:
    """Trait -> choice, both as people read them; what is unknown is left out."""
    chosen = [(label, dict(choices).get(profile.get(name, ""))) for name, (label, choices) in TRAITS.items()]
    return [(label, choice) for label, choice in chosen if choice]
