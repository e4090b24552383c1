"""One process that answers, at a socket that its parent opened: `python -m commonplace.web.server NUMBER`."""

import signal
import socket
import sys

from django.conf import settings

from commonplace.web.server.answering import Server
from commonplace.web.wsgi import application


def main(number: int) -> None:
    server = Server(application, socket.socket(fileno=number), behind_proxy=settings.BEHIND_TLS)
    for asking in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(asking, lambda *_: server.stop())
    server.run()


if __name__ == "__main__":
    main(int(sys.argv[1]))
