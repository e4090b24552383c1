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
    if not match or len(match[2]) > LONGEST:
        raise Refused(f"--site {typed[:LONGEST]}: is no address of a site; {ASK}")
    return (match[1] or "https://") + match[2]


def site_of(community: str, format_: str, marks: Marks, given: str = "") -> Site:
    """The site here that agrees with what is known of the archive, or a new one, not stored; `given` by a person."""
    known, here = Marks(given or marks.address, marks.mark), list(Site.objects.filter(community=community))
    here = [site for site in here if site.format == format_]
    if not any(known):
        raise Refused(f"nothing in the archive tells its site: {ASK}")
    if same := _same(here, known, bool(given)):
        same.address, same.mark = same.address or known.address, same.mark or known.mark
        return same
    origin = f"{format_} {known.address.partition('://')[2] or known.mark}"
    return Site(community=community, format=format_, origin=origin, address=known.address, mark=known.mark)


def _same(here: list[Site], known: Marks, by_hand: bool) -> Site | None:
    for site in here:
        if known.address and _bare(site.address) == _bare(known.address):
            if _differ(site.mark, known.mark):
                raise Refused(f"this looks like another site than {site}: its first account is of another day; {ASK}")
            return site
    maybe = [site for site in here if not (_differ(site.address, known.address) or _differ(site.mark, known.mark))]
    if len(maybe) > 1 or any(not _meet(site, known) and not known.address for site in maybe):
        raise Refused(f"this may be of {maybe[0]}, which is here: {ASK}, {APART}")
    twins = [site for site in here if site.mark and site.mark == known.mark and site not in maybe]
    if twins and not by_hand:
        raise Refused(f"this looks like another site than {twins[0]}, and yet like the same: {ASK}")
    return maybe[0] if maybe else None


def _meet(site: Site, known: Marks) -> bool:
    return bool(site.mark) and site.mark == known.mark


def _differ(one: str, other: str) -> bool:
    return bool(one and other) and _bare(one) != _bare(other)


def _bare(address: str) -> str:
    return address.partition("://")[2] or address
