"""How much a file of a member may be, and may ask of the machine."""

from typing import Final

from commonplace.untrusted.archives import Limits

MB: Final = 1 << 20
LARGEST_PICTURE, LARGEST_DOCUMENT = 20 * MB, 25 * MB
MOST_POINTS, LARGEST_SIDE, SMALL_SIDE = 40_000_000, 2560, 640
# Of the child that draws.
SECONDS, MEMORY = 30, 1_024 * MB
# Drawn at once by one process, each with so much memory; whoever comes meanwhile waits so many seconds.
AT_ONCE, PATIENCE = 2, 10
# What an office document may say that it unpacks to; only what tells its kind is unpacked.
PACKAGE: Final = Limits(entries=5_000, total=500 * MB, window=MB, ratio=500)
LONGEST_LIST: Final = 2 * MB
