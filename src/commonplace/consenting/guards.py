"""What several acts of a round ask before they write."""

from django.utils.translation import gettext as _

from commonplace.communities.models import Person
from commonplace.consenting.kinds import PartIn
from commonplace.consenting.models import Objection, Proposal
from commonplace.ledger.errors import NotPossible
from commonplace.untrusted.visible import is_blank


def must_be_open(proposal: Proposal) -> None:
    if not proposal.is_open:
        raise NotPossible(_("This round is over. It is shown how it ended."))


def must_be_in_time(proposal: Proposal) -> None:
    must_be_open(proposal)
    if proposal.is_closed_to_stances:
        raise NotPossible(_("This round is closed: it ends by its rule."))


def must_be_asked(person: Person, proposal: Proposal) -> None:
    """Whom a round asks was fixed at its opening: joining, leaving a role, changing a unit changes nothing."""
    if proposal.asked.filter(person=person.pk).exists():
        return
    if proposal.parties.filter(person=person.pk, part=PartIn.CONCERNED).exists():
        raise NotPossible(_("This round is about you: you are heard, and not asked. You can ask and answer questions."))
    raise NotPossible(
        _("Whom this round asks was fixed when it opened, and you were not among them. You can ask a question.")
    )


def must_be_of_this_text(proposal: Proposal, number: int | None) -> None:
    """A page shown before the round moved speaks of what is not proposed any more."""
    if number is not None and number != proposal.number:
        raise NotPossible(
            _("Meanwhile the round moved to version %(number)s. Read it, then say where you stand.")
            % {"number": proposal.number}
        )


def must_be_the_first_for_another(actor: Person, proposal: Proposal) -> None:
    """A facilitator's word for somebody unnamed, a question or an objection: together one in a round."""
    if proposal.objections.filter(raised_by=actor, for_another=True).exists():
        raise NotPossible(_("You have objected for somebody in this round already. It is one in a round."))
    if proposal.questions.filter(asked_by=actor, for_another=True).exists():
        raise NotPossible(_("You have asked for somebody in this round already. It is one in a round."))


def must_have_words(words: str, otherwise: str, about: str = "reason") -> None:
    if is_blank(words):
        raise NotPossible(otherwise, about)


def must_stand(objection: Objection) -> None:
    must_be_in_time(objection.proposal)
    if not objection.is_standing:
        raise NotPossible(_("This objection is settled already."))
