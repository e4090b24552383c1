"""What needs the operator, from what costs little to ask; the rest is what `commonplace doctor` found last."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonplace.archiving.backing_up import made
from commonplace.communities.models import Community
from commonplace.files.limits import kept
from commonplace.ledger import clock
from commonplace.ledger.jobs.backlog import LATEST, Backlog
from commonplace.web.doctor import FULL, LEAST_FREE, free, waiting_migrations
from commonplace.web.operating.examined import examined

BACKUP_WITHIN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence, and the name of the page that has more of it; `part`: which part of that page."""

    words: str
    page: str
    part: str = ""


def findings() -> list[Finding]:
    return [*_of_the_work(), *_of_the_machine(), *_of_backups(), *_of_people(), *_of_the_doctor()]


def _of_the_work() -> Iterator[Finding]:
    now = Backlog.now()
    if now.given_up:
        words = ngettext(
            "%(n)s job was given up: what it was to do is not done.",
            "%(n)s jobs were given up: what they were to do is not done.",
            now.given_up,
        )
        yield Finding(words % {"n": now.given_up}, "jobs")
    if now.late > LATEST:
        yield Finding(_("Work has been waiting for more than ten minutes: is a worker running?"), "jobs")
    if not settings.MAIL:
        yield Finding(_("No letters go out: no mail server is named."), "sent_letters")


def _of_the_machine() -> Iterator[Finding]:
    if waiting_migrations():
        yield Finding(_("The database is older than the program: run commonplace migrate."), "running_versions")
    if settings.DEBUG:
        yield Finding(_("Pages show everybody what went wrong within: unset COMMONPLACE_DEBUG."), "running_versions")
    if free() < LEAST_FREE:
        yield Finding(_("There is little room left on the disk."), "storage")
    if (now := kept()).size > FULL * now.most:
        yield Finding(_("Pictures and files take nearly all the room that they may."), "storage")


def _of_backups() -> Iterator[Finding]:
    last = next(iter(made()), None)
    if last is None:
        yield Finding(_("No backup was made yet, or it was made elsewhere."), "backups")
    elif clock.now() - last.at > BACKUP_WITHIN:
        yield Finding(_("The last backup is older than a week."), "backups")


def _of_people() -> Iterator[Finding]:
    if n := Community.objects.for_operator().untended().count():
        words = ngettext("%(n)s community has no facilitator.", "%(n)s communities have no facilitator.", n)
        yield Finding(words % {"n": n}, "operated_communities", "?untended=yes")


def _of_the_doctor() -> Iterator[Finding]:
    last = examined()
    if last and last.amiss:
        n = len(last.amiss)
        yield Finding(
            ngettext("The doctor found %(n)s thing.", "The doctor found %(n)s things.", n) % {"n": n}, "doctor"
        )
