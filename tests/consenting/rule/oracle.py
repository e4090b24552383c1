"""The sentences of theory §2.7, asked of a round of the small world without the rule: each answers what is wrong."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from math import ceil

from commonplace.consenting.kinds import How, Outcome, Stand
from tests.consenting.rule.village import Asking, Protest, Word
from tests.consenting.rule.world import RULE, SECOND, World

DECISION, REMEDY, AMENDED = timedelta(days=7), timedelta(days=10), timedelta(days=5)
LONGEST = 3 * REMEDY + 2 * AMENDED + DECISION  # beyond its own days, whatever anybody does


def faults(world: World, one: Asking) -> list[str]:
    """Of a round that is over."""
    assert one.ended_at
    wrong = [*_opening(one), *_texts(world, one)]
    if one.outcome == Outcome.ACCEPTED:
        wrong += _accepted(world, one, one.ended_at)
    elif one.outcome == Outcome.WITHDRAWN:
        if one.ended_by != one.opener or one.ended_at >= one.ends_at:
            wrong.append("withdrawn by somebody else, or after the close")
    else:
        wrong += _not_accepted(world, one, one.ended_at)
    return wrong


def overdue(world: World, one: Asking) -> list[str]:
    """Of a round that is open, while the worker is awake."""
    wrong = [*_opening(one)]
    if world.now >= one.ends_at and not lacking(world, one, world.now):
        wrong.append("met at the close, and not accepted: somebody's absence is a veto")
    if world.now < one.ends_at and may_end_early(world, one, world.now):
        wrong.append("everybody has spoken and nothing is missing, and it goes on")
    if world.now >= one.ends_at + DECISION:
        wrong.append("open longer than the days of decision")
    if world.now - one.opened_at > timedelta(days=one.days) + LONGEST:
        wrong.append("stalled")
    if world.now >= one.ends_at and not _could_return(world, one):
        wrong.append("nobody could return it, and it waits")
    return wrong


def _opening(one: Asking) -> Iterator[str]:
    """What is fixed stays as it was; the numbers as theory has them."""
    eligible = len(one.asked)
    wanted = one.charter if one.charter is not None else max(3, ceil(one.core * 3 / 10))
    highest = max(2, eligible - 1)
    if one.quorum != min(max(wanted, 2), highest):
        yield f"a quorum of {one.quorum} among {eligible}"
    large = [unit for unit, people in Counter(one.asked.values()).items() if unit and people > 2]
    if one.units_needed != (2 if len(large) > 1 else 0):
        yield f"{one.units_needed} units asked for"


def _texts(world: World, one: Asking) -> Iterator[str]:
    if len(one.moved) > 2:
        yield "moved more than twice"
    for at, by in one.moved:
        if by != one.opener and not _was_away(world, one.opener, at):
            yield "moved by somebody else than who opened it"
        if one.ends_at < at + AMENDED:
            yield "closed sooner than five days after a change"


def _was_away(world: World, name: str, at: datetime) -> bool:
    """Left or removed, at that time."""
    moves = [what for when, what in world.people[name].went if when <= at and "bot" not in what]
    return bool(moves) and moves[-1] != "back"


def _accepted(world: World, one: Asking, at: datetime) -> Iterator[str]:
    yield from (f"accepted, though {lack}" for lack in lacking(world, one, at))
    if one.ended_by != RULE:
        yield "accepted by a person, not by the rule"
    if at < one.ends_at and not may_end_early(world, one, at):
        yield "accepted before the close, and not everybody spoke of this very text"


def _not_accepted(world: World, one: Asking, at: datetime) -> Iterator[str]:
    if at < one.ends_at:
        yield f"{one.outcome} before the close"
    if not lacking(world, one, at):
        yield f"{one.outcome} though the rule was met"
    if one.ended_by != RULE:
        yield from _by_a_person(world, one, at)
    elif at < one.ends_at + DECISION and one.somebody_could:
        yield "returned by itself though somebody without a part could still do it"
    elif one.outcome != Outcome.RETURNED:
        yield "not accepted by nobody"


def _by_a_person(world: World, one: Asking, at: datetime) -> Iterator[str]:
    if not _has_no_part(world, one, one.ended_by):
        yield "ended against acceptance by somebody with a part, or no facilitator, or a sponsor"
    if at >= one.ends_at + DECISION:
        yield "returned by a person after it had returned by itself"
    stands = any(_stops(world, one, protest, _close(one, at)) for protest in one.protests)
    if one.outcome == Outcome.NOT_ACCEPTED and not stands:
        yield "not accepted, and no objection stood at the close"


def _could_return(world: World, one: Asking) -> bool:
    return any(_has_no_part(world, one, name) for name in world.people)


def _has_no_part(world: World, one: Asking, name: str) -> bool:
    member = world.people[name]
    serves = member.facilitator and not member.sponsor and member.here and not member.bot
    wrote = any(name in text.writers for text in one.texts)
    return serves and not wrote and name != one.opener and all(name != each.raiser for each in one.protests)


def _close(one: Asking, at: datetime) -> datetime:
    """Until when what happened counts: the close, or while it is open, now."""
    return one.ends_at if at >= one.ends_at else at + SECOND


def lacking(world: World, one: Asking, at: datetime) -> list[str]:
    """What keeps it from being accepted, by the book."""
    before = _close(one, at)
    here = {name for name in one.asked if not _left(world, name, before)}
    agree = {name for name in here if _agrees(one, name)}
    made = {one.opener}.union(*(text.writers for text in one.texts))
    wrong = []
    if len(agree) < 2 or len(agree) < one.quorum:
        wrong.append("too few of those who were asked consent themselves to what binds in this text")
    if set(one.asked) <= made:
        if agree != here:
            wrong.append("all made it, and not all consent")
    elif agree <= made:
        wrong.append("nobody consents who neither wrote it nor opened it")
    if one.units_needed and len({one.asked[name] for name in agree} - {""}) < one.units_needed:
        wrong.append("all who consent are of one unit")
    if any(_stops(world, one, protest, before) for protest in one.protests):
        wrong.append("an objection stands")
    if one.overtaken:
        wrong.append("what it is about has changed under it")
    return wrong


def may_end_early(world: World, one: Asking, at: datetime) -> bool:
    """Not hidden, nor moved to another text; everybody who is here spoke of it; nobody could still take an objection
    up."""
    before = _close(one, at)
    here = [name for name in one.asked if not _left(world, name, before)]
    words = [_last_own(one, name) for name in here]
    spoke = all(word is not None and word.number == len(one.texts) - 1 for word in words)
    waiting = any(_waits(world, one, protest, before) for protest in one.protests)
    return spoke and not one.hidden and not one.moved and not waiting and not lacking(world, one, at)


def _left(world: World, name: str, before: datetime) -> bool:
    """By themselves, and is not back; or is a bot."""
    went = [what for at, what in reversed(world.people[name].went) if at < before]
    moves = next((what for what in went if what in ("left", "back")), "back")
    kind = next((what for what in went if what in ("bot", "no bot")), "no bot")
    return moves == "left" or kind == "bot"


def _last_own(one: Asking, name: str) -> Word | None:
    """What they said themselves, of this text or of one of which nothing that binds was changed since."""
    own = [word for word in one.words if word.person == name and word.entered_by == ""]
    kept = [word for word in own[-1:] if len({text.binds for text in one.texts[word.number :]}) == 1]
    return kept[0] if kept else None


def _agrees(one: Asking, name: str) -> bool:
    word = _last_own(one, name)
    return word is not None and word.stance in (Stand.CONSENT, Stand.CONCERN)


def _waits(world: World, one: Asking, protest: Protest, before: datetime) -> bool:
    """Nobody answers for it, or it was said before: it stops only once another takes it up."""
    if protest.how is not None:
        return False
    left = _left(world, protest.raiser, before) and not _was_of_who_was_removed(world, protest, before)
    return left or (_said_again(world, one, protest) and not _shared(world, one, protest, before))


def _removed(world: World, name: str, before: datetime) -> bool:
    went = [what for at, what in reversed(world.people[name].went) if at < before]
    return next((what for what in went if what in ("left", "back", "removed")), "back") == "removed"


def _was_of_who_was_removed(world: World, protest: Protest, before: datetime) -> bool:
    """Whoever took it up left: it stands as if it had not been taken up."""
    chain = protest.taken_from
    while chain and not _removed(world, chain.raiser, before):
        chain = chain.taken_from
    return chain is not None


def _shared(world: World, one: Asking, protest: Protest, before: datetime) -> bool:
    """Another eligible person, who is here, objects on the same ground."""
    others = [each for each in one.protests if each.how is None and not each.for_another]
    same = {each.raiser for each in others if each.ground == protest.ground} - {protest.raiser}
    return any(name in one.asked and not _left(world, name, before) for name in same)


def _said_again(world: World, one: Asking, protest: Protest) -> bool:
    """In the round before by the same person on the same ground, said there to be met, and what binds was changed."""
    taker = protest.taken_from if protest.taken_from and protest.taken_from.raiser != protest.raiser else None
    origin = taker.origin if taker else None
    if origin and origin.raiser == protest.raiser:  # given back by whoever took it up
        place = next(n for n, each in enumerate(world.rounds) if origin in each.protests)
        return _said_again(world, world.rounds[place], origin)
    if protest.taken_from and protest.taken_from.raiser == protest.raiser:  # carried over, or said anew
        place = next(n for n, each in enumerate(world.rounds) if protest.taken_from in each.protests)
        return _said_again(world, world.rounds[place], protest.taken_from)
    place = world.rounds.index(one)
    if protest.taken_from or protest.for_another or not place:
        return False
    before = world.rounds[place - 1]
    if before.outcome not in (Outcome.RETURNED, Outcome.NOT_ACCEPTED):
        return False
    same = [each for each in before.protests if (each.raiser, each.ground) == (protest.raiser, protest.ground)]
    same = [each for each in same if not each.for_another]
    changed = before.texts[-1].binds != one.texts[protest.raised_on].binds
    return changed and any(each.how is None for each in same) and any(each.offers for each in same)


def _stops(world: World, one: Asking, protest: Protest, before: datetime) -> bool:
    if protest.how is not None:
        return protest.how == How.CHANGE and protest.settled_by != protest.raiser
    able = not _left(world, protest.raiser, before) and not _removed(world, protest.raiser, before)
    return not _waits(world, one, protest, before) and not (able and _answered(one, protest, before))


def _answered(one: Asking, protest: Protest, before: datetime) -> bool:
    """By a facilitator, of this text or one that binds the same; its raiser saw it and said nothing for ten days."""
    for offer in protest.offers:
        same = len({text.binds for text in one.texts[offer.number :]}) == 1
        seen = offer.seen_at is not None and offer.seen_at + REMEDY <= min(before, one.ends_at)
        if same and seen and offer.over_at is None and offer.number > protest.raised_on:
            return True
    return False
