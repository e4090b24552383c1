"""The rule of a community, and who may read it: changed by a round, under the rule in force."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonplace.communities.acts.founding import charter_after, profiled
from commonplace.communities.evidence import CharterSet
from commonplace.communities.models import Community, Person
from commonplace.consenting.kinds import Kind
from commonplace.consenting.matter import Matter, Text
from commonplace.consenting.models import Draft, Proposal
from commonplace.consenting.phrases import Phrases
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.recording import Also

PARTS = {
    "quorum": gettext_lazy("How many consent"),
    "round_days": gettext_lazy("Days of a round"),
    "refusal_days": gettext_lazy("Days to refuse one's words"),
    "review_days": gettext_lazy("Days until a practice is looked at again"),
    "hidden_stances": gettext_lazy("Where people stand is shown"),
    "visibility": gettext_lazy("Who may read here"),
}


def _draft(community: Community, proposal: Proposal) -> Draft:
    drafts = Draft.objects.filter(community=community, number=proposal.number).everywhere("a round is on it")
    draft = drafts.first()
    if draft is None:
        raise NotPossible(_("Draft another rule first."))
    return draft


def _is_ready(actor: Person, community: Community, proposal: Proposal) -> None:
    draft = _draft(community, proposal)
    if (draft.rule(), draft.visibility) == (community.charter.rule(), community.visibility):
        raise NotPossible(_("This is the rule already. Change something of it first."))


def _text(community: Community, proposal: Proposal) -> Text:
    """In the community's language: the text is frozen, and all read the same."""
    draft = _draft(community, proposal)
    with translation.override(community.language):
        parts = {
            "quorum": str(draft.quorum) if draft.quorum else _("as many as follow from how many take part"),
            "round_days": str(draft.round_days),
            "refusal_days": str(draft.refusal_days),
            "review_days": str(draft.review_days),
            "hidden_stances": _("once the round has closed") if draft.hidden_stances else _("at once"),
            "visibility": str(draft.get_visibility_display()),
        }
        return Text(title=_("How we decide"), parts=parts, wrote=frozenset({draft.drafted_by_id}))


def _set(actor: Any, proposal: Proposal) -> Sequence[Also]:
    community: Community = proposal.subject
    draft = _draft(community, proposal)
    row = charter_after(community, None, draft.rule())
    charter = Also("charter.set", row, CharterSet(**row.rule(), by_consent=True, proposal=proposal.pk))
    if community.visibility == draft.visibility:
        return [charter]
    community.visibility = draft.visibility
    community.save(update_fields=["visibility"])
    return [charter, Also("community.profile_set", community, profiled(community))]


def _newest(community: Community) -> int:
    return Draft.objects.filter(community=community).everywhere("the newest").count()


def _at(proposal: Proposal) -> str:
    return reverse("charters", args=[proposal.community.slug])


def _write_at(proposal: Proposal) -> str:
    return reverse("edit_rule", args=[proposal.community.slug])


PHRASES = Phrases(
    asks=lambda proposal: _("Decide by this rule from now on?"),
    agreed=lambda proposal: _("set: this rule holds now"),
    text=gettext_lazy("The rule as it would be"),
    consent=gettext_lazy("I can work with this rule; safe enough to try"),
    object=gettext_lazy("this rule would do harm: stops it until met"),
)
CHARTER = Matter(
    kind=Kind.CHARTER, on=Community, words=gettext_lazy("the rule of the community"),
    accept=gettext_lazy("Set it"), parts=PARTS, binding=frozenset(PARTS), must_be_ready=_is_ready, text=_text,
    newest=_newest, accepted=_set, address=_at, write_at=_write_at, phrases=PHRASES,
)  # fmt: skip
