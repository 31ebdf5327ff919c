"""Taking back a merge or a split, from what it wrote down about itself."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Column, Row, Table, and_, delete, or_, select, update

from suite.contract.commands import Change, Done
from suite.contract.problems import Problem, ProblemKind, Severity, refuse
from suite.database.base import METADATA
from suite.kernel.accounts.deciders import told_deciders
from suite.kernel.accounts.others import Place
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.current import known_kind
from suite.kernel.registry.merging import hold, permitted, roles_behind
from suite.kernel.registry.merging_commands import UndoMerge
from suite.kernel.registry.merging_districts import Followed, districts_return, followed_of
from suite.kernel.registry.merging_fields import Swap, exchange, with_history
from suite.kernel.registry.merging_references import (
    IDENTITIES,
    MERGES,
    PERSONS,
    SUBJECTS,
    Move,
    by_column,
    carry_out,
    key_of_text,
    out_of_sight,
    references_to,
    referring,
    stays,
    title_of,
)
from suite.kernel.registry.merging_since import Since, leave_with_kept, written_since
from suite.kernel.registry.merging_writing import (
    MERGE_ROWS,
    raise_versions,
    remark,
    scope_follows,
    write_search_keys,
)
from suite.kernel.registry.roles import follow_roles
from suite.kernel.registry.timeline import DATED, LICENCE_EVENTS, LICENCES, POSTS
from suite.kernel.registry.withdrawing import forget_persons

WHAT = {"subject": "合并", "person": "个人合并", "split": "个人拆分"}


def undo_merge(command: UndoMerge, work: Transaction) -> Done:
    """Put everything back. Refuses what is undone, what a later merge stands on, a number taken since."""
    merge = _merge(command, work)
    subjects = hold((merge.kept_id, merge.gone_id), work).values() if merge.gone_id is not None else ()
    persons = [number for number in (merge.kept_person_id, merge.gone_person_id) if number is not None]
    concerned = {row.id: row for row in (*subjects, *roles_behind(persons, work))}.values()
    permitted(concerned, work)
    agreeing = told_deciders(command, {Place.of(row) for row in concerned}, work)
    lines = work.session.execute(
        select(MERGE_ROWS).where(MERGE_ROWS.c.merge_id == merge.id).order_by(MERGE_ROWS.c.id)
    ).all()
    _refuse_parked(lines)
    swaps = [_swap(line) for line in lines if line.action == "swapped"]
    personal = {str(column) for column in references_to(PERSONS)}
    moves = [
        _back(line, merge, personal)
        for line in lines
        # What former versions moved and what stays now was put back by a migration.
        if line.action == "moved" and not stays(METADATA.tables[line.table_name].c[line.column_name])
    ]
    if subjects:
        _refuse_taken(merge, work)
        moves += _recorded_since(merge, swaps, moves, work)
        # Its numbers first: the exchange gives each its own.
        _set_gone(merge, {"main_no": merge.gone_no}, work)
        _give_back(merge, work)
    records = [merge.kept_id, *(row.id for row in concerned if row.person_id == merge.kept_person_id)]
    record = next((number for number in records if number is not None), None)
    since = written_since(merge, known_kind(work, merge.kind), swaps, record, work)
    districts = followed_of(lines, merge, work)
    exchange(work.session, work.connection, swaps)
    leave_with_kept(since, work)
    left = _move_back(moves, work)
    if subjects:
        _set_gone(merge, {"kind": merge.kind}, work)
    for line in lines:
        if line.action == "made":
            table = METADATA.tables[line.table_name]
            key = key_of_text(table, line.row_key)
            if table is not DATED or key[0] not in districts.staying:
                _unmake(table, key, work)
    if merge.what == "split":
        _forget(merge.gone_person_id, work)
        persons.remove(merge.gone_person_id)
    work.connection.execute(
        update(MERGES).where(MERGES.c.id == merge.id).values(undone_at=work.now, undone_by=work.actor.login)
    )
    remark(concerned, f"第 {merge.id} 次{WHAT[merge.what]}已撤销", command.reason.strip(), work)
    changes: tuple[Change, ...] = ()
    both = tuple(row.id for row in subjects)
    if subjects:
        scope_follows(both, work)
        raise_versions(subjects, work)
        write_search_keys(known_kind(work, merge.kind), both, work)
        changes = (Change(kind=merge.kind, ids=both),)
    changes += districts_return(districts, work)
    changes += follow_roles(dict.fromkeys(persons), both, work.today, work)
    return Done(
        text=f"已撤销{WHAT[merge.what]}，移动过的内容已放回原处",
        changes=changes,
        warnings=(*_warned(left, since, districts), *agreeing),
        result={"merge": merge.id, "moved": len(moves) - len(left), "left": len(left)},
    )


# What may be undone.


def _merge(command: UndoMerge, work: Transaction) -> Row[Any]:
    query = select(MERGES).where(MERGES.c.id == command.merge_id, MERGES.c.kind == command.kind)
    found = work.session.execute(query).first()
    if found is None:
        raise refuse("merge.unknown", "没有这次合并，请刷新后重试。", field="merge_id")
    # Held first, read again: another desk may have undone it, or merged on, meanwhile.
    records = [number for number in (found.kept_id, found.gone_id) if number is not None]
    persons = [number for number in (found.kept_person_id, found.gone_person_id) if number is not None]
    hold(records or [row.id for row in roles_behind(persons, work)], work)
    merge = work.session.execute(query.with_for_update()).one()
    if merge.undone_at is not None:
        raise refuse("merge.undone", "这次合并已经撤销。", ProblemKind.STALE, field="merge_id")
    ties = [
        MERGES.c[column].in_([number for number in numbers if number is not None])
        for columns, numbers in (
            (("kept_id", "gone_id"), (merge.kept_id, merge.gone_id)),
            (("kept_person_id", "gone_person_id"), (merge.kept_person_id, merge.gone_person_id)),
        )
        for column in columns
    ]
    later = work.session.execute(
        select(MERGES)
        .where(MERGES.c.id > merge.id, MERGES.c.undone_at.is_(None), or_(*ties))
        .order_by(MERGES.c.id.desc())
        .limit(1)
    ).first()
    if later is not None:
        raise refuse(
            "merge.later",
            f"同一份档案此后还有一次合并或拆分（第 {later.id} 次）。请先撤销那一次。",
            ProblemKind.FORBIDDEN,
            data={"merge": later.id},
        )
    return merge


def _refuse_parked(lines: Sequence[Row[Any]]) -> None:
    missing = sorted({line.table_name for line in lines} - METADATA.tables.keys())
    if missing:
        raise refuse(
            "merge.parked",
            f"这次合并移动过的内容有一部分属于未启用的插件（{'、'.join(missing)}）。请启用该插件后再撤销。",
            ProblemKind.UNAVAILABLE,
        )


def _refuse_taken(merge: Row[Any], work: Transaction) -> None:
    holder = select(SUBJECTS.c.id).where(SUBJECTS.c.kind == merge.kind, SUBJECTS.c.main_no == merge.gone_no)
    taken = work.session.scalar(holder) if merge.gone_no is not None else None
    if taken is not None:
        raise refuse(
            "duplicate",
            f"原档案的编号 {merge.gone_no} 已登记在另一份档案（#{taken}），不能放回。请先更正该档案的编号。",
            field="main_no",
        )

    details = known_kind(work, merge.kind).details
    key = next(iter(details.primary_key.columns))
    for name, value in _freed(merge).items():
        holder = select(key).where(details.c[name] == value, key != merge.gone_id)
        taken = work.session.scalar(holder)
        if taken is not None:
            title = title_of(work.catalog, details.c[name])
            raise refuse(
                "duplicate",
                f"原档案的{title} {value} 已登记在另一份档案（#{taken}），不能放回。请先更正该档案。",
            )


def _freed(merge: Row[Any]) -> dict[str, Any]:
    return dict(json.loads(merge.gone_details)) if merge.gone_details is not None else {}


# The way back.


def _give_back(merge: Row[Any], work: Transaction) -> None:
    """The details that the gone record held alone."""
    details = known_kind(work, merge.kind).details
    if freed := _freed(merge):
        key = next(iter(details.primary_key.columns))
        work.connection.execute(update(details).where(key == merge.gone_id).values(freed))


def _swap(line: Row[Any]) -> Swap:
    table = METADATA.tables[line.table_name]
    (kept,), (gone,) = key_of_text(table, line.row_key), key_of_text(table, line.other_key)
    return Swap(table=table, kept=kept, gone=gone, column=line.column_name)


def _back(line: Row[Any], merge: Row[Any], personal: Collection[str]) -> Move:
    """The move the other way; `personal` are the columns that name persons."""
    table = METADATA.tables[line.table_name]
    key = key_of_text(table, line.row_key)
    by_person = f"{line.table_name}.{line.column_name}" in personal
    ends = (merge.kept_person_id, merge.gone_person_id) if by_person else (merge.kept_id, merge.gone_id)
    home = int(line.before)
    away = next(number for number in ends if number != home)
    as_text = table is DATED and line.column_name == "value"
    return Move(
        table=table,
        column=line.column_name,
        key=key,
        before=str(away) if as_text else away,
        after=str(home) if as_text else home,
    )


def _recorded_since(
    merge: Row[Any], swaps: Sequence[Swap], moves: Sequence[Move], work: Transaction
) -> list[Move]:
    """What was recorded since, of a field that goes back: its history goes with the value."""
    kind = known_kind(work, merge.kind)
    exchanged = {(swap.table.name, swap.column) for swap in swaps}
    fields = [
        field.key
        for field in kind.fields
        if field.key in with_history(kind) and (field.table.name, field.name) in exchanged
    ]
    licences = [move.key[0] for move in moves if move.table is LICENCES and move.after == merge.gone_id]
    known = {(move.table.name, move.key) for move in moves}
    asked = [
        (DATED, DATED.c.field.in_(fields)),
        (LICENCE_EVENTS, LICENCE_EVENTS.c.licence_id.in_(licences)),
        *([(POSTS, POSTS.c.body_id.is_not(None))] if "body_id" in fields else []),
    ]
    return [
        Move(table=table, column="subject_id", key=(number,), before=merge.kept_id, after=merge.gone_id)
        for table, which in asked
        for number in work.session.scalars(
            select(table.c.id).where(
                table.c.subject_id == merge.kept_id, table.c.recorded_at > merge.at, which
            )
        )
        if (table.name, (number,)) not in known
    ]


def _move_back(moves: Sequence[Move], work: Transaction) -> list[Move]:
    """Move the rows that still name what the merge made them name; gives those that were changed since."""
    left: list[Move] = []
    for members in reversed(by_column(moves)):
        table = members[0].table
        held: set[tuple[Any, ...]] = set()
        values = {move.before for move in members}
        for value in values:
            rows = work.session.execute(
                select(*table.primary_key.columns).where(table.c[members[0].column] == value)
            )
            held |= {(value, *row) for row in rows}
        since = [move for move in members if (move.before, *move.key) not in held]
        if since:
            _refuse_hidden(table.c[members[0].column], values, len(held), work)
        carry_out(work.connection, [move for move in members if (move.before, *move.key) in held])
        left += since
    return left


def _refuse_hidden(column: Column[Any], values: Collection[Any], seen: int, work: Transaction) -> None:
    """What is not there to be moved back was changed since, unless it lies out of the login's sight."""
    if not column.foreign_keys:
        return
    target = PERSONS if any(key.column.table is PERSONS for key in column.foreign_keys) else SUBJECTS
    total = sum(referring(work.connection, target, value).get(str(column), 0) for value in values)
    if total > seen:
        raise out_of_sight("合并时移动过的内容有一部分")


