"""An import taken back where records that it knew were merged since, or lie beyond what the desk sees."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from suite.bootstrap import Suite
from suite.contract.commands import Actor, Done
from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.kernel.exchange.importing import accept
from suite.kernel.exchange.previewed import ImportRequest
from suite.kernel.exchange.undoing import UndoImport
from suite.kernel.registry.current import current_records
from suite.kernel.registry.integrity import check
from suite.kernel.registry.merging_commands import MergeSubjects
from suite.tables import LedgerEntry, LedgerSubject
from suite.testing.factories import a_firm, a_lawyer, make, practice_no, uscc

FIRM, LAWYER, VISITS = "lawyers.law_firm", "lawyers.lawyer", "notary.village_visits"
HEADINGS = ("姓名", "执业证号", "执业机构")
BEFORE = dt.date(2020, 1, 6)


def imported(
    suite: Suite, actor: Actor, path: Path, kind: str, heading: tuple[str, ...], *rows: tuple[object, ...]
) -> Done:
    book = Workbook()
    page = book.active
    assert page is not None
    for row in (heading, *rows):
        page.append(list(row))
    book.save(path)
    return suite.run(accept(suite.preview(ImportRequest(kind=kind, path=path), actor)), actor)


def undone(suite: Suite, actor: Actor, done: Done, kind: str = LAWYER) -> Done:
    return suite.run(UndoImport(kind=kind, run=done.result["run"]), actor)


def body(suite: Suite, lawyer: int) -> int:
    with suite.reading() as session:
        record = current_records(session, suite.catalog.kinds[LAWYER], [lawyer])[lawyer]
        return int(record.values["body_id"])


def sound(suite: Suite) -> bool:
    with suite.reading() as session:
        return not any(part.problems for part in check(session, suite.catalog, lambda *_: None))


@pytest.fixture
def desks(suite_: Suite, request: pytest.FixtureRequest) -> Callable[[], tuple[Suite, Actor]]:
    """Makes desks of one district's clerk: on PostgreSQL with a login that rights bind."""
    made = 0

    def desk() -> tuple[Suite, Actor]:
        nonlocal made
        scope = {"profession": "lawyers", "district": "130102"}
        if suite_.engine.dialect.name == "sqlite":
            made += 1
            suite_.run(AddUser(login=f"clerk{made}", name="某区干事"), suite_.actor())
            grant = GrantRole(login=f"clerk{made}", role="core.section_staff", **scope)
            suite_.run(grant, suite_.actor())
            return suite_, suite_.actor(f"clerk{made}")
        bound: Callable[..., Suite] = request.getfixturevalue("login_suite")
        found = bound("core.section_staff", **scope)
        return found, found.actor()

    return desk


@pytest.mark.both_engines
def test_a_body_that_was_merged_since_comes_back_as_the_kept_one(
    suite_: Suite, admin: Actor, tmp_path: Path
) -> None:
    first, kept, last, other = make(suite_, admin, FIRM, *(a_firm(n) for n in range(1, 5)), on=BEFORE)
    [lawyer] = make(suite_, admin, LAWYER, a_lawyer(1, body_id=first), on=BEFORE)
    row = (a_lawyer(1)["name"], practice_no(1), a_firm(4)["name"])
    done = imported(suite_, admin, tmp_path / "a.xlsx", LAWYER, HEADINGS, row)
    assert body(suite_, lawyer) == other
    for gone, stays in ((first, kept), (kept, last)):
        suite_.run(MergeSubjects(kind=FIRM, kept=stays, gone=gone, reason="重复"), admin)
    assert undone(suite_, admin, done).result["left"] == []
    assert body(suite_, lawyer) == last, "where both merges lead"
    assert sound(suite_)


