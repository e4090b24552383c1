"""Where people change whom the newest version of a practice is for."""

from typing import Any

from django.urls import reverse

from commonplace.ledger.act import asked
from commonplace.objectifying.acts.audience import set_audience
from commonplace.objectifying.models import Practice


def change_at(person: Any, practice: Practice) -> str:
    """ "" where it is fixed by now, or not theirs to say."""
    return form_at(practice) if asked(set_audience, person, practice) == "" else ""


def form_at(practice: Practice) -> str:
    return reverse("edit_audience", args=[practice.community.slug, practice.pk])
