"""A letter that invites, to be sent by whoever invites: it opens in their own mail program."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote

from django.utils.translation import gettext as _

from commonplace.communities.dates import localdate
from commonplace.communities.models import Community

OF_ONE = 25
"""Mail programs cut an address of more than two thousand letters."""


def inviting(community: Community, link: str, until: datetime, to_sponsor: bool = False) -> str:
    words = _to_sponsor() if to_sponsor else _to_join()
    return words % {"title": community.title, "until": localdate(until), "link": link}


def _to_sponsor() -> str:
    return _(
        "You are asked to sponsor “%(title)s”. This link is for you alone, once, until %(until)s:\n\n%(link)s\n\n"
        "A sponsor protects and equips the community, signs objectives with it and says how far they are attained; "
        "nobody's questions or answers are shown to them. First make an account there, or sign in if you have one, and "
        "say whether you accept; then read its objectives."
    )


def _to_join() -> str:
    return _(
        "You are invited into “%(title)s”. This link lets you in until %(until)s:\n\n%(link)s\n\nYou make an account "
        "there, or sign in if you have one."
    )


def letters(community: Community, words: str, addresses: Sequence[str]) -> list[str]:
    """Addresses that open it, to some people each, of whom none sees another's."""
    subject = _("An invitation into “%(title)s”") % {"title": community.title}
    rest = f"&subject={quote(subject)}&body={quote(words)}"
    parts = [addresses[at : at + OF_ONE] for at in range(0, len(addresses), OF_ONE)]
    return [f"mailto:?bcc={quote(','.join(some), safe='@,')}{rest}" for some in parts]
