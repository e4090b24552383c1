"""Archives: what they hold can be read; one that would escape, explode or deceive is refused."""

import gzip
import io
import os
import stat
import struct
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.untrusted.archives import Limits, open_archive
from commonplace.untrusted.archives.names import checked
from commonplace.untrusted.archives.packed import Packed
from commonplace.untrusted.refused import Refused
from commonplace.untrusted.source import Source

POSTS = b"<posts/>" * 100


def tarred(path: Path, mode: str = "w:gz", *members: tuple[tarfile.TarInfo, bytes]) -> Path:
    with tarfile.open(path, mode) as tar:  # type: ignore[call-overload]
        for info, data in members:
            info.size = len(data) if info.isreg() else 0
            tar.addfile(info, io.BytesIO(data))
    return path


def zipped(path: Path, *members: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return path


def folder(path: Path) -> Path:
    (path / "data").mkdir(parents=True)
    (path / "data/Posts.xml").write_bytes(POSTS)
    return path


def info(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.type, entry.linkname = kind, link
    return entry


def read_all(path: Path, limits: Limits) -> int:
    """How many bytes all its files hold."""
    archive, count = open_archive(path, limits), 0
    for name in archive.names():
        with archive.open(name) as stream:
            count += len(b"".join(iter(lambda: stream.read(1 << 16), b"")))
    return count


def refusal(path: Path, limits: Limits | None = None) -> str:
    """Names, and the bytes of every file: a refusal must come of one or the other."""
    with pytest.raises(Refused) as error:
        read_all(path, limits or Limits())
    assert "\n" not in str(error.value)
    return str(error.value)


@pytest.mark.parametrize(
    "make",
    [
        lambda at: folder(at / "dump"),
        lambda at: tarred(at / "a.tar", "w", (info("./data/Posts.xml"), POSTS)),
        lambda at: tarred(
            at / "a.tar.gz", "w:gz", (info("data", tarfile.DIRTYPE), b""), (info("data/Posts.xml"), POSTS)
        ),
        lambda at: tarred(at / "a.tar.bz2", "w:bz2", (info("data/Posts.xml"), POSTS)),
        lambda at: tarred(at / "a.tar.xz", "w:xz", (info("data/Posts.xml"), POSTS)),
        lambda at: tarred(at / "misnamed.zip", "w:gz", (info("data/Posts.xml"), POSTS)),
        lambda at: zipped(at / "a.zip", ("data/", b""), ("data/Posts.xml", POSTS)),
        lambda at: zipped(at / "a.zip", ("data\\Posts.xml", POSTS)),
    ],
)
def test_each_kind_gives_its_files_twice_over(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    archive = open_archive(make(tmp_path))
    assert archive.names() == ("data/Posts.xml",)
    for _ in range(2):
        with archive.open("data/Posts.xml") as stream:
            assert _whole(stream) == POSTS
        assert [(name, _whole(stream)) for name, stream in archive.files()] == [("data/Posts.xml", POSTS)]


def _whole(stream: Source) -> bytes:
    return b"".join(iter(lambda: stream.read(37), b""))


def test_the_file_is_closed_when_it_has_been_read(tmp_path: Path) -> None:
    path = folder(tmp_path / "dump") / "data/Posts.xml"
    with Packed(path, 1_000) as packed:
        packed.read()
    assert packed.file.closed
    assert packed.closed


@pytest.mark.parametrize(
    "name", ["../Posts.xml", "/etc/Posts.xml", "a/../../Posts.xml", "C:/Posts.xml", "..\\Posts.xml"]
)
def test_a_name_that_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    assert "leads out" in refusal(tarred(tmp_path / "a.tgz", "w:gz", (info(name), POSTS)))
    assert "leads out" in refusal(zipped(tmp_path / "a.zip", (name, POSTS)))


@pytest.mark.parametrize("name", ["Posts\n.xml", "\x1b[31mPosts.xml", "a" * 2_000])
def test_a_name_that_no_file_should_have_is_refused(tmp_path: Path, name: str) -> None:
    assert "no file should have" in refusal(zipped(tmp_path / "a.zip", (name, POSTS)))


def test_how_long_a_name_may_be_and_how_much_of_it_is_shown() -> None:
    assert checked("a" * 1_000, "a.zip") == "a" * 1_000
    with pytest.raises(Refused, match=f"{'a' * 80}…"):
        checked("a" * 1_001, "a.zip")
    with pytest.raises(Refused, match=f"'{'.' * 2}/{'a' * 77}'"):
        checked("../" + "a" * 77, "a.zip")


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE])
def test_a_link_or_device_in_a_tar_is_refused(tmp_path: Path, kind: bytes) -> None:
    assert "link or device" in refusal(
        tarred(tmp_path / "a.tgz", "w:gz", (info("Posts.xml", kind, "/etc/passwd"), b""))
    )


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("Posts.xml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert "link or device" in refusal(zipped(tmp_path / "a.zip", (link, b"/etc/passwd")))


def test_a_link_in_a_folder_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    (tmp_path / "dump").mkdir()
    (tmp_path / "dump/Posts.xml").symlink_to(secret)
    assert "is a link" in refusal(tmp_path / "dump")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "no file or folder" in refusal(tmp_path / "pipe")


def test_a_file_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    twice = tarred(tmp_path / "a.tgz", "w:gz", (info("Posts.xml"), POSTS), (info("./Posts.xml"), b"other"))
    assert "twice" in refusal(twice)


@pytest.mark.parametrize("mode", ["w:gz", "w:bz2", "w:xz"])
def test_a_tar_bomb_is_refused_in_little_memory(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "a.tar"
    with tarfile.open(path, mode) as tar:  # type: ignore[call-overload]
        bomb = info("Posts.xml")
        bomb.size = 64 << 20
        with open("/dev/zero", "rb") as zeros:
            tar.addfile(bomb, zeros)
    tracemalloc.start()
    assert "as a bomb does" in refusal(path)
    assert tracemalloc.get_traced_memory()[1] < 16 << 20
    tracemalloc.stop()


def test_a_bomb_behind_honest_bytes_is_refused(tmp_path: Path) -> None:
    members = (info("noise"), os.urandom(1 << 20)), (info("Posts.xml"), bytes(64 << 20))
    assert "as a bomb does" in refusal(tarred(tmp_path / "a.tgz", "w:gz", *members))


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    assert "as a bomb does" in refusal(zipped(tmp_path / "a.zip", ("Posts.xml", bytes(64 << 20))))


def test_sizes_that_lie_do_not_help_a_bomb(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", ("Posts.xml", bytes(64 << 20)))
    data = path.read_bytes().replace(struct.pack("<L", 64 << 20), struct.pack("<L", 10))
    path.write_bytes(data)
    try:
        assert read_all(path, Limits()) <= 10
    except Refused as refused:
        assert "damaged" in str(refused)  # noqa: PT017


def test_a_header_without_end_is_refused(tmp_path: Path) -> None:
    endless = info("pax", tarfile.XHDTYPE)
    endless.size = 1 << 30
    with gzip.open(tmp_path / "a.tgz", "wb", compresslevel=1) as file:
        file.write(endless.tobuf() + os.urandom(8 << 20))
    assert "header without an end" in refusal(tmp_path / "a.tgz")


def test_a_sparse_file_is_refused(tmp_path: Path) -> None:
    sparse = info("Posts.xml", tarfile.GNUTYPE_SPARSE).tobuf(tarfile.GNU_FORMAT)
    (tmp_path / "a.tar").write_bytes(sparse + bytes(1024))
    refusal(tmp_path / "a.tar")


def test_too_many_files_are_refused(tmp_path: Path) -> None:
    few = Limits(entries=10)
    many = [f"{number}.xml" for number in range(11)]
    assert "over 10 files" in refusal(tarred(tmp_path / "a.tgz", "w:gz", *((info(name), b"") for name in many)), few)
    assert "over 10 files" in refusal(zipped(tmp_path / "a.zip", *((name, b"") for name in many)), few)
    (tmp_path / "dump").mkdir()
    for name in many:
        (tmp_path / "dump" / name).touch()
    assert "over 10 files" in refusal(tmp_path / "dump", few)


def test_a_zip_with_a_million_files_is_refused_before_its_list_is_read(tmp_path: Path) -> None:
    entry = b"PK\1\2" + bytes(42)
    size = len(entry) * 1_000_000
    with (tmp_path / "a.zip").open("wb") as file:
        file.write(b"PK\3\4")
        file.seek(4 + size)
        file.write(struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, size, 4, 0))
    tracemalloc.start()
    assert "list of files is too long" in refusal(tmp_path / "a.zip")
    assert tracemalloc.get_traced_memory()[1] < 8 << 20
    tracemalloc.stop()


def test_who_asks_for_nothing_gets_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.tar").write_bytes(b"abc")
    with Packed(tmp_path / "a.tar", 2) as file:
        assert [file.read(0), file.read(2), file.read()] == [b"", b"ab", b"c"]


def test_more_than_is_allowed_is_refused(tmp_path: Path) -> None:
    path = tarred(tmp_path / "a.tgz", "w:gz", (info("Posts.xml"), os.urandom(100_000)))
    assert "unpacks to over" in refusal(path, Limits(total=50_000))


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_a_tar_that_was_cut_off_is_refused(tmp_path: Path, mode: str, kept: float) -> None:
    members = ((info(name), os.urandom(20_000)) for name in ("Posts.xml", "Votes.xml"))
    path = tarred(tmp_path / "a.tar", mode, *members)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * kept) if mode != "w" else int(42_000 * kept)])
    refusal(path)


