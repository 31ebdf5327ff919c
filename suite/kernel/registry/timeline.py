"""Writing history: dated values, posts and licences change from a day on, and their past stays."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from suite.contract.declarations import Field, LicenceSpec, RecordKind
from suite.database.among import MOST, among
from suite.database.bulk import allocate_ids, insert_columns, update_rows
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.current import chunks
from suite.kernel.registry.edits import Edit, Stay
from suite.kernel.registry.rules import (
    Dated,
    Interval,
    current_post,
    normalise,
    order,
    posts_on,
    stored,
    value_on,
)
from suite.tables import DatedValue, Licence, LicenceEvent, Post, Task

DATED = DatedValue.metadata.tables[DatedValue.__tablename__]
POSTS = Post.metadata.tables[Post.__tablename__]
LICENCES = Licence.metadata.tables[Licence.__tablename__]
LICENCE_EVENTS = LicenceEvent.metadata.tables[LicenceEvent.__tablename__]
TASKS = Task.metadata.tables[Task.__tablename__]
#: What lies where its subject lies, by a district of its own.
PLACED = (POSTS, LICENCES, LICENCE_EVENTS, DATED, TASKS)

#: Why a post is voided that another of the same day takes the place of.
REPLACED = "同日改登其他机构"


def dated_fields(kind: RecordKind) -> list[Field]:
    """The fields whose past stands in `DatedValue`: those declared so and every kind's name and status.

    Posts keep the body's past, and where a kind has a licence its events keep the status's.
    """
    own = {"name"} if kind.licence else {"name", "status"}
    elsewhere = {"body_id", "status"} if kind.licence else {"body_id"}
    return [
        field for field in kind.fields if (field.dated or field.key in own) and field.key not in elsewhere
    ]


def scope_of(kind: RecordKind, edit: Edit) -> dict[str, Any]:
    """The scope columns of a subject's history rows."""
    return {
        "profession": kind.owner,
        "district_code": edit.values.get("district_code"),
        "association": edit.association,
    }


def entries_of(work: Transaction, subject_ids: Sequence[int]) -> dict[tuple[int, str], list[Dated]]:
    """(subject, field) → the standing dated entries."""
    found: defaultdict[tuple[int, str], list[Dated]] = defaultdict(list)
    for part in chunks(subject_ids, MOST):
        for row in work.session.execute(
            select(DATED.c.id, DATED.c.subject_id, DATED.c.field, DATED.c.value, DATED.c.from_date).where(
                among(DATED.c.subject_id, part), DATED.c.voided_at.is_(None)
            )
        ):
            entry = Dated(id=row.id, value=row.value, from_date=row.from_date)
            found[row.subject_id, row.field].append(entry)
    return found


def posts_of(work: Transaction, subject_ids: Sequence[int]) -> dict[int, list[Interval]]:
    """Subject → its standing posts."""
    found: defaultdict[int, list[Interval]] = defaultdict(list)
    for part in chunks(subject_ids, MOST):
        for row in work.session.execute(
            select(
                POSTS.c.id,
                POSTS.c.subject_id,
                POSTS.c.body_id,
                POSTS.c.post,
                POSTS.c.from_date,
                POSTS.c.to_date,
            ).where(among(POSTS.c.subject_id, part), POSTS.c.voided_at.is_(None))
        ):
            found[row.subject_id].append(
                Interval(
                    id=row.id,
                    body_id=row.body_id,
                    post=row.post,
                    from_date=row.from_date,
                    to_date=row.to_date,
                )
            )
    return found


def write_dated(kind: RecordKind, edits: Sequence[Edit], on: dt.date, work: Transaction) -> None:
    """Record the dated fields that edits change; a back-dated change leaves later values in force.

    Where it does, the edit's current value becomes the one in force today.
    """
    fields = {field.key: field for field in dated_fields(kind)}
    changed = [
        edit
        for edit in edits
        if not edit.is_new and (edit.district_steps or any(key in fields for key in edit.changes))
    ]
    existing = entries_of(work, [edit.subject_id for edit in changed])
    rows: list[dict[str, Any]] = []
    for edit in changed:
        steps = {
            key: [Dated(id=2**62, value=stored(value), from_date=on)]
            for key, value in edit.changes.items()
            if key in fields
        }
        if edit.district_steps is not None and "district_code" in fields:
            steps["district_code"] = edit.district_steps
        for key, added in steps.items():
            entries = existing[edit.subject_id, key]
            rows += dated_rows(kind, edit, key, entries, added)
            standing = value_on([*entries, *added], work.today)
            if key in edit.changes and standing is not None and standing not in added:
                _keep_current(fields[key], edit, standing.value)
    insert_recorded(work, DATED, rows)


