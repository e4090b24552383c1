"""What every act and every column must say of itself."""

import re
from collections import Counter

from django.apps import apps
from django.db import models

from commonplace.ledger.registry import ACTS, doors, evidence_columns
from tests.shape.source import modules

OURS = [config for config in apps.get_app_configs() if config.name.startswith("commonplace.")]
DOCUMENTED = re.compile(r"\AWho: .+? Guard: .+? Effect: .+", re.DOTALL)


def ours() -> list[type[models.Model]]:
    return [model for config in OURS for model in config.get_models()]


def test_every_act_says_who_guard_and_effect() -> None:
    assert [act.verb for act in doors() if not DOCUMENTED.match(act.documentation)] == []


def test_what_only_follows_from_acts_says_from_which() -> None:
    followed = {verb for act in ACTS.values() for verb in act.of}
    assert [act.verb for act in ACTS.values() if not act.function and not act.of] == []
    assert followed <= ACTS.keys()


def test_one_evidence_field_has_one_type() -> None:
    assert evidence_columns()


def test_every_column_is_declared_personal_or_not() -> None:
    wrong = []
    for model in ours():
        declared = Counter([*getattr(model, "PERSONAL", ()), *getattr(model, "IMPERSONAL", ())])
        columns = Counter(field.name for field in model._meta.concrete_fields)
        wrong += [f"{model.__name__}.{name}" for name in (columns - declared) + (declared - columns)]
    assert wrong == []


def test_writes_outside_acts_have_a_reason() -> None:
    assert [model.__name__ for model in ours() if not getattr(model, "OUTSIDE_ACTS", "why")] == []


def test_nothing_but_the_clock_asks_for_the_time() -> None:
    asking = re.compile(r"\b(datetime\.(now|utcnow|today)|date\.today|timezone\.(now|localdate)|time\.time)$")
    places = [f"{m.name}:{line} {name}" for m in modules() for line, name in m.calls() if asking.search(name)]
    assert [place for place in places if not place.startswith("ledger/clock.py")] == []


def test_views_pass_no_back_door() -> None:
    pages = {"home", "search", "needs", "news", "jobs", "context", "middleware"}
    views = [
        m for m in modules() if "/views/" in m.name or m.name.removesuffix(".py") in {f"web/{page}" for page in pages}
    ]
    doors = re.compile(r"(^|\.)(_base_manager|everywhere|writing|_in_scope|raw|extra)(\.|$)")
    assert [f"{m.name}:{line} {name}" for m in views for line, name in m.calls() if doors.search(name)] == []


def test_models_do_not_write_elsewhere_and_there_are_no_signals() -> None:
    receivers = re.compile(r"\b(post_save|pre_save|post_delete|pre_delete|m2m_changed)\b")
    assert [module.name for module in modules() if receivers.search(module.text)] == []
