"""The commands as an operator types them: a process of its own, on a data folder of its own, with SQLite."""

import os
import subprocess
import sys
from pathlib import Path


def typed(data: Path, command: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    settings = os.environ.get("DJANGO_SETTINGS_MODULE", "commonplace.web.settings")
    environment = {**os.environ, "COMMONPLACE_DATA": str(data), "DJANGO_SETTINGS_MODULE": settings}
    environment.pop("COMMONPLACE_DATABASE", None)
    line = [sys.executable, "-m", "commonplace", command, *map(str, arguments)]
    return subprocess.run(line, env=environment, capture_output=True, text=True, check=False)
