"""What PostgreSQL runs, too, is named by folder and module: each name stands for some."""

from pathlib import Path

import pytest

from tests import databases

HERE = Path(databases.__file__).parent


@pytest.mark.parametrize("name", [*databases.ALL_OF, *databases.BUT_OF_THESE, *databases.ONLY_OF])
def test_it_is_there(name: str) -> None:
    assert (HERE / name).exists()


def test_what_is_left_out_would_be_in() -> None:
    assert {name.partition("/")[0] for name in databases.BUT_OF_THESE} <= {*databases.ALL_OF}
    assert not {name.partition("/")[0] for name in databases.ONLY_OF} & {*databases.ALL_OF}
