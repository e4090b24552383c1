"""How many exchanges are filed under a topic, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def counted(n: int, more: bool) -> str:
    if more:
        return _("%(n)s+ exchanges") % {"n": n}
    return ngettext("%(count)s exchange", "%(count)s exchanges", n) % {"count": n}
