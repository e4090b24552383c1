"""What comes next of a practice for a member: it is not complete yet, or it is agreed on and nobody has tried it."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from commonplace.communities.way_on import Step, WayOn
from commonplace.consenting.kinds import Kind
from commonplace.externalizing.models import Kind as ExchangeKind
from commonplace.externalizing.way_on import to_ask
from commonplace.ledger.models import Act
from commonplace.objectifying import policy
from commonplace.objectifying.models import Practice
from commonplace.objectifying.moves import refusal
from commonplace.objectifying.reports import REPORTED
from commonplace.objectifying.status import Status


def way_on(me: Any, practice: Practice, history: Iterable[Act]) -> WayOn | None:
    if not policy.member.allows(me, practice):
        return None
    if practice.status == Status.EXTERNALIZED:
        return _is_begun(practice)
    if practice.status == Status.ACCEPTED and not any(act.verb == REPORTED for act in history):
        return _is_untried(practice)
    return None


def who_else(practice: Practice) -> Step:
    """An exchange that asks who knows it."""
    title = _("Who else knows this: %(title)s?") % {"title": practice.title}
    return Step(_("Ask who else knows it"), to_ask(practice.community, ExchangeKind.REQUEST, title))


def who_tries(practice: Practice) -> Step:
    title = _("Who tries it first: %(title)s?") % {"title": practice.title}
    return Step(_("Ask who tries it first"), to_ask(practice.community, ExchangeKind.REQUEST, title))


def _is_begun(practice: Practice) -> WayOn:
    why = refusal("proposal.opened", practice.status, Kind.ACCEPTANCE)
    at = reverse("revise", args=[practice.community.slug, practice.pk])
    words = _("It is written down, and cannot be proposed yet. %(why)s") % {"why": _(why) if why else ""}
    return WayOn(words.strip(), (Step(_("Complete it"), at),))


def _is_untried(practice: Practice) -> WayOn:
    return WayOn(_("It is agreed on, and nobody has said yet how it went."), (who_tries(practice),))
