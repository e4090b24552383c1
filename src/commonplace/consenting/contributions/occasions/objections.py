"""What is said of an objection: to whoever raised it, at once; to those who can answer for the text."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commonplace.communities.occasions import Because, Concern, Named, Occasion, Told, words_of
from commonplace.consenting.contributions.occasions import whom
from commonplace.consenting.evidence import ObjectionRaised, ObjectionResolved, ObjectionUnderstood
from commonplace.consenting.kinds import How, SaidBy
from commonplace.consenting.models import Objection, Remedy
from commonplace.ledger.models import Act

RAISED, RESOLVED = "proposal.objection_raised", "proposal.objection_resolved"
AT_THE_END, GOES_ON = (SaidBy.RULE, SaidBy.FACILITATOR), (How.ANEW, How.TAKEN_UP)
FACILITATES = {"facilitates": whom.FACILITATES}
UNDERSTANDS = Because(_("you said how you understand it"))
SAID_MET = Because(_("you said that it is met"))
YOURS = Because(_("you objected"), at_once=True)


def _raised(act: Act) -> Iterator[Concern]:
    """What comes out of a round before, or goes back to whoever raised it, is told to them."""
    objection = _objection(act)
    if objection.raised_by_id != act.actor:
        yield Concern(objection.raised_by_id, "yours")
    yield from whom.makers(objection.proposal)
    yield from whom.facilitators(act.community)


def _answered(act: Act) -> Iterator[Concern]:
    remedy = Remedy.objects.everywhere(whom.WHY).select_related("objection").get(pk=act.object)
    yield Concern(remedy.objection.raised_by_id, "yours", remedy.objection_id)


def _heard(act: Act) -> Iterator[Concern]:
    objection = _objection(act)
    yield whom.raiser(objection)
    yield from whom.makers(objection.proposal)


def _understood(act: Act) -> Iterator[Concern]:
    yield Concern(ObjectionUnderstood.of(act).person, "understands")
    yield from whom.makers(_objection(act).proposal)


def _kept(act: Act) -> Iterator[Concern]:
    rows = Remedy.objects.filter(objection=act.object).exclude(refused_at=None).everywhere(whom.WHY)
    last = rows.order_by("-refused_at").values_list("offered_by", flat=True)[:1]
    yield from (Concern(person, "met") for person in last)
    yield from whom.makers(_objection(act).proposal)


def _is_settled_before_the_end(act: Act) -> bool:
    """What the end of a round settles is told with the end; what is said anew, with what is said."""
    settled = ObjectionResolved.of(act)
    return settled.said_by not in AT_THE_END and settled.how not in GOES_ON


def _taken_up(act: Act) -> Iterator[Concern]:
    """That it stands is told to the others as what it became."""
    yield whom.raiser(_objection(act))


def _objection(act: Act) -> Objection:
    return Objection.objects.everywhere(whom.WHY).select_related("proposal").get(pk=act.object)


def _its_round(act: Act) -> str:
    if act.verb == RAISED:
        return ObjectionRaised.of(act).proposal
    return str(Objection.objects.everywhere(whom.WHY).values_list("proposal", flat=True).get(pk=act.object))


def _round_of_a_remedy(act: Act) -> str:
    rows = Remedy.objects.everywhere(whom.WHY).values_list("objection__proposal", flat=True)
    return str(rows.get(pk=act.object))


def _at(notice: Told, named: Named) -> str:
    return reverse("objection", args=[named.community.slug, notice.thread, notice.object])


def _at_the_answered(notice: Told, named: Named) -> str:
    return reverse("objection", args=[named.community.slug, notice.thread, notice.about])


OF_OBJECTIONS = (
    Occasion(
        name="objection_raised", verbs=(RAISED,), thread="round", what=_("An objection stands against it"),
        concerns=_raised, because={"yours": YOURS, **whom.PARTS, **FACILITATES}, thread_of=_its_round, href=_at,
        quoted=words_of(Objection, "harm"),
    ),
    Occasion(
        name="objection_answered", verbs=("proposal.objection_answered",), thread="round",
        what=_("%(who)s says that the newer text meets your objection"), concerns=_answered,
        because={"yours": YOURS}, thread_of=_round_of_a_remedy, href=_at_the_answered,
    ),
    Occasion(
        name="objection_restated", verbs=("proposal.objection_restated",), thread="round",
        what=_("%(who)s says how they understand an objection"), concerns=_heard,
        because={**whom.against(at_once=True), **whom.PARTS}, thread_of=_its_round, href=_at,
        quoted=words_of(Objection, "heard_as"),
    ),
    Occasion(
        name="objection_understood", verbs=("proposal.objection_understood",), thread="round",
        what=_("An objection is understood: %(who)s says that this is what it means"), concerns=_understood,
        because={"understands": UNDERSTANDS, **whom.PARTS}, thread_of=_its_round, href=_at,
    ),
    Occasion(
        name="objection_kept", verbs=("proposal.objection_kept",), thread="round",
        what=_("%(who)s says that their objection still stands"), concerns=_kept,
        because={"met": SAID_MET, **whom.PARTS}, thread_of=_its_round, href=_at,
    ),
    Occasion(
        name="objection_settled", verbs=(RESOLVED,), thread="round", what=_("An objection does not stand any more"),
        is_one=_is_settled_before_the_end, concerns=_heard, because={**whom.against(), **whom.PARTS},
        thread_of=_its_round, href=_at,
    ),
    Occasion(
        name="objection_taken_up", verbs=(RESOLVED,), thread="round", what=_("%(who)s took up your objection"),
        is_one=lambda act: ObjectionResolved.of(act).how == How.TAKEN_UP, concerns=_taken_up,
        because=whom.against(), thread_of=_its_round, href=_at,
    ),
)  # fmt: skip
