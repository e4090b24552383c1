"""A real browser, as in the journeys."""

from tests.journeys.conftest import chromium, live_server, visit

__all__ = ["chromium", "live_server", "visit"]
