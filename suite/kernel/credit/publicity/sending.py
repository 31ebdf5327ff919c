"""Sending decisions to the platform: checked before, each sending kept with the digest of what it said."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select

from suite.contract.commands import Change, Done
from suite.contract.problems import Problem, ProblemKind, Refused
from suite.kernel.credit.publicity.checking import Known, duplicates
from suite.kernel.credit.publicity.columns import BY_CODE, NUMBER, Form
from suite.kernel.credit.publicity.commands import ReportPublicity
from suite.kernel.credit.publicity.following import NAMED, PUBLICITY, require_public
from suite.kernel.credit.publicity.gathering import Gathered, Gathering
from suite.kernel.credit.publicity.holding import require_states, required
from suite.kernel.credit.publicity.rules import PENDING, PUBLISHED, REJECTED, REPORTED, THERE
from suite.kernel.credit.records import log_event
from suite.kernel.credit.scoping import DECISIONS, KEEP, hold, may
from suite.kernel.executor.work import Transaction
from suite.tables import CreditRecord, Publicity, PublicitySend

#: What a copy without numbers need not satisfy.
SECRET = frozenset({"publicity.masked", "publicity.id"})


def gathered(work: Transaction, rows: Sequence[Publicity]) -> list[Gathered]:
    """The rows with their cells, checked as of today; of one file no number stands twice."""
    gathering = Gathering(
        session=work.session, actor=work.actor, catalog=work.catalog, parameters=work.parameters
    )
    found = gathering.all_of(rows, Known(today=work.today))
    organs = {Form.LICENCE: "XK_XKJG", Form.PENALTY: "CF_CFJG"}
    twice = duplicates(
        (item.row.id, item.cells[NUMBER[item.form]], item.cells[organs[item.form]]) for item in found
    )
    return [
        item
        if item.row.id not in twice
        else Gathered(
            row=item.row, cells=item.cells, filled=item.filled,
            problems=(*item.problems, _twice(item.form, twice[item.row.id])),
        )
        for item in found
    ]  # fmt: skip


def _twice(form: Form, number: str) -> Problem:
    column = BY_CODE[form][NUMBER[form]]
    return Problem(
        code="publicity.duplicate",
        text=f"{column.title}（{column.code}）“{number}”在本批中出现两次，请核对文号后分别报送。",
        field=column.code,
    )


def report_publicity(command: ReportPublicity, work: Transaction) -> Done:
    """Check, then give the rows of the tables in `result["tables"]` and note that they went out.
    `result["public"]` says that they are a copy for people.

    Raises Refused with what is wrong, row by row, unless the faulty ones are to stay behind.
    """
    reason = required(command.reason, "reason", "报送事由")
    name = required(command.file_name, "file_name", "文件名", 200)
    rows = hold(work, DECISIONS, command.decisions, KEEP)
    what = "公示稿" if command.masked else "报送"
    require_states(rows, (PENDING, REJECTED, REPORTED, PUBLISHED), what)
    if command.masked:
        require_public(rows, what)
    # What the platform never had, or sent back, is owed to it, however late.
    _require_shown(
        [row for row in rows if command.masked or row.state in THERE or row.published_on is not None],
        what,
        work,
    )
    found = gathered(work, rows)
    good, left = _sorted_out(found, command.masked)
    if left and (not command.leave_faulty or not good):
        raise Refused(_told(left))
    for item in good:
        _send(item, command.masked, name, reason, work)
    work.session.flush()
    tables: dict[str, list[dict[str, str]]] = {}
    for item in good:
        key = f"{item.form.value}_{'person' if item.row.person else 'body'}"
        tables.setdefault(key, []).append(item.public() if command.masked else dict(item.cells))
    made = "公示稿" if command.masked else "报送文件"
    return Done(
        text=f"已生成{made}，{len(good)} 条" + (f"，另有 {len(left)} 条未通过预检" if left else ""),
        changes=(Change(kind=PUBLICITY, ids=tuple(item.row.id for item in good)),),
        warnings=tuple(_told(left)),
        result={
            "tables": tables,
            "public": command.masked,
            "reported": [item.row.id for item in good],
            "left": [i.row.id for i, _ in left],
        },
    )


def _require_shown(rows: Iterable[Publicity], what: str, work: Transaction) -> None:
    """Raises Refused for what is displayed no more: at the maximum it ends (信用修复管理办法)."""
    over = [row for row in rows if row.display_until is not None and row.display_until < work.today]
    if over:
        raise Refused(
            Problem(
                code="publicity.over",
                text=f"{row.name}（{row.document_no or row.title}）的公示期已于 {row.display_until} 届满，"
                f"不再办理{what}，请取消选定。",
                kind=ProblemKind.FORBIDDEN,
                field="decisions",
                article="信用修复管理办法（国家发展改革委令第36号）",
            )
            for row in over[:NAMED]
        )


def _sorted_out(
    found: Iterable[Gathered], masked: bool
) -> tuple[list[Gathered], list[tuple[Gathered, list[Problem]]]]:
    """Those that may go, and those with what is against them. A public copy shows no numbers anyway."""
    good: list[Gathered] = []
    left: list[tuple[Gathered, list[Problem]]] = []
    for item in found:
        columns = BY_CODE[item.form]
        faults = [
            problem
            for problem in item.problems
            if not (masked and (problem.code in SECRET or columns[problem.field or ""].secret))
        ]
        if faults:
            left.append((item, faults))
        else:
            good.append(item)
    return good, left


def require_checked(work: Transaction, rows: Sequence[Publicity]) -> None:
    """Raises Refused with the columns in which rows fail the check; what the actor may not see in full is no
    fault of theirs."""
    faulty: list[tuple[Gathered, list[Problem]]] = []
    for item in gathered(work, rows):
        faulty += _sorted_out([item], masked=not may(work.actor, "identity:reveal", item.row))[1]
    if faulty:
        raise Refused(_told(faulty))


def _told(left: Iterable[tuple[Gathered, list[Problem]]]) -> list[Problem]:
    return [
        Problem(
            code=problem.code,
            text=f"{item.row.name}（{item.row.document_no or item.row.title}）：{problem.text}",
            kind=problem.kind,
            severity=problem.severity,
            field="decisions",
            article=problem.article,
            data={"decision": item.row.id, "column": problem.field},
        )
        for item, faults in left
        for problem in faults
    ]


def digest_of(cells: Mapping[str, str]) -> str:
    """What says later whether the cells were these."""
    text = json.dumps(dict(sorted(cells.items())), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _send(item: Gathered, masked: bool, name: str, reason: str, work: Transaction) -> None:
    row = item.row
    work.session.add(
        PublicitySend(
            publicity_id=row.id,
            profession=row.profession,
            district_code=row.district_code,
            association=row.association,
            sent_on=work.today,
            by_login=work.actor.login,
            file_name=name,
            reason=reason,
            masked=masked,
            digest=digest_of(item.cells),
            place="",
            answer="",
        )
    )
    if masked:
        return
    row.state, row.rejection = REPORTED, ""
    row.reported_on = row.reported_on or work.today
    row.version += 1
    if row.case_id is not None:
        for record in work.session.scalars(select(CreditRecord).where(CreditRecord.case_id == row.case_id)):
            log_event(work, record, "导出", work.today, f"双公示报送：{name}")
