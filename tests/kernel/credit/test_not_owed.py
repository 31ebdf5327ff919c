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
from suite.kernel.credit.commands import AcknowledgePlatformFile, MakePlatformFile, TakeCreditStep
from suite.kernel.credit.publicity.commands import (
    ConfirmPublicity,
    FillPublicity,
    Rejection,
    RejectPublicity,
    ReportPublicity,
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
    assert rates(house)[0] == ((1, 1) if state == "rejected" else (0, 0))


def test_what_is_corrected_is_not_reported_any_more(house: House) -> None:
    case_id = house.decided()
    house.in_force(case_id)
    (record,), (line,) = house.records(), house.lines()
    wrong = TakeCreditStep(records=(record.id,), step="correct", on=dt.date(2026, 7, 1), note="认定有误")
    assert "1 条双公示不再报送" in house.suite.run(wrong, house.clerk).text
    assert [item.state.key for item in house.lines()] == ["dropped"]
    assert refused(house, sent(line.id)) == {"publicity.state"}
    assert "core.publicity" not in running(house, case_id)
    assert rates(house)[0] == (0, 0)
    # Annulled later: there is nothing to withdraw, and no clock says so.
    house.take(case_id, "AnnulPenalty", on=dt.date(2026, 11, 20))
    assert [item.state.key for item in house.lines()] == ["dropped"]
    assert running(house, case_id) == set()


def test_what_came_back_and_is_corrected_is_withdrawn(house: House) -> None:
    house.in_force(house.decided())
    (record,), (line,) = house.records(), house.lines()
    sent_back(house, line.id)
    wrong = TakeCreditStep(records=(record.id,), step="correct", note="认定有误")
    assert "1 条双公示待撤回" in house.suite.run(wrong, house.clerk).text
    assert [item.state.key for item in house.lines()] == ["withdrawing"]


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
    assert told.value.codes == {"publicity.kept_back"}
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
    for key, value in (("minor_months", str(months)), ("minor_reported", "是" if reported else "否")):
        change = SetParameter(
            key=f"core.credit.{key}", value=value, valid_from=dt.date(2026, 1, 1), source="本局规定"
        )
        house.suite.run(change, house.clerk)
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
    change = SetParameter(
        key="core.credit.minor_months", value="3", valid_from=dt.date(2026, 1, 1), source="本局规定"
    )
    house.suite.run(change, house.clerk)
    house.in_force(case_id)
    (record,), (line,) = house.records(), house.lines()
    assert record.display_until == house.file(line.id).display_until == dt.date(2026, 9, 9)
    assert line.kept_back is False


def test_the_migration_takes_back_what_minor_penalties_were_to_be_shown(house: House) -> None:
    house.in_force(house.decided(**WARNED))
    house.in_force(house.decided())
    (path,) = FOLDER.glob("*_show_no_minor_penalty_beyond_the_switch.py")
    spec = spec_from_file_location("migration_under_test", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    with rebuilding(house.suite.engine) as connection:
        connection.exec_driver_sql("UPDATE core_publicity SET display_until = '2026-09-09'")
        with Operations.context(MigrationContext.configure(connection)):
            module.upgrade()
    assert {line.kept_back for line in house.lines()} == {True, False}


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