def _set_gone(merge: Row[Any], values: dict[str, Any], work: Transaction) -> None:
    work.connection.execute(update(SUBJECTS).where(SUBJECTS.c.id == merge.gone_id).values(values))


def _unmake(table: Table, key: tuple[Any, ...], work: Transaction) -> None:
    """Delete a row that the merge made; an identity that says something since stays."""
    columns = list(table.primary_key.columns)
    found = and_(*(column == part for column, part in zip(columns, key, strict=True)))
    if table is IDENTITIES:
        found = and_(found, *(column.is_(None) for column in table.columns if column not in columns))
    work.connection.execute(delete(table).where(found))


def _forget(person: int, work: Transaction) -> None:
    """Delete the person that a split had made, once nothing is said of it any more."""
    roles = roles_behind((person,), work)
    identity = work.session.scalar(select(IDENTITIES.c.person_id).where(IDENTITIES.c.person_id == person))
    if roles or identity is not None:
        raise refuse(
            "split.since",
            "拆分后又为分出的个人登记了档案或证件，不能直接撤销。请改用“合并同一个人”（MergePersons）。",
            ProblemKind.FORBIDDEN,
        )
    for column in (MERGES.c.kept_person_id, MERGES.c.gone_person_id):
        work.connection.execute(update(MERGES).where(column == person).values({column: None}))
    forget_persons((person,), work.connection)


def _warned(left: Sequence[Move], since: Since, districts: Followed) -> tuple[Problem, ...]:
    told = []
    if left:
        told.append(f"有 {len(left)} 处引用在合并后又改过，留在现处，请逐一核对。")
    if since.goes:
        told.append(f"{'、'.join(since.goes)}在合并后又改过，已随原档案放回，请逐一核对。")
    if districts.since:
        told.append(f"有 {len(districts.since)} 人的区县在合并后又改过，未放回，请逐一核对。")
    return tuple(Problem(code="merge.changed_since", text=text, severity=Severity.WARNING) for text in told)
