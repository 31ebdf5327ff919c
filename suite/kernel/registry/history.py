"""Correcting and voiding wrongly entered history, and decisions on licences."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Row, Table, select

from suite.contract.commands import Change, Done
from suite.contract.declarations import Field, FieldType, RecordKind
from suite.contract.problems import Problem, ProblemKind, Refused, Severity, refuse
from suite.database.bulk import allocate_ids, insert_rows, update_rows
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.canonical import canonical, form_of
from suite.kernel.registry.commands import (
    CorrectHistory,
    RecordLicenceEvent,
    VoidHistory,
)
from suite.kernel.registry.current import current_records, known_kind
from suite.kernel.registry.edits import Edit
from suite.kernel.registry.following import beginning, district_steps
from suite.kernel.registry.holding import require_free
from suite.kernel.registry.in_force import values_on
from suite.kernel.registry.judging import ValueJudge
from suite.kernel.registry.links import targets_of
from suite.kernel.registry.locking import hold_named, lock_subjects
from suite.kernel.registry.roles import (
    closed_elsewhere,
    follow_roles,
    name_is_closed,
    roles_of,
    with_roles,
)
from suite.kernel.registry.rules import (
    Interval,
    current_post,
    missing,
    normalise,
    order,
    posts_on,
    stored,
    value_on,
)
from suite.kernel.registry.scoping import may_edit, out_of_scope
from suite.kernel.registry.searched import former_names, searchable
from suite.kernel.registry.timeline import (
    DATED,
    LICENCE_EVENTS,
    LICENCES,
    POSTS,
    cut_posts,
    dated_fields,
    dated_rows,
    entries_of,
    insert_recorded,
    move_history,
    place_post,
    posts_of,
)
from suite.kernel.search.keys import write_keys
from suite.kernel.search.pinyin import sort_key
from suite.tables import Subject

SUBJECTS = Subject.metadata.tables[Subject.__tablename__]
PERSONS = Subject.metadata.tables["core_person"]

#: What a correction may change of each kind of entry, and what it must not be empty.
CORRECTABLE: dict[str, tuple[Table, tuple[str, ...]]] = {
    "post": (POSTS, ("body_id", "from_date")),
    "dated": (DATED, ("value", "from_date")),
    "licence_event": (LICENCE_EVENTS, ("state", "on_date", "document_no", "decided_by", "note")),
}


def record_licence_event(command: RecordLicenceEvent, work: Transaction) -> Done:
    """Record a decision on a licence; the licence's state and the subject's status follow.

    Refuses an unknown licence or state and a day that has not come.
    """
    kind = known_kind(work, command.kind)
    licence = _held(LICENCES, command.licence_id, work)
    if licence is None:
        raise refuse("licence.unknown", "没有这份执业许可，请刷新后重试。", field="licence_id")
    _in_scope(kind, licence, work)
    _known_state(kind, command.state, work)
    if command.on_date > work.today:
        raise refuse("effective.future", "决定日期不能晚于今天，请改正。", field="on_date")
    require_free(kind, licence.subject_id, command.state, command.document_no, work)
    said = {"document_no": command.document_no, "decided_by": command.decided_by, "note": command.note}
    texts = {key: _text(LICENCE_EVENTS, key, value) for key, value in said.items()}
    row = {
        "id": allocate_ids(work.connection, LICENCE_EVENTS, 1)[0],
        "subject_id": licence.subject_id,
        "licence_id": licence.id,
        "state": command.state,
        "on_date": command.on_date,
        **texts,
        "profession": licence.profession,
        "district_code": licence.district_code,
        "association": licence.association,
        "recorded_at": work.now,
        "voided_at": None,
        "void_reason": None,
    }
    insert_rows(work.connection, LICENCE_EVENTS, [row])
    _refresh_licence(kind, licence.id, licence.subject_id, work)
    title = work.catalog.code_title(kind.status, command.state)
    return Done(
        text=f"已登记：自 {command.on_date} 起{title}",
        changes=(Change(kind=kind.key, ids=(licence.subject_id,)),),
        result={"event": row["id"]},
    )


def correct_history(command: CorrectHistory, work: Transaction) -> Done:
    """Void an entry with its reason and let the corrected one stand in its place."""
    kind, table, entry = _entry(command, work)
    allowed = CORRECTABLE[command.entry][1]
    unknown = [key for key in command.values if key not in allowed]
    if unknown or not command.values:
        raise refuse(
            "history.columns", f"只能更正：{'、'.join(allowed)}。", field=unknown[0] if unknown else None
        )
    values, warnings = _checked(command, kind, table, entry, work)
    former = posts_of(work, [entry.subject_id]).get(entry.subject_id, [])
    _void(command.entry, table, entry, command.reason, work)
    if command.entry == "post":
        _place(entry, {**_post_values(entry), **values}, command.reason.strip(), work)
    else:
        row = {**entry._mapping, **values, "recorded_at": work.now, "voided_at": None, "void_reason": None}
        row["id"] = allocate_ids(work.connection, table, 1)[0]
        insert_rows(work.connection, table, [row])
    _refresh(kind, command.entry, entry, former, work)
    return Done(
        text="已更正历史记录",
        changes=(Change(kind=kind.key, ids=(entry.subject_id,)),),
        warnings=warnings,
    )


def void_history(command: VoidHistory, work: Transaction) -> Done:
    """Void an entry with its reason; what held before it holds on."""
    kind, table, entry = _entry(command, work)
    if command.entry == "dated" and entry.from_date is None:
        raise refuse(
            "history.baseline",
            "这是最早的登记值，不能作废；请用“更正”改成正确的值。",
            ProblemKind.FORBIDDEN,
        )
    former = posts_of(work, [entry.subject_id]).get(entry.subject_id, [])
    _void(command.entry, table, entry, command.reason, work)
    _refresh(kind, command.entry, entry, former, work)
    return Done(text="已作废历史记录", changes=(Change(kind=kind.key, ids=(entry.subject_id,)),))


def _entry(command: CorrectHistory | VoidHistory, work: Transaction) -> tuple[RecordKind, Table, Row[Any]]:
    if command.entry not in CORRECTABLE:
        raise refuse("history.entry", f"没有历史记录类别 {command.entry}。", field="entry")
    if not command.reason.strip():
        raise refuse("reason.required", "请写明事由。", field="reason")
    kind = known_kind(work, command.kind)
    table = CORRECTABLE[command.entry][0]
    entry = _held(table, command.entry_id, work)
    if entry is None or entry.voided_at is not None:
        raise refuse("history.unknown", "这条历史记录不存在或已作废，请刷新后重试。", ProblemKind.STALE)
    _in_scope(kind, entry, work)
    if command.entry == "dated" and entry.field not in kind.by_key:
        raise refuse("field.unknown", f"“{kind.title}”已没有字段 {entry.field}，不能改它的历史。")
    return kind, table, entry


def _held(table: Table, entry_id: int, work: Transaction) -> Row[Any] | None:
    """The entry as it is once its subject is held: another desk may have voided it meanwhile."""
    query = select(table).where(table.c.id == entry_id)
    found = work.session.execute(query).first()
    if found is None:
        return None
    lock_subjects(work, with_roles([found.subject_id], work))
    return work.session.execute(query).first()


def _in_scope(kind: RecordKind, entry: Row[Any], work: Transaction) -> None:
    """The entry is the kind's own and lies where the actor may edit."""
    subject = work.session.execute(
        select(SUBJECTS.c.kind, SUBJECTS.c.district_code, SUBJECTS.c.association).where(
            SUBJECTS.c.id == entry.subject_id
        )
    ).one()
    if subject.kind != kind.key or not may_edit(
        work.actor, kind.owner, subject.district_code, subject.association
    ):
        raise Refused([out_of_scope()])


