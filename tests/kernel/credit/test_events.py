"""What happens to credit and 双公示 as a penalty goes on: written, published, withdrawn, repaired."""

from __future__ import annotations

import datetime as dt
import hashlib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import select

from suite.bootstrap import Suite
from suite.contract.problems import Refused
from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.kernel.casework.derive import step
from suite.kernel.clocks.commands import CorrectCalendarDay
from suite.kernel.credit.commands import EndDisplays, EnterCreditRecord, TakeCreditStep, ViewCreditFile
from suite.kernel.credit.listing import CreditQuery, credit_lines
from suite.kernel.credit.publicity.columns import BY_CODE, Form
from suite.kernel.credit.publicity.commands import (
    ConfirmPublicity,
    FillPublicity,
    Rejection,
    RejectPublicity,
    ReportPublicity,
    RetractPublicity,
    TakePublicityStock,
)
from suite.kernel.credit.publicity.listing import PublicityQuery, publicity_lines
from suite.kernel.credit.publicity.queries import publicity_rates
from suite.kernel.credit.publicity.rules import SENDABLE
from suite.kernel.credit.queries import credit_detail, credit_file
from suite.kernel.exchange.publicity_files import (
    SHEETS,
    columns_of,
    read_rejections,
    read_stock,
    rejections_from,
    report_into,
    write_tables,
)
from suite.tables import AuditEntry, CaseClock, CreditEvent, CreditRecord, PublicitySend
from suite.testing.factories import make, resident_number, uscc
from tests.kernel.credit.credit_house import House

pytestmark = pytest.mark.sqlite_first

DECIDED = dt.date(2026, 6, 10)


def refused(suite: Suite, command: Any, actor: Any = None) -> frozenset[str]:
    with pytest.raises(Refused) as told:
        suite.run(command, actor or suite.actor())
    assert all(not problem.text.isascii() for problem in told.value.problems)
    return told.value.codes


@pytest.fixture
def house(suite_: Suite) -> House:
    return House(suite_)


def test_a_penalty_writes_its_record_and_its_clock_and_takes_both_back(house: House) -> None:
    case_id = house.decided()
    (line,) = house.lines()
    # Decided on a Wednesday; the seventh working day after it, 端午 (19 June) between.
    assert (line.state.key, line.due, line.late) == ("late", dt.date(2026, 6, 22), True)
    assert line.left is not None
    assert line.left < 0
    assert house.records() == []
    house.in_force(case_id)
    (record,) = house.records()
    assert (record.subject_id, record.grade, record.state.key) == (house.lawyer, "一般", "disclosed")
    assert (record.decided_on, record.display_until) == (DECIDED, dt.date(2027, 6, 9))
    house.take(case_id, "PublishPenalty", on=dt.date(2026, 6, 12))
    (line,) = house.lines()
    assert (line.state.key, line.published_on, line.late) == ("published", dt.date(2026, 6, 12), False)
    house.take(case_id, "AnnulPenalty", on=dt.date(2026, 11, 20))
    (line,), (record,) = house.lines(), house.records()
    assert (line.state.key, line.due) == ("withdrawing", dt.date(2026, 11, 25))
    assert record.state.key == "reversed"
    house.suite.run(RetractPublicity(decisions=(line.id,), reason="决定被撤销"), house.clerk)
    assert house.lines()[0].state.key == "withdrawn"
    with house.suite.reading() as session:
        clock = session.scalars(select(CaseClock).where(CaseClock.limit_key == "core.penalty.withdraw")).one()
        assert clock.stopped == house.suite.today
        acts = session.scalars(select(CreditEvent.act).order_by(CreditEvent.id)).all()
        assert acts == ["记入", "撤销"]


def test_what_was_never_published_is_not_withdrawn(house: House) -> None:
    case_id = house.decided()
    house.take(case_id, "AnnulPenalty", on=dt.date(2026, 6, 15))
    assert [line.state.key for line in house.lines()] == ["dropped"]
    with pytest.raises(Refused) as told:
        house.take(case_id, "WithdrawPublicity")
    assert told.value.codes == {"core.penalty.to_withdraw"}


def test_a_day_off_moves_what_is_not_reported_yet(house: House) -> None:
    house.decided()
    house.suite.run(CorrectCalendarDay(day=dt.date(2026, 6, 16), working=False, source="通知"), house.clerk)
    assert [line.due for line in house.lines()] == [dt.date(2026, 6, 23)]


