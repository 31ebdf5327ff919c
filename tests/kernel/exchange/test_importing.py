"""A workbook from an association, from the first reading to the mended held rows, on both engines."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.problems import Refused
from suite.kernel.exchange.export import export_list, write_template
from suite.kernel.exchange.importing import accept
from suite.kernel.exchange.preview import ImportPreview, ImportRequest, PreviewRow
from suite.kernel.exchange.reading import FileRefused
from suite.kernel.exchange.runs import runs
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.kernel.registry.queries import ListQuery, count, list_ids
from suite.kernel.registry.rows import roster_rows
from suite.testing.factories import a_firm, a_lawyer, make, practice_no, resident_number

pytestmark = pytest.mark.as_login

HEADINGS = (
    "序号",
    "姓 名",
    "性别",
    "身份证号码",
    "执业证号",
    "所在律所",
    "执业类型",
    "首次执业时间",
    "联系电话",
    "备注1",
)


def row(sequence: int, **cells: Any) -> list[Any]:
    values = {
        "序号": sequence,
        "姓 名": f"王志{'远昂平明'[sequence % 4]}",
        "性别": "男",
        "身份证号码": resident_number(2 * sequence + 1),
        "执业证号": practice_no(sequence),
        "所在律所": "河北第1律师事务所",
        "执业类型": "专职",
        "首次执业时间": "2012.6.18",
        "联系电话": f"1380000{sequence:04d}",
        "备注1": "",
        **cells,
    }
    return [values[heading] for heading in HEADINGS]


def book(path: Path, rows: Sequence[Sequence[Any]], headings: Sequence[str] = HEADINGS) -> Path:
    file = Workbook()
    page = file.active
    assert page is not None
    page.append(["石家庄市律师名册"])
    page.append(["填报单位：桥西区", None, "2026年11月"])
    page.append(list(headings))
    for line in rows:
        page.append(list(line))
    page.append(["合计", f"{len(rows)} 人"])
    file.save(path)
    return path


def look(suite: Suite, admin: Actor, path: Path, kind: str = "lawyers.lawyer", **more: Any) -> ImportPreview:
    return suite.preview(ImportRequest(kind=kind, path=path, **more), admin)


def by_row(found: ImportPreview) -> dict[int, PreviewRow]:
    return {line.row: line for line in found.rows}


@pytest.fixture
def firms(suite_: Suite, admin: Actor) -> list[int]:
    return make(suite_, admin, "lawyers.law_firm", a_firm(1), a_firm(2, district_code="130104"))


def test_each_row_is_told_where_it_stands_and_what_to_do(
    suite_: Suite, admin: Actor, firms: list[int], tmp_path: Path
) -> None:
    bad_number = resident_number(9)[:-1] + ("0" if resident_number(9)[-1] != "0" else "1")
    path = book(
        tmp_path / "a.xlsx",
        [
            row(1),
            row(2, 首次执业时间=dt.datetime(2012, 6, 18), 性别="1"),
            row(3, 身份证号码=bad_number),
            row(4, 所在律所="河北第一律师所"),
            row(5, 执业类型="全职"),
            row(6, 首次执业时间="2014-13-05"),
            row(7, 执业证号=practice_no(1)),
            row(8, **{"姓 名": None}),
            row(9, 身份证号码=130102198504120000.0),
            row(10, **{"姓 名": "买买提 · 艾合买提"}),
        ],
    )
    found = look(suite_, admin, path)
    rows = by_row(found)
    assert found.sheets[0].header_rows == (3,)
    assert found.sheets[0].mapping["所在律所"] == "body_id"
    assert set(found.sheets[0].unmapped) == {"序号", "备注1"}
    assert {number for number, line in rows.items() if line.result == "new"} == {5, 13}
    assert rows[4].values["first_practice_on"] == dt.date(2012, 6, 18)
    assert rows[5].values["sex"] == "male"
    assert rows[13].values["name"] == "买买提·艾合买提"
    told = {
        number: {(problem.field, problem.code) for problem in line.problems if problem.severity == "error"}
        for number, line in rows.items()
        if line.result == "held"
    }
    assert {field for field, _ in told[6]} == {"id_number"}
    assert told[7] == {("body_id", "link.unknown")}
    assert told[8] == {("category", "code_unknown")}
    assert {field for field, _ in told[9]} == {"first_practice_on"}
    assert told[4] == told[10] == {("main_no", "duplicate_row")}
    assert ("name", "required") in told[11]
    assert told[12] == {("id_number", "number_damaged")}
    assert "河北第1律师事务所" in next(p.text for p in rows[7].problems if p.code == "link.unknown")
    assert {notice.code for notice in found.notices} == {"skipped_rows"}


def test_a_preview_writes_nothing_and_accepting_is_one_run(
    suite_: Suite, admin: Actor, firms: list[int], tmp_path: Path
) -> None:
    path = book(tmp_path / "a.xlsx", [row(1), row(2), row(3, 所在律所="没有的律所")])
    found = look(suite_, admin, path)
    query = ListQuery(kind="lawyers.lawyer")
    with suite_.reading() as session:
        assert count(session, admin, suite_.catalog, query) == 0
    done = suite_.run(accept(found), admin)
    with suite_.reading() as session:
        assert count(session, admin, suite_.catalog, query) == 2
        [run] = runs(session, admin, suite_.catalog, suite_.today)
    assert (run.id, run.new, run.changed, run.held) == (done.result["run"], 2, 0, 1)


def test_the_same_file_again_changes_nothing(
    suite_: Suite, admin: Actor, firms: list[int], tmp_path: Path
) -> None:
    path = book(tmp_path / "a.xlsx", [row(n) for n in range(1, 9)])
    suite_.run(accept(look(suite_, admin, path)), admin)
    again = look(suite_, admin, path)
    assert again.counts == {"rows": 8, "new": 0, "changed": 0, "same": 8, "held": 0}
    assert suite_.run(accept(again), admin).result["run"] is None


def test_a_changed_cell_is_the_only_change_and_empty_cells_take_nothing_away(
    suite_: Suite, admin: Actor, firms: list[int], tmp_path: Path
) -> None:
    suite_.run(accept(look(suite_, admin, book(tmp_path / "a.xlsx", [row(n) for n in (1, 2, 3)]))), admin)
    changed = book(
        tmp_path / "b.xlsx",
        [row(1, 联系电话=""), row(2, 联系电话="13911112222"), row(3, 所在律所="河北第2律师事务所")],
    )
    found = look(suite_, admin, changed)
    lines = by_row(found)
    assert [lines[n].result for n in (4, 5, 6)] == ["same", "changed", "changed"]
    assert lines[5].changes == {"phone": ("13800000002", "13911112222")}
    assert lines[6].changes == {"body_id": (firms[0], firms[1]), "district_code": ("130102", "130104")}
    suite_.run(accept(found), admin)
    assert look(suite_, admin, changed).counts["same"] == 3


def test_a_row_that_somebody_changed_meanwhile_refuses_the_whole(
    suite_: Suite, admin: Actor, firms: list[int], tmp_path: Path
) -> None:
    suite_.run(accept(look(suite_, admin, book(tmp_path / "a.xlsx", [row(1), row(2)]))), admin)
    found = look(suite_, admin, book(tmp_path / "b.xlsx", [row(1, 联系电话="13911112222"), row(2), row(3)]))
    lawyer = by_row(found)[4].subject_id
    suite_.run(
        SaveRecords(
            kind="lawyers.lawyer", rows=(RowEdit(values={"phone": "13733334444"}, subject_id=lawyer),)
        ),
        admin,
    )
    with pytest.raises(Refused) as refused:
        suite_.run(accept(found), admin)
    assert refused.value.codes == {"import.moved"}
    assert f"{admin.name}修改了名册" in refused.value.problems[0].text
    with suite_.reading() as session:
        assert count(session, admin, suite_.catalog, ListQuery(kind="lawyers.lawyer")) == 2


def test_strict_writes_nothing_while_a_row_is_held(
    suite_: Suite, admin: Actor, firms: list[int], tmp_path: Path
) -> None:
    found = look(suite_, admin, book(tmp_path / "a.xlsx", [row(1), row(2, 执业类型="全职")]))
    with pytest.raises(Refused) as refused:
        accept(found, strict=True)
    assert refused.value.codes == {"import.strict"}


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_what_goes_out_comes_back_the_same(
    suite_: Suite, admin: Actor, firms: list[int], tmp_path: Path, ending: str
) -> None:
    make(
        suite_,
        admin,
        "lawyers.lawyer",
        a_lawyer(1, body_id=firms[0], specialties="=HYPERLINK(1)", first_practice_on=dt.date(2012, 6, 18)),
        a_lawyer(2, body_id=firms[1], is_partner=True),
    )
    kind = suite_.catalog.kinds["lawyers.lawyer"]
    columns = [field.key for field in kind.fields if not field.sensitive]
    path = tmp_path / f"out.{ending}"
    with suite_.reading() as session:
        written = export_list(
            session,
            admin,
            suite_.catalog,
            ListQuery(kind=kind.key),
            columns,
            path,
            progress=lambda what, done, total: None,
        )
    assert written == 2
    if ending == "csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            assert "'=HYPERLINK(1)" in {cell for line in csv.reader(file) for cell in line}
        return
    assert look(suite_, admin, path).counts == {"rows": 2, "new": 0, "changed": 0, "same": 2, "held": 0}


def test_every_template_is_recognised_as_its_kind(suite_: Suite, admin: Actor, tmp_path: Path) -> None:
    for kind in suite_.catalog.kinds.values():
        path = tmp_path / f"{kind.key}.xlsx"
        write_template(suite_.catalog, kind, path, ["长安区", "桥西区"])
        found = look(suite_, admin, path, kind=kind.key)
        assert found.sheets[0].state == "read", kind.key
        assert set(found.sheets[0].mapping.values()) == {field.key for field in kind.fields}
        assert found.sheets[0].unmapped == ()


def test_a_village_is_found_by_county_township_and_name(suite_: Suite, admin: Actor, tmp_path: Path) -> None:
    headings = ("姓名", "县区", "乡镇", "村（社区）")
    path = book(
        tmp_path / "a.xlsx",
        [
            ("王志远", "长安区", "谈固街道", "谈固社区居民委员会"),
            ("李红霞", "正定县", "正定镇", "没有的村民委员会"),
        ],
        headings,
    )
    found = look(suite_, admin, path, kind="popularization.law_savvy_villager")
    first, second = found.rows
    with suite_.reading() as session:
        [village] = roster_rows(session, admin, suite_.catalog, "core.village", [first.values["body_id"]])
    assert village.values["name"] == "谈固社区居民委员会"
    assert ("body_id", "link.unknown") in {(p.field, p.code) for p in second.problems}


@pytest.mark.parametrize(
    ("headings", "code"),
    [(("随便", "什么", "表头"), "wrong_template"), (("性别", "民族", "联系电话"), "missing_columns")],
)
def test_a_file_of_another_sort_is_refused_as_a_whole(
    suite_: Suite, admin: Actor, tmp_path: Path, headings: tuple[str, ...], code: str
) -> None:
    with pytest.raises(FileRefused) as refused:
        look(suite_, admin, book(tmp_path / "a.xlsx", [("男", "汉族", "13800000000")], headings))
    assert refused.value.code == code


@pytest.mark.needs_admin
def test_importing_needs_its_right(suite_: Suite, admin: Actor, tmp_path: Path) -> None:
    from suite.kernel.accounts.commands import AddUser, GrantRole

    suite_.run(AddUser(login="county", name="县局"), admin)
    suite_.run(GrantRole(login="county", role="core.county_bureau", profession="lawyers"), admin)
    with pytest.raises(Refused) as refused:
        look(suite_, suite_.actor("county"), book(tmp_path / "a.xlsx", [row(1)]))
    assert refused.value.codes == {"not_permitted"}


def test_a_list_is_exported_in_its_order_and_scope(
    suite_: Suite, admin: Actor, firms: list[int], tmp_path: Path
) -> None:
    make(suite_, admin, "lawyers.lawyer", *(a_lawyer(n, body_id=firms[n % 2]) for n in range(1, 7)))
    query = ListQuery(kind="lawyers.lawyer", filters={"body_id": [firms[0]]}, sort=(("main_no", True),))
    path = tmp_path / "out.csv"
    with suite_.reading() as session:
        export_list(
            session, admin, suite_.catalog, query, ["main_no", "phone"], path, progress=lambda *told: None
        )
        ids = list_ids(session, admin, suite_.catalog, query).ids
        shown = roster_rows(session, admin, suite_.catalog, "lawyers.lawyer", ids)
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    assert [line[0] for line in lines[1:]] == [str(item.values["main_no"]) for item in shown]
    assert lines[0] == ["执业证号", "联系电话"]


@pytest.mark.needs_admin
def test_a_preview_and_the_runs_tell_a_district_nothing_of_the_others(
    suite_: Suite, admin: Actor, tmp_path: Path
) -> None:
    from suite.kernel.accounts.commands import AddUser, GrantRole

    make(suite_, admin, "lawyers.lawyer", a_lawyer(2, district_code="130104"))
    for login, scope in (("county", {"district": "130102"}), ("section", {})):
        suite_.run(AddUser(login=login, name=login), admin)
        suite_.run(GrantRole(login=login, role="core.section_staff", profession="lawyers", **scope), admin)
    county, section = suite_.actor("county"), suite_.actor("section")
    headings = ("姓名", "执业证号", "执业类别", "区县")
    path = book(tmp_path / "外区.xlsx", [["某", practice_no(2), "兼职", "长安区"]], headings)
    [told] = look(suite_, county, path).rows
    assert [problem.code for problem in told.problems] == ["out_of_scope"]
    assert (told.result, told.version, told.changes) == ("held", None, {})

    own = book(tmp_path / "本区.xlsx", [["某", practice_no(5), "专职", "长安区"]], headings)
    other = book(tmp_path / "市局.xlsx", [["某", practice_no(6), "专职", "桥西区"]], headings)
    suite_.run(accept(look(suite_, county, own)), county)
    suite_.run(accept(look(suite_, admin, other)), admin)
    with suite_.reading() as session:
        assert [run.file_name for run in runs(session, county, suite_.catalog, suite_.today)] == ["本区.xlsx"]
        assert len(runs(session, section, suite_.catalog, suite_.today)) == 2
