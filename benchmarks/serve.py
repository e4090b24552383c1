"""Pages as they are served, beside the least that could be done: `python benchmarks/serve.py --help`.

On SQLite; on PostgreSQL in a database that is empty, or was: `.ci/with-postgresql python benchmarks/serve.py`.
"""

import argparse
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from serving import asking, costs, made, place

HERE = Path(__file__).resolve().parent
SOURCE = HERE.parent / "src"
POSTS, BROWSERS, SECONDS, PROCESSES = [20_000, 200_000], [1, 16, 64], 2.5, 2
HEAD = "req/s and p95 in ms of {} browsers at a time; CPU ms of a page, server + database; x of a fixed loop, of bare"


def main() -> None:
    wanted = arguments()
    for posts in wanted.posts:
        with folder(wanted.keep, posts) as data:
            os.environ["COMMONPLACE_DATA"] = str(data)
            subprocess.run(
                [sys.executable, str(HERE / "serve.py"), "--measure", *sys.argv[1:], "--posts", str(posts)], check=True
            )


def arguments() -> argparse.Namespace:
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    reader.add_argument("--posts", type=int, nargs="+", default=POSTS)
    reader.add_argument(
        "--only", nargs="+", default=[], help="home list exchange community practice cycle common rare reply"
    )
    reader.add_argument("--browsers", type=int, nargs="+", default=BROWSERS)
    reader.add_argument("--seconds", type=float, default=SECONDS, help="for each page and number of browsers")
    reader.add_argument("--keep", type=Path, help="a folder where the data (of SQLite) is left for the next time")
    reader.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    return reader.parse_args()


@contextmanager
def folder(keep: Path | None, posts: int) -> Iterator[Path]:
    if keep and "COMMONPLACE_DATABASE" not in os.environ:
        data = keep.resolve() / f"{posts}"
        if not Path(data, "made").exists():
            shutil.rmtree(data, ignore_errors=True)
        yield data
        return
    with tempfile.TemporaryDirectory() as gone:
        yield Path(gone, "data")


def measure(wanted: argparse.Namespace, posts: int) -> None:
    vendor = ready(posts)
    from serving.pages import pages, sessions, statements

    asked, cookies = [page for page in pages() if page.name in (wanted.only or [page.name])], sessions()
    ran = {page.name: statements(page, cookies[0]) for page in asked}
    loop, load = costs.loop(), os.getloadavg()[0]
    print(f"\n{posts:,} posts, {vendor}, {PROCESSES} processes; fixed loop {loop:.2f} ms, load average {load:.1f}")
    print(HEAD.format(", ".join(map(str, wanted.browsers))))
    with served() as (port, web):
        rows = [row(page, port, web, cookies, wanted) for page in asked]
    with bare({name: (ran[name], rows[n].body) for n, name in enumerate(ran)}) as (port, web):
        least = {page.name: least_of(page, port, web, wanted) for page in asked}
    for one in rows:
        said(one, loop, least[one.name], len(ran[one.name]))


def ready(posts: int) -> str:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonplace.web.settings")
    mark = Path(os.environ["COMMONPLACE_DATA"], "made")
    if not mark.exists():
        place.clear()
        subprocess.run([sys.executable, "-m", "commonplace", "migrate"], check=True, stdout=subprocess.DEVNULL)
    import django

    django.setup()
    from django.db import connection

    if not mark.exists():
        made.make(posts)
        subprocess.run(
            [sys.executable, "-m", "commonplace", "figures", "publish"], check=True, stdout=subprocess.DEVNULL
        )
        mark.touch()
    return str(connection.vendor)


class Row(NamedTuple):
    name: str
    heard: list[asking.Heard]
    server: float
    database: float
    body: bytes


def row(page: Any, port: int, web: list[int], cookies: list[str], wanted: argparse.Namespace) -> Row:
    from serving.pages import request

    make, status = partial(request, page, cookies=cookies), b"302" if page.form else b"200"
    return taken(page.name, port, web, lambda number: make(number=number), wanted, status)


