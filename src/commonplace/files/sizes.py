"""How large something is, in words."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

KB, MB, GB = 1 << 10, 1 << 20, 1 << 30


def in_words(size: int) -> str:
    """KB rounded up, MB and GB with a digit after the point: nothing has no size at all."""
    if size < MB:
        return _("%(n)s KB") % {"n": number_format(-(-size // KB))}
    if size < GB:
        return _("%(n)s MB") % {"n": number_format(size / MB, 1)}
    return _("%(n)s GB") % {"n": number_format(size / GB, 1)}
