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
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FolderUnusable(f"The data folder {folder} cannot be made ({error.strerror}). Set COMMONPLACE_DATA to a folder you may write.") from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise FolderUnusable(f"The data folder {folder} is not writable. Set COMMONPLACE_DATA to a folder you may write.")
    return folder


def secret_key(folder: Path) -> str:
    """The installation's secret, made once, readable by its owner only."""
    path = folder / "secret.key"
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()
