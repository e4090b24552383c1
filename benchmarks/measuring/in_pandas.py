"""The same figures by pandas: what an analyst would write, for comparing time and memory."""

from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.dataset as ds

COLUMNS = [
    "act", "verb", "actor", "subject", "object", "happened_at",
    "kind", "exchanges", "matter", "outcome", "proposal", "number", "stance", "by_author", "originator",
]  # fmt: skip
WEEK, MONTH, QUARTER, HALF_YEAR = (pd.Timedelta(days=days) for days in (7, 30, 90, 180))


def figures(files: list[Path], community: str, since: datetime, until: datetime, followed: timedelta) -> int:
    table = ds.dataset([str(file) for file in files], format="parquet")
    acts = table.to_table(columns=COLUMNS, filter=ds.field("community") == community).to_pandas()
    seen = until + followed
    acts = acts[acts.happened_at <= seen].sort_values(["happened_at", "act"])
    of = dict(iter(acts.groupby("verb")))
    values = exchanges(of, since, until, seen) | practices(of, since, until, seen)
    assert len(values) == 10, values
    return len(acts)


def begun(rows: pd.DataFrame, since: datetime, until: datetime) -> pd.DataFrame:
    rows = rows.rename(columns={"subject": "case", "actor": "person", "happened_at": "began"})
    return rows[(rows.began > since) & (rows.began <= until)]


def exchanges(of: dict[str, pd.DataFrame], since: datetime, until: datetime, seen: datetime) -> dict[str, object]:
    opened = begun(of["exchange.opened"], since, until)[["case", "person", "began", "kind"]]
    answers = opened.merge(
        of["exchange.responded"][["subject", "actor", "happened_at"]], left_on="case", right_on="subject"
    )
    first = answers[answers.actor != answers.person].drop_duplicates("case")
    confirmed = opened.merge(
        of["exchange.confirmed"][["subject", "actor", "happened_at"]], left_on="case", right_on="subject"
    )
    told = (confirmed.actor == confirmed.person) != confirmed.kind.isin(["offer", "story"])
    helped = confirmed[told]
    written = of["practice.distilled"][["subject", "actor", "happened_at", "exchanges"]].explode("exchanges")
    item = helped.drop_duplicates("case")[["case", "began"]].merge(written, left_on="case", right_on="exchanges")
    agreed = accepted(of)[["practice", "agreed_at"]]
    taken = item.merge(agreed, left_on="subject", right_on="practice")
    reports = of["application.reported"]
    used = taken.merge(
        reports[~reports.originator.astype(bool)][["subject", "happened_at"]], on="subject", suffixes=("", "_used")
    )
    used = used[used.happened_at_used >= used.agreed_at]

    def share(rows: pd.DataFrame, at: str, limit: pd.Timedelta) -> float:
        could = opened[opened.began + limit <= seen]
        return could.case.isin(rows[rows[at] <= rows.began + limit].case).mean()

    return {
        "X2": share(first, "happened_at", WEEK),
        "X3": waited(opened, first.set_index("case").happened_at, seen),
        "X4": share(helped, "happened_at", MONTH),
        "C1.resolved": share(helped, "happened_at", HALF_YEAR),
        "C1.item": share(item, "happened_at", HALF_YEAR),
        "C1.accepted": share(taken, "agreed_at", HALF_YEAR),
        "C1.applied": share(used, "happened_at_used", HALF_YEAR),
    }


def practices(of: dict[str, pd.DataFrame], since: datetime, until: datetime, seen: datetime) -> dict[str, object]:
    agreed = accepted(of)
    ends = agreed.set_index("practice").agreed_at
    from_distil = begun(of["practice.distilled"], since, until)
    from_propose = begun(of["proposal.opened"], since, until).drop_duplicates("case")
    held = begun(agreed.rename(columns={"agreed_at": "happened_at", "practice": "subject"}), since, until)
    reports = of["application.reported"]
    by_others = held[["case", "began"]].merge(
        reports[~reports.by_author.astype(bool)], left_on="case", right_on="subject"
    )
    uses = by_others[by_others.happened_at >= by_others.began].drop_duplicates("case").set_index("case").happened_at
    return {
        "O4.from_distil": waited(from_distil, ends, seen),
        "O4.from_propose": waited(from_propose, ends, seen),
        "N3": waited(held, uses, seen),
    }


def accepted(of: dict[str, pd.DataFrame]) -> pd.DataFrame:
    decided = of["proposal.decided"]
    decided = decided[decided.outcome == "accepted"].drop_duplicates("subject")
    return decided.rename(columns={"subject": "practice", "happened_at": "agreed_at"})[
        ["practice", "agreed_at", "actor"]
    ]


def waited(cases: pd.DataFrame, ends: pd.Series, seen: datetime) -> float | None:
    """Kaplan-Meier's median, in seconds."""
    ended_at = cases.case.map(ends)
    wait = (ended_at.fillna(pd.Timestamp(seen)) - cases.began).dt.total_seconds().to_numpy()
    moments, at = np.unique(wait, return_inverse=True)
    ended = np.bincount(at, ended_at.notna().to_numpy(), len(moments))
    at_risk = np.cumsum(np.bincount(at, minlength=len(moments))[::-1])[::-1]
    share = np.cumprod(1 - ended / at_risk)
    below = np.flatnonzero(share <= 0.5)
    return float(moments[below[0]]) if len(below) else None
