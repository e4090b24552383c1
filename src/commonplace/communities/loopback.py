"""Does this request come from this very machine? Then its sender could read the data folder anyway."""

import ipaddress

from django.http import HttpRequest
from django.http.request import split_domain_port

FORWARDED = ("HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_REAL_IP")


def is_loopback(request: HttpRequest) -> bool:
    """From a loopback address, by no proxy, asked for by a loopback name: a page elsewhere may point its name here."""
    host, _port = split_domain_port(request.META.get("HTTP_HOST") or request.META.get("SERVER_NAME", ""))
    return not _was_forwarded(request) and _is_here(request.META.get("REMOTE_ADDR", "")) and _is_here(host)


def _was_forwarded(request: HttpRequest) -> bool:
    return any(name in FORWARDED or name.startswith("HTTP_X_FORWARDED_") for name in request.META)


def _is_here(name: str) -> bool:
    try:
        address = ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return name.lower() == "localhost"
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback
