"""Subjects that others point to: does the link exist, is it of an allowed kind, where is it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.contract.declarations import Field, Linked, RecordKind
from suite.contract.problems import Problem
from suite.database.among import MOST, among
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.current import chunks
from suite.kernel.registry.edits import Edit
from suite.kernel.registry.scoping import may_read
from suite.tables import MERGED, District, Subject


@dataclass(frozen=True, kw_only=True)
class Target:
    """What a link points to."""

    subject_id: int
    kind: str
    name: str
    main_no: str | None
    profession: str
    district_code: str | None
    association: str | None


def targets_of(session: Session, ids: Iterable[int]) -> dict[int, Target]:
    """The subjects of these ids that exist."""
    found: dict[int, Target] = {}
    for part in chunks(sorted(set(ids)), MOST):
        for row in session.execute(
            select(
                Subject.id,
                Subject.kind,
                Subject.name,
                Subject.main_no,
                Subject.profession,
                Subject.district_code,
                Subject.association,
            ).where(among(Subject.id, part))
        ):
            found[row.id] = Target(
                subject_id=row.id,
                kind=row.kind,
                name=row.name,
                main_no=row.main_no,
                profession=row.profession,
                district_code=row.district_code,
                association=row.association,
            )
    return found


def name_after(kind: RecordKind, edits: Sequence[Edit], targets: Mapping[int, Target], actor: Actor) -> None:
    """Give new records without a name that of the record they are named after, if the actor may read it."""
    link = kind.named_after
    if link is None:
        return
    for edit in edits:
        target = targets.get(edit.values.get(link) or 0)
        if not edit.is_new or target is None or edit.values.get("name") is not None:
            continue
        if may_read(actor, target.profession, target.district_code, target.association):
            edit.say("name", target.name)


def linked_problems(
    kind: RecordKind, edits: Sequence[Edit], targets: Mapping[int, Target], work: Transaction
) -> list[Problem]:
    """What the checks of a kind find between a record and what it points to, as far as that may be read."""
    found: list[Problem] = []
    for key, check in kind.link_checks:
        for edit in edits:
            target = targets.get(edit.values.get(key) or 0) if edit.changes else None
            if target is None or not may_read(
                work.actor, target.profession, target.district_code, target.association
            ):
                continue
            linked = Linked(name=target.name, main_no=target.main_no)
            told = check(edit.values, linked, work.checks)
            found += [problem.at(row=edit.place) for problem in told]
    return found


def district_codes(session: Session) -> frozenset[str]:
    """All district codes."""
    return frozenset(session.scalars(select(District.code)))


def link_problem(field: Field, value: int, targets: dict[int, Target], actor: Actor) -> Problem | None:
    """What is wrong with a link's value, if anything. Names the target only to who may read it."""
    target = targets.get(value)
    if target is None:
        return Problem(
            code="link.unknown", text=f"“{field.title}”所指的记录不存在，请重新选择。", field=field.key
        )
    if target.kind == MERGED:
        return Problem(
            code="link.merged",
            text=f"“{field.title}”所指的档案已并入另一份，请改选保留的那一份。",
            field=field.key,
        )
    if target.kind not in field.links:
        readable = may_read(actor, target.profession, target.district_code, target.association)
        named = f"“{target.name}”这一类" if readable else "这一类档案"
        return Problem(
            code="link.kind",
            text=f"“{field.title}”不能是{named}，请重新选择。",
            field=field.key,
        )
    return None
