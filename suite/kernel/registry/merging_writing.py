"""Carrying a merge out and writing it down, so that the undo finds the way back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, Table, insert, or_, select, update

from suite.contract.declarations import RecordKind
from suite.database.base import METADATA
from suite.database.bulk import allocate_ids, insert_rows
from suite.kernel.audit.queries import REMARK
from suite.kernel.audit.seal import note
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.current import current_records
from suite.kernel.registry.edits import Edit
from suite.kernel.registry.merging_fields import exchange
from suite.kernel.registry.merging_history import Opening
from suite.kernel.registry.merging_plan import MergePlan
from suite.kernel.registry.merging_references import MERGES, SUBJECTS, carry_out, key_text_of
from suite.kernel.registry.searched import former_names, searchable
from suite.kernel.registry.timeline import LICENCE_EVENTS, PLACED, insert_recorded
from suite.kernel.search.keys import write_keys
from suite.tables import MergeRow

FOLLOWED = "followed"
MERGE_ROWS = METADATA.tables[MergeRow.__tablename__]


def remark(rows: Iterable[Row[Any]], words: str, reason: str, work: Transaction) -> None:
    """Say in the log of these records what was done and why, in one sentence."""
    for row in rows:
        note(
            work.connection,
            transaction_id=work.number,
            table=SUBJECTS.name,
            key=str(row.id),
            action=REMARK,
            scope=(row.profession, row.district_code, row.association),
            after=json.dumps({"words": words, "reason": reason}, ensure_ascii=False),
        )


def begin(
    work: Transaction,
    *,
    what: str,
    kind: str,
    scope: Row[Any],
    reason: str,
    kept_id: int | None = None,
    gone_id: int | None = None,
    kept_person_id: int | None = None,
    gone_person_id: int | None = None,
    gone_no: str | None = None,
    gone_details: Mapping[str, Any] | None = None,
) -> int:
    """Write the merge itself; gives its number."""
    number = allocate_ids(work.connection, MERGES, 1)[0]
    row = {
        "id": number,
        "what": what,
        "kind": kind,
        "profession": scope.profession,
        "district_code": scope.district_code,
        "association": scope.association,
        "kept_id": kept_id,
        "gone_id": gone_id,
        "kept_person_id": kept_person_id,
        "gone_person_id": gone_person_id,
        "gone_no": gone_no,
        "gone_details": json.dumps(gone_details, ensure_ascii=False) if gone_details else None,
        "reason": reason,
        "by_login": work.actor.login,
        "at": work.now,
        "transaction_id": work.number,
    }
    work.connection.execute(insert(MERGES).values(row))
    return number


def write_plan(merge_id: int, plan: MergePlan, work: Transaction) -> None:
    """Exchange and move what the plan says, and write down how to undo it."""
    work.progress("移动引用", 0, len(plan.moves))
    rows = exchange(work.session, work.connection, plan.swaps)
    carry_out(work.connection, plan.moves)
    record_lines(
        merge_id,
        [
            *(made(table, (key,)) for table, key in rows),
            *(
                _line("swapped", swap.table, (swap.kept,), other=(swap.gone,), column=swap.column)
                for swap in plan.swaps
            ),
            *(
                _line("moved", move.table, move.moved_key, column=move.column, before=move.before)
                for move in plan.moves
            ),
        ],
        work,
    )


def made(table: Table, key: tuple[Any, ...]) -> dict[str, Any]:
    """A row that did not exist."""
    return _line("made", table, key)


def followed(subject_id: int, column: str, before: str | None) -> dict[str, Any]:
    """A column of a subject that is other than it was because its body was merged."""
    return _line(FOLLOWED, SUBJECTS, (subject_id,), column=column, before=before)


def _line(
    action: str,
    table: Table,
    key: tuple[Any, ...],
    *,
    other: tuple[Any, ...] | None = None,
    column: str | None = None,
    before: Any = None,
) -> dict[str, Any]:
    return {
        "action": action,
        "table_name": table.name,
        "row_key": key_text_of(key),
        "other_key": key_text_of(other) if other is not None else None,
        "column_name": column,
        "before": str(before) if before is not None else None,
    }


def record_lines(merge_id: int, lines: Sequence[dict[str, Any]], work: Transaction) -> None:
    """Write down what was done, row by row."""
    numbers = allocate_ids(work.connection, MERGE_ROWS, len(lines))
    insert_rows(
        work.connection,
        MERGE_ROWS,
        [{"id": number, "merge_id": merge_id, **line} for number, line in zip(numbers, lines, strict=True)],
    )


def open_licence(merge_id: int, subject_id: int, opening: Opening, work: Transaction) -> None:
    """Write the decision with which the later licence stands behind the ended one."""
    subject = work.session.execute(select(SUBJECTS).where(SUBJECTS.c.id == subject_id)).one()
    row: dict[str, Any] = {
        "subject_id": subject_id,
        "profession": subject.profession,
        "district_code": subject.district_code,
        "association": subject.association,
        "licence_id": opening.licence_id,
        "state": opening.state,
        "on_date": opening.on_date,
        "document_no": None,
        "decided_by": None,
        "note": "合并档案：自此以后一份许可为准",
    }
    numbers = insert_recorded(work, LICENCE_EVENTS, [row])
    record_lines(merge_id, [made(LICENCE_EVENTS, tuple(numbers))], work)


def scope_follows(ids: Iterable[int], work: Transaction) -> None:
    """Let history and tasks of subjects bear the scope of the subject that they are of now."""
    for subject in work.session.execute(select(SUBJECTS).where(SUBJECTS.c.id.in_(list(ids)))):
        for table in PLACED:
            scope = {"district_code": subject.district_code, "association": subject.association}
            differs = or_(*(table.c[key].is_distinct_from(value) for key, value in scope.items()))
            work.connection.execute(
                update(table).where(table.c.subject_id == subject.id, differs).values(scope)
            )


def raise_versions(rows: Iterable[Row[Any]], work: Transaction) -> None:
    """Whoever has one of these open is told that it is another now."""
    for row in rows:
        work.connection.execute(
            update(SUBJECTS)
            .where(SUBJECTS.c.id == row.id)
            .values(version=row.version + 1, updated_at=work.now)
        )


def write_search_keys(kind: RecordKind, ids: Sequence[int], work: Transaction) -> None:
    """Find the records by what they say now."""
    former = former_names(work, ids)
    found = [
        searchable(
            kind,
            Edit(place=None, current=one, changes={}, values=one.values, subject_id=number),
            former.get(number, ()),
        )
        for number, one in current_records(work.session, kind, ids).items()
    ]
    write_keys(work.connection, found, fresh=False)
