"""How somebody wants letters: the digest, and each kind of each of their communities."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import time
from typing import Any

from django import forms
from django.utils.formats import time_format
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Community
from commonplace.corresponding.letters.wishes import kinds
from commonplace.corresponding.models import DigestWish, How, Often


def _hours() -> list[tuple[int, str]]:
    return [(hour, time_format(time(hour))) for hour in range(24)]


class LettersForm(forms.Form):
    """A field for each community and kind, named after both."""

    often = forms.ChoiceField(
        label=_("A digest of what you have not read"),
        help_text=_("Nothing is sent when there is nothing."),
        choices=Often.choices,
        widget=forms.RadioSelect,
    )
    hour = forms.TypedChoiceField(
        label=_("At what hour"), help_text=_("By the clocks where you are."), choices=_hours, coerce=int
    )

    def __init__(self, communities: Iterable[Community], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.communities = list(communities)
        for community in self.communities:
            for kind in kinds():
                self._add(_name(community, kind.name), str(kind.many))

    def _add(self, name: str, label: str) -> None:
        """What the page did not ask yet, of a community joined meanwhile, stays as it is."""
        is_asked = not self.is_bound or name in self.data
        self.fields[name] = forms.ChoiceField(label=label, choices=How.choices, required=is_asked)

    @classmethod
    def of(cls, communities: Iterable[Community], digest: DigestWish, chosen: Mapping[tuple[str, str], str]) -> Any:
        """As they want them now."""
        named = {f"{community}-{kind}": how for (community, kind), how in chosen.items()}
        form = cls(communities, initial={"often": digest.often, "hour": digest.hour, **named})
        for name, one in form.fields.items():
            form.initial.setdefault(name, one.initial or How.AT_ONCE)
        return form

    def by_community(self) -> Iterator[tuple[Community, list[forms.BoundField]]]:
        for community in self.communities:
            yield community, [self[_name(community, kind.name)] for kind in kinds()]

    def chosen(self) -> dict[tuple[str, str], str]:
        of = [(community.pk, kind.name) for community in self.communities for kind in kinds()]
        asked = {(community, kind): self.cleaned_data[f"{community}-{kind}"] for community, kind in of}
        return {which: how for which, how in asked.items() if how}


def _name(community: Community, kind: str) -> str:
    return f"{community.pk}-{kind}"
