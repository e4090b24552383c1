"""A process that is asked to stop stops, whatever the signal interrupts."""

import subprocess
import sys

from commonplace.ledger.stopping import Stopping
from tests.web.installation import ROOT

INTERRUPTED = """
import sys
from commonplace.ledger.stopping import Stopping

stopping = Stopping()


def interrupt(frame, event, argument):
    if event == "line":
        sys.settrace(None)
        stopping.set()
        sys.settrace(interrupt)
    return interrupt


sys.settrace(interrupt)
stopping.wait(0.01)
stopping.set()
sys.settrace(None)
print(stopping.wait(60))
"""
"""As a handler does, at each line of the wait and of another handler. `threading.Event` never comes back from it."""


def test_it_is_asked_once_and_for_all() -> None:
    stopping = Stopping()
    assert not stopping.wait(0.001)
    stopping.set()
    assert [stopping.is_set(), stopping.wait(60), stopping.wait(60)] == [True, True, True]


def test_no_moment_is_the_wrong_one_for_a_signal() -> None:
    command = [sys.executable, "-c", INTERRUPTED]
    answer = subprocess.run(command, env={"PYTHONPATH": str(ROOT / "src")}, capture_output=True, timeout=20, check=True)
    assert answer.stdout == b"True\n"
