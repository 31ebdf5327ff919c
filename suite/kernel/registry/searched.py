"""What finds a record: its names, the former ones too, and its public numbers."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from suite.contract.declarations import RecordKind
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.current import chunks
from suite.kernel.registry.edits import Edit
from suite.kernel.registry.timeline import DATED
from suite.kernel.search.keys import Searchable


def searchable(kind: RecordKind, edit: Edit, former: Sequence[str]) -> Searchable:
    """What finds a record."""
    numbers = [edit.values.get("main_no")]
    if kind.licence is not None:
        numbers.append(edit.values.get(kind.licence.number))
    return Searchable(
        subject_id=edit.subject_id,
        kind=kind.key,
        profession=kind.owner,
        district_code=edit.values.get("district_code"),
        association=edit.association,
        names=tuple(dict.fromkeys((edit.values["name"], *former))),
        numbers=tuple(dict.fromkeys(number for number in numbers if number)),
    )


def former_names(work: Transaction, subject_ids: Sequence[int]) -> dict[int, list[str]]:
    """Subject → the names it ever had."""
    found: dict[int, list[str]] = {}
    for part in chunks(subject_ids):
        for subject_id, name in work.session.execute(
            select(DATED.c.subject_id, DATED.c.value).where(
                DATED.c.subject_id.in_(part),
                DATED.c.field == "name",
                DATED.c.voided_at.is_(None),
                DATED.c.value.is_not(None),
            )
        ):
            found.setdefault(subject_id, []).append(name)
    return found
