"""操作记录: what was done to a record, in the words of its fields: who, when, from what to what, why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.contract.declarations import Field, FieldType, RecordKind
from suite.contract.problems import ProblemKind, refuse
from suite.kernel.audit.activity import SHANGHAI, keys_naming, last_said
from suite.kernel.audit.queries import REMARK, TracedAct, TracedChange, acts_on
from suite.kernel.registry.current import names_of
from suite.kernel.registry.districts import short_district_names
from suite.kernel.registry.merging_tombstone import led_from, merged_into
from suite.kernel.registry.queries import readable_kind
from suite.loader.catalog import Catalog
from suite.tables import DatedValue, Licence, LicenceEvent, Post, Subject, User

#: The tables of a subject's history and their mapped classes.
HISTORY: Mapping[str, type[Post] | type[DatedValue] | type[LicenceEvent]] = {
    Post.__tablename__: Post,
    DatedValue.__tablename__: DatedValue,
    LicenceEvent.__tablename__: LicenceEvent,
}


@dataclass(frozen=True, kw_only=True)
class TraceChange:
    """One thing that changed: field title, old and new value in words, and the whole as a sentence.

    `since` says from when and by which document, in brackets, where it is not just since the act.
    """

    title: str
    before: str | None
    after: str | None
    text: str
    voided: bool = False
    since: str = ""


@dataclass(frozen=True, kw_only=True)
class TraceLine:
    """One act on a record. `at` is UTC; `login` is empty for nobody, `who` the person's name."""

    transaction_id: int
    at: dt.datetime
    login: str
    who: str
    act: str
    reason: str
    changes: tuple[TraceChange, ...]


def record_trace(
    session: Session, actor: Actor, catalog: Catalog, subject_id: int, *, limit: int = 200
) -> list[TraceLine]:
    """What was done to a record, newest first; at most `limit` acts.

    Raises Refused when the record does not exist or is outside the actor's read scope. Secret values
    are never given: that they changed is said, their content stands apart. What was done to a record that
    was merged into this one belongs to it; the id of a merged record leads to the log of the kept one.
    """
    led = led_from(session, subject_id)
    subject = session.get(Subject, led.kept_id if led is not None else subject_id)
    if subject is None:
        raise refuse("record.unknown", "没有这份档案，可能已被合并或删除。请重新查找。")
    kind = readable_kind(actor, catalog, subject.kind)
    if not any(
        scope.holds(kind.owner, subject.district_code, subject.association)
        for scope in actor.scopes(f"{kind.owner}:roster:read")
    ):
        raise refuse(
            "out_of_scope", "这份档案不在您的管理范围内，请联系科室管理员。", ProblemKind.NOT_PERMITTED
        )
    merged = merged_into(session, subject.id)
    acts = [
        _without_gone(act, kind, merged)
        for act in acts_on(
            session, subject.id, _keys(session, kind, subject, merged), kind=kind.key, limit=limit
        )
    ]
    words = _Words(session, catalog, kind, acts)
    people = user_names(session, {act.actor for act in acts})
    return [
        TraceLine(
            transaction_id=act.transaction_id,
            at=act.at,
            login=act.actor,
            who=people.get(act.actor, act.actor),
            act=words.act(act),
            reason=words.reason(act),
            changes=() if act.made else tuple(words.changes(act)),
        )
        for act in acts
    ]


def sentences(line: TraceLine) -> list[str]:
    """An act as it is read aloud: when, who, what from what to what, and why."""
    head = f"{line.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M} {line.who}"
    why = f"（{line.reason}）" if line.reason else ""
    if not line.changes:
        return [f"{head} {line.act}{why}"]
    return [
        f"{head} 将「{change.title}」由「{change.before}」改为「{change.after}」{change.since}{why}"
        if change.before and change.after and not change.voided
        else f"{head} {line.act}：{change.text}{why}"
        for change in line.changes
    ]


def user_names(session: Session, logins: set[str]) -> dict[str, str]:
    """Login → the person's name; a login that is no user of the suite is left out."""
    return dict(session.execute(select(User.login, User.name).where(User.login.in_(sorted(logins)))).all())


def _without_gone(act: TracedAct, kind: RecordKind, merged: Mapping[int, int]) -> TracedAct:
    """A merge says what the kept record gained, not besides what the gone one took for it."""
    gone = {str(number) for number, transaction in merged.items() if transaction == act.transaction_id}
    tables = (Subject.__tablename__, kind.details.name)
    changes = tuple(change for change in act.changes if change.table not in tables or change.row not in gone)
    return replace(act, changes=changes)


