"""What an engine lays down on the disk goes with it, or with the next one if it was killed."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from commonplace.measuring import engines
from commonplace.measuring.engines.folders import own_folder

RUNNING = """
import sys, django
from pathlib import Path
django.setup()
from commonplace.measuring.engines.folders import own_folder
with own_folder(Path(sys.argv[1])) as folder:
    (folder / "acts.duckdb").write_text("much")
    print(folder, flush=True)
    sys.stdin.read()
"""


def test_what_a_killed_one_left_goes_and_what_one_that_lives_has_stays(tmp_path: Path) -> None:
    with (
        own_folder(tmp_path) as mine,
        subprocess.Popen(
            [sys.executable, "-c", RUNNING, str(tmp_path)], text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as another,
    ):
        assert another.stdout
        theirs = Path(another.stdout.readline().strip())
        assert all(folder.is_dir() for folder in (mine, theirs))
        another.kill()
        another.wait()
        assert (theirs / "acts.duckdb").exists()
        with own_folder(tmp_path) as next_one:
            assert not theirs.exists()
            assert mine.is_dir()
            assert next_one.is_dir()
        assert not next_one.exists()


def test_the_engine_lies_in_the_data_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    with engines.engine():
        assert len(list(tmp_path.glob("engine/*/acts.duckdb"))) == 1
    assert list(tmp_path.glob("engine/*/")) == []
