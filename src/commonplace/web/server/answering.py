"""waitress, with patience that ends: whole requests before a thread is taken, and a stop that lets answers out."""

import socket
import time
from functools import partial
from typing import Any

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher, WSGITask

from commonplace.web.server.arriving import Arriving
from commonplace.web.server.limits import (
    KEPT_IN_MEMORY,
    LAST_WORDS,
    LOOK,
    MOST_ARRIVING,
    MOST_WAITING,
    PATIENCE,
    adjustments,
)
from commonplace.web.server.refusing import Busy


class Task(WSGITask):
    def execute(self) -> None:
        if self.channel.server.stopping:
            self.set_close_on_finish()
        super().execute()

    def get_environment(self) -> dict[str, Any]:
        """A file would be handed to the connection past `write`."""
        environ: dict[str, Any] = super().get_environment()
        if self.request.command == "HEAD":
            environ.pop("wsgi.file_wrapper", None)
        return environ

    def write(self, data: bytes) -> None:
        """To HEAD all but the body, which waitress would send: the browser would take it for the next answer."""
        if self.request.command == "HEAD":
            super().write(b"")
            self.chunked_response = False
        else:
            super().write(data)


class Channel(HTTPChannel):
    """One connection. After a refusal it hears the rest of what was sent, or the answer would be lost with it."""

    task_class = Task
    refused = False
    lingering = 0

    def __init__(self, server: "Server", *args: Any, **kwargs: Any) -> None:
        self.parser_class = partial(Arriving, room=server)
        super().__init__(server, *args, **kwargs)

    def service(self) -> None:
        self.refused = self.requests[0].error is not None
        super().service()

    def handle_write(self) -> None:
        if self.refused and self.close_when_flushed:
            self._flush_exception(self._flush_some)
            if not self.total_outbufs_len:
                self._linger()
        if self.will_close or not self.lingering:
            super().handle_write()

    def _linger(self) -> None:
        self.close_when_flushed, self.lingering = False, PATIENCE // LOOK
        try:
            self.socket.shutdown(socket.SHUT_WR)
        except OSError:
            self.will_close = True

    def received(self, data: bytes) -> bool:
        return False if self.lingering else bool(super().received(data))

    @property
    def rests(self) -> bool:
        return not self.requests and not self.total_outbufs_len

    def look(self, now: float) -> None:
        if self.lingering:
            self.lingering -= 1
            self.will_close = not self.lingering
        elif self.request and not self.rests:
            self.request.rest()
        elif self.request and self.request.is_too_slow(now):
            self.will_close = True


class Server(TcpWSGIServer):
    channel_class = Channel
    stopping = False

    def __init__(self, application: Any, listener: socket.socket, behind_proxy: bool) -> None:
        adj = Adjustments(sockets=[listener], **adjustments(behind_proxy))
        dispatcher, self.refusing = ThreadedTaskDispatcher(), ThreadedTaskDispatcher()
        dispatcher.set_thread_count(adj.threads)
        self.refusing.set_thread_count(1)
        place = (listener.family, listener.type, listener.proto, listener.getsockname())
        super().__init__(application, {}, True, listener, dispatcher, adj, place, bind_socket=False)

    def run(self) -> None:
        while not self.stopping:
            self._turn()
        self._let_out()
        self.task_dispatcher.shutdown(timeout=1)

    def stop(self) -> None:
        """From a signal's handler: wake up, and see."""
        self.stopping = True
        self.pull_trigger()

    def add_task(self, channel: Channel) -> None:
        if channel.requests[0].error is None and len(self.task_dispatcher.queue) >= MOST_WAITING:
            channel.requests[0].error = Busy(channel.requests[0].languages)
        (self.refusing if channel.requests[0].error else self.task_dispatcher).add_task(channel)

    def has_room_for(self, size: int) -> bool:
        """What is small is kept in memory, whoever else sends; the rest is stored until it is whole."""
        arriving = [channel.request.size for channel in self.active_channels.values() if channel.request]
        return size <= KEPT_IN_MEMORY or sum(one for one in arriving if one > KEPT_IN_MEMORY) <= MOST_ARRIVING

    def maintenance(self, now: float) -> None:
        super().maintenance(now)
        for channel in self.active_channels.values():
            channel.look(now)

    def _let_out(self) -> None:
        """Nobody comes in; whoever is being answered gets the whole of it."""
        wasyncore.dispatcher.close(self)
        last = time.monotonic() + LAST_WORDS
        while self.active_channels and time.monotonic() < last:
            for channel in self.active_channels.values():
                channel.will_close = channel.will_close or channel.rests
            self._turn()

    def _turn(self) -> None:
        wasyncore.loop(self.adj.asyncore_loop_timeout, self.adj.asyncore_use_poll, self._map, count=1)
