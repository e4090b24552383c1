"""A backup whose ledger could be changed is none."""

from typing import Final

UNSEALED: Final = "the ledger in the backup is not sealed; run `commonplace migrate` and make another backup"
