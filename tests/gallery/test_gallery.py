"""Every page of the gallery: no barrier, nothing sideways, no more than a page may weigh; a picture of each."""

import os
from pathlib import Path

import pytest

from tests.gallery.cases import CASES, at_a_browser, called
from tests.gallery.keeping import kept
from tests.gallery.pages import PAGES, visitor
from tests.gallery.pairs import Case
from tests.journeys.conftest import Visit

HEAVIEST = 60_000
PICTURES = os.environ.get("COMMONPLACE_GALLERY", "")
"""The folder to which the pictures go: with none, the gallery is not made, which takes minutes."""

pytestmark = [pytest.mark.journey, pytest.mark.skipif(not PICTURES, reason="COMMONPLACE_GALLERY names no folder")]


@pytest.mark.breaks_ledger  # Whether it holds is asked by every other test, and takes long of so much.
@pytest.mark.parametrize("case", CASES, ids=called)
def test_no_page_bars_anybody_or_weighs_too_much(
    case: Case, live_server: object, visit: Visit, nobody_works: None
) -> None:
    world = kept(int(str(case["amount"])), Path(PICTURES) / "worlds")
    who, address = PAGES[str(case["page"])]
    guest = visit(visitor(world, who), **at_a_browser(case))
    answer = guest.page.goto(guest.address + address(world))
    assert answer is not None
    weight = answer.request.sizes()["responseBodySize"]
    guest.page.screenshot(path=Path(PICTURES) / f"{called(case)}.png", full_page=True)
    faults = guest.barriers()
    if answer.status != 200:
        faults.append(f"status {answer.status}")
    if guest.scrolls_sideways():
        faults.append("scrolls sideways")
    if weight > HEAVIEST:
        faults.append(f"{weight} bytes as sent")
    assert faults == []
