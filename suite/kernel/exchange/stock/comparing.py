"""A ledger before it is taken: which cases are here already, and what each of the others would be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from suite.contract.problems import Problem, Severity
from suite.kernel.casework.current import may
from suite.kernel.exchange.matching import hold_repeated
from suite.kernel.exchange.previewed import HELD, SAME, PreviewRow
from suite.kernel.exchange.stock.judging import Judge
from suite.kernel.exchange.stock.sheet import CLOSED, NUMBER, OPENED, STATE, CaseSheet
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.current import chunks
from suite.tables import Case, CaseParty


@dataclass(frozen=True, kw_only=True)
class Known:
    """A case that bears a number already. `own`: of this ledger's kind, and the actor may read it."""

    id: int
    state: str
    opened: dt.date
    closed: dt.date | None
    respondents: frozenset[int]
    own: bool


def compare_cases(sheet: CaseSheet, rows: Sequence[PreviewRow], work: Transaction) -> None:
    """Say of each row whether it is new, here already, or held. A case that is here is left as it is."""
    work.progress("比对办件", 0, len(rows))
    hold_repeated(sheet, rows)
    known = known_cases(sheet, [row.values[NUMBER] for row in rows if NUMBER in row.values], work)
    judge = Judge.of(sheet, rows, work)
    for row in rows:
        case = known.get(row.values.get(NUMBER, ""))
        if case is not None and not any(problem.code == "duplicate_row" for problem in row.problems):
            _meet(sheet, row, case)
        else:
            row.problems += judge.judge(row).problems
        if any(problem.severity is Severity.ERROR for problem in row.problems):
            row.result = HELD


def known_cases(sheet: CaseSheet, numbers: Sequence[str], work: Transaction) -> dict[str, Known]:
    """Number → the case that bears it."""
    found: dict[str, Known] = {}
    for part in chunks(list(dict.fromkeys(numbers))):
        cases = work.session.scalars(select(Case).where(Case.number.in_(part))).all()
        parties: dict[int, set[int]] = {}
        for case_id, subject_id in work.session.execute(
            select(CaseParty.case_id, CaseParty.subject_id).where(
                CaseParty.case_id.in_([case.id for case in cases]),
                CaseParty.role == sheet.case.respondent,
                CaseParty.subject_id.is_not(None),
            )
        ):
            parties.setdefault(case_id, set()).add(int(subject_id or 0))
        for case in cases:
            found[case.number] = Known(
                id=case.id,
                state=case.state,
                opened=case.opened,
                closed=case.closed,
                respondents=frozenset(parties.get(case.id, ())),
                own=case.kind == sheet.key and may(work.actor, "case:read", case),
            )
    return found


def _meet(sheet: CaseSheet, row: PreviewRow, case: Known) -> None:
    """A row about a case that is here: the same case changes by its steps only; another one is held."""
    number, values = row.values[NUMBER], row.values
    if not case.own:
        text = f"编号 {number} 已用于别的办件。请在编号前加字头区分，如“律投{number}”。"
        row.problems.append(Problem(code="stock.number_taken", text=text, field=NUMBER))
        return
    respondents = frozenset(values.get(sheet.case.respondent) or ())
    if sheet.begun(values) not in (None, case.opened):
        text = f"{number} 在系统中登记于 {case.opened}，表中不同，请核对是否同一件。"
        row.problems.append(Problem(code="stock.other_case", text=text, field=OPENED))
        return
    if respondents and case.respondents and not respondents & case.respondents:
        title = sheet.case.roles[sheet.case.respondent].title
        text = f"{number} 在系统中的{title}与表中不同，请核对是否同一件。"
        row.problems.append(Problem(code="stock.other_case", text=text, field=sheet.case.respondent))
        return
    row.subject_id, row.result = case.id, SAME
    differing = [
        sheet.by_key[key].title
        for key, here in ((STATE, case.state), (CLOSED, case.closed))
        if values.get(key) not in (None, here)
    ]
    if differing:
        text = f"{number} 已在系统中，表中的{'、'.join(differing)}不同，未采用。请在办件中按步骤办理。"
        row.problems.append(Problem(code="stock.gone_on", text=text, field=STATE, severity=Severity.WARNING))
