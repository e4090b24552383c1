"""Several rounds opened together, taken back together, spoken in with one press: each round has its own act."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from commonplace.communities.models import Community, Person
from commonplace.consenting.acts.opening import make_ready, propose
from commonplace.consenting.kinds import LEAST_LISTED, MOST_LISTED
from commonplace.consenting.models import Proposal
from commonplace.consenting.terms import asking_the_same
from commonplace.ledger import clock, sending
from commonplace.ledger.errors import NotPossible, Reason
from commonplace.ledger.ids import new_id
from commonplace.ledger.locking import lock
from commonplace.ledger.trying import tried_again

Put = Sequence[tuple[Any, Proposal]]


def open_list(
    actor: Person, community: Community, *, put: Put, shown: Mapping[str, str] = MappingProxyType({})
) -> Proposal:
    """All of them, in one transaction and at one moment, or none; the first. `put`: subject, and what is proposed of
    it; `shown`: by id, the mark of what could still change, as it was when somebody read it. Nobody comes or goes
    meanwhile, and who is asked is read once: each asks the same people."""
    _must_be_several(put)
    for subject, proposal in put:
        make_ready(subject, proposal)
    return tried_again(lambda: _open(actor, community, put, shown))


def _open(actor: Person, community: Community, put: Put, shown: Mapping[str, str]) -> Proposal:
    """Sent again, or tried again, each act finds its own anew."""
    with sending.part("list"), transaction.atomic(), clock.still(), asking_the_same():
        lock([community, *(subject for subject, _proposal in put)])
        _must_be_as_shown(put, shown)
        name = new_id()
        rounds = [_opened(actor, subject, proposal, name) for subject, proposal in put]
        return rounds[0]


def _opened(actor: Person, subject: Any, proposal: Proposal, name: str) -> Proposal:
    proposal.list = name
    try:
        return propose(actor, subject, proposal=proposal)
    except NotPossible as refusal:
        if refusal.about:
            raise
        raise NotPossible(_of(subject, refusal.reason)) from refusal


def _must_be_as_shown(put: Put, shown: Mapping[str, str]) -> None:
    now = [(subject, lists.beneath(subject, one.number)) for subject, one in put if (lists := one.kind.lists)]
    other = [_of(subject, is_now.words) for subject, is_now in now if shown.get(subject.pk, is_now.mark) != is_now.mark]
    if other:
        words = _("Changed since this page was shown: %(what)s. Nothing is open yet: look again, then open the rounds.")
        raise NotPossible(words % {"what": "; ".join(other)}, "put")


def _must_be_several(put: Put) -> None:
    if len({subject.pk for subject, _proposal in put}) < max(LEAST_LISTED, len(put)):
        raise NotPossible(_("A list is of two at least. One is proposed on its own page."), "put")
    if len(put) > MOST_LISTED:
        words = _("A list is of %(most)s at most, so that it can be read. Take some out: they make the next list.")
        raise NotPossible(words % {"most": MOST_LISTED}, "put")


@dataclass(frozen=True, slots=True)
class Done:
    """What one press did: the rounds in which it went through, and those that refused it, with their reason."""

    done: Sequence[Proposal]
    refused: Sequence[tuple[Proposal, Reason]]


def in_each(rounds: Iterable[Proposal], act: Callable[[Proposal], Any]) -> Done:
    """Each by itself: one that is refused loses nothing of the others."""
    done: list[Proposal] = []
    refused = []
    for proposal in rounds:
        try:
            with sending.part(proposal.pk):
                act(proposal)
            done.append(proposal)
        except NotPossible as refusal:
            refused.append((proposal, refusal.reason))
    return Done(done, refused)


def _of(subject: Any, reason: str) -> str:
    return _("%(title)s: %(reason)s") % {"title": subject, "reason": reason}
