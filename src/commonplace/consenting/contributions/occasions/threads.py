"""A round is a thread; those that were opened together are one; and so is what waited its turn in vain."""

from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from commonplace.communities.occasions import Named, Thread
from commonplace.consenting.models import InLine, Proposal
from commonplace.ledger.reading import READER, Among, Reading

WHY = "who reads a round of a list reads how many there are"
HERE = tuple(f"community__{name}" for name in ("slug", "title", "language"))


def _rounds() -> Any:
    rows = Proposal.objects.visible_to(READER).filter(pk__in=Among("threads")).select_related("community")
    return rows.only("title", *HERE)


def _lists() -> Any:
    """Of each its first round, with how many there are."""
    here = Proposal.objects.filter(list=OuterRef("list")).everywhere(WHY).order_by()
    counted = here.values("list").annotate(n=Count("pk")).values("n")
    rows = Proposal.objects.visible_to(READER).filter(list__in=Among("threads")).select_related("community")
    rows = rows.exclude(Exists(here.filter(pk__lt=OuterRef("pk")))).only("title", "matter", "list", *HERE)
    return rows.annotate(size=Subquery(counted, output_field=IntegerField()))


def _lost() -> Any:
    rows = InLine.objects.visible_to(READER).filter(pk__in=Among("threads")).select_related("community")
    return rows.only("title", "matter", "subject_id", "about", *HERE)


def _named(row: Any) -> Named:
    return Named(row.title, row.get_absolute_url(), row.community)


def _listed(row: Any) -> Named:
    lists = row.kind.lists
    return Named(lists.title(row.size) if lists else row.title, row.get_list_url(), row.community)


ROUND = Thread("round", "obj", _("Round"), Reading(_rounds), _named, pages=("proposal",))
LIST = Thread(
    "list", "obj", _("Rounds opened together"), Reading(_lists), _listed, pages=("list",), key=lambda row: str(row.list)
)
LINE = Thread("line", "obj", _("Waited its turn"), Reading(_lost), _named)
