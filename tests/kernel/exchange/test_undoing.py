"""Taking a run of the importer back: as if it had not been, but for later work and the trace."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import inspect, select, text

from suite.bootstrap import Suite
from suite.contract.commands import Actor, Done
from suite.contract.problems import Refused
from suite.database.base import METADATA
from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.kernel.casework.derive import step
from suite.kernel.exchange.editions import CompileEdition
from suite.kernel.exchange.importing import accept
from suite.kernel.exchange.previewed import ImportRequest
from suite.kernel.exchange.runs import runs
from suite.kernel.exchange.undoing import UndoImport
from suite.kernel.executor.executor import Cancelled
from suite.kernel.executor.work import Progress
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.kernel.registry.integrity import check
from suite.kernel.registry.queries import ListQuery, count
from suite.kernel.search.queries import find
from suite.tables import AuditEntry, ImportRow
from suite.testing.factories import a_firm, a_lawyer, make, practice_no, resident_number

LAWYER = "lawyers.lawyer"
HEADINGS = ("姓名", "身份证号", "执业证号", "执业机构", "执业类别", "联系电话", "状态")
#: What taking back does not put back: the trace, the log of the run, and that records were touched.
PASSED_OVER = ("core_audit_", "core_import_", "core_search_")
MOVING = {"version", "updated_at"}


def state(suite: Suite) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables but those that are no part of the rosters."""
    with suite.reading() as session:
        # Other tests declare tables of plugins that are not in this database.
        standing = set(inspect(session.connection()).get_table_names())
        return {
            table.name: sorted(session.execute(select(*columns)).all(), key=lambda row: tuple(map(str, row)))
            for table in METADATA.sorted_tables
            if table.name in standing
            and not table.name.startswith(PASSED_OVER)
            and (columns := [column for column in table.columns if column.name not in MOVING])
        }


def line(sequence: int, **cells: Any) -> list[Any]:
    values: dict[str, Any] = {
        "姓名": f"王志{'远昂平明'[sequence % 4]}",
        "身份证号": resident_number(2 * sequence + 1),
        "执业证号": practice_no(sequence),
        "执业机构": "河北第1律师事务所",
        "执业类别": "专职",
        "联系电话": f"1380000{sequence:04d}",
        "状态": "执业",
        **cells,
    }
    return [values[heading] for heading in HEADINGS]


def imported(
    suite: Suite, actor: Actor, path: Path, rows: Sequence[Sequence[Any]], kind: str = LAWYER, **more: Any
) -> Done:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(list(more.pop("headings", HEADINGS)))
    for row in rows:
        page.append(list(row))
    book.save(path)
    return suite.run(accept(suite.preview(ImportRequest(kind=kind, path=path), actor)), actor, **more)


def undo(suite: Suite, actor: Actor, run: int, kind: str = LAWYER, **more: Any) -> Done:
    return suite.run(UndoImport(kind=kind, run=run), actor, **more)


def sound(suite: Suite) -> bool:
    with suite.reading() as session:
        parts = check(session, suite.catalog, lambda *_: None)
    return not any(part.problems for part in parts)


@pytest.fixture
def firms(suite_: Suite, admin: Actor) -> list[int]:
    return make(suite_, admin, "lawyers.law_firm", a_firm(1), a_firm(2, district_code="130104"))


