"""A past period changes on a day that is known, and says so: annulments, new findings, chains of repeats."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from desk import GIVEN, KIND, Desk

from suite.bootstrap import Suite
from suite.contract.case_facts import Finding
from suite.contract.commands import UNGIVEN
from suite.contract.problems import Refused
from suite.kernel.casework.case_file import EMPTIED, CaseFile, case_file
from suite.kernel.casework.complaints.steps import RECTIFY
from suite.kernel.casework.derive import step
from suite.kernel.casework.desk_items import DeskScope, desk_of
from suite.kernel.executor.second_person import put_together, taken_apart
from suite.kernel.indicators.board import IndicatorValue, Question
from suite.kernel.indicators.queries import indicator_board
from suite.kernel.parameters.queries import parameters_on
from suite.tables import FormerFinding
from suite.ui.pages.case.step_fields import step_specs

YEAR, THIS = dt.date(2025, 12, 31), dt.date(2026, 11, 20)
FEBRUARY, APRIL = dt.date(2026, 2, 28), dt.date(2026, 4, 30)
CORRECTED = "已更正："


def _value(desk: Desk, day: dt.date, known: dt.date | None = None) -> IndicatorValue:
    question = Question(as_of=day, numbers=("T9",), known_on=known)
    with desk.suite.reading() as session:
        (value,) = indicator_board(session, desk.clerk, desk.suite.catalog, question).values
    return value


def _number(desk: Desk, day: dt.date, known: dt.date | None = None) -> Any:
    return _value(desk, day, known).whole.numerator


def _notes(desk: Desk, day: dt.date, known: dt.date | None = None) -> list[str]:
    return [note for note in _value(desk, day, known).notes if note.startswith(CORRECTED)]


def _found(desk: Desk, day: dt.date, *findings: str, report: str = "甲1", **values: Any) -> int:
    """A complaint that is investigated and found upon on a day, and not decided yet."""
    alleged = tuple({"head": "procedure", "text": f"第 {no} 项"} for no, _ in enumerate(findings, 1))
    opened = desk.open(report_no=report, on=day, allegations=alleged, **values)
    case_id: int = opened.result["case_id"]
    desk.take(case_id, "AcceptComplaint", on=day)
    desk.take(case_id, "StartInvestigation", officer=(desk.clerk.login, "second"), on=day)
    _find(desk, case_id, day, *findings)
    return case_id


def _find(desk: Desk, case_id: int, day: dt.date, *findings: str) -> None:
    given = tuple({"no": no, "finding": finding} for no, finding in enumerate(findings, 1) if finding)
    desk.take(case_id, "FindAllegations", findings=given, on=day)


def _reply(desk: Desk, case_id: int, day: dt.date, *, valid: bool = True) -> None:
    given = dict(GIVEN["DecideComplaint"], rectify_by=day + dt.timedelta(days=30))
    if not valid:
        given = {"outcome": "no_violation", "decision_summary": "未发现违规"}
    desk.sign(desk.take(case_id, "DecideComplaint", on=day, **given))
    desk.take(case_id, "ReplyComplaint", reply_no="1", on=day)


def _replied(desk: Desk, day: dt.date, *findings: str, **values: Any) -> int:
    case_id = _found(desk, day, *findings, **values)
    _reply(desk, case_id, day, valid={*findings} != {"unfounded"})
    return case_id


def _file(desk: Desk, case_id: int) -> CaseFile:
    suite = desk.suite
    with suite.reading() as session:
        numbers = parameters_on(session, suite.catalog, suite.today)
        return case_file(session, desk.clerk, suite.catalog, case_id, today=suite.today, parameters=numbers)


def _annul(desk: Desk, case_id: int, day: dt.date, *numbers: int) -> None:
    desk.take(case_id, "AnnulFindings", annul=numbers, annulment_document="冀司复决〔2026〕3号", on=day)


def test_a_past_year_is_corrected_on_a_day_and_says_so(suite_: Suite) -> None:
    desk = Desk(suite_)
    case_id = _replied(desk, dt.date(2025, 12, 1), "substantiated", "unfounded")
    assert (_number(desk, YEAR), _notes(desk, YEAR)) == (1, [])
    _annul(desk, case_id, dt.date(2026, 3, 2), 1)
    assert _number(desk, YEAR) == 0
    (note,) = _notes(desk, YEAR)
    assert "石司鉴投〔2025〕1号（2026-03-02 撤销认定）" in note
    desk.take(case_id, "ReinvestigateComplaint", on=dt.date(2026, 3, 9))
    # The other finding was told and not annulled: it may be said again, and not be changed.
    with pytest.raises(Refused) as told:
        _find(desk, case_id, dt.date(2026, 5, 11), "", "substantiated")
    assert told.value.codes == {"finding.told"}
    _find(desk, case_id, dt.date(2026, 5, 11), "unfounded", "unfounded")
    # Put right before anybody is told of it: that is no correction of a period.
    _find(desk, case_id, dt.date(2026, 5, 12), "substantiated")
    _reply(desk, case_id, dt.date(2026, 6, 1))
    # The new finding counts where it was told; the year that was corrected stays so, and still says why.
    assert [_number(desk, day) for day in (YEAR, dt.date(2026, 5, 31), THIS)] == [0, 0, 1]
    assert _notes(desk, YEAR) == [note]
    assert _notes(desk, THIS) == []
    # As it was known before the correction, and between it and the new finding.
    assert (_number(desk, YEAR, FEBRUARY), _notes(desk, YEAR, FEBRUARY)) == (1, [])
    assert (_number(desk, YEAR, APRIL), _notes(desk, YEAR, APRIL)) == (0, [note])
    assert _number(desk, THIS, APRIL) == 0
    first, second = (item for item, _ in _file(desk, case_id).allegations)
    assert [(item.finding, item.annulled, item.ended_on) for item in first.former] == [
        (Finding.SUBSTANTIATED, True, dt.date(2026, 3, 2)),
        (Finding.UNFOUNDED, False, dt.date(2026, 5, 12)),
    ]
    assert first.former[0].reason == "冀司复决〔2026〕3号"
    assert (second.former, second.found_on) == ((), dt.date(2025, 12, 1))
    with suite_.reading() as session:
        assert session.query(FormerFinding).count() == 2
    # A second annulment is one more, on its own day.
    _annul(desk, case_id, dt.date(2026, 7, 1), 1)
    assert (_number(desk, THIS), len(_notes(desk, THIS))) == (0, 1)
    assert _notes(desk, YEAR) == [note]


def test_one_complaint_counts_once_over_a_chain(suite_: Suite) -> None:
    desk = Desk(suite_)
    days = [dt.date(2026, month, 2) for month in (2, 3, 4, 6)]
    first = _replied(desk, days[0], "substantiated")
    second = _replied(desk, days[1], "unfounded", repeat_of=first)
    third = _replied(desk, days[2], "substantiated", repeat_of=second)
    # Two of them repeat the same: neither is the other's former one.
    fourth = _replied(desk, days[3], "partly", repeat_of=second)
    assert _number(desk, THIS) == 1
    assert _number(desk, dt.date(2026, 2, 1)) == 0
    _annul(desk, first, dt.date(2026, 8, 3), 1)
    assert _number(desk, THIS) == 1  # now the third
    assert _number(desk, dt.date(2026, 3, 31)) == 0
    assert _number(desk, dt.date(2026, 3, 31), dt.date(2026, 8, 2)) == 1
    notes = _notes(desk, THIS)
    assert len(notes) == 2
    assert "〔2026〕1号" in notes[0]
    assert "〔2026〕3号" in notes[1]
    assert "改计入" in notes[1]
    _annul(desk, third, dt.date(2026, 9, 1), 1)
    _annul(desk, fourth, dt.date(2026, 9, 2), 1)
    assert _number(desk, THIS) == 0
    # A year before: one that is not decided swallows none; decided in the end it is the later one of both.
    undecided = _found(desk, dt.date(2025, 2, 3), "substantiated", report="乙1")
    _replied(desk, dt.date(2025, 3, 3), "substantiated", report="乙1", repeat_of=undecided)
    assert _number(desk, YEAR) == 1
    _reply(desk, undecided, dt.date(2025, 5, 6))
    assert _number(desk, dt.date(2025, 3, 31)) == _number(desk, YEAR) == 1


def test_what_is_annulled_is_mended_no_more_and_decided_anew(suite_: Suite) -> None:
    desk = Desk(suite_)
    day = dt.date(2026, 9, 1)
    case_id = _replied(desk, day, "substantiated", "partly")

    def rectification() -> Any:
        return next(clock for clock in _file(desk, case_id).clocks if clock.limit == RECTIFY)

    def on_desk() -> list[int]:
        with suite_.reading() as session:
            found = desk_of(session, desk.clerk, suite_.catalog, suite_.today, scope=DeskScope.ALL)
        return [line.id for lines in found.due.values() for line in lines]

    # One of two is annulled: what was ordered for the other still is.
    _annul(desk, case_id, dt.date(2026, 9, 8), 1)
    assert rectification().stopped is None
    assert case_id in on_desk()
    _annul(desk, case_id, dt.date(2026, 9, 9), 2)
    clock = rectification()
    assert clock.stopped == dt.date(2026, 9, 9)
    assert clock.stopped_by == "登记复议、诉讼撤销：冀司复决〔2026〕3号"
    assert case_id not in on_desk()
    with pytest.raises(Refused) as told:
        desk.take(case_id, "ConfirmRectification", rectified_on=day, on=dt.date(2026, 9, 10))
    assert told.value.codes == {"core.complaint.rectification_open"}
    desk.take(case_id, "ReinvestigateComplaint", on=dt.date(2026, 9, 10))
    values = _file(desk, case_id).values
    assert {key: values[key] for key in ("outcome", "rectify_by", "reply_no")} == dict.fromkeys(
        ("outcome", "rectify_by", "reply_no")
    )
    # Long after the day that the first decision set: nothing is found, and that is decided.
    later = dt.date(2026, 11, 2)
    _find(desk, case_id, later, "unfounded", "unfounded")
    _reply(desk, case_id, later, valid=False)
    assert _file(desk, case_id).state.key == "closed"
    assert all(clock.stopped for clock in _file(desk, case_id).clocks)


def test_an_empty_value_empties_and_what_is_not_given_stays(suite_on_sqlite: Suite) -> None:
    desk = Desk(suite_on_sqlite)
    case_id = _replied(desk, dt.date(2026, 9, 1), "substantiated")

    def remedy(**given: Any) -> Any:
        found = {"remedy": "litigation", "remedy_result": "pending", **given}
        desk.take(case_id, "RecordRemedy", on=dt.date(2026, 9, 8), **found)
        return _file(desk, case_id).values["remedy_document"]

    assert remedy(remedy_document="（2026）冀01行初3号") == remedy() == "（2026）冀01行初3号"
    assert remedy(remedy_document="") is None
    assert ("复议、诉讼文书", EMPTIED) in _file(desk, case_id).events[0].given
    # Emptying what must be given is leaving it out.
    with pytest.raises(Refused) as told:
        desk.take(case_id, "RecordRemedy", remedy="", remedy_result="pending")
    assert told.value.codes == {"required"}
    made = step(suite_on_sqlite.catalog, "RecheckRectification", case_id=1, expected_version=1, rectified="x")
    assert vars(made)["rectify_by"] is UNGIVEN
    assert "rectify_by" not in taken_apart(made)
    assert put_together(type(made), taken_apart(made)) == made


def test_a_form_offers_only_what_can_be_annulled(suite_on_sqlite: Suite) -> None:
    """While findings are being made, those that nobody was told of are put right and not annulled."""
    desk = Desk(suite_on_sqlite)
    case_id = _found(desk, dt.date(2026, 9, 1), "substantiated", "unfounded")
    catalog = suite_on_sqlite.catalog
    kind = catalog.case_kinds[KIND]
    annul = catalog.lifecycle_of(kind).by_command["AnnulFindings"]

    def offered() -> list[str]:
        specs = step_specs(annul, kind, catalog, (), lambda *_: None, _file(desk, case_id))
        return [spec.key for spec in specs if spec.key.startswith("annul_")]

    assert offered() == []
    _reply(desk, case_id, dt.date(2026, 9, 2))
    assert offered() == ["annul_1", "annul_2"]
