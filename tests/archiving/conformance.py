"""What every importer of the entry-point group promises; a format joins by adding a sample to `SAMPLES`."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from tests.archiving.dumps import small, write

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SAMPLES: dict[str, Callable[[Path], Path]] = {"stackexchange": lambda at: write(at, small())}
