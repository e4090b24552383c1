"""What the database refuses is a refusal in words, on both engines; what nobody foresaw stays an error."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.test.utils import isolate_apps
from django.utils import translation
from django.utils.translation import gettext_lazy

from commonplace.communities.models import Community, Person
from commonplace.ledger import clock, constraints
from commonplace.ledger.act import Written, nothing
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.evidence import Nothing
from tests.ledger.toys import Toy
from tests.story import Story

pytestmark = pytest.mark.django_db(transaction=True)
SAYS = gettext_lazy("There is already a community at this address. Choose another.")
ENGLISH = "There is already a community at this address. Choose another."


def _pumps() -> type[models.Model]:
    class Pump(models.Model):
        """A table with a constraint of every kind."""

        name = models.CharField(max_length=20, default="")
        site = models.CharField(max_length=20, null=True)
        level = models.IntegerField(null=True)
        place = models.CharField(max_length=20, null=True)
        slot = models.IntegerField(null=True)
        serial = models.CharField(max_length=20, null=True, unique=True)
        removed = models.BooleanField(default=False)
        owner = models.ForeignKey(Community, models.DO_NOTHING, null=True, related_name="+")

        class Meta:
            app_label = "ledger"
            db_table = "toy_pump"
            constraints = (
                models.UniqueConstraint(fields=["name", "site"], name="plain", violation_error_message=SAYS),
                models.UniqueConstraint(
                    fields=["level"], condition=Q(removed=False), name="partial", violation_error_message=SAYS
                ),
                models.UniqueConstraint(Lower("place"), name="by_expression", violation_error_message=SAYS),
                models.CheckConstraint(condition=Q(level__gte=0), name="checked", violation_error_message=SAYS),
                models.UniqueConstraint(fields=["slot"], name="without_words"),
                models.CheckConstraint(condition=Q(slot__gte=0), name="checked_without_words"),
            )

    return Pump


@pytest.fixture
def pumps(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Any]]:
    with isolate_apps("commonplace.ledger"):
        model = _pumps()
        with connection.schema_editor() as editor:
            editor.create_model(model)
        ours = list(constraints.named())
        added = [(model, one) for one in model._meta.constraints]
        monkeypatch.setattr(constraints, "named", lambda: iter([*ours, *added]))
        yield model
        with connection.schema_editor() as editor:
            editor.delete_model(model)


Perform = Callable[..., Any]


@pytest.fixture
def store(pumps: type[Any], toy: Toy, story: Story) -> Perform:
    @toy("toy.stored", locks=nothing)
    def store(actor: Person, community: Community, *, pump: Any) -> Written[Community]:
        pump.save(force_insert=True)
        return Written(community, Nothing())

    return lambda **columns: store(story.facilitator, story.community, pump=pumps(**columns))


@pytest.mark.parametrize(
    ("before", "then"),
    [
        ({"name": "P4", "site": "North"}, {"name": "P4", "site": "North"}),
        ({"level": 3}, {"level": 3}),
        ({"place": "Hall"}, {"place": "HALL"}),
        ({}, {"level": -1}),
    ],
    ids=["plain", "partial", "expression", "check"],
)
def test_a_constraint_says_no_in_its_own_words(store: Perform, pumps: Any, before: Any, then: Any) -> None:
    store(**before)
    with pytest.raises(NotPossible) as refusal:
        store(**then)
    assert str(refusal.value) == ENGLISH
    with translation.override("fr"), pytest.raises(NotPossible) as refusal:
        store(**then)
    assert str(refusal.value) != ENGLISH
    assert pumps.objects.count() == 1


def test_a_partial_one_lets_pass_what_it_is_not_about(store: Perform, pumps: Any) -> None:
    store(level=3, removed=True)
    store(level=3, removed=True)
    store(level=3)
    assert pumps.objects.count() == 3


def test_who_refers_to_what_is_gone_is_told_so(store: Perform, pumps: Any) -> None:
    """Found at the commit only."""
    with pytest.raises(NotPossible, match="no longer here"):
        store(owner_id="0" * 26)
    assert not pumps.objects.exists()


def test_without_words_of_its_own_it_says_that_somebody_was_quicker(store: Perform) -> None:
    store(slot=1)
    with pytest.raises(NotPossible, match="quicker"):
        store(slot=1)


@pytest.mark.parametrize("wrong", [{"serial": "A"}, {"slot": -1}, {"name": None}], ids=["unnamed", "check", "null"])
def test_what_no_two_people_could_bring_about_stays_an_error(store: Perform, wrong: Any) -> None:
    store(serial="A")
    with pytest.raises(IntegrityError):
        store(**wrong)


def test_outside_of_acts_it_stays_what_it_is(store: Perform, pumps: Any) -> None:
    store(level=3)
    with pytest.raises(IntegrityError), transaction.atomic():
        pumps.objects.create(level=3)


def test_within_a_transaction_the_rest_goes_on(store: Perform, pumps: Any) -> None:
    with transaction.atomic():
        store(level=3)
        with pytest.raises(NotPossible):
            store(level=3)
        store(level=4)
    assert pumps.objects.count() == 2


def test_a_new_row_under_an_id_that_is_taken_is_a_refusal(story: Story) -> None:
    lea = story.member("Lea")
    exchange = story.ask(lea)
    response = story.respond(story.facilitator, exchange)
    with clock.at(clock.now() + timedelta(hours=1)):  # Not taken for the same, said twice.
        with pytest.raises(NotPossible, match="here already"):
            story.ask(lea, id=exchange.pk)
        with pytest.raises(NotPossible, match="here already"):
            story.respond(lea, exchange, id=response.pk)
