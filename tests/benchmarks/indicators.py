"""All indicators of a day against one full pass over the subjects table, with ten years of history."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import text

from suite.bootstrap import Suite
from suite.database.audit_triggers import drop_triggers, install_triggers
from suite.database.base import METADATA
from suite.database.bulk import allocate_ids, insert_rows
from suite.database.engine import is_sqlite, writing
from suite.kernel.indicators.board import Question
from suite.kernel.indicators.queries import indicator_board
from tests.benchmarks.bureau import DISTRICTS
from tests.benchmarks.measure import Ratio, clock_of_session, paired

TODAY, PAST = dt.date(2026, 11, 23), dt.date(2021, 12, 31)
DAYS = (("今天", TODAY), ("五年前", PAST))
#: Acceptance: all indicators cost at most so many passes.
BOUND = 10.0
#: The dated fields of a lawyer that changed once in ten years.
CHANGES = (("category", ("full_time", "part_time", "government")), ("district_code", DISTRICTS))
SUBJECTS = "SELECT id, kind, category, district_code, status, body_id FROM core_subject"
PASS = "SELECT count(*), sum(length(name)), max(updated_at), min(main_no) FROM core_subject"
Rows = dict[str, list[dict[str, Any]]]


def history(suite: Suite) -> int:
    """Ten years of history as the suite itself keeps it: the column says what the last entry says.

    Of every lawyer two values of each field of `CHANGES`, two posts, a licence and what ended it. Made once;
    how many entries there are.
    """
    with suite.reading() as session:
        tables = ("core_dated_value", "core_post", "core_licence", "core_licence_event")
        have = [int(session.execute(text(f"SELECT count(*) FROM {name}")).scalar_one()) for name in tables]
        if have[0]:
            return sum(have)
        subjects = session.execute(text(f"{SUBJECTS} WHERE profession = 'lawyers'")).all()
    made = _made(subjects)
    with writing(suite.engine) as connection:
        if is_sqlite(connection):
            drop_triggers(connection)
        else:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        for name in tables:
            table, rows = METADATA.tables[name], made[name]
            for row, number in zip(rows, allocate_ids(connection, table, len(rows)), strict=True):
                row["id"] = number
        licences = {row["subject_id"]: row["id"] for row in made["core_licence"]}
        for row in made["core_licence_event"]:
            row["licence_id"] = licences[row["subject_id"]]
        for name in tables:
            insert_rows(connection, METADATA.tables[name], made[name])
        if is_sqlite(connection):
            install_triggers(connection)
    with writing(suite.engine) as connection:
        connection.exec_driver_sql("ANALYZE")
    return sum(len(rows) for rows in made.values())


def _made(subjects: Sequence[Any]) -> Rows:
    draw, now = random.Random(3), dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)
    firms = [row.id for row in subjects if row.kind == "lawyers.law_firm"]
    recorded = {"recorded_at": now}
    rows: Rows = {
        name: [] for name in ("core_dated_value", "core_post", "core_licence", "core_licence_event")
    }

    def day() -> dt.date:
        return dt.date(2016, 1, 1) + dt.timedelta(draw.randint(0, 3900))

    for row in subjects:
        base = {
            "subject_id": row.id,
            "profession": "lawyers",
            "district_code": row.district_code,
            "association": None,
        }
        rows["core_licence"].append(
            {**base, "title": "执业证", "opening_state": "active", "state": row.status}
        )
        if row.status != "active":
            rows["core_licence_event"].append({**base, **recorded, "state": row.status, "on_date": day()})
        if row.kind != "lawyers.lawyer":
            continue
        moved = day()
        for body, begin, end in ((draw.choice(firms), None, moved), (row.body_id, moved, None)):
            rows["core_post"].append(
                {**base, **recorded, "body_id": body, "post": "执业", "from_date": begin, "to_date": end}
            )
        for field, values in CHANGES:
            for value, begin in ((draw.choice(values), None), (getattr(row, field), day())):
                rows["core_dated_value"].append(
                    {**base, **recorded, "field": field, "value": value, "from_date": begin}
                )
    return rows


def indicators(suite: Suite, rows: int) -> Iterator[Ratio]:
    """The board of today and of a past day; each reads everything that it tells."""
    entries, admin = history(suite), suite.actor()
    for title, day in DAYS:
        with suite.reading() as session:
            if not is_sqlite(session.connection()):
                # The clock sees the process that answers, not helpers that take a pass over many rows off it.
                session.execute(text("SET LOCAL max_parallel_workers_per_gather = 0"))
            question = Question(as_of=day, set="plan-2021-2025")
            ours, floor = paired(
                lambda s=session, q=question: indicator_board(s, admin, suite.catalog, q),
                lambda s=session: s.execute(text(PASS)).all(),
                clock_of_session(session),
                times=7,
            )
        number = len(suite.catalog.indicators)
        yield Ratio(
            title=f"{number} 项指标，{title}，{rows:,} 人，{entries:,} 条历史",
            ours=ours,
            floor=floor,
            bound=BOUND,
        )


def growth(fewer: int, small: Sequence[Ratio], more: int, large: Sequence[Ratio]) -> Iterator[Ratio]:
    """The boards of two sizes against each other: they cost no more times as much than there are rows."""
    for (title, _), mine, theirs in zip(DAYS, large, small, strict=True):
        yield Ratio(
            title=f"增长，{title}，{more:,} 人对 {fewer:,} 人",
            ours=mine.ours,
            floor=theirs.ours,
            bound=more / fewer,
        )