def _known_state(kind: RecordKind, state: str, work: Transaction) -> None:
    codes = work.catalog.codes[kind.status]
    if state not in codes.titles:
        raise refuse(
            "state.unknown", f"没有状态 {state}。可选：{'、'.join(codes.titles.values())}。", field="state"
        )


def _checked(
    command: CorrectHistory, kind: RecordKind, table: Table, entry: Row[Any], work: Transaction
) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """The corrected columns as they are stored, and warnings; raises Refused with every problem.

    What a record's field says passes the checks that saving it would pass.
    """
    values: dict[str, Any] = {}
    found: list[Problem] = []
    for key, value in command.values.items():
        try:
            if key in ("from_date", "on_date"):
                values[key] = _day(key, value, work)
            elif key == "state":
                _known_state(kind, str(value), work)
                values[key] = str(value)
            elif key in ("body_id", "value"):
                field = kind.by_key[entry.field if key == "value" else key]
                typed = canonical(field, value)
                found += [problem.at(field=key) for problem in _judged(kind, field, typed, work)]
                if key == "body_id" and typed is None:
                    found.append(_empty("执业经历的机构不能为空；离开机构请用“作废”或登记变动。", key))
                values[key] = typed if key == "body_id" else stored(typed)
            else:
                values[key] = _text(table, key, value)
        except (ValueError, TypeError):
            declared = kind.by_key.get(entry.field if key == "value" else key)
            words = f"，请按{form_of(declared)}填写" if declared is not None else "，请改正"
            found.append(Problem(code="value.type", text=f"“{value}”格式不对{words}。", field=key))
    refusing = [problem for problem in found if problem.severity is Severity.ERROR]
    if refusing:
        raise Refused(refusing)
    return values, tuple(found)


