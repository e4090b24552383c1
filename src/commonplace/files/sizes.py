"""How large something is, in words."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

KB, MB, GB = 1 << 10, 1 << 20, 1 << 30


def in_words(size: int) -> str:
    """KB rounded up; MB and GB with a digit after the point, where it says something."""
    if size < MB:
        return _("%(n)s KB") % {"n": number_format(-(-size // KB))}
    if size < GB:
        return _("%(n)s MB") % {"n": _to_a_tenth(size / MB)}
    return _("%(n)s GB") % {"n": _to_a_tenth(size / GB)}


def _to_a_tenth(number: float) -> str:
    rounded = round(number, 1)
    return number_format(int(rounded) if rounded.is_integer() else rounded)
