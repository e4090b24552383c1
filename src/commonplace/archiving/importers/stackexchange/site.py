"""Which site a dump is of: the archives are named after it."""

import re

NETWORK = re.compile(r"([a-z0-9]+)[.-](meta[.-])?stackexchange(?![a-z])")
OWN_NAME = re.compile(
    r"((?:meta[.-])?(?:stackoverflow|superuser|serverfault|askubuntu|stackapps)\.com|mathoverflow\.net)"
)


def address_of_site(archive: str) -> str:
    """`https://ai.stackexchange.com` for `ai.stackexchange.com.zip` or `ai-stackexchange-2016-12`; empty if unknown."""
    if match := NETWORK.match(archive.lower()):
        return f"https://{match[1]}.{'meta.' if match[2] else ''}stackexchange.com"
    return f"https://{match[1]}" if (match := OWN_NAME.match(archive.lower())) else ""
