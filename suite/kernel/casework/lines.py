"""Lines of a case's lists: written with a step or by themselves, filled in, struck out; never deleted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from suite.contract.case_facts import LineFact
from suite.contract.casework import (
    CaseKind,
)
from suite.contract.commands import Actor, Change, Done
from suite.contract.problems import Problem, ProblemKind, Refused, refuse
from suite.kernel.casework.commands import AddCaseLines, CorrectCaseLine, LineGiven, StrikeCaseLine
from suite.kernel.casework.current import (
    UNKNOWN,
    Standing,
    add_event,
    hold_case,
    may,
    require_in_scope,
    scope_of,
    standing_of,
)
from suite.kernel.casework.line_rules import blank_cells, cells_of, line_fact, line_problems
from suite.kernel.casework.rules import date_problems, note_problems
from suite.kernel.casework.telling import line_texts, told_problems
from suite.kernel.executor.work import Transaction
from suite.loader.catalog import Catalog
from suite.tables import Case, LineOfCase


def counts_of(lines: Iterable[LineOfCase]) -> dict[str, int]:
    """How many lines each list has, those struck out included."""
    return Counter(line.list_key for line in lines)


def facts_with(
    kind: CaseKind, present: Mapping[str, tuple[LineFact, ...]], given: Sequence[LineGiven]
) -> dict[str, tuple[LineFact, ...]]:
    """The lines as a guard sees them when a step brings some along."""
    found = {item.key: list(present.get(item.key, ())) for item in kind.lists}
    for line in given:
        if line.list_key in found:
            place = found[line.list_key]
            place.append(line_fact(len(place) + 1, cells_of(line)))
    return {key: tuple(lines) for key, lines in found.items()}


def write_lines(
    work: Transaction, case: Case, given: Iterable[LineGiven], present: Iterable[LineOfCase], on: Any
) -> dict[str, list[int]]:
    """Enter lines; gives their numbers by list, which the event tells."""
    last = counts_of(present)
    told: dict[str, list[int]] = {}
    for line in given:
        last[line.list_key] = last.get(line.list_key, 0) + 1
        _write(work, case, line, last[line.list_key], on)
        told.setdefault(line.list_key, []).append(last[line.list_key])
    work.session.flush()
    return told


def add_lines(command: AddCaseLines, work: Transaction) -> Done:
    """Add lines to an open case. Nothing that was written changes, so that no version is asked for."""
    on = command.on or work.today
    case, standing = _open(work, command.case_id)
    problems = [
        *date_problems(on, work.today, case.opened),
        *note_problems(command.note),
        *line_problems(standing.kind, command.lines, work.catalog.codes, counts_of(standing.lines)),
    ]
    if not command.lines:
        problems.append(Problem(code="line.none", text="请至少填写一条。", field="lines"))
    problems += told_problems(work, case.id, line_texts(command.lines))
    if problems:
        raise Refused(problems)
    told = write_lines(work, case, command.lines, standing.lines, on)
    titles = "、".join(standing.kind.by_list[key].title for key in told)
    add_event(work, case, title=f"登记{titles}", on=on, note=command.note, given=told)
    return Done(
        text=f"{case.number} 已登记{titles}{len(command.lines)} 条",
        changes=(Change(kind=case.kind, ids=(case.id,)),),
        result={"case_id": case.id, "lines": told},
    )


def line_named(session: Session, actor: Actor, catalog: Catalog, case_id: int, named: str, no: int) -> int:
    """The id of a line by its list's title or key and its number. Raises Refused where there is none."""
    row = session.get(Case, case_id)
    if row is None or not may(actor, "case:read", row):
        raise refuse("case.unknown", UNKNOWN, ProblemKind.NOT_PERMITTED, field="case_id")
    standing = standing_of(session, catalog, row)
    keys = (item.key for item in standing.kind.lists if named in (item.key, item.title))
    return _standing_line(standing, next(keys, named), no).id


