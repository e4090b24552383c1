"""Whoever is slow, idle or too large keeps nobody else waiting; whoever is being answered gets the whole answer."""

import socket
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from threading import Event, Thread
from typing import Any

import pytest

from commonplace.web.server import answering, arriving, limits
from commonplace.web.server.answering import Server
from tests.web.installation import LONGEST

LATER = 1e12
App = Callable[[dict[str, Any], Any], Iterable[bytes]]


class Served:
    """One server of ours in a thread, at an application that says what it heard."""

    def __init__(self, behind_proxy: bool = False, threads: int | None = None) -> None:
        self.heard: list[dict[str, Any]] = []
        self.entered, self.may_go_on = Event(), Event()
        self.may_go_on.set()
        self.server = Server(self.application, socket.create_server(("127.0.0.1", 0)), behind_proxy)
        self.thread = Thread(target=self.server.run)
        self.thread.start()

    def application(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.heard.append(environ)
        self.entered.set()
        self.may_go_on.wait(LONGEST)
        body = b"%s %d" % (environ["PATH_INFO"].encode(), len(environ["wsgi.input"].read()))
        start_response("200 OK", [("Content-Length", str(len(body)))])
        as_file = environ["PATH_INFO"] == "/file" and environ.get("wsgi.file_wrapper")
        return as_file(BytesIO(body)) if as_file else [body]

    def connection(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.server.effective_port), timeout=LONGEST)

    def stop(self) -> None:
        self.may_go_on.set()
        self.server.stop()
        self.thread.join(LONGEST)


@pytest.fixture
def served() -> Iterator[Served]:
    served = Served()
    yield served
    served.stop()


def everything(connection: socket.socket) -> bytes:
    """Until the other side has ended the connection."""
    return b"".join(iter(lambda: connection.recv(65536), b""))


def until(connection: socket.socket, end: bytes) -> bytes:
    heard = b""
    while not heard.endswith(end):
        piece = connection.recv(65536)
        assert piece, heard
        heard += piece
    return heard


FORM = "Content-Type: multipart/form-data; boundary=x"


def get(path: str, *headers: str, version: str = "1.1") -> bytes:
    return "\r\n".join([f"GET {path} HTTP/{version}", "Host: localhost", *headers, "", ""]).encode()


def post(size: int, *headers: str) -> bytes:
    lines = ["POST /post HTTP/1.1", "Host: localhost", f"Content-Length: {size}", *headers, "", ""]
    return "\r\n".join(lines).encode()


@pytest.mark.parametrize("path", ["/page", "/file"])
def test_to_head_all_is_said_but_the_body(served: Served, path: str) -> None:
    with served.connection() as browser:
        browser.sendall(get(path).replace(b"GET", b"HEAD") + get(path, "Connection: close"))
        head, page, body = everything(browser).split(b"\r\n\r\n")
    assert body == path.encode() + b" 0"
    for answer in (head, page):
        assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
        assert b"Content-Length: %d\r\n" % len(body) in answer


def test_to_head_no_chunk_is_sent_either(served: Served) -> None:
    def in_pieces(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [])
        return iter([b"one", b"two"])

    served.server.application = in_pieces
    with served.connection() as browser:
        browser.sendall(get("/").replace(b"GET", b"HEAD"))
        assert everything(browser).partition(b"\r\n\r\n")[2] == b""


def test_requests_sent_in_one_go_are_answered_in_their_order(served: Served) -> None:
    with served.connection() as browser:
        browser.sendall(get("/one") + post(3) + b"abc" + get("/three"))
        heard = until(browser, b"/three 0")
    assert heard.count(b"HTTP/1.1 200 OK") == 3
    assert heard.index(b"/one 0") < heard.index(b"/post 3") < heard.index(b"/three 0")


def test_an_old_client_is_answered_and_let_go(served: Served) -> None:
    with served.connection() as browser:
        browser.sendall(get("/old", version="1.0"))
        assert everything(browser).endswith(b"/old 0")
    with served.connection() as browser:
        for path in ("/first", "/second"):
            browser.sendall(get(path, "Connection: keep-alive", version="1.0"))
            until(browser, f"{path} 0".encode())


def test_a_client_that_asks_first_may_send(served: Served) -> None:
    with served.connection() as browser:
        browser.sendall(post(5, "Expect: 100-continue"))
        until(browser, b"HTTP/1.1 100 Continue\r\n\r\n")
        browser.sendall(b"hello")
        until(browser, b"/post 5")


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (post(300 * 2**20), b"413"),
        (post(limits.MOST_BODY) + bytes(limits.MOST_BODY), b"413"),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n" + b"100000\r\n%b\r\n" % bytes(2**20) * 13, b"413"),
        (post(limits.MOST_BODY, FORM), b"413"),
        (post(limits.MOST_BODY).replace(b"/post", b"/files/"), b"413"),
        (post(limits.MOST_WITH_FILES, FORM).replace(b"/post", b"/files/"), b"413"),
        (get("/", "X-Long: " + "x" * limits.MOST_HEADER), b"431"),
        (b"nothing of the kind\r\n\r\n", b"400"),
    ],
    ids=[
        "announced",
        "sent all the same",
        "in chunks",
        "a form elsewhere",
        "no form",
        "a form of too many files",
        "a long head",
        "nonsense",
    ],
)
def test_what_is_too_large_is_refused_with_a_sentence_and_reaches_nobody(
    served: Served, request_: bytes, status: bytes
) -> None:
    with served.connection() as browser:
        browser.sendall(request_)
        browser.shutdown(socket.SHUT_WR)
        assert everything(browser).startswith(b"HTTP/1.1 " + status if status == b"413" else b"HTTP/1.0 " + status)
    assert served.heard == []