def test_without_its_file_nothing_counts_as_reported(house: House, tmp_path: Path) -> None:
    house.decided()
    (line,) = house.lines()
    path = tmp_path / "不存在" / "报送.xlsx"
    command = ReportPublicity(decisions=(line.id,), file_name=path.name, reason="报平台")
    with pytest.raises(Refused) as told:
        house.suite.run(command, house.clerk, deliver=report_into(path, command.reason))
    assert told.value.codes == {"file.write"}
    assert house.lines() == [line]
    path.parent.mkdir()
    house.suite.run(command, house.clerk, deliver=report_into(path, command.reason))
    assert [item.state.key for item in house.lines()] == ["reported"]
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    with house.suite.reading() as session:
        (entry,) = session.scalars(select(AuditEntry.after).where(AuditEntry.action == "E"))
    assert digest in str(entry)


def test_reporting_checks_sends_comes_back_and_is_confirmed(house: House, tmp_path: Path) -> None:
    case_id = house.decided()
    bare = house.subject("lawyers.lawyer", name="李国华", main_no="11301201210000021")
    house.decided(bare)
    good, faulty = sorted(house.lines(), key=lambda line: line.name != "王志强")
    assert {item.code for item in house.file(faulty.id).problems} == {"publicity.required"}
    whole = ReportPublicity(decisions=(good.id, faulty.id), file_name="a.xlsx", reason="报平台")
    assert "publicity.required" in refused(house.suite, whole)
    online = ConfirmPublicity(decisions=(faulty.id,), channel="信用中国", on=house.suite.today)
    assert refused(house.suite, online) == {"publicity.required"}
    # One number of one organ twice in a batch is told too.
    same = FillPublicity(
        decision=faulty.id, expected_version=faulty.version, values={"CF_WSH": good.document_no}
    )
    house.suite.run(same, house.clerk)
    assert "publicity.duplicate" in refused(house.suite, whole)
    assert {line.state.key for line in house.lines()} == {"late"}
    done = house.report(good.id)
    path = tmp_path / "报送.xlsx"
    assert write_tables(path, done.result["tables"]) == 1
    book = load_workbook(path)
    assert book.sheetnames == [SHEETS["penalty_person"]]
    rows = list(book.worksheets[0].values)
    cells = dict(zip(rows[1], rows[2], strict=True))
    assert rows[0] == tuple(column.title for column in columns_of("penalty_person"))
    assert (cells["CF_XDR_ZJHM"], cells["CF_NR_FK"]) == (resident_number(1), "0.8")
    assert cells["CF_CFLB"] == "罚款；限制从业"
    # What went out passes the check by itself.
    assert all(not cell.problems for cell in house.file(good.id).cells)
    # The platform sends it back; what is not ours is told.
    answer = Workbook()
    answer.active.append(["序号", "行政处罚决定书文号", "行政相对人名称", "错误字段", "退回原因"])
    answer.active.append([1, good.document_no, "王志强", "违法事实", "过于简略"])
    answer.active.append([2, "石司罚决字〔2020〕99号", "某人", "", "重复"])
    back = tmp_path / "反馈.xlsx"
    answer.save(back)
    assert [item.place for item in read_rejections(back)] == ["违法事实", ""]
    told = house.suite.run(rejections_from(back), house.clerk)
    assert (told.result["rejected"], told.result["strange"]) == ([good.id], 1)
    (line,) = house.lines("rejected")
    assert line.rejection == "违法事实：过于简略"
    fill = FillPublicity(decision=line.id, expected_version=line.version, values={"CF_SY": "私自收费 1 万元"})
    house.suite.run(fill, house.clerk)
    assert refused(house.suite, fill) == {"publicity.stale"}
    # What is sent twice before the platform answers is one sending; the old file sends nothing back again.
    house.report(good.id)
    house.report(good.id)
    assert refused(house.suite, rejections_from(back)) == {"publicity.answered", "publicity.strange"}
    assert [item.id for item in house.lines("reported")] == [good.id]
    house.suite.run(
        ConfirmPublicity(decisions=(good.id,), channel="信用中国", on=house.suite.today), house.clerk
    )
    with house.suite.reading() as session:
        outcomes = session.scalars(select(PublicitySend.outcome).order_by(PublicitySend.id)).all()
        assert outcomes == ["rejected", None, "accepted"]
        clock = session.scalars(
            select(CaseClock).where(CaseClock.limit_key == "core.publicity", CaseClock.case_id == case_id)
        ).one()
        assert clock.stopped == house.suite.today
        year = dt.date(2026, 1, 1)
        rates = publicity_rates(
            session, house.clerk, house.suite.catalog, year, house.suite.today, house.suite.today
        )
    assert [(rate.numerator, rate.denominator) for rate in rates] == [(1, 2), (0, 1), (1, 2)]


