"""The template language of our pages: a few filters for what people read, and Django's own url and static."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.messages import get_messages
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, ngettext
from jinja2 import Environment

from commonplace.communities import zones
from commonplace.communities.dates import duration, localdate, localday, localtime
from commonplace.communities.models import footing
from commonplace.communities.names import page_of
from commonplace.communities.paging import at_least, by_steps, in_figures
from commonplace.ledger import clock
from commonplace.ledger.act import asked, may, why_not
from commonplace.untrusted.html import plain
from commonplace.web import keys
from commonplace.web.header import header
from commonplace.web.visits import news_in
from commonplace.web.way_back import way_back
from commonplace.web.written import apart, glimpse, line, prose, written


def environment(**options: Any) -> Environment:
    env = Environment(**{**options, "extensions": ["jinja2.ext.i18n"], "lstrip_blocks": True})
    env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.globals.update(
        static=static,
        url=url,
        asked=asked,
        may=may,
        why_not=why_not,
        footing_of=footing,
        page_of=page_of,
        way_back=way_back,
        header=header,
        news_in=news_in,
        key=keys.key,
        keys_on=keys.are_on,
        written=written,
        is_past=lambda at: at <= clock.now(),
        get_messages=get_messages,
        get_language=translation.get_language,
    )
    env.filters.update(day=localday, localdate=localdate, localtime=localtime)
    env.filters.update(zone=zones.called, apart=apart, glimpse=glimpse, line=line, plain=plain, prose=prose)
    env.filters.update(ago=ago, duration=duration, percent=percent)
    env.filters.update(in_figures=in_figures, at_least=at_least, by_steps=by_steps)
    return env


def url(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args or None, kwargs=kwargs or None)


def ago(moment: datetime, in_a_sentence: bool = False) -> str:
    """In words, as one would say it: "3 hours ago", "in 2 days"; a date when it is far, "on 1 May" in a sentence."""
    distance = clock.now() - moment
    if abs(distance) > timedelta(days=30):
        return gettext("on %(day)s") % {"day": localdate(moment)} if in_a_sentence else localdate(moment)
    if abs(distance) < timedelta(minutes=1):
        return gettext("just now")
    words = duration(_in_words(abs(distance)))
    return (
        gettext("in %(duration)s") % {"duration": words}
        if distance < timedelta(0)
        else gettext("%(duration)s ago") % {"duration": words}
    )


def _in_words(distance: timedelta) -> float:
    """Seconds; whole days once there is one: nobody says "2 days 3 hours ago"."""
    return timedelta(days=distance.days).total_seconds() if distance.days else distance.total_seconds()


def percent(rate: float) -> str:
    return gettext("%(n)s %%") % {"n": round(rate * 100)}
