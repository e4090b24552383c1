"""What two people can want at once is refused in words: the loser of a race reads a sentence, not an error."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models

from commonplace.ledger.constraints import named

LOCKED = "the act holds its subject's lock and its guard asks first: a second row is a fault of ours, to be seen as one"
# Not wished for by two people at once: why.
BY_NO_PEOPLE = {
    "figure_once_an_edition": "written by a job, which is done once",
    "imported_once": "written by an import, which one person runs",
    "site_once": "written by an import, which one person runs",
}
COLUMNS_BY_NO_PEOPLE = {
    "communities.Invitation.digest": "of a secret with 192 bits, made afresh for each",
    "communities.SignInLink.digest": "of a secret with 192 bits, made afresh for each",
    "corresponding.FeedAddress.digest": "of a secret made afresh for each",
    "externalizing.Closing.exchange": LOCKED,
    "objectifying.Bringing.practice": "made with its practice",
    "objectifying.MinorEdit.version": LOCKED,
    "objectifying.Agreement.version": LOCKED,
    "objectifying.Settlement.challenge": LOCKED,
    "internalizing.Document.subject": "written by a job",
    "ledger.Job.key": "the second of a key is the first one's",
}


def unique() -> Iterator[tuple[type[models.Model], models.UniqueConstraint]]:
    for model, constraint in named():
        if isinstance(constraint, models.UniqueConstraint):
            yield model, constraint


def has_words(constraint: models.UniqueConstraint) -> bool:
    return constraint.violation_error_message not in (None, models.UniqueConstraint.default_violation_error_message)


def test_every_unique_constraint_says_why_it_refuses() -> None:
    silent = [
        f"{model._meta.label}: {constraint.name}"
        for model, constraint in unique()
        if not has_words(constraint) and constraint.name not in BY_NO_PEOPLE
    ]
    assert silent == []


def test_a_column_that_is_unique_by_itself_has_no_words_so_nobody_can_hit_it() -> None:
    columns = {
        f"{model._meta.label}.{field.name}"
        for config in apps.get_app_configs()
        if config.name.startswith("commonplace.")
        for model in config.get_models()
        for field in model._meta.concrete_fields
        if field.unique and not field.primary_key
    }
    assert columns == COLUMNS_BY_NO_PEOPLE.keys()


def test_unique_together_is_not_used() -> None:
    """It gives no place for words."""
    assert [model._meta.label for model in apps.get_models() if _is_ours(model) and model._meta.unique_together] == []


def _is_ours(model: type[models.Model]) -> bool:
    return model.__module__.startswith("commonplace.")
