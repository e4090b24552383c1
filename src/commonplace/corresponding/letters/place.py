"""Where this installation is reached from a letter."""

from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.encoding import punycode

from commonplace.communities.commands import address
from commonplace.corresponding.models import Letter


def absolute(href: str) -> str:
    """As headers can hold it: letters of other alphabets in a host are spelled as mail and name servers know them."""
    named = urlsplit(address())
    return named._replace(netloc=punycode(named.netloc)).geturl() + href


def to(name: str, *args: str) -> str:
    return absolute(reverse(name, args=args))


def host() -> str:
    return urlsplit(absolute("")).hostname or "localhost"


def message_id(letter: Letter) -> str:
    """The same, however often it is sent."""
    return f"<{letter.pk}@{host()}>"


def thread_id(kind: str, thread: str) -> str:
    """Of what no letter began: under it mail programs lay those of one thread together."""
    return f"<{kind}.{thread}@{host()}>"
