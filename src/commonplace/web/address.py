"""Where the server listens: is the place free, may it be seen from elsewhere, does it answer yet?"""

import errno
import ipaddress
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress

import click

TRIES, PAUSE = 300, 0.1


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@contextmanager
def opened(host: str, port: int) -> Iterator[socket.socket]:
    """Before anything else is touched: a server that cannot listen must not migrate. Who comes early waits."""
    try:
        listener = _listening(host, port)
    except OSError as error:
        raise click.ClickException(_why(error, host, port)) from error
    with listener:
        yield listener


def _listening(host: str, port: int) -> socket.socket:
    family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()
    except OSError:
        listener.close()
        raise
    return listener


def _why(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is in use: stop the other program or choose another, PORT={port + 1} make run"
    if error.errno == errno.EACCES:
        return f"Port {port} is not yours to open: choose one above 1023, PORT=8000 make run"
    return f"Nothing can listen at {host} ({error.strerror}): HOST=127.0.0.1 make run"


def require_names(host: str, names: Sequence[str]) -> None:
    """Off this machine, only the names that the operator set are answered."""
    if not is_loopback(host) and not names:
        raise click.ClickException(
            f"HOST={host} can be reached from elsewhere: say under which names people will come, "
            "COMMONPLACE_HOSTS=commonplace.example.org"
        )


def answers(host: str, port: int, alive: Callable[[], bool]) -> bool:
    """Wait until the first page is answered; False when it never will be, or takes too long."""
    with socket.create_connection((_reachable(host), port)) as asking:
        asking.settimeout(PAUSE)
        asking.sendall(b"GET /healthz HTTP/1.0\r\nHost: localhost\r\n\r\n")
        for _ in range(TRIES):
            if not alive():
                return False
            with suppress(TimeoutError):
                return bool(asking.recv(1))
    return False


def link(host: str, port: int) -> str:
    shown = _reachable(host)
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"


def _reachable(host: str) -> str:
    """Where this machine itself finds a server that listens everywhere."""
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        return host
    return ("::1" if number.version == 6 else "127.0.0.1") if number.is_unspecified else host