def test_a_public_copy_shows_no_numbers_and_reports_nothing(house: House) -> None:
    house.decided()
    (line,) = house.lines()
    done = house.report(line.id, masked=True)
    (cells,) = done.result["tables"]["penalty_person"]
    assert "*" in cells["CF_XDR_ZJHM"]
    assert [item.state.key for item in house.lines()] == ["late"]
    shown = {cell.code: cell.value for cell in house.file(line.id).cells}
    assert "*" in shown["CF_XDR_ZJHM"]
    # The number that it is sent by is the one that the platform answers by; taken back, the case's own holds.
    for number in ("石司罚决字〔2026〕77号", ""):
        fill = FillPublicity(
            decision=line.id, expected_version=house.lines()[0].version, values={"CF_WSH": number}
        )
        house.suite.run(fill, house.clerk)
        assert house.lines()[0].document_no == (number or line.document_no)
    # What was taken back stands on no copy.
    house.report(line.id)
    retract = RetractPublicity(decisions=(line.id,), reason="处罚决定被撤销")
    house.suite.run(retract, house.clerk)
    copy = ReportPublicity(decisions=(line.id,), file_name="公示稿.xlsx", reason="网站", masked=True)
    assert refused(house.suite, copy) == {"publicity.state"}


def test_a_public_copy_is_for_people(house: House, tmp_path: Path) -> None:
    house.decided()
    (line,) = house.lines()
    path = tmp_path / "公示稿.xlsx"
    command = ReportPublicity(decisions=(line.id,), file_name=path.name, reason="网站", masked=True)
    house.suite.run(command, house.clerk, deliver=report_into(path, command.reason))
    (page,) = load_workbook(path).worksheets
    heads, cells = list(page.values)
    # A column in which nothing stands and the codes of the exchange are nothing to people.
    assert None not in heads
    assert not {"备注", "数据来源单位", "处罚机关统一社会信用代码"} & set(heads)
    assert len(heads) == len(cells) == sum(value not in (None, "") for value in cells)
    assert "CF_WSH" not in cells
    assert all(cell.alignment.wrap_text for row in page.iter_rows() for cell in row)
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage is True


def test_what_is_shown_no_more_is_withdrawn_from_the_platform(house: House) -> None:
    house.in_force(house.decided())
    (line,) = house.lines()
    house.report(line.id)
    (record,) = house.records("disclosed")
    end = TakeCreditStep(records=(record.id,), step="end", note="依法应当停止公示")
    house.suite.run(end, house.suite.actor("leader"))
    assert [item.state.key for item in house.lines()] == ["withdrawing"]
    # What may be sent by its state is what the command takes.
    assert "withdrawing" not in SENDABLE
    again = ReportPublicity(decisions=(line.id,), file_name="双公示.xlsx", reason="报送")
    assert refused(house.suite, again)


