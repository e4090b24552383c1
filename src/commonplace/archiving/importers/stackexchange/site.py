"""Which site a dump is of: the archives are named after it."""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from commonplace.archiving.importers import Target

NETWORK = re.compile(
    r"([a-z0-9]+)(?:\.(meta\.)?stackexchange\.com(?![a-z0-9-])|-(meta-)?stackexchange-\d{4}-\d{2}(?![a-z0-9]))"
)
OWN_NAME = re.compile(
    r"((?:meta[.-])?(?:stackoverflow|superuser|serverfault|askubuntu|stackapps)\.com|mathoverflow\.net)"
)

TAGGED: Final = re.compile(r"/(?:questions/tagged|tags)/([^/?#+ ]+)/?(?:\?[^#]*)?(?:#.*)?$")
POST: Final = re.compile(
    r"/(?:q|a|questions)/(?P<post>\d{1,18})(?:/[^/?#]*(?:/(?P<below>\d{1,18}))?)?/?(?:\?[^#]*)?"
    r"(?:#(?:comment\d+_(?P<comment>\d{1,18})|(?:answer-)?(?P<answer>\d{1,18})|.*))?$",
    re.ASCII,
)


def address_of_site(archive: str) -> str:
    """`https://ai.stackexchange.com` for `ai.stackexchange.com.zip` or `ai-stackexchange-2016-12`; empty if unknown."""
    if match := NETWORK.match(archive.lower()):
        return f"https://{match[1]}.{'meta.' if match[2] or match[3] else ''}stackexchange.com"
    return f"https://{match[1]}" if (match := OWN_NAME.match(archive.lower())) else ""


def targets(path: str) -> Iterator[Target]:
    """`/q/5/9` (9 shared it), `/questions/5/why/7#7`, `/a/7`, `#comment12_7`, `/questions/tagged/pumps`."""
    if tagged := TAGGED.match(path):
        yield Target("topic", unquote(tagged[1]))
    elif post := POST.match(path):
        within = post["comment"] or post["answer"] or post["below"]
        for number in (within, post["post"]) if within else (post["post"],):
            yield Target("answer", number)
            yield Target("exchange", number)
