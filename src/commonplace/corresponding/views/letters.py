"""Letters: how one wants them, and that an address works again."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from commonplace.communities import pages
from commonplace.communities.models import Community
from commonplace.communities.pages import Visit
from commonplace.corresponding.letters import confirming, refusals, wishes
from commonplace.corresponding.letters.forms import LettersForm
from commonplace.ledger.forms import carried_out


def edit(request: Visit) -> HttpResponse:
    form = LettersForm.of(_mine(request), wishes.digest_of(request.user), wishes.chosen_by(request.user))
    return _page(request, form)


def update(request: Visit) -> HttpResponse:
    form = LettersForm(_mine(request), request.POST)
    if carried_out(form, lambda: _keep(request, form)):
        return pages.done(request, _("Saved."), "letters")
    return _page(request, form, status=422)


def begin_again(request: Visit) -> HttpResponse:
    refusals.begin_again(pages.myself(request))
    return pages.done(request, _("The next letter goes there again."), "letters")


def _keep(request: Visit, form: LettersForm) -> bool:
    wishes.keep(pages.myself(request), form.cleaned_data["often"], form.cleaned_data["hour"], form.chosen())
    return True


def _mine(request: Visit) -> Any:
    return Community.objects.of(request.user).order_by("title", "pk")


def _page(request: Visit, form: LettersForm, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "mail": settings.MAIL,
        "stopped": refusals.stopped(request.user),
        "unconfirmed": confirming.must_confirm(request.user),
        "chosen": {community for community, _kind in wishes.chosen_by(request.user)},
    }
    return render(request, "corresponding/letters/edit.jinja", context, status=status)
