"""Backup and restore: what comes back is what was there; a damaged backup changes nothing."""

import random
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import pytest

from commonplace.archiving import backing_up
from commonplace.archiving.backing_up.noted import NOTED
from commonplace.archiving.backing_up.packing import pack, unpack
from commonplace.archiving.backing_up.restoring import _moved
from commonplace.files.storing import ON_ITS_WAY
from commonplace.ledger import seal
from commonplace.ledger.alone import SERVED
from commonplace.ledger.ids import new_id
from commonplace.untrusted.refused import Refused
from tests.archiving.dumps import SITE, small, write
from tests.archiving.terminal import typed

LOST = "files of members are not where they were put"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in use, with a picture."""
    folder = tmp_path_factory.mktemp("in-use")
    dump = write(tmp_path_factory.mktemp("dump") / SITE, small())
    done = typed(folder, "import", "stackexchange", dump, "--community", "ai", "--found", "AI")
    assert done.returncode == 0, done.stderr
    (folder / "media/pictures").mkdir(parents=True)
    (folder / "media/pictures/lea.png").write_bytes(b"picture")
    sent(folder, b"Bleed it.")
    return folder


def sent(folder: Path, data: bytes) -> Path:
    """A file of a member, as the store has it."""
    digest = sha256(data).hexdigest()
    known = {"id": new_id(), "name": "plan.txt", "kind": "text", "media_type": "text/plain; charset=utf-8"}
    row = {
        **known,
        "digest": digest,
        "size": len(data),
        "width": 0,
        "height": 0,
        "at": "2026-03-01 09:00:00",
        "unnamed_since": "2026-03-01 09:00:00",
    }
    with closing(sqlite3.connect(folder / "commonplace.sqlite3")) as database, database:
        (owner,) = database.execute("SELECT id FROM communities_person LIMIT 1").fetchone()
        places = ", ".join("?" for _ in row)
        database.execute(
            f"INSERT INTO files_file ({', '.join(row)}, owner_id) VALUES ({places}, ?)", [*row.values(), owner]
        )
    place = folder / "media/files" / digest[:2] / digest
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)
    return place


@pytest.fixture(scope="module")
def backup(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("backups") / "backup.tar.gz"
    done = typed(data, "backup", path)
    assert done.returncode == 0, done.stderr
    return path


def contents(data: Path) -> list[object]:
    """Every row of every table, every file, and the secret; not what a data folder notes of itself."""
    with closing(sqlite3.connect(data / "commonplace.sqlite3")) as database:
        rows: list[object] = list(database.iterdump())
    files = sorted(
        file
        for file in data.rglob("*")
        if file.is_file() and "sqlite3" not in file.name and file.name not in (SERVED, NOTED)
    )
    return [*rows, *((file.relative_to(data), file.read_bytes()) for file in files)]


def refusal(done: object) -> str:
    assert getattr(done, "returncode", 0) != 0
    stderr = str(getattr(done, "stderr", ""))
    assert len(stderr.strip().splitlines()) == 1, stderr
    return stderr


def test_what_is_restored_is_what_was_there(data: Path, backup: Path, tmp_path: Path) -> None:
    assert typed(tmp_path / "new", "restore", backup).returncode == 0
    assert contents(tmp_path / "new") == contents(data)


def test_the_older_state_does_not_take_what_is_known_of_newer_backups(backup: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    assert typed(new, "restore", backup).returncode == 0
    newer = tmp_path / "newer.tar.gz"
    assert typed(new, "backup", newer).returncode == 0
    assert typed(new, "restore", backup, "--force").returncode == 0
    assert newer.name in (new / NOTED).read_text()


def test_files_of_members_are_there_again_and_a_missing_one_is_told(backup: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    assert typed(new, "restore", backup).returncode == 0
    (place,) = (new / "media/files").glob("*/*")
    assert place.read_bytes() == b"Bleed it."
    assert LOST not in typed(new, "doctor").stdout
    place.unlink()
    assert f"1 {LOST}, or not whole: restore {place}" in typed(new, "doctor").stdout


def test_what_goes_or_comes_meanwhile_breaks_no_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that nobody names any more is deleted between the list and the copy; another is being sent."""
    for name in ("gone", "stays", f"coming{ON_ITS_WAY}"):
        (tmp_path / "media/files/ab").mkdir(parents=True, exist_ok=True)
        (tmp_path / "media/files/ab" / name).write_bytes(b"x")
    (tmp_path / "secret.key").write_bytes(b"s")
    (tmp_path / "dump").write_bytes(b"d")
    monkeypatch.setattr(backing_up.settings, "MEDIA_ROOT", tmp_path / "media")
    monkeypatch.setattr(backing_up.settings, "DATA", tmp_path)
    monkeypatch.setattr(backing_up, "database", lambda: SimpleNamespace(dump=lambda folder: tmp_path / "dump"))

    def late(path: Path, files: dict[str, Path]) -> Path:
        (tmp_path / "media/files/ab/gone").unlink()
        return pack(path, files)

    monkeypatch.setattr(backing_up, "pack", late)
    unpack(backing_up._packed(tmp_path), tmp_path / "unpacked")
    assert [file.name for file in (tmp_path / "unpacked/media").rglob("*") if file.is_file()] == ["stays"]


