"""What opens something to whoever has it is in no log, whatever has broken behind it."""

import logging
import re
from typing import Any

IN_AN_ADDRESS = re.compile(r"/(feeds|sign-in|invitation|letters/stop|reset/key|confirm-email)/[^/\s]+")


class Discreet(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(map(_without, record.args))
        record.msg = _without(record.msg)
        return True


def _without(word: Any) -> Any:
    return IN_AN_ADDRESS.sub(r"/\1/…", word) if isinstance(word, str) else word
