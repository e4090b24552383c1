"""Every figure once more, from the rows of the exported ledger alone: pandas, exact fractions, statsmodels, lifelines.

Slow and by the definitions: the share still open is a fraction, and how much a person moves the curve is summed case by
case and moment by moment. It shares nothing with what it checks but the rows.
"""

import warnings
from fractions import Fraction
from math import exp, log, sqrt
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from lifelines import KaplanMeierFitter
from statsmodels.stats.proportion import proportion_confint

from tests.measuring.oracle import Cases, Row

Z = 1.959963984540054
Figures = dict[str, Any]


def exported(lake: Path, community: str) -> list[Row]:
    """Read as files, without the program's own reader."""
    frame = pd.concat(pd.read_parquet(path) for path in sorted(lake.glob("*.parquet")))
    return [
        row | {"happened_at": row["happened_at"].to_pydatetime()}
        for row in frame[frame.community == community].to_dict("records")
    ]


def figures(cases: Cases, unit: str) -> Figures:
    if not cases:
        return {"n": 0, "events": 0, "value": None, "low": None, "high": None}
    frame = pd.DataFrame(
        list(cases.values()), columns=["person", *(["waited", "ended"] if unit == "seconds" else ["hit"])]
    )
    counted = {"n": frame.person.nunique(), "events": len(frame)}
    return counted | (_median(frame) if unit == "seconds" else _share(frame))


def _share(frame: pd.DataFrame) -> Figures:
    people, cases, hits = frame.groupby("person").hit.agg(["count", "sum"]), len(frame), int(frame.hit.sum())
    own, share = people["count"], Fraction(hits, cases)
    if share in (0, 1) or len(people) == 1:
        effect = float((own**2).sum() / cases)
    else:
        apart = sum((Fraction(int(h)) - share * int(m)) ** 2 for m, h in people.itertuples(index=False))
        effect = max(1.0, float(apart / (cases * share * (1 - share))) * _own_mean(own)) * _doubt(own)
    low, high = proportion_confint(hits / effect, cases / effect, method="wilson")
    return {"value": float(share), "low": low, "high": high}


def _median(frame: pd.DataFrame) -> Figures:
    waited, ended = frame.waited.to_numpy(), frame.ended.to_numpy(dtype=bool)
    own, open_share, moved, reached = frame.groupby("person").size(), Fraction(1), np.zeros(len(frame)), Figures()
    for moment in sorted(set(waited)):
        at_risk, ends = int((waited >= moment).sum()), int(((waited == moment) & ended).sum())
        open_share *= 1 - Fraction(ends, at_risk)
        if at_risk > ends:
            unexpected = ((waited == moment) & ended) - (waited >= moment) * ends / at_risk
            moved += unexpected / (at_risk - ends)
        low, high = _limits(open_share, moved, frame.person, own)
        for name, share in (("value", open_share), ("low", low), ("high", high)):
            if share is not None and share <= Fraction(1, 2):
                reached.setdefault(name, float(moment))
    _as_lifelines(frame, reached.get("value"))
    return {name: reached.get(name) for name in ("value", "low", "high")}


def _limits(share: Fraction, moved: Any, person: pd.Series, own: pd.Series) -> tuple[float | None, float | None]:
    if share in (0, 1):
        return (0.0, 0.0) if share == 0 else (None, None)
    of_cases = float((moved**2).sum())
    of_people = float((pd.Series(moved).groupby(person.to_numpy()).sum() ** 2).sum())
    if len(own) == 1:
        variance = of_cases * own.iloc[0]
    else:
        variance = max(of_cases, of_people * _own_mean(own)) * _doubt(own)
    spread = Z * sqrt(variance) / log(share)
    low, high = (exp(-exp(log(-log(share)) + sign * spread)) for sign in (-1, 1))
    return low, high


def _own_mean(own: pd.Series) -> float:
    shares = own / own.sum()
    return float((1 - 1 / own.sum()) / (1 - (shares**2).sum()))


def _doubt(own: pd.Series) -> float:
    people, cases = 1 / ((own / own.sum()) ** 2).sum() - 1, own.sum() - 1
    return _student(max(1.0, people)) / _student(max(1.0, cases))


def _student(degrees: float) -> float:
    return degrees * (exp((Z * (8 * degrees + 3) / (8 * degrees + 1)) ** 2 / degrees) - 1)


def _as_lifelines(frame: pd.DataFrame, value: float | None) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        curve = KaplanMeierFitter().fit(frame.waited, frame.ended).survival_function_.iloc[:, 0]
    reached = curve[curve <= 0.5 + 1e-12]
    assert (None if reached.empty else float(reached.index[0])) == value
