"""A round opens, moves to a newer text, and ends; those of a list are told of once."""

from collections.abc import Callable, Iterator

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from commonplace.communities.occasions import Because, Concern, Occasion
from commonplace.consenting.contributions.occasions import whom
from commonplace.consenting.evidence import Amended, Decided
from commonplace.consenting.kinds import Outcome
from commonplace.consenting.models import Proposal
from commonplace.ledger.models import Act

DECIDED = "proposal.decided"
ENDED = {**whom.PARTS, **whom.STANDS}
CHANGED = {
    **whom.against(at_once=True),
    "asked_again": Because(_("you spoke on version %(about)s, and are asked again"), at_once=True),
    "spoke": Because(_("you spoke on version %(about)s")),
    **whom.PARTS,
}


def _opened(act: Act) -> Iterator[Concern]:
    """Whom it is about is heard, and not asked; whoever is asked is told that before what part they have in it."""
    proposal = whom.round_of(act)
    yield from (one for one in whom.parties(proposal) if one.because == "about_you")
    yield from whom.asked(proposal)
    yield from whom.parties(proposal)


def _is_the_first_of_a_list(act: Act) -> bool:
    """All of a list ask the same people, at one moment."""
    before = Proposal.objects.filter(list=OuterRef("list"), pk__lt=OuterRef("pk")).everywhere(whom.WHY)
    rows = Proposal.objects.filter(pk=act.object).exclude(list="").exclude(Exists(before))
    return rows.everywhere(whom.WHY).exists()


def _list_opened(act: Act) -> Iterator[Concern]:
    proposal = whom.round_of(act)
    yield from whom.asked(proposal)
    yield from whom.parties(proposal, proposal__list=proposal.list)


def _amended(act: Act) -> Iterator[Concern]:
    """Whoever objected is told first: it is for them to say whether it is met."""
    proposal, changed = whom.round_of(act), Amended.of(act)
    yield from whom.objectors(proposal)
    why = "asked_again" if changed.asked_again else "spoke"
    yield from (one._replace(because=why) for one in whom.spoke_before(proposal, changed.number))
    yield from whom.parties(proposal)


def _ended(act: Act) -> Iterator[Concern]:
    """Who opened it, whose text it is, who has spoken."""
    yield from whom.parties(whom.round_of(act))
    yield from whom.spoke(proposal=act.object)


def _list_ended(act: Act) -> Iterator[Concern]:
    proposal = whom.round_of(act)
    yield from whom.parties(proposal, proposal__list=proposal.list)
    yield from whom.spoke(proposal__list=proposal.list)


def _ends(outcome: Outcome) -> Callable[[Act], bool]:
    """A round by itself that is decided so."""
    return lambda act: Decided.of(act).outcome == outcome and whom.is_alone(act)


OF_ROUNDS = (
    Occasion(
        name="round_opened", verbs=("proposal.opened",), thread="round", what=_("%(who)s opened a round"),
        is_one=whom.is_alone, concerns=_opened, because={"asked": whom.WORD, **whom.PARTS},
        thread_of=lambda act: act.object, followed=True,
    ),
    Occasion(
        name="list_opened", verbs=("proposal.opened",), thread="list", what=_("%(who)s opened several rounds together"),
        is_one=_is_the_first_of_a_list, concerns=_list_opened, because={"asked": whom.WORD, **whom.PARTS},
        thread_of=whom.list_of, followed=True,
    ),
    Occasion(
        name="round_amended", verbs=("proposal.amended",), thread="round",
        what=_("%(who)s moved the round to a newer text"), concerns=_amended, because=CHANGED,
        thread_of=lambda act: act.object, followed=True,
    ),
    Occasion(
        name="accepted", verbs=(DECIDED,), thread="round", what=_("The round is decided: accepted"),
        is_one=_ends(Outcome.ACCEPTED), concerns=_ended, because=ENDED, thread_of=lambda act: act.object, followed=True,
    ),
    Occasion(
        name="not_accepted", verbs=(DECIDED,), thread="round", what=_("The round is decided: not accepted"),
        is_one=_ends(Outcome.NOT_ACCEPTED), concerns=_ended, because=ENDED, thread_of=lambda act: act.object,
        followed=True,
    ),
    Occasion(
        name="returned", verbs=(DECIDED,), thread="round", what=_("The round is over: returned, its rule was not met"),
        is_one=_ends(Outcome.RETURNED), concerns=_ended, because=ENDED, thread_of=lambda act: act.object, followed=True,
    ),
    Occasion(
        name="list_decided", verbs=(DECIDED,), thread="list", what=_("Rounds that were opened together are decided"),
        is_one=whom.is_listed, concerns=_list_ended, because=ENDED, thread_of=whom.list_of, followed=True,
        gathered=True,
    ),
    Occasion(
        name="withdrawn", verbs=("proposal.withdrawn",), thread="round", what=_("%(who)s took the round back"),
        is_one=whom.is_alone, concerns=_ended, because=ENDED, thread_of=lambda act: act.object, followed=True,
    ),
    Occasion(
        name="list_withdrawn", verbs=("proposal.withdrawn",), thread="list",
        what=_("%(who)s took rounds back that were opened together"), is_one=whom.is_listed, concerns=_list_ended,
        because=ENDED, thread_of=whom.list_of, followed=True, gathered=True,
    ),
)  # fmt: skip