def test_what_a_run_made_and_changed_is_as_before(
    suite_: Suite, admin: Actor, firms: list[int], tmp_path: Path
) -> None:
    make(
        suite_,
        admin,
        LAWYER,
        a_lawyer(1, name="王志昂", id_number=resident_number(3), phone="13911110001", body_id=firms[1]),
        a_lawyer(2, name="王志平", body_id=firms[0]),
        a_lawyer(9, name="无关之人", body_id=firms[0]),
        on=dt.date(2020, 1, 6),
    )
    before = state(suite_)
    done = imported(
        suite_,
        admin,
        tmp_path / "a.xlsx",
        [
            line(1, 执业类别="兼职"),
            line(2, 状态="注销", 执业机构="河北第2律师事务所"),
            line(3),
            line(4, 身份证号=None, 联系电话=None),
        ],
    )
    with suite_.reading() as session:
        kept = session.scalars(select(ImportRow.before)).all()
        assert not any("139111" in (text or "") for text in kept)
    assert state(suite_) != before
    rehearsed = undo(suite_, admin, done.result["run"], dry_run=True)
    assert state(suite_) != before
    taken = undo(suite_, admin, done.result["run"], reason="选错了文件")
    assert rehearsed.result == taken.result
    assert (taken.result["undone"], taken.result["removed"], taken.result["left"]) == (4, 2, [])
    assert state(suite_) == before
    assert sound(suite_)
    with suite_.reading() as session:
        assert [found.name for found in find(session, admin, suite_.catalog, "王志明")] == []
        assert count(session, admin, suite_.catalog, ListQuery(kind=LAWYER)) == 3
        [run] = runs(session, admin, suite_.catalog, suite_.today)
        assert (run.undone_by, run.undone, run.left) == (admin.login, 4, 0)
        assert not run.can_undo(suite_.today)
        removed = session.scalars(
            select(AuditEntry.action).where(
                AuditEntry.table_name == "core_subject", AuditEntry.row_key == str(done.result["ids"][2])
            )
        ).all()
        assert removed == ["I", "D"]
        assert session.scalar(text("SELECT count(*) FROM core_import_secret")) == 0


def test_later_work_stays_and_is_listed(
    suite_: Suite, admin: Actor, firms: list[int], tmp_path: Path
) -> None:
    done = imported(
        suite_,
        admin,
        tmp_path / "firms.xlsx",
        [
            ["河北第一律师事务所改", a_firm(1)["main_no"], "桥西区", "普通合伙"],
            *([f"河北新办{n}律师事务所", a_firm(n)["main_no"], "长安区", "普通合伙"] for n in (11, 12, 13)),
        ],
        kind="lawyers.law_firm",
        headings=("名称", "统一社会信用代码", "区县", "组织形式"),
    )
    ids = done.result["ids"]
    make(suite_, admin, LAWYER, a_lawyer(1, body_id=ids[1]))
    edit = RowEdit(values={"name": "河北改名律师事务所"}, subject_id=ids[2])
    suite_.run(SaveRecords(kind="lawyers.law_firm", rows=(edit,)), admin)
    taken = undo(suite_, admin, done.result["run"], "lawyers.law_firm")
    left = {row.row: row for row in taken.result["left"]}
    assert set(left) == {3, 4}
    assert left[3].name == "河北新办11律师事务所"
    assert "执业经历" in left[3].reason
    assert (left[4].key, left[4].name) == (a_firm(12)["main_no"], "河北改名律师事务所")
    assert (taken.result["removed"], taken.result["restored"]) == (1, 1)
    assert sound(suite_)
    with suite_.reading() as session:
        assert count(session, admin, suite_.catalog, ListQuery(kind="lawyers.law_firm")) == 4


def test_a_person_of_another_profession_keeps_what_was_known_before(
    suite_: Suite, admin: Actor, firms: list[int], tmp_path: Path
) -> None:
    known = {"name": "王志昂", "id_number": resident_number(3), "phone": "13911110001"}
    make(suite_, admin, "lawyers.trainee_lawyer", {**a_lawyer(1, **known), "main_no": None, "category": None})
    before = state(suite_)
    joined = imported(suite_, admin, tmp_path / "a.xlsx", [line(1)])
    changed = imported(suite_, admin, tmp_path / "b.xlsx", [line(1, 联系电话="13700000000")])
    between = state(suite_)
    assert {row[-1] for row in between["core_identity"]} == {"13700000000"}
    assert undo(suite_, admin, changed.result["run"]).result["left"] == []
    assert undo(suite_, admin, joined.result["run"]).result["left"] == [], "as this run left it"
    assert state(suite_) == before
    assert sound(suite_)