def dated_rows(
    kind: RecordKind, edit: Edit, key: str, entries: Sequence[Dated], added: Sequence[Dated]
) -> list[dict[str, Any]]:
    """The rows that add entries to a field's history; the first ones bring its old value along."""
    if not added:
        return []
    base = {"subject_id": edit.subject_id, "field": key, **scope_of(kind, edit)}
    first = Dated(id=0, value=stored(edit.former.values[key]), from_date=None)
    return [
        {**base, "value": entry.value, "from_date": entry.from_date}
        for entry in ([*added] if entries else [first, *added])
    ]


def _keep_current(field: Field, edit: Edit, value: str | None) -> None:
    edit.values[field.key] = edit.changes[field.key] = normalise(field, value)


def write_posts(kind: RecordKind, edits: Sequence[Edit], on: dt.date | None, work: Transaction) -> None:
    """Open, cut and close posts as the edits' bodies change; the current body follows today's post."""
    field = kind.by_key.get("body_id")
    if field is None:
        return
    _open_posts(field, kind, [edit for edit in edits if edit.is_new], on, work)
    rows: list[dict[str, Any]] = []
    stays: list[Stay] = []
    for edit in edits:
        stay = edit.stay
        if stay is None:
            continue
        stays.append(stay)
        body = edit.changes["body_id"]
        if body is not None:
            rows.append(
                {
                    "subject_id": edit.subject_id,
                    **scope_of(kind, edit),
                    "body_id": body,
                    "post": field.link_role,
                    "from_date": stay.begin,
                    "to_date": stay.until,
                }
            )
        if stay.until is not None and stay.until <= work.today:
            standing = current_post(stay.former, work.today)
            edit.values["body_id"] = edit.changes["body_id"] = standing.body_id if standing else None
            if field.since in edit.changes:
                # The day belongs to the stay, and not to where the record is today.
                edit.values[field.since] = edit.changes[field.since] = edit.former.values[field.since]
    cut_posts(stays, REPLACED, work)
    insert_recorded(work, POSTS, rows)


def cut_posts(stays: Iterable[Stay], reason: str, work: Transaction) -> None:
    """Let posts make room for stays: they end the day before, or are voided where no day is left of them."""
    rows: list[dict[str, Any]] = []
    for stay in stays:
        ends = {post.id: post.to_date for post in stay.former}
        rows += [
            {"id": post.id, "to_date": post.to_date} for post in stay.held if post.to_date != ends[post.id]
        ]
        rows += [{"id": post.id, "voided_at": work.now, "void_reason": reason} for post in stay.replaced]
    update_rows(work.connection, POSTS, "id", rows)


def _open_posts(
    field: Field, kind: RecordKind, new: Sequence[Edit], on: dt.date | None, work: Transaction
) -> None:
    """The first posts of new records; there is nothing yet that they could cut short or end before."""
    having = [edit for edit in new if edit.values.get("body_id") is not None]
    _record(
        work,
        POSTS,
        {
            "subject_id": [edit.subject_id for edit in having],
            "profession": [kind.owner] * len(having),
            "district_code": [edit.values.get("district_code") for edit in having],
            "association": [edit.association for edit in having],
            "body_id": [edit.values["body_id"] for edit in having],
            "post": [field.link_role] * len(having),
            "from_date": [begin_of(field, edit, on, work.today) for edit in having],
            "to_date": [None] * len(having),
        },
    )


def begin_of(field: Field, edit: Edit, on: dt.date | None, today: dt.date) -> dt.date | None:
    """From when the first post of a new record holds: the day named with it or by the record, else always."""
    return on or said_since(field, edit.changes, today)


def said_since(field: Field, values: Mapping[str, Any], today: dt.date) -> dt.date | None:
    """The day that values name for their post.

    A day still ahead (a licence or a term that begins next month) does not say since when today's body holds.
    """
    day: dt.date | None = values.get(field.since) if field.since is not None else None
    return day if day is not None and day <= today else None


def place_post(posts: Iterable[Interval], on: dt.date) -> Stay:
    """Where a post that begins on a day goes among the standing ones.

    It lasts until whatever happened next: the end of the post that it replaces, or the next beginning.
    """
    former = list(posts)
    cut = posts_on(former, on)
    replaced = [post for post in cut if order(post.from_date) == on]
    ends = [post.to_date for post in cut if post.to_date is not None]
    begins = [post.from_date for post in former if post.from_date is not None and post.from_date > on]
    return Stay(
        begin=on,
        until=min([*ends, *begins], default=None),
        former=former,
        held=[replace(post, to_date=on) if post in cut else post for post in former if post not in replaced],
        replaced=replaced,
    )


