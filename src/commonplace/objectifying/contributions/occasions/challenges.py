"""It is challenged: who looks after it hears that at once, who raised the challenge how it ends."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from commonplace.communities.occasions import Because, Concern, Occasion, words_of
from commonplace.consenting.kinds import Kind
from commonplace.consenting.models import Proposal
from commonplace.ledger.models import Act
from commonplace.objectifying.contributions.occasions import whom
from commonplace.objectifying.evidence import ChallengeSettled, ChallengeShared, ChallengeTakenBack
from commonplace.objectifying.models import Challenge, Share

RAISED = {**whom.OF_PRACTICE, "cares": Because(_("you look after it"), at_once=True), "facilitates": whom.FACILITATES}
CHALLENGED = {
    "raised": Because(_("you challenged it")),
    "shares": Because(_("you said that you see it too")),
    "cares": whom.CARES,
}


def _raised(act: Act) -> Iterator[Concern]:
    yield from whom.of(act, "cares", "began", "credited")
    yield from whom.facilitators(act.community)


def _shared(act: Act) -> Iterator[Concern]:
    yield from _of_challenge(act, ChallengeShared.of(act).challenge)


def _taken_back(act: Act) -> Iterator[Concern]:
    yield from _of_challenge(act, ChallengeTakenBack.of(act).challenge)


def _settled(act: Act) -> Iterator[Concern]:
    """Whoever is told how the round on it ended knows it by that."""
    settled = ChallengeSettled.of(act)
    on_it = Proposal.objects.filter(pk=settled.proposal, matter=Kind.SETTLEMENT).everywhere(whom.WHY)
    heard = whom.heard_in(settled.proposal) if on_it.exists() else set()
    yield from (one for one in _of_challenge(act, settled.challenge) if one.person not in heard)


def _of_challenge(act: Act, challenge: str) -> Iterator[Concern]:
    raised = Challenge.objects.filter(pk=challenge).everywhere(whom.WHY).values_list("raised_by", flat=True)
    yield from (Concern(person, "raised") for person in raised)
    shares = Share.objects.filter(challenge=challenge).everywhere(whom.WHY).values_list("person", flat=True)
    yield from (Concern(person, "shares") for person in shares)
    yield from whom.of(act, "cares")


OF_CHALLENGES = (
    Occasion(
        name="challenged", verbs=("challenge.raised",), thread="practice", what=_("%(who)s challenged it"),
        concerns=_raised, because=RAISED, followed=True, quoted=words_of(Challenge, "reason"),
    ),
    Occasion(
        name="challenge_shared", verbs=("challenge.shared",), thread="practice",
        what=_("%(who)s sees a challenge of it, too"), concerns=_shared, because=CHALLENGED,
    ),
    Occasion(
        name="challenge_taken_back", verbs=("challenge.taken_back",), thread="practice",
        what=_("%(who)s took a challenge back"), concerns=_taken_back, because=CHALLENGED,
    ),
    Occasion(
        name="challenge_settled", verbs=("challenge.settled",), thread="practice", what=_("A challenge is settled"),
        concerns=_settled, because=CHALLENGED, followed=True,
    ),
)  # fmt: skip