def least_of(page: Any, port: int, web: list[int], wanted: argparse.Namespace) -> Row:
    request = f"GET /{page.name} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    return taken(page.name, port, web, lambda number: request, wanted, b"200")


def taken(
    name: str, port: int, web: list[int], request: Callable[[int], bytes], wanted: argparse.Namespace, status: bytes
) -> Row:
    """CPU is that of one browser alone; the others say what many together do."""
    asking.ask(port, request, 8, 0.3, status)
    heard, spent = [], []
    for browsers in wanted.browsers:
        before = costs.cpu(web), costs.cpu(database())
        heard.append(asking.ask(port, request, browsers, wanted.seconds, status))
        after = costs.cpu(web), costs.cpu(database())
        spent.append([(b - a) / len(heard[-1].times) for a, b in zip(before, after, strict=True)])
        if heard[-1].odd:
            sys.exit(f"{name}: {heard[-1].odd[0].decode(errors='replace')}")
    return Row(name, heard, *spent[0], heard[0].last.partition(b"\r\n\r\n")[2])


def said(one: Row, loop: float, least: Row, statements: int) -> None:
    many = "  ".join(f"{h.rate:>5,.0f}/s {h.after(0.95):>5,.0f}" for h in one.heard)
    spent, bare = one.server + one.database, least.server + least.database
    cost = f"{one.server:>5.1f} + {one.database:>4.1f} ms  {spent / loop:>5.1f} x loop {spent / bare:>6.1f} x bare"
    line = f"{one.name:>10}  {many}  {cost}, {statements} statements, {len(one.body) / 1024:.0f} KB"
    if one.name == "reply":
        line += f", p99 {', '.join(f'{h.after(0.99):,.0f}' for h in one.heard)} ms"
    print(line, flush=True)


def database() -> list[int]:
    """The processes of PostgreSQL; SQLite works in ours."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE pid = pg_backend_pid()")
        return costs.children(costs.parent_of(int(cursor.fetchone()[0])))


@contextmanager
def served() -> Iterator[tuple[int, list[int]]]:
    """The whole of Commonplace, its worker too; the processes that answer."""
    port = free_port()
    command = [sys.executable, "-m", "commonplace", "serve", "--port", str(port), "--workers", str(PROCESSES)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        print(process.stdout.readline().strip())
        web = [pid for pid in costs.children(process.pid) if "web.server" in Path(f"/proc/{pid}/cmdline").read_text()]
        try:
            yield port, web
        finally:
            process.terminate()


@contextmanager
def bare(pages: dict[str, tuple[list[Any], bytes]]) -> Iterator[tuple[int, list[int]]]:
    import socket

    from django.db import connection

    settings = {"sqlite": str(connection.settings_dict["NAME"])} if connection.vendor == "sqlite" else told_to_psycopg()
    file = Path(os.environ["COMMONPLACE_DATA"], "bare.pickle")
    file.write_bytes(pickle.dumps((settings, {f"/{name}": page for name, page in pages.items()})))
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        number = listener.fileno()
        command = [sys.executable, str(HERE / "serving" / "bare.py"), str(number), str(file)]
        processes = [subprocess.Popen(command, pass_fds=[number]) for _ in range(PROCESSES)]
        try:
            yield listener.getsockname()[1], [process.pid for process in processes]
        finally:
            for process in processes:
                process.terminate()
                process.wait()


def told_to_psycopg() -> dict[str, Any]:
    from django.db import connection

    known = {key: value for key, value in connection.get_connection_params().items() if isinstance(value, str | int)}
    return {key: known[key] for key in ("host", "port", "user", "password", "dbname") if key in known}


def free_port() -> int:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


if __name__ == "__main__":
    wanted = arguments()
    measure(wanted, wanted.posts[0]) if wanted.measure else main()