def test_pictures_and_files_may_be_larger_where_they_are_sent_to(served: Served) -> None:
    """Two documents of the most that one may be, and what is written beside them."""
    size = 2 * 25 * 2**20 + 2**20
    for path in (b"/files/", b"/c/pump-crews/exchanges/create"):
        with served.connection() as browser:
            browser.sendall(post(size, FORM).replace(b"/post", path) + bytes(size))
            until(browser, b"%b %d" % (path, size))


def test_a_refusal_is_heard_although_more_is_being_sent(served: Served) -> None:
    with served.connection() as browser:
        browser.sendall(post(300 * 2**20))
        until(browser, b"</html>")
        browser.sendall(bytes(2**20))
        browser.shutdown(socket.SHUT_WR)
        assert everything(browser) == b"", "ended, not cut off"


def test_a_refusal_is_a_page_in_the_readers_language(served: Served) -> None:
    with served.connection() as browser:
        browser.sendall(post(300 * 2**20, "Accept-Language: de, fr;q=0.8"))
        page = everything(browser).decode()
    assert '<html lang="fr">' in page
    assert "12\N{NO-BREAK SPACE}Mo" in page
    assert "Content-Security-Policy: default-src 'self'" in page
    assert served.heard == []


@pytest.mark.parametrize("begun", [b"GET / HTTP/1.1\r\nHost: lo", post(10**6) + bytes(1000)], ids=["head", "body"])
def test_a_request_that_never_ends_is_ended(served: Served, begun: bytes) -> None:
    with served.connection() as slow, served.connection() as other:
        slow.sendall(begun)
        other.sendall(get("/other"))
        until(other, b"/other 0")
        for later in (LATER, LATER + limits.PATIENCE):
            served.server.trigger.pull_trigger(lambda later=later: served.server.maintenance(later))
        assert everything(slow) == b""
    assert [environ["PATH_INFO"] for environ in served.heard] == ["/other"]


class Anyone:
    def has_room_for(self, size: int) -> bool:
        return True


def arriving_request(head: bytes) -> arriving.Arriving:
    request = arriving.Arriving(answering.Adjustments(**limits.adjustments(behind_proxy=False)), Anyone())
    request.received(head)
    return request


def test_a_photograph_from_a_telephone_may_take_minutes() -> None:
    request = arriving_request(post(10 * 2**20))
    for second in range(0, 300, 3):
        assert not request.is_too_slow(second)
        request.received(bytes(3 * limits.LEAST_RATE))


def test_a_body_that_has_come_fast_must_go_on() -> None:
    request = arriving_request(post(10 * 2**20))
    assert not request.is_too_slow(0)
    request.received(bytes(2 * 2**20))
    slow = [second for second in range(3, 60, 3) if request.is_too_slow(second)]
    assert slow[0] == limits.PATIENCE + 3


def test_the_time_of_the_head_is_not_held_against_the_body() -> None:
    request = arriving_request(b"POST / HTTP/1.1\r\n")
    assert not request.is_too_slow(0)
    assert not request.is_too_slow(limits.PATIENCE - 1)
    request.received(b"Content-Length: 1000000\r\n\r\n")
    assert not request.is_too_slow(limits.PATIENCE + 1)
    assert request.is_too_slow(2 * limits.PATIENCE + 1)


def test_nobody_is_blamed_while_we_do_not_listen(served: Served) -> None:
    served.may_go_on.clear()
    with served.connection() as browser:
        browser.sendall(get("/first") + b"GET /second HTTP/1.1\r\n")
        served.entered.wait(LONGEST)
        for later in (LATER, LATER + limits.PATIENCE):
            served.server.maintenance(later)
        served.may_go_on.set()
        until(browser, b"/first 0")
        browser.sendall(b"\r\n")
        until(browser, b"/second 0")


