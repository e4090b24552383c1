"""Which site an archive is of: one that the community has, or another; asked for when nothing tells it."""

import re
from typing import Final

from commonplace.archiving.importers import Marks
from commonplace.archiving.models import Site
from commonplace.untrusted.refused import Refused

ADDRESS: Final = re.compile(r"(https?://)?([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?)/?", re.ASCII)
LONGEST: Final = 90
ASK: Final = "say which site it is of, for instance --site https://ai.stackexchange.com"
APART: Final = "or bring it into a community of its own"


def address(typed: str) -> str:
    """`https://ai.stackexchange.com` for that or `ai.stackexchange.com`; raises `Refused`."""
    match = ADDRESS.fullmatch(typed.strip().lower())
    if not match or len(match[2]) > LONGEST or not set(".:") & set(match[2]):
        raise Refused(f"--site {typed[:LONGEST]}: is no address of a site; {ASK}")
    return (match[1] or "https://") + match[2]


def site_of(community: str, format_: str, marks: Marks, given: str = "") -> Site:
    """The site here that agrees with what is known of the archive, or a new one, not stored; `given` by a person."""
    here = list(Site.objects.filter(community=community, format=format_))
    alike = [site for site in here if site.mark and site.mark == marks.mark]
    if not (known := given or marks.address):
        return _only(alike)
    for site in here:
        if _bare(site.address) == _bare(known):
            if _differ(site.mark, marks.mark):
                raise Refused(f"this looks like another site than {site}: its first account is of another day; {ASK}")
            site.mark = site.mark or marks.mark
            return site
    if alike and not given:
        raise Refused(f"its name says {known}, and its first account that of {alike[0]}: {ASK}, {APART}")
    return Site(community=community, format=format_, origin=f"{format_} {_bare(known)}", address=known, mark=marks.mark)


def twins(site: Site, marks: Marks) -> list[Site]:
    """Others here with the same first account: perhaps the same site under a mistyped address."""
    alike = Site.objects.filter(community=site.community, format=site.format).exclude(origin=site.origin)
    return list(alike.filter(mark=marks.mark)) if marks.mark else []


def _only(alike: list[Site]) -> Site:
    """Whose source cannot be named does not come in: the licence of an archive asks for it."""
    if len(alike) != 1:
        raise Refused(f"nothing in the archive tells its site: {ASK}")
    return alike[0]


def _differ(one: str, other: str) -> bool:
    return bool(one and other) and one != other


def _bare(address: str) -> str:
    return address.partition("://")[2] or address
