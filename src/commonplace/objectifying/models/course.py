"""The status of a practice, and what a list says of it, as the rows have it; `status.Course` is what the ledger has."""

from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Subquery, Value, When

from commonplace.objectifying.models.agreement import Agreement
from commonplace.objectifying.models.challenge import Challenge, Settlement
from commonplace.objectifying.models.proposal import Proposal
from commonplace.objectifying.models.version import Version
from commonplace.objectifying.status import Matter, Outcome, Status

HERE = {"practice": OuterRef("pk")}


def status() -> Case:
    rounds = Proposal._base_manager.filter(**HERE)
    latest = Version._base_manager.filter(practice=OuterRef("practice")).order_by("-number")
    not_accepted = rounds.filter(outcome=Outcome.NOT_ACCEPTED, version=Subquery(latest.values("pk")[:1]))
    return Case(
        When(
            Exists(Settlement._base_manager.filter(challenge__practice=OuterRef("pk"), outcome=Outcome.RETIRED)),
            then=Value(Status.RETIRED),
        ),
        When(Exists(Challenge._base_manager.filter(settlement=None, **HERE)), then=Value(Status.CONTESTED)),
        When(is_held(), then=Value(Status.ACCEPTED)),
        When(Exists(rounds.filter(decided_at=None, matter=Matter.ACCEPTANCE)), then=Value(Status.PROPOSED)),
        When(Exists(Agreement._base_manager.filter(**HERE)), then=Value(Status.UNDER_REVISION)),
        When(Exists(not_accepted), then=Value(Status.NOT_ACCEPTED)),
        When(Exists(Version._base_manager.filter(**HERE).exclude(Version.PARTLY)), then=Value(Status.CANDIDATE)),
        default=Value(Status.EXTERNALIZED),
        output_field=CharField(),
    )


def is_held() -> Exists:
    return Exists(Agreement._base_manager.filter(ended_at=None, **HERE))


def in_a_round() -> Exists:
    return Exists(Proposal._base_manager.filter(decided_at=None, **HERE))


def agreed() -> dict[str, Any]:
    in_force = Agreement._base_manager.filter(ended_at=None, **HERE).annotate(number=F("version__number"))
    names = {"agreed_number": "number", "agreed_since": "since", "review_on": "review_on", "agreed_in": "proposal"}
    return {name: Subquery(in_force.values(column)[:1]) for name, column in names.items()}


def open_round() -> dict[str, Any]:
    running = Proposal._base_manager.filter(decided_at=None, **HERE).annotate(number=F("version__number"))
    names = {"round": "pk", "round_matter": "matter", "round_number": "number", "round_closes_at": "closes_at"}
    return {name: Subquery(running.values(column)[:1]) for name, column in names.items()}
