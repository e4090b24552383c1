"""The text that a round puts, as it was frozen, and what changed since the text before it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F, Q

from commonplace.consenting.differences import as_read
from commonplace.consenting.kinds import Outcome
from commonplace.consenting.matter import Text
from commonplace.consenting.models import Proposal, Wording
from commonplace.ledger import clock

Change = tuple[str, str]
WHY = "who reads a round reads the texts that it is about"


@dataclass(frozen=True, slots=True)
class Part:
    heading: str
    html: str
    is_folded: bool = False


@dataclass(frozen=True, slots=True)
class Texts:
    """`parts` as proposed now; `changes`: heading and HTML of what changed since text `since`, 0 for none, which was
    agreed on or, `in_round`, put earlier in this round. `sources`: number -> part -> source."""

    parts: Sequence[Part]
    changes: Sequence[Change]
    since: int
    in_round: bool
    sources: Mapping[int, Mapping[str, str]]


def texts(proposal: Proposal) -> Texts:
    rows = list(_rows(proposal))
    own = [row for row in rows if row.proposal_id == proposal.pk]
    sources = _by_number(own)
    agreed = _by_number(row for row in rows if row.proposal_id != proposal.pk)
    headings = proposal.kind.parts
    now = [row for row in own if row.number == proposal.number]
    earlier = [number for number in sources if number < proposal.number]
    since, before = (max(earlier), sources[max(earlier)]) if earlier else next(iter(agreed.items()), (0, {}))
    return Texts(
        parts=[Part(str(headings[row.part]), row.html, row.part in proposal.kind.folded) for row in now if row.text],
        changes=changes(proposal, before, sources.get(proposal.number, {})) if since else [],
        since=since,
        in_round=bool(earlier),
        sources=sources,
    )


def changes(proposal: Proposal, before: Mapping[str, str], after: Mapping[str, str]) -> list[Change]:
    """Of each part that differs, in the order of reading."""
    pairs = ((words, before.get(part, ""), after.get(part, "")) for part, words in proposal.kind.parts.items())
    return [(str(words), as_read(old, new)) for words, old, new in pairs if old.split() != new.split()]


def agreed_before(proposal: Proposal) -> Q:
    """Wordings of what was accepted last on the same, where texts are written anew and do not tell what changes."""
    if proposal.kind.newest is None or proposal.kind.folded:
        return Q(pk=None)
    rounds = Proposal.objects.filter(subject_id=proposal.subject_id, matter=proposal.matter, outcome=Outcome.ACCEPTED)
    before = rounds.filter(decided_at__lt=proposal.decided_at or clock.now()).everywhere(WHY)
    return Q(proposal__in=before.order_by("-decided_at").values("pk")[:1], number=F("proposal__number"))


def _rows(proposal: Proposal) -> Iterable[Wording]:
    rows = Wording.objects.filter(Q(proposal=proposal.pk) | agreed_before(proposal)).everywhere(WHY)
    return rows.order_by("number", "position")


def _by_number(rows: Iterable[Wording]) -> dict[int, dict[str, str]]:
    texts: dict[int, dict[str, str]] = {}
    for row in rows:
        texts.setdefault(row.number, {})[row.part] = row.text
    return texts


def preview(meant: Proposal, text: Text) -> Texts:
    """As it will be put, of a round that is only thought of."""
    rows = Wording.objects.filter(agreed_before(meant)).everywhere(WHY)
    agreed = _by_number(rows.order_by("number", "position"))
    since, before = next(iter(agreed.items()), (0, {}))
    headings = meant.kind.parts
    return Texts(
        parts=[
            Part(str(headings[part]), text.shown(part, part), part in meant.kind.folded)
            for part, words in text.parts.items()
            if words
        ],
        changes=changes(meant, before, text.parts) if since and since != meant.number else [],
        since=since,
        in_round=False,
        sources={meant.number: text.parts},
    )