def test_opening_stock_comes_by_the_national_table(house: House, tmp_path: Path) -> None:
    firm = uscc(77)
    make(
        house.suite, house.clerk, "lawyers.law_firm",
        {"name": "河北甲律师事务所", "main_no": firm, "district_code": "130102"},
    )  # fmt: skip
    columns = [column.code for column in columns_of("penalty_body")]
    row = {
        "CF_XDR_MC": "河北甲律师事务所", "CF_XDR_LB": "法人及非法人组织", "CF_XDR_SHXYM": firm,
        "CF_FRDB": "王志强", "CF_WSH": "石司罚决字〔2025〕1号", "CF_WFXW": "疏于管理", "CF_SY": "疏于管理",
        "CF_YJ": "律师法第五十条", "CF_CFLB": "罚款", "CF_NR": "罚款", "CF_NR_FK": 3, "CF_YXQ": "2026-11-08",
        "CF_JDRQ": dt.date(2025, 11, 9), "CF_CFJG": "石家庄市司法局", "CF_CFJGDM": uscc(1),
        "CF_SJLY": "石家庄市司法局", "CF_SJLYDM": uscc(1),
    }  # fmt: skip
    book = Workbook()
    book.active.append([BY_CODE[Form.PENALTY][code].title for code in columns] + ["公示日期"])
    book.active.append([*columns, ""])
    for changed in ({}, {"CF_WSH": "石司罚决字〔2025〕2号", "CF_NR_FK": ""}, {"CF_XDR_SHXYM": uscc(99)}):
        values = row | changed
        book.active.append([values.get(code, "") for code in columns] + ["2025/11/12"])
    path = tmp_path / "期初.xlsx"
    book.save(path)
    command = TakePublicityStock(rows=read_stock(path), channel="信用中国")
    done = house.suite.run(command, house.clerk)
    # The third has the number and name of the first: it is there already.
    assert (done.result["taken"], done.result["same"], done.result["held"]) == (1, 1, 1)
    assert [(item.code, item.row) for item in done.warnings] == [("publicity.required", 4)]
    (line,) = house.lines()
    assert (line.state.key, line.published_on, line.case_id) == ("published", dt.date(2025, 11, 12), None)


def test_disclosure_is_told_disputed_approved_by_another_and_ends(house: House) -> None:
    suite, clerk = house.suite, house.clerk
    done = suite.run(
        EnterCreditRecord(
            kind="lawyers.lawyer", subject_id=house.lawyer, rule="core.credit.other",
            heading="违背承诺", content="承诺的材料没有提交", decided_on=dt.date(2026, 9, 1), organ="本局",
        ),
        clerk,
    )  # fmt: skip
    number = done.result["record"]

    def take(name: str, on: dt.date, note: str = "", actor: Any = None) -> None:
        suite.run(TakeCreditStep(records=(number,), step=name, on=on, note=note), actor or clerk)

    by_hand = EnterCreditRecord(
        kind="lawyers.lawyer", subject_id=house.lawyer, rule="core.credit.penalty", heading="处罚",
        content="无", decided_on=dt.date(2026, 9, 1), organ="市司法局",
    )  # fmt: skip
    assert refused(suite, by_hand) == {"credit.rule"}
    assert refused(suite, TakeCreditStep(records=(number,), step="disclose", note="网站")) == {
        "credit.not_now"
    }
    take("verify", dt.date(2026, 9, 2))
    take("notify", dt.date(2026, 9, 3))
    with suite.reading() as session:
        row = session.get_one(CreditRecord, number)
        assert row.objection_until == dt.date(2026, 9, 17)
    back_dated = TakeCreditStep(records=(number,), step="object", on=dt.date(2026, 9, 2), note="材料已交")
    assert refused(suite, back_dated) == {"credit.not_now"}
    early = TakeCreditStep(records=(number,), step="approve", on=dt.date(2026, 9, 17))
    assert refused(suite, early, suite.actor("leader")) == {"credit.not_now"}
    take("object", dt.date(2026, 9, 10), "材料已交")
    assert refused(suite, TakeCreditStep(records=(number,), step="answer")) == {"required"}
    take("answer", dt.date(2026, 9, 12), "没有收到")
    own = TakeCreditStep(records=(number,), step="approve", on=dt.date(2026, 9, 14))
    assert refused(suite, own) == {"credit.not_now"}
    take("approve", dt.date(2026, 9, 14), actor=suite.actor("leader"))
    take("disclose", dt.date(2026, 9, 15), "局门户网站")
    (line,) = house.records("disclosed")
    assert (line.display_from, line.display_until) == (dt.date(2026, 9, 15), dt.date(2027, 9, 14))
    suite.run(ViewCreditFile(kind="lawyers.lawyer", subject_id=house.lawyer, reason="聘任法律顾问"), clerk)
    with suite.reading() as session:
        detail = credit_detail(session, clerk, suite.catalog, number, suite.today)
        assert [fact.act for fact in detail.facts][:2] == ["查询", "披露"]
        assert [item.id for item in credit_file(session, clerk, suite.catalog, house.lawyer, suite.today)]
        over = credit_detail(session, clerk, suite.catalog, number, dt.date(2027, 9, 15))
        assert (over.line.state.key, over.steps) == ("ended", ())
    assert suite.run(EndDisplays(), clerk).result["ended"] == 0


