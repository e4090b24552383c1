"""Whom a practice credits, or once did: a correction of the credits takes nobody's part in it away."""

from collections.abc import Iterable
from typing import Protocol, cast

from commonplace.ledger.evidence import Evidence
from commonplace.ledger.models import Act
from commonplace.objectifying.models import Practice

CREDITS = ("practice.distilled", "practice.credited")


class Naming(Protocol):
    """What is read here of both."""

    authors: list[str]
    contributors: list[str]


def ever_credited(practice: Practice) -> frozenset[str]:
    """Ids of those whose knowledge it is, or was said to be."""
    return named_in(Act.objects.about(practice).filter(verb__in=CREDITS), "authors", "contributors")


def named_in(acts: Iterable[Act], *kinds: str) -> frozenset[str]:
    namings = [cast(Naming, Evidence.of(act)) for act in acts if act.verb in CREDITS]
    return frozenset(person for one in namings for kind in kinds for person in getattr(one, kind))