def test_a_run_is_taken_back_once_in_time_and_by_whose_it_is(
    suite_: Suite, admin: Actor, firms: list[int], tmp_path: Path
) -> None:
    county = _county(suite_, admin)
    first = imported(suite_, admin, tmp_path / "a.xlsx", [line(1)]).result["run"]
    second = imported(suite_, admin, tmp_path / "b.xlsx", [line(2)]).result["run"]
    for actor, run, kind, code in (
        (admin, 99, LAWYER, "import.run_unknown"),
        (admin, first, "lawyers.law_firm", "import.run_unknown"),
        (county, first, LAWYER, "import.run_foreign"),
    ):
        with pytest.raises(Refused) as refused:
            undo(suite_, actor, run, kind)
        assert refused.value.codes == {code}
    undo(suite_, admin, first)
    with pytest.raises(Refused) as refused:
        undo(suite_, admin, first)
    assert refused.value.codes == {"import.run_undone"}
    today = suite_.today
    suite_.today_override = today + dt.timedelta(days=31)
    with pytest.raises(Refused) as refused:
        undo(suite_, admin, second)
    assert refused.value.codes == {"import.run_expired"}
    suite_.today_override = today + dt.timedelta(days=30)
    assert undo(suite_, admin, second).result["undone"] == 1


def _county(suite: Suite, admin: Actor) -> Actor:
    suite.run(AddUser(login="county", name="某区干事"), admin)
    suite.run(
        GrantRole(login="county", role="core.section_staff", profession="lawyers", district="130104"), admin
    )
    return suite.actor("county")


def test_work_that_is_cancelled_anywhere_leaves_nothing_half_written(
    suite_: Suite, admin: Actor, firms: list[int], tmp_path: Path
) -> None:
    make(suite_, admin, LAWYER, a_lawyer(1, name="王志昂", body_id=firms[1]))
    rows = [line(1, 执业类别="兼职"), *(line(n) for n in range(2, 12))]
    path = tmp_path / "a.xlsx"
    run = imported(suite_, admin, path, rows).result["run"]
    undo(suite_, admin, run)
    request = ImportRequest(kind=LAWYER, path=path)
    preview = suite_.preview(request, admin)
    _cancel(suite_, lambda tell, _: suite_.preview(request, admin, progress=tell))
    _cancel(suite_, lambda tell, dry: suite_.run(accept(preview), admin, progress=tell, dry_run=dry))
    run = suite_.run(accept(preview), admin).result["run"]
    _cancel(suite_, lambda tell, dry: undo(suite_, admin, run, progress=tell, dry_run=dry))
    assert undo(suite_, admin, run).result["left"] == []
    assert sound(suite_)


def _cancel(suite: Suite, act: Callable[[Progress, bool], object]) -> None:
    """Count the steps in a rehearsal, then cancel at the first, the last and some drawn by lot."""
    told: list[str] = []
    act(lambda what, done, total: told.append(what), True)
    assert len(told) > 2
    before = state(suite)
    for at in sorted({0, len(told) - 1, *random.Random(7).choices(range(len(told)), k=3)}):
        with pytest.raises(Cancelled):
            act(_cancelling(at), False)
        assert state(suite) == before


def _cancelling(at: int) -> Progress:
    left = iter(range(at))

    def progress(what: str, done: int, total: int) -> None:
        if next(left, None) is None:
            raise Cancelled("已取消")

    return progress


def _first_runs(suite: Suite, admin: Actor, folder: Path) -> tuple[int, int]:
    """A run that renames a firm and makes another one, and one that sends a lawyer to each of them."""
    firms = [["河北第一律师事务所改", a_firm(1)["main_no"], "桥西区", "普通合伙"],
             ["河北新办律师事务所", a_firm(11)["main_no"], "长安区", "普通合伙"]]  # fmt: skip
    headings = ("名称", "统一社会信用代码", "区县", "组织形式")
    run = imported(suite, admin, folder / "f.xlsx", firms, "lawyers.law_firm", headings=headings).result[
        "run"
    ]
    lawyers = [line(1, 执业机构="河北第一律师事务所改"), line(2, 执业机构="河北新办律师事务所")]
    return run, imported(suite, admin, folder / "l.xlsx", lawyers).result["run"]


