"""What is put to consent: a matter, typed, registered at start-up by the layer that it belongs to.

The procedure asks it for the row that is locked, the text, who has a part in it, and what follows from an end.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model, QuerySet
from django.http import QueryDict

from commonplace.communities.contributions import Panel, Step
from commonplace.communities.models import Community, Person
from commonplace.communities.texts import MARKDOWN, shown
from commonplace.consenting.kinds import Extent, Kind, PartIn
from commonplace.consenting.phrases import Phrases, Words
from commonplace.ledger.once import once
from commonplace.ledger.recording import Also

if TYPE_CHECKING:
    from commonplace.consenting.models import Proposal


@dataclass(frozen=True, slots=True)
class Text:
    """What is consented to: `parts` by their code, as source; `html` of those whose HTML is kept, with its places named
    after part and `mark`. `wrote`: ids of those whose text it is; `credited`: of
    whose knowledge it is."""

    title: str
    parts: Mapping[str, str]
    wrote: frozenset[str] = frozenset()
    credited: frozenset[str] = frozenset()
    concerned: frozenset[str] = frozenset()
    html: Mapping[str, str] = field(default_factory=dict)
    mark: str = ""

    def shown(self, part: str, mark: str) -> str:
        """HTML of this part: what is kept is not rendered again."""
        kept = self.html.get(part, "")
        return kept.replace(f"{part}-{self.mark}", mark) if kept else shown(self.parts[part], MARKDOWN, mark)

    def parties(self) -> list[tuple[str, PartIn]]:
        kinds = ((PartIn.WROTE, self.wrote), (PartIn.CREDITED, self.credited), (PartIn.CONCERNED, self.concerned))
        return [(person, kind) for kind, people in kinds for person in sorted(people)]


@dataclass(frozen=True, slots=True)
class Beside:
    """A newer text that `author` wrote to meet an objection, with what it changes at `href`."""

    objection: str
    number: int
    author: Person
    href: str


@dataclass(frozen=True, slots=True)
class Beneath:
    """What of a text can change under its number: a mark of it, and how it is said."""

    mark: str
    words: str


@dataclass(frozen=True, slots=True)
class Lists:
    """What of a matter may be opened together: `may_be(subject)`. `rows(person, community, asked)`: what there is to
    choose from, or what an address asks for. `read(subjects)`: at once, on a page, what the guard asks of each.
    `beside(subjects)`: by id, what is shown with each. `title(n)`: what so many are; `question`: what is asked of each.
    `several`: what the button to them says. `by`: columns of the subjects, in whose order they are shown.
    `beneath(subject, number)`: what of that text can still change.
    """

    may_be: Callable[[Any], bool]
    rows: Callable[[Any, Community, QueryDict], QuerySet[Any]]
    read: Callable[[Sequence[Any]], None]
    beside: Callable[[Sequence[Any]], Mapping[str, Panel]]
    title: Callable[[int], str]
    question: Words
    several: Words
    beneath: Callable[[Any, int], Beneath]
    by: Sequence[str] = ("pk",)


def _nothing(*args: Any) -> tuple[()]:
    return ()


def _this(row: Any) -> Any:
    return row


def _never(proposal: Proposal, *args: Any) -> bool:
    return False


def _all_of_it(subject: Any, number: int) -> Extent:
    return Extent.MAJOR


def _no_panel(proposal: Proposal) -> None:
    return None


def _of_nobody(person: Any, proposal: Proposal) -> str:
    return ""


def _nowhere(proposal: Proposal, *args: Any) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Matter:
    """`on`: the model of the row that is locked. `parts`: code -> heading; `binding`: those that bind word for word.

    `must_be_ready(actor, subject, proposal)` raises NotPossible before a round on it opens: of `proposal` number,
    about, choice and review_on are read. `may_wait`: the same of what waits while another round is open, where less is
    asked of that. `text(subject, proposal)`: the text of `proposal.number`, or NotPossible.
    `newest(subject)`: the number of the newest text that the round could move to; 0 where none is. `extent(subject,
    number)`: of what that text was written to change.
    `follows_otherwise(proposal, number)`: would something else follow from the acceptance of this text?
    `overtaken(proposal)`: has what it is about changed under it, so that it can only be returned?
    `accepted(actor, proposal)`, `refused(actor, proposal)`: what follows, written within the act.
    `not_asked(proposal)`: ids of members who are heard, and not among the eligible.
    `choices`: code -> words, of what should become of it, where there is a choice. `is_reviewed`: has it a review date?
    `has_about`: it is about something of its subject; `apart`: rounds about another are on something else, and what
    stood against one does not stand against it.
    `one_at_a_time`: on a subject, whatever it is about. `for_members`: nobody else reads it.
    `address(proposal)`: the page of what it is about; `write_at(proposal)`: where a newer text is written, "" nowhere.
    `read_at(proposal, number)`: where a text is read, beside the one proposed. `beside(proposal, objections)`: texts
    written to meet these, by id.
    `number(subject, about)`: of the text that a round opened now is on; `own(subject, person)`, where people put only
    what they wrote themselves. `folded`: the parts that tell what stays as it is; the others tell what changes.
    `asks(person, proposal)`: what the round asks this reader by name, "" nothing.
    `panel(proposal)`: what its page adds above the text, of a round that is only thought of, too. `section`: of the
    community's pages. `related`: what its row brings. `for_sponsors`: they read it and ask, from outside, too.
    `phrases`: its words. `beforehand(person, proposal)`: what of a round that is only thought of this reader can change
    first; `afterwards(person, proposal)`: what they can do next, once it is accepted. `is_told`: the end of a round on
    it is news by itself, and not of what it is about. `lists`: how several are opened together, where they may be.
    """

    kind: Kind
    on: type[Model]
    words: Words
    accept: Words
    parts: Mapping[Any, Words]
    must_be_ready: Callable[[Person, Any, Proposal], None]
    text: Callable[[Any, Proposal], Text]
    accepted: Callable[[Any, Proposal], Sequence[Also]]
    address: Callable[[Proposal], str]
    phrases: Phrases
    may_wait: Callable[[Person, Any, Proposal], None] | None = None
    binding: frozenset[str] = frozenset()
    refused: Callable[[Any, Proposal], Sequence[Also]] = _nothing
    newest: Callable[[Any], int] | None = None
    extent: Callable[[Any, int], Extent] = _all_of_it
    overtaken: Callable[[Proposal], bool] = _never
    follows_otherwise: Callable[[Proposal, int], bool] = _never
    not_asked: Callable[[Proposal], Sequence[str]] = _nothing
    choices: Mapping[str, Words] = field(default_factory=dict)
    is_reviewed: bool = False
    has_about: bool = False
    apart: bool = False
    one_at_a_time: bool = True
    for_members: bool = False
    for_sponsors: bool = False
    write_at: Callable[[Proposal], str] = _nowhere
    read_at: Callable[[Proposal, int], str] = _nowhere
    beside: Callable[[Proposal, Sequence[str]], Sequence[Beside]] = _nothing
    number: Callable[[Any, str], int] | None = None
    own: Callable[[Any, Any], int] | None = None
    folded: frozenset[str] = frozenset()
    asks: Callable[[Any, Proposal], str] = _of_nobody
    panel: Callable[[Proposal], Panel | None] = _no_panel
    beforehand: Callable[[Any, Proposal], Sequence[Step]] = _nothing
    afterwards: Callable[[Any, Proposal], Sequence[Step]] = _nothing
    is_told: bool = True
    section: str = "about"
    related: tuple[str, ...] = ()
    lists: Lists | None = None

    def must_be_able_to_wait(self, actor: Person, subject: Any, proposal: Proposal) -> None:
        (self.may_wait or self.must_be_ready)(actor, subject, proposal)

    def extent_of(self, subject: Any, number: int) -> Extent | None:
        return self.extent(subject, number) if self.newest else None

    def row(self, pk: str) -> Any:
        """Whoever holds a round on it may have it: what belongs to a community is read by the same people."""
        rows = self.on._base_manager.select_related(*self.related)
        return once(("subject", self.on, pk), lambda: rows.get(pk=pk))

    def read_rows(self, keys: Sequence[str]) -> dict[str, Any]:
        """Several at once; on a page `row` has each of them then."""
        rows = self.on._base_manager.select_related(*self.related).filter(pk__in=keys)
        return {one.pk: once(("subject", self.on, one.pk), partial(_this, one)) for one in rows}

    def seen_by(self, person: Any, slug: str) -> Any:
        """Rows of what it is on, in this community, for this reader."""
        model: Any = self.on
        here = "slug" if self.on is Community else "community__slug"
        return model.objects.visible_to(person).select_related(*self.related).filter(**{here: slug})

    def number_of(self, subject: Any, about: str, person: Any) -> int:
        if self.own is not None:
            return self.own(subject, person)
        if self.number is not None:
            return self.number(subject, about)
        return self.newest(subject) if self.newest else 0


_registered: dict[str, Matter] = {}


def register(*matters: Matter) -> None:
    for one in matters:
        if one.kind in _registered:
            raise ImproperlyConfigured(f"{one.kind} is registered twice.")
        _registered[one.kind] = one


def matter_of(kind: str) -> Matter:
    return _registered[kind]


def matters() -> list[Matter]:
    return list(_registered.values())


def kinds_for_members() -> list[str]:
    return [kind for kind, one in _registered.items() if one.for_members]


def kinds_for_sponsors() -> list[str]:
    return [kind for kind, one in _registered.items() if one.for_sponsors]


def kinds_told() -> list[str]:
    return [kind for kind, one in _registered.items() if one.is_told]


def all_choices() -> set[str]:
    return {"", *(choice for one in _registered.values() for choice in one.choices)}


def all_parts() -> set[str]:
    return {"", *(part for one in _registered.values() for part in one.parts)}
