"""What a round puts of a version: its parts, and whom it is for, in the community's language, as all read it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy

from commonplace.objectifying.models import PARTS, Part, Practice, Version
from commonplace.objectifying.reach import named

AUDIENCE = "audience"
PUT: dict[Any, Any] = {**PARTS, AUDIENCE: gettext_lazy("For whom")}


@dataclass(frozen=True)
class Put(Mapping[str, str]):
    """By their codes. Units are read once somebody reads whom it is for: whether it can be put asks nothing of that."""

    practice: Practice
    version: Version

    def __getitem__(self, part: str) -> str:
        if part not in PUT:
            raise KeyError(part)
        return self._for_whom() if part == AUDIENCE else self.version.words(Part(part))

    def __iter__(self) -> Iterator[str]:
        return iter(PUT)

    def __len__(self) -> int:
        return len(PUT)

    def _for_whom(self) -> str:
        with translation.override(self.practice.community.language):
            return named(self.version)
