"""Public counsel: what an agreement says and meets, and that every item of the plan has its place."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from plugins.lawyers.counsel.rules import counsel_told, end_told, signing_firm, term_in_order
from plugins.lawyers.counsel.tables import VillageCounsel
from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.declarations import CheckContext
from suite.kernel.exchange.importing import accept
from suite.kernel.exchange.previewed import ImportRequest
from suite.kernel.plan.queries import plan_lines
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.tables import Subject
from suite.testing.factories import a_firm, a_lawyer, make
from suite.testing.fixtures import TODAY
from tests.plugins.desk import desk_of

KIND = "lawyers.village_counsel"
CONTEXT = CheckContext(today=TODAY, parameters={})
NEW_YEAR, LAST_DAY = dt.date(2026, 1, 1), dt.date(2026, 12, 31)


@pytest.mark.parametrize(
    ("check", "values", "code"),
    [
        (term_in_order, {"starts_on": LAST_DAY, "valid_until": NEW_YEAR}, "lawyers.term_reversed"),
        (term_in_order, {"signed_on": LAST_DAY, "valid_until": NEW_YEAR}, "lawyers.signed_after_term"),
        (term_in_order, {"starts_on": NEW_YEAR, "valid_until": NEW_YEAR}, None),
        (counsel_told, {}, "lawyers.no_counsel"),
        (counsel_told, {"counsel_name": "李大海"}, None),
        (end_told, {"status": "terminated"}, "lawyers.end_missing"),
        (end_told, {"status": "active", "ended_on": NEW_YEAR}, "lawyers.end_without_termination"),
        (end_told, {"status": "terminated", "ended_on": NEW_YEAR}, None),
        # 冀政字〔2015〕25号: the contract is signed with the firm.
        (signing_firm, {"category": "lawyer"}, "lawyers.no_firm"),
        (signing_firm, {"category": "scholar"}, None),
    ],
)
def test_an_agreement_says_who_and_when(check: Any, values: dict[str, Any], code: str | None) -> None:
    assert [problem.code for problem in check(values, CONTEXT)] == ([code] if code else [])


def villages(suite: Suite, number: int) -> list[int]:
    with suite.reading() as session:
        statement = select(Subject.id).where(Subject.kind == "core.village").order_by(Subject.main_no)
        return list(session.scalars(statement.limit(number)))


def agreement(village: int, lawyer: int | None, **values: Any) -> dict[str, Any]:
    return {
        "body_id": village,
        "counsel_id": lawyer,
        "starts_on": NEW_YEAR,
        "valid_until": LAST_DAY,
        **values,
    }


def told(suite: Suite, actor: Actor, *rows: dict[str, Any]) -> list[tuple[str, int | None]]:
    edits = tuple(RowEdit(values=row, place=place) for place, row in enumerate(rows))
    done = suite.run(SaveRecords(kind=KIND, rows=edits), actor)
    return sorted((problem.code, problem.row) for problem in done.warnings)


def test_what_an_agreement_meets_is_told_and_taken(suite_: Suite, admin: Actor) -> None:
    one, other = make(suite_, admin, "lawyers.law_firm", a_firm(1), a_firm(2))
    good, bad = make(
        suite_,
        admin,
        "lawyers.lawyer",
        a_lawyer(1, body_id=one),
        a_lawyer(2, body_id=one, status="suspended"),
    )
    known = villages(suite_, 8)
    assert told(suite_, admin, agreement(known[0], good, firm_id=one)) == []
    assert told(
        suite_,
        admin,
        agreement(known[0], good, starts_on=TODAY),
        agreement(known[1], good, firm_id=other),
        agreement(known[2], bad),
        # What has ended already is entered as it was.
        agreement(known[3], bad, starts_on=dt.date(2024, 1, 1), valid_until=dt.date(2024, 12, 31)),
    ) == [
        ("lawyers.agreement_overlaps", 0),
        ("lawyers.counsel_not_practising", 2),
        ("lawyers.counsel_of_another_firm", 1),
    ]
    # Five villages are the most that one lawyer should take on.
    assert told(suite_, admin, *(agreement(village, good) for village in known[4:6])) == []
    assert told(suite_, admin, agreement(known[6], good)) == [("lawyers.too_many_villages", 0)]


def test_the_desk_tells_what_ends_without_another(suite_: Suite, admin: Actor) -> None:
    known = villages(suite_, 3)
    soon = TODAY + dt.timedelta(days=20)
    first = agreement(known[0], None, counsel_name="李大海", valid_until=soon)
    second = agreement(known[1], None, counsel_name="李大海", valid_until=soon)
    renewed = agreement(
        known[1], None, counsel_name="李大海", starts_on=soon, valid_until=dt.date(2027, 12, 31)
    )
    ids = make(suite_, admin, KIND, first, second, renewed)
    ending, gaps = desk_of(suite_, admin, "lawyers")
    assert (ending.ids, ending.due, ending.kind) == ((ids[0],), soon, KIND)
    with suite_.reading() as session:
        total = len(session.scalars(select(Subject.id).where(Subject.kind == "core.village")).all())
    assert (gaps.page, gaps.count) == ("coverage", total - 2)


def test_a_workbook_tells_villages_by_their_place_and_namesakes_by_their_firm(
    suite_: Suite, admin: Actor, tmp_path: Path
) -> None:
    one, other = make(suite_, admin, "lawyers.law_firm", a_firm(1), a_firm(2))
    lawyers = make(
        suite_,
        admin,
        "lawyers.lawyer",
        a_lawyer(1, name="王志远", body_id=one),
        a_lawyer(2, name="王志远", body_id=other),
    )
    with suite_.reading() as session:
        village = session.scalars(
            select(Subject).where(Subject.kind == "core.village").order_by(Subject.main_no)
        ).first()
        assert village is not None
        town = session.get(Subject, village.body_id)
        assert town is not None
        place = ("长安区", town.name, village.name)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(
        ["县（市、区）", "乡镇（街道）", "村（社区）", "律师事务所", "法律顾问", "起始日期", "到期日期"]
    )
    sheet.append([*place, "河北第2律师事务所", "王志远", "2026-01-01", "2026-12-31"])
    sheet.append([*place, "", "王志远", "2027-01-01", "2027-12-31"])
    path = tmp_path / "聘任.xlsx"
    book.save(path)
    preview = suite_.preview(ImportRequest(kind=KIND, path=path), admin)
    assert (preview.counts["new"], preview.counts["held"]) == (1, 1)
    suite_.run(accept(preview), admin)
    with suite_.reading() as session:
        made = session.scalars(select(VillageCounsel)).one()
    assert made.counsel_id == lawyers[1]


def test_every_item_of_the_plan_that_is_the_lawyers_is_served(suite_: Suite) -> None:
    waiting = [
        line.item.no
        for line in plan_lines(suite_.catalog)
        if "lawyers" in line.item.owner
        and not any(where.startswith("lawyers.") or "." not in where for where in line.where)
    ]
    assert waiting == []