def test_what_was_not_disclosed_in_its_longest_term_is_closed(house: House) -> None:
    suite, clerk, leader = house.suite, house.clerk, house.suite.actor("leader")
    numbers = []
    for grade in ("minor", "ordinary"):
        entered = EnterCreditRecord(
            kind="lawyers.lawyer", subject_id=house.lawyer, rule="core.credit.other", heading="违背承诺",
            content="承诺的材料没有提交", decided_on=dt.date(2026, 8, 1), organ="本局", grade=grade,
        )  # fmt: skip
        numbers.append(suite.run(entered, clerk).result["record"])
    [late, timely] = numbers

    def act(name: str, number: int, on: dt.date) -> TakeCreditStep:
        return TakeCreditStep(records=(number,), step=name, on=on, note="局门户网站")

    for number in numbers:
        for name, day in (("verify", dt.date(2026, 9, 2)), ("notify", dt.date(2026, 9, 3))):
            suite.run(act(name, number, day), clerk)
    # Too late to object: what was found wrong is corrected, before it is approved and after.
    objected = act("object", timely, dt.date(2026, 10, 20))
    assert refused(suite, objected, clerk) == {"credit.not_now"}
    entered = suite.run(entered, clerk).result["record"]
    for name, day in (("verify", dt.date(2026, 9, 2)), ("notify", dt.date(2026, 9, 3))):
        suite.run(act(name, entered, day), clerk)
    suite.run(act("correct", entered, dt.date(2026, 10, 20)), clerk)
    assert [line.id for line in house.records("corrected")] == [entered]
    suite.run(act("approve", late, dt.date(2026, 10, 20)), leader)
    # The three months of the one ran out on 31 October, after it was approved; the other's year runs.
    over = dt.date(2026, 11, 1)
    assert refused(suite, act("disclose", late, over), clerk) == {"credit.not_now"}
    assert refused(suite, act("lapse", timely, over), clerk) == {"credit.not_now"}
    assert refused(suite, act("lapse", late, dt.date(2026, 10, 31)), clerk) == {"credit.not_now"}
    suite.run(act("lapse", late, over), clerk)
    assert [line.id for line in house.records("ended")] == [late]
    # Nor is one approved once its term is over.
    suite.today_override = dt.date(2027, 8, 1)
    assert refused(suite, act("approve", timely, suite.today), leader) == {"credit.not_now"}
    suite.run(act("lapse", timely, suite.today), clerk)
    with suite.reading() as session:
        assert credit_detail(session, clerk, suite.catalog, timely, suite.today).steps == ()


def test_what_never_went_online_is_owed_after_it_came_back(house: House) -> None:
    house.decided(sanctions=("suspension",), fine=None)
    (line,) = house.lines()
    house.report(line.id)
    back = Rejection(document_no=line.document_no, name=line.name, answer="过于简略")
    house.suite.run(RejectPublicity(rejections=(back,)), house.clerk)
    # The longest display of an ordinary penalty of June 2026 is over.
    house.suite.today_override = dt.date(2027, 7, 1)
    house.report(line.id)
    # It was reported, late; nothing is shown of it any more.
    assert [(item.state.key, item.reported_on is None) for item in house.lines()] == [("expired", False)]


def test_a_file_sends_each_decision_back_once_however_many_follow(house: House) -> None:
    suite, clerk = house.suite, house.clerk
    house.decided()
    (line,) = house.lines()
    ours = Rejection(document_no=line.document_no, name=line.name, answer="过于简略")
    strange = Rejection(document_no="石司罚决字〔2026〕77号", name="", answer="重复")

    def back(digest: str, *rows: Rejection, on: dt.date | None = None) -> RejectPublicity:
        return RejectPublicity(rejections=rows, file_digest=digest * 64, on=on)

    for digest in "ab":
        house.report(line.id)
        suite.run(back(digest, ours, strange), clerk)
    house.report(line.id)
    for digest in "ab":
        assert refused(suite, back(digest, ours)) == {"publicity.answered"}
    yesterday = suite.today - dt.timedelta(days=1)
    assert refused(suite, back("c", ours, on=yesterday)) == {"publicity.answered"}
    assert [item.state.key for item in house.lines()] == ["reported"]
    # What the first file knew by a number that it got later is taken in, and only that.
    other = house.subject(
        "lawyers.lawyer", id_number=resident_number(2), name="李国华", main_no="11301201210000021"
    )
    house.decided(other)
    (new,) = (item for item in house.lines() if item.id != line.id)
    number = FillPublicity(
        decision=new.id, expected_version=new.version, values={"CF_WSH": strange.document_no}
    )
    suite.run(number, clerk)
    house.report(new.id)
    told = suite.run(back("a", ours, strange), clerk)
    assert told.result["rejected"] == [new.id]
    assert {problem.code for problem in told.warnings} == {"publicity.answered"}


