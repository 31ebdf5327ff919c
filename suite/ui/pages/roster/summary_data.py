"""What the summary of one record says, worked out beside the query and without a widget."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from suite.contract.declarations import Field, FieldType, RecordKind
from suite.contract.states import StateKind
from suite.kernel.registry.record_file import RecordFile
from suite.loader.catalog import Catalog
from suite.ui.kit.columns import cell_text
from suite.ui.kit.state import StateValue
from suite.ui.pages.roster.cells import writer_for

#: How many entries of the history the summary shows; the record has the rest.
SHOWN_EVENTS = 6


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One line: label and value. `field` names a masked field, `link` is (kind, subject) to open."""

    title: str
    text: str
    field: str = ""
    link: tuple[str, int] | None = None


@dataclass(frozen=True, kw_only=True)
class Event:
    """One entry of the history, `day` None where it stands since before the record began."""

    day: date | None
    title: str
    note: str
    state: StateKind


@dataclass(frozen=True, kw_only=True)
class Summary:
    """Everything that the dock draws."""

    subject_id: int
    kind: str
    name: str
    note: str
    state: StateValue | None
    facts: tuple[Fact, ...]
    secrets: tuple[Fact, ...]
    events: tuple[Event, ...]
    all_events: int
    may_reveal: bool


def linked_ids(file: RecordFile, kind: RecordKind) -> list[int]:
    """The subjects that the facts of a summary point to."""
    values = (file.values.get(key) for key in kind.headline if kind.by_key[key].type is FieldType.LINK)
    return [value[0] for value in values if isinstance(value, tuple)]


def summary_of(
    file: RecordFile,
    kind: RecordKind,
    catalog: Catalog,
    districts: Mapping[str, str],
    today: date,
    kinds_of_links: Mapping[int, str],
) -> Summary:
    """The summary of a record file. `kinds_of_links` tells the kind of each subject that may be opened."""
    values = file.values
    on = file.as_of or today
    facts = [_fact(kind.by_key[key], values, catalog, districts, on, kinds_of_links) for key in kind.headline]
    sensitive = [field for field in kind.fields if field.sensitive]
    if file.members:
        facts.append(Fact(title="所属档案", text=f"{file.members:,} 份"))
    facts += [Fact(title=f"另任{role.kind_title}", text=role.status) for role in file.other_roles]
    events = sorted(_events(file, kind, catalog, districts), key=lambda e: e.day or date.min, reverse=True)
    return Summary(
        subject_id=file.subject_id,
        kind=kind.key,
        name=str(values["name"]),
        note=_note(kind, values, catalog, on),
        state=_state(kind, values.get("status"), catalog),
        facts=tuple(fact for fact in facts if not fact.field),
        secrets=tuple(
            Fact(title=field.title, text=str(values[field.key]), field=field.key)
            for field in sensitive
            if values.get(field.key)
        ),
        events=tuple(events[:SHOWN_EVENTS]),
        all_events=len(events),
        may_reveal=file.may_reveal,
    )


def years_between(start: date, end: date) -> int:
    """Whole years: a birthday counts on its day."""
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


def _note(kind: RecordKind, values: Mapping[str, object], catalog: Catalog, on: date) -> str:
    """`男　41 岁` for a person; nothing for a body."""
    if not kind.has_person:
        return ""
    parts = [catalog.code_title("core.sex", str(values["sex"]))] if values.get("sex") else []
    born = values.get("birth_date")
    if isinstance(born, date):
        parts.append(f"{years_between(born, on)} 岁")
    return "　".join(parts)


def _state(kind: RecordKind, status: object, catalog: Catalog) -> StateValue | None:
    for code in catalog.codes[kind.status].codes:
        if code.value == status:
            return StateValue(code.state or StateKind.NEUTRAL, code.title)
    return None


def _fact(
    field: Field,
    values: Mapping[str, object],
    catalog: Catalog,
    districts: Mapping[str, str],
    on: date,
    kinds_of_links: Mapping[int, str],
) -> Fact:
    value = values.get(field.key)
    if field.sensitive:
        return Fact(title=field.title, text=str(value or ""), field=field.key)
    written = writer_for(field, catalog, districts)(value)
    text = cell_text(written)
    if field.type is FieldType.DATE and isinstance(value, date) and value <= on:
        years = years_between(value, on)
        text = f"{text}（{years} 年）" if years else text
    link = None
    if field.type is FieldType.LINK and isinstance(value, tuple) and value[0] in kinds_of_links:
        link = (kinds_of_links[value[0]], value[0])
    return Fact(title=field.title, text=text, link=link)


def _events(
    file: RecordFile, kind: RecordKind, catalog: Catalog, districts: Mapping[str, str]
) -> list[Event]:
    events: list[Event] = []
    body = kind.by_key.get("body_id")
    if body is not None:
        for post in file.posts:
            if post.void_reason is None:
                events.append(
                    Event(day=post.from_date, title=body.title, note=post.body, state=StateKind.NEUTRAL)
                )
    states = {code.value: code for code in catalog.codes[kind.status].codes}
    for licence in file.licences:
        if licence.valid_from is not None:
            note = licence.title
            events.append(Event(day=licence.valid_from, title="发证", note=note, state=StateKind.OK))
        for event in licence.events:
            code = states.get(event.state)
            if event.void_reason is None:
                events.append(
                    Event(
                        day=event.on_date,
                        title=code.title if code else event.state,
                        note=event.document_no or event.note or "",
                        state=code.state or StateKind.NEUTRAL if code else StateKind.NEUTRAL,
                    )
                )
    for line in file.dated:
        field = kind.by_key.get(line.field)
        # The first value of a field is where the record begins and not something that happened.
        if line.void_reason is None and line.from_date is not None and field is not None:
            written = cell_text(writer_for(field, catalog, districts)(line.value))
            events.append(
                Event(day=line.from_date, title=f"变更{line.title}", note=written, state=StateKind.NEUTRAL)
            )
    return events