def write_licences(kind: RecordKind, edits: Sequence[Edit], on: dt.date | None, work: Transaction) -> None:
    """Keep each record's licence: made with the record, changed with its fields, its state by events."""
    spec = kind.licence
    if spec is None:
        return
    columns = licence_columns(spec)
    changed: list[dict[str, Any]] = []
    events: list[dict[str, Any]] = []
    touched = [
        edit
        for edit in edits
        if not edit.is_new
        and ("status" in edit.changes or any(key in edit.changes for key in columns.values() if key))
    ]
    licences = licences_of(work.session, [edit.subject_id for edit in touched])
    later = later_states(work, [edit.subject_id for edit in touched], on or work.today)
    for edit in touched:
        licence_id = licences.get(edit.subject_id)
        if licence_id is None:
            continue
        row = {column: edit.changes[key] for column, key in columns.items() if key and key in edit.changes}
        if "status" in edit.changes:
            events.append(
                {
                    "subject_id": edit.subject_id,
                    **scope_of(kind, edit),
                    "licence_id": licence_id,
                    "state": edit.changes["status"],
                    "on_date": on or work.today,
                    "document_no": None,
                    "decided_by": None,
                    "note": "由名册登记更新",
                }
            )
            state = later.get(edit.subject_id, edit.changes["status"])
            row["state"] = edit.values["status"] = edit.changes["status"] = state
        changed.append({"id": licence_id, **row})
    _make_licences(kind, spec, [edit for edit in edits if edit.is_new], work)
    update_rows(work.connection, LICENCES, "id", changed)
    insert_recorded(work, LICENCE_EVENTS, events)


def _make_licences(kind: RecordKind, spec: LicenceSpec, new: Sequence[Edit], work: Transaction) -> None:
    states = [edit.values["status"] for edit in new]
    insert_columns(
        work.connection,
        LICENCES,
        {
            **{
                column: [edit.values.get(key) for edit in new]
                for column, key in licence_columns(spec).items()
                if key
            },
            "id": allocate_ids(work.connection, LICENCES, len(new)),
            "subject_id": [edit.subject_id for edit in new],
            "profession": [kind.owner] * len(new),
            "district_code": [edit.values.get("district_code") for edit in new],
            "association": [edit.association for edit in new],
            "title": [spec.title] * len(new),
            "opening_state": states,
            "state": states,
        },
    )


def licence_columns(spec: LicenceSpec) -> dict[str, str | None]:
    """Column of a licence → key of the field that it repeats, None where the kind has none."""
    return {
        "number": spec.number,
        "serial": spec.serial,
        "valid_from": spec.valid_from,
        "valid_to": spec.valid_to,
    }


def licences_of(session: Session, subject_ids: Sequence[int]) -> dict[int, int]:
    """Subject → its licence; of several (a merged record has the ended one too) that which began last."""
    found: dict[int, int] = {}
    for part in chunks(subject_ids, MOST):
        found.update(
            session.execute(
                select(LICENCES.c.subject_id, LICENCES.c.id)
                .where(among(LICENCES.c.subject_id, part))
                .order_by(LICENCES.c.valid_from.nulls_first(), LICENCES.c.id)
            ).all()
        )
    return found


def later_states(work: Transaction, subject_ids: Sequence[int], on: dt.date) -> dict[int, str]:
    """Subject → the state that a later decision already set: a back-dated one does not undo it."""
    found: dict[int, str] = {}
    events = LICENCE_EVENTS.c
    for part in chunks(subject_ids, MOST):
        found.update(
            work.session.execute(
                select(events.subject_id, events.state)
                .where(
                    among(events.subject_id, part),
                    events.voided_at.is_(None),
                    events.on_date > on,
                    events.on_date <= work.today,
                )
                .order_by(events.on_date, events.id)
            ).all()
        )
    return found


def move_history(work: Transaction, districts: Mapping[int, str | None]) -> None:
    """Let history and tasks of subjects follow them to their districts: they are read with their rights."""
    rows = [{"subject_id": subject, "district_code": district} for subject, district in districts.items()]
    for table in PLACED:
        update_rows(work.connection, table, "subject_id", rows)


def insert_recorded(work: Transaction, table: Table, rows: Sequence[Mapping[str, Any]]) -> Sequence[int]:
    """Write rows of history, all with the same columns, as recorded now; their numbers."""
    if not rows:
        return ()
    return _record(work, table, {name: [row[name] for row in rows] for name in rows[0]})


def _record(work: Transaction, table: Table, columns: Mapping[str, Sequence[Any]]) -> Sequence[int]:
    """Write columns of history as recorded now; the numbers of their rows."""
    count = len(next(iter(columns.values())))
    # In order: of one day's entries the later one holds.
    numbers = allocate_ids(work.connection, table, count)
    insert_columns(work.connection, table, {**columns, "id": numbers, "recorded_at": [work.now] * count})
    return numbers
