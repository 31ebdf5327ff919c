"""Accepting an import: all its rows in one transaction, as one run that says what each row did."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor, Change, Done, KindCommand
from suite.contract.problems import Problem, ProblemKind, refuse
from suite.database.bulk import insert_rows
from suite.kernel.exchange.previewed import HELD, SAME, ImportPreview, PreviewRow
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.kernel.registry.rules import stored
from suite.loader.catalog import Catalog
from suite.tables import ImportRow, ImportRun

ROWS = ImportRow.metadata.tables[ImportRow.__tablename__]


@dataclass(frozen=True, kw_only=True)
class ImportRows(KindCommand):
    """Write the accepted rows of a preview. Held rows are never among them."""

    permission: ClassVar[str] = "{owner}:roster:import"
    title: ClassVar[str] = "导入名册"

    file_name: str
    file_hash: str
    rows: tuple[PreviewRow, ...]
    rows_same: int
    rows_held: int


@dataclass(frozen=True, kw_only=True)
class RunLine:
    """One run of the importer as a list shows it."""

    id: int
    kind: str
    kind_title: str
    file_name: str
    by: str
    at: Any
    new: int
    changed: int
    same: int
    held: int


def accept(preview: ImportPreview, *, strict: bool = False) -> ImportRows:
    """The command that writes a preview. With `strict` any held row refuses the whole."""
    counts = preview.counts
    if strict and counts[HELD]:
        raise refuse("import.strict", f"有 {counts[HELD]} 行存在问题，按要求全部未写入。请改正后重新导入。")
    return ImportRows(
        kind=preview.kind,
        file_name=preview.path.name,
        file_hash=preview.file_hash,
        rows=tuple(preview.taken()),
        rows_same=counts[SAME],
        rows_held=counts[HELD],
    )


def import_rows(command: ImportRows, work: Transaction) -> Done:
    """Save the rows and log the run. A row that somebody changed since the preview refuses the whole."""
    kind = work.catalog.kinds[command.kind]
    if not command.rows:
        return Done(text="没有需要写入的行", result={"run": None})
    edits = tuple(
        RowEdit(
            values=row.values,
            subject_id=row.subject_id,
            expected_version=row.version,
            base={key: old for key, (old, _) in row.changes.items()},
            place=place,
        )
        for place, row in enumerate(command.rows)
    )
    saved = work.run(SaveRecords(kind=kind.key, rows=edits))
    ids: Sequence[int] = saved.result["ids"]
    new = sum(1 for row in command.rows if row.subject_id is None)
    run = ImportRun(
        kind=kind.key,
        profession=kind.owner,
        file_name=command.file_name[:300],
        file_hash=command.file_hash,
        by_login=work.actor.login,
        at=work.now,
        rows_new=new,
        rows_changed=len(command.rows) - new,
        rows_same=command.rows_same,
        rows_held=command.rows_held,
        transaction_id=work.number,
    )
    work.session.add(run)
    work.session.flush()
    secret = {field.key for field in kind.fields if field.sensitive}
    insert_rows(
        work.connection,
        ROWS,
        [
            {
                "run_id": run.id,
                "subject_id": subject_id,
                "sheet": row.sheet[:100],
                "row": row.row,
                "result": row.result,
                "version": 1 if row.version is None else row.version + 1,
                "before": _before(row, secret),
            }
            for subject_id, row in zip(ids, command.rows, strict=True)
        ],
    )
    return Done(
        text=f"已导入：{saved.text}",
        changes=(*saved.changes, Change(kind="core.import_run", ids=(run.id,))),
        warnings=saved.warnings,
        result={"run": run.id, "ids": list(ids)},
    )


def _before(row: PreviewRow, secret: set[str]) -> str | None:
    """The values before, for taking the run back. Secrets stay in the audit's own table."""
    if not row.changes:
        return None
    return json.dumps(
        {key: None if key in secret else stored(old) for key, (old, _) in row.changes.items()},
        ensure_ascii=False,
    )


def runs(session: Session, actor: Actor, catalog: Catalog, *, limit: int = 50) -> list[RunLine]:
    """The latest runs of the kinds that the actor may import.

    A run knows no district, so that who looks after some districts only sees the own runs.
    """
    scopes = {
        kind.key: actor.scopes(f"{kind.owner}:roster:import")
        for kind in catalog.kinds.values()
        if actor.may(f"{kind.owner}:roster:import")
    }
    whole = [
        key
        for key, held in scopes.items()
        if any(scope.districts is None and scope.associations is None for scope in held)
    ]
    rows = session.scalars(
        select(ImportRun)
        .where(
            ImportRun.kind.in_(list(scopes)),
            or_(ImportRun.by_login == actor.login, ImportRun.kind.in_(whole)),
        )
        .order_by(ImportRun.id.desc())
        .limit(limit)
    )
    return [
        RunLine(
            id=row.id,
            kind=row.kind,
            kind_title=catalog.kinds[row.kind].title,
            file_name=row.file_name,
            by=row.by_login,
            at=row.at,
            new=row.rows_new,
            changed=row.rows_changed,
            same=row.rows_same,
            held=row.rows_held,
        )
        for row in rows
    ]


def not_importable(actor: Actor, catalog: Catalog, kind: str) -> Problem | None:
    """Why the actor may not import this kind, if so."""
    found = catalog.kinds.get(kind)
    if found is not None and actor.may(f"{found.owner}:roster:import"):
        return None
    title = found.title if found else kind
    return Problem(
        code="not_permitted",
        kind=ProblemKind.NOT_PERMITTED,
        text=f"您没有导入“{title}”名册的权限，请联系科室管理员。",
    )