@pytest.mark.both_engines
def test_what_is_referred_to_since_stays_until_that_is_gone(
    suite_: Suite, admin: Actor, firms: list[int], tmp_path: Path
) -> None:
    make(suite_, admin, LAWYER, a_lawyer(9, body_id=firms[0]))
    before = state(suite_)
    run, later = _first_runs(suite_, admin, tmp_path)
    told = undo(suite_, admin, run, "lawyers.law_firm").result
    assert (told["undone"], [row.row for row in told["left"]]) == (0, [2, 3])
    assert told["left"][0].reason == "导入后已被引用：在本机构的执业经历、本机构现有人员与下属，保留现值。"
    with suite_.reading() as session:
        lines = {line.id: line for line in runs(session, admin, suite_.catalog, suite_.today)}
    assert (lines[run].undone, lines[run].left, lines[run].can_undo(suite_.today)) == (0, 0, True)
    undo(suite_, admin, later)
    told = undo(suite_, admin, run, "lawyers.law_firm").result
    assert (told["removed"], told["restored"], told["left"]) == (1, 1, [])
    assert state(suite_) == before, "a lawyer who was there before the run keeps nothing"
    assert sound(suite_)
    with pytest.raises(Refused) as refused:
        undo(suite_, admin, run, "lawyers.law_firm")
    assert refused.value.codes == {"import.run_undone"}


@pytest.mark.both_engines
def test_a_run_is_taken_back_part_by_part(
    suite_: Suite, admin: Actor, firms: list[int], tmp_path: Path
) -> None:
    known = {"name": "王志昂", "id_number": resident_number(3), "phone": "13911110001"}
    make(suite_, admin, LAWYER, a_lawyer(1, body_id=firms[1], **known))
    before = state(suite_)
    first = imported(suite_, admin, tmp_path / "a.xlsx", [line(1), line(2), line(3)]).result["run"]
    again = imported(suite_, admin, tmp_path / "b.xlsx", [line(1, 联系电话="13700000000"), line(4)])
    told = undo(suite_, admin, first).result
    assert (told["undone"], [row.name for row in told["left"]]) == (2, ["王志昂"])
    undo(suite_, admin, again.result["run"])
    told = undo(suite_, admin, first).result
    assert (told["undone"], told["restored"], told["left"]) == (1, 1, [])
    assert state(suite_) == before, "the telephone too, which was kept as long as it could be needed"
    with suite_.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM core_import_secret")) == 0
        [_, run] = runs(session, admin, suite_.catalog, suite_.today)
        assert (run.undone, run.left, run.can_undo(suite_.today)) == (3, 0, False)
    assert sound(suite_)


INSTITUTION = "appraisal.appraisal_institution"


def _complain(suite: Suite, admin: Actor, institution: int) -> None:
    given = {
        "kind": "appraisal.complaint",
        "respondent": (institution,),
        "source": "letter",
        "complainants": ({"name": "李建国", "phone": "13912346612"},),
        "allegations": ({"head": "fee", "text": "加收费用"},),
    }
    suite.run(step(suite.catalog, "OpenComplaint", **given), admin)


@pytest.mark.both_engines
def test_a_case_and_an_edition_since_keep_a_changed_row(suite_: Suite, admin: Actor, tmp_path: Path) -> None:
    names = ("河北正明司法鉴定中心", "河北公信司法鉴定中心")
    values = [
        {"name": name, "main_no": f"13010012{place}", "district_code": "130102"}
        for place, name in enumerate(names)
    ]
    one, other = make(suite_, admin, INSTITUTION, *values)
    suite_.run(CompileEdition(kind=INSTITUTION, as_of=suite_.today), admin)
    _complain(suite_, admin, one)
    rows = [[f"{row['name']}有限公司", row["main_no"], "长安区", "正常"] for row in values]
    headings = ("机构名称", "许可证号", "区县", "状态")
    run = imported(suite_, admin, tmp_path / "a.xlsx", rows, INSTITUTION, headings=headings).result["run"]

    def left() -> dict[int, str]:
        told = undo(suite_, admin, run, INSTITUTION, dry_run=True).result
        return {row.row: row.reason for row in told["left"]}

    assert left() == {}, "what stood before does not count"
    _complain(suite_, admin, other)
    assert left() == {3: "导入后已被引用：办件中的当事人，保留现值。"}
    suite_.run(CompileEdition(kind=INSTITUTION, as_of=suite_.today), admin)
    assert left() == {
        2: "导入后已被引用：名册编制的版次，保留现值。",
        3: "导入后已被引用：办件中的当事人、名册编制的版次，保留现值。",
    }
