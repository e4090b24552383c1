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
from commonplace.consenting.charters import NAMES, in_force, in_words, open_on_the_rule
from commonplace.consenting.kinds import Kind
from commonplace.consenting.matter import Matter, Text
from commonplace.consenting.models import Draft, Proposal
from commonplace.consenting.phrases import Phrases
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.recording import Also

STAYS = "stays"
PARTS = {**NAMES, STAYS: gettext_lazy("What stays as it is")}


def _draft(community: Community, proposal: Proposal) -> Draft:
    drafts = Draft.objects.filter(community=community, number=proposal.number).everywhere("a round is on it")
    draft = drafts.first()
    if draft is None:
        raise NotPossible(_("Draft another rule first."))
    return draft


def _is_ready(actor: Person, community: Community, proposal: Proposal) -> None:
    draft = _draft(community, proposal)
    if draft.values() == in_force(community):
        raise NotPossible(_("This is the rule already. Change something of it first."))
    if _has_moved(draft, community):
        raise NotPossible(_("What it changes was changed since it was drafted. Draft it anew."))


def _has_moved(draft: Draft, community: Community) -> bool:
    """What it changes says something else by now than it did when it was drafted."""
    now, before = in_force(community), draft.before()
    return any(now[name] != before[name] for name in draft.changes())


def _text(community: Community, proposal: Proposal) -> Text:
    """In the community's language: the text is frozen, and all read the same. What changes, from what to what; what
    stays, in one part."""
    draft = _draft(community, proposal)
    with translation.override(community.language):
        before, after = in_words(draft.before()), in_words(draft.values())
        changes = draft.changes()
        stays = "\n".join(f"- {NAMES[name]}: {words}" for name, words in after.items() if name not in changes)
        parts = {name: f"{before[name]} → {after[name]}" for name in changes} | {STAYS: stays}
        return Text(title=_("How we decide"), parts=parts, wrote=frozenset({draft.drafted_by_id}))


def _set(actor: Any, proposal: Proposal) -> Sequence[Also]:
    """What the draft changes, and nothing else: what was changed meanwhile beside it stays."""
    community: Community = proposal.subject
    changes = _draft(community, proposal).changes()
    visibility, also = changes.pop("visibility", None), []
    if changes:
        row = charter_after(community, None, changes)
        also.append(Also("charter.set", row, CharterSet(**row.rule(), by_consent=True, proposal=proposal.pk)))
    if visibility is not None:
        community.visibility = visibility
        community.save(update_fields=["visibility"])
        also.append(Also("community.profile_set", community, profiled(community)))
    return also


def _is_overtaken(proposal: Proposal) -> bool:
    return _has_moved(_draft(proposal.subject, proposal), proposal.subject)


def _newest(community: Community) -> int:
    """While a round is open: of those written for it, by whoever opened it or objects."""
    drafts, proposal = Draft.objects.filter(community=community), open_on_the_rule(community)
    if proposal is not None:
        drafts = drafts.filter(drafted_at__gt=proposal.opened_at, number__gt=proposal.number)
    last = drafts.everywhere("the newest").order_by("-number").first()
    return last.number if last else proposal.number if proposal else 0


def _own(community: Community, person: Any) -> int:
    """The newest that this person wrote: another's is theirs to put."""
    drafts = Draft.objects.filter(community=community, drafted_by=person.pk).everywhere("their own")
    last = drafts.order_by("-number").first()
    return last.number if last else 0


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
    newest=_newest, own=_own, accepted=_set, overtaken=_is_overtaken, address=_at, write_at=_write_at,
    folded=frozenset({STAYS}), phrases=PHRASES,
)  # fmt: skip
