"""Gathering: one search over exchanges, answers and practices, within what the reader may read."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from commonplace.communities.contributions import SearchSource, contributed
from commonplace.communities.models import Community
from commonplace.internalizing.search.asking import MOST_ASKED, MOST_ROWS, NEWEST, Sought, plan, sought, sought_one
from commonplace.internalizing.search.candidates import MOST_THREADS, Gathering
from commonplace.internalizing.search.engines import TooSlow, engine
from commonplace.internalizing.search.hits import hits
from commonplace.internalizing.search.ranking import Ranked, raised, ranked
from commonplace.internalizing.search.results import PAGE, Results
from commonplace.internalizing.search.typed import Question, Term, question
from commonplace.internalizing.search.vocabulary import Places, Vocabulary, corrections
from commonplace.ledger.once import once
from commonplace.ledger.reading import READER, Reading

SECONDS = 2.0
LANGUAGES: Reading[tuple[str, str]] = Reading(
    lambda: Community.objects.readable_by(READER).values_list("pk", "language"), shape=lambda *both: both
)


@dataclass(frozen=True, slots=True)
class Answer:
    """Threads, best first, and what was asked in the end; `instead`: better words for mistyped ones."""

    ranked: list[Ranked]
    terms: list[Term]
    more: bool = False
    instead: Mapping[str, str] = field(default_factory=dict)
    complete: bool = False


def search(
    person: Any, text: str, *, kinds: Sequence[str] = (), community: Community | None = None, page: int = 1
) -> Results:
    """Hits for any typed text, those with more of its words first. `kinds`: names of sources."""
    places = _places(person, kinds, community)
    asked = question(text, places.languages.values())
    if not asked.terms or not places.languages:
        return Results(text)
    try:
        with engine().limited(SECONDS):
            answer = find(asked, places, NEWEST, MOST_ROWS)
    except TooSlow:
        return Results(text, too_slow=True)
    return _results(places, text, answer, page)


def find(asked: Question, places: Places, newest: int, most_rows: int) -> Answer:
    vocabulary = Vocabulary(asked, places)
    terms, instead = _mended(sought(asked, vocabulary), vocabulary)
    known = [one for one in terms if one.is_known]
    if not known or any(one.term.wanted and not one.is_known for one in terms):
        return Answer([], [one.term for one in terms])
    known = sorted(known, key=lambda one: -one.rarity)[:MOST_ASKED]
    searched = [one for one in terms if one in known]
    with_words = len(searched) + len(asked.without) > 1 or bool(searched[0].parts)
    gathering = Gathering(searched, plan(searched, newest, most_rows), with_words)
    threads = _made_first(ranked(searched, asked.without, gathering.gathered())[:MOST_THREADS])
    complete = all(one.is_known for one in terms) and any(one.has_all for one in threads)
    return Answer(threads, [one.term for one in terms], gathering.more, instead if threads else {}, complete)


def _made_first(threads: list[Ranked]) -> list[Ranked]:
    """What a community agreed on, before the exchanges that it was made of."""
    made_of: dict[str, Sequence[str]] = {}
    for source in contributed(SearchSource):
        subjects = [one.best.subject for one in threads if one.best.kind == source.name]
        if source.made_of and subjects and len(subjects) < len(threads):
            made_of |= source.made_of(subjects)
    return raised(threads, made_of) if made_of else threads


def _mended(terms: list[Sought], vocabulary: Vocabulary) -> tuple[list[Sought], dict[str, str]]:
    """With better words for those that nobody wrote; they are then asked as they are written, without other forms."""
    unknown = [one.term for one in terms if not one.is_known and not one.term.parts and not one.term.wanted]
    better = {one.typed: one for one in corrections(unknown, vocabulary.places)}
    for correction in better.values():
        vocabulary.learn(correction.names)
    mended = [
        sought_one(Term(better[name].better, (better[name].better,)), vocabulary)
        if one.term in unknown and (name := one.term.names[0]) in better
        else one
        for one in terms
    ]
    return mended, {one.typed: one.better for one in better.values()}


def _places(person: Any, kinds: Sequence[str], community: Community | None) -> Places:
    """The index is asked only for what the reader may read: each document has its community and kind as words."""
    readable = once(("readable communities", person.pk), lambda: _readable(person))
    languages = {pk: language for pk, language in readable.items() if community is None or pk == community.pk}
    names = [one.name for one in contributed(SearchSource) if not kinds or {one.name, one.within} & set(kinds)]
    return Places(languages, names)


def _readable(person: Any) -> dict[str, str]:
    return dict(LANGUAGES.rows(reader=person))


def _results(places: Places, text: str, answer: Answer, page: int) -> Results:
    pages = max(1, -(-len(answer.ranked) // PAGE))
    number = page if 1 <= page <= pages else 1
    shown = answer.ranked[(number - 1) * PAGE : number * PAGE]
    return Results(
        text,
        hits(places.languages, [one.best for one in shown], answer.terms),
        total=len(answer.ranked),
        number=number,
        loose=bool(answer.ranked) and not answer.complete,
        more=answer.more,
        corrected=_as_meant(text, answer.instead),
    )


def _as_meant(text: str, instead: Mapping[str, str]) -> str:
    for typed, better in instead.items():
        text = re.sub(re.escape(typed), better, text, flags=re.IGNORECASE)
    return text if instead else ""
