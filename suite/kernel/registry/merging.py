"""Merging records and persons that were kept twice.

The gone record's row stays as the tombstone: its details, its log and what was not chosen remain readable,
its kind says that it is merged, and `Merge` leads from its id to the kept one. Nothing in the trace is
rewritten: the merge is one more act.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Row, select, update

from suite.contract.commands import Change, Done
from suite.contract.declarations import RecordKind
from suite.contract.problems import Problem, ProblemKind, Refused, Severity, refuse
from suite.database.base import METADATA
from suite.database.bulk import delete_rows
from suite.database.engine import is_sqlite
from suite.kernel.accounts.deciders import told_deciders
from suite.kernel.accounts.others import Place
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.current import chunks, current_records, known_kind
from suite.kernel.registry.locking import lock_subjects
from suite.kernel.registry.merging_commands import MergePersons, MergeSubjects
from suite.kernel.registry.merging_plan import MergePlan, differences, plan_persons, plan_subjects
from suite.kernel.registry.merging_references import PERSONS, SUBJECTS
from suite.kernel.registry.merging_writing import (
    begin,
    open_licence,
    raise_versions,
    remark,
    scope_follows,
    write_plan,
    write_search_keys,
)
from suite.kernel.registry.referring import foreign_keys, referring
from suite.kernel.registry.roles import follow_roles, with_roles
from suite.kernel.registry.scoping import out_of_scope, reads_there
from suite.tables import MERGED, SearchKey

KEYS = METADATA.tables[SearchKey.__tablename__]
LONGEST_REASON = 500


def merge_subjects(command: MergeSubjects, work: Transaction) -> Done:
    """Let one record stand for both. Refuses two that are not of one kind, in scope, current and apart."""
    kind = known_kind(work, command.kind)
    reason = given_reason(command.reason)
    kept, gone = _both(command.kept, command.gone, work)
    for row, version in ((kept, command.kept_version), (gone, command.gone_version)):
        if row.kind != kind.key:
            raise refuse(
                "merge.kinds", f"“{row.name}”不是{kind.title}，只能合并同一种类的档案。", field="kind"
            )
        if version is not None and version != row.version:
            raise refuse(
                "stale",
                f"“{row.name}”刚被他人修改，未合并。请刷新后核对再办理。",
                ProblemKind.STALE,
                data={"version": row.version},
            )
    _nothing_parked(gone, work)
    plan = plan_subjects(work.session, work.catalog, kind, kept.id, gone.id, command.choices, work.today)
    if plan.persons is not None:
        # The chosen name becomes the person's, so every other role must already bear it.
        others = roles_behind(plan.persons, work, but=(kept.id, gone.id))
        permitted(others, work)
        _one_name(plan.values()["name"], others)
    roles = () if plan.persons is None else roles_behind(plan.persons, work)
    agreeing = told_deciders(command, {Place.of(row) for row in (kept, gone, *roles)}, work)
    merge_id = begin(
        work,
        what="subject",
        kind=kind.key,
        scope=kept,
        kept_id=kept.id,
        gone_id=gone.id,
        kept_person_id=plan.persons[0] if plan.persons else None,
        gone_person_id=plan.persons[1] if plan.persons else None,
        gone_no=kept.main_no if plan.sides.get("main_no") == "gone" else gone.main_no,
        reason=reason,
    )
    # First, so that on PostgreSQL whoever would refer to the gone row waits; and so that its number is free.
    work.connection.execute(update(SUBJECTS).where(SUBJECTS.c.id == gone.id).values(kind=MERGED))
    write_plan(merge_id, plan, work)
    work.connection.execute(update(SUBJECTS).where(SUBJECTS.c.id == gone.id).values(main_no=None))
    if plan.opening is not None:
        open_licence(merge_id, kept.id, plan.opening, work)
    scope_follows((kept.id, gone.id), work)
    raise_versions((kept, gone), work)
    delete_rows(work.connection, KEYS, "subject_id", [gone.id])
    write_search_keys(kind, [kept.id], work)
    persons = {plan.persons[0]: None} if plan.persons else {}
    changes = (
        Change(kind=kind.key, ids=(kept.id, gone.id)),
        *follow_roles(persons, (kept.id, gone.id), work.today, work),
        *_referring(plan, work),
    )
    words = f"“{gone.name}”（#{gone.id}）并入“{kept.name}”（#{kept.id}）"
    remark((kept, gone), words, reason, work)
    return Done(
        text=f"已将“{gone.name}”（#{gone.id}）并入“{kept.name}”（#{kept.id}），可撤销",
        changes=changes,
        warnings=(*differences(plan), *_judged(kind, plan, work), *agreeing),
        result={"merge": merge_id, "kept": kept.id, "gone": gone.id, "moves": told(plan)},
    )


def merge_persons(command: MergePersons, work: Transaction) -> Done:
    """Let one person stand behind the records of both."""
    reason = given_reason(command.reason)
    known_kind(work, command.kind)
    kept, gone = _both(command.kept, command.gone, work)
    if kept.kind != command.kind:
        raise refuse("merge.kinds", f"“{kept.name}”不是 {command.kind} 的档案。", field="kind")
    if kept.person_id is None or gone.person_id is None:
        raise refuse("merge.no_person", "其中一份不是个人档案，不能按个人合并。", field="gone")
    if kept.person_id == gone.person_id:
        raise refuse("merge.same_person", "这两份档案已属同一个人，无须合并。", field="gone")
    kinds = known_kind(work, kept.kind), known_kind(work, gone.kind)
    roles = roles_behind((kept.person_id, gone.person_id), work)
    permitted(roles, work)
    twice = next((kind for kind, times in Counter(row.kind for row in roles).items() if times > 1), None)
    if twice is not None:
        raise refuse(
            "merge.same_kind",
            f"两人在“{known_kind(work, twice).title}”名册中各有一份档案，请先合并这两份档案。",
            field="gone",
        )
    _one_name(kept.name, roles)
    plan = plan_persons(work.session, work.catalog, kinds, kept.person_id, gone.person_id, command.choices)
    agreeing = told_deciders(command, {Place.of(row) for row in roles}, work)
    merge_id = begin(
        work,
        what="person",
        kind=kept.kind,
        scope=kept,
        kept_person_id=kept.person_id,
        gone_person_id=gone.person_id,
        reason=reason,
    )
    write_plan(merge_id, plan, work)
    remark(roles, f"“{kept.name}”的 {len(roles)} 份档案归为同一个人", reason, work)
    return Done(
        text=f"“{kept.name}”的 {len(roles)} 份档案已归为同一个人，可撤销",
        changes=follow_roles({kept.person_id: None}, (), work.today, work),
        warnings=(*differences(plan), *agreeing),
        result={"merge": merge_id, "moves": told(plan)},
    )


# Checks.


def given_reason(text: str) -> str:
    """The reason, which must be given."""
    reason = text.strip()
    if not reason:
        raise refuse("reason.required", "请写明事由。", field="reason")
    if len(reason) > LONGEST_REASON:
        raise refuse("value.too_long", f"事由最多 {LONGEST_REASON} 字，请缩短。", field="reason")
    return reason


def _both(kept_id: int, gone_id: int, work: Transaction) -> tuple[Row[Any], Row[Any]]:
    """Both rows, held until commit, with all other roles of their persons."""
    if kept_id == gone_id:
        raise refuse("merge.same", "保留的和并入的是同一份档案，请另选一份。", field="gone")
    rows = hold((kept_id, gone_id), work)
    permitted(rows.values(), work)
    for key, number in (("kept", kept_id), ("gone", gone_id)):
        if number not in rows:
            raise refuse("record.unknown", f"没有 #{number} 这份档案，请重新查找。", field=key)
        if rows[number].kind == MERGED:
            raise refuse(
                "merge.already",
                f"“{rows[number].name}”（#{number}）已并入另一份档案，请打开后核对。",
                ProblemKind.STALE,
                field=key,
            )
    return rows[kept_id], rows[gone_id]


def hold(ids: Iterable[int], work: Transaction) -> dict[int, Row[Any]]:
    """The subjects once held, with their persons: also against who would begin to refer to them."""
    wanted = sorted(set(ids))
    lock_subjects(work, with_roles(wanted, work))
    query = select(SUBJECTS).where(SUBJECTS.c.id.in_(wanted)).order_by(SUBJECTS.c.id)
    if is_sqlite(work.connection):
        return {row.id: row for row in work.session.execute(query)}
    rows = {row.id: row for row in work.session.execute(query.with_for_update())}
    persons = [row.person_id for row in rows.values() if row.person_id is not None]
    locked = select(PERSONS.c.id).where(PERSONS.c.id.in_(persons)).order_by(PERSONS.c.id)
    work.session.execute(locked.with_for_update())
    return rows


def permitted(rows: Iterable[Row[Any]], work: Transaction) -> None:
    """Raises Refused unless all these records lie where the actor may merge, and their plugins are there."""
    for row in rows:
        known = row.kind in work.catalog.kinds or row.kind == MERGED
        if not known and reads_there(work.actor, row.profession, row.district_code, row.association):
            raise _parked(f"“{row.name}”（#{row.id}）是插件“{row.kind.split('.', 1)[0]}”的档案")
        scopes = work.actor.scopes(f"{row.profession}:roster:merge")
        if not any(scope.holds(row.profession, row.district_code, row.association) for scope in scopes):
            raise Refused([out_of_scope()])


def _parked(what: str) -> Refused:
    return refuse(
        "merge.parked",
        f"{what}，该插件没有安装或未启用，其内容无法核对和一并改动，未办理。"
        "请先安装并启用该插件（原因见 suite plugins），再办理。",
        ProblemKind.UNAVAILABLE,
    )


def _nothing_parked(gone: Row[Any], work: Transaction) -> None:
    """Tables that no plugin declares now would go on referring to the gone record."""
    places = [
        place for place in foreign_keys(work.connection, SUBJECTS.name) if place[0] not in METADATA.tables
    ]
    found = referring(work.connection, places, [gone.id], ()).get(gone.id)
    if found:
        owner = min(found)[0].split("_", 1)[0]
        raise _parked(f"“{gone.name}”（#{gone.id}）被插件“{owner}”的数据引用")


def roles_behind(persons: Iterable[int], work: Transaction, but: Sequence[int] = ()) -> list[Row[Any]]:
    """All records of these persons that stand, except some."""
    query = select(SUBJECTS).where(
        SUBJECTS.c.person_id.in_(list(persons)), SUBJECTS.c.kind != MERGED, SUBJECTS.c.id.not_in(list(but))
    )
    return list(work.session.execute(query.order_by(SUBJECTS.c.id)))


def _one_name(name: str, roles: Iterable[Row[Any]]) -> None:
    other = next((row for row in roles if row.name != name), None)
    if other is not None:
        raise refuse(
            "merge.names",
            f"此人的另一份档案姓名为“{other.name}”，与“{name}”不一致。请先核实并更正姓名，再合并。",
            ProblemKind.FORBIDDEN,
            field="name",
        )


def _judged(kind: RecordKind, plan: MergePlan, work: Transaction) -> tuple[Problem, ...]:
    """What the kind's rules say of the merged values: told, since each of them stood before."""
    kept = plan.pairs[SUBJECTS].kept_key
    values = current_records(work.session, kind, [kept])[kept].values
    return tuple(
        replace(problem, severity=Severity.WARNING)
        for check in kind.checks
        for problem in check(values, work.checks)
    )


# Telling.


def told(plan: MergePlan) -> list[dict[str, Any]]:
    """What moved and what stayed, in words and counts."""
    return [
        {"title": part.title, "moves": len(part.moves), "stays": part.stays, "why": part.why}
        for part in plan.told
    ]


def _referring(plan: MergePlan, work: Transaction) -> list[Change]:
    """The records that name the kept one now: a screen that shows them reads them again."""
    ids = sorted({move.key[0] for move in plan.moves if move.table is SUBJECTS})
    found: dict[str, list[int]] = {}
    for part in chunks(ids):
        query = select(SUBJECTS.c.id, SUBJECTS.c.kind).where(SUBJECTS.c.id.in_(part))
        for number, kind in work.session.execute(query):
            found.setdefault(kind, []).append(number)
    return [Change(kind=kind, ids=tuple(numbers)) for kind, numbers in found.items() if kind != MERGED]
