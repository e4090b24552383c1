"""Answering an objection: it is withdrawn, or met by a newer version. And moving a round to a newer version."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from commonplace.communities import pages
from commonplace.communities.pages import Visit
from commonplace.ledger.forms import carried_out
from commonplace.objectifying import acts, policy
from commonplace.objectifying.forms import SettleObjectionForm
from commonplace.objectifying.models import How, Proposal
from commonplace.objectifying.views import proposals
from commonplace.objectifying.views.versions import seen


def answer(request: Visit, slug: str, pk: str, proposal: str, objection: str) -> HttpResponse:
    row, form = proposals.proposal_at(request, slug, pk, proposal), SettleObjectionForm(request.POST)
    raised = get_object_or_404(row.objections, pk=objection)
    settled = carried_out(
        form,
        lambda: acts.settle_objection(
            request.user,
            raised,
            how=How(form.cleaned_data["how"]),
            version=seen(request, row.practice),
        ),
    )
    if settled is None:
        return proposals.page(request, row, status=422, settle_form=form, settling=objection)
    return pages.done(request, _("The objection is settled: %(how)s.") % {"how": settled.get_how_display()}, row)


def create_amendment(request: Visit, slug: str, pk: str, proposal: str) -> HttpResponse:
    row, form = proposals.proposal_at(request, slug, pk, proposal), SettleObjectionForm({"how": How.CHANGE.value})
    version = seen(request, row.practice) or row.practice.newest_version
    if _has_been_settled(request, row):
        messages.error(
            request, _("Your objection is settled already. Whoever opened the round, or a facilitator, moves it.")
        )
        return redirect(row)
    moved = carried_out(form, lambda: acts.amend(request.user, row, version=version))
    if moved is None:
        return proposals.page(request, row, status=422, settle_form=form, settling="round")
    return pages.done(request, _("Everyone is asked about version %(n)s now.") % {"n": version.number}, row)


def _has_been_settled(request: Visit, proposal: Proposal) -> bool:
    """What let them move the round was an objection that stands no more."""
    once = proposal.objections.filter(raised_by=request.user.pk).exists()
    return once and policy.member.allows(request.user, proposal) and not policy.mover.allows(request.user, proposal)
