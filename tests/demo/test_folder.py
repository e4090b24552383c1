"""The example's folder: made once, made anew when it was left half made, and never somebody's data."""

import fcntl
from pathlib import Path

import pytest

from commonplace.demo import folder
from commonplace.demo.folder import Contents, NotAnExample
from commonplace.ledger.alone import SERVED


def test_a_new_folder_is_marked_and_made_once(tmp_path: Path) -> None:
    where = tmp_path / "demo-data"
    assert folder.claim(where)
    with folder.making(where):
        assert folder.contents(where) == Contents.HALF_MADE
        (where / "commonplace.sqlite3").touch()
    assert folder.contents(where) == Contents.MADE
    assert not folder.claim(where)
    assert folder.claim(where, anew=True)


def test_what_comes_by_itself_is_nobodys_data(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text("secret")
    assert folder.claim(tmp_path)


def _interrupted(where: Path) -> None:
    with folder.making(where):
        (where / "lake").mkdir()
        (where / "lake" / "2026-03.parquet").touch()
        (where / "commonplace.sqlite3").touch()
        (where / "secret.key").touch()
        raise KeyboardInterrupt


def test_what_was_left_half_made_is_emptied_and_made_anew(tmp_path: Path) -> None:
    folder.claim(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        _interrupted(tmp_path)
    assert folder.contents(tmp_path) == Contents.HALF_MADE
    assert folder.claim(tmp_path)
    with folder.making(tmp_path):
        assert {path.name for path in tmp_path.iterdir()} == {"demo", "secret.key", SERVED}


@pytest.mark.parametrize("name", ["commonplace.sqlite3", "notes.txt"])
def test_somebodys_data_is_refused_and_untouched(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine")
    for anew in (False, True):
        with pytest.raises(NotAnExample, match="stays as it is"):
            folder.claim(tmp_path, anew)
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text() == "mine"


def test_a_file_in_its_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "demo-data").write_text("mine")
    with pytest.raises(NotAnExample):
        folder.claim(tmp_path / "demo-data")


def test_two_processes_do_not_make_it_at_once(tmp_path: Path) -> None:
    folder.claim(tmp_path)
    (tmp_path / "commonplace.sqlite3").touch()
    with (tmp_path / folder.MARK).open("r+") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(NotAnExample, match="Another process"), folder.making(tmp_path):
            pass
    assert (tmp_path / "commonplace.sqlite3").exists()


def test_the_folder_can_be_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COMMONPLACE_DEMO_DATA", raising=False)
    monkeypatch.delenv("COMMONPLACE_DATA", raising=False)
    monkeypatch.chdir(tmp_path)
    assert folder.chosen() == tmp_path / "demo-data"
    monkeypatch.setenv("COMMONPLACE_DATA", "pumps/")
    assert folder.chosen() == tmp_path / "pumps-demo", "beside what is kept for good, never in it"
    monkeypatch.setenv("COMMONPLACE_DEMO_DATA", str(tmp_path / "elsewhere"))
    assert folder.chosen() == tmp_path / "elsewhere"
