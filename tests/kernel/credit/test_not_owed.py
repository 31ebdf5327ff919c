"""What 双公示 no longer owes: a record repaired or corrected, a minor penalty, a display that is over."""

from __future__ import annotations

import datetime as dt
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import select

from suite.bootstrap import Suite
from suite.contract.problems import Refused
from suite.database.migrate import rebuilding
from suite.kernel.credit.commands import (
    AcknowledgePlatformFile,
    MakePlatformFile,
    RecountCredit,
    TakeCreditStep,
)
from suite.kernel.credit.publicity.commands import (
    ConfirmPublicity,
    FillPublicity,
    Rejection,
    RejectPublicity,
    ReportPublicity,
    RetractPublicity,
)
from suite.kernel.credit.publicity.queries import publicity_rates
from suite.kernel.parameters.commands import SetParameter
from suite.tables import CaseClock
from suite.testing.factories import uscc
from tests.kernel.credit.credit_house import House

pytestmark = pytest.mark.sqlite_first

FOLDER = Path(__file__).parents[3] / "migrations" / "core"
DECIDED = dt.date(2026, 6, 10)
WARNED = {
    "article": "lawyers.L48",
    "gravity": "ordinary",
    "sanctions": ("warning",),
    "months": None,
    "fine": None,
}


@pytest.fixture
def house(suite_: Suite) -> House:
    return House(suite_)


def refused(house: House, command: Any, actor: Any = None) -> frozenset[str]:
    with pytest.raises(Refused) as told:
        house.suite.run(command, actor or house.clerk)
    return told.value.codes


def sent(*numbers: int, masked: bool = False) -> ReportPublicity:
    return ReportPublicity(decisions=numbers, file_name="报送.xlsx", reason="报平台", masked=masked)


def sent_back(house: House, number: int) -> None:
    house.report(number)
    (line,) = (item for item in house.lines() if item.id == number)
    back = Rejection(document_no=line.document_no, name=line.name, answer="过于简略")
    house.suite.run(RejectPublicity(rejections=(back,)), house.clerk)


def running(house: House, case_id: int) -> set[str]:
    with house.suite.reading() as session:
        rows = session.scalars(
            select(CaseClock.limit_key).where(CaseClock.case_id == case_id, CaseClock.stopped.is_(None))
        )
        return set(rows)


def rates(house: House) -> list[tuple[int, int]]:
    today = house.suite.today
    with house.suite.reading() as session:
        found = publicity_rates(session, house.clerk, house.suite.catalog, dt.date(2026, 1, 1), today, today)
    return [(rate.numerator, rate.denominator) for rate in found]


def ruled(house: House, since: dt.date = dt.date(2026, 1, 1), **values: str) -> None:
    """The bureau rules how minor penalties are treated."""
    for key, value in values.items():
        change = SetParameter(key=f"core.credit.{key}", value=value, valid_from=since, source="本局规定")
        house.suite.run(change, house.clerk)


