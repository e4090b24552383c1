"""When figures are published: of each community early in its own morning, and soon when it has none yet."""

from collections.abc import Collection, Mapping
from datetime import datetime, time, tzinfo
from zoneinfo import ZoneInfo

from django.db.models import Exists, Max, OuterRef, Q

from commonplace.communities.models import Community
from commonplace.ledger import clock, jobs
from commonplace.ledger.models import HERE, Act
from commonplace.measuring.grid import ripe
from commonplace.measuring.metrics import METRICS
from commonplace.measuring.models import Figure, FigureQuerySet
from commonplace.measuring.readings import Reason
from commonplace.measuring.rules import configured

WHY = "figures of every community"
EARLY = time(4)
LONGEST_SECONDS = 1800


def zones() -> Mapping[str, tzinfo]:
    """Every community, and its own time; in one order, so that two workers who plan at once do not block each other."""
    named = Community.objects.everywhere(WHY).order_by("pk").values_list("pk", "time_zone")
    return {pk: ZoneInfo(name) for pk, name in named}


def without_figures() -> Collection[str]:
    acts, figures = (model.objects.everywhere(WHY).filter(community=OuterRef("pk")) for model in (Act, Figure))
    nothing_yet = Community.objects.everywhere(WHY).filter(Exists(acts), ~Exists(figures))
    return set(nothing_yet.values_list("pk", flat=True))


@jobs.job("figures", long=True, when=jobs.daily(EARLY, zones, soon=without_figures))
def publish_figures(of: str) -> None:
    """In a process of its own: Ibis and DuckDB take memory, and may take too long."""
    community = Community.objects.everywhere(WHY).filter(pk=of).first()
    if community and may_have_news(community):
        jobs.in_child("figures", "publish", "--community", community.slug, seconds=LONGEST_SECONDS)


def may_have_news(community: Community) -> bool:
    """A window has become ripe since the last edition, or something became known of one that was told."""
    figures = Figure.objects.everywhere(WHY).filter(community=community)
    last = figures.aggregate(act=Max("last_act"), at=Max("computed_at"))
    return last["at"] is None or _has_ripened(last["at"]) or _is_late(community, figures, last["act"])


def _has_ripened(since: datetime) -> bool:
    now, rules = clock.now(), configured()
    kinds = {(metric.span, metric.followed(rules)) for metric in METRICS}
    return any(ripe(*kind, now).until > ripe(*kind, since).until for kind in kinds)


def _is_late(community: Community, figures: FigureQuerySet, last_act: int) -> bool:
    seen = figures.exclude(suppressed=Reason.TOO_EARLY).aggregate(last=Max("seen"))["last"]
    newer = Act.objects.everywhere(WHY).filter(community=community.pk, pk__gt=last_act)
    out_of_archives = ~Q(origin=HERE)
    return newer.filter(out_of_archives | Q(happened_at__lte=seen) if seen else out_of_archives).exists()
