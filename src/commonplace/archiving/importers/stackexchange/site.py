"""Which site a dump is of: the archives are named after it."""

import re

NETWORK = re.compile(r"([a-z0-9]+)[.-](meta[.-])?stackexchange(?![a-z])")
OWN_NAME = re.compile(
    r"((?:meta[.-])?(?:stackoverflow|superuser|serverfault|askubuntu|stackapps)\.com|mathoverflow\.net)"
)


def address_of_site(archive: str) -> str:
    """`https://ai.stackexchange.com` for `ai.stackexchange.com.zip` or `ai-stackexchange-2016-12`; empty if unknown."""
    if found := NETWORK.match(archive.lower()):
        return f"https://{found[1]}.{'meta.' if found[2] else ''}stackexchange.com"
    return f"https://{found[1]}" if (found := OWN_NAME.match(archive.lower())) else ""
