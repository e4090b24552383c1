"""The data folder: one place for everything that is worth a backup."""

import os
import secrets
from pathlib import Path


class FolderUnusable(Exception):
    """The data folder cannot be made or written; the text says which and what to do."""


def data_folder(name: str) -> Path:
    """The folder, made if it is missing."""
    folder = Path(name).expanduser().resolve()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise FolderUnusable(
            f"The data folder {folder} cannot be made ({error.strerror}). "
            "Set COMMONPLACE_DATA to a folder you may write."
        ) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise FolderUnusable(
            f"The data folder {folder} is not writable. Set COMMONPLACE_DATA to a folder you may write."
        )
    return folder


def secret_key(folder: Path) -> str:
    """The installation's secret, made once, readable by its owner only."""
    path = folder / "secret.key"
    try:
        _write_once(path)
        return path.read_text().strip()
    except OSError as error:
        raise FolderUnusable(
            f"{path} cannot be read or written ({error.strerror}). Give it to whoever runs Commonplace."
        ) from error


def _write_once(path: Path) -> None:
    """Whole or not at all, so that a second start at the same moment never reads half a secret."""
    if path.exists():
        return
    fresh = path.with_name(f".secret.{secrets.token_hex(8)}")
    with os.fdopen(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(48))
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    except OSError:  # A file system without links.
        fresh.replace(path)
    fresh.unlink(missing_ok=True)
