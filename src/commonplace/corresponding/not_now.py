"""Not now, because: of one's own needs what one sets aside, for a time or until something about it changes."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commonplace.communities.contributions import Need
from commonplace.communities.models import Community
from commonplace.communities.waiting import all_of, sifted
from commonplace.corresponding.models import NotNow, WhyNot
from commonplace.ledger import clock
from commonplace.ledger.reading import NOW, READER, Reading

WEEK, MONTH, CHANGE = "week", "month", "change"
HOW_LONG = ((WEEK, _("For a week")), (MONTH, _("For a month")), (CHANGE, _("Until something about it changes")))
DAYS = {WEEK: 7, MONTH: 30}
WHY = "one's own marks"


class Mark(NamedTuple):
    need: str
    stamp: str


def _marks() -> Any:
    mine = NotNow.objects.visible_to(READER).filter(Q(until=None) | Q(until__gt=NOW))
    return mine.order_by().values_list("need", "stamp")


MARKS: Reading[Mark] = Reading(_marks, shape=Mark)


def marks(person: Any) -> Mapping[str, str]:
    return dict(MARKS.rows(reader=person))


def waiting(person: Any, key: str) -> Need | None:
    """Of what waits for them, set aside or not."""
    return next((need for need in all_of(person) if need.key == key and need.slug), None)


def put_off(person: Any, need: Need, because: str, how_long: str) -> None:
    """Another reason or time takes the place of the one before."""
    here = Community.objects.visible_to(person).get(slug=need.slug)
    until = clock.now() + timedelta(days=DAYS[how_long]) if how_long in DAYS else None
    made = NotNow(person_id=person.pk, community=here, need=need.key, because=because, until=until)
    made.stamp = "" if until else need.stamp
    NotNow.objects.everywhere(WHY).bulk_create(
        [made],
        update_conflicts=True,
        unique_fields=["person", "need"],
        update_fields=["community", "stamp", "because", "until", "at"],
    )


def take_up(person: Any, key: str) -> None:
    NotNow.objects.filter(person=person.pk, need=key).everywhere(WHY).delete()


class PutOff(NamedTuple):
    need: Need
    mark: NotNow

    @property
    def because(self) -> str:
        return str(WhyNot(self.mark.because).label)


def all_put_off(person: Any) -> list[PutOff]:
    """What would wait now."""
    by_key = {row.need: row for row in NotNow.objects.visible_to(person)}
    return [PutOff(need, by_key[need.key]) for need in sifted(person)[1] if need.key in by_key]
