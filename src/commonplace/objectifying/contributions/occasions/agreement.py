"""It is put to consent and agreed on, looked after, looked at again, and put away."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from commonplace.communities.occasions import Because, Concern, Occasion
from commonplace.consenting.evidence import Decided, ProposalOpened
from commonplace.consenting.kinds import Kind, Outcome
from commonplace.ledger.models import Act
from commonplace.objectifying.contributions.occasions import whom
from commonplace.objectifying.evidence import PutAwayBy, Reaffirmed, ReviewDone, StewardSet
from commonplace.objectifying.models import Agreement, Review, ReviewVoice, Version
from commonplace.objectifying.reach import for_whom_now
from commonplace.objectifying.status import Reviewed

ON_PRACTICES = (Kind.ACCEPTANCE, Kind.SETTLEMENT, Kind.RETIREMENT)
FOR_YOU = {"for_you": Because(_("it is for you"))}
LOOKS = {"cares": whom.CARES, "facilitates": whom.FACILITATES}
HOLDS = {"voice": Because(_("you said that it holds")), "cares": whom.CARES}
STEWARDS = {"cares": Because(_("you look after it now"), at_once=True), "cared": Because(_("you looked after it"))}


def _is_accepted(act: Act) -> bool:
    decided = Decided.of(act)
    return decided.matter == Kind.ACCEPTANCE and decided.outcome == Outcome.ACCEPTED


def _accepted(act: Act) -> Iterator[Concern]:
    """The first time whom it is for is told that there is something for them; later who uses it, that it has moved."""
    yield from whom.of(act, "cares", "used")
    before = Agreement.objects.filter(practice=act.subject).exclude(proposal=act.object).everywhere(whom.WHY)
    if not before.exists():
        rows = Version.objects.filter(practice=act.subject, number=Decided.of(act).number).everywhere(whom.WHY)
        version = rows.select_related("practice__community").get()
        yield from (Concern(person, "for_you") for person in for_whom_now(version))


def _steward(act: Act) -> Iterator[Concern]:
    """Whoever it is now, and whoever it was."""
    if person := StewardSet.of(act).person:
        yield Concern(person, "cares")
    before = Act.objects.filter(subject=act.subject, verb=act.verb, pk__lt=act.pk).everywhere(whom.WHY)
    last = before.order_by("-pk").first()
    if last and (person := StewardSet.of(last).person):
        yield Concern(person, "cared")


def _due(act: Act) -> Iterator[Concern]:
    yield from whom.of(act, "cares")
    yield from whom.facilitators(act.community)


def _is_not_done_by_it(act: Act) -> bool:
    """What is done by it is told as such."""
    done = Review.objects.filter(pk=Reaffirmed.of(act).review, done_at__lte=act.happened_at)
    return not done.everywhere(whom.WHY).exists()


def _reaffirmed(act: Act) -> Iterator[Concern]:
    review = ReviewDone.of(act).review if act.verb == "review.done" else Reaffirmed.of(act).review
    yield from whom.of(act, "cares")
    voices = ReviewVoice.objects.filter(review=review).everywhere(whom.WHY).values_list("person", flat=True)
    yield from (Concern(person, "voice") for person in voices)


def _put_away(act: Act) -> Iterator[Concern]:
    heard = whom.heard_in(PutAwayBy.of(act).proposal)
    yield from (one for one in whom.of(act, "cares", "began", "credited", "used") if one.person not in heard)


OF_AGREEMENT = (
    Occasion(
        name="put_to_consent", verbs=("proposal.opened",), thread="practice", what=_("%(who)s opened a round on it"),
        is_one=lambda act: ProposalOpened.of(act).matter in ON_PRACTICES, followed=True,
    ),
    Occasion(
        name="practice_accepted", verbs=("proposal.decided",), thread="practice",
        what=_("It is accepted: the community agreed on it"), is_one=_is_accepted, concerns=_accepted,
        because={**whom.OF_PRACTICE, **FOR_YOU}, followed=True,
    ),
    Occasion(
        name="steward_set", verbs=("practice.steward_set",), thread="practice",
        what=_("%(who)s changed who looks after it"), concerns=_steward, because=STEWARDS,
    ),
    Occasion(
        name="review_due", verbs=("review.due",), thread="practice", what=_("It is to be looked at again"),
        concerns=_due, because=LOOKS,
    ),
    Occasion(
        name="reaffirmed", verbs=("review.reaffirmed",), thread="practice", what=_("%(who)s says that it still holds"),
        is_one=_is_not_done_by_it, concerns=_reaffirmed, because=HOLDS,
    ),
    Occasion(
        name="review_done", verbs=("review.done",), thread="practice", what=_("It was looked at again, and holds"),
        is_one=lambda act: ReviewDone.of(act).outcome == Reviewed.REAFFIRMED, concerns=_reaffirmed, because=HOLDS,
    ),
    Occasion(
        name="replaced", verbs=("practice.replaced",), thread="practice", what=_("Another practice stands in for it"),
        concerns=_put_away, because=whom.OF_PRACTICE, followed=True,
    ),
    Occasion(
        name="retired", verbs=("practice.retired",), thread="practice", what=_("It was retired"),
        concerns=_put_away, because=whom.OF_PRACTICE, followed=True,
    ),
    Occasion(
        name="set_aside", verbs=("practice.set_aside",), thread="practice", what=_("%(who)s set it aside"),
        concerns=_put_away, because=whom.OF_PRACTICE, followed=True,
    ),
)  # fmt: skip