@pytest.mark.both_engines
def test_an_entry_comes_back_with_the_record_that_stands_for_its_own(
    suite_: Suite, admin: Actor, tmp_path: Path
) -> None:
    def office(number: int, name: str) -> dict[str, object]:
        code = uscc(number, "12")
        given = {"name": name, "main_no": code, "district_code": "130102"}
        return {**given, "category": "public_institution", "status": "active"}

    first, kept, _ = make(
        suite_,
        admin,
        "notary.notary_office",
        *(office(n, name) for n, name in enumerate(("燕赵公证处", "太行公证处", "滹沱公证处"), 1)),
    )
    heading = ("公证机构", "活动", "进村日期", "村（社区）", "服务人次", "状态")
    row = ("送公证下乡", "2026-05-12", "东良厢村", 12, "已开展")
    came = imported(suite_, admin, tmp_path / "a.xlsx", VISITS, heading, ("燕赵公证处", *row))
    with suite_.reading() as session:
        number = session.scalars(select(LedgerEntry.number)).one()
    with_number = ("编号", *heading)
    changed = imported(suite_, admin, tmp_path / "b.xlsx", VISITS, with_number, (number, "滹沱公证处", *row))
    suite_.run(MergeSubjects(kind="notary.notary_office", kept=kept, gone=first, reason="重复"), admin)
    assert undone(suite_, admin, changed, VISITS).result["left"] == []
    with suite_.reading() as session:
        assert session.scalars(
            select(LedgerSubject.subject_id).where(LedgerSubject.role == "subject")
        ).all() == [kept]
    # For the first run the entry is as it left it.
    assert undone(suite_, admin, came, VISITS).result["removed"] == 1


@pytest.mark.both_engines
def test_what_a_clerk_does_not_see_keeps_a_new_record_and_only_that(
    suite_: Suite, admin: Actor, desks: Callable[[], tuple[Suite, Actor]], tmp_path: Path
) -> None:
    desk, clerk = desks()
    heading = ("名称", "统一社会信用代码", "区县", "组织形式")
    rows = [(a_firm(n)["name"], uscc(n), "长安区", "普通合伙") for n in (1, 2)]
    done = imported(desk, clerk, tmp_path / "a.xlsx", FIRM, heading, *rows)
    make(suite_, admin, LAWYER, a_lawyer(1, body_id=done.result["ids"][0], district_code="130104"))
    taken = undone(desk, clerk, done, FIRM)
    assert taken.result["removed"] == 1
    [left] = taken.result["left"]
    assert left.reason.startswith("已被引用：")
    assert "core_" not in left.reason


@pytest.mark.both_engines
def test_a_former_body_elsewhere_comes_back(
    suite_: Suite, admin: Actor, desks: Callable[[], tuple[Suite, Actor]], tmp_path: Path
) -> None:
    _, elsewhere = make(suite_, admin, FIRM, a_firm(1), a_firm(2, district_code="130104"), on=BEFORE)
    given = a_lawyer(1, body_id=elsewhere, district_code="130102")
    [lawyer] = make(suite_, admin, LAWYER, given, on=BEFORE)
    desk, clerk = desks()
    row = (given["name"], practice_no(1), a_firm(1)["name"])
    done = imported(desk, clerk, tmp_path / "a.xlsx", LAWYER, HEADINGS, row)
    assert undone(desk, clerk, done).result["left"] == []
    assert body(suite_, lawyer) == elsewhere
    assert sound(suite_)


@pytest.mark.both_engines
def test_a_colleagues_earlier_run_is_told_too(
    suite_: Suite, desks: Callable[[], tuple[Suite, Actor]], tmp_path: Path
) -> None:
    (one, first), (two, second) = desks(), desks()
    heading = ("姓名", "执业证号", "执业类别", "区县", "手机")
    row = (a_lawyer(1)["name"], practice_no(1), "专职", "长安区")
    came = imported(one, first, tmp_path / "a.xlsx", LAWYER, heading, (*row, "13800000001"))
    changed = imported(two, second, tmp_path / "b.xlsx", LAWYER, heading, (*row, "13800000002"))
    assert undone(two, second, changed).result["left"] == []
    taken = undone(one, first, came)
    assert (taken.result["removed"], taken.result["left"]) == (1, [])
