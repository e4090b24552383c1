"""What the program cannot work with is said before it begins."""

import click
import pytest
from django.db import connection

from commonplace.web import preparing


def test_an_sqlite_that_is_too_old_is_named_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparing, "LEAST_SQLITE", (99, 0, 0))
    if connection.vendor == "sqlite":
        with pytest.raises(click.ClickException, match=r"99\.0\.0 or newer is needed\. Use a newer Python"):
            preparing.require_sqlite()
    else:
        preparing.require_sqlite()


def test_the_one_that_is_here_will_do() -> None:
    preparing.require_sqlite()
