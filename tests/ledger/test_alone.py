"""One process at a time makes the database of an installation."""

import fcntl

import pytest
from django.conf import settings

from commonplace.ledger.alone import alone


@pytest.mark.django_db
def test_who_is_alone_holds_the_folder_until_they_are_done() -> None:
    with (settings.DATA / "secret.key").open("r+") as another:
        with alone(), pytest.raises(BlockingIOError):
            fcntl.flock(another, fcntl.LOCK_EX | fcntl.LOCK_NB)
        fcntl.flock(another, fcntl.LOCK_EX | fcntl.LOCK_NB)
