"""Finding each row's record again, and rows of one file that mean the same record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select

from suite.contract.declarations import RecordKind
from suite.contract.problems import Problem
from suite.kernel.exchange.previewed import PreviewRow
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.current import chunks
from suite.tables import Identity, Subject


def match_rows(kind: RecordKind, rows: Sequence[PreviewRow], work: Transaction) -> None:
    """Find each row's record by the kind's match fields, in order; by name only where it is unique."""
    for key in kind.match:
        open_rows = [row for row in rows if row.subject_id is None and row.values.get(key) is not None]
        found = _subjects_by(kind, key, [row.values[key] for row in open_rows], work)
        for row in open_rows:
            ids = found.get(row.values[key], [])
            if len(ids) == 1 and (key != "name" or row.values.get("main_no") is None):
                row.subject_id = ids[0]


def _subjects_by(
    kind: RecordKind, key: str, values: Iterable[Any], work: Transaction
) -> dict[Any, list[int]]:
    found: dict[Any, list[int]] = {}
    field = kind.by_key[key]
    if field.table.name == Identity.__tablename__:
        query = (
            select(Identity.id_number, Subject.id)
            .join(Subject, Subject.person_id == Identity.person_id)
            .where(Subject.kind == kind.key)
        )
        column: Any = Identity.id_number
    else:
        column = field.table.columns[field.name]
        query = select(column, Subject.id).where(Subject.kind == kind.key)
        if field.table is kind.details:
            query = query.join(kind.details, kind.details.c.subject_id == Subject.id)
    for part in chunks(list(dict.fromkeys(values))):
        for value, subject_id in work.session.execute(query.where(column.in_(part))):
            found.setdefault(value, []).append(subject_id)
    return found


def hold_repeated(kind: RecordKind, rows: Sequence[PreviewRow]) -> None:
    """One record or number on two rows of the file: the later ones are held and say where the first is."""
    seen: dict[tuple[str, Any], PreviewRow] = {}
    for row in rows:
        asked: list[tuple[str, Any]] = [
            (key, row.values[key]) for key in kind.match if key != "name" and key in row.values
        ]
        if row.subject_id is not None:
            asked.append(("", row.subject_id))
        for key in asked:
            first = seen.setdefault(key, row)
            if first is not row:
                title = kind.by_key[key[0]].title if key[0] else "档案"
                row.problems.append(
                    Problem(
                        code="duplicate_row",
                        field=key[0] or None,
                        text=f"与工作表“{first.sheet}”第 {first.row} 行是同一{title}，请核对后只留一行。",
                    )
                )
                break
