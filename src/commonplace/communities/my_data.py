"""Everything that is kept about one person, found by the declarations that every model carries."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from commonplace.communities.models import Person, Unit
from commonplace.ledger.models import Act
from commonplace.ledger.scope import everywhere

Row = dict[str, Any]
SECRET = {"password", "digest", "session_key", "data"}
ANOTHER = "another person"
WHY = "what is kept about a person is theirs, in every model"


def my_data(person: Person) -> dict[str, list[Row]]:
    """Model -> rows: their personal columns, their times and ids. Secrets and other people's ids stay out."""
    kept = {model._meta.label: list(_rows(model, person)) for model in apps.get_models()}
    kept[Act._meta.label] = list(_acts(person))
    return {label: rows for label, rows in kept.items() if rows}


def _rows(model: type[models.Model], person: Person) -> Iterator[Row]:
    """One's own rows whole; of those that only name one, where they do."""
    own = _own(model, person)
    if own:
        yield from (_whole(row, _columns(model), person) for row in everywhere(model, WHY).filter(own).order_by("pk"))
    for name in _naming(model)[1:]:
        named = everywhere(model, WHY).filter(**{name: person.pk}).exclude(own or Q()).order_by("pk")
        yield from ({**_id(row), name: person.pk} for row in named)


def _own(model: type[models.Model], person: Person) -> Q | None:
    """Being this person's row: by the first personal column that names a person, or by what the row hangs on."""
    if model is Person:
        return Q(pk=person.pk)
    if naming := _naming(model):
        return Q(**{naming[0]: person.pk})
    if not getattr(model, "PERSONAL", ()):
        return None
    parents = [(field.name, _naming(field.related_model)) for field in _links(model)]
    owned = [Q(**{f"{name}__{naming[0]}": person.pk}) for name, naming in parents if naming]
    return Q.create(owned, connector=Q.OR) if owned else None  # type: ignore[arg-type]


def _naming(model: Any) -> list[str]:
    """Foreign keys to a person, the owner's first: as PERSONAL lists them; all where a library declares nothing."""
    keys = [field.name for field in _links(model) if field.related_model is Person]
    declared = getattr(model, "PERSONAL", keys)
    return [name for name in declared if name in keys]


def _links(model: Any) -> list[Any]:
    return [field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]


def _columns(model: type[models.Model]) -> list[Any]:
    personal = getattr(model, "PERSONAL", None)
    return [
        field
        for field in model._meta.concrete_fields
        if field.name not in SECRET
        and not _counts(field)
        and (personal is None or field.name in personal or field.primary_key or isinstance(field, models.DateTimeField))
    ]


def _counts(field: Any) -> bool:
    """A row's number among everybody's: between two of one's own it would say how many others did the like."""
    return isinstance(field, models.AutoField)


def _id(row: models.Model) -> Row:
    return {} if _counts(row._meta.pk) else {"id": row.pk}


def _whole(row: models.Model, columns: list[Any], person: Person) -> Row:
    return {field.name: _value(row, field, person) for field in columns}


def _value(row: models.Model, field: Any, person: Person) -> Any:
    value = field.value_from_object(row)
    if field.related_model is Person:
        return value if value in (person.pk, None) else ANOTHER
    if field.related_model is Unit and value:
        return str(getattr(row, field.name))
    return str(value) if isinstance(field, models.FileField) else value


def _acts(person: Person) -> Iterator[Row]:
    """What the ledger keeps of this person's acts, without the ids of others."""
    acts = list(Act.objects.visible_to(person).filter(actor=person.pk).order_by("id"))
    rows = [{"verb": act.verb, "happened_at": act.happened_at, "subject": act.subject, **act.evidence} for act in acts]
    mentioned = {value for row in rows for value in _texts(row)}
    others = set(Person.objects.filter(pk__in=mentioned).exclude(pk=person.pk).values_list("pk", flat=True))
    return ({name: _masked(value, others) for name, value in row.items()} for row in rows)


def _texts(row: Row) -> Iterator[str]:
    for value in row.values():
        yield from (text for text in (value if isinstance(value, list) else [value]) if isinstance(text, str))


def _masked(value: Any, others: set[str]) -> Any:
    if isinstance(value, list):
        return [_masked(one, others) for one in value]
    return ANOTHER if isinstance(value, str) and value in others else value
