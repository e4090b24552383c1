"""T15, §2.7: a minor edit is found fine, and holds after some days; or it is taken back. A round on it ends that."""

from typing import Any

from django.utils.translation import gettext as _

from commonplace.communities.models import Person
from commonplace.ledger import clock
from commonplace.ledger.act import Written, act
from commonplace.ledger.errors import NotPossible
from commonplace.objectifying import policy
from commonplace.objectifying.evidence import MinorAgreed, MinorEdited
from commonplace.objectifying.models import Agreement, MinorEdit
from commonplace.objectifying.possible import must_be_possible
from commonplace.objectifying.settling import end_agreement
from commonplace.objectifying.status import MinorEnd


def _is_found_fine(actor: Person, edit: MinorEdit) -> None:
    must_be_possible("practice.minor_fine", edit.practice)
    _must_wait(edit)
    if edit.version.author_id == actor.pk:
        raise NotPossible(_("You wrote it: somebody else says that it is fine."))
    if edit.fine_by_id:
        raise NotPossible(_("Somebody has said already that it is fine."))


@act("practice.minor_fine", who=policy.reviewer, evidence=MinorEdited, guard=_is_found_fine)
def find_fine(actor: Person, edit: MinorEdit) -> Written[MinorEdit]:
    """Who: a member, no bot, no sponsor. Guard: the edit waits, is another's, nobody said so before.
    Effect: it holds after MINOR_DAYS, unless somebody makes it a round."""
    edit.fine_by, edit.fine_at = actor, clock.now()
    edit.save(update_fields=["fine_by", "fine_at"])
    return Written(edit, MinorEdited(number=edit.version.number))


def _can_be_taken_back(actor: Person, edit: MinorEdit) -> None:
    must_be_possible("practice.minor_taken_back", edit.practice)
    _must_wait(edit)


@act("practice.minor_taken_back", who=policy.writer, evidence=MinorEdited, guard=_can_be_taken_back)
def take_back_edit(actor: Person, edit: MinorEdit) -> Written[MinorEdit]:
    """Who: who wrote it. Guard: the edit waits. Effect: it is a version like others, and nothing holds by it."""
    return Written(_ended(edit, MinorEnd.TAKEN_BACK), MinorEdited(number=edit.version.number))


def _has_waited(actor: Any, edit: MinorEdit) -> None:
    must_be_possible("practice.minor_agreed", edit.practice)
    _must_wait(edit)
    if edit.holds_at is None or clock.now() < edit.holds_at:
        raise NotPossible(_("Somebody may still make it a round."))
    if edit.practice.course.rounds:
        raise NotPossible(_("A round on it is open. It is decided first."))


@act("practice.minor_agreed", who=policy.by_time, evidence=MinorAgreed, guard=_has_waited)
def agree_on_edit(actor: Any, edit: MinorEdit) -> Written[MinorEdit]:
    """Who: the rule itself, in time. Guard: somebody else found it fine, MINOR_DAYS have passed, nobody made it a
    round; no challenge and no round is open. Effect: it is what is agreed on, until the same day of review."""
    before = edit.agreement
    end_agreement(edit.practice)
    Agreement.objects.create(
        practice=edit.practice, version=edit.version, proposal=before.proposal, review_on=before.review_on
    )
    row = _ended(edit, MinorEnd.AGREED)
    return Written(row, MinorAgreed(number=edit.version.number, proposal=before.proposal_id))


def _must_wait(edit: MinorEdit) -> None:
    if not edit.practice.minor_edits.waiting().filter(pk=edit.pk).exists():
        raise NotPossible(_("This minor edit does not wait any more."))


def _ended(edit: MinorEdit, outcome: MinorEnd) -> MinorEdit:
    edit.ended_at, edit.outcome = clock.now(), outcome
    edit.save(update_fields=["ended_at", "outcome"])
    return edit
