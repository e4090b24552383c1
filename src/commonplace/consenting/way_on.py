"""After one's word in a round: the next round that waits for it, in whichever community."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from commonplace.communities.way_on import Step
from commonplace.consenting.contributions.needs import ONE_S_WORD, WAITING
from commonplace.consenting.models import Proposal


def next_round(me: Any, spoken_in: Proposal) -> Step:
    waiting = (row for row in WAITING.rows(reader=me) if row.need in ONE_S_WORD and row.proposal != spoken_in.pk)
    if row := next(waiting, None):
        there = ("list", row.list) if row.list else ("proposal", row.proposal)
        return Step(_("To the next that waits for your word"), reverse(there[0], args=[row.slug, there[1]]))
    return Step(_("Nothing else waits for your word: all that is put to consent"),
                reverse("proposals", args=[spoken_in.community.slug]))  # fmt: skip
