"""Asking to join a community that is not open, and answering."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from commonplace.communities import acts, pages
from commonplace.communities.forms.belonging import RequestForm
from commonplace.communities.limits import limited
from commonplace.communities.models import JoinRequest
from commonplace.communities.pages import Visit
from commonplace.communities.views.communities import page
from commonplace.communities.way_on import Step
from commonplace.ledger.forms import carried_out


@limited("join", most=60, minutes=10)
def create(request: Visit, slug: str) -> HttpResponse:
    community, form = pages.seen(request, slug), RequestForm(request.POST)
    asked = carried_out(form, lambda: acts.ask_to_join(request.user, community, **form.cleaned_data))
    if asked is None:
        return page(request, community, status=422, request_form=form)
    words = _("A facilitator is told that you ask to join. Meanwhile others may be open to you.")
    return pages.done(request, words, community, steps=[Step(_("Communities"), reverse("communities"))])


def answer(request: Visit, slug: str, pk: str) -> HttpResponse:
    community, form = pages.tended(request, slug), forms.Form(request.POST)
    waiting = JoinRequest.objects.visible_to(request.user).filter(community=community).select_related("person")
    asked, admitted = get_object_or_404(waiting, pk=pk), request.POST.get("admitted") == "yes"
    answered = carried_out(form, lambda: acts.answer_request(request.user, asked, admitted=admitted))
    if answered is None:
        return page(request, community, status=422, refusal=form)
    message = _("%(name)s is a member now.") if admitted else _("%(name)s was not admitted.")
    return pages.done(request, message % {"name": asked.person.called}, community)