def record_keys(session: Session, catalog: Catalog, subject_id: int) -> tuple[str, list[tuple[str, str]]]:
    """The kind of a record, and the rows of it and of those merged into it as (table, row key).

    From the trace alone, for who may read all of it: he need not be let into the rosters, and the record
    may be gone.
    """
    merges = last_said(session, "core_merge", keys_naming(session, "core_merge", "kept_id", subject_id))
    numbers = [subject_id] + [
        int(said["gone_id"])
        for said in merges.values()
        if said.get("what") == "subject" and said.get("gone_id") and not said.get("undone_at")
    ]
    subjects = last_said(session, Subject.__tablename__, map(str, numbers))
    kind = str(subjects.get(str(subject_id), {}).get("kind") or "")
    keys = [(Subject.__tablename__, str(number)) for number in numbers]
    if kind in catalog.kinds:
        keys += [(catalog.kinds[kind].details.name, str(number)) for number in numbers]
    persons = {said["person_id"] for said in subjects.values() if said.get("person_id")}
    keys += [(table, str(person)) for person in persons for table in ("core_person", "core_identity")]
    for table in (Post, DatedValue, Licence, LicenceEvent):
        for number in numbers:
            named = keys_naming(session, table.__tablename__, "subject_id", number)
            keys += [(table.__tablename__, key) for key in named]
    return kind, keys


def _keys(
    session: Session, kind: RecordKind, subject: Subject, merged: Iterable[int]
) -> list[tuple[str, str]]:
    keys = [
        (table, str(number))
        for number in (subject.id, *merged)
        for table in (Subject.__tablename__, kind.details.name)
    ]
    if subject.person_id is not None:
        keys += [("core_person", str(subject.person_id)), ("core_identity", str(subject.person_id))]
    for table in (Post, DatedValue, Licence, LicenceEvent):
        ids = session.scalars(select(table.id).where(table.subject_id == subject.id))
        keys += [(table.__tablename__, str(number)) for number in ids]
    return keys


class _Words:
    """Turns stored values into words; names are looked up once for all acts."""

    def __init__(
        self, session: Session, catalog: Catalog, kind: RecordKind, acts: Sequence[TracedAct]
    ) -> None:
        self._catalog = catalog
        self._kind = kind
        self._fields = {(field.table.name, field.name): field for field in kind.fields}
        self._districts = short_district_names(session)
        changes = [change for act in acts for change in act.changes]
        self._entries = _voided_entries(session, changes)
        links = {field.name for field in kind.fields if field.type is FieldType.LINK} | {"body_id"}
        ids = {
            int(value)
            for change in changes
            if change.column in links
            for value in (change.before, change.after)
            if isinstance(value, int)
        }
        ids |= {entry.body_id for entry in self._entries.values() if isinstance(entry, Post)}
        self._names = names_of(session, sorted(ids))

    def act(self, act: TracedAct) -> str:
        """What was done, in a few words."""
        if act.command is None:
            return "未经程序直接改库"
        if act.made:
            return f"新增{self._kind.title}档案" if act.command == "SaveRecords" else f"{act.title}，新增档案"
        looked = _noted(act)
        field = self._kind.by_key.get(str(looked.get("field")))
        return f"查看完整{field.title}" if field is not None else act.title

    def reason(self, act: TracedAct) -> str:
        """Why, as it was given."""
        return str(_noted(act).get("reason") or act.reason or "")

    def changes(self, act: TracedAct) -> Iterator[TraceChange]:
        """What was remarked, the changed fields, then the history that was written or voided."""
        words = dict.fromkeys(
            str(change.after) for change in act.changes if (change.table, change.column) == (REMARK, "words")
        )
        for sentence in words:
            yield TraceChange(title=act.title, before=None, after=None, text=sentence)
        for sentence in _exported(act):
            yield TraceChange(title=act.title, before=None, after=None, text=sentence)
        since = _effective(act)
        told: set[str] = set()
        for change in act.changes:
            field = self._fields.get((change.table, change.column))
            if field is not None:
                told.add(field.key)
                yield self._field_change(field, change.before, change.after, since.get(field.key, ""))
        secrets = [field.title for field in self._kind.fields if field.sensitive]
        made_identity = any(
            change.table == "core_identity" and change.column == "person_id" for change in act.changes
        )
        if secrets and (act.secret_changed or made_identity):
            title = "、".join(secrets)
            what = "已登记" if made_identity else "已更改"
            yield TraceChange(title=title, before=None, after=None, text=f"{title}一栏{what}（内容另存）")
        yield from self._history(act, told)

    def _field_change(self, field: Field, before: object, after: object, since: str) -> TraceChange:
        old, new = self.value(field, before), self.value(field, after)
        if not old:
            text = f"{field.title}登记为“{new}”"
        elif not new:
            text = f"{field.title}“{old}”已清空"
        else:
            text = f"{field.title}由“{old}”改为“{new}”"
        return TraceChange(
            title=field.title,
            before=old or None,
            after=new or None,
            text=text + (f"（{since}）" if since else ""),
            since=f"（{since}）" if since else "",
        )

    def _history(self, act: TracedAct, told: set[str]) -> Iterator[TraceChange]:
        for (table, row), columns in _rows(act).items():
            if table not in HISTORY:
                continue
            if "void_reason" in columns and columns["void_reason"].after and "id" not in columns:
                yield self._voided(table, row, str(columns["void_reason"].after))
            elif "id" in columns:
                made = self._made(table, columns)
                if made is not None and made[0] not in told:
                    yield made[1]

    def _voided(self, table: str, row: str, reason: str) -> TraceChange:
        entry = self._entries.get((table, row))
        if isinstance(entry, Post):
            title, value, day = self._title("body_id"), self._names.get(entry.body_id, ""), entry.from_date
        elif isinstance(entry, DatedValue):
            field = self._kind.by_key.get(entry.field)
            title = field.title if field else entry.field
            value, day = self.value(field, entry.value) if field else entry.value or "", entry.from_date
        elif isinstance(entry, LicenceEvent):
            title, day = self._title("status"), entry.on_date
            value = self._catalog.code_title(self._kind.status, entry.state)
        else:
            title, value, day = "历史记录", "", None
        since = f"（{day} 起）" if day else ""
        return TraceChange(
            title=title,
            before=value or None,
            after=None,
            text=f"作废{title}“{value or '空'}”{since}，事由：{reason}",
            voided=True,
        )

    def _made(self, table: str, columns: Mapping[str, TracedChange]) -> tuple[str, TraceChange] | None:
        def after(name: str) -> Any:
            return columns[name].after if name in columns else None

        day = after("on_date") or after("from_date")
        if day is None:
            return None
        if table == Post.__tablename__:
            key, value = "body_id", self._names.get(int(after("body_id")), "")
        elif table == LicenceEvent.__tablename__:
            key, value = "status", self._catalog.code_title(self._kind.status, after("state"))
        else:
            key = str(after("field"))
            field = self._kind.by_key.get(key)
            value = self.value(field, after("value")) if field else str(after("value") or "")
        title = self._title(key)
        return key, TraceChange(
            title=title, before=None, after=value or None, text=f"{title}自 {day} 起为“{value or '空'}”"
        )

    def _title(self, key: str) -> str:
        field = self._kind.by_key.get(key)
        return field.title if field else key

    def value(self, field: Field, value: object) -> str:
        """A stored value in words; empty for none."""
        return value_words(field, value, self._catalog, self._districts, self._names)


