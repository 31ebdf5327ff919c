"""Rows without numbers: the same file twice changes nothing, and nobody is taken for another unsaid."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from random import Random
from typing import Any

import pytest
from messy import LAWYER, Desk, codes, results, told, xlsx
from sqlalchemy import select

from suite.contract.commands import Actor, Granted, Scope
from suite.kernel.exchange.importing import accept
from suite.kernel.exchange.previewed import ImportPreview, ImportRequest, PreviewRow
from suite.kernel.exchange.undoing import UndoImport
from suite.kernel.registry.current import current_records
from suite.kernel.registry.duplicates import duplicates
from suite.tables import Subject
from suite.testing.factories import a_firm, a_lawyer, make, practice_no, resident_number, uscc

pytestmark = pytest.mark.as_login

VOLUNTEER, ARBITRATOR = "popularization.volunteer", "arbitration.arbitrator"
FIRM_KIND, VILLAGE_OF_HONOUR = "lawyers.law_firm", "popularization.democratic_rule_of_law_village"
FIRM_8 = "河北第8律师事务所"
FIRMS = ("河北第1律师事务所", "河北第2律师事务所")
HEADINGS = ("姓名", "执业证号", "身份证号码", "所在律所")


def look(desk: Desk, kind: str, *rows: Sequence[Any], name: str = "名册.xlsx") -> ImportPreview:
    return desk.look(xlsx([list(row) for row in rows]), name, kind)


def take(desk: Desk, found: ImportPreview) -> int | None:
    run: int | None = desk.suite.run(accept(found), desk.admin).result["run"]
    return run


def found_codes(row: PreviewRow) -> list[str]:
    return [problem.code for problem in row.problems if problem.code.startswith(("match", "duplicate"))]


def count(desk: Desk, kind: str) -> int:
    with desk.suite.reading() as session:
        table = desk.suite.catalog.kinds[kind].details
        return len(session.execute(table.select()).all())


@pytest.mark.both_engines
@pytest.mark.parametrize(
    ("kind", "rows", "by"),
    [
        (
            VOLUNTEER,
            [
                ("姓名", "性别", "联系电话", "服务队", "县区", "单位"),
                ("志一", "男", "13800001111", "一队", "长安区", "某中学"),
                ("志二", "女", "13800002222", "二队", "桥西区", "某小学"),
            ],
            "姓名、联系电话和工作单位",
        ),
        (
            ARBITRATOR,
            [("姓名", "工作单位", "职称", "专业领域"), ("仲一", "河北大学", "教授", "合同")],
            "姓名和工作单位",
        ),
        (VOLUNTEER, [("姓名", "服务队"), ("独一", "一队")], "只按姓名"),
        (LAWYER, [("姓名", "执业证号", "所在律所"), ("赵独一", None, FIRMS[0])], None),
    ],
)
def test_the_same_file_twice_changes_nothing(
    both_desks: Desk, kind: str, rows: Sequence[Sequence[Any]], by: str | None
) -> None:
    first = look(both_desks, kind, *rows)
    take(both_desks, first)
    again = look(both_desks, kind, *rows)
    if by is None:
        # Who must have a number does not come in without one.
        assert first.counts["held"] == again.counts["held"] == len(rows) - 1
        return
    assert first.counts["new"] == len(rows) - 1
    assert again.counts["same"] == len(rows) - 1
    assert all(by in row.problems[-1].text for row in again.rows)
    assert take(both_desks, again) is None
    assert count(both_desks, kind) == len(rows) - 1


def test_a_name_alone_that_stands_twice_is_held(desk: Desk) -> None:
    heading, pair = ("姓名", "服务队"), [("独二", "一队"), ("独二", "二队")]
    in_file = look(desk, VOLUNTEER, heading, *pair, ("独一", "三队"))
    assert results(in_file) == {2: "held", 3: "held", 4: "new"}
    assert "第 3 行" in in_file.rows[0].problems[0].text
    assert "第 2 行" in in_file.rows[1].problems[0].text
    numbers = make(
        desk.suite,
        desk.admin,
        VOLUNTEER,
        {"name": "独二", "main_no": "V1", "employer": "甲厂"},
        {"name": "独二", "employer": "乙厂"},
    )
    [row] = look(desk, VOLUNTEER, heading, pair[0]).rows
    [problem] = row.problems
    assert (row.result, problem.code) == ("held", "match.several")
    assert all(word in problem.text for word in ("2 份", "V1", f"#{numbers[1]}", "身份证号", "工作单位"))
    # What the kind declares tells them apart.
    [known] = look(desk, VOLUNTEER, ("姓名", "工作单位"), ("独二", "乙厂")).rows
    assert (known.subject_id, known.result) == (numbers[1], "same")


def test_a_name_of_a_row_with_a_number_is_not_the_name_of_nobody_else(desk: Desk) -> None:
    found = look(desk, VOLUNTEER, ("姓名", "志愿者编号"), ("独三", "V3"), ("独三", None))
    assert results(found) == {2: "new", 3: "held"}


def test_a_namesake_elsewhere_is_told_and_two_records_are_not_guessed(desk: Desk) -> None:
    one, two = make(
        desk.suite,
        desk.admin,
        VOLUNTEER,
        {"name": "独四", "employer": "甲厂", "district_code": "130102"},
        {"name": "独四", "phone": "13800004444", "district_code": "130104"},
    )
    heading = ("姓名", "工作单位", "联系电话")
    [other] = look(desk, VOLUNTEER, heading, ("独四", "丙厂", "13800005555")).rows
    assert (other.result, told(other)) == ("new", {("name", "match.namesake", "warning")})
    assert f"#{one}" in other.problems[0].text
    assert "工作单位不同" in other.problems[0].text
    [unclear] = look(desk, VOLUNTEER, heading, ("独四", "甲厂", "13800004444")).rows
    assert (unclear.result, found_codes(unclear)) == ("held", ["match.several"])
    # A district tells apart where nothing else is said.
    [here] = look(desk, VOLUNTEER, ("姓名", "区县"), ("独四", "桥西区")).rows
    assert (here.subject_id, found_codes(here)) == (two, ["match.by_name_alone"])
    [there] = look(desk, VOLUNTEER, ("姓名", "区县"), ("独四", "裕华区")).rows
    assert (there.result, found_codes(there)) == ("new", ["match.namesake"])


def test_another_birth_date_is_another_person(desk: Desk) -> None:
    born = dt.date(1980, 5, 6)
    [known] = make(
        desk.suite, desk.admin, VOLUNTEER, {"name": "独五", "birth_date": born, "employer": "甲厂"}
    )
    heading = ("姓名", "出生日期", "工作单位")
    [same, other] = (
        look(desk, VOLUNTEER, heading, ("独五", day, "甲厂")).rows[0] for day in ("1980-05-06", "1990-07-08")
    )
    assert (same.subject_id, same.result) == (known, "same")
    # The finder of duplicates would put the two together, and so it is told.
    assert (other.result, told(other)) == ("new", {("name", "match.likely", "warning")})


@pytest.mark.both_engines
def test_a_mistyped_number_is_seen_as_the_finder_of_duplicates_sees_it(both_desks: Desk) -> None:
    desk = both_desks
    [firm] = make(desk.suite, desk.admin, FIRM_KIND, a_firm(8))
    [known] = make(desk.suite, desk.admin, LAWYER, a_lawyer(1, name="田·立", body_id=firm))
    found = look(desk, LAWYER, HEADINGS, ("田立", practice_no(9), None, FIRM_8))
    [row] = found.rows
    assert (row.result, found_codes(row)) == ("new", ["match.likely"])
    [problem] = row.problems
    assert all(
        word in problem.text for word in (practice_no(1), practice_no(9), "田·立", "姓名和执业机构相同")
    )
    take(desk, found)
    with desk.suite.reading() as session:
        [pair] = duplicates(session, desk.admin, desk.suite.catalog, LAWYER).pairs
    assert pair.first.subject_id == known
    assert pair.reasons[0].words in problem.text


def test_who_has_another_identity_number_is_not_told(desk: Desk) -> None:
    [firm] = make(desk.suite, desk.admin, FIRM_KIND, a_firm(8))
    values = {"name": "田立", "body_id": firm, "id_number": resident_number(11), "sex": "male"}
    make(desk.suite, desk.admin, LAWYER, a_lawyer(1, **values))
    [row] = look(desk, LAWYER, HEADINGS, ("田立", practice_no(9), resident_number(15), FIRM_8)).rows
    assert (row.result, found_codes(row)) == ("new", [])


def test_the_birth_date_that_a_number_carries_is_compared(desk: Desk) -> None:
    make(desk.suite, desk.admin, LAWYER, a_lawyer(1, name="田立", birth_date=dt.date(1985, 4, 12)))
    [row] = look(desk, LAWYER, HEADINGS, ("田立", practice_no(9), resident_number(15), FIRMS[0])).rows
    assert (row.result, found_codes(row)) == ("new", ["match.likely"])
    assert "姓名和出生日期相同" in row.problems[-1].text


def test_a_body_with_another_number_and_the_same_name_is_told(desk: Desk) -> None:
    [row] = look(
        desk, FIRM_KIND, ("机构名称", "统一社会信用代码", "区县"), (FIRMS[0], uscc(77), "长安区")
    ).rows
    assert (row.result, found_codes(row)) == ("new", ["match.likely"])
    assert "名称相同，同一区县" in row.problems[-1].text


def test_bodies_of_one_name_are_held_in_file_and_roster(desk: Desk) -> None:
    heading = ("单位名称", "单位性质")
    kind = "popularization.duty_unit"
    twice = look(desk, kind, heading, ("某局", None), ("某局", None))
    assert results(twice) == {2: "held", 3: "held"}
    make(desk.suite, desk.admin, kind, {"name": "某局"}, {"name": "某局"})
    [row] = look(desk, kind, heading, ("某局", None)).rows
    assert (row.result, found_codes(row)) == ("held", ["match.several"])


def test_what_is_named_after_a_village_is_found_by_it(desk: Desk) -> None:
    village, code = _a_village(desk)
    heading = ("村（社区）", "批次")
    first = look(desk, VILLAGE_OF_HONOUR, heading, (code, "第九批"))
    assert first.counts["new"] == 1
    take(desk, first)
    [again] = look(desk, VILLAGE_OF_HONOUR, heading, (code, "第九批")).rows
    assert (again.result, found_codes(again)) == ("same", ["match.by_name_alone"])
    assert again.values["body_id"] == village
    twice = look(desk, VILLAGE_OF_HONOUR, heading, (code, "第九批"), (code, "第十批"))
    assert results(twice) == {2: "held", 3: "held"}


def _a_village(desk: Desk) -> tuple[int, str]:
    with desk.suite.reading() as session:
        number, code = session.execute(
            select(Subject.id, Subject.main_no).where(Subject.kind == "core.village").limit(1)
        ).one()
    return number, code


def test_a_name_of_another_district_is_not_taken_from_who_looks_after_one(desk: Desk) -> None:
    make(desk.suite, desk.admin, VOLUNTEER, {"name": "独六", "district_code": "130104"})
    clerk = Actor(
        login=desk.admin.login,
        name="长安",
        granted=tuple(
            Granted(permission=f"popularization:roster:{right}", scope=Scope(districts=frozenset({"130102"})))
            for right in ("read", "edit", "import")
        ),
    )
    own = Desk(desk.suite, clerk, desk.folder)
    rows = ("姓名", "区县"), ("独六", "长安区")
    [row] = look(own, VOLUNTEER, *rows).rows
    assert (row.result, row.problems) == ("new", [])


def test_a_file_that_was_imported_before_is_told_until_it_is_taken_back(both_desks: Desk) -> None:
    desk = both_desks
    rows = ("姓名", "单位"), ("志一", "某中学")
    first = look(desk, VOLUNTEER, *rows)
    assert "imported_before" not in codes(first)
    run = take(desk, first)
    again, content = desk.suite.preview, first.path
    found = again(ImportRequest(kind=VOLUNTEER, path=content), desk.admin)
    [notice] = [notice for notice in found.notices if notice.code == "imported_before"]
    assert all(word in notice.text for word in (desk.admin.name, str(desk.suite.today), f"编号 {run}"))
    assert "imported_before" not in codes(again(ImportRequest(kind=ARBITRATOR, path=content), desk.admin))
    desk.suite.run(UndoImport(kind=VOLUNTEER, run=run or 0), desk.admin)
    assert "imported_before" not in codes(again(ImportRequest(kind=VOLUNTEER, path=content), desk.admin))


# Drawn at random -------------------------------------------------------------------------------------------


#: After so many cases the roster is so full of namesakes that a row with a number, which gives one of them
#: another birth date, may settle which record a row means that was held, or unsettle it.
FEW = 5


def drawn(chance: Random) -> list[list[Any]]:
    """Rows of few names, firms, birth dates and telephones, of which few say a number."""
    rows = []
    for _ in range(chance.randint(1, 9)):
        number = chance.randrange(8)
        rows.append(
            [
                chance.choice(["王一", "王二"]),
                chance.choice([None, None, None, f"V{number}"]),
                chance.choice([None] * 5 + [resident_number(number)]),
                chance.choice([None, "甲厂", "乙厂"]),
                chance.choice([None, None, "1985-04-12", "1990-01-01"]),
                chance.choice([None, None, "13800000001", "13800000002"]),
                chance.choice([None, None, "长安区", "桥西区"]),
            ]
        )
    return rows


@pytest.mark.parametrize("seed", range(12))
def test_whatever_rows_say_the_second_time_nothing_is_left_to_write(
    desk: Desk, seed: int, long: bool
) -> None:
    chance = Random(seed)
    heading = ["姓名", "志愿者编号", "身份证号码", "工作单位", "出生日期", "联系电话", "区县"]
    kind = desk.suite.catalog.kinds[VOLUNTEER]
    taken = 0
    for case in range(40 if long else FEW):
        rows = drawn(chance)
        found = look(desk, VOLUNTEER, heading, *rows)
        before = count(desk, VOLUNTEER)
        done = desk.suite.run(accept(found), desk.admin)
        taken += len(found.taken())
        assert count(desk, VOLUNTEER) == before + found.counts["new"], (seed, case)
        with desk.suite.reading() as session:
            records = current_records(session, kind, done.result.get("ids", []))
        for number, row in zip(done.result.get("ids", []), found.taken(), strict=True):
            assert {key: records[number].values[key] for key in row.values} == row.values
        again = look(desk, VOLUNTEER, heading, *rows)
        assert again.counts["new"] == 0, (seed, case, rows)
        pairs = list(zip(found.rows, again.rows, strict=True))
        assert all(now.result != "changed" for row, now in pairs if row.result != "held"), (seed, case, rows)
        if case < FEW:
            assert again.counts["changed"] == 0, (seed, case, rows)
            assert all(row.result == "held" for row, now in pairs if now.result == "held"), (seed, case, rows)
    assert taken
