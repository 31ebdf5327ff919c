"""All indicators of a day against one full pass over the subjects table, with ten years of history."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

from sqlalchemy import text

from suite.bootstrap import Suite
from suite.database.audit_triggers import drop_triggers, install_triggers
from suite.database.base import METADATA
from suite.database.bulk import allocate_ids, insert_rows
from suite.database.engine import is_sqlite, writing
from suite.kernel.indicators.board import Question
from suite.kernel.indicators.queries import indicator_board
from tests.benchmarks.bureau import DISTRICTS
from tests.benchmarks.measure import Ratio, clock_of, paired

TODAY, PAST = dt.date(2026, 11, 23), dt.date(2021, 12, 31)
#: Acceptance: all indicators cost at most so many passes.
BOUND = 10.0
#: How many entries of history a lawyer has, of which fields.
CHANGES = (("category", ("full_time", "part_time", "government")), ("district_code", DISTRICTS))
LAWYERS = "SELECT id FROM core_subject WHERE kind = 'lawyers.lawyer'"
PASS = "SELECT count(*), sum(length(name)), max(updated_at), min(main_no) FROM core_subject"


def history(suite: Suite) -> int:
    """Ten years of dated values: two of each field for every lawyer. Made once; how many there are."""
    table = METADATA.tables["core_dated_value"]
    with suite.reading() as session:
        have = int(session.execute(text("SELECT count(*) FROM core_dated_value")).scalar_one())
        ids = [
            int(number)
            for (number,) in session.execute(
                text("SELECT id FROM core_subject WHERE kind = 'lawyers.lawyer'")
            )
        ]
    if have:
        return have
    draw, now = random.Random(3), dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)
    rows = [
        {
            "subject_id": number,
            "kind": "lawyers.lawyer",
            "profession": "lawyers",
            "district_code": DISTRICTS[0],
            "association": None,
            "field": field,
            "value": draw.choice(values),
            "from_date": None if place == 0 else dt.date(2016, 1, 1) + dt.timedelta(draw.randint(0, 3900)),
            "recorded_at": now,
        }
        for number in ids
        for field, values in CHANGES
        for place in range(2)
    ]
    known = {column.name for column in table.columns}
    with writing(suite.engine) as connection:
        if is_sqlite(connection):
            drop_triggers(connection)
        else:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        numbers = allocate_ids(connection, table, len(rows))
        for row, number in zip(rows, numbers, strict=True):
            row["id"] = number
        insert_rows(connection, table, [{k: v for k, v in row.items() if k in known} for row in rows])
        if is_sqlite(connection):
            install_triggers(connection)
    with writing(suite.engine) as connection:
        connection.exec_driver_sql("ANALYZE")
    return len(rows)


def indicators(suite: Suite, rows: int) -> Iterator[Ratio]:
    """The board of today and of a past day; each reads everything that it tells."""
    entries, admin = history(suite), suite.actor()
    clock = clock_of(suite.engine.dialect.name)
    for title, day in (("今天", TODAY), ("五年前", PAST)):
        with suite.reading() as session:
            question = Question(as_of=day, set="plan-2021-2025")
            ours, floor = paired(
                lambda s=session, q=question: indicator_board(s, admin, suite.catalog, q),
                lambda s=session: s.execute(text(PASS)).all(),
                clock,
                times=7,
            )
        number = len(suite.catalog.indicators)
        yield Ratio(
            title=f"{number} 项指标，{title}，{rows:,} 人，{entries:,} 条历史",
            ours=ours,
            floor=floor,
            bound=BOUND,
        )