def value_words(
    field: Field,
    value: object,
    catalog: Catalog,
    districts: Mapping[str, str],
    names: Mapping[int, str],
) -> str:
    """A stored value in words; empty for none."""
    if value is None or value == "":
        return ""
    match field.type:
        case FieldType.CODE | FieldType.CODES:
            return catalog.code_title(field.codes or "", str(value))
        case FieldType.DISTRICT:
            return districts.get(str(value), str(value))
        case FieldType.LINK:
            return names.get(int(str(value)), str(value))
        case FieldType.BOOLEAN:
            return "是" if value in (True, 1, "true", "1") else "否"
    return str(value)


def _noted(act: TracedAct) -> dict[str, object]:
    """What a look at a masked value, an export or a remark left behind."""
    return {change.column: change.after for change in act.changes if change.table in ("R", "E", REMARK)}


def export_words(told: Mapping[str, object]) -> str:
    """An export in words: how many rows, into which file, under which conditions, told apart by what."""
    where = f"，条件：{told['conditions']}" if told.get("conditions") else ""
    apart = f"，分组：{told['grouped_by']}" if told.get("grouped_by") else ""
    return f"共 {told.get('rows')} 行，文件“{told.get('file')}”{where}{apart}"


def _exported(act: TracedAct) -> Iterator[str]:
    told = {change.column: change.after for change in act.changes if change.table == "E"}
    if told:
        yield export_words(told)


def _rows(act: TracedAct) -> dict[tuple[str, str], dict[str, TracedChange]]:
    rows: dict[tuple[str, str], dict[str, TracedChange]] = {}
    for change in act.changes:
        rows.setdefault((change.table, change.row), {})[change.column] = change
    return rows


def _effective(act: TracedAct) -> dict[str, str]:
    """Field key → from when the act's change holds and by which document, where it is not just today."""
    since: dict[str, str] = {}
    for (table, _), columns in _rows(act).items():
        if table not in HISTORY or "id" not in columns:
            continue
        day = columns.get("on_date") or columns.get("from_date")
        if day is None:
            continue
        key = {Post.__tablename__: "body_id", LicenceEvent.__tablename__: "status"}.get(table)
        key = key or str(columns["field"].after)
        number = columns.get("document_no")
        since[key] = f"自 {day.after} 起" + (f"，{number.after}" if number is not None else "")
    return since


def _voided_entries(
    session: Session, changes: Sequence[TracedChange]
) -> dict[tuple[str, str], Post | DatedValue | LicenceEvent]:
    found: dict[tuple[str, str], Post | DatedValue | LicenceEvent] = {}
    for name, table in HISTORY.items():
        ids = {
            int(change.row) for change in changes if change.table == name and change.column == "void_reason"
        }
        for number in sorted(ids):
            entry = session.get(table, number)
            if isinstance(entry, Post | DatedValue | LicenceEvent):
                found[name, str(number)] = entry
    return found
