"""A family of processes ends in peace, however it is asked to."""

import subprocess
import sys

from tests.web.installation import LONGEST

AT_ONCE = """
import os, signal
from commonplace.web.processes import together
both = {signal.SIGINT, signal.SIGTERM}
with together({}):
    signal.pthread_sigmask(signal.SIG_BLOCK, both)
    for number in both:
        os.kill(os.getpid(), number)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, both)
    print("goes on")
"""


def test_two_signals_at_the_same_instant_stop_it_once() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", AT_ONCE], capture_output=True, text=True, timeout=LONGEST, check=False
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "Stopping ...\n", "")
