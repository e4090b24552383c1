"""Which versions of a practice were decided on: each is once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from commonplace.consenting.kinds import Kind, Outcome
from commonplace.consenting.models import Proposal
from commonplace.ledger.once import once
from commonplace.objectifying.models import Practice

NEVER_AGAIN = (Outcome.ACCEPTED, Outcome.NOT_ACCEPTED)


def is_decided(practice: Practice, number: int) -> bool:
    """Accepted, or not: what was returned, or taken back, may be put again."""
    return once(("decided", practice.pk, number), lambda: number in decided_on([practice])[practice.pk])


def decided_on(practices: Sequence[Practice]) -> Mapping[str, set[int]]:
    """Numbers, by the practice's id."""
    about = {"subject_id__in": [one.pk for one in practices], "matter": Kind.ACCEPTANCE, "outcome__in": NEVER_AGAIN}
    numbers: dict[str, set[int]] = defaultdict(set)
    decided = Proposal.objects.filter(**about).everywhere("a version is decided on once")
    for practice, number in decided.order_by().values_list("subject_id", "number"):
        numbers[practice].add(number)
    return numbers
