"""A round is a thread; those that were opened together are one; and so is what waited its turn in vain."""

from typing import Any

from django.db.models import CharField, Count, Exists, IntegerField, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commonplace.communities.occasions import Seen, Thread, seen
from commonplace.consenting.matter import matter_of
from commonplace.consenting.models import InLine, Proposal
from commonplace.ledger.reading import READER, Among

WHY = "who reads a round of a list reads how many there are"
TEXT = CharField()


def _rounds() -> Any:
    return seen(Proposal.objects.visible_to(READER).filter(pk__in=Among("threads")), "round")


def _lists() -> Any:
    """Of each its first round, with the matter and how many there are."""
    here = Proposal.objects.filter(list=OuterRef("list")).everywhere(WHY).order_by()
    counted = Subquery(here.values("list").annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    rows = Proposal.objects.visible_to(READER).filter(list__in=Among("threads"))
    rows = rows.exclude(Exists(here.filter(pk__lt=OuterRef("pk"))))
    more = Concat("matter", Value(" "), Cast(counted, TEXT), output_field=TEXT)
    return seen(rows, "list", thread="list", more=more)


def _lost() -> Any:
    """With what it is about."""
    rows = InLine.objects.visible_to(READER).filter(pk__in=Among("threads"))
    more = Concat("matter", Value("/"), "subject_id", Value("/"), "about", output_field=TEXT)
    return seen(rows, "line", more=more)


def _at_list(one: Seen) -> str:
    return reverse("list", args=[one.slug, one.thread])


def _of_so_many(one: Seen) -> str:
    matter, n = one.more.split(" ")
    lists = matter_of(matter).lists
    return lists.title(int(n)) if lists else one.title


def _at_round(one: Seen) -> str:
    return reverse("proposal", args=[one.slug, one.thread])


def _at_line(one: Seen) -> str:
    matter, subject, about = one.more.split("/")
    return InLine(community=one.here, matter=matter, subject_id=subject, about=about).get_absolute_url()


ROUND = Thread(
    "round", "obj", _("Round"), _rounds, _at_round, pages=("proposal", "objection"), many=_("Rounds of consent")
)
LIST = Thread(
    "list", "obj", _("Rounds opened together"), _lists, _at_list, _of_so_many, pages=("list",), part_of="round"
)
LINE = Thread("line", "obj", _("Waited its turn"), _lost, _at_line, part_of=ROUND.name)
