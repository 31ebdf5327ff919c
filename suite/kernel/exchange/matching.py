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
    for keys in kind.match_keys:
        asked = {
            id(row): values
            for row in rows
            if row.subject_id is None and None not in (values := _said(row, keys))
        }
        found = _subjects_by(kind, keys, asked.values(), work)
        for row in rows:
            ids = found.get(asked.get(id(row), ()), [])
            if len(ids) == 1 and (keys != ("name",) or row.values.get("main_no") is None):
                row.subject_id = ids[0]


def _said(row: PreviewRow, keys: Sequence[str]) -> tuple[Any, ...]:
    """What a row says in the fields that it is found by."""
    return tuple(row.values.get(key) for key in keys)


def _subjects_by(
    kind: RecordKind, keys: Sequence[str], wanted: Iterable[tuple[Any, ...]], work: Transaction
) -> dict[tuple[Any, ...], list[int]]:
    """Values of these fields → the records that have them all."""
    found: dict[tuple[Any, ...], list[int]] = {}
    fields = [kind.by_key[key] for key in keys]
    columns = [field.table.columns[field.name] for field in fields]
    query = select(Subject.id, *columns).where(Subject.kind == kind.key)
    tables = {field.table.name for field in fields}
    if Identity.__tablename__ in tables:
        query = query.join(Identity, Identity.person_id == Subject.person_id)
    if kind.details.name in tables:
        query = query.join(kind.details, kind.details.c.subject_id == Subject.id)
    for part in chunks(list(dict.fromkeys(values[0] for values in wanted))):
        for subject_id, *values in work.session.execute(query.where(columns[0].in_(part))):
            found.setdefault(tuple(values), []).append(subject_id)
    return found


def hold_repeated(kind: RecordKind, rows: Sequence[PreviewRow]) -> None:
    """One record or number on two rows of the file: the later ones are held and say where the first is."""
    seen: dict[tuple[tuple[str, ...], Any], PreviewRow] = {}
    for row in rows:
        asked: list[tuple[tuple[str, ...], Any]] = [
            (keys, said)
            for keys in kind.match_keys
            if keys != ("name",) and None not in (said := _said(row, keys))
        ]
        if row.subject_id is not None:
            asked.append(((), row.subject_id))
        for keys, said in asked:
            first = seen.setdefault((keys, said), row)
            if first is not row:
                title = "、".join(kind.by_key[key].title for key in keys) or "档案"
                row.problems.append(
                    Problem(
                        code="duplicate_row",
                        field=keys[0] if keys else None,
                        text=f"与工作表“{first.sheet}”第 {first.row} 行是同一{title}，请核对后只留一行。",
                    )
                )
                break
