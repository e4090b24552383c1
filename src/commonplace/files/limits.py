"""How much one person may send in a day, and all together may keep here."""

from datetime import timedelta
from typing import Final, NamedTuple

from django.conf import settings
from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from commonplace.communities.models import Person
from commonplace.files.models import File
from commonplace.ledger import clock
from commonplace.ledger.errors import NotPossible

MB, GB = 1 << 20, 1 << 30
A_DAY: Final = timedelta(days=1)
MOST_FILES, MOST_MEGABYTES = 200, 300
# Tries of one person: also of what is refused, which costs as much to look at.
TRIES, MINUTES = 120, 10
WHY: Final = "how much room there is"


class Kept(NamedTuple):
    """How many files there are, and the bytes they take, each once; thumbnails are not counted."""

    files: int
    size: int

    @property
    def most(self) -> int:
        return settings.FILES_GB * GB


def kept() -> Kept:
    rows = File.objects.everywhere(WHY)
    size = rows.order_by().values("digest", "size").distinct().aggregate(size=Sum("size"))["size"]
    return Kept(rows.count(), size or 0)


def must_have_room(person: Person, digest: str, size: int) -> None:
    """Raises NotPossible. What is here already takes no more room, but it counts for the day of whoever sends it."""
    sent = File.objects.filter(owner=person.pk, at__gt=clock.now() - A_DAY).everywhere(WHY)
    today = sent.aggregate(files=Count("pk"), size=Sum("size"))
    if today["files"] >= MOST_FILES or (today["size"] or 0) + size > MOST_MEGABYTES * MB:
        raise NotPossible(
            _("You have sent %(files)s files or %(megabytes)s MB within a day, which is the most. Go on tomorrow.")
            % {"files": MOST_FILES, "megabytes": MOST_MEGABYTES}
        )
    now = kept()
    if now.size + size > now.most and not File.objects.filter(digest=digest).everywhere(WHY).exists():
        raise NotPossible(_("There is no room for further files here. Tell the operator; link the file meanwhile."))
