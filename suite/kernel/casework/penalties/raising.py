"""What an inspection found becomes a penalty case in one action: party, articles, evidence, photographs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import insert, select, update

from suite.contract.case_facts import CaseFacts
from suite.contract.commands import Command, Done, Handler, KindCommand
from suite.contract.effects import Effect
from suite.contract.problems import ProblemKind, refuse
from suite.contract.usual_lists import EVIDENCE, FINDINGS
from suite.kernel.casework.commands import AddCaseLines, LineGiven
from suite.kernel.casework.current import Standing, hold_case, require_in_scope, scope_of, standing_of
from suite.kernel.casework.derive import step
from suite.kernel.casework.line_rules import cells_of
from suite.kernel.executor.work import Transaction
from suite.tables import Attachment, Case, CaseContent, LineOfCase
from suite.tables.documents import OF_CASE

#: What a finding of an inspection is as evidence: 勘验笔录、现场笔录 (行政处罚法第四十六条).
RECORD = "record"
#: The conduct of a case is told in a field of so many characters at most.
MOST_CONDUCT, MOST_NAME = 1_000, 300


@dataclass(frozen=True, kw_only=True)
class RaisePenalty(KindCommand):
    """Open a penalty case of a kind from an inspection: its respondent, what was found by which article, the
    evidence with its files. The inspection keeps the number."""

    permission: ClassVar[str] = "{owner}:case:handle"
    title: ClassVar[str] = "检查问题转行政处罚立案线索"
    article: ClassVar[str | None] = "行政处罚法第五十四条"

    inspection: str
    on: dt.date


def raises_penalty(inspection: str, penalty: str) -> Effect:
    """The effect by which the step opens the case, unless it was told the number of one that is open."""

    def makes(case: CaseFacts) -> list[Command]:
        if case.values.get("penalty_no"):
            return []
        return [RaisePenalty(kind=penalty, inspection=case.number, on=case.on)]

    return Effect(key=f"{inspection}.raise_penalty", title="登记行政处罚案件", makes=makes)


def raise_penalty(command: RaisePenalty, work: Transaction) -> Done:
    """Open it. Raises Refused for an inspection that is not there or found nothing, and with whatever stands
    against the penalty case."""
    number = work.session.scalar(select(Case.id).where(Case.number == command.inspection))
    if number is None:
        text = "没有这件检查，或不在您的管理范围内。"
        raise refuse("case.unknown", text, ProblemKind.NOT_PERMITTED, field="inspection")
    case = hold_case(work, number)
    require_in_scope(work, "case:handle", case)
    found = standing_of(work.session, work.catalog, case)
    problems = _lines(found, FINDINGS.key)
    if not problems:
        text = "这件检查没有登记问题，请先登记发现的问题和依据条款。"
        raise refuse("core.inspection.found", text, ProblemKind.FORBIDDEN, field="inspection")
    opened = work.run(
        step(
            work.catalog,
            "OpenPenalty",
            kind=command.kind,
            on=command.on,
            respondent=tuple(
                row.subject_id
                for row in found.parties
                if row.role == found.kind.respondent and row.left_on is None and row.subject_id is not None
            ),
            source="inspection",
            source_no=case.number,
            conduct=conduct_of(problems),
            found_on=min(row.entered_on for row in problems),
        )
    )
    penalty = work.session.get_one(Case, opened.result["case_id"])
    evidence = _lines(found, EVIDENCE.key)
    holder = "、".join(row.name for row in found.parties if row.role == "officer" and row.left_on is None)
    added = work.run(
        AddCaseLines(
            case_id=penalty.id,
            on=command.on,
            lines=(*as_evidence(problems, case.number, holder), *_carried(evidence)),
            note=f"由检查 {case.number} 带入",
        )
    )
    written: Iterable[int] = added.result["lines"][EVIDENCE.key]
    _carry_files(case, penalty, (*problems, *evidence), written, work)
    details = found.kind.details
    work.session.execute(
        update(details).where(details.c.case_id == case.id).values(penalty_no=penalty.number)
    )
    return Done(
        text=f"已登记行政处罚案件 {penalty.number}",
        changes=(*opened.changes, *added.changes),
        warnings=(*opened.warnings, *added.warnings),
        result={"case_id": penalty.id, "number": penalty.number},
    )


def _lines(found: Standing, key: str) -> list[LineOfCase]:
    return [row for row in found.lines if row.list_key == key and row.struck_on is None]


def conduct_of(problems: Iterable[LineOfCase]) -> str:
    """What the party did, as the inspection found it: each problem with its article."""
    told = "；".join(_with_article(row) for row in problems)
    return told if len(told) <= MOST_CONDUCT else f"{told[: MOST_CONDUCT - 1]}…"


def _with_article(row: LineOfCase) -> str:
    text = (row.text or "").strip().rstrip("。；;")
    return f"{text}（{row.article}）" if row.article else text


def as_evidence(problems: Iterable[LineOfCase], number: str, holder: str) -> Iterator[LineGiven]:
    """Each problem as a line of evidence: the record made on site."""
    for row in problems:
        yield LineGiven(
            list_key=EVIDENCE.key,
            code=RECORD,
            name=f"现场检查笔录：问题第 {row.no} 条",
            day=row.entered_on,
            place=number,
            holder=holder[:200] or None,
            text=_with_article(row),
        )


def _carried(evidence: Iterable[LineOfCase]) -> Iterator[LineGiven]:
    for row in evidence:
        yield LineGiven(list_key=EVIDENCE.key, **{cell.value: value for cell, value in cells_of(row).items()})


def _carry_files(
    case: Case, penalty: Case, rows: Iterable[LineOfCase], written: Iterable[int], work: Transaction
) -> None:
    """The files of the lines, each at the line that came of its own; the content is kept with each case."""
    lines: dict[int, int] = dict(
        work.session.execute(
            select(LineOfCase.no, LineOfCase.id).where(
                LineOfCase.case_id == penalty.id, LineOfCase.list_key == EVIDENCE.key
            )
        ).all()
    )
    became = {row.id: lines[no] for row, no in zip(rows, written, strict=True)}
    files = work.session.scalars(
        select(Attachment)
        .where(
            Attachment.line_id.in_(became),
            Attachment.struck_at.is_(None),
            # Whatever tells who complains stays where it is.
            Attachment.reader == OF_CASE,
        )
        .order_by(Attachment.id)
    ).all()
    for digest in dict.fromkeys(file.sha256 for file in files):
        content = work.session.get_one(CaseContent, (case.id, digest, OF_CASE))
        work.session.execute(
            insert(CaseContent).values(
                **scope_of(penalty),
                sha256=digest,
                reader=OF_CASE,
                media=content.media,
                size=content.size,
                content=content.content,
            )
        )
    for file in files:
        work.session.add(
            Attachment(
                **scope_of(penalty),
                sha256=file.sha256,
                reader=file.reader,
                line_id=became[file.line_id or 0],
                file_name=file.file_name,
                note=file.note,
                added_by=work.actor.login,
                added_at=work.now,
            )
        )
    work.session.flush()


HANDLERS: Mapping[type[Command], Handler] = {RaisePenalty: raise_penalty}
