"""Between a form and an act: a refusal is shown where the person typed, and nothing typed is lost."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from django import forms

from commonplace.ledger.errors import NotPossible
from commonplace.ledger.haste import JustDone
from commonplace.ledger.shown import is_only_shown
from commonplace.untrusted.lines import of_one_kind

R = TypeVar("R")


def carried_out(form: forms.BaseForm, act: Callable[[], R]) -> R | None:
    """The act's row, or None with the form's error set: an invalid form, or a guard that refused.

    The lines of what was typed end alike, whichever browser sent them. Pressed twice, it is the row of the first time.
    Of a form that is only shown it is None.
    """
    if is_only_shown() or not form.is_valid():
        return None
    form.cleaned_data = {name: _typed(value) for name, value in form.cleaned_data.items()}
    try:
        return act()
    except JustDone as refusal:
        return cast(R, refusal.row)
    except NotPossible as refusal:
        form.add_error(refusal.about if refusal.about in form.fields else None, str(refusal))
        return None


def _typed(value: Any) -> Any:
    return of_one_kind(value) if isinstance(value, str) else value
