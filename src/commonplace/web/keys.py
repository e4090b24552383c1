"""Keys: each presses a link that stands on the page, never while somebody types. They can be turned off."""

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from markupsafe import Markup

from commonplace.communities import pages
from commonplace.communities.pages import Visit, asks_for_a_part
from commonplace.web.visits import KEPT

COOKIE, OFF = "keys", "off"


class Key(NamedTuple):
    """`pressed`: one after the other, with a space between; `name`: of the link, for templates."""

    pressed: str
    name: str
    words: Promise


ANYWHERE = (
    Key("?", "keys", _("Show these keys")),
    Key("/", "search", _("Search")),
    Key("a", "ask", _("Ask")),
    Key("g h", "home", _("Home")),
    Key("g n", "notices", _("Notices")),
    Key("g c", "communities", _("All communities")),
)
WITHIN = (
    Key("g e", "exchange", _("Exchange")),
    Key("g p", "practices", _("Practices")),
    Key("g y", "cycle", _("Cycle")),
    Key("g o", "objectives", _("Objectives")),
)
ON_LISTS = (Key("j", "", _("The next on a list")), Key("k", "", _("The one before")))
GROUPS = ((_("Anywhere"), ANYWHERE), (_("In a community"), WITHIN), (_("On lists"), ON_LISTS))
PRESSED = {one.name: one.pressed for one in (*ANYWHERE, *WITHIN)}


def key(name: str) -> Markup:
    """The attribute of the link that it presses, if it has a key."""
    return Markup(' data-key="{}"').format(PRESSED[name]) if name in PRESSED else Markup("")


def are_on(request: HttpRequest | None) -> bool:
    return request is not None and request.COOKIES.get(COOKIE) != OFF


def index(request: Visit) -> HttpResponse:
    template = "partials/keys.jinja" if asks_for_a_part(request) else "keys.jinja"
    return render(request, template, {"groups": GROUPS, "on": are_on(request)})


def update(request: Visit) -> HttpResponse:
    """Known to this browser alone, as it is its keyboard."""
    is_off = request.POST.get("keys") == OFF
    response = pages.done(request, str(_("Keys are off.") if is_off else _("Keys are on.")), "keys")
    if is_off:
        secure = request.is_secure()
        response.set_cookie(COOKIE, OFF, max_age=KEPT, httponly=True, samesite="Lax", secure=secure)
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response
