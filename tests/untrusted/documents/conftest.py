from pathlib import Path

import pytest

from tests.untrusted.documents.making import Given


@pytest.fixture
def given(tmp_path: Path) -> Given:
    return Given(tmp_path / "given")
