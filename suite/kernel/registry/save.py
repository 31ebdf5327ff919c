"""SaveRecords: one path for a form's single row and an import's thousands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table, select

from suite.contract.commands import Change, Done
from suite.contract.declarations import RecordKind
from suite.contract.problems import Refused, Severity, refuse
from suite.database.among import MOST, among
from suite.database.bulk import allocate_ids, insert_columns, loading, update_rows
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.commands import SaveRecords
from suite.kernel.registry.current import chunks, known_kind
from suite.kernel.registry.edits import Edit
from suite.kernel.registry.masking import SHOWN, masked
from suite.kernel.registry.persons import clashes, link_persons
from suite.kernel.registry.prepare import errors, prepare
from suite.kernel.registry.roles import follow_roles, personal_keys
from suite.kernel.registry.searched import KEYS_EACH, former_names, searchable
from suite.kernel.registry.timeline import (
    LICENCES,
    POSTS,
    move_history,
    write_dated,
    write_licences,
    write_posts,
)
from suite.kernel.search.keys import write_keys
from suite.kernel.search.pinyin import sort_key
from suite.tables import AuditEntry, Identity, Person, SearchKey, Subject

SUBJECTS = Subject.metadata.tables[Subject.__tablename__]
PERSONS = Subject.metadata.tables[Person.__tablename__]
IDENTITIES = Subject.metadata.tables[Identity.__tablename__]
SEARCH_KEYS = Subject.metadata.tables[SearchKey.__tablename__]
ENTRIES = Subject.metadata.tables[AuditEntry.__tablename__]

#: What search finds or its scope is made of.
SEARCHED = frozenset({"name", "main_no", "district_code"})


def save_records(command: SaveRecords, work: Transaction) -> Done:
    """Write the rows. Refuses with every problem of every row; nothing is half written."""
    kind = known_kind(work, command.kind)
    on = command.effective_on
    if on is not None and on > work.today:
        raise refuse("effective.future", "生效日期不能晚于今天，请改正。", field="effective_on")
    work.progress("核对数据", 0, len(command.rows))
    prepared = prepare(kind, command.rows, work, on=on)
    edits = prepared.edits
    if kind.has_person:
        prepared.problems.extend(link_persons(kind, edits, work))
        prepared.problems.extend(clashes(kind, edits, work))
    refusing = errors(prepared.problems)
    if refusing:
        raise Refused(refusing)
    new = [edit for edit in edits if edit.is_new]
    changed = [edit for edit in edits if not edit.is_new and edit.changes]
    work.progress("写入名册", 0, len(edits))
    for edit, number in zip(new, allocate_ids(work.connection, SUBJECTS, len(new)), strict=True):
        edit.subject_id = number
    # First, since a back-dated name may leave today's name as it is, the person's too.
    write_dated(kind, changed, on or work.today, work)
    with loading(work.connection, _coming(kind, len(new))):
        if kind.has_person:
            _insert_persons(kind, new, work)
        for part in chunks(new, MOST):
            _insert_subjects(kind, part, work)
            write_keys(work.connection, [searchable(kind, edit, ()) for edit in part], fresh=True)
        if kind.has_person:
            # After the subjects: whose number one may write is decided by the records that the person has.
            write_persons(kind, new, changed, work)
        for part in chunks([*new, *changed], MOST):
            write_posts(kind, part, on, work)
            write_licences(kind, part, on, work)
    update_subjects(kind, changed, work)
    move_history(
        work,
        {e.subject_id: e.values["district_code"] for e in changed if "district_code" in e.changes},
    )
    work.progress("编制索引", len(edits), len(edits))
    write_search_keys(kind, changed, work)
    roles = follow_roles(
        changed_persons(kind, edits), {edit.subject_id for edit in edits}, on or work.today, work
    )
    results = {
        edit.subject_id: "new" if edit.is_new else "changed" if edit.changes else "same" for edit in edits
    }
    touched = tuple(edit.subject_id for edit in edits if edit.is_new or edit.changes)
    return Done(
        text=_sentence(kind, len(new), len(changed)),
        changes=(Change(kind=kind.key, ids=touched), *roles),
        warnings=tuple(p for p in prepared.problems if p.severity is not Severity.ERROR),
        result={"ids": [edit.subject_id for edit in edits], "results": results},
    )


def _coming(kind: RecordKind, new: int) -> dict[Table, int]:
    """About how many rows so many new records bring to each table; all but keys are in the trace too."""
    persons = (PERSONS, IDENTITIES) if kind.has_person else ()
    history = (*((POSTS,) if "body_id" in kind.by_key else ()), *((LICENCES,) if kind.licence else ()))
    each = dict.fromkeys((SUBJECTS, kind.details, *history, *persons), new)
    return {**each, SEARCH_KEYS: new * KEYS_EACH, ENTRIES: new * len(each)}


def changed_persons(kind: RecordKind, edits: Sequence[Edit]) -> dict[int, str | None]:
    """Person of whom an edit says something new → the new name, None where it stays."""
    personal = personal_keys(kind)
    found: dict[int, str | None] = {}
    for edit in edits:
        known = edit.linked_person or not edit.is_new
        if known and edit.person_id is not None and personal & edit.changes.keys():
            renamed = not edit.is_new and edit.values["name"] != edit.former.values["name"]
            found[edit.person_id] = edit.values["name"] if renamed else None
    return found


def _sentence(kind: RecordKind, new: int, changed: int) -> str:
    parts = [f"新增 {new:,} {kind.unit}" if new else "", f"变更 {changed:,} {kind.unit}" if changed else ""]
    return "，".join(part for part in parts if part) or "没有变化，未写入"


def _of_table(kind: RecordKind, table_name: str) -> list[str]:
    return [field.key for field in kind.fields if field.table.name == table_name]


def _insert_persons(kind: RecordKind, new: Sequence[Edit], work: Transaction) -> None:
    """The persons of new records whom nobody knew before."""
    own = {key: kind.by_key[key].name for key in _of_table(kind, "core_person")}
    fresh = [edit for edit in new if edit.person_id is None]
    for edit, number in zip(fresh, allocate_ids(work.connection, PERSONS, len(fresh)), strict=True):
        edit.person_id = number
    secret = [field for field in kind.fields if field.sensitive]
    none = [None] * len(fresh)
    insert_columns(
        work.connection,
        PERSONS,
        {
            **dict.fromkeys(("sex", "birth_date", "ethnicity", "political_status", "education"), none),
            **dict.fromkeys(SHOWN.values(), none),
            **{name: [edit.values.get(key) for edit in fresh] for key, name in own.items()},
            **{
                SHOWN[field.name]: [masked(field.name, edit.values.get(field.key)) for edit in fresh]
                for field in secret
            },
            "id": [edit.person_id for edit in fresh],
            "name": [edit.values["name"] for edit in fresh],
        },
    )


def write_persons(kind: RecordKind, new: Sequence[Edit], changed: Sequence[Edit], work: Transaction) -> None:
    """Write what edits say of persons that stand, and their numbers, which new ones have as well."""
    own = {key: kind.by_key[key].name for key in _of_table(kind, "core_person")}
    secret = {key: kind.by_key[key].name for key in _of_table(kind, "core_identity")}
    having_some = [
        edit for edit in new if not edit.linked_person and any(edit.values.get(key) for key in secret)
    ]
    _insert_identities(having_some, secret, work)
    known = [edit for edit in (*new, *changed) if edit.linked_person or not edit.is_new]
    update_rows(work.connection, PERSONS, "id", [_person_changes(kind, edit, own) for edit in known])
    touching = [edit for edit in known if any(key in edit.changes for key in secret)]
    having = _having_identity(work, [edit.person_id for edit in touching if edit.person_id])
    _insert_identities([edit for edit in touching if edit.person_id not in having], secret, work)
    update_rows(
        work.connection,
        IDENTITIES,
        "person_id",
        [
            {
                "person_id": edit.person_id,
                **{name: edit.changes[key] for key, name in secret.items() if key in edit.changes},
                **_type_of(kind, edit),
            }
            for edit in touching
            if edit.person_id in having
        ],
    )


def _person_changes(kind: RecordKind, edit: Edit, own: dict[str, str]) -> dict[str, Any]:
    row = {name: edit.changes[key] for key, name in own.items() if key in edit.changes}
    if "name" in edit.changes:
        row["name"] = edit.changes["name"]
    return {"id": edit.person_id, **row, **_shown(kind, edit.changes)}


def _shown(kind: RecordKind, values: Mapping[str, Any]) -> dict[str, str | None]:
    """The secrets among these values as everybody may see them."""
    return {
        SHOWN[field.name]: masked(field.name, values[field.key])
        for field in kind.fields
        if field.sensitive and field.key in values
    }


def _insert_identities(edits: Sequence[Edit], secret: Mapping[str, str], work: Transaction) -> None:
    """Write the numbers of persons who have none yet."""
    none: list[Any] = [None] * len(edits)
    columns = {
        **dict.fromkeys(("id_type", "id_number", "phone"), none),
        **{name: [edit.values.get(key) for edit in edits] for key, name in secret.items()},
    }
    columns["id_type"] = [
        "resident" if number and not named else named
        for named, number in zip(columns["id_type"], columns["id_number"], strict=True)
    ]
    insert_columns(work.connection, IDENTITIES, {"person_id": [edit.person_id for edit in edits], **columns})


def _type_of(kind: RecordKind, edit: Edit) -> dict[str, str]:
    """A number of no named type is a resident number: unique among its like only with a type."""
    if edit.is_new or "id_type" not in kind.by_key:
        return {}
    untyped = edit.values.get("id_number") and not edit.values.get("id_type")
    return {"id_type": "resident"} if untyped else {}


def _having_identity(work: Transaction, person_ids: Sequence[int]) -> set[int]:
    found: set[int] = set()
    for part in chunks(person_ids, MOST):
        found.update(work.session.scalars(select(Identity.person_id).where(among(Identity.person_id, part))))
    return found


def _insert_subjects(kind: RecordKind, new: Sequence[Edit], work: Transaction) -> None:
    said = set().union(*(edit.values for edit in new))
    core = {key: kind.by_key[key].name for key in _of_table(kind, "core_subject") if key in said}
    details = {key: kind.by_key[key].name for key in _of_table(kind, kind.details.name) if key in said}
    none, begins = [None] * len(new), kind.beginning
    ids = [edit.subject_id for edit in new]
    insert_columns(
        work.connection,
        SUBJECTS,
        {
            **dict.fromkeys(("main_no", "district_code", "status", "category", "body_id"), none),
            **{name: [edit.values.get(key) for edit in new] for key, name in core.items()},
            "id": ids,
            "kind": [kind.key] * len(new),
            "profession": [kind.owner] * len(new),
            "role": [kind.role.value] * len(new),
            "name_key": [sort_key(edit.values["name"]) for edit in new],
            "association": [edit.association for edit in new],
            "person_id": [edit.person_id for edit in new],
            "valid_from": [edit.values.get(begins) for edit in new] if begins else none,
            "valid_to": none,
            "version": [1] * len(new),
            "created_at": [work.now] * len(new),
            "updated_at": [work.now] * len(new),
        },
    )
    insert_columns(
        work.connection,
        kind.details,
        {
            "subject_id": ids,
            **{name: [edit.values.get(key) for edit in new] for key, name in details.items()},
        },
    )


def update_subjects(kind: RecordKind, changed: Sequence[Edit], work: Transaction) -> None:
    """Write the current values that edits change. The version moves on."""
    core = {key: kind.by_key[key].name for key in _of_table(kind, "core_subject")}
    details = {key: kind.by_key[key].name for key in _of_table(kind, kind.details.name)}
    rows = []
    for edit in changed:
        row = {name: edit.changes[key] for key, name in core.items() if key in edit.changes}
        if "name" in row:
            row["name_key"] = sort_key(row["name"])
        if kind.beginning in edit.changes:
            row["valid_from"] = edit.changes[kind.beginning]
        rows.append(
            {"id": edit.subject_id, **row, "version": edit.former.version + 1, "updated_at": work.now}
        )
    update_rows(work.connection, SUBJECTS, "id", rows)
    update_rows(
        work.connection,
        kind.details,
        "subject_id",
        [
            {
                "subject_id": edit.subject_id,
                **{name: edit.changes[key] for key, name in details.items() if key in edit.changes},
            }
            for edit in changed
        ],
    )


def write_search_keys(kind: RecordKind, changed: Sequence[Edit], work: Transaction) -> None:
    """Let search find changed records by their names, the former ones too, and numbers."""
    searched = SEARCHED | ({kind.licence.number} if kind.licence else frozenset())
    moved = [edit for edit in changed if searched & edit.changes.keys()]
    former = former_names(work, [edit.subject_id for edit in moved])
    write_keys(
        work.connection,
        [searchable(kind, edit, former.get(edit.subject_id, ())) for edit in moved],
        fresh=False,
    )
