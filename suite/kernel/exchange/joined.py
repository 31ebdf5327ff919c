"""New records of persons whom the suite knows: what they say of the person is said of every record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from suite.contract.declarations import RecordKind
from suite.contract.problems import Problem, Severity
from suite.database.among import MOST, among
from suite.kernel.exchange.previewed import PreviewRow
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.current import chunks, columns_of
from suite.kernel.registry.edits import Edit
from suite.kernel.registry.roles import personal_keys
from suite.kernel.registry.scoping import may_read
from suite.tables import MERGED, Identity, Person, Subject


def tell_joined(
    kind: RecordKind, rows: Sequence[PreviewRow], edits: Sequence[Edit], work: Transaction
) -> None:
    """List what new rows change of the persons whom they join, as the rows of their own records would.

    Of a person of whom the actor may read no record only what the row itself says is told, not whether
    anything differs. `edits` name the rows by their places.
    """
    joining = [edit for edit in edits if edit.is_new and edit.linked_person and edit.person_id is not None]
    if not joining:
        return
    # The name and the number by which they were found are the same.
    keys = sorted(personal_keys(kind) - {"name", "id_number"}, key=list(kind.by_key).index)
    known = _known(kind, keys, [edit.person_id or 0 for edit in joining], work)
    for edit in joining:
        row = rows[edit.place or 0]
        said = [key for key in keys if edit.values.get(key) is not None]
        standing = known.get(edit.person_id or 0)
        if standing is None:
            row.problems += _elsewhere(kind, [key for key in said if key in row.values])
            continue
        row.changes = {
            key: (standing[key], edit.values[key]) for key in said if standing[key] != edit.values[key]
        }
        row.problems += _changed(kind, [key for key, (old, _) in row.changes.items() if old is not None])


def _known(
    kind: RecordKind, keys: Sequence[str], persons: Sequence[int], work: Transaction
) -> dict[int, Mapping[str, Any]]:
    """Person → what is said of him, of those of whom the actor may read a record."""
    columns = columns_of(kind)
    query = (
        select(
            Subject.person_id,
            Subject.profession,
            Subject.district_code,
            Subject.association,
            *(columns[key] for key in keys),
        )
        .join(Person, Person.id == Subject.person_id)
        .outerjoin(Identity, Identity.person_id == Person.id)
        .where(Subject.kind != MERGED)
    )
    found: dict[int, Mapping[str, Any]] = {}
    for part in chunks(persons, MOST):
        for person, profession, district, association, *values in work.session.execute(
            query.where(among(Subject.person_id, part))
        ):
            if may_read(work.actor, profession, district, association):
                found[person] = dict(zip(keys, values, strict=True))
    return found


def _changed(kind: RecordKind, keys: Sequence[str]) -> list[Problem]:
    if not keys:
        return []
    titles = "、".join(kind.by_key[key].title for key in keys)
    return [
        Problem(
            code="match.joined",
            field=keys[0],
            text=f"此人在其他名册中已有档案，现登记的{titles}与表中不同，导入后其各份档案一并按表中的改，请核对。",
            severity=Severity.WARNING,
        )
    ]


def _elsewhere(kind: RecordKind, keys: Sequence[str]) -> list[Problem]:
    if not keys:
        return []
    titles = "、".join(kind.by_key[key].title for key in keys)
    return [
        Problem(
            code="match.joined_elsewhere",
            field=keys[0],
            text=f"此人在您的管理范围以外另有档案，表中的{titles}导入后也将成为该档案的内容，请核对。",
            severity=Severity.WARNING,
        )
    ]
