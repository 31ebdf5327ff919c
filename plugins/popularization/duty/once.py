"""One unit has one list a year: a second one is refused before it is opened."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from plugins.popularization.duty.duty_list import KIND
from plugins.popularization.duty.rules import DUTY
from plugins.popularization.duty.tables import DutyList
from suite.api import Case, CaseParty, Command, Facts, Problem, ProblemKind


def second_lists(command: Command, facts: Facts) -> Sequence[Problem]:
    """Problems of a command that opens a list for a unit and year that have one that was not ended."""
    units = getattr(command, "unit", ())
    if getattr(command, "kind", "") != KIND.key or not units:
        return ()
    found = facts.session.execute(
        select(Case.number, CaseParty.name)
        .join(CaseParty, CaseParty.case_id == Case.id)
        .join(DutyList, DutyList.case_id == Case.id)
        .where(
            Case.kind == KIND.key,
            Case.state != "ended",
            CaseParty.subject_id.in_(units),
            DutyList.list_year == getattr(command, "list_year", None),
        )
    ).first()
    if found is None:
        return ()
    text = f"{found.name}这一年度的责任清单已经编制（{found.number}），请在该件中修改，不必另编。"
    return (
        Problem(code="duty.twice", text=text, kind=ProblemKind.FORBIDDEN, field="list_year", article=DUTY),
    )