def test_only_its_owner_may_read_it(backup: Path, tmp_path: Path) -> None:
    typed(tmp_path / "new", "restore", backup)
    for path in (backup, tmp_path / "new/secret.key", tmp_path / "new/commonplace.sqlite3"):
        assert path.stat().st_mode & 0o077 == 0


def test_nothing_is_left_beside_the_backup(backup: Path) -> None:
    assert [file.name for file in backup.parent.iterdir()] == ["backup.tar.gz"]


def test_a_folder_gets_a_file_with_the_date(data: Path, tmp_path: Path) -> None:
    assert typed(data, "backup", tmp_path).returncode == 0
    assert [file.name.startswith("commonplace-") for file in tmp_path.iterdir()] == [True]


def test_a_folder_in_use_is_not_overwritten_unasked(data: Path, backup: Path) -> None:
    before = contents(data)
    assert "--force" in refusal(typed(data, "restore", backup))
    assert contents(data) == before


def test_with_force_the_old_state_is_replaced(data: Path, backup: Path, tmp_path: Path) -> None:
    typed(tmp_path / "new", "restore", backup)
    (tmp_path / "new/media/pictures/later.png").write_bytes(b"later")
    assert typed(tmp_path / "new", "restore", "--force", backup).returncode == 0
    assert contents(tmp_path / "new") == contents(data)


def test_a_damaged_backup_leaves_the_old_state(data: Path, backup: Path, tmp_path: Path) -> None:
    before = contents(data)
    (tmp_path / "cut.tar.gz").write_bytes(backup.read_bytes()[:-20_000])
    refusal(typed(data, "restore", "--force", tmp_path / "cut.tar.gz"))
    assert contents(data) == before


@pytest.mark.parametrize("whole", [b"no archive", None])
def test_a_refused_restore_leaves_nothing_behind(backup: Path, tmp_path: Path, whole: bytes | None) -> None:
    (tmp_path / "bad.tar.gz").write_bytes(whole or backup.read_bytes()[:-20_000])
    refusal(typed(tmp_path / "new", "restore", tmp_path / "bad.tar.gz"))
    assert [file.name for file in tmp_path.iterdir()] == ["bad.tar.gz"]


