"""What an installation notes of itself beside its database: JSON in the data folder, no row, in no backup."""

import json
import logging
from pathlib import Path
from typing import Any

from django.conf import settings

log = logging.getLogger(__name__)


def keep(name: str, what: Any) -> None:
    """Whole, or as it was before. Raises OSError where the folder takes nothing."""
    part = _place(name).with_suffix(".part")
    part.write_text(json.dumps(what))
    part.replace(_place(name))


def kept(name: str) -> Any:
    """None, where nothing is kept that can be read."""
    try:
        return json.loads(_place(name).read_text())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        log.warning("%s cannot be read: %s", name, type(error).__name__)
        return None


def _place(name: str) -> Path:
    return Path(settings.DATA) / name