def migrated(house: House, name: str, *before: str) -> None:
    """A migration runs on what the statements make of the present database."""
    (path,) = FOLDER.glob(f"*_{name}.py")
    spec = spec_from_file_location("migration_under_test", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    with rebuilding(house.suite.engine) as connection:
        for statement in before:
            connection.exec_driver_sql(statement)
        with Operations.context(MigrationContext.configure(connection)):
            module.upgrade()


@pytest.mark.both_engines
@pytest.mark.parametrize("state", ["late", "rejected"])
def test_what_is_repaired_is_not_owed_to_the_platform_any_more(house: House, state: str) -> None:
    case_id = house.decided()
    house.in_force(case_id)
    (line,) = house.lines()
    if state == "rejected":
        sent_back(house, line.id)
    assert [item.state.key for item in house.lines()] == [state]
    house.repaired(case_id)
    (line,) = house.lines()
    assert (line.state.key, line.left) == ("repaired", None)
    assert house.lines("waiting") == []
    assert refused(house, sent(line.id)) == {"publicity.state"}
    assert refused(house, sent(line.id, masked=True)) == {"publicity.state"}
    # Nor does the case wait for it to be online.
    assert "core.publicity" not in running(house, case_id)
    # What was overdue by then stays not reported.
    assert rates(house)[0] == ((1, 1) if state == "rejected" else (0, 1))
    # Annulled later: the platform has nothing that might be withdrawn.
    house.take(case_id, "AnnulPenalty", on=dt.date(2026, 11, 20))
    assert [item.state.key for item in house.lines()] == ["dropped"]


def test_what_was_sent_twice_and_came_back_once_is_withdrawn(house: House) -> None:
    case_id = house.decided()
    house.in_force(case_id)
    (line,) = house.lines()
    house.report(line.id)
    sent_back(house, line.id)
    house.take(case_id, "AnnulPenalty", on=dt.date(2026, 11, 20))
    assert [item.state.key for item in house.lines()] == ["withdrawing"]


def test_what_is_corrected_is_not_reported_any_more(house: House) -> None:
    case_id = house.decided()
    house.in_force(case_id)
    (record,), (line,) = house.records(), house.lines()
    wrong = TakeCreditStep(records=(record.id,), step="correct", on=dt.date(2026, 7, 1), note="认定有误")
    assert "1 条双公示不再报送" in house.suite.run(wrong, house.clerk).text
    assert [item.state.key for item in house.lines()] == ["dropped"]
    assert refused(house, sent(line.id)) == {"publicity.state"}
    assert "core.publicity" not in running(house, case_id)
    assert rates(house)[0] == (0, 1)
    # Annulled later: there is nothing to withdraw, and no clock says so.
    house.take(case_id, "AnnulPenalty", on=dt.date(2026, 11, 20))
    assert [item.state.key for item in house.lines()] == ["dropped"]
    assert running(house, case_id) == set()


def test_what_is_repaired_or_annulled_in_time_counts_to_no_rate(house: House) -> None:
    case_id = house.decided()
    house.take(case_id, "AnnulPenalty", on=dt.date(2026, 6, 22))
    assert [item.state.key for item in house.lines()] == ["dropped"]
    assert rates(house)[0] == (0, 0)


def test_who_only_keeps_records_takes_no_penalty_off_the_list(house: House) -> None:
    case_id = house.decided()
    house.in_force(case_id)
    (record,) = house.records()
    wrong = TakeCreditStep(records=(record.id,), step="correct", on=dt.date(2026, 7, 1), note="摘要写错")
    told = house.suite.run(wrong, house.suite.actor("second")).text
    assert "1 条双公示照旧" in told
    assert "不再报送，" not in told
    assert [item.state.key for item in house.records()] == ["corrected"]
    assert [item.state.key for item in house.lines()] == ["late"]
    assert "core.publicity" in running(house, case_id)
    assert rates(house)[0] == (0, 1)
    house.report(house.lines()[0].id)
    assert rates(house)[0] == (1, 1)


def test_what_came_back_and_was_never_online_is_not_withdrawn(house: House) -> None:
    case_id = house.decided()
    house.in_force(case_id)
    (record,), (line,) = house.records(), house.lines()
    sent_back(house, line.id)
    wrong = TakeCreditStep(records=(record.id,), step="correct", note="认定有误")
    assert "1 条双公示不再报送" in house.suite.run(wrong, house.clerk).text
    assert [item.state.key for item in house.lines()] == ["dropped"]
    assert "core.publicity" not in running(house, case_id)
    assert rates(house)[0] == (1, 1)
    # Annulled later: there is nothing to withdraw either.
    house.take(case_id, "AnnulPenalty", on=dt.date(2026, 11, 20))
    assert [item.state.key for item in house.lines()] == ["dropped"]
    assert running(house, case_id) == set()


def test_a_case_does_not_wait_for_what_is_to_be_withdrawn(house: House) -> None:
    case_id = house.decided()
    house.in_force(case_id)
    (record,), (line,) = house.records(), house.lines()
    house.report(line.id)
    wrong = TakeCreditStep(records=(record.id,), step="correct", note="认定有误")
    assert "1 条双公示待撤回" in house.suite.run(wrong, house.clerk).text
    assert [item.state.key for item in house.lines()] == ["withdrawing"]
    assert "core.publicity" not in running(house, case_id)
    house.suite.run(RetractPublicity(decisions=(line.id,), reason="更正"), house.clerk)
    # Annulled later: it was withdrawn.
    house.take(case_id, "AnnulPenalty", on=house.suite.today)
    assert [item.state.key for item in house.lines()] == ["withdrawn"]
    assert running(house, case_id) == set()


def test_a_minor_penalty_is_reported_and_shown_nowhere(house: House) -> None:
    case_id = house.decided(**WARNED)
    (line,) = house.lines()
    # By the law it is reported in seven working days; by the bureau's switch nobody shows it.
    assert (line.state.key, line.due, line.kept_back) == ("late", dt.date(2026, 6, 22), True)
    file = house.file(line.id)
    cells = {cell.code: cell.value for cell in file.cells}
    assert (file.display_until, cells["CF_GSJZQ"], cells["BZ"]) == (None, "", "轻微失信信息，仅归集，不公示")
    assert "core.publicity" not in running(house, case_id)
    online = ConfirmPublicity(decisions=(line.id,), channel="信用中国", on=house.suite.today)
    assert refused(house, online) == {"publicity.kept_back"}
    assert refused(house, sent(line.id, masked=True)) == {"publicity.kept_back"}
    with pytest.raises(Refused) as told:
        house.take(case_id, "PublishPenalty", on=DECIDED)
    assert told.value.codes == {"core.penalty.to_publish"}
    house.report(line.id)
    assert house.lines("waiting") == []
    house.in_force(case_id)
    (record,) = house.records()
    assert (record.grade, record.state.key, record.display_until) == ("轻微", "collected", None)


@pytest.mark.parametrize(
    ("months", "reported", "state", "until"),
    [
        (0, False, "exempt", None),
        (2, False, "late", dt.date(2026, 8, 9)),
        (2, True, "late", dt.date(2026, 8, 9)),
    ],
)
def test_the_bureau_says_whether_minor_penalties_are_shown_and_reported(
    house: House, months: int, reported: bool, state: str, until: dt.date | None
) -> None:
    ruled(house, minor_months=str(months), minor_reported="是" if reported else "否")
    case_id = house.decided(**WARNED)
    (line,) = house.lines()
    assert (line.state.key, house.file(line.id).display_until) == (state, until)
    assert ("core.publicity" in running(house, case_id)) is (until is not None)
    if state == "exempt":
        assert house.lines("waiting") == []
        assert refused(house, sent(line.id)) == {"publicity.state"}
        assert rates(house)[0] == (0, 0)


def test_the_last_day_of_display_follows_the_record(house: House) -> None:
    case_id = house.decided(**WARNED)
    assert "core.publicity" not in running(house, case_id)
    ruled(house, minor_months="3")
    house.in_force(case_id)
    (record,), (line,) = house.records(), house.lines()
    assert record.display_until == house.file(line.id).display_until == dt.date(2026, 9, 9)
    assert line.kept_back is False
    # The case waits again for it to be online, from the decision on, and for no longer than that.
    with pytest.raises(Refused) as told:
        house.lead(case_id, "ClosePenalty", on=house.suite.today)
    assert told.value.codes == {"core.penalty.published"}
    with house.suite.reading() as session:
        clock = session.scalars(
            select(CaseClock).where(CaseClock.limit_key == "core.publicity", CaseClock.stopped.is_(None))
        ).one()
        assert (clock.start, clock.due) == (DECIDED, line.due)
    house.take(case_id, "PublishPenalty", on=DECIDED)
    house.lead(case_id, "ClosePenalty", on=house.suite.today)


@pytest.mark.both_engines
def test_a_case_waits_no_more_for_what_is_no_longer_shown(house: House) -> None:
    ruled(house, minor_months="3")
    case_id = house.decided(**WARNED)
    assert "core.publicity" in running(house, case_id)
    ruled(house, dt.date(2026, 2, 1), minor_months="0")
    house.in_force(case_id)
    assert [line.kept_back for line in house.lines()] == [True]
    assert "core.publicity" not in running(house, case_id)
    house.lead(case_id, "ClosePenalty", on=house.suite.today)


def test_what_is_online_is_shown_though_minor_penalties_are_no_more(house: House) -> None:
    ruled(house, minor_months="3")
    case_id = house.decided(**WARNED)
    ruled(house, dt.date(2026, 2, 1), minor_months="0")
    house.take(case_id, "PublishPenalty", on=DECIDED)
    (line,) = house.lines()
    assert (line.published_on, line.kept_back) == (DECIDED, False)
    house.in_force(case_id)
    assert house.file(line.id).display_until == dt.date(2026, 9, 9)


@pytest.mark.parametrize("back", [False, True])
def test_what_went_out_keeps_the_day_that_it_said(house: House, back: bool) -> None:
    ruled(house, minor_months="3")
    case_id = house.decided(**WARNED)
    house.suite.today_override = dt.date(2026, 7, 1)
    (line,) = house.lines()
    house.report(line.id)
    if back:
        rejection = Rejection(document_no=line.document_no, name=line.name, answer="过于简略")
        house.suite.run(RejectPublicity(rejections=(rejection,)), house.clerk)
    ruled(house, dt.date(2026, 2, 1), minor_months="0")
    house.in_force(case_id)
    assert house.file(line.id).display_until == dt.date(2026, 9, 9)
    assert [item.kept_back for item in house.lines()] == [False]


def test_the_switches_hold_with_the_next_step_or_a_recount(house: House) -> None:
    ruled(house, minor_reported="否")
    case_id = house.decided(**WARNED)
    assert [line.state.key for line in house.lines()] == ["exempt"]
    ruled(house, dt.date(2026, 1, 2), minor_reported="是", minor_months="3")
    house.in_force(case_id)
    (record,), (line,) = house.records(), house.lines()
    assert (line.state.key, line.kept_back) == ("late", False)
    assert record.display_until == house.file(line.id).display_until == dt.date(2026, 9, 9)
    ruled(house, dt.date(2026, 1, 3), minor_reported="否", minor_months="0")
    assert [item.state.key for item in house.lines()] == ["late"]
    house.suite.run(RecountCredit(kind="lawyers.penalty"), house.clerk)
    (record,), (line,) = house.records(), house.lines()
    assert (line.state.key, line.kept_back, record.display_until) == ("exempt", True, None)
    assert "core.publicity" not in running(house, case_id)
    # It ceased to be owed long after its day: that it was not reported in time stays.
    assert rates(house)[0] == (0, 1)


def test_what_is_kept_back_says_so_beside_what_is_filled_in(house: House) -> None:
    house.decided(**WARNED)
    (line,) = house.lines()
    remark = FillPublicity(decision=line.id, expected_version=line.version, values={"BZ": "补充说明"})
    house.suite.run(remark, house.clerk)
    (cells,) = house.report(line.id).result["tables"]["penalty_person"]
    assert cells["BZ"] == "轻微失信信息，仅归集，不公示；补充说明"
    # Valid as long as the rule would let it be shown.
    assert cells["CF_YXQ"] == "2026/09/09"


@pytest.mark.both_engines
def test_the_migration_takes_back_what_minor_penalties_were_to_be_shown(house: House) -> None:
    minor, reported, ordinary = (
        house.decided(**WARNED), house.decided(**WARNED),
        house.decided(),
    )  # fmt: skip
    for case_id in (minor, reported, ordinary):
        house.in_force(case_id)
    by_case = {line.case_id: line.id for line in house.lines()}
    house.report(by_case[reported])
    migrated(
        house,
        "show_no_minor_penalty_beyond_the_switch",
        "UPDATE core_publicity SET display_until = '2026-09-09'",
        "UPDATE core_clock SET stopped = NULL, stopped_by = NULL WHERE limit_key = 'core.publicity'",
    )
    # What went out keeps its day.
    kept = {line.case_id: line.kept_back for line in house.lines()}
    assert kept == {minor: True, reported: False, ordinary: False}
    waits = {case_id: "core.publicity" in running(house, case_id) for case_id in kept}
    assert waits == {minor: False, reported: True, ordinary: True}
    house.lead(minor, "ClosePenalty", on=house.suite.today)
    shown = ConfirmPublicity(decisions=(by_case[reported],), channel="信用中国", on=house.suite.today)
    house.suite.run(shown, house.clerk)
    house.lead(reported, "ClosePenalty", on=house.suite.today)


@pytest.mark.both_engines
def test_the_migration_keeps_out_of_the_rates_what_ceased_in_time(house: House) -> None:
    in_time, late = house.decided(), house.decided()
    ruled(house, minor_reported="否")
    house.decided(**WARNED)
    for case_id in (in_time, late):
        house.in_force(case_id)
    house.take(in_time, "AnnulPenalty", on=dt.date(2026, 6, 22))
    house.take(late, "AnnulPenalty", on=dt.date(2026, 6, 23))
    assert rates(house)[0] == (0, 1)
    migrated(
        house,
        "keep_when_a_decision_ceased_to_be_owed",
        "ALTER TABLE core_publicity DROP COLUMN ceased_on",
    )
    assert rates(house)[0] == (0, 1)


@pytest.mark.both_engines
def test_display_ends_by_itself_though_nobody_noted_that_it_began(house: House) -> None:
    house.in_force(house.decided())
    (line,) = house.lines()
    house.report(line.id)
    house.suite.today_override = dt.date(2027, 6, 9)
    assert [item.state.key for item in house.lines("reported")] == ["reported"]
    house.suite.today_override = dt.date(2027, 6, 10)
    assert [item.state.key for item in house.lines("expired")] == ["expired"]
    assert house.lines("reported") == []
    assert refused(house, sent(line.id)) == {"publicity.over"}
    back = Rejection(document_no=line.document_no, name=line.name, answer="过于简略")
    assert refused(house, RejectPublicity(rejections=(back,))) == {"publicity.answered"}
    assert [item.state.key for item in house.lines()] == ["expired"]


def test_what_a_platform_takes_down_says_what_it_is(house: House) -> None:
    made = MakePlatformFile(feed="lawyers.integrity")
    house.in_force(house.decided())
    first = house.suite.run(made, house.clerk).result
    taken = AcknowledgePlatformFile(export_id=first["export"], reference="CX001")
    house.suite.run(taken, house.clerk)
    house.suite.today_override = dt.date(2027, 7, 1)
    (gone,) = house.suite.run(made, house.clerk).result["rows"]
    assert gone[:3] == ("撤下", "处罚处分", "王志强")
    assert gone[3] == "行政处罚；市司法局；石司罚决字〔2026〕1号；2026-06-10；公示至 2027-06-09"


def test_what_is_exported_is_what_was_checked(house: House) -> None:
    house.decided()
    (line,) = house.lines()

    def filled(**values: str) -> set[str | None]:
        version = house.lines()[0].version
        house.suite.run(FillPublicity(decision=line.id, expected_version=version, values=values), house.clerk)
        return {problem.field for problem in house.file(line.id).problems}

    assert filled(CF_SY="私自收费\n一万元", CF_CFJGDM=uscc(1, "11").lower()) == set()
    assert filled(CF_GSJZQ="2035/01/31") == {"CF_GSJZQ"}
    assert filled(CF_GSJZQ="") == set()
    (cells,) = house.report(line.id).result["tables"]["penalty_person"]
    assert (cells["CF_SY"], cells["CF_CFJGDM"]) == ("私自收费 一万元", uscc(1, "11"))