def _judged(kind: RecordKind, field: Field, value: Any, work: Transaction) -> list[Problem]:
    if value is None:
        return missing([field], {})
    linked = [value] if field.type is FieldType.LINK else []
    hold_named(work, linked)
    judge = ValueJudge(kind, work, targets_of(work.session, linked))
    return list(judge.problems(field.key, {value}).get(value, ()))


def _day(key: str, value: Any, work: Transaction) -> dt.date:
    day = dt.date.fromisoformat(value) if isinstance(value, str) else value
    if not isinstance(day, dt.date) or day > work.today:
        raise refuse("effective.future", "日期不能为空，也不能晚于今天，请改正。", field=key)
    return day


def _text(table: Table, key: str, value: Any) -> str | None:
    """A text as the table may hold it; an empty one is none."""
    text = str(value).strip() if value is not None else ""
    longest = getattr(table.columns[key].type, "length", None)
    if longest is not None and len(text) > longest:
        raise refuse("value.too_long", f"最多 {longest} 字，现为 {len(text)} 字，请缩短。", field=key)
    return text or None


def _empty(text: str, key: str) -> Problem:
    return Problem(code="required", text=text, field=key)


def _void(entry_type: str, table: Table, entry: Row[Any], reason: str, work: Transaction) -> None:
    """Mark an entry as not holding. A voided post gives its time back to the one that it had cut."""
    update_rows(
        work.connection, table, "id", [{"id": entry.id, "voided_at": work.now, "void_reason": reason.strip()}]
    )
    if entry_type == "post" and entry.from_date is not None:
        before = [
            post
            for post in posts_of(work, [entry.subject_id]).get(entry.subject_id, [])
            if post.to_date == entry.from_date
        ]
        update_rows(
            work.connection, POSTS, "id", [{"id": post.id, "to_date": entry.to_date} for post in before]
        )


def _post_values(entry: Row[Any]) -> dict[str, Any]:
    return {"body_id": entry.body_id, "from_date": entry.from_date}


def _place(entry: Row[Any], values: dict[str, Any], reason: str, work: Transaction) -> None:
    posts = posts_of(work, [entry.subject_id]).get(entry.subject_id, [])
    begin: dt.date | None = values["from_date"]
    stay = place_post(posts, order(begin))
    cut_posts([stay], reason, work)
    until = stay.until
    if until is None and not posts_on(posts, order(begin)):
        until = entry.to_date
    row = {
        **entry._mapping,
        **values,
        "to_date": until,
        "id": allocate_ids(work.connection, POSTS, 1)[0],
        "recorded_at": work.now,
        "voided_at": None,
        "void_reason": None,
    }
    insert_rows(work.connection, POSTS, [row])


def _refresh(
    kind: RecordKind, entry_type: str, entry: Row[Any], former: list[Interval], work: Transaction
) -> None:
    """Bring the current values in line with the history that stands now; `former`: the posts before."""
    if entry_type == "licence_event":
        _refresh_licence(kind, entry.licence_id, entry.subject_id, work)
    elif entry_type == "post":
        posts = posts_of(work, [entry.subject_id]).get(entry.subject_id, [])
        post = current_post(posts, work.today)
        current = {"body_id": post.body_id if post else None}
        _set_current(kind, entry.subject_id, current | _followed(kind, entry, former, posts, work), work)
    else:
        field = kind.by_key.get(entry.field)
        standing = value_on(entries_of(work, [entry.subject_id])[entry.subject_id, entry.field], work.today)
        if field is not None and standing is not None:
            current = {field.key: normalise(field, standing.value)}
            _set_current(kind, entry.subject_id, current, work, entry.from_date)


