"""Another rule for the community: drafted here, put to consent on the next page; one who is alone sets it at once."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from commonplace.communities import acts as social
from commonplace.communities import decision_rule, pages, policy
from commonplace.communities.acts.founding import is_shared
from commonplace.communities.models import Community
from commonplace.communities.pages import Visit
from commonplace.consenting import acts
from commonplace.consenting.charters import open_on_the_rule
from commonplace.consenting.forms.rule import DraftForm
from commonplace.ledger.act import asked
from commonplace.ledger.forms import carried_out


def edit(request: Visit, slug: str) -> HttpResponse:
    community = pages.shared(request, slug)
    return _page(request, community, DraftForm(community=community))


def update(request: Visit, slug: str) -> HttpResponse:
    community = pages.shared(request, slug)
    form = DraftForm(request.POST, community=community)
    if not is_shared(community):
        return _set_at_once(request, community, form)
    draft = carried_out(form, lambda: acts.draft_rule(request.user, community, **form.terms()))
    if draft is None:
        return _page(request, community, form, status=422)
    if proposal := open_on_the_rule(community):
        return pages.done(request, _("Your draft is kept. A round on the rule is open already."), proposal)
    words = _("Your draft is kept. It is not put to consent yet.")
    return pages.done(request, words, "propose", slug, "charter", community.pk)


def _set_at_once(request: Visit, community: Community, form: DraftForm) -> HttpResponse:
    def both() -> Any:
        charter = social.set_charter(request.user, community, **form.rule())
        if form.cleaned_data["visibility"] != community.visibility:
            social.set_profile(request.user, community, visibility=form.cleaned_data["visibility"])
        return charter

    if carried_out(form, both) is None:
        return _page(request, community, form, status=422)
    return pages.done(request, _("Saved: this holds from now on."), community)


def _page(request: Visit, community: Community, form: DraftForm, status: int = 200) -> HttpResponse:
    shared = is_shared(community)
    context = {
        "community": community,
        "form": form,
        "shared": shared,
        "decision": decision_rule.in_words(community.charter),
        "hindrance": asked(acts.draft_rule, request.user, community) if shared else "",
        "proposal": open_on_the_rule(community),
        "may": shared or policy.facilitator.allows(request.user, community),
    }
    return render(request, "consenting/rule.jinja", context, status=status)
