"""Model villages as a quality of a village: named after it, found by it, counted by county on any day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from sqlalchemy import select

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.kernel.exchange.importing import accept
from suite.kernel.exchange.previewed import ImportRequest
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.kernel.registry.queries import ListQuery, counts_by, list_ids
from suite.kernel.registry.rows import roster_rows
from suite.tables import Subject
from suite.testing.factories import make

MODEL = "popularization.democratic_rule_of_law_village"
NAMED, CANCELLED = dt.date(2020, 6, 1), dt.date(2024, 6, 1)


def villages(suite: Suite, district: str, number: int) -> list[int]:
    with suite.reading() as session:
        chosen = (
            select(Subject.id)
            .where(Subject.kind == "core.village", Subject.district_code == district)
            .order_by(Subject.id)
            .limit(number)
        )
        return list(session.scalars(chosen))


def by_county(suite: Suite, actor: Actor, day: dt.date, *levels: str) -> dict[Any, int]:
    query = ListQuery(kind=MODEL, filters={"category": levels}, as_of=day)
    with suite.reading() as session:
        return dict(counts_by(session, actor, suite.catalog, query, "district_code"))


def test_model_villages_of_a_past_day_by_county(suite_: Suite, admin: Actor) -> None:
    first, second = villages(suite_, "130107", 2)
    (other,) = villages(suite_, "130102", 1)
    ids = make(
        suite_,
        admin,
        MODEL,
        *(
            {"body_id": village, "category": "city", "named_on": NAMED, "status": "active"}
            for village in (first, second, other)
        ),
        {"body_id": first, "category": "national", "named_on": NAMED, "status": "active"},
        on=NAMED,
    )
    ended = RowEdit(subject_id=ids[0], values={"status": "cancelled", "cancelled_on": CANCELLED})
    suite_.run(SaveRecords(kind=MODEL, rows=(ended,), effective_on=CANCELLED), admin, reason="复核")
    day = dt.timedelta(days=1)
    assert by_county(suite_, admin, NAMED - day, "city") == {}
    assert by_county(suite_, admin, CANCELLED - day, "city") == {"130107": 2, "130102": 1}
    assert by_county(suite_, admin, CANCELLED, "city") == {"130107": 1, "130102": 1}
    assert by_county(suite_, admin, CANCELLED, "national") == {"130107": 1}


def test_a_record_is_named_after_its_village_and_found_by_village_and_level(
    suite_: Suite, admin: Actor, tmp_path: Path
) -> None:
    village, other = villages(suite_, "130107", 2)
    with suite_.reading() as session:
        name, code = session.execute(select(Subject.name, Subject.main_no).where(Subject.id == village)).one()
        other_code = session.scalar(select(Subject.main_no).where(Subject.id == other))

    def preview(*rows: tuple[str, str, str]) -> Any:
        book = Workbook()
        page = book.active
        assert page is not None
        page.append(["村（社区）", "命名级别", "命名日期", "命名文号"])
        for row in rows:
            page.append([row[0], row[1], NAMED, row[2]])
        book.save(tmp_path / "名录.xlsx")
        return suite_.preview(ImportRequest(kind=MODEL, path=tmp_path / "名录.xlsx"), admin)

    first = preview((code, "市级", "1号"), (code, "全国", "2号"), (other_code, "市级", "1号"))
    assert first.counts["new"] == 3
    suite_.run(accept(first), admin)
    with suite_.reading() as session:
        ids = list_ids(session, admin, suite_.catalog, ListQuery(kind=MODEL)).ids
        rows = roster_rows(session, admin, suite_.catalog, MODEL, ids, columns=("name", "body_id"))
    assert sorted(row.values["name"] == name for row in rows) == [False, True, True]
    again = preview((code, "市级", "1号"), (code, "全国", "3号"))
    assert (again.counts["new"], again.counts["changed"], again.counts["same"]) == (0, 1, 1)
    twice = preview((code, "市级", "1号"), (code, "市级", "1号"))
    held = [row for row in twice.rows if row.result == "held"]
    assert [problem.code for row in held for problem in row.problems] == ["duplicate_row"]