def test_a_tar_with_a_damaged_header_does_not_pass_for_a_shorter_one(tmp_path: Path) -> None:
    path = tarred(tmp_path / "a.tar", "w", (info("Users.xml"), b"x" * 512), (info("Posts.xml"), POSTS))
    data = bytearray(path.read_bytes())
    data[1024:1030] = b"damage"
    path.write_bytes(data)
    assert "damaged" in refusal(path)


def test_a_zip_that_was_cut_off_or_changed_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", ("Posts.xml", os.urandom(20_000)))
    whole = path.read_bytes()
    path.write_bytes(whole[:15_000])
    assert "damaged" in refusal(path)
    path.write_bytes(whole[:9_000] + b"?" + whole[9_001:])
    assert "damaged" in refusal(path)


def test_a_zip_packed_in_an_unusual_way_is_refused_with_advice(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", ("Posts.xml", POSTS))
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\1\2") + 10] = 98  # PPMd
    path.write_bytes(data)
    assert "unusual way; unpack it" in refusal(path)


def test_an_encrypted_zip_is_refused_with_advice(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", ("Posts.xml", POSTS))
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\1\2") + 8] |= 1
    path.write_bytes(data)
    assert "encrypted" in refusal(path)


@pytest.mark.parametrize(
    ("beginning", "advice"),
    [
        (b"7z\xbc\xaf\x27\x1c\0\4", "7z x"),
        (b"Rar!\x1a\7", "give a folder"),
        (b"<posts/>", "give a folder"),
        (b"", "give a folder"),
    ],
)
def test_another_kind_is_refused_with_advice(tmp_path: Path, beginning: bytes, advice: str) -> None:
    (tmp_path / "a").write_bytes(beginning)
    assert advice in refusal(tmp_path / "a")


def test_a_packed_file_that_is_no_tar_is_refused(tmp_path: Path) -> None:
    (tmp_path / "Posts.xml.gz").write_bytes(gzip.compress(POSTS))
    assert "no tar archive" in refusal(tmp_path / "Posts.xml.gz")


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    assert "check the path" in refusal(tmp_path / "nothing.zip")


@given(st.integers(0, 2), st.integers(0, 10_000), st.binary(min_size=1, max_size=8))
def test_a_damaged_archive_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, kind: int, at: int, noise: bytes
) -> None:
    path = tmp_path_factory.mktemp("damaged") / "a"
    [lambda: tarred(path, "w", (info("Posts.xml"), POSTS)), lambda: tarred(path, "w:gz", (info("Posts.xml"), POSTS)),
     lambda: zipped(path, ("Posts.xml", POSTS))][kind]()  # fmt: skip
    data = bytearray(path.read_bytes())
    at %= len(data)
    data[at : at + len(noise)] = noise
    path.write_bytes(data)
    try:
        assert read_all(path, Limits()) >= 0
    except Refused as refused:
        assert str(refused)  # noqa: PT017
