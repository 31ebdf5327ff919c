"""A column that is kept in another unit than its field's is converted exactly and told, or held."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.kernel.exchange.columns import cleaner_of
from suite.kernel.exchange.importing import accept
from suite.kernel.exchange.preview import ImportPreview, ImportRequest
from suite.kernel.exchange.units import conversion, in_unit, measure_of, unit_in, units_above
from suite.testing.factories import make
from suite.ui.pages.importing.loaded import load

VILLAGER = "popularization.law_savvy_villager"
SITE = "popularization.rule_of_law_culture_site"


def look(
    suite: Suite,
    admin: Actor,
    folder: Path,
    kind: str,
    headings: Sequence[str],
    *rows: Sequence[Any],
    above: Sequence[Sequence[Any]] = (),
    **more: Any,
) -> ImportPreview:
    file = Workbook()
    page = file.active
    assert page is not None
    page.title = "表"
    for line in (*above, headings, *rows):
        page.append(list(line))
    path = folder / "表.xlsx"
    file.save(path)
    return suite.preview(ImportRequest(kind=kind, path=path, **more), admin)


def an_office(number: int, *rest: Any) -> tuple[Any, ...]:
    return (f"河北省石家庄市第{'一二三'[number]}公证处", f"JG-{number:05d}", "长安区", *rest)


OFFICE = "notary.notary_office"
OFFICE_HEADINGS = ("公证机构名称", "公证机构执业证号", "区县")


@pytest.mark.parametrize(
    ("heading", "given", "expected"),
    [
        ("保险金额（万元）", 500, 5_000_000),
        ("保险金额(单位：万元)", "150.5", 1_505_000),
        ("保险金额/千元", "1,200", 1_200_000),
        ("保险金额【亿元】", 0.05, 5_000_000),
        ("保险金额（人民币万元）", 30, 300_000),
        ("保险金额（万）", 30, 300_000),
        ("保险金额（元）", 30, 30),
        ("保险金额", 30, 30),
        ("保险金额（万元）", "30万元", 300_000),
        ("保险金额（万元）", "300000元", 300_000),
        ("保险金额", "30万元", 300_000),
        ("保险金额", "30 元", 30),
    ],
)
def test_a_multiple_is_converted_exactly(
    suite_on_sqlite: Suite, admin: Actor, tmp_path: Path, heading: str, given: Any, expected: int
) -> None:
    found = look(suite_on_sqlite, admin, tmp_path, OFFICE, (*OFFICE_HEADINGS, heading), an_office(1, given))
    [row] = found.rows
    assert (row.result, row.values["insurance_cover"]) == ("new", expected), row.problems
    suite_on_sqlite.run(accept(found), admin)
    again = look(suite_on_sqlite, admin, tmp_path, OFFICE, (*OFFICE_HEADINGS, heading), an_office(1, given))
    assert again.rows[0].result == "same"


def test_the_column_says_what_is_done_and_so_does_the_preview(
    suite_on_sqlite: Suite, admin: Actor, tmp_path: Path
) -> None:
    found = look(
        suite_on_sqlite, admin, tmp_path, OFFICE, (*OFFICE_HEADINGS, "保险金额（万元）"), an_office(1, 5)
    )
    column = found.sheets[0].columns[-1]
    assert column.unit is not None
    assert column.unit.words == "万元 → 元，×10,000"
    [told] = [notice.text for notice in found.notices if notice.code == "unit_converted"]
    assert told == "工作表“表”的“保险金额（万元）”列已换算单位：万元 → 元，×10,000。"
    bare = look(suite_on_sqlite, admin, tmp_path, OFFICE, (*OFFICE_HEADINGS, "保险金额"), an_office(1, 5))
    assert bare.sheets[0].columns[-1].unit is None
    assert not bare.notices


def test_a_cell_that_names_its_own_unit_is_told(suite_on_sqlite: Suite, admin: Actor, tmp_path: Path) -> None:
    found = look(
        suite_on_sqlite,
        admin,
        tmp_path,
        OFFICE,
        (*OFFICE_HEADINGS, "保险金额（万元）"),
        an_office(1, "500元"),
    )
    [told] = [problem for problem in found.rows[0].problems if problem.code == "unit_in_cell"]
    assert told.text == "“500元”自带单位，按 500 元读取，请核对。"


def test_what_is_no_multiple_is_held(suite_on_sqlite: Suite, admin: Actor, tmp_path: Path) -> None:
    for kind, heading in ((OFFICE, "保险金额（万美元）"), (OFFICE, "编制数（万人）")):
        found = look(suite_on_sqlite, admin, tmp_path, kind, (*OFFICE_HEADINGS, heading), an_office(1, 5))
        assert found.rows[0].result == "held"
        assert [problem.code for problem in found.rows[0].problems] == ["unit_unknown"]


def test_a_whole_number_does_not_become_a_fraction(
    suite_on_sqlite: Suite, admin: Actor, tmp_path: Path
) -> None:
    found = look(
        suite_on_sqlite,
        admin,
        tmp_path,
        OFFICE,
        (*OFFICE_HEADINGS, "保险金额（万元）"),
        an_office(1, "1.00005"),
    )
    assert [problem.code for problem in found.rows[0].problems] == ["number_not_whole"]


def test_the_unit_above_the_table_holds_for_what_is_of_its_sort(
    suite_on_sqlite: Suite, admin: Actor, tmp_path: Path
) -> None:
    headings = (*OFFICE_HEADINGS, "保险金额", "编制数")
    above = (("公证机构一览表",), ("填报单位：市司法局", "", "单位：人、万元"))
    found = look(suite_on_sqlite, admin, tmp_path, OFFICE, headings, an_office(1, 5, 12), above=above)
    values = found.rows[0].values
    assert (values["insurance_cover"], values["staff_quota"]) == (50_000, 12)


def test_a_learned_layout_and_a_person_who_maps_keep_the_unit(
    suite_on_sqlite: Suite, admin: Actor, tmp_path: Path
) -> None:
    headings = (*OFFICE_HEADINGS, "投保额（万元）")
    chosen = {("表", 4): "insurance_cover"}
    found = look(suite_on_sqlite, admin, tmp_path, OFFICE, headings, an_office(1, 5), columns=chosen)
    assert found.rows[0].values["insurance_cover"] == 50_000
    suite_on_sqlite.run(accept(found), admin)
    later = look(suite_on_sqlite, admin, tmp_path, OFFICE, headings, an_office(1, 6))
    assert later.sheets[0].learned is not None
    assert later.rows[0].changes["insurance_cover"] == (50_000, 60_000)


def test_a_ledger_in_ten_thousands_takes_plain_yuan(
    suite_on_sqlite: Suite, admin: Actor, tmp_path: Path
) -> None:
    make(suite_on_sqlite, admin, OFFICE, {"name": an_office(1)[0], "district_code": "130102"})
    headings = ("公证机构", "年度", "填报日期", "业务收入（元）", "绩效工资总量（万元）")
    row = (an_office(1)[0], "2025", "2026-03-31", 12_345, 7)
    found = look(suite_on_sqlite, admin, tmp_path, "notary.finances", headings, row)
    values = found.rows[0].values
    assert (values["income"], values["wages"]) == (Decimal("1.23"), 7)
    [told] = [problem.text for problem in found.rows[0].problems if problem.code == "unit_rounded"]
    assert told == "“12345”折合 1.2345 万元，按 2 位小数记为 1.23。"


def test_units_are_told_from_other_words(suite_on_sqlite: Suite) -> None:
    assert [unit_in(text) for text in ("资金（以万元计）", "资金数额万元")] == ["万元", "万元"]
    assert [unit_in(text) for text in ("学历/专业", "备注（选填）", "人")] == [None, None, None]
    assert measure_of("百分制") is None
    assert units_above([("填报单位：元氏县司法局",)]) == ()
    field = suite_on_sqlite.catalog.kinds[SITE].by_key["yearly_visits"]
    visits = conversion(field, "参观人数（万人）")
    assert visits is not None
    assert visits.words == "万人 → 人次，×10,000"


@pytest.mark.parametrize(
    "note",
    [
        "金额单位：人民币万元",
        "单位：（万元）",
        "单位：￥万元",
        "单 位：万 元",
        "金额：万元",
        "数据单位 万元",
        "单位为万元",
        "经费表（单位：人民币 万元）",
        "经费一览表（万元）",
        "单位：人、万元",
    ],
)
def test_the_usual_ways_of_saying_it_above_the_table_are_understood(
    suite_on_sqlite: Suite, admin: Actor, tmp_path: Path, note: str
) -> None:
    headings = (*OFFICE_HEADINGS, "保险金额")
    found = look(suite_on_sqlite, admin, tmp_path, OFFICE, headings, an_office(1, 5), above=((note,),))
    assert found.rows[0].values["insurance_cover"] == 50_000
    assert [notice.code for notice in found.notices] == ["unit_converted"]


@pytest.mark.parametrize(
    "heading",
    ["保险金额（万元，含附加险）", "保险金额（￥万元）", "保险金额（2025年,万元）", "保险金额〔年，万元〕"],
)
def test_a_heading_may_say_more_beside_its_unit(
    suite_on_sqlite: Suite, admin: Actor, tmp_path: Path, heading: str
) -> None:
    found = look(suite_on_sqlite, admin, tmp_path, OFFICE, (*OFFICE_HEADINGS, heading), an_office(1, 5))
    assert found.rows[0].values["insurance_cover"] == 50_000


@pytest.mark.parametrize("below", ["（万元）", "万元", "单位：万元"])
def test_a_row_of_units_belongs_to_the_header(
    suite_on_sqlite: Suite, admin: Actor, tmp_path: Path, below: str
) -> None:
    headings, units = (*OFFICE_HEADINGS, "保险金额", "编制数"), ("", "", "", below, "人")
    found = look(suite_on_sqlite, admin, tmp_path, OFFICE, headings, units, an_office(1, 5, 7))
    assert found.sheets[0].header_rows == (1, 2)
    [row] = found.rows
    assert (row.row, row.values["insurance_cover"], row.values["staff_quota"]) == (3, 50_000, 7)


@pytest.mark.parametrize(
    ("heading", "note"),
    [
        ("保险金额", "单位：元/万元"),
        ("保险金额", "单位：人民币（万元）"),
        ("保险金额", "金额（元）：万元"),
        ("保险金额", "以下数字按万元口径填列"),
        ("保险金额", "单位：元、万元"),
        ("保险金额（按万元口径填）", ""),
    ],
)
def test_what_speaks_of_a_multiple_and_is_not_understood_is_held(
    suite_on_sqlite: Suite, admin: Actor, tmp_path: Path, heading: str, note: str
) -> None:
    headings = (*OFFICE_HEADINGS, heading, "编制数")
    rows = an_office(1, 5, 7), an_office(2, "5万元", 7)
    found = look(suite_on_sqlite, admin, tmp_path, OFFICE, headings, *rows, above=((note,),))
    assert [problem.code for problem in found.rows[0].problems] == ["unit_unknown"]
    assert found.rows[1].values["insurance_cover"] == 50_000


@pytest.mark.parametrize("title", ["投入百万元以上的机构", "每万元投入情况", "10万元奖励名单", "元氏县机构"])
def test_a_title_that_speaks_of_an_amount_is_no_unit(
    suite_on_sqlite: Suite, admin: Actor, tmp_path: Path, title: str
) -> None:
    headings = (*OFFICE_HEADINGS, "保险金额")
    found = look(suite_on_sqlite, admin, tmp_path, OFFICE, headings, an_office(1, 5), above=((title,),))
    assert found.rows[0].values["insurance_cover"] == 5


def test_a_unit_of_pieces_above_the_table_holds_no_column_of_other_pieces(suite_on_sqlite: Suite) -> None:
    households = suite_on_sqlite.catalog.kinds[VILLAGER].by_key["households"]
    assert households.unit == "户"
    assert conversion(households, "联系户数", ("人", "户")) is None
    assert conversion(households, "联系户数", ("人",)) is None
    site = suite_on_sqlite.catalog.kinds[SITE].by_key["area"]
    found = conversion(site, "面积", ("亩",))
    assert found is not None
    assert found.factor is None


@pytest.mark.parametrize(("given", "value"), [("90分", None), ("3年", None), ("12 小时", 12), ("12", 12)])
def test_a_cell_in_a_unit_that_cannot_be_converted_is_held(
    suite_on_sqlite: Suite, given: str, value: int | None
) -> None:
    catalog = suite_on_sqlite.catalog
    hours = next(
        field for kind in catalog.kinds.values() for field in kind.fields if field.title == "累计服务时长"
    )
    found = in_unit(hours, cleaner_of(hours, catalog, {}), None)(given)
    assert found.value == value
    assert [problem.code for problem in found.problems] == ([] if value else ["unit_unknown"])


def test_who_mends_a_cell_is_told_the_unit_of_its_column(
    suite_on_sqlite: Suite, admin: Actor, tmp_path: Path
) -> None:
    hints = {}
    for unit in ("万元", "万美元", "元"):
        headings = (*OFFICE_HEADINGS, f"保险金额（{unit}）")
        found = look(suite_on_sqlite, admin, tmp_path, OFFICE, headings, an_office(1, "五百"))
        with suite_on_sqlite.reading() as session:
            loaded = load(suite_on_sqlite.catalog.kinds[OFFICE], found, 0, session, 0.0)
        hints[unit] = loaded.unit_hint("表", "insurance_cover")
    assert hints == {"万元": "本列以万元计", "万美元": "请换算后连同单位填写，如“100元”", "元": ""}
