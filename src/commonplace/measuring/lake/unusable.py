"""A lake that cannot be written or read."""

from __future__ import annotations

from errno import EACCES, ENOENT, ENOTDIR, EROFS
from pathlib import Path

NOT_YOURS = (EACCES, ENOENT, ENOTDIR, EROFS)


class LakeUnusable(Exception):
    """The text says where and why, and what to do if that is known."""

    @classmethod
    def to_write(cls, lake: str | Path, error: Exception) -> LakeUnusable:
        advice = "; name a folder you may write" if getattr(error, "errno", None) in NOT_YOURS else ""
        return cls(f"The lake {lake} cannot be written ({_in_a_line(error)}){advice}.")

    @classmethod
    def to_read(cls, lake: str | Path, error: Exception) -> LakeUnusable:
        advice = "`commonplace ledger export --check` writes again what is damaged"
        return cls(f"The lake {lake} cannot be read ({_in_a_line(error)}); {advice}.")


def _in_a_line(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error).partition("\n")[0]
