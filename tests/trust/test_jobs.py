"""A worker that is killed in mid-job leaves nothing half done and nothing undone; several together do nothing twice."""

import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection, transaction

from commonplace.ledger import jobs
from commonplace.ledger.jobs import leases
from commonplace.ledger.models import Job
from tests.web.installation import LONGEST, ROOT, environment

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
TIMES = int(os.environ.get("COMMONPLACE_TIMES", "1"))
KILLS = 12 * TIMES
SEED = 20260302
CHAINS = 4


class Labourer:
    """A program on the test's own database; `live` begins a life that does jobs, `kill` ends it."""

    def __init__(self, folder: Path, kind: str = "") -> None:
        more = {"COMMONPLACE_DATABASE": url} if (url := os.environ.get("COMMONPLACE_DATABASE")) else {}
        command = [sys.executable, "-m", "tests.trust.labourer", str(connection.settings_dict["NAME"]), kind]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        env = environment(folder / "data", **more)
        self.process = subprocess.Popen(command, cwd=ROOT, env=env, text=True, bufsize=1, **pipes)  # type: ignore[call-overload]
        self.life = 0

    def live(self, manner: str = "") -> None:
        self.process.stdin.write(f"{manner}\n")
        self.process.stdin.flush()
        self.life = int(self.heard())

    def kill(self) -> None:
        os.kill(self.life, signal.SIGKILL)
        while self.heard():
            pass

    def heard(self) -> str:
        return str(self.process.stdout.readline().strip())


@pytest.fixture
def labourers(tmp_path: Path) -> Iterator[list[Labourer]]:
    """Made when they are asked for."""
    labourers: list[Labourer] = []
    yield labourers
    for one in labourers:
        one.process.communicate(timeout=LONGEST)


@pytest.fixture
def chains(transactional_db: None) -> None:
    """Each job asks for the next of its chain: there is always work."""
    jobs.enqueue_many(Job(name="mark", args={"chain": chain, "number": 0}) for chain in range(CHAINS))


def killed_in_mid_job(victim: Labourer, point: str) -> None:
    victim.live(point)
    assert victim.heard() == point
    victim.kill()


def finish(labourer: Labourer) -> None:
    labourer.live("last")
    assert labourer.heard() == "", "it has left"


def times_done() -> dict[int, list[int]]:
    """Of each chain: how often each number was done, from the first to the last."""
    done: list[Counter[int]] = [Counter() for _ in range(CHAINS)]
    for job in Job.objects.filter(name="marked"):
        done[job.args["chain"]][job.args["number"]] += 1
    return {chain: [times[number] for number in range(max(times) + 1)] for chain, times in enumerate(done)}


def test_a_killed_job_is_done_once(chains: None, tmp_path: Path, labourers: list[Labourer]) -> None:
    chance = random.Random(SEED)
    labourers += [Labourer(tmp_path), Labourer(tmp_path)]
    victim, steady = labourers
    steady.live()
    for _ in range(KILLS):
        killed_in_mid_job(victim, chance.choice(["begins", "ends"]))
        if chance.random() < 0.3:  # At whatever moment that is.
            steady.kill()
            steady.live()
    steady.kill()
    finish(victim)
    times = times_done()
    assert all(times.values()), "each chain went on"
    assert [set(of_chain) for of_chain in times.values()] == [{1}] * CHAINS


def test_the_control_does_it_twice(chains: None, tmp_path: Path, labourers: list[Labourer]) -> None:
    """Outside a transaction, as long work runs, a kill between effect and end is seen: so such work must bear it."""
    labourers.append(Labourer(tmp_path, kind="long"))
    killed_in_mid_job(labourers[0], "ends")
    finish(labourers[0])
    assert 2 in {times for of_chain in times_done().values() for times in of_chain}


def test_whoever_runs_a_job_sees_what_was_done_before_it_was_asked_for_again() -> None:
    """Its row is ours until we commit: otherwise it could be run before, and what we did would be missed."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one pen")
    jobs.enqueue("mark", key="one", chain=0, number=0)

    def claim() -> Job | None:
        try:
            return Job.objects.claim(leases.end())
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as elsewhere:
        with transaction.atomic():
            jobs.enqueue("mark", key="one", chain=0, number=0)
            assert elsewhere.submit(claim).result() is None
        assert elsewhere.submit(claim).result() is not None
