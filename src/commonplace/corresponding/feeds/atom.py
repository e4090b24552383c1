"""A feed as Atom (RFC 4287). The address that it is read by stands nowhere in it: whoever passes it on gives nothing
away."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from commonplace.corresponding.feeds.entries import Entry

UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML may hold."""


class Feed(Atom1Feed):
    def latest_post_date(self) -> datetime:
        """Of an empty one, when it began: asked again it says the same."""
        began: datetime = self.feed["since"]
        return max((item["updateddate"] for item in self.items), default=began)

    def item_attributes(self, item: dict[str, Any]) -> dict[str, Any]:
        return {"xml:lang": item["language"]} if item["language"] else {}


def atom(
    entries: Sequence[Entry], *, title: str, key: str, href: str, site: str, language: str, since: datetime,
    at: Callable[[str], str],
) -> tuple[bytes, datetime]:  # fmt: skip
    """And when it last changed. `at`: an address of ours with its host."""
    feed = Feed(
        title=plain(title), link=at(href), feed_guid=at(key), description="", language=language,
        author_name=plain(site), since=since,
    )  # fmt: skip
    for one in entries:
        feed.add_item(
            title=plain(one.title), link=at(one.href), unique_id=at(f"{one.href.partition('#')[0]}#{one.id}"),
            description=escape(plain(one.words)), author_name=plain(one.who) or None, language=one.language,
            pubdate=one.at, updateddate=one.at,
        )  # fmt: skip
    return feed.writeString("utf-8").encode(), feed.latest_post_date()


def plain(text: str) -> str:
    return UNWRITABLE.sub("", str(text))