def test_a_repair_asks_for_every_condition_and_ends_the_display(house: House) -> None:
    suite, clerk = house.suite, house.clerk
    case_id = house.decided()
    house.in_force(case_id)
    house.take(case_id, "PublishPenalty", on=dt.date(2026, 6, 12))
    (record,) = house.records()
    other = house.subject("lawyers.lawyer", name="李国华", main_no="11301201210000021")

    def apply(subject: int, on: dt.date, **values: Any) -> int:
        command = step(
            suite.catalog, "OpenRepair", kind="lawyers.credit_repair", applicant=(subject,),
            **{"record_id": record.id, "applied_on": on, "on": on} | values,
        )  # fmt: skip
        number: int = suite.run(command, clerk).result["case_id"]
        return number

    def tried(repair: int, name: str, **values: Any) -> frozenset[str]:
        with pytest.raises(Refused) as told:
            house.take(repair, name, **values)
        return told.value.codes

    ready = {
        "performed_on": dt.date(2026, 9, 20), "performance": "罚款已缴清",
        "committed_on": dt.date(2026, 9, 20), "commitment": "承诺书",
    }  # fmt: skip
    day = dt.date(2026, 9, 21)
    repair = apply(house.lawyer, day)
    assert tried(repair, "AcceptRepair", on=day) == {"core.repair.performed", "core.repair.committed"}
    # The fine is not paid.
    assert tried(repair, "AcceptRepair", on=day, **ready) == {"repair.not_now"}
    house.take(case_id, "RecordPayment", paid=Decimal(8_000), on=day)
    # Another's record, and none at all, are not even applied for.
    with pytest.raises(Refused) as told:
        apply(other, day, **ready)
    assert told.value.codes == {"repair.not_now"}
    with pytest.raises(Refused):
        apply(house.lawyer, day, record_id=record.id + 1)
    early = apply(house.lawyer, dt.date(2026, 9, 5), **(ready | {"performed_on": dt.date(2026, 9, 1)}))
    assert tried(early, "AcceptRepair", on=dt.date(2026, 9, 9)) == {"repair.not_now"}
    house.take(repair, "AcceptRepair", on=day, **ready)
    # One application for a record at a time.
    assert tried(early, "AcceptRepair", on=day) == {"repair.not_now"}
    house.take(repair, "AgreeRepair", review_opinion="符合条件", on=day)
    house.take(repair, "GrantRepair", decision_no="石司信修〔2026〕1号", on=day)
    assert [line.state.key for line in house.records()] == ["repaired"]
    assert [line.state.key for line in house.lines()] == ["repaired"]
    house.take(repair, "ConfirmRepairSync", synced_on=day, on=day)
    assert house.state(repair) == "done"
    with suite.reading() as session:
        limits = set(session.scalars(select(CaseClock.limit_key).where(CaseClock.case_id == repair)))
    assert {"core.repair.complete", "core.repair.decide", "core.repair.sync"} == limits


def test_who_reads_only_may_not_keep_and_a_county_sees_its_own(house: House) -> None:
    suite, clerk = house.suite, house.clerk
    case_id = house.decided()
    house.in_force(case_id)
    (line,), (record,) = house.lines(), house.records()
    for login, district in (("here", "130102"), ("there", "130107")):
        suite.run(AddUser(login=login, name=login), clerk)
        suite.run(GrantRole(login=login, role="core.county_bureau", district=district), clerk)
        reader = suite.actor(login)
        with suite.reading() as session:
            found = publicity_lines(session, reader, suite.catalog, PublicityQuery(), suite.today)
            kept = credit_lines(session, reader, suite.catalog, CreditQuery(), suite.today)
        assert (len(found), len(kept)) == ((1, 1) if login == "here" else (0, 0))
        retract = RetractPublicity(decisions=(line.id,), reason="无")
        assert refused(suite, retract, reader) == {"not_permitted"}
        correct = TakeCreditStep(records=(record.id,), step="correct", note="无")
        assert refused(suite, correct, reader) == {"out_of_scope"}
