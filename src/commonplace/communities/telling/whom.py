"""Whom what happens in a community concerns, as plain ids, and why: whom it is about, who facilitates."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from commonplace.communities.covering import who_tends
from commonplace.communities.occasions import Because, Concern
from commonplace.ledger.models import Act

WHY = "whom it concerns is told; what it says is read by whoever reads it"
FACILITATES = {"facilitates": Because(_("you facilitate here"))}
YOU = {"you": Because(_("it is about you"), own=True)}
YOU_AT_ONCE = {"you": Because(_("it is about you"), at_once=True, own=True)}


def tending(act: Act) -> Iterator[Concern]:
    return (Concern(person, "facilitates") for person in who_tends(act.community))


def community_of(act: Act) -> str:
    return act.community
