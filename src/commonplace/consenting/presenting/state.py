"""One line on a round: what it lacks, what stands against it, how long it is open, what its reader has said."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonplace.communities.models.footing import Footing
from commonplace.consenting.acts.deciding import lacking
from commonplace.consenting.models import Proposal
from commonplace.consenting.presenting.reader import Reader
from commonplace.consenting.rule import Lack, Tally
from commonplace.ledger import clock

COUNTED = (Lack.QUORUM, Lack.OBJECTION)
OF_CONSENTS = (Lack.OTHERS, Lack.UNITS)


@dataclass(frozen=True, slots=True)
class Fact:
    """`tone`: "red" of a harm that somebody sees, "mine" of what waits for the reader. `at`: its moment."""

    words: str
    tone: str = ""
    at: datetime | None = None


def state_of(
    proposal: Proposal, tally: Tally, *, closes_at: datetime, is_veiled: bool, reader: Footing, mine: Fact | None
) -> list[Fact]:
    """Of one that is open. Who reads it and is no member is told of nobody who was asked; who sees no people, of
    nobody who has spoken either: of few, a count tells of each."""
    if not reader.may_read:
        rule = _("its rule is not met yet") if tally.missing else _("its rule is met so far")
        return [Fact(rule), *_against(tally), time_left(closes_at), *([mine] if mine else [])]
    count = _spoken(tally, reader.is_member) if is_veiled else _consents(proposal, tally, reader.is_member)
    above = COUNTED if tally.consents else (*COUNTED, *OF_CONSENTS)
    others = () if is_veiled else tuple(one for one in tally.missing if one not in above)
    facts = [Fact(count), Fact(lacking(others)), *_against(tally), time_left(closes_at), mine]
    return [one for one in facts if one and one.words]


def _consents(proposal: Proposal, tally: Tally, is_member: bool) -> str:
    n, needed = tally.consents, max(proposal.quorum, 2)
    if not is_member:
        return ngettext("%(n)s consents", "%(n)s consent", n) % {"n": n}
    if n > needed:
        return _("%(n)s consent, %(needed)s are needed") % {"n": n, "needed": needed}
    return _("%(n)s of %(needed)s needed consent") % {"n": n, "needed": needed}


def _spoken(tally: Tally, is_member: bool) -> str:
    n = tally.spoken
    if not is_member:
        return ngettext("%(n)s has spoken", "%(n)s have spoken", n) % {"n": n}
    words = ngettext("%(n)s of the %(of)s asked has spoken", "%(n)s of the %(of)s asked have spoken", n)
    return words % {"n": n, "of": tally.eligible}


def _against(tally: Tally) -> list[Fact]:
    stands, waits = tally.standing, tally.pending
    facts = []
    if stands:
        words = ngettext("%(n)s objection stands", "%(n)s objections stand", stands)
        facts.append(Fact(words % {"n": stands}, "red"))
    if waits:
        words = ngettext("%(n)s objection may be taken up", "%(n)s objections may be taken up", waits)
        facts.append(Fact(words % {"n": waits}, "red"))
    return facts or [Fact(_("no objection stands"))]


def opposed(rounds: int, of_list: bool) -> str:
    """In how many rounds of a list an objection stands; alone, that one does."""
    if not of_list:
        return _("an objection stands")
    return ngettext("objections stand in %(n)s round", "objections stand in %(n)s rounds", rounds) % {"n": rounds}


def time_left(closes_at: datetime) -> Fact:
    left = closes_at - clock.now()
    if left <= timedelta():
        return Fact(_("closed"), at=closes_at)
    if left >= timedelta(days=1):
        words = ngettext("%(n)s day left", "%(n)s days left", left.days) % {"n": left.days}
        return Fact(words, at=closes_at)
    if hours := left.seconds // 3600:
        return Fact(ngettext("%(n)s hour left", "%(n)s hours left", hours) % {"n": hours}, "mine", closes_at)
    return Fact(_("less than an hour left"), "mine", closes_at)


def state_of_list(n: int, *, met: int | None, against: int, closes_at: datetime, mine: tuple[int, int]) -> list[Fact]:
    """Of several that are open, `n`. `met`: of how many the rule is met so far; None where nobody is told. `against`:
    in how many an objection stands; `mine`: on how many the reader has spoken, and on how many not yet."""
    facts = [
        Fact(ngettext("%(n)s open round", "%(n)s open rounds", n) % {"n": n}),
        Fact("" if met is None else _("the rule is met so far on %(n)s") % {"n": met}),
        Fact(opposed(against, of_list=True), "red") if against else Fact(_("no objection stands")),
        time_left(closes_at),
        _word_on(*mine),
    ]
    return [one for one in facts if one.words]


def _word_on(spoken: int, left: int) -> Fact:
    if left and not spoken:
        return Fact(_("you have not spoken"), "mine")
    words = _("you have spoken on %(n)s of %(of)s") % {"n": spoken, "of": spoken + left}
    return Fact(words if spoken else "", "mine" if left else "")


def word_of(reader: Reader, number: int) -> Fact | None:
    """Their own, on text `number`."""
    if stance := reader.stance:
        about = {"stance": stance.get_stance_display().lower(), "n": stance.number}
        of_before = stance.number < number
        words = _("you said of version %(n)s: %(stance)s") if of_before else _("you said: %(stance)s")
        return Fact(words % about)
    if reader.may_speak and reader.entered:
        return Fact(_("what was written down for you waits for your word"), "mine")
    if reader.may_speak:
        return Fact(_("you have not spoken"), "mine")
    return Fact(_("you are not asked")) if reader.speaks and reader.in_time and not reader.is_concerned else None


def end_of(
    tally: Tally, *, eligible: int, is_veiled: bool, reader: Footing, dissent: int, mine: Fact | None
) -> list[Fact]:
    """Of one that is over."""
    n = tally.consents
    if is_veiled:
        count = _("where people stood is shown to nobody")
    elif reader.is_member:
        words = ngettext("%(n)s of the %(of)s asked consented", "%(n)s of the %(of)s asked consented", n)
        count = words % {"n": n, "of": eligible}
    else:
        count = ngettext("%(n)s consented", "%(n)s consented", n) % {"n": n}
    stood = ngettext("%(n)s objection stood", "%(n)s objections stood", tally.standing) % {"n": tally.standing}
    kept = ngettext("%(n)s objection is kept as dissent", "%(n)s objections are kept as dissent", dissent)
    against = [Fact(stood if tally.standing else ""), Fact(kept % {"n": dissent} if dissent else "")]
    facts = [Fact(count), *against, mine]
    return [one for one in facts if one and one.words]
