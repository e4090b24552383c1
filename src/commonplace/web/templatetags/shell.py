"""allauth's pages are Django templates; these tags put them into our Jinja2 shell and draw their forms with our macros."""

from typing import Any

from django import template
from django.conf import settings
from django.forms import BaseForm
from django.template import Context
from django.template.loader import render_to_string

register = template.Library()


@register.simple_tag(takes_context=True)
def shell(context: Context, **parts: Any) -> str:
    """The whole page: title, width, content and scripts come as rendered text."""
    return render_to_string("account.jinja", parts, context.get("request"))


@register.simple_tag
def kit_fields(form: BaseForm) -> str:
    """A form as everywhere else: the label says it, so the placeholder does not."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
    return render_to_string("partials/fields.jinja", {"form": form})


@register.simple_tag
def sends_mail() -> bool:
    return bool(settings.MAIL)