@pytest.mark.parametrize("behind_proxy", [True, False])
def test_what_a_proxy_says_is_believed_only_when_there_is_one(behind_proxy: bool) -> None:
    served = Served(behind_proxy)
    with served.connection() as proxy:
        proxy.sendall(
            get("/", "X-Forwarded-Proto: https", "X-Forwarded-For: 6.6.6.6, 9.9.9.9", "X-Forwarded-Host: evil")
        )
        until(proxy, b"/ 0")
    served.stop()
    [environ] = served.heard
    assert environ.get("HTTP_X_FORWARDED_PROTO") == ("https" if behind_proxy else None)
    assert environ.get("HTTP_X_FORWARDED_FOR", "").strip() == ("9.9.9.9" if behind_proxy else "")
    assert environ["wsgi.url_scheme"] == ("https" if behind_proxy else "http")
    assert environ["REMOTE_ADDR"] == ("9.9.9.9" if behind_proxy else "127.0.0.1")
    assert "HTTP_X_FORWARDED_HOST" not in environ
    assert environ["HTTP_HOST"] == "localhost"


def _queued(served: Served) -> int:
    return len(served.server.task_dispatcher.queue)


def _arrived(served: Served) -> int:
    return sum(channel.request.size for channel in list(served.server.active_channels.values()) if channel.request)


def soon(comes_true: Callable[[], bool]) -> None:
    """What another thread does in its own time; a test that waits for nothing fails."""
    for _ in range(3_000):
        if comes_true():
            return
        Event().wait(0.01)
    pytest.fail("It never came.")


def test_when_all_threads_are_taken_and_many_wait_the_next_is_told_at_once(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "MOST_WAITING", 1)
    served.may_go_on.clear()
    waiting = [served.connection() for _ in range(limits.THREADS + 1)]
    for one, browser in enumerate(waiting):
        browser.sendall(get(f"/{one}"))
        soon(lambda: len(served.heard) > one or (len(served.heard) == limits.THREADS and _queued(served) == 1))  # noqa: B023
    with served.connection() as browser:
        browser.sendall(get("/next"))
        refusal = everything(browser)
    assert refusal.startswith(b"HTTP/1.1 503")
    assert b"Retry-After: 5" in refusal
    served.may_go_on.set()
    for one, browser in enumerate(waiting):
        until(browser, f"/{one} 0".encode())
        browser.close()


def test_what_all_send_together_is_bounded_and_small_forms_pass(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "MOST_ARRIVING", 2**20)
    with served.connection() as first, served.connection() as second, served.connection() as third:
        first.sendall(post(2**20) + bytes(2**20 - limits.STEP))
        soon(lambda: _arrived(served) == 2**20)
        second.sendall(post(2**20) + bytes(limits.KEPT_IN_MEMORY))
        assert everything(second).startswith(b"HTTP/1.1 503")
        third.sendall(post(10) + bytes(10))
        until(third, b"/post 10")
        first.sendall(bytes(limits.STEP))
        until(first, b"/post 1048576")


CHUNKED = b"POST /post HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize("begun", [CHUNKED + b"64\r\n%b\r\n" % bytes(100), post(2**20) + bytes(100)])
def test_who_announces_much_and_sends_little_takes_nobody_s_room(
    served: Served, monkeypatch: pytest.MonkeyPatch, begun: bytes
) -> None:
    monkeypatch.setattr(answering, "MOST_ARRIVING", 2**20)
    idle = [served.connection() for _ in range(20)]
    for one in idle:
        one.sendall(begun)
    soon(lambda: _arrived(served) == len(idle) * limits.STEP)
    with served.connection() as sender:
        sender.sendall(post(2**20) + bytes(2**20))
        until(sender, b"/post 1048576")
    for one in idle:
        one.close()


def test_what_comes_in_chunks_is_counted_as_it_comes(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "MOST_ARRIVING", 2**20)
    with served.connection() as sender:
        sender.sendall(CHUNKED + b"100000\r\n%b\r\n" % bytes(2**20) * 3)
        assert everything(sender).startswith(b"HTTP/1.1 503")
    assert served.heard == []


def test_who_says_twice_how_long_it_is_is_refused_and_let_go(served: Served) -> None:
    with served.connection() as browser:
        browser.sendall(post(5, "Transfer-Encoding: chunked") + b"0\r\n\r\n" + get("/smuggled"))
        browser.shutdown(socket.SHUT_WR)
        assert everything(browser).startswith(b"HTTP/1.1 400")
    assert served.heard == []


def test_it_stops_when_the_last_answer_is_out_and_takes_no_new_request(served: Served) -> None:
    served.may_go_on.clear()
    idle, running = served.connection(), served.connection()
    running.sendall(get("/running"))
    served.entered.wait(LONGEST)
    served.server.stop()
    assert everything(idle) == b""
    with pytest.raises(ConnectionRefusedError):
        served.connection()
    served.may_go_on.set()
    assert everything(running).endswith(b"/running 0")
    served.thread.join(LONGEST)
    assert not served.thread.is_alive()


def test_there_are_files_enough_for_all_connections() -> None:
    assert 100 <= limits.connections() <= limits.MOST_CONNECTIONS
    allowed, _ = limits.resource.getrlimit(limits.resource.RLIMIT_NOFILE)
    assert limits.connections() * limits.FILES <= allowed
