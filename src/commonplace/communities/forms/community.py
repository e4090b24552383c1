"""Founding a community and changing what it says of itself: a short form; the rest is folded away with defaults."""

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonplace.communities import profile, zones
from commonplace.communities.acts.founding import is_shared
from commonplace.communities.forms.fields import LanguageField, OneLine, ZoneField, days, words
from commonplace.communities.languages import spoken
from commonplace.communities.models import Charter, Community, Person, Stage, Visibility
from commonplace.communities.models.charter import BOUNDS, RULE, TERMS
from commonplace.communities.models.kinds import WIDTH

OWN = ("title", "visibility", "stage", "language", "time_zone")
FOLDED = ("slug", *RULE, "stage")
PROFILE = "profile_"
NORMS = _(
    "Ask early; an unfinished question is welcome. Say what you tried. Tell whoever helped you that it helped. "
    "Give credit. What did not work is worth telling too."
)


class RuleForm(forms.Form):
    """How a community decides. Once it is two people or more, this changes by a round."""

    quorum = forms.IntegerField(
        label=_("Quorum"),
        required=False,
        min_value=BOUNDS["quorum"][0],
        max_value=BOUNDS["quorum"][1],
        help_text=_("How many must consent. Left empty, it follows from how many take part."),
    )
    round_days = days(_("Days of a consent round"), 14, BOUNDS["round_days"])
    refusal_days = days(_("Days to refuse one's words in a practice"), 7, BOUNDS["refusal_days"])
    review_days = days(_("Days until a practice is looked at again"), 365, BOUNDS["review_days"])
    hidden_stances = forms.BooleanField(
        label=_("Show where people stand only once a round has closed"),
        required=False,
        help_text=_("Questions and objections are shown at once: they are to be met."),
    )

    letters_quote = forms.BooleanField(
        label=_("Letters and feeds may quote what is said here"),
        required=False,
        help_text=_(
            "Of a closed or private community they bring titles only, unless this says otherwise; of an open one "
            "they quote anyway. Mail and feeds lie with others once they are sent."
        ),
    )

    def rule(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in RULE}


# In plain words, with an example; the term of the theory beneath.
STAGES: dict[Stage, tuple[Any, Any]] = {
    Stage.POTENTIAL: (
        _("People find each other"),
        _("For instance: you know five who have the same questions. (Potential)"),
    ),
    Stage.COALESCING: (
        _("They get to know each other, and first answers help"),
        _("For instance: questions are answered within days, by the same few. (Coalescing)"),
    ),
    Stage.MATURING: (
        _("They settle what it is about, who does what, and what is not theirs"),
        _("For instance: pumps yes, valves no; Ines looks after the procedures. (Maturing: focus, role and boundary)"),
    ),
    Stage.STEWARDSHIP: (
        _("They keep fresh what they agreed on"),
        _("For instance: each procedure has somebody who looks at it once a year. (Stewardship)"),
    ),
    Stage.TRANSFORMATION: (
        _("It lets go, splits, or ends"),
        _("For instance: the plant closes, and another community takes the procedures over. (Transformation)"),
    ),
}


class CommunityForm(forms.Form):
    title = OneLine(label=_("Title"), max_length=120)
    domain = words(_("Domain"), rows=2, help_text=_("What is it about? What do its members know, or want to know?"))
    purpose = words(_("Purpose"), required=False, help_text=_("What is it for, and for whom?"))
    norms = words(_("Norms"), required=False, help_text=_("How we treat each other here."))
    visibility = forms.ChoiceField(label=_("Visibility"), choices=Visibility.choices, widget=forms.RadioSelect)
    language = LanguageField()
    time_zone = ZoneField(help_text=_("Deadlines are in this zone; everybody sees them in their own."))
    stage = forms.ChoiceField(
        label=_("How far it is"),
        choices=[(one, words) for one, (words, _so) in STAGES.items()],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, choices) in profile.TRAITS.items():
            options = [("", _("Not said")), *choices]
            self.fields[PROFILE + name] = forms.ChoiceField(label=label, choices=options, required=False)

    def shown(self) -> Iterator[forms.BoundField]:
        return (bound for bound in self if not _is_folded(bound.name))

    @property
    def examples(self) -> dict[str, Any]:
        """Of each stage."""
        return {one.value: example for one, (_words, example) in STAGES.items()}

    def folded(self) -> Iterator[forms.BoundField]:
        return (bound for bound in self if _is_folded(bound.name))

    def has_folded_errors(self) -> bool:
        return any(_is_folded(name) for name in self.errors)

    def terms(self) -> dict[str, Any]:
        """For the charter."""
        return {name: self.cleaned_data[name] for name in TERMS if name in self.cleaned_data}

    def own(self) -> dict[str, Any]:
        """For the community's own columns."""
        traits = {name: self.cleaned_data[PROFILE + name] for name in profile.TRAITS}
        return {name: self.cleaned_data[name] for name in OWN} | {
            "profile": {name: value for name, value in traits.items() if value}
        }


