"""Lists of entries: of one ledger by what was asked, and of every ledger about one record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, String, Text, and_, case, extract, func, or_, select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.kernel.ledgers.current import Entry, current_entries, may
from suite.kernel.ledgers.sheet import (
    ENTRIES,
    SUBJECTS,
    LedgerSheet,
    ledger_sheet,
    ledger_sheets,
    require_readable,
)
from suite.kernel.registry.links import targets_of
from suite.kernel.registry.scoping import may_read
from suite.kernel.search.queries import scope_condition
from suite.loader.catalog import Catalog
from suite.tables import Subject, User

CAP = 50_000
HIDDEN = "（不在您的查看范围）"


@dataclass(frozen=True, kw_only=True)
class EntryQuery:
    """Which entries of a ledger: all that stand, by default.

    words: a part of the number, the title, a text of its own or the name of a record that it is about.
    years: of its day. struck: those that were crossed out, too. due_until: those not yet done whose day to be
    done is not after this one. ids: these only. order: key of a stored field, `down` turns it round; by
    default the latest day first.
    """

    ledger: str
    words: str = ""
    years: Sequence[int] = ()
    districts: Sequence[str] = ()
    states: Sequence[str] = ()
    due_until: dt.date | None = None
    struck: bool = False
    ids: Sequence[int] = ()
    order: str = ""
    down: bool = False


@dataclass(frozen=True, kw_only=True)
class EntryLine:
    """One entry in a list: field key → value, and the names of the records that it is about.

    editable: the actor may change it; people are told by their names. due: by when it is to be done, where it
    is open and that is said.
    """

    id: int
    version: int
    values: Mapping[str, Any]
    names: Mapping[int, str]
    editable: bool
    due: dt.date | None
    struck_by: str | None
    struck_reason: str
    updated_by: str
    updated_at: dt.datetime

    def words_of_role(self, role: str) -> str:
        """The records of a role by their names."""
        return "、".join(self.names[one] for one in self.values.get(role) or ())


def entry_ids(
    session: Session, actor: Actor, catalog: Catalog, query: EntryQuery, *, limit: int = CAP
) -> tuple[int, ...]:
    """The entries in order. Raises Refused for an unknown ledger and for one that may not be read."""
    sheet = ledger_sheet(catalog, query.ledger)
    require_readable(actor, sheet)
    statement = select(ENTRIES.c.id).where(and_(*_conditions(sheet, actor, query)))
    field = sheet.by_key.get(query.order)
    if field is not None and not field.links:
        column = ENTRIES.c[field.name]
        ordered = column.desc() if query.down else column
        statement = statement.order_by(column.is_(None), ordered, ENTRIES.c.id)
    else:
        statement = statement.order_by(ENTRIES.c.day.desc(), ENTRIES.c.id.desc())
    return tuple(session.scalars(statement.limit(limit)))


def entry_years(session: Session, actor: Actor, catalog: Catalog, ledger: str) -> list[int]:
    """The years of which a ledger has entries that stand, the latest first."""
    sheet = ledger_sheet(catalog, ledger)
    require_readable(actor, sheet)
    year = extract("year", ENTRIES.c.day)
    asked = select(year).where(and_(*_conditions(sheet, actor, EntryQuery(ledger=ledger)))).distinct()
    return sorted((int(one) for one in session.scalars(asked)), reverse=True)


def entry_counts(session: Session, actor: Actor, catalog: Catalog) -> dict[str, int]:
    """Ledger → how many entries of it stand, of those that the actor may read."""
    found: dict[str, int] = {}
    owners: dict[str, list[str]] = {}
    for sheet in ledger_sheets(catalog).values():
        owners.setdefault(sheet.owner, []).append(sheet.key)
    for owner, keys in owners.items():
        scopes = actor.scopes(f"{owner}:ledger:read")
        if scopes:
            asked = (
                select(ENTRIES.c.kind, func.count())
                .where(
                    ENTRIES.c.kind.in_(keys),
                    ENTRIES.c.struck_at.is_(None),
                    scope_condition(ENTRIES.c, scopes),
                )
                .group_by(ENTRIES.c.kind)
            )
            found |= dict.fromkeys(keys, 0) | dict(session.execute(asked).all())
    return found


def due_entries(
    session: Session, actor: Actor, catalog: Catalog, until: dt.date, *, limit: int = CAP
) -> dict[str, list[tuple[int, dt.date]]]:
    """Ledger → its entries, with their days, that are not done and were to be by a day; the earliest first.

    Of every ledger that says by when its entries are to be done and that the actor may read, in one query.
    """
    asked = [
        (and_(*_conditions(sheet, actor, EntryQuery(ledger=sheet.key, due_until=until))), _due_of(sheet))
        for sheet in ledger_sheets(catalog).values()
        if sheet.ledger.due is not None and actor.may(f"{sheet.owner}:ledger:read")
    ]
    if not asked:
        return {}
    due = case(*asked)
    found: dict[str, list[tuple[int, dt.date]]] = {}
    for kind, number, day in session.execute(
        select(ENTRIES.c.kind, ENTRIES.c.id, due)
        .where(or_(*(condition for condition, _ in asked)))
        .order_by(due, ENTRIES.c.id)
        .limit(limit)
    ):
        found.setdefault(kind, []).append((number, day))
    return found


def _due_of(sheet: LedgerSheet) -> ColumnElement[dt.date]:
    column: ColumnElement[dt.date] = ENTRIES.c[sheet.by_key[sheet.ledger.due or "until"].name]
    return column


def entry_lines(
    session: Session, actor: Actor, catalog: Catalog, ledger: str, ids: Sequence[int]
) -> list[EntryLine]:
    """The entries of these ids in their order; what is out of scope is left out."""
    sheet = ledger_sheet(catalog, ledger)
    require_readable(actor, sheet)
    entries = {
        key: entry
        for key, entry in current_entries(session, sheet, ids).items()
        if may(actor, "ledger:read", sheet.owner, entry.district_code, entry.association)
    }
    named = {one for entry in entries.values() for role in sheet.roles for one in entry.values[role.key]}
    names = _names(session, actor, named)
    logins = {login for entry in entries.values() for login in (entry.updated_by, entry.struck_by) if login}
    people = dict(session.execute(select(User.login, User.name).where(User.login.in_(logins))).all())
    return [_line(sheet, actor, entries[one], names, people) for one in ids if one in entries]


@dataclass(frozen=True, kw_only=True)
class Mention:
    """An entry that names a record: in which ledger, and in what role."""

    entry_id: int
    ledger: str
    ledger_title: str
    role: str
    number: str
    title: str
    day: dt.date
    state: str


def mentions_of(
    session: Session, actor: Actor, catalog: Catalog, subject_id: int, *, limit: int = 200
) -> list[Mention]:
    """The entries that name a record and stand, of all ledgers that the actor may read; the latest first."""
    sheets = ledger_sheets(catalog)
    inside = [
        and_(ENTRIES.c.profession == owner, scope_condition(ENTRIES.c, scopes))
        for owner in dict.fromkeys(sheet.owner for sheet in sheets.values())
        if (scopes := actor.scopes(f"{owner}:ledger:read"))
    ]
    if not inside:
        return []
    rows = session.execute(
        select(
            ENTRIES.c.id,
            ENTRIES.c.kind,
            SUBJECTS.c.role,
            ENTRIES.c.number,
            ENTRIES.c.title,
            ENTRIES.c.day,
            ENTRIES.c.state,
        )
        .select_from(ENTRIES.join(SUBJECTS, SUBJECTS.c.entry_id == ENTRIES.c.id))
        .where(
            SUBJECTS.c.subject_id == subject_id,
            ENTRIES.c.struck_at.is_(None),
            ENTRIES.c.kind.in_(list(sheets)),
            or_(*inside),
        )
        .order_by(ENTRIES.c.day.desc(), ENTRIES.c.id.desc())
        .limit(limit)
    )
    return [
        Mention(
            entry_id=row.id,
            ledger=row.kind,
            ledger_title=sheets[row.kind].title,
            role=sheets[row.kind].by_key[row.role].title,
            number=row.number,
            title=row.title,
            day=row.day,
            state=catalog.code_title(sheets[row.kind].status, row.state or None),
        )
        for row in rows
        if row.role in sheets[row.kind].by_key
    ]


def _names(session: Session, actor: Actor, ids: set[int]) -> dict[int, str]:
    targets = targets_of(session, ids)
    return {
        one: target.name
        if (target := targets.get(one)) is not None
        and may_read(actor, target.profession, target.district_code, target.association)
        else HIDDEN
        for one in ids
    }


def _line(
    sheet: LedgerSheet,
    actor: Actor,
    entry: Entry,
    names: Mapping[int, str],
    people: Mapping[str, str],
) -> EntryLine:
    due = sheet.ledger.due
    is_open = entry.struck_at is None and entry.values.get("state") in sheet.ledger.open_states
    return EntryLine(
        id=entry.id,
        version=entry.version,
        values=entry.values,
        names=names,
        editable=entry.struck_at is None
        and may(actor, "ledger:edit", sheet.owner, entry.district_code, entry.association),
        due=entry.values.get(due) if due is not None and is_open else None,
        struck_by=people.get(entry.struck_by, entry.struck_by) if entry.struck_by else None,
        struck_reason=entry.struck_reason,
        updated_by=people.get(entry.updated_by, entry.updated_by),
        updated_at=entry.updated_at,
    )


def _conditions(sheet: LedgerSheet, actor: Actor, query: EntryQuery) -> list[ColumnElement[bool]]:
    scopes = actor.scopes(f"{sheet.owner}:ledger:read")
    found = [ENTRIES.c.kind == sheet.key, scope_condition(ENTRIES.c, scopes)]
    if not query.struck:
        found.append(ENTRIES.c.struck_at.is_(None))
    if query.ids:
        found.append(ENTRIES.c.id.in_(tuple(query.ids)))
    if query.years:
        days = ((dt.date(year, 1, 1), dt.date(year, 12, 31)) for year in query.years)
        found.append(or_(*(ENTRIES.c.day.between(first, last) for first, last in days)))
    if query.districts:
        found.append(ENTRIES.c.district_code.in_(tuple(query.districts)))
    if query.states:
        found.append(ENTRIES.c.state.in_(tuple(query.states)))
    if query.due_until is not None and sheet.ledger.due is not None:
        found.append(ENTRIES.c.state.in_(sheet.ledger.open_states))
        found.append(_due_of(sheet) <= query.due_until)
    found += [_says(sheet, word) for word in query.words.split()]
    return found


def _says(sheet: LedgerSheet, word: str) -> ColumnElement[bool]:
    """One of the texts of an entry, or the name of a record that it is about, contains a word."""
    texts = [
        ENTRIES.c[field.name]
        for field in sheet.stored
        if field.codes is None and isinstance(ENTRIES.c[field.name].type, String | Text)
    ]
    naming = (
        select(SUBJECTS.c.entry_id)
        .join(Subject, Subject.id == SUBJECTS.c.subject_id)
        .where(Subject.name.contains(word, autoescape=True))
    )
    return or_(*(text.contains(word, autoescape=True) for text in texts), ENTRIES.c.id.in_(naming))
