"""Opening stock: ledgers of cases come in by workbook, go on by the normal steps, and go out again."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError

from suite.bootstrap import Suite
from suite.contract.commands import Actor, Done
from suite.contract.problems import Refused, Severity
from suite.database.engine import writing
from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.kernel.casework.case_file import case_file
from suite.kernel.casework.clocking import Counting
from suite.kernel.casework.commands import RemarkCase
from suite.kernel.casework.derive import step
from suite.kernel.casework.graph import Graph
from suite.kernel.casework.past import Told, past_of
from suite.kernel.casework.queries import CaseQuery
from suite.kernel.clocks.calendar import work_calendar
from suite.kernel.exchange.bounds import FileRefused
from suite.kernel.exchange.export import LogExport, write_template
from suite.kernel.exchange.importing import accept
from suite.kernel.exchange.leaving import export_file
from suite.kernel.exchange.previewed import ImportPreview, ImportRequest
from suite.kernel.exchange.stock.export import export_cases, export_columns
from suite.kernel.exchange.stock.sheet import DAY, NUMBER, OPENED, STATE, case_sheets, importable_kinds
from suite.kernel.exchange.undoing import UndoImport
from suite.kernel.indicators.board import Question
from suite.kernel.indicators.queries import indicator_board
from suite.kernel.parameters.queries import parameters_on
from suite.tables import Allegation, AuditEntry, Case, CaseClock, CaseEvent, CaseParty, Complainant
from suite.testing.factories import make

pytestmark = pytest.mark.sqlite_first

KIND = "appraisal.complaint"
BODY = "河北正明司法鉴定中心"
HEADINGS = (
    "旧编号", "被投诉人", "投诉人", "联系电话", "来源", "投诉类别", "投诉内容", "状态", "收到日期",
    "受理日期", "开展调查日期", "作出处理决定日期", "办结日期", "处理结果", "处理意见", "答复文号", "认定",
    "调查人员", "承办人",
)  # fmt: skip
#: Rows of a ledger: one that is over, one that runs and is late.
CLOSED = {
    "旧编号": "石司鉴投〔2026〕7号", "被投诉人": BODY, "投诉人": "李建国", "联系电话": "13912346612",
    "来源": "来信", "投诉类别": "违反司法鉴定程序、违规收费", "状态": "办结",
    "投诉内容": "李建国反映鉴定时只有一名鉴定人到场", "收到日期": "2026-01-05",
    "受理日期": "2026-01-09", "开展调查日期": "2026-01-12",
    "作出处理决定日期": "2026-02-26", "办结日期": "2026-03-03", "处理结果": "责令改正", "认定": "查实",
    "处理意见": "责令改正", "答复文号": "石司鉴答〔2026〕3号", "调查人员": "系统管理员、韩雪",
}  # fmt: skip
OPEN = {
    "旧编号": "2026-31", "被投诉人": BODY, "投诉人": "王秀英", "来源": "来访", "投诉类别": "违规收费",
    "投诉内容": "加收费用未开票据", "状态": "调查", "收到日期": "2026-08-03", "受理日期": "2026-08-05",
    "开展调查日期": "2026-08-10", "调查人员": "系统管理员、韩雪", "承办人": "韩雪",
}  # fmt: skip
HELD = {
    "unknown body": ({"被投诉人": "河北正明司法鉴定中心所"}, "link.unknown", "respondent"),
    "no body": ({"被投诉人": None}, "required", "respondent"),
    "no number": ({"旧编号": None}, "required", "case.number"),
    "state of another kind": ({"状态": "听证"}, "code_unknown", "case.state"),
    "accepted before received": ({"受理日期": "2026-01-02"}, "case.order", "day.AcceptComplaint"),
    "decided before accepted": ({"作出处理决定日期": "2026-01-08"}, "case.order", "day.AcceptComplaint"),
    "closed before decided": ({"办结日期": "2026-02-20"}, "case.order", "day.DecideComplaint"),
    "closed tomorrow": ({"办结日期": "2026-11-24"}, "case.future", "case.closed"),
    "closed without a day": ({"办结日期": None}, "required", "case.closed"),
    "closed without a result": ({"处理结果": None}, "stock.result", "outcome"),
    "open, yet closed": ({"状态": "调查", "作出处理决定日期": None}, "stock.closed_open", "case.closed"),
    "further than its state": ({"状态": "已受理", "办结日期": None}, "stock.state", "case.state"),
    "no category": ({"投诉类别": None}, "required", "allegation.head"),
    "a telephone of nobody": ({"投诉人": None}, "complainant.name", "complainant.name"),
}


class Ledgers:
    """A section with an institution, whose ledgers come in."""

    def __init__(self, suite: Suite, folder: Path) -> None:
        self.suite, self.folder, self.admin = suite, folder, suite.actor()
        suite.run(AddUser(login="hanxue", name="韩雪"), self.admin)
        suite.run(GrantRole(login="hanxue", role="core.section_staff", profession="appraisal"), self.admin)
        self.body, self.other = make(
            suite,
            self.admin,
            "appraisal.appraisal_institution",
            {"name": BODY, "main_no": "130100123", "district_code": "130102"},
            {"name": "河北华信司法鉴定所", "main_no": "130100124", "district_code": "130104"},
        )

    def book(self, *rows: dict[str, Any], name: str = "投诉台账.xlsx") -> Path:
        book = Workbook()
        page = book.active
        assert page is not None
        page.append(["2026 年投诉处理台账"])
        page.append(HEADINGS)
        for row in rows:
            page.append([row.get(heading) for heading in HEADINGS])
        path = self.folder / name
        book.save(path)
        return path

    def preview(self, *rows: dict[str, Any], actor: Actor | None = None) -> ImportPreview:
        request = ImportRequest(kind=KIND, path=self.book(*rows))
        return self.suite.preview(request, actor or self.admin)

    def take(self, *rows: dict[str, Any], actor: Actor | None = None) -> Done:
        return self.suite.run(accept(self.preview(*rows, actor=actor)), actor or self.admin)

    def rows(self, table: Any) -> list[Any]:
        with self.suite.reading() as session:
            found = session.scalars(select(table).order_by(*table.__table__.primary_key.columns)).all()
            session.expunge_all()
            return list(found)


@pytest.fixture
def ledgers(suite_: Suite, tmp_path: Path) -> Ledgers:
    return Ledgers(suite_, tmp_path)


@pytest.fixture
def paper(suite_on_sqlite: Suite, tmp_path: Path) -> Ledgers:
    """For what stands in a file: the engine has no part in it."""
    return Ledgers(suite_on_sqlite, tmp_path)


def codes(preview: ImportPreview, *, errors: bool = True) -> set[tuple[str, str | None]]:
    return {
        (problem.code, problem.field)
        for row in preview.rows
        for problem in row.problems
        if (problem.severity is Severity.ERROR) is errors
    }


def test_a_ledger_comes_in_goes_on_and_goes_out_again(ledgers: Ledgers) -> None:
    suite = ledgers.suite
    preview = ledgers.preview(CLOSED, OPEN)
    assert preview.counts == {"rows": 2, "new": 2, "changed": 0, "same": 0, "held": 0}
    done = suite.run(accept(preview), ledgers.admin)
    closed, running = ledgers.rows(Case)
    assert (closed.number, closed.state, closed.closed) == (
        "石司鉴投〔2026〕7号",
        "closed",
        dt.date(2026, 3, 3),
    )
    assert (running.number, running.state, running.handler) == ("2026-31", "investigating", "hanxue")
    assert (closed.district_code, closed.opened) == ("130102", dt.date(2026, 1, 5))
    # Who complains stands apart, masked among the parties, and in no text that others read.
    assert [row.name for row in ledgers.rows(Complainant)] == ["李建国", "王秀英"]
    parties = {(row.case_id, row.role, row.name) for row in ledgers.rows(CaseParty)}
    assert (closed.id, "complainant", "李某某") in parties
    assert (running.id, "officer", "韩雪") in parties
    allegations = ledgers.rows(Allegation)
    assert [(row.head, row.finding) for row in allegations[:2]] == [
        ("fee", "substantiated"),
        ("procedure", "substantiated"),
    ]
    assert {row.text for row in allegations[:2]} == {"投诉人反映鉴定时只有一名鉴定人到场"}
    assert closed.title == "投诉人反映鉴定时只有一名鉴定人到场"
    events = [
        (row.command, row.from_state, row.to_state, str(row.on_date)) for row in ledgers.rows(CaseEvent)
    ]
    assert events[:6] == [
        ("OpenComplaint", None, "received", "2026-01-05"),
        ("AcceptComplaint", "received", "accepted", "2026-01-09"),
        ("StartInvestigation", "accepted", "investigating", "2026-01-12"),
        ("DecideComplaint", "investigating", "decided", "2026-02-26"),
        ("ReplyComplaint", "decided", "closed", "2026-03-03"),
        ("", "closed", "closed", "2026-11-23"),
    ]
    clocks = {(row.case_id, row.limit_key): row for row in ledgers.rows(CaseClock)}
    handling = clocks[running.id, "appraisal.complaint.handle"]
    # 60 calendar days from 5 August end on Sunday 4 October; the days off last until the 7th.
    assert (handling.start, handling.due, handling.stopped) == (
        dt.date(2026, 8, 5),
        dt.date(2026, 10, 8),
        None,
    )
    assert clocks[closed.id, "appraisal.complaint.handle"].stopped == dt.date(2026, 2, 26)
    assert codes(preview, errors=False) >= {("stock.overdue", "day.AcceptComplaint")}
    # The indicator of valid complaints counts it by the day of its reply.
    with suite.reading() as session:
        board = indicator_board(
            session, ledgers.admin, suite.catalog, Question(as_of=suite.today, numbers=("T9",))
        )
        told = case_file(
            session, ledgers.admin, suite.catalog, running.id, today=suite.today,
            parameters={key: item.value for key, item in suite.catalog.parameters.items()},
        )  # fmt: skip
    (rate,) = board.values
    assert rate.whole.numerator == 1
    assert told.events[0].title == "存量导入"
    assert "第 4 行" in told.events[0].note
    assert any(line.transition.command == "FindAllegations" and not line.problems for line in told.steps)
    # The series goes on after the old numbers.
    opened = suite.run(_another(ledgers, ledgers.other), ledgers.admin)
    assert opened.result["number"] == "石司鉴投〔2026〕8号"
    # It goes on by the normal steps.
    suite.run(
        step(
            suite.catalog, "FindAllegations", case_id=running.id, expected_version=1,
            findings=({"no": 1, "finding": "partly"},),
        ),
        ledgers.admin,
    )  # fmt: skip
    # The same file changes nothing, whatever went on since.
    again = ledgers.preview(CLOSED, OPEN)
    assert again.counts["same"] == 2
    assert suite.run(accept(again), ledgers.admin).result["run"] is None
    undone = suite.run(UndoImport(kind=KIND, run=done.result["run"]), ledgers.admin)
    assert (undone.result["removed"], len(undone.result["left"])) == (1, 1)
    assert (undone.result["left"][0].key, undone.result["left"][0].row) == ("2026-31", 4)
    assert [row.number for row in ledgers.rows(Case)] == ["2026-31", "石司鉴投〔2026〕8号"]
    assert {row.case_id for row in ledgers.rows(CaseEvent)} == {running.id, opened.result["case_id"]}
    further = suite.run(UndoImport(kind=KIND, run=done.result["run"]), ledgers.admin)
    assert (further.result["removed"], further.result["left"]) == (0, undone.result["left"])


def _another(ledgers: Ledgers, body: int) -> Any:
    return step(
        ledgers.suite.catalog, "OpenComplaint", kind=KIND, respondent=(body,), source="letter",
        complainants=({"name": "赵文博", "phone": "13900000000"},),
        allegations=({"head": "fee", "text": "加收费用"},),
    )  # fmt: skip


def test_what_holds_a_row(paper: Ledgers) -> None:
    for name, (given, code, field) in HELD.items():
        preview = paper.preview({**CLOSED, **given})
        assert (name, preview.counts["held"]) == (name, 1)
        assert (name, codes(preview)) == (name, {(code, field)})
        assert all(problem.text and not problem.text.isascii() for problem in preview.rows[0].problems)
    (row,) = paper.preview({**CLOSED, **HELD["unknown body"][0]}).rows
    assert BODY in row.problems[0].data["nearest"]
    # An open case tells from when its limit runs.
    preview = paper.preview({**OPEN, "受理日期": None})
    assert codes(preview) == {("required", "day.AcceptComplaint")}
    # One that waits for the supplement stands still: the ledger says since when.
    waiting = {**OPEN, "状态": "待补正", "受理日期": None, "开展调查日期": None}
    assert codes(paper.preview(waiting)) == {("required", "day.RequestSupplement")}


def test_numbers_are_taken_once(paper: Ledgers) -> None:
    preview = paper.preview(CLOSED, {**OPEN, "旧编号": CLOSED["旧编号"]}, OPEN, OPEN)
    assert preview.counts == {"rows": 4, "new": 2, "changed": 0, "same": 0, "held": 2}
    assert codes(preview) == {("duplicate_row", "case.number")}
    paper.take(CLOSED)
    other = paper.preview({**CLOSED, "收到日期": "2026-01-06"}, {**CLOSED, "旧编号": "x"})
    assert codes(other) == {("stock.other_case", "case.opened")}
    # Another section's ledger counts from 1 as well.
    with paper.suite.reading() as session:
        number = session.scalar(select(Case.number))
    request = ImportRequest(kind="lawyers.complaint", path=paper.book({**OPEN, "旧编号": number}))
    assert ("stock.number_taken", "case.number") in codes(paper.suite.preview(request, paper.admin))


def test_what_lacks_is_told_and_taken(paper: Ledgers) -> None:
    bare = {**CLOSED, "来源": None, "处理意见": None, "答复文号": None, "认定": None, "承办人": "张三"}
    preview = paper.preview(bare)
    assert preview.counts["new"] == 1
    assert codes(preview, errors=False) == {
        ("stock.incomplete", "case.state"),
        ("stock.handler", "case.handler"),
        ("complainant.replaced", "complainant.name"),
    }


def test_an_anonymous_one_is_a_lead(paper: Ledgers) -> None:
    paper.take({**OPEN, "投诉人": None, "状态": "线索", "受理日期": None, "开展调查日期": None})
    assert [row.command for row in paper.rows(CaseEvent)] == ["RecordLead", ""]
    assert paper.rows(CaseClock) == []


def test_several_respondents_and_the_place_of_the_first(paper: Ledgers) -> None:
    paper.take({**OPEN, "被投诉人": f"河北华信司法鉴定所、{BODY}"})
    (case,) = paper.rows(Case)
    assert case.district_code == "130104"
    respondents = [row.subject_id for row in paper.rows(CaseParty) if row.role == "respondent"]
    assert respondents == [paper.other, paper.body]


def test_who_may_not_handle_the_place_is_told(paper: Ledgers) -> None:
    paper.suite.run(AddUser(login="far", name="远处"), paper.admin)
    paper.suite.run(
        GrantRole(login="far", role="core.section_staff", profession="appraisal", district="130104"),
        paper.admin,
    )
    preview = paper.preview(OPEN, actor=paper.suite.actor("far"))
    assert codes(preview) == {("out_of_scope", "respondent")}
    reader = paper.suite.actor("far")
    with pytest.raises(Refused) as refusal:
        paper.suite.preview(ImportRequest(kind="lawyers.complaint", path=paper.book(OPEN)), reader)
    assert refusal.value.codes == {"not_permitted"}


def _cases(ledgers: Ledgers) -> dict[str, tuple[Any, ...]]:
    """What the cases are, whatever their ids."""
    with ledgers.suite.reading() as session:
        return {
            case.number: (
                case.state,
                case.opened,
                case.closed,
                case.title,
                sorted(
                    session.execute(
                        select(CaseEvent.command, CaseEvent.on_date).where(CaseEvent.case_id == case.id)
                    ).all()
                ),
                sorted(
                    session.execute(
                        select(CaseClock.limit_key, CaseClock.start, CaseClock.due).where(
                            CaseClock.case_id == case.id
                        )
                    ).all()
                ),
            )
            for case in session.scalars(select(Case))
        }


def test_rows_in_any_order_and_twice_make_the_same_cases(paper: Ledgers, long: bool) -> None:
    """Imports of shuffled and doubled rows, taken back in between, and of parts one after another."""
    chance = random.Random(11)
    states = (
        {}, {"状态": "待答复", "办结日期": None, "答复文号": None}, {"作出处理决定日期": None},
        {"状态": "终止", "作出处理决定日期": None},
    )  # fmt: skip
    rows = [{**CLOSED, **state, "旧编号": f"旧{n}-{k}"} for n in range(3) for k, state in enumerate(states)]
    rows = [row for row in rows if row.get("状态") != "终止"] + [
        {**OPEN, "旧编号": f"开{n}"} for n in range(3)
    ]
    done = paper.take(*rows)
    wanted = _cases(paper)
    assert len(wanted) == len(rows)
    for _ in range(20 if long else 2):
        paper.suite.run(UndoImport(kind=KIND, run=done.result["run"]), paper.admin)
        assert _cases(paper) == {}
        shuffled = [*rows, *chance.sample(rows, 4)]
        chance.shuffle(shuffled)
        part = chance.randrange(1, len(shuffled))
        first = paper.take(*shuffled[:part])
        done = paper.take(*rows, *shuffled)
        assert _cases(paper) == wanted
        paper.suite.run(UndoImport(kind=KIND, run=first.result["run"]), paper.admin)


def test_a_section_takes_its_ledger_back_by_its_own_login(
    login_suite: Callable[..., Suite], tmp_path: Path
) -> None:
    clerk = login_suite("core.section_staff", profession="appraisal")
    me = clerk.actor()
    body = {"name": BODY, "main_no": "130100123", "district_code": "130102"}
    make(clerk, me, "appraisal.appraisal_institution", body)
    desk = Ledgers.__new__(Ledgers)
    desk.suite, desk.folder, desk.admin = clerk, tmp_path, me
    done = desk.take(CLOSED, {**OPEN, "承办人": None})
    _closed, running = desk.rows(Case)
    clerk.run(RemarkCase(case_id=running.id, note="来电催办"), me)
    # What is no opening stock, and what was done since, no login takes out.
    with pytest.raises(ProgrammingError, match="随新增它的导入"), writing(clerk.engine) as connection:
        connection.execute(text(f"DELETE FROM core_case_event WHERE case_id = {running.id}"))
    undone = clerk.run(UndoImport(kind=KIND, run=done.result["run"]), me)
    assert (undone.result["removed"], len(undone.result["left"])) == (1, 1)
    another = clerk.run(_another(desk, desk.rows(CaseParty)[0].subject_id), me).result["case_id"]
    with pytest.raises(ProgrammingError, match="随导入新增"), writing(clerk.engine) as connection:
        connection.execute(
            text(
                "INSERT INTO core_import_case (case_id, run_id, sheet, row, profession, district_code) "
                f"VALUES ({another}, {done.result['run']}, 'x', 1, 'appraisal', '130102')"
            )
        )


def test_cases_leave_masked_and_traced_and_come_back_as_the_same(paper: Ledgers) -> None:
    paper.take(CLOSED, OPEN)
    suite, sheet = paper.suite, case_sheets(paper.suite.catalog)[KIND]
    path, keys = paper.folder / "导出.xlsx", export_columns(sheet)
    with suite.reading() as session:
        rows = export_file(
            path,
            LogExport(kind=KIND, columns=tuple(keys), reason="年度检查"),
            paper.admin,
            run=suite.run,
            content=sheet.list_title,
            write=lambda place, basis: export_cases(
                session, paper.admin, suite.catalog, sheet, CaseQuery(kind=KIND), keys, place,
                progress=lambda *_: None, basis=basis,
            ),
        )  # fmt: skip
    with suite.reading() as session:
        (entry,) = session.scalars(select(AuditEntry).where(AuditEntry.action == "E"))
        assert (rows, entry.table_name, entry.row_key) == (2, "core_case", KIND)
    page = load_workbook(path).worksheets[0]
    cells = {str(cell) for row in page.values for cell in row if cell is not None}
    assert {"李某某", "投诉人反映鉴定时只有一名鉴定人到场", BODY, "韩雪"} <= cells
    assert not any("李建国" in cell or "13912346612" in cell for cell in cells)
    again = suite.preview(ImportRequest(kind=KIND, path=path), paper.admin)
    assert again.counts["same"] == 2
    write_template(suite.catalog, sheet, paper.folder / "模板.xlsx", ["长安区"])
    with pytest.raises(FileRefused) as empty:
        suite.preview(ImportRequest(kind="lawyers.lawyer", path=path), paper.admin)
    assert empty.value.code == "wrong_template"


def _sheet(ledgers: Ledgers, values: dict[str, Any]) -> Path:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(list(values))
    page.append(list(values.values()))
    path = ledgers.folder / "台账.xlsx"
    book.save(path)
    return path


def test_a_restricted_ledger_is_for_its_keepers(ledgers: Ledgers) -> None:
    suite, kind = ledgers.suite, "appraisal.interference"
    suite.run(
        GrantRole(login="hanxue", role="appraisal.interference_keeper", profession="appraisal"), ledgers.admin
    )
    sheet, keeper = case_sheets(suite.catalog)[kind], suite.actor("hanxue")
    said = {
        NUMBER: "鉴干1", OPENED: "2026-01-05", STATE: "已记录", "institution": BODY,
        "happened_on": "2026-01-04", "interferer_unit": "某公司", "means": "说情、打招呼",
        "course": "来电说情",
        "keeper": "钱明", "interferer": "张某",
    }  # fmt: skip
    path = _sheet(ledgers, {sheet.by_key[key].title: value for key, value in said.items()})
    request = ImportRequest(kind=kind, path=path)
    assert ("out_of_scope", "institution") in codes(suite.preview(request, ledgers.admin))
    assert sheet not in importable_kinds(ledgers.admin, suite.catalog)
    suite.run(accept(suite.preview(request, keeper)), keeper)
    assert {row.profession for table in (Case, CaseParty, CaseEvent) for row in ledgers.rows(table)} == {kind}


def test_a_running_case_beyond_the_leaders_signature_is_his_to_bring_in(paper: Ledgers) -> None:
    suite, kind = paper.suite, "appraisal.penalty"
    sheet = case_sheets(suite.catalog)[kind]
    said = {
        NUMBER: "石司鉴罚1", OPENED: "2026-01-05", STATE: "待送达", "respondent": BODY,
        f"{DAY}DecidePenalty": "2026-03-02",
    }  # fmt: skip
    path = _sheet(paper, {sheet.by_key[key].title: value for key, value in said.items()})
    request = ImportRequest(kind=kind, path=path)
    assert ("stock.unsigned", STATE) in codes(suite.preview(request, suite.actor("hanxue")))
    assert ("stock.unsigned", STATE) not in codes(suite.preview(request, paper.admin))


def test_a_clock_on_a_condition_runs_where_it_holds(paper: Ledgers) -> None:
    catalog = paper.suite.catalog
    graph = Graph(lifecycle=catalog.lifecycle_of(catalog.case_kinds["appraisal.penalty"]))
    with paper.suite.reading() as session:
        by = Counting(
            limits=catalog.limits,
            parameters=parameters_on(session, catalog, paper.suite.today),
            calendar=work_calendar(session),
        )
    day = dt.date(2026, 3, 2)
    for holds in (True, False):
        told = Told(
            state="served", opened=day, closed=None, complainant=False,
            holds=lambda _key, _on, answer=holds: answer,
            days={"FilePenalty": day, "DecidePenalty": day, "ServePenalty": day},
        )  # fmt: skip
        past = past_of(graph, told, paper.suite.today, by)
        assert past.sound
        assert ("core.penalty.pay" in {row.limit_key for row in past.clocks}) is holds
