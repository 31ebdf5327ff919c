"""Taking a ledger of cases back: what nobody touched since goes as it came, the rest stays and is listed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select

from suite.contract.commands import Change, Done
from suite.contract.problems import Problem
from suite.database.base import METADATA
from suite.database.engine import is_sqlite
from suite.kernel.casework.current import may
from suite.kernel.exchange.runs import LeftRow, close_run
from suite.kernel.exchange.stock.sheet import CaseSheet
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.current import chunks
from suite.kernel.registry.referring import foreign_keys, referring, referring_words
from suite.kernel.registry.scoping import out_of_scope
from suite.tables import Case, CaseEvent, ImportCase, ImportRun

CASES = METADATA.tables["core_case"]
#: What a case holds together by, beside its details: it goes with it.
PARTS = tuple(
    METADATA.tables[name]
    for name in ("core_complainant", "core_allegation", "core_clock", "core_case_event", "core_case_party")
)


def undo_cases(sheet: CaseSheet, run: ImportRun, work: Transaction) -> Done:
    """Take the cases of the run out, and say which stay and why."""
    logged = work.session.scalars(
        select(ImportCase).where(ImportCase.run_id == run.id).order_by(ImportCase.sheet, ImportCase.row)
    ).all()
    cases = _held([line.case_id for line in logged], work)
    # A case leaves with its import alone: of a run that was taken back in part, those that went are no more.
    ids = [line.case_id for line in logged if run.undone_at is None or line.case_id in cases]
    left = _judge(run, ids, cases, work)
    own = {(table.name, "case_id") for table in (*PARTS, sheet.details)}
    places = foreign_keys(work.connection, CASES.name)
    ahead = sorted(set(ids) - left.keys())
    for case_id, counts in referring(work.connection, places, ahead, own).items():
        text = f"已被引用：{referring_words(counts, work.catalog)}，不能移除。"
        left[case_id] = Problem(code="import.referred", text=text)
    gone = sorted(set(ids) - left.keys())
    for done, part in enumerate(chunks(gone)):
        work.progress("撤销新增", done * len(part), len(gone))
        for table in (sheet.details, *PARTS):
            work.connection.execute(table.delete().where(table.c.case_id.in_(part)))
        work.connection.execute(CASES.delete().where(CASES.c.id.in_(part)))
    close_run(run, len(gone), len(left), work)
    words = f"已撤销导入，移除 {len(gone):,} 件"
    return Done(
        text=f"{words}，{len(left):,} 件因后续办理保留" if left else words,
        changes=(Change(kind=sheet.key, ids=tuple(gone)), Change(kind="core.import_run", ids=(run.id,))),
        result={
            "run": run.id,
            "undone": len(gone),
            "removed": len(gone),
            "restored": 0,
            "left": [
                _left_row(line, cases.get(line.case_id), left[line.case_id], work)
                for line in logged
                if line.case_id in left
            ],
        },
    )


def _held(ids: Sequence[int], work: Transaction) -> dict[int, Case]:
    """The cases as they stand now, held until commit."""
    found: dict[int, Case] = {}
    for part in chunks(list(ids)):
        statement = select(Case).where(Case.id.in_(part))
        if not is_sqlite(work.connection):
            statement = statement.with_for_update()
        found |= {case.id: case for case in work.session.scalars(statement)}
    return found


def _judge(
    run: ImportRun, ids: Sequence[int], cases: Mapping[int, Case], work: Transaction
) -> dict[int, Problem]:
    """Why a case stays: something happened in it since, or it is not the actor's."""
    later: set[int] = set()
    for part in chunks(list(ids)):
        later |= set(
            work.session.scalars(
                select(CaseEvent.case_id)
                .where(CaseEvent.case_id.in_(part))
                .group_by(CaseEvent.case_id)
                .having(func.max(CaseEvent.at) > run.at)
            )
        )
    left: dict[int, Problem] = {}
    for case_id in ids:
        case = cases.get(case_id)
        if case is None:
            left[case_id] = Problem(code="record.unknown", text="办件已不在。")
        elif not may(work.actor, "case:handle", case):
            left[case_id] = out_of_scope()
        elif case_id in later or case.version != 1:
            left[case_id] = Problem(code="import.edited", text="导入后已继续办理，保留。")
    return left


def _left_row(line: ImportCase, case: Case | None, why: Problem, work: Transaction) -> LeftRow:
    readable = case is not None and may(work.actor, "case:read", case)
    return LeftRow(
        sheet=line.sheet,
        row=line.row,
        key=case.number if readable and case is not None else None,
        name=case.title if readable and case is not None else None,
        reason=why.text,
    )
