"""A code that a telephone reads: SVG that stands in the page itself, so nothing is loaded and nothing styled inline."""

import segno

ENOUGH = "m"  # A seventh of it may be dirty, on a wall beside a pump.


def code(address: str) -> str:
    """Without a size of its own: `.code` gives it one. What it is, is said beside it."""
    made = segno.make_qr(address, error=ENOUGH)
    return made.svg_inline(border=4, omitsize=True, svgclass="code", lineclass=None, dark="#000", light="#fff")
