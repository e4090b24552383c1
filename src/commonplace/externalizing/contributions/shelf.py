"""How many exchanges are filed under a topic, in words."""

from django.utils.translation import ngettext

from commonplace.communities.paging import in_figures


def counted(n: int, most: int) -> str:
    return ngettext("%(count)s exchange", "%(count)s exchanges", n) % {"count": in_figures(n, most)}