def correct_line(command: CorrectCaseLine, work: Transaction) -> Done:
    """Fill in what was empty; where something written changes, strike the line out and write it anew."""
    case, standing = _open(work, command.case_id)
    row = _standing_line(standing, command.line.list_key, command.no)
    case_list = standing.kind.by_list[row.list_key]
    wanted = {**cells_of(row), **cells_of(command.line)}
    made = LineGiven(list_key=row.list_key, **{cell.value: value for cell, value in wanted.items()})
    problems = line_problems(standing.kind, (made,), work.catalog.codes, {})
    if wanted == cells_of(row):
        problems.append(Problem(code="line.same", text="没有改动，无须保存。", field="line"))
    fills = blank_cells(row, wanted)
    if not fills and not command.reason.strip():
        problems.append(Problem(code="reason.required", text="更改已登记的内容须写明事由。", field="reason"))
    problems += note_problems(command.reason)
    problems += told_problems(work, case.id, line_texts((made,)))
    if problems:
        raise Refused(problems)
    no = row.no
    if fills:
        for cell, value in wanted.items():
            setattr(row, cell.value, value)
    else:
        _require_nothing_waits(standing)
        no = counts_of(standing.lines)[row.list_key] + 1
        _strike(row, work, command.reason)
        _write(work, case, made, no, work.today, replaces=row.no)
    work.session.flush()
    add_event(
        work,
        case,
        title=f"{'补填' if fills else '更正'}{case_list.title}第 {row.no} 条",
        on=work.today,
        note=command.reason,
        given={row.list_key: [no]},
    )
    return Done(
        text=f"{case.number} 已{'补填' if fills else '更正'}{case_list.title}第 {row.no} 条",
        changes=(Change(kind=case.kind, ids=(case.id,)),),
        result={"case_id": case.id, "no": no},
    )


def strike_line(command: StrikeCaseLine, work: Transaction) -> Done:
    """Cross a line out, with the reason; it stays to be read."""
    if not command.reason.strip():
        raise refuse("reason.required", "请写明划去的事由。", field="reason")
    if found := note_problems(command.reason):
        raise Refused(found)
    case, standing = _open(work, command.case_id)
    row = _standing_line(standing, command.list_key, command.no)
    _require_nothing_waits(standing)
    _strike(row, work, command.reason)
    title = standing.kind.by_list[row.list_key].title
    add_event(work, case, title=f"划去{title}第 {row.no} 条", on=work.today, note=command.reason)
    return Done(
        text=f"{case.number} 已划去{title}第 {row.no} 条",
        changes=(Change(kind=case.kind, ids=(case.id,)),),
        result={"case_id": case.id, "no": row.no},
    )


def _open(work: Transaction, case_id: int) -> tuple[Case, Standing]:
    """The case, which must not be over."""
    case = hold_case(work, case_id)
    require_in_scope(work, "case:handle", case)
    standing = standing_of(work.session, work.catalog, case)
    if standing.lifecycle.by_state[case.state].terminal:
        text = f"{case.number} 已经办结，清单不能再改；需要说明的请用“补记”。"
        raise refuse("case.closed", text, ProblemKind.FORBIDDEN)
    return case, standing


def _require_nothing_waits(standing: Standing) -> None:
    """What somebody is about to sign stays as he reads it."""
    if standing.waiting_title:
        text = f"“{standing.waiting_title}”正待审批，审批完毕或撤回后方可更改清单。"
        raise refuse("case.waiting", text, ProblemKind.FORBIDDEN)


def _standing_line(standing: Standing, list_key: str, no: int) -> LineOfCase:
    if list_key not in standing.kind.by_list:
        raise Refused(line_problems(standing.kind, (LineGiven(list_key=list_key),), {}, {}))
    title = standing.kind.by_list[list_key].title
    row = next((line for line in standing.lines if line.list_key == list_key and line.no == no), None)
    if row is None:
        raise refuse("line.unknown", f"“{title}”没有第 {no} 条，请刷新后核对。", field="no")
    if row.struck_on is not None:
        text = f"“{title}”第 {no} 条已于 {row.struck_on} 划去，不能再改。"
        raise refuse("line.struck", text, ProblemKind.STALE, field="no")
    return row


def _strike(row: LineOfCase, work: Transaction, reason: str) -> None:
    row.struck_on, row.struck_by, row.struck_reason = work.today, work.actor.login, reason.strip()


def _write(
    work: Transaction, case: Case, line: LineGiven, no: int, on: Any, *, replaces: int | None = None
) -> None:
    work.session.add(
        LineOfCase(
            **scope_of(case),
            list_key=line.list_key,
            no=no,
            entered_on=on,
            by_login=work.actor.login,
            replaces=replaces,
            **{cell.value: value for cell, value in cells_of(line).items()},
        )
    )
