"""What one process takes on, and how long it waits for whom."""

import resource
from typing import Any

THREADS = 3
MOST_CONNECTIONS, BACKLOG = 2000, 512
FILES = 3  # That a connection may hold open: its socket, what came, what goes.
MOST_HEADER, MOST_BODY = 32 * 2**10, 12 * 2**20
# A form with files, sent to one of these addresses.
MOST_WITH_FILES, WITH_FILES = 60 * 2**20, ("/files/", "/c/")
KEPT_IN_MEMORY, MOST_ARRIVING, STEP = 512 * 2**10, 2**30, 128 * 2**10
MOST_WAITING = 256
# Seconds: between requests, between two looks at who is slow, for the head of a request, for those that run at the end.
IDLE, LOOK, PATIENCE, LAST_WORDS = 15, 3, 12, 4
LEAST_RATE = 16 * 2**10


def connections() -> int:
    """As many as we want, or as the system lets us have files for."""
    allowed, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS * FILES
    if allowed != resource.RLIM_INFINITY and allowed < wanted:
        allowed = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, most))
    return MOST_CONNECTIONS if allowed == resource.RLIM_INFINITY else min(MOST_CONNECTIONS, allowed // FILES)


def adjustments(behind_proxy: bool) -> dict[str, Any]:
    """In waitress's words. What a proxy says of whom it stands before is believed only when there is one."""
    proxy = {"trusted_proxy": "*", "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"}}
    return {
        "threads": THREADS,
        "connection_limit": connections(),
        "backlog": BACKLOG,
        "asyncore_use_poll": True,
        "channel_timeout": IDLE,
        "cleanup_interval": LOOK,
        "max_request_header_size": MOST_HEADER,
        "max_request_body_size": MOST_WITH_FILES,
        "inbuf_overflow": KEPT_IN_MEMORY,
        "log_socket_errors": False,
        "ident": None,
        **(proxy if behind_proxy else {}),
    }
