"""Between a form and an act: a refusal is shown where the person typed, and nothing typed is lost."""

from collections.abc import Callable
from typing import TypeVar, cast

from django import forms

from commonplace.ledger.errors import NotPossible
from commonplace.ledger.haste import JustDone
from commonplace.ledger.shown import is_only_shown

R = TypeVar("R")


def carried_out(form: forms.BaseForm, act: Callable[[], R]) -> R | None:
    """The act's row, or None with the form's error set: an invalid form, or a guard that refused.

    Pressed twice, it is the row of the first time. Of a form that is only shown it is None.
    """
    if is_only_shown() or not form.is_valid():
        return None
    try:
        return act()
    except JustDone as refusal:
        return cast(R, refusal.row)
    except NotPossible as refusal:
        form.add_error(refusal.about if refusal.about in form.fields else None, str(refusal))
        return None
