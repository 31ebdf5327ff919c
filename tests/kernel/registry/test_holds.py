"""What keeps a record bars a plain edit and a row of a workbook just as it bars the application."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from suite.bootstrap import Suite
from suite.contract.commands import Actor, Command
from suite.contract.problems import Refused
from suite.kernel.casework.derive import step
from suite.kernel.exchange.importing import accept
from suite.kernel.exchange.previewed import ImportRequest
from suite.kernel.registry.commands import RecordLicenceEvent, RowEdit, SaveRecords
from suite.kernel.registry.record_file import record_file
from suite.tables import Case, Subject
from suite.testing.factories import a_firm, a_lawyer, make, practice_no

FIRM, LAWYER = "lawyers.law_firm", "lawyers.lawyer"


class Roster:
    """Two firms, one that stands still, and their lawyers."""

    def __init__(self, suite: Suite, admin: Actor) -> None:
        self.suite, self.admin = suite, admin
        self.home, self.other, self.still = make(
            suite, admin, FIRM, a_firm(1), a_firm(2), a_firm(3, status="suspended", head_name="吴志远")
        )
        self.plain, self.suspended, self.asked, self.partner = make(
            suite,
            admin,
            LAWYER,
            a_lawyer(1, body_id=self.home),
            a_lawyer(2, body_id=self.home, status="suspended"),
            a_lawyer(3, body_id=self.home),
            a_lawyer(4, body_id=self.still, is_partner=True, first_practice_on=dt.date(2010, 1, 1)),
        )
        (self.head,) = make(suite, admin, LAWYER, a_lawyer(6, name="吴志远", body_id=self.still))

    def refused(self, command: Command) -> frozenset[str]:
        with pytest.raises(Refused) as told:
            self.suite.run(command, self.admin)
        assert all(problem.article and "请" in problem.text for problem in told.value.problems)
        return told.value.codes

    def save(self, kind: str, number: int, **values: Any) -> SaveRecords:
        return SaveRecords(kind=kind, rows=(RowEdit(values=values, subject_id=number),))

    def lawyer(self, number: int, **values: Any) -> SaveRecords:
        return self.save(LAWYER, number, **values)

    def decision(self, number: int, state: str, document: str = "") -> RecordLicenceEvent:
        with self.suite.reading() as session:
            licence = record_file(session, self.admin, self.suite.catalog, number).licences[0].id
        return RecordLicenceEvent(
            kind=LAWYER, licence_id=licence, state=state, on_date=self.suite.today, document_no=document
        )

    def investigate(self, number: int) -> None:
        """A complaint about a lawyer that is accepted."""
        suite = self.suite
        done = suite.run(
            step(
                suite.catalog, "OpenComplaint", kind="lawyers.complaint", respondent=(number,),
                source="letter", allegations=({"head": "private", "text": "私自收费"},),
                complainants=({"name": "李建国", "phone": "13912346612"},),
            ),
            self.admin,
        )  # fmt: skip
        case_id = done.result["case_id"]
        with suite.reading() as session:
            version = session.get_one(Case, case_id).version
        accept_it = step(suite.catalog, "AcceptComplaint", case_id=case_id, expected_version=version)
        suite.run(accept_it, self.admin)


@pytest.fixture
def roster(suite_: Suite, admin: Actor) -> Roster:
    return Roster(suite_, admin)


def test_a_plain_edit_moves_nobody_past_what_keeps_him(roster: Roster) -> None:
    there = {"body_id": roster.other}
    assert roster.refused(roster.lawyer(roster.suspended, **there)) == {"lawyers.lawyer.not_suspended"}
    # Both in one row: what he was before it counts.
    both = roster.lawyer(roster.suspended, status="active", **there)
    assert roster.refused(both) == {"lawyers.lawyer.not_suspended", "lawyers.lawyer.suspension_stands"}
    back = roster.lawyer(roster.suspended, status="active")
    assert roster.refused(back) == {"lawyers.lawyer.suspension_stands"}
    assert roster.refused(roster.decision(roster.suspended, "active")) == {"lawyers.lawyer.suspension_stands"}
    roster.investigate(roster.asked)
    assert roster.refused(roster.lawyer(roster.asked, **there)) == {"lawyers.lawyer.not_investigated"}
    for ended in (
        roster.lawyer(roster.asked, status="cancelled"),
        roster.decision(roster.asked, "cancelled"),
    ):
        assert roster.refused(ended) == {"lawyers.lawyer.not_investigated"}
    for who in (roster.partner, roster.head):
        assert roster.refused(roster.lawyer(who, **there)) == {"lawyers.lawyer.free_to_leave"}
        assert roster.refused(roster.lawyer(who, body_id=None)) == {"lawyers.lawyer.free_to_leave"}
    assert roster.refused(roster.lawyer(roster.partner, is_partner=False)) == {"lawyers.lawyer.free_to_leave"}
    assert roster.refused(roster.lawyer(roster.plain, body_id=roster.still)) == {"lawyers.lawyer.firm_open"}
    for values, code in (
        ({"name": "河北新名律师事务所"}, "lawyers.firm.not_suspended"),
        ({"status": "terminating"}, "lawyers.firm.not_suspended"),
        ({"status": "active"}, "lawyers.firm.suspension_stands"),
        ({"head_name": "别人"}, "lawyers.firm.head_kept"),
    ):
        assert roster.refused(roster.save(FIRM, roster.still, **values)) == {code}
    # Back-dated it would hold today all the same.
    late = SaveRecords(
        kind=LAWYER,
        rows=(RowEdit(values=there, subject_id=roster.suspended),),
        effective_on=roster.suite.today - dt.timedelta(days=90),
    )
    assert roster.refused(late) == {"lawyers.lawyer.not_suspended"}

    # An application is taken in, and says at once what it will meet.
    opened = roster.suite.run(
        step(
            roster.suite.catalog, "OpenApplication", kind="lawyers.lawyer_application", item="change",
            applicant=(roster.suspended,), firm=(roster.other,),
        ),
        roster.admin,
    )  # fmt: skip
    assert {problem.code for problem in opened.warnings} == {"lawyers.lawyer.not_suspended"}

    # What nothing stands against is written, and what a decision with its number says.
    for free in (
        roster.lawyer(roster.plain, **there),
        roster.lawyer(roster.suspended, specialties="刑事"),
        roster.decision(roster.suspended, "active", "冀司复〔2026〕1号"),
        roster.lawyer(roster.suspended, **there),
        roster.decision(roster.asked, "revoked", "冀司罚〔2026〕1号"),
    ):
        roster.suite.run(free, roster.admin)


def test_a_row_of_a_workbook_is_held_with_the_reason(roster: Roster, tmp_path: Path) -> None:
    file = Workbook()
    page = file.active
    assert page is not None
    page.append(["姓名", "执业证号", "所在律所", "专业特长"])
    for sequence, name in ((1, "钱志远"), (2, "孙志远")):
        page.append([name, practice_no(sequence), "河北第2律师事务所", "刑事"])
    file.save(tmp_path / "b.xlsx")
    suite = roster.suite
    found = suite.preview(ImportRequest(kind=LAWYER, path=tmp_path / "b.xlsx"), roster.admin)
    assert [row.result for row in found.rows] == ["changed", "held"]
    assert {problem.code for problem in found.rows[1].problems} >= {"lawyers.lawyer.not_suspended"}
    suite.run(accept(found), roster.admin)
    with suite.reading() as session:
        bodies = [session.get_one(Subject, number).body_id for number in (roster.plain, roster.suspended)]
    assert bodies == [roster.other, roster.home]


@pytest.mark.parametrize(
    ("kind", "body", "values"),
    [
        ("notary.notary", "notary.notary_office", {"category": "exam"}),
        ("appraisal.appraiser", "appraisal.appraisal_institution", {"category": "full_time"}),
    ],
)
def test_notaries_and_appraisers_are_kept_too(
    suite_: Suite, admin: Actor, kind: str, body: str, values: dict[str, Any]
) -> None:
    numbered = body.startswith("appraisal")
    houses = make(
        suite_,
        admin,
        body,
        *(
            {
                "name": f"河北省石家庄市第{no}机构",
                "district_code": "130102",
                "status": status,
                **({"main_no": f"13010000{no}"} if numbered else {}),
            }
            for no, status in ((1, "active"), (2, "active"), (3, "suspended"))
        ),
    )
    said = {"name": "王立", "district_code": "130102", "body_id": houses[0], **values}
    (one, still) = make(suite_, admin, kind, said, {**said, "name": "王站", "status": "suspended"})

    def codes(number: int, **changed: Any) -> frozenset[str]:
        edit = SaveRecords(kind=kind, rows=(RowEdit(values=changed, subject_id=number),))
        try:
            suite_.run(edit, admin)
        except Refused as refused:
            return refused.codes
        return frozenset()

    owner = kind.split(".", maxsplit=1)[0]
    into = {"notary": "notary.moves", "appraisal": "appraisal.joins_institution"}[owner]
    assert codes(one, body_id=houses[2]) == {into}
    assert any(code.endswith("suspension_stands") for code in codes(still, status="active"))
    if owner == "notary":
        assert codes(still, body_id=houses[1]) == {"notary.practises"}
    assert codes(one, body_id=houses[1]) == frozenset()