def test_a_refused_restore_leaves_what_somebody_put_there(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new/secret.key").write_text("mine")
    refusal(typed(tmp_path / "new", "restore", tmp_path / "nothing.tar.gz"))
    assert [(file.name, file.read_text()) for file in (tmp_path / "new").iterdir()] == [("secret.key", "mine")]


def test_what_is_put_back_is_taken_away_again_if_the_database_cannot_be(tmp_path: Path) -> None:
    new, place, before = tmp_path / "backup", tmp_path / "data/media", tmp_path / "before"
    for folder in (new / "media", place.parent, before):
        folder.mkdir(parents=True)
    with pytest.raises(OSError, match="full"), _moved([(new / "media", place)], before):
        raise OSError("full")
    assert not place.exists()


UNSEALED = {
    "gone": "DROP TRIGGER ledger_act_no_update",
    "of the same name, and harmless": "DROP TRIGGER ledger_act_no_update; "
    "CREATE TRIGGER ledger_act_no_update BEFORE UPDATE ON ledger_act BEGIN SELECT 1; END",
    "with an exception": "DROP TRIGGER ledger_act_no_delete; "
    f"CREATE TRIGGER ledger_act_no_delete {seal.SQLITE['ledger_act_no_delete'].replace('BEGIN', 'WHEN 0 BEGIN')}",
    "one more": "CREATE TRIGGER also AFTER INSERT ON ledger_act BEGIN SELECT 1; END",
}


@pytest.mark.parametrize("done", UNSEALED)
def test_a_ledger_that_could_be_changed_makes_no_backup(data: Path, backup: Path, tmp_path: Path, done: str) -> None:
    typed(tmp_path / "new", "restore", backup)
    with closing(sqlite3.connect(tmp_path / "new/commonplace.sqlite3")) as database:
        database.executescript(UNSEALED[done])
    (tmp_path / "backups").mkdir()
    assert "not sealed" in refusal(typed(tmp_path / "new", "backup", tmp_path / "backups/b.tar.gz"))
    assert not list((tmp_path / "backups").iterdir())


@pytest.mark.parametrize("name", ["nowhere/b.tar.gz", "secret.key/b.tar.gz"])
def test_a_place_that_is_not_there_is_one_line(data: Path, name: str) -> None:
    assert "no such folder" in refusal(typed(data, "backup", data / name))


def test_an_empty_data_folder_has_nothing_to_back_up(tmp_path: Path) -> None:
    assert "nothing to back up" in refusal(typed(tmp_path / "new", "backup", tmp_path / "b.tar.gz"))


def _files(at: Path) -> dict[str, Path]:
    (at / "noise").write_bytes(random.Random(3).randbytes(3_000))
    (at / "text").write_bytes(b"The same again and again. " * 400)
    return {"database.sqlite3": at / "noise", "media/text": at / "text"}


def _flips(whole: bytes) -> Iterator[bytes]:
    """Each with one bit turned, anywhere behind the first ten bytes, which only date the file."""
    chance = random.Random(7)
    for _ in range(1_000):
        flipped = bytearray(whole)
        flipped[chance.randrange(10, len(whole))] ^= 1 << chance.randrange(8)
        yield bytes(flipped)


def test_every_turned_bit_that_matters_is_found(tmp_path: Path) -> None:
    """A packed stream has a few bits of padding: turning one of these changes no file."""
    files = _files(tmp_path)
    whole, harmless = pack(tmp_path / "backup.tar.gz", files).read_bytes(), 0
    for number, flipped in enumerate(_flips(whole)):
        (tmp_path / "flipped.tar.gz").write_bytes(flipped)
        try:
            unpack(tmp_path / "flipped.tar.gz", tmp_path / str(number))
        except Refused:
            continue
        harmless += 1
        assert all((tmp_path / str(number) / name).read_bytes() == file.read_bytes() for name, file in files.items())
    assert harmless < 10


def test_a_file_exchanged_for_another_is_found(tmp_path: Path) -> None:
    pack(tmp_path / "backup.tar.gz", _files(tmp_path))
    unpack(tmp_path / "backup.tar.gz", tmp_path / "out")
    (tmp_path / "out/media/text").write_text("forged")
    with tarfile.open(tmp_path / "forged.tar.gz", "w:gz") as tar:
        tar.add(tmp_path / "out", arcname=".")
    with pytest.raises(Refused, match="media/text is not as it was"):
        unpack(tmp_path / "forged.tar.gz", tmp_path / "again")


def test_another_archive_is_no_backup(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "other.tar.gz", "w:gz") as tar:
        tar.addfile(tarfile.TarInfo("holiday.txt"))
    with pytest.raises(Refused, match="no backup of Commonplace"):
        unpack(tmp_path / "other.tar.gz", tmp_path / "out")
