"""Reports from frozen numbers: made again byte for byte, handed in once, corrected by naming each row."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, replace
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from sqlalchemy import select

from suite.bootstrap import SHANGHAI, Suite
from suite.contract.commands import Actor, Command, Scope
from suite.contract.problems import Refused
from suite.kernel.indicators.board import Question
from suite.kernel.indicators.commands import RecordFigure
from suite.kernel.indicators.declarations import POPULATION
from suite.kernel.indicators.differing import difference, judged_on
from suite.kernel.indicators.queries import indicator_board
from suite.kernel.indicators.rules import State
from suite.kernel.indicators.snapshots import TakeSnapshot, frozen_now, read_snapshot
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.kernel.reports.commands import CorrectReport, MakeReport, SubmitReport
from suite.kernel.reports.content import ReportContent, judged_anew, paragraphs_of
from suite.kernel.reports.correcting import TouchedReports, touched_reports
from suite.kernel.reports.periods import last_quarter
from suite.kernel.reports.queries import handed_in, report_files, report_named, reports
from suite.kernel.reports.said import Against, against
from suite.kernel.returns.reviewing import CorrectReturn
from suite.kernel.returns.submitting import ReturnGiven, SubmitReturns
from suite.tables import District, Notice
from suite.testing.factories import a_firm, a_lawyer, make

LAWYERS, FIRMS = "lawyers.lawyer", "lawyers.law_firm"
BEGIN = dt.date(2020, 1, 1)
NOTHING = TouchedReports(found=(), unseen=())


def populate(suite: Suite, admin: Actor) -> list[int]:
    firms = make(suite, admin, FIRMS, a_firm(1), on=BEGIN)
    lawyers = make(suite, admin, LAWYERS, *(a_lawyer(n, body_id=firms[0]) for n in range(4)), on=BEGIN)
    figure = RecordFigure(series=POPULATION.series, period="2025", value=Decimal("1123.5"), source="公报")
    suite.run(figure, admin)
    return lawyers


def cancel(suite: Suite, admin: Actor, lawyer: int, day: dt.date) -> None:
    row = RowEdit(values={"status": "cancelled"}, subject_id=lawyer)
    suite.run(SaveRecords(kind=LAWYERS, rows=(row,), effective_on=day), admin)


def words_of(paper: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in Document(BytesIO(paper)).paragraphs)


def refused(suite: Suite, admin: Actor, command: Command) -> str:
    with pytest.raises(Refused) as found:
        suite.run(command, admin)
    return found.value.problems[0].code


@pytest.mark.sqlite_first
def test_a_report_is_made_again_and_corrected(suite_: Suite, admin: Actor) -> None:
    lawyers = populate(suite_, admin)
    assert refused(suite_, admin, MakeReport(period="2026年")) == "report.period"
    assert refused(suite_, admin, MakeReport(period="2027-Q1")) == "report.future"
    suite_.run(MakeReport(period="2026-Q2"), admin)
    done = suite_.run(MakeReport(period="2026-Q3"), admin)
    report = done.result["report"]
    assert refused(suite_, admin, MakeReport(period="2026-Q1", snapshot_id=done.result["snapshot"])) == (
        "report.snapshot"
    )
    assert refused(suite_, admin, CorrectReport(report_id=report)) == "report.open"
    with suite_.reading() as session:
        files = report_files(session, admin, suite_.catalog, report)
        listed = reports(session)
        assert report_named(session, "2026-Q3").id == report
    assert files.same
    assert [line.period for line in listed] == ["2026-Q3", "2026-Q2"]
    text = words_of(files.paper)
    assert "截至2026年9月30日" in text
    assert "每万人拥有律师数" in text
    # As GB/T 9704 has what goes upward: number and who signs left open, 附件说明, 特此报告; switches apart.
    lines = text.splitlines()
    assert lines[2] == "　　〔2026〕　　号\t签发人：　　　"
    assert lines[lines.index("特此报告。") :][2:5] == [
        "附件：1．主要指标完成情况", "2．取数说明", "3．统计口径"
    ]  # fmt: skip
    assert "全市合计含辛集市" not in text
    # Zones are no counties: of 22 and 2 all but one have no lawyer.
    assert "（4），21个县（市、区）、2个功能区为0" in text
    tables = Document(BytesIO(files.paper)).tables
    assert [table.rows[0].cells[0].text for table in tables][-1] == "统计口径"
    assert ["全市合计含辛集市", "是", "全部"] in [
        [cell.text for cell in row.cells] for row in tables[-1].rows
    ]
    book = load_workbook(BytesIO(files.workbook))
    assert book.sheetnames == ["指标总表", "图表", "各县（市、区）", "与上期比较", "口径说明", "数据依据"]
    charts = {sheet.title: len(sheet._charts) for sheet in book.worksheets if sheet._charts}
    assert charts.keys() == {"图表"}, "a chart beside a table presses it together on paper"
    assert charts["图表"] >= 3
    basis = {row[0].value: str(row[1].value) for row in book["数据依据"].iter_rows(min_row=5)}
    with suite_.reading() as session:
        at = read_snapshot(session, admin, suite_.catalog, done.result["snapshot"]).line.at
    assert basis["冻结时间"] == f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}"
    # Made by a later program: what is said of it is what is otherwise.
    workbook, paper = files.digests
    of_words = files.words_digests[1]
    assert against(files.paper, paper, of_words) is Against.SAME
    assert against(files.paper, "", of_words) is Against.SET_ANEW
    assert against(files.paper, "", None) is Against.NOT_KNOWN
    document = Document(BytesIO(files.paper))
    document.paragraphs[-1].alignment = 1
    out = BytesIO()
    document.save(out)
    assert against(out.getvalue(), paper, of_words) is Against.SET_ANEW
    document.paragraphs[-1].runs[0].text = "另一种说法"
    document.save(out := BytesIO())
    assert against(out.getvalue(), paper, of_words) is Against.WORDED_ANEW
    assert against(files.workbook, workbook, None) is Against.SAME
    # Handed in, once.
    sent = SubmitReport(report_id=report, submitted_on=suite_.today, document_no="石司〔2026〕88号")
    suite_.run(sent, admin)
    assert refused(suite_, admin, sent) == "report.submitted"
    # Of a period one report is handed in, whatever is made besides.
    assert "报送" not in done.text
    besides = suite_.run(MakeReport(period="2026-Q3", snapshot_id=done.result["snapshot"]), admin)
    assert f"2026年第三季度季报已于 {suite_.today} 以石司〔2026〕88号报送" in besides.text
    assert "更正说明" in besides.text
    for period in ("2026-Q2", "2026-09", "2026"):
        with suite_.reading() as session:
            assert handed_in(reports(session), period) == ""
    second = SubmitReport(
        report_id=besides.result["report"], submitted_on=suite_.today, document_no="石司〔2026〕89号"
    )
    assert refused(suite_, admin, second) == "report.period_submitted"
    assert refused(suite_, admin, CorrectReport(report_id=report)) == "report.right"
    # What happened since is no correction; what is recorded late is, and each row is named.
    cancel(suite_, admin, lawyers[0], dt.date(2026, 10, 5))
    with suite_.reading() as session:
        assert touched_reports(session, admin, suite_.catalog, today=suite_.today) == NOTHING
    cancel(suite_, admin, lawyers[1], dt.date(2026, 9, 1))
    with suite_.reading() as session:
        asked = session, admin, suite_.catalog
        touched = touched_reports(*asked, today=suite_.today).found
        assert touched_reports(*asked, today=suite_.today, subject_id=lawyers[2]) == NOTHING
        assert len(touched_reports(*asked, today=suite_.today, subject_id=lawyers[1]).found) == 1
        again = report_files(session, admin, suite_.catalog, report)
    assert [item.report_id for item in touched] == [report]
    here = Scope(districts=frozenset(("130102",)))
    county = replace(admin, granted=tuple(replace(one, scope=here) for one in admin.granted))
    with suite_.reading() as session:
        # Who sees a part would take what he does not see for corrections: he is told that he cannot know.
        judged = touched_reports(session, county, suite_.catalog, today=suite_.today)
    assert (judged.found, judged.unseen) == ((), (listed[0].title,))
    assert listed[0].title in judged.unseen_words
    assert refused(suite_, county, CorrectReport(report_id=report)) == "report.scope"
    assert {row.id for change in touched[0].changes for row in change.rows} == {lawyers[1]}
    assert again == files
    corrected = suite_.run(CorrectReport(report_id=report), admin).result["report"]
    twice = suite_.run(CorrectReport(report_id=report), admin).result["report"]
    with suite_.reading() as session:
        paper = words_of(report_files(session, admin, suite_.catalog, corrected).paper)
    name = a_lawyer(1)["name"]
    assert "石司〔2026〕88号" in paper
    assert name in paper
    assert "补记" in paper
    # Once the correction is handed in, it stands in the report's place.
    suite_.run(
        SubmitReport(report_id=corrected, submitted_on=suite_.today, document_no="石司〔2026〕95号"), admin
    )
    with suite_.reading() as session:
        assert touched_reports(session, admin, suite_.catalog, today=suite_.today) == NOTHING
    # The same change is told once: what is corrected from now on is the correction.
    again_sent = SubmitReport(report_id=twice, submitted_on=suite_.today, document_no="石司〔2026〕96号")
    assert refused(suite_, admin, again_sent) == "report.corrected"
    assert refused(suite_, admin, CorrectReport(report_id=report)) == "report.corrected"
    assert refused(suite_, admin, CorrectReport(report_id=corrected)) == "report.right"


def test_a_correction_tells_a_change_that_rounding_hides_and_why_a_return_was_corrected(
    suite_on_sqlite: Suite, admin: Actor
) -> None:
    suite = suite_on_sqlite
    populate(suite, admin)
    with suite.reading() as session:
        districts = list(session.scalars(select(District.code)))
    numbers = dict.fromkeys(
        ("legal_aid_help", "suspects_without", "suspects_helped", "defendants", "defendants_defended"), 5
    )
    values = {f"core.{key}": Decimal(value) for key, value in numbers.items()}
    values |= {"core.legal_aid_cases": Decimal(100), "core.defence_notices": Decimal(4500)}
    values["core.defence_assigned"] = Decimal(4499)
    for month in range(1, 10):
        rows = tuple(ReturnGiven(district=code, values=values) for code in districts)
        submitted = SubmitReturns(form="core.legal_aid", period=f"2026-{month:02d}", rows=rows)
        kept = suite.run(submitted, admin).result["returns"]
    report = suite.run(MakeReport(period="2026-Q3"), admin).result["report"]
    suite.run(SubmitReport(report_id=report, submitted_on=suite.today, document_no="石司〔2026〕88号"), admin)
    one = next(row for row in kept if row["who"] == "130102")
    suite.run(
        CorrectReturn(
            form="core.legal_aid", return_id=one["id"], expected_version=one["version"],
            values={"core.defence_assigned": Decimal(4498)}, reason="多计一件",
        ),
        admin,
    )  # fmt: skip
    made = suite.run(CorrectReport(report_id=report), admin).result["report"]
    with suite.reading() as session:
        files = report_files(session, admin, suite.catalog, made)
        original = report_files(session, admin, suite.catalog, report)
    paper = words_of(files.paper)
    assert "通知辩护法律援助案件指派率" in paper
    (line,) = [text for text in paper.splitlines() if text.startswith("原报")]
    before, after = line.removeprefix("原报").removesuffix("。").split("，更正为")
    assert before != after, "99.98% is what both round to"
    assert f"{suite.today} 更正：多计一件" in paper
    # The plan's contradiction is told in the text's annex and in the workbook.
    tables = Document(BytesIO(original.paper)).tables
    said = [cell.text for table in tables for row in table.rows for cell in row.cells]
    assert sum("不能同时成立" in words for words in said) == 2
    page = load_workbook(BytesIO(original.workbook))["口径说明"]
    noted = [row[1].value for row in page.iter_rows(min_row=5) if "不能同时成立" in str(row[7].value)]
    assert len(noted) == 2


def test_a_limit_that_passes_after_a_report_was_handed_in_corrects_nothing(
    suite_on_sqlite: Suite, admin: Actor
) -> None:
    suite = suite_on_sqlite
    populate(suite, admin)
    with suite.reading() as session:
        districts = list(session.scalars(select(District.code)))
    form = suite.catalog.forms["core.legal_aid"]
    values = {cell.series: Decimal(5) for cell in form.cells if not cell.computed}
    given = [ReturnGiven(district=code, values=values) for code in districts]

    def hand_in(month: int, rows: list[ReturnGiven]) -> list[dict[str, Any]]:
        submitted = SubmitReturns(form=form.key, period=f"2026-{month:02d}", rows=tuple(rows))
        return list(suite.run(submitted, admin).result["returns"])

    def touched() -> set[str]:
        with suite.reading() as session:
            found = touched_reports(session, admin, suite.catalog, today=suite.today).found
            by_hand = difference(session, admin, suite.catalog, snapshot, today=suite.today).changes
        assert {change.key for change in by_hand} == {one.key for item in found for one in item.changes}
        return {row.name for item in found for one in item.changes for row in one.rows}

    for month in range(1, 10):
        kept = hand_in(month, given)
    suite.today_override = dt.date(2026, 11, 2)
    made = suite.run(MakeReport(period="2026-10"), admin).result
    report, snapshot = made["report"], made["snapshot"]
    suite.run(SubmitReport(report_id=report, submitted_on=suite.today, document_no="石司〔2026〕90号"), admin)
    assert touched() == set()
    # The limit of October passes, nobody has handed in: overdue, which the desk tells, and no correction.
    suite.today_override = dt.date(2026, 12, 20)
    with suite.reading() as session:
        question = Question(as_of=dt.date(2026, 10, 31), numbers=("18",), today=suite.today)
        assert indicator_board(session, admin, suite.catalog, question).values[0].whole.value is None
    assert touched() == set()
    assert refused(suite, admin, CorrectReport(report_id=report)) == "report.right"
    # What one county corrects is told with nothing besides, in the text as in what is frozen for it.
    one = next(row for row in kept if row["who"] == "130102")
    corrected = CorrectReturn(
        form=form.key, return_id=one["id"], expected_version=one["version"],
        values={"core.legal_aid_cases": Decimal(6)}, reason="漏计一件",
    )  # fmt: skip
    suite.run(corrected, admin)
    assert touched() == {"长安区 2026-09"}
    again = suite.run(CorrectReport(report_id=report), admin).result
    with suite.reading() as session:
        paper = words_of(report_files(session, admin, suite.catalog, again["report"]).paper)
        frozen = read_snapshot(session, admin, suite.catalog, again["snapshot"]).frozen
    assert "改用新数" not in paper
    # Which figure, of which period, in its unit; what moved of a ratio; a title within a title.
    assert (
        "（1）数字更正：长安区2026年9月受理法律援助案件，由“5 件，法律援助月报（长安区）”"
        "改为“6 件，法律援助月报（长安区）”。" in paper
    )
    assert "；分子由" in paper
    assert "报送的《关于公共法律服务体系建设2026年10月指标完成情况的报告》，因" in paper
    suite.run(
        SubmitReport(report_id=again["report"], submitted_on=suite.today, document_no="石司〔2026〕99号"),
        admin,
    )
    corrected = replace(
        corrected, expected_version=one["version"] + 1, values={"core.legal_aid_cases": Decimal(7)}
    )
    suite.run(corrected, admin)
    third = suite.run(CorrectReport(report_id=again["report"]), admin).result
    assert third["title"] == (
        "关于更正《关于更正〈关于公共法律服务体系建设2026年10月指标完成情况的报告〉的说明》的说明"
    )
    assert frozen.by_key["core.defence_assigned_share"].whole.value is not None
    # The day by which it was judged is told; one of before has that of its freezing, today at the latest.
    with suite.reading() as session:
        again_files = report_files(session, admin, suite.catalog, again["report"])
        read = read_snapshot(session, admin, suite.catalog, again["snapshot"])
    later = suite.run(TakeSnapshot(name="后来", as_of=dt.date(2026, 10, 31)), admin).result["snapshot"]
    with suite.reading() as session:
        two = difference(
            session, admin, suite.catalog, again["snapshot"], today=suite.today, other_id=int(later)
        )
    basis = load_workbook(BytesIO(again_files.workbook))["数据依据"]
    assert ["填报逾期判断至", "2026-11-02"] in [[cell.value for cell in row[:2]] for row in basis.iter_rows()]
    assert two.notes == (
        "填报是否逾期，前者按 2026-11-02 判断，后者按 2026-12-20 判断，逾期未报的数因此不同",
    )
    older = replace(read, frozen=replace(read.frozen, judged_on=None))
    assert judged_on(older, dt.date(2026, 11, 5)) <= dt.date(2026, 11, 5)
    # By which day returns are overdue is chosen by nobody who freezes.
    assert frozen.judged_on == dt.date(2026, 11, 2)
    assert "judged_on" not in {item.name for item in fields(TakeSnapshot)}


def test_a_corrected_return_names_the_reports_that_told_it(suite_on_sqlite: Suite, admin: Actor) -> None:
    suite = suite_on_sqlite
    populate(suite, admin)
    form, series = "core.population", POPULATION.series
    given = ReturnGiven(district="130102", values={series: Decimal("99.5")})
    one = suite.run(SubmitReturns(form=form, period="2025", rows=(given,)), admin).result["returns"][0]

    def correct(value: str, version: int, actor: Actor = admin) -> list[int]:
        command = CorrectReturn(
            form=form,
            return_id=one["id"],
            expected_version=version,
            values={series: Decimal(value)},
            reason="公报更正",
        )
        return [report["id"] for report in suite.run(command, actor).result["reports"]]

    open_still = suite.run(MakeReport(period="2026-Q2"), admin).result["report"]
    assert correct("99.6", one["version"]) == [], "a report that was not handed in is made anew"
    sent = SubmitReport(report_id=open_still, submitted_on=suite.today, document_no="石司〔2026〕88号")
    suite.run(sent, admin)
    assert correct("99.7", one["version"] + 1) == [open_still]
    # A county reads neither the city's numbers nor those of the whole, and yet the bureau is told.
    here = Scope(districts=frozenset(("130102",)))
    county = replace(admin, granted=tuple(replace(item, scope=here) for item in admin.granted))
    assert correct("99.8", one["version"] + 2, county) == [open_still]
    with suite.reading() as session:
        notices = session.execute(
            select(Notice.about, Notice.settled_at).where(Notice.kind == "core.report_touched")
        ).all()
    assert [tuple(row) for row in notices] == 2 * [(f"core.report:{open_still}", None)]


def test_the_quarter_that_ended_last_is_what_is_reported_next() -> None:
    days = {dt.date(2026, 1, 1): "2025-Q4", dt.date(2026, 3, 31): "2025-Q4", dt.date(2026, 4, 1): "2026-Q1"}
    assert {day: last_quarter(day) for day in days} == days


def test_a_report_says_the_pace_and_a_correction_that_it_was_judged_without(
    suite_on_sqlite: Suite, admin: Actor
) -> None:
    suite = suite_on_sqlite
    populate(suite, admin)
    cases = RecordFigure(series="core.legal_aid_cases", period="2026-01", value=Decimal(1_100), source="月报")
    suite.run(cases, admin)
    with suite.reading() as session:
        frozen = frozen_now(
            session, admin, suite.catalog, dt.date(2026, 2, 10), ("16",), today=dt.date(2026, 2, 10)
        )
    content = ReportContent(
        title="", organ="", recipient="", number="", day=suite.today, frozen=frozen, former=None, basis=()
    )
    (value,) = frozen.values
    assert value.state is State.ON_TRACK
    behind = replace(value, state=State.BEHIND)
    said = "".join(paragraphs_of(replace(content, frozen=replace(frozen, values=(behind,)))))
    assert "目标≥110，按时间进度应达到9.17件/十万人，未达标" in said
    whole = replace(value.whole, numerator=1_099)
    before = replace(frozen, values=(replace(behind, pace=None, whole=whole),))
    assert judged_anew(frozen, before) == (
        f"{value.title}原报按全年的目标判断为未达标，附件按时间进度判断为按进度。",
    )
    assert judged_anew(frozen, replace(frozen, values=(replace(behind, whole=whole),))) == ()


def test_which_districts_are_zones_is_frozen_with_the_numbers(
    suite_on_sqlite: Suite, admin: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    suite = suite_on_sqlite
    populate(suite, admin)
    made = suite.run(MakeReport(period="2026-Q3"), admin).result
    # What the districts become later changes nothing of it.
    monkeypatch.setattr("suite.kernel.reports.making._zones", lambda session: frozenset())
    with suite.reading() as session:
        assert read_snapshot(session, admin, suite.catalog, made["snapshot"]).frozen.zones == {
            "130171",
            "130172",
        }
        assert report_files(session, admin, suite.catalog, made["report"]).same