def _followed(
    kind: RecordKind, entry: Row[Any], former: list[Interval], posts: list[Interval], work: Transaction
) -> dict[str, Any]:
    """Let the district's history follow changed posts; the district of today, where the kind has one."""
    key = "district_code"
    if key not in kind.by_key:
        return {}
    record = current_records(work.session, kind, [entry.subject_id])[entry.subject_id]
    bodies = {post.body_id for post in (*former, *posts)}
    districts = {body: target.district_code for body, target in targets_of(work.session, bodies).items()}
    stored_entries = entries_of(work, [entry.subject_id])[entry.subject_id, key]
    entries = beginning(stored_entries, record.values[key])
    steps = district_steps(entries, former, posts, districts)
    edit = Edit(place=None, current=record, changes={}, values=record.values, subject_id=entry.subject_id)
    if kind.by_key[key] in dated_fields(kind):
        insert_recorded(work, DATED, dated_rows(kind, edit, key, stored_entries, steps))
    standing = value_on([*entries, *steps], work.today)
    return {key: standing.value if standing is not None else None}


def _refresh_licence(kind: RecordKind, licence_id: int, subject_id: int, work: Transaction) -> None:
    licence = work.session.execute(select(LICENCES).where(LICENCES.c.id == licence_id)).one()
    last = work.session.execute(
        select(LICENCE_EVENTS.c.state)
        .where(
            LICENCE_EVENTS.c.licence_id == licence_id,
            LICENCE_EVENTS.c.voided_at.is_(None),
            LICENCE_EVENTS.c.on_date <= work.today,
        )
        .order_by(LICENCE_EVENTS.c.on_date.desc(), LICENCE_EVENTS.c.id.desc())
        .limit(1)
    ).first()
    state = last.state if last else licence.opening_state
    update_rows(work.connection, LICENCES, "id", [{"id": licence_id, "state": state}])
    # Of several licences, which a merged record has, whatever was decided last is what holds.
    _set_current(
        kind, subject_id, values_on(kind, [subject_id], {"status"}, work.today, work)[subject_id], work
    )


def _set_current(
    kind: RecordKind,
    subject_id: int,
    values: dict[str, Any],
    work: Transaction,
    since: dt.date | None = None,
) -> None:
    """Write current values as history decided them. The version moves on.

    A name follows in the person's other roles from `since` (default: today) on.

    Raises Refused when a required value would be lost, or the record would leave the actor's scope.
    """
    record = current_records(work.session, kind, [subject_id])[subject_id]
    changes = {key: value for key, value in values.items() if record.values.get(key) != value}
    edit = Edit(
        place=None,
        current=record,
        changes=changes,
        values=record.values | changes,
        subject_id=subject_id,
        person_id=record.person_id,
    )
    lacking = missing([kind.by_key[key] for key in changes], edit.values)
    if lacking:
        raise Refused(lacking)
    if not may_edit(work.actor, kind.owner, edit.values.get("district_code"), record.association):
        raise Refused([out_of_scope()])
    subject: dict[str, Any] = {"id": subject_id, "version": record.version + 1, "updated_at": work.now}
    for key, value in changes.items():
        field = kind.by_key[key]
        if field.table is SUBJECTS:
            subject[field.name] = value
            if key == "name":
                subject["name_key"] = sort_key(value)
                if record.person_id:
                    update_rows(work.connection, PERSONS, "id", [{"id": record.person_id, "name": value}])
        elif field.table is PERSONS:
            update_rows(work.connection, PERSONS, "id", [{"id": record.person_id, field.name: value}])
        else:
            update_rows(
                work.connection, field.table, "subject_id", [{"subject_id": subject_id, field.name: value}]
            )
    update_rows(work.connection, SUBJECTS, "id", [subject])
    if "district_code" in changes:
        move_history(work, {subject_id: changes["district_code"]})
    if "name" in changes and record.person_id is not None:
        roles = roles_of([record.person_id], [subject_id], work)
        if not all(role.editable for role in roles) or closed_elsewhere([record.person_id], work):
            raise Refused([name_is_closed()])
        follow_roles({record.person_id: changes["name"]}, [subject_id], since or work.today, work)
    former = former_names(work, [subject_id]).get(subject_id, ())
    write_keys(work.connection, [searchable(kind, edit, former)], fresh=False)