class FoundForm(RuleForm, CommunityForm):
    slug = forms.SlugField(
        label=_("Address"),
        max_length=60,
        required=False,
        help_text=_("The last part of its address; left empty, it is made from the title."),
    )

    def community(self) -> Community:
        return Community(slug=self.cleaned_data["slug"] or self._suggested(), **self.own())

    def _suggested(self) -> str:
        wished = slugify(self.cleaned_data["title"])[:50].strip("-") or gettext("community")
        taken = (
            Community.objects.filter(slug__startswith=wished)
            .everywhere("a slug is unique")
            .values_list("slug", flat=True)
        )
        others = {str(slug) for slug in taken}
        return next(slug for slug in (wished, *(f"{wished}-{n}" for n in range(2, 10_000))) if slug not in others)


def blank(founder: Person) -> FoundForm:
    """It speaks as whoever founds it does, and its days are theirs, until they say otherwise."""
    defaults = {
        "norms": NORMS,
        "visibility": Visibility.OPEN,
        "language": founder.language or spoken(),
        "time_zone": founder.time_zone or zones.of_the_server(),
        "stage": Stage.POTENTIAL,
    }
    return FoundForm(initial=defaults)


def filled(community: Community, charter: Charter) -> CommunityForm:
    own = {name: getattr(community, name) for name in OWN}
    traits = {PROFILE + name: value for name, value in community.profile.items()}
    return _within(community, CommunityForm(initial=charter.terms() | own | traits))


def changing(community: Community, typed: Any) -> CommunityForm:
    return _within(community, CommunityForm(typed))


def _within(community: Community, form: CommunityForm) -> CommunityForm:
    """Who may read here grows by a round: offered is what is no wider, while others could agree."""
    if is_shared(community):
        most = WIDTH.index(Visibility(community.visibility))
        kept = {one.value for one in WIDTH[: most + 1]}
        field = form.fields["visibility"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [choice for choice in Visibility.choices if choice[0] in kept]
        field.help_text = _("Wider, it changes by a round.")
    return form


def fingerprint(community: Community) -> str:
    """Of all that the form shows, as it is now: whoever saves says by it from what they began."""
    initial = filled(community, community.charter).initial
    return sha256(json.dumps(initial, sort_keys=True, default=str).encode()).hexdigest()


def changed_meanwhile(community: Community, form: CommunityForm) -> list[tuple[str, str]]:
    """(label, text) of what reads otherwise now than it was typed."""
    now = filled(community, community.charter)
    typed = {name: form.data.get(name, "") for name in now.fields}
    shown = {name: now.initial.get(name) for name in now.fields}
    return [
        (str(now.fields[name].label), _in_words(now.fields[name], value))
        for name, value in shown.items()
        if _spelled(typed[name]) != _spelled(value)
    ]


def _spelled(value: Any) -> str:
    return "" if value is None else str(value).replace("\r\n", "\n").strip()


def _in_words(field: forms.Field, value: Any) -> str:
    offered: Any = field.choices if isinstance(field, forms.ChoiceField) else ()
    choices = dict(offered)
    return str(choices.get(value, _spelled(value)))


def _is_folded(name: str) -> bool:
    return name in FOLDED or name.startswith(PROFILE)
