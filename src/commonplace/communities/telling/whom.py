"""Whom what happens in a community concerns, as plain ids, and why: whom it is about, who facilitates."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from commonplace.communities.covering import who_tends
from commonplace.communities.occasions import Because, Concern
from commonplace.communities.welcoming import to_be_told
from commonplace.ledger.models import Act

WHY = "whom it concerns is told; what it says is read by whoever reads it"
WELCOMES = {"welcomes": Because(_("you welcome newcomers here"))}
FACILITATES = {"facilitates": Because(_("you facilitate here"))}
YOU = {"you": Because(_("it is about you"), own=True)}
YOU_AT_ONCE = {"you": Because(_("it is about you"), at_once=True, own=True)}


def welcoming(act: Act) -> Iterator[Concern]:
    return (Concern(person, "welcomes") for person in to_be_told(act.community))


def welcoming_or_tending(act: Act) -> Iterable[Concern]:
    """Who offered to; until somebody does, who facilitates."""
    return list(welcoming(act)) or tending(act)


def tending(act: Act) -> Iterator[Concern]:
    return (Concern(person, "facilitates") for person in who_tends(act.community))


def community_of(act: Act) -> str:
    return act.community
