"""What happens to an objective: whoever sponsors or facilitates is told, the other side first of all."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from commonplace.communities.covering import who_tends
from commonplace.communities.models import Role, RoleKind
from commonplace.communities.occasions import Because, Concern, Occasion, Seen, Thread, seen
from commonplace.ledger.models import Act
from commonplace.ledger.reading import READER, Among
from commonplace.steering.evidence import Judged, Signed
from commonplace.steering.models import Card, Objective, Side

WHY = "whoever steers is told; what a card says is read by whoever reads it"
STEERS = {
    RoleKind.SPONSOR.value: Because(_("you sponsor it")),
    RoleKind.FACILITATOR.value: Because(_("you facilitate here")),
}


def _objectives() -> Any:
    newest = Card.objects.filter(objective=OuterRef("pk")).everywhere(WHY).order_by("-number").values("statement")
    rows = Objective.objects.visible_to(READER).filter(pk__in=Among("threads"))
    return seen(rows.annotate(statement=Subquery(newest[:1])), "objective", title="statement")


def _at(one: Seen) -> str:
    return Objective(pk=one.thread, community=one.here).get_absolute_url()


OBJECTIVE = Thread("objective", "", _("Objective"), _objectives, _at, pages=("objective",), many=_("Objectives"))


def _steerers(act: Act) -> Iterator[Concern]:
    """Whoever is both is told as a sponsor."""
    sponsors = Role.objects.filter(community=act.community, kind=RoleKind.SPONSOR).current().everywhere(WHY)
    concerned = [(person, RoleKind.SPONSOR) for person in sponsors.values_list("person", flat=True)]
    concerned += [(person, RoleKind.FACILITATOR) for person in who_tends(act.community)]
    return (Concern(person, kind.value) for person, kind in concerned)


def _by(side: Side, evidence: Any) -> Callable[[Act], bool]:
    return lambda act: bool(evidence.of(act).side == side)


OCCASIONS = (
    OBJECTIVE,
    Occasion(
        name="objective_stated", verbs=("objective.stated",), thread="objective",
        what=_("%(who)s stated it: both sides have to sign its card"), concerns=_steerers, because=STEERS,
    ),
    Occasion(
        name="card_written", verbs=("objective.card_written",), thread="objective",
        what=_("%(who)s wrote another card: both sides have to sign it"), concerns=_steerers, because=STEERS,
    ),
    Occasion(
        name="signed_by_sponsors", verbs=("objective.signed",), thread="objective",
        what=_("The sponsors have signed its card"), is_one=_by(Side.SPONSOR, Signed), concerns=_steerers,
        because=STEERS,
    ),
    Occasion(
        name="signed_by_community", verbs=("objective.signed",), thread="objective",
        what=_("The community has signed its card"), is_one=_by(Side.COMMUNITY, Signed), concerns=_steerers,
        because=STEERS,
    ),
    Occasion(
        name="judged_by_sponsors", verbs=("objective.judged",), thread="objective",
        what=_("The sponsors have said how far it is attained"), is_one=_by(Side.SPONSOR, Judged), concerns=_steerers,
        because=STEERS,
    ),
    Occasion(
        name="judged_by_community", verbs=("objective.judged",), thread="objective",
        what=_("The community has said how far it is attained"), is_one=_by(Side.COMMUNITY, Judged), concerns=_steerers,
        because=STEERS,
    ),
)  # fmt: skip
