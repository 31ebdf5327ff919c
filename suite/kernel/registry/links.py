"""Subjects that others point to: does the link exist, is it of an allowed kind, where is it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from suite.contract.declarations import Field, FieldType
from suite.contract.problems import Problem
from suite.kernel.registry.current import chunks
from suite.tables import District, Subject


@dataclass(frozen=True, kw_only=True)
class Target:
    """What a link points to."""

    subject_id: int
    kind: str
    name: str
    district_code: str | None


def targets_of(session: Session, ids: Iterable[int]) -> dict[int, Target]:
    """The subjects of these ids that exist."""
    found: dict[int, Target] = {}
    for part in chunks(sorted(set(ids))):
        for row in session.execute(
            select(Subject.id, Subject.kind, Subject.name, Subject.district_code).where(Subject.id.in_(part))
        ):
            found[row.id] = Target(
                subject_id=row.id, kind=row.kind, name=row.name, district_code=row.district_code
            )
    return found


def district_codes(session: Session) -> frozenset[str]:
    """All district codes."""
    return frozenset(session.scalars(select(District.code)))


def link_problem(field: Field, value: int, targets: dict[int, Target]) -> Problem | None:
    """What is wrong with a link's value, if anything."""
    target = targets.get(value)
    if target is None:
        return Problem(
            code="link.unknown", text=f"“{field.title}”所指的记录不存在，请重新选择。", field=field.key
        )
    if target.kind not in field.links:
        return Problem(
            code="link.kind",
            text=f"“{field.title}”不能是“{target.name}”这一类，请重新选择。",
            field=field.key,
        )
    return None


def is_link(field: Field) -> bool:
    """Whether the field's value is a subject."""
    return field.type is FieldType.LINK
