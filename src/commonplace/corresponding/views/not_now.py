"""What needs the reader and what they set aside: for a time, with a reason; and what they have set aside."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django_htmx.http import HttpResponseClientRedirect

from commonplace.communities import pages
from commonplace.communities.contributions import Need, Step
from commonplace.communities.pages import Visit
from commonplace.communities.paging import key
from commonplace.corresponding.forms import NotNowForm
from commonplace.corresponding.not_now import all_put_off, put_off, take_up, waiting


def index(request: Visit) -> HttpResponse:
    """What is set aside; with `need` in the address, the form to set that aside."""
    asked = key(request.GET, "need")
    if not asked:
        return render(request, "corresponding/put_off.jinja", {"rows": all_put_off(request.user)})
    need = waiting(request.user, asked)
    return _page(request, need, NotNowForm()) if need else _over(request)


def create(request: Visit) -> HttpResponse:
    need, form = waiting(request.user, key(request.POST, "need")), NotNowForm(request.POST)
    if need is None:
        return _over(request)
    if not form.is_valid():
        return _page(request, need, form, status=422)
    put_off(request.user, need, **form.cleaned_data)
    if pages.asks_for_a_part(request):
        return render(request, "corresponding/set_aside.jinja", {"need": need, **_place(request.POST)})
    to_all = Step(_("What you have set aside"), reverse("not_now"))
    return pages.done(request, pgettext("what needs somebody", "It is set aside."), "home", steps=[to_all])


def destroy(request: Visit) -> HttpResponse:
    asked = key(request.POST, "need")
    take_up(request.user, asked)
    if pages.asks_for_a_part(request) and (need := waiting(request.user, asked)):
        return render(request, "corresponding/taken_up.jinja", {"need": need, **_place(request.POST)})
    return pages.done(request, _("It stands among what needs you again."), "not_now")


def _over(request: Visit) -> HttpResponse:
    messages.info(request, _("It does not wait for you any more."))
    return HttpResponseClientRedirect(reverse("home")) if pages.asks_for_a_part(request) else redirect("home")


def _place(sent: QueryDict) -> dict[str, bool]:
    """At the desk what waits stands with its act: the address or the form says that it came from there."""
    return {"at_the_desk": sent.get("at") == "desk"}


def _page(request: Visit, need: Need, form: NotNowForm, status: int = 200) -> HttpResponse:
    part = pages.asks_for_a_part(request)
    template = "corresponding/not_now_form.jinja" if part else "corresponding/not_now.jinja"
    context = {"need": need, "form": form, "part": part, **_place(request.POST or request.GET)}
    return render(request, template, context, status=status)
