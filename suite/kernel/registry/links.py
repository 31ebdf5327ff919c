"""Subjects that others point to: does the link exist, is it of an allowed kind, where is it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.contract.declarations import Field, Linked, RecordKind
from suite.contract.problems import Problem, Severity
from suite.contract.states import StateKind
from suite.database.among import MOST, among
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.current import chunks, current_records
from suite.kernel.registry.edits import Edit
from suite.kernel.registry.scoping import may_read
from suite.tables import MERGED, DatedValue, District, LicenceEvent, Subject

#: The field in which a kind keeps since when a record is in its state, where it has one.
STATE_SINCE = "status_on"


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
    status: str


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
                Subject.status,
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
                status=row.status,
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


def closed_bodies(
    kind: RecordKind, edits: Sequence[Edit], targets: Mapping[int, Target], work: Transaction
) -> list[Problem]:
    """Who is, or comes, on the roster at a body that has ended: which body, how, and since when.

    Told and taken: a roster of the past is entered in any order, and what the law bars is a `Hold`.
    """
    field = kind.by_key.get("body_id")
    if field is None:
        return []
    asked: dict[int, list[Edit]] = {}
    for edit in edits:
        body = edit.changes.get("body_id")
        target = targets.get(body) if body is not None else None
        if target is not None and edit.values.get("status") in kind.counted and _has_ended(target, work):
            asked.setdefault(target.subject_id, []).append(edit)
    since = _since({body: targets[body] for body in asked}, work)
    found: list[Problem] = []
    for body, at_body in asked.items():
        target = targets[body]
        named = may_read(work.actor, target.profession, target.district_code, target.association)
        state = work.catalog.codes[work.catalog.kinds[target.kind].status].by_value[target.status].title
        day = f"自 {since[body]} 起" if body in since else ""
        text = (
            f"{field.title}{f'“{target.name}”' if named else ''}{day}的状态是“{state}”，"
            f"请核对{field.title}，以及{'此人' if kind.has_person else '此项'}的状态。"
        )
        found += [
            Problem(code="body.ended", text=text, field=field.key, row=edit.place, severity=Severity.WARNING)
            for edit in at_body
        ]
    return found


def _has_ended(target: Target, work: Transaction) -> bool:
    """Whether a record is off its roster for good, by what its kind declares of its states."""
    kind = work.catalog.kinds.get(target.kind)
    code = work.catalog.codes[kind.status].by_value.get(target.status) if kind is not None else None
    return (
        kind is not None
        and code is not None
        and target.status not in kind.counted
        and code.state in (StateKind.ENDED, StateKind.BAD)
    )


def _since(targets: Mapping[int, Target], work: Transaction) -> dict[int, dt.date]:
    """Since when records are in their states: as their licence or their history has it, else as they say."""
    states: dict[int, tuple[str | None, dt.date | None]] = {}
    for entries, value, day in (
        (DatedValue, DatedValue.value, DatedValue.from_date),
        (LicenceEvent, LicenceEvent.state, LicenceEvent.on_date),
    ):
        query = select(entries.subject_id, value, day).where(
            among(entries.subject_id, list(targets)), entries.voided_at.is_(None)
        )
        if entries is DatedValue:
            query = query.where(DatedValue.field == "status")
        for number, state, on in work.session.execute(query.order_by(day, entries.id)) if targets else ():
            if number not in states or states[number][0] != state:
                states[number] = (state, on)
    found = {
        number: on
        for number, (state, on) in states.items()
        if state == targets[number].status and on is not None
    }
    by_kind: dict[str, list[int]] = {}
    for number in targets.keys() - found.keys():
        by_kind.setdefault(targets[number].kind, []).append(number)
    for key, numbers in by_kind.items():
        for number, record in current_records(work.session, work.catalog.kinds[key], numbers).items():
            if (said := record.values.get(STATE_SINCE)) is not None:
                found[number] = said
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
