"""Ledgers come in by workbook, go out again, come back changed, and a run is taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.kernel.exchange.entries.export import conditions_of, export_entries
from suite.kernel.exchange.importing import accept
from suite.kernel.exchange.previewed import ImportPreview, ImportRequest
from suite.kernel.exchange.undoing import UndoImport
from suite.kernel.ledgers.commands import EntryEdit, SaveLedgerEntries
from suite.kernel.ledgers.desk import ledger_items
from suite.kernel.ledgers.queries import EntryQuery, entry_ids, entry_lines, mentions_of
from suite.kernel.ledgers.sheet import ledger_sheet
from suite.testing.factories import make, uscc

VISITS = "notary.village_visits"
HEADINGS = ("公证机构", "活动", "进村日期", "村（社区）", "服务人次", "状态")
ROWS = (
    ("燕赵公证处", "送公证下乡", "2026-05-12", "东良厢村", 12, "已开展"),
    ("燕赵公证处", "法治大集", "2026年6月3日", "塔元庄村", 30, "计划"),
    ("没有的公证处", "送公证下乡", "2026-06-30", "南董村", 5, "计划"),
    ("燕赵公证处", "缺村名", "2026-07-01", None, -3, "计划"),
)


@pytest.fixture
def office(suite_: Suite, admin: Actor) -> int:
    row = {
        "name": "燕赵公证处",
        "main_no": uscc(1, "12"),
        "district_code": "130102",
        "category": "public_institution",
        "status": "active",
    }
    return make(suite_, admin, "notary.notary_office", row)[0]


def workbook(path: Path, headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> Path:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(list(headings))
    for row in rows:
        page.append(list(row))
    book.save(path)
    return path


@pytest.fixture
def preview(suite_: Suite, admin: Actor) -> Callable[[Path], ImportPreview]:
    return lambda path: suite_.preview(ImportRequest(kind=VISITS, path=path), admin)


def test_a_ledger_comes_and_goes(
    suite_: Suite, admin: Actor, office: int, tmp_path: Path, preview: Callable[[Path], ImportPreview]
) -> None:
    found = preview(workbook(tmp_path / "台账.xlsx", HEADINGS, ROWS))
    assert found.counts == {"rows": 4, "new": 2, "changed": 0, "same": 0, "held": 2}
    told = [{problem.code for problem in row.problems} for row in found.rows]
    assert "link.unknown" in told[2]
    assert {"required", "value.negative"} <= told[3]
    run = suite_.run(accept(found), admin).result["run"]
    with suite_.reading() as session:
        ids = entry_ids(session, admin, suite_.catalog, EntryQuery(ledger=VISITS))
        lines = entry_lines(session, admin, suite_.catalog, VISITS, ids)
        assert [line.values["persons"] for line in lines] == [30, 12]
        assert [line.words_of_role("subject") for line in lines] == ["燕赵公证处"] * 2
        about = mentions_of(session, admin, suite_.catalog, office)
        assert {one.title for one in about} == {"送公证下乡", "法治大集"}
    # The same file again is the same entries, though it has no numbers.
    assert preview(tmp_path / "台账.xlsx").counts["same"] == 2

    out = tmp_path / "导出.xlsx"
    sheet = ledger_sheet(suite_.catalog, VISITS)
    keys = [field.key for field in sheet.fields]
    with suite_.reading() as session:
        written = export_entries(
            session, admin, suite_.catalog, sheet, EntryQuery(ledger=VISITS), keys, out,
            progress=lambda *_: None,
        )  # fmt: skip
    assert written == 2
    book = load_workbook(out)
    page = book[sheet.title]
    heads = [cell.value for cell in page[1]]
    page.cell(row=2, column=heads.index("服务人次") + 1, value=44)
    book.save(out)
    changed = preview(out)
    assert changed.counts == {"rows": 2, "new": 0, "changed": 1, "same": 1, "held": 0}
    again = suite_.run(accept(changed), admin).result["run"]

    done = suite_.run(UndoImport(kind=VISITS, run=again), admin)
    assert (done.result["restored"], done.result["removed"]) == (1, 0)
    with suite_.reading() as session:
        assert entry_lines(session, admin, suite_.catalog, VISITS, ids)[0].values["persons"] == 30
    # The first run: its entries are as it left them again, but for the one that was changed by hand since.
    by_hand = EntryEdit(entry_id=ids[1], values={"persons": 7})
    suite_.run(SaveLedgerEntries(ledger=VISITS, rows=(by_hand,)), admin)
    done = suite_.run(UndoImport(kind=VISITS, run=run), admin)
    assert (done.result["removed"], len(done.result["left"])) == (1, 1)
    further = suite_.run(UndoImport(kind=VISITS, run=run), admin)
    assert (further.result["undone"], further.result["left"]) == (0, done.result["left"])
    with suite_.reading() as session:
        assert list(entry_ids(session, admin, suite_.catalog, EntryQuery(ledger=VISITS))) == [ids[1]]
        struck = EntryQuery(ledger=VISITS, struck=True)
        assert len(entry_ids(session, admin, suite_.catalog, struck)) == 2


def test_a_list_is_narrowed_by_words_year_and_what_is_due(suite_: Suite, admin: Actor, office: int) -> None:
    ledger = "notary.postings"
    rows = [
        {"title": "驻点赞皇", "day": "2025-03-01", "until": "2026-03-01", "subject": (office,)},
        {"title": "驻点平山", "day": "2026-03-01", "until": "2027-03-01", "subject": (office,)},
        {
            "title": "驻点灵寿",
            "day": "2026-04-01",
            "until": "2026-05-01",
            "subject": (office,),
            "state": "ended",
        },
    ]
    edits = tuple(EntryEdit(values=row) for row in rows)
    suite_.run(SaveLedgerEntries(ledger=ledger, rows=edits), admin)

    def titles(**asked: Any) -> list[str]:
        with suite_.reading() as session:
            ids = entry_ids(session, admin, suite_.catalog, EntryQuery(ledger=ledger, **asked))
            lines = entry_lines(session, admin, suite_.catalog, ledger, ids)
        return [line.values["title"] for line in lines]

    assert titles(years=(2026,)) == ["驻点灵寿", "驻点平山"]
    assert titles(years=(2025, 2026)) == titles()
    assert titles(years=(2024,)) == []
    assert titles(words="平山 燕赵") == ["驻点平山"]
    assert titles(due_until=suite_.today) == ["驻点赞皇"]
    with suite_.reading() as session:
        (item,) = ledger_items(session, admin, suite_.catalog, suite_.today)
        assert (item.count, item.due, item.page, item.view) == (1, dt.date(2026, 3, 1), "ledgers", ledger)
        (line,) = entry_lines(session, admin, suite_.catalog, ledger, item.ids)
        assert line.values["title"] == "驻点赞皇"
        assert list(ledger_items(session, admin, suite_.catalog, dt.date(2026, 2, 28))) == []
    assert titles(order="title") == sorted(titles())


def test_what_narrows_a_list_is_told(suite_on_sqlite: Suite) -> None:
    sheet = ledger_sheet(suite_on_sqlite.catalog, VISITS)
    assert conditions_of(sheet, EntryQuery(ledger=VISITS), {}) == ""
    state = sheet.ledger.states[0]
    query = EntryQuery(ledger=VISITS, years=(2025, 2026), districts=("130102",), states=(state.key,))
    told = conditions_of(sheet, query, {"130102": "长安区"})
    assert told == f"年份：2025、2026；区县：长安区；状态：{state.title}"
