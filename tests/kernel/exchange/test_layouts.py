"""Each sender's layout is learned by its headings, proposed the next time, and can be forgotten."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.problems import Refused
from suite.kernel.exchange.date_orders import ORDERS, in_order, possible_orders
from suite.kernel.exchange.importing import accept
from suite.kernel.exchange.layouts import SheetLayout, known_layouts, signature
from suite.kernel.exchange.learning import ForgetLayout, RememberLayout
from suite.kernel.exchange.preview import ImportPreview, ImportRequest
from suite.kernel.exchange.previewed import ColumnSource
from suite.kernel.exchange.repairs import Repairs, suggestions
from suite.tables import AuditEntry
from suite.testing.factories import practice_no, resident_number

LAWYER = "lawyers.lawyer"
HEADINGS = ("姓名", "执业证号", "人员分类", "执业日", "名称2", "备注1")


def book(path: Path, *rows: tuple[Any, ...], headings: tuple[str, ...] = HEADINGS) -> Path:
    file = Workbook()
    page = file.active
    assert page is not None
    page.title = "表"
    for line in (headings, *rows):
        page.append(list(line))
    file.save(path)
    return path


def look(suite: Suite, admin: Actor, path: Path, **more: Any) -> ImportPreview:
    return suite.preview(ImportRequest(kind=LAWYER, path=path, **more), admin)


CHOSEN = {("表", 3): "category", ("表", 4): "first_practice_on", ("表", 5): None}


def test_the_next_file_of_a_sender_is_read_as_the_last_one(
    suite_: Suite, admin: Actor, tmp_path: Path
) -> None:
    first = book(tmp_path / "十月.xlsx", ("甲一", practice_no(1), "全职", "03/04/2012", "x", ""))
    bare = look(suite_, admin, first)
    assert {column.source for column in bare.sheets[0].columns} == {ColumnSource.HEADING}
    repairs = Repairs().with_value("表", 3, "全职", "专职").with_order("表", 4, "dmy")
    mended = look(suite_, admin, first, columns=CHOSEN, repairs=repairs)
    assert mended.counts["new"] == 1
    suite_.run(accept(mended, keep_repairs=True), admin)

    moved = ("备注1", "姓名", "执业证号", "执业日", "人员分类", "名称2")
    second = book(
        tmp_path / "十一月.xlsx", ("", "甲二", practice_no(2), "5.6.2013", "全职", "y"), headings=moved
    )
    found = look(suite_, admin, second)
    assert [column.source for column in found.sheets[0].columns if column.field] == [ColumnSource.LEARNED] * 4
    [row] = found.rows
    assert row.result == "new"
    assert (row.values["category"], str(row.values["first_practice_on"])) == ("full_time", "2013-06-05")
    assert {notice.code for notice in found.notices} == {"learned_layout", "learned_repairs"}
    assert found.sheets[0].learned is not None
    assert found.sheets[0].learned.sender == "十月"
    assert found.repairs.text_of("表", 2, 5, "全职") == "专职"

    by_hand = look(suite_, admin, second, columns={("表", 4): None})
    assert "first_practice_on" not in by_hand.rows[0].values
    other = look(suite_, admin, book(tmp_path / "x.xlsx", ("甲", practice_no(3)), headings=HEADINGS[:2]))
    assert {column.source for column in other.sheets[0].columns} == {ColumnSource.HEADING}


YEARLY = ("姓名", "执业证号", "类别x", "2025年度考核备考", "执业日", "旧备注")


def test_the_nearest_layout_is_proposed_where_the_headings_changed(
    suite_on_sqlite: Suite, admin: Actor, tmp_path: Path
) -> None:
    chosen = {("表", 3): "category", ("表", 4): "first_practice_on", ("表", 5): None}
    first = book(
        tmp_path / "甲区.xlsx", ("甲一", practice_no(1), "专职", "2012-04-03", "", ""), headings=YEARLY
    )
    suite_on_sqlite.run(accept(look(suite_on_sqlite, admin, first, columns=chosen)), admin)

    later = ("签字", "类别x", "姓名", "执业证号", "2026年度考核备考", "民族")
    second = book(
        tmp_path / "b.xlsx", ("", "专职", "甲二", practice_no(2), "2013-06-05", "汉族"), headings=later
    )
    unasked = look(suite_on_sqlite, admin, second)
    assert [column.field for column in unasked.sheets[0].columns][:2] == [None, None]
    [told] = [notice.text for notice in unasked.notices if notice.code == "near_layout"]
    assert told.endswith("未经核对没有读取：类别x、2026年度考核备考。")
    assert accept(unasked).layouts == ()

    found = look(suite_on_sqlite, admin, second, near=True)
    sheet = found.sheets[0]
    assert sheet.learned is None
    assert sheet.near is not None
    assert sheet.near.sender == "甲区"
    assert [(column.field, column.source.value) for column in sheet.columns] == [
        (None, "heading"), ("category", "proposed"), ("name", "heading"), ("main_no", "heading"),
        ("first_practice_on", "proposed"), ("ethnicity", "heading"),
    ]  # fmt: skip
    assert found.rows[0].values["category"] == "full_time"
    [told] = [notice.text for notice in found.notices if notice.code == "near_layout"]
    assert told.endswith("请核对：类别x、2026年度考核备考。")

    assert accept(found).layouts
    by_hand = look(suite_on_sqlite, admin, second, columns={("表", 1): "category"}, near=True)
    assert [column.field for column in by_hand.sheets[0].columns][:2] == ["category", None]


def test_a_near_layout_never_takes_what_the_headings_say_themselves(
    suite_on_sqlite: Suite, admin: Actor, tmp_path: Path
) -> None:
    chosen = {("表", 3): "category", ("表", 5): None}
    first = book(tmp_path / "甲区.xlsx", ("甲一", practice_no(1), "专职", "", "", ""), headings=YEARLY)
    suite_on_sqlite.run(accept(look(suite_on_sqlite, admin, first, columns=chosen)), admin)
    own = ("姓名", "执业证号", "类别x", "执业类别")
    second = book(tmp_path / "b.xlsx", ("甲二", practice_no(2), "兼职", "专职"), headings=own)
    found = look(suite_on_sqlite, admin, second, near=True)
    assert [column.field for column in found.sheets[0].columns] == ["name", "main_no", None, "category"]
    assert found.sheets[0].near is None
    few = book(tmp_path / "c.xlsx", (practice_no(3), "兼职", "甲三"), headings=("执业证号", "类别x", "名字"))
    assert look(suite_on_sqlite, admin, few, near=True).sheets[0].near is None


def test_it_is_audited_once_and_forgotten_when_asked(suite_: Suite, admin: Actor, tmp_path: Path) -> None:
    kind = suite_.catalog.kinds[LAWYER]
    for number in (1, 2):
        path = book(tmp_path / f"{number}.xlsx", ("甲", practice_no(number), "专职", "", "", ""))
        suite_.run(accept(look(suite_, admin, path, columns=CHOSEN)), admin)
    with suite_.reading() as session:
        [layout] = known_layouts(session, kind).values()
        entries = session.query(AuditEntry).filter_by(table_name="core_import_layout").all()
    assert [(entry.action, entry.profession) for entry in entries] == [("I", "lawyers")]
    assert layout.columns["名称2", 1] is None
    assert ("备注1", 1) not in layout.columns
    for kind_key, number in ((LAWYER, layout.id + 1), ("lawyers.law_firm", layout.id)):
        with pytest.raises(Refused) as refused:
            suite_.run(ForgetLayout(kind=kind_key, layouts=(number,)), admin)
        assert refused.value.codes == {"layout.unknown"}
    suite_.run(ForgetLayout(kind=LAWYER, layouts=(layout.id,)), admin)
    again = look(suite_, admin, tmp_path / "2.xlsx")
    assert {column.source for column in again.sheets[0].columns} == {ColumnSource.HEADING}


def test_repairs_of_numbers_and_secrets_are_never_kept_and_others_only_when_asked(
    suite_on_sqlite: Suite, admin: Actor, tmp_path: Path
) -> None:
    wrong = resident_number(1)[:-1]
    path = book(
        tmp_path / "a.xlsx",
        ("甲", "错号", "全职", wrong),
        headings=("姓名", "执业证号", "执业类别", "身份证号"),
    )
    repairs = (
        Repairs()
        .with_value("表", 2, "错号", practice_no(1))
        .with_value("表", 3, "全职", "专职")
        .with_value("表", 4, wrong, resident_number(1))
    )
    found = look(suite_on_sqlite, admin, path, repairs=repairs)
    kind = suite_on_sqlite.catalog.kinds[LAWYER]
    for keep, values in ((False, {}), (True, {("执业类别", 1): {"全职": "专职"}})):
        suite_on_sqlite.run(accept(found, keep_repairs=keep), admin, dry_run=not keep)
        if keep:
            with suite_on_sqlite.reading() as session:
                [layout] = known_layouts(session, kind).values()
            assert layout.values == values
    path = book(tmp_path / "b.xlsx", ("乙", practice_no(2), "全职"), headings=("姓名", "执业证号", "类别"))
    other = look(suite_on_sqlite, admin, path)
    [problem] = [problem for problem in other.rows[0].problems if problem.field == "category"]
    field = kind.by_key["category"]
    near = suggestions(field, problem, "全职", suite_on_sqlite.catalog, other.memory)
    assert near[0] == "专职"


def test_what_is_no_field_or_order_is_refused(suite_on_sqlite: Suite, admin: Actor) -> None:
    for layout, code in (
        (SheetLayout(headings=("甲",), columns=(("甲", 1, "nothing"),)), "layout.field"),
        (SheetLayout(headings=(), columns=()), "layout.field"),
        (SheetLayout(headings=("甲",), columns=(), orders=(("甲", 1, "myd"),)), "layout.order"),
    ):
        with pytest.raises(Refused) as refused:
            suite_on_sqlite.run(RememberLayout(kind=LAWYER, sender="某", layouts=(layout,)), admin)
        assert refused.value.codes == {code}


@given(st.lists(st.text(max_size=4), max_size=6), st.randoms())
def test_the_order_of_columns_does_not_matter(headings: list[str], draw: Any) -> None:
    shuffled = list(headings)
    draw.shuffle(shuffled)
    assert signature(shuffled) == signature(headings)


@given(st.dates(), st.sampled_from(sorted(ORDERS)), st.sampled_from("-./"))
def test_a_date_reads_as_it_was_written(day: Any, order: str, mark: str) -> None:
    year = f"{day.year:04d}" if order != "ymd" else f"{day.year % 100:02d}"
    text = mark.join({"y": year, "m": str(day.month), "d": str(day.day)}[part] for part in order)
    read = in_order(text, order)
    assert read is not None
    assert read[-5:] == f"{day:%m-%d}"
    if order != "ymd":
        assert read == day.isoformat()
    assert possible_orders(text)[order] == read


@pytest.mark.parametrize("text", ["2021-03-05", "2021/3", "13/13/2020", "甲", "", "1/2/345", "31.4.2020"])
def test_what_is_no_date_in_any_order_stays(text: str) -> None:
    assert possible_orders(text) == {}
