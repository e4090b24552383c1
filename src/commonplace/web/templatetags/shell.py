"""allauth's pages are Django templates; these tags put them into our shell and draw their forms with our macros."""

from typing import Any

from allauth.account.adapter import get_adapter
from django import template
from django.conf import settings
from django.forms import BaseForm
from django.http import HttpRequest
from django.template import Context, engines
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def shell(context: Context, **parts: Any) -> SafeString:
    """The whole page: title, width, content and scripts come as rendered text."""
    return _drawn("account.jinja", parts, context.get("request"))


@register.simple_tag
def kit_fields(form: BaseForm) -> SafeString:
    """A form as everywhere else: the label says it, so the placeholder does not."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
    return _drawn("partials/fields.jinja", {"form": form})


@register.simple_tag
def may_sign_up(request: HttpRequest) -> bool:
    return bool(get_adapter(request).is_open_for_signup(request))


@register.simple_tag
def sends_mail() -> bool:
    return bool(settings.MAIL)


def _drawn(name: str, context: dict[str, Any], request: HttpRequest | None = None) -> SafeString:
    """Escaped already by Jinja2, whose own markup Django's engine does not know."""
    return SafeString(engines["jinja2"].get_template(name).render(context, request))
