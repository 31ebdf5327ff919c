"""Credit under test: a section with a lawyer who is fined and suspended, and what credit says of it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from io import BytesIO
from typing import Any

from docx import Document

from suite.bootstrap import Suite
from suite.kernel.casework.derive import step
from suite.kernel.casework.papers.queries import case_papers, draft_content
from suite.kernel.credit.listing import CreditLine, CreditQuery, credit_lines
from suite.kernel.credit.publicity.commands import ReportPublicity
from suite.kernel.credit.publicity.listing import PublicityLine, PublicityQuery, publicity_lines
from suite.kernel.credit.publicity.queries import PublicityFile, publicity_file
from suite.kernel.parameters.commands import SetParameter
from suite.kernel.parameters.queries import parameters_on
from suite.testing.factories import resident_number, uscc
from tests.kernel.casework.penalty_desk import PenaltyDesk

FIRST, DECIDED = dt.date(2026, 6, 1), dt.date(2026, 6, 10)
FINED = {
    "article": "lawyers.L48", "gravity": "serious", "sanctions": ("suspension", "fine"), "months": 3,
    "fine": Decimal(8_000),
}  # fmt: skip


class House(PenaltyDesk):
    """A section with a lawyer who is fined and suspended, and what credit says of it."""

    def __init__(self, suite: Suite) -> None:
        super().__init__(suite)
        for key, number in (("city", 1), ("province", 2)):
            self.suite.run(
                SetParameter(
                    key=f"core.credit.{key}_uscc", value=uscc(number, "11"), valid_from=dt.date(2026, 1, 1),
                    source="证书",
                ),
                self.clerk,
            )  # fmt: skip
        self.lawyer = self.subject("lawyers.lawyer", id_number=resident_number(1))

    def decided(self, lawyer: int | None = None, **measures: Any) -> int:
        """A penalty that is decided."""
        case_id = self.open("lawyers.penalty", lawyer or self.lawyer, on=FIRST)
        given = {**FINED, **measures}
        self.lead(
            case_id, "FilePenalty", "AssignInvestigators", "CollectEvidence", "SubmitForReview", "PassReview",
            "NotifyRights", "WaiveRights", "DeliberatePenalty", on=FIRST, **given,
        )  # fmt: skip
        self.lead(case_id, "DecidePenalty", on=DECIDED, **given)
        return case_id

    def in_force(self, case_id: int) -> None:
        """It is served and takes effect."""
        self.take(case_id, "ServePenalty", on=DECIDED)
        self.take(
            case_id, "EffectPenalty", on=DECIDED, effective_from=DECIDED, effective_until=dt.date(2026, 9, 9)
        )

    def asked(self, case_id: int, *, fined: bool = True) -> int:
        """The repair of the record of a penalty that is paid, accepted and under review."""
        day = dt.date(2026, 9, 21)
        if fined:
            self.take(case_id, "RecordPayment", paid=Decimal(8_000), on=dt.date(2026, 6, 30))
        (record,) = [item for item in self.records() if item.subject_id == self.lawyer]
        ready = {
            "performed_on": day, "performance": "罚款已缴清", "committed_on": day, "commitment": "承诺书",
        }  # fmt: skip
        opened = step(
            self.suite.catalog, "OpenRepair", kind="lawyers.credit_repair", applicant=(self.lawyer,),
            record_id=record.id, applied_on=day, on=day, **ready,
        )  # fmt: skip
        repair: int = self.suite.run(opened, self.clerk).result["case_id"]
        self.take(repair, "AcceptRepair", on=day, **ready)
        return repair

    def granted(self, repair: int, number: str) -> None:
        """It is granted under a number."""
        day = dt.date(2026, 9, 21)
        self.take(repair, "AgreeRepair", review_opinion="符合条件", on=day)
        self.take(repair, "GrantRepair", decision_no=number, on=day)

    def repaired(self, case_id: int) -> int:
        """The record of a penalty that is paid is repaired; the case of its repair."""
        repair = self.asked(case_id)
        self.granted(repair, "石司信修〔2026〕1号")
        return repair

    def drafted(self, case_id: int, title: str) -> str:
        """The words of a paper that a step of a case calls for, before it is issued."""
        with self.suite.reading() as session:
            called = case_papers(session, self.clerk, self.suite.catalog, case_id).papers
            paper = next(item for item in called if item.title == title)
            numbers = parameters_on(session, self.suite.catalog, self.suite.today)
            draft = draft_content(
                session, self.clerk, self.suite.catalog, case_id, paper.document, paper.event_id, numbers
            )
        return "\n".join(paragraph.text for paragraph in Document(BytesIO(draft.content)).paragraphs)

    def lines(self, state: str = "") -> list[PublicityLine]:
        with self.suite.reading() as session:
            query = PublicityQuery(state=state)
            return publicity_lines(session, self.clerk, self.suite.catalog, query, self.suite.today)

    def file(self, number: int) -> PublicityFile:
        with self.suite.reading() as session:
            parameters = parameters_on(session, self.suite.catalog, self.suite.today)
            return publicity_file(
                session, self.clerk, self.suite.catalog, parameters, number, self.suite.today
            )

    def records(self, state: str = "") -> list[CreditLine]:
        with self.suite.reading() as session:
            query = CreditQuery(state=state)
            return credit_lines(session, self.clerk, self.suite.catalog, query, self.suite.today)

    def report(self, *numbers: int, **values: Any) -> Any:
        command = ReportPublicity(decisions=numbers, file_name="报送.xlsx", reason="报平台", **values)
        return self.suite.run(command, self.clerk)
