"""What people did, by person and day: the trace as a list of acts, newest first."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Boolean, ColumnElement, and_, case, cast, exists, func, literal_column, or_, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.contract.problems import ProblemKind, refuse
from suite.database.engine import is_sqlite
from suite.tables import AuditEntry, AuditLink, AuditTransaction, User
from suite.tables.audit import noted

SHANGHAI = ZoneInfo("Asia/Shanghai")
READ_TRACE = "core:audit:read"
#: Who is no user and yet acts: what comes with the database.
WITHOUT_USER = {"setup": "系统"}
#: A list holds so many acts at most; a longer one is to be narrowed.
MOST = 50_000
#: Keys that are asked for at once.
KEYS_AT_ONCE = 500
#: An act tells of so many of its entries; an import has hundreds of thousands.
MOST_ENTRIES = 500


class Act(StrEnum):
    """What sort of act one is; one that did several is counted by the first of these that fits."""

    REFUSED = "refused"
    EXPORTED = "exported"
    REVEALED = "revealed"
    BY_HAND = "by_hand"
    WRITTEN = "written"


#: The sort of act → the action of an entry that makes it one.
NOTED = {Act.REFUSED: "X", Act.EXPORTED: "E", Act.REVEALED: "R"}

#: SQL of somebody's own; an upgrade has no command either, but says what it is.
BY_HAND: ColumnElement[bool] = and_(AuditTransaction.command.is_(None), AuditTransaction.title.is_(None))
#: The condition of the index in its own words: SQLite does not see that it follows from another one.
OF_INDEX: ColumnElement[bool] = literal_column(f"({noted('core_audit_entry.action')})", Boolean)


@dataclass(frozen=True, kw_only=True)
class ActivityQuery:
    """Which acts: from the first to the last business day, by these logins, of these sorts and commands.

    `text` is looked for in what an act was and why.
    """

    first: dt.date | None = None
    last: dt.date | None = None
    logins: tuple[str, ...] = ()
    acts: tuple[Act, ...] = ()
    commands: tuple[str, ...] = ()
    professions: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class ActivityLine:
    """One act. `at` is UTC; `who` is the person's name, or the login where it is nobody's."""

    id: int
    at: dt.datetime
    login: str
    who: str
    command: str | None
    title: str
    reason: str
    act: Act
    entries: int


@dataclass(frozen=True, kw_only=True)
class ActivityCount:
    """How many acts of each sort a person did."""

    login: str
    who: str
    acts: dict[Act, int]


@dataclass(frozen=True, kw_only=True)
class ActivityChoices:
    """What a list of acts can be narrowed to: (login, name) and (command, title)."""

    people: tuple[tuple[str, str], ...]
    commands: tuple[tuple[str, str], ...]


def require_trace(actor: Actor) -> None:
    """Raises Refused to who may not read the trace of everything."""
    if not any(scope.holds(None, None, None) for scope in actor.scopes(READ_TRACE)):
        raise refuse(
            "not_permitted",
            "您没有“查阅操作痕迹”的权限，请联系管理员。",
            ProblemKind.NOT_PERMITTED,
        )


def day_bounds(first: dt.date | None, last: dt.date | None) -> tuple[dt.datetime | None, dt.datetime | None]:
    """The UTC moments from which and before which business days lie."""

    def midnight(day: dt.date) -> dt.datetime:
        return dt.datetime.combine(day, dt.time(), SHANGHAI).astimezone(dt.UTC)

    return (
        midnight(first) if first is not None else None,
        midnight(last + dt.timedelta(days=1)) if last is not None else None,
    )


def activity_ids(session: Session, actor: Actor, query: ActivityQuery) -> list[int]:
    """The numbers of the acts, newest first; at most MOST. Raises Refused without the right."""
    require_trace(actor)
    wanted = _where(select(AuditTransaction.id), query)
    return list(session.scalars(wanted.order_by(AuditTransaction.id.desc()).limit(MOST)))


def activity_lines(session: Session, actor: Actor, ids: Sequence[int]) -> list[ActivityLine]:
    """The acts with these numbers, in their order."""
    require_trace(actor)
    rows = session.execute(
        select(
            AuditTransaction.id,
            AuditTransaction.at,
            AuditTransaction.actor,
            AuditTransaction.command,
            AuditTransaction.title,
            AuditTransaction.reason,
            AuditLink.entries,
            User.name,
            _act_of().label("act"),
        )
        .outerjoin(AuditLink, AuditLink.transaction_id == AuditTransaction.id)
        .outerjoin(User, User.login == AuditTransaction.actor)
        .where(AuditTransaction.id.in_(ids))
    ).all()
    said = _said(session, [row.id for row in rows if Act(row.act) in NOTED])
    found = {
        row.id: ActivityLine(
            id=row.id,
            at=row.at,
            login=row.actor,
            who=row.name or WITHOUT_USER.get(row.actor, row.actor),
            command=row.command,
            title=row.title or "未经程序直接改库",
            reason=row.reason or said.get(row.id, ""),
            act=Act(row.act),
            entries=row.entries or 0,
        )
        for row in rows
    }
    return [found[number] for number in ids if number in found]


def _said(session: Session, numbers: Sequence[int]) -> dict[int, str]:
    """Why something was looked at, exported or refused, which stands in the entry."""
    rows = session.execute(
        select(AuditEntry.transaction_id, AuditEntry.after).where(
            AuditEntry.transaction_id.in_(numbers), OF_INDEX
        )
    ).all()
    found: dict[int, str] = {}
    for row in rows:
        noted = json.loads(row.after or "{}")
        found.setdefault(row.transaction_id, noted.get("reason") or noted.get("words") or "")
    return found


def activity_counts(session: Session, actor: Actor, query: ActivityQuery) -> list[ActivityCount]:
    """Who did how much, by login."""
    require_trace(actor)
    act = _act_of().label("act")
    acts = _where(select(AuditTransaction.actor, act), query).subquery()
    counted = session.execute(
        select(acts.c.actor, User.name, acts.c.act, func.count().label("number"))
        .outerjoin(User, User.login == acts.c.actor)
        .group_by(acts.c.actor, User.name, acts.c.act)
        .order_by(acts.c.actor)
    ).all()
    people: dict[tuple[str, str], dict[Act, int]] = {}
    for row in counted:
        people.setdefault((row.actor, row.name or WITHOUT_USER.get(row.actor, row.actor)), {})[
            Act(row.act)
        ] = row.number
    return [ActivityCount(login=login, who=who, acts=acts) for (login, who), acts in people.items()]


def activity_choices(session: Session, actor: Actor) -> ActivityChoices:
    """Who and what is in the trace at all."""
    require_trace(actor)
    people = session.execute(
        select(AuditTransaction.actor, func.min(User.name))
        .outerjoin(User, User.login == AuditTransaction.actor)
        .group_by(AuditTransaction.actor)
        .order_by(AuditTransaction.actor)
    ).all()
    commands = session.execute(
        select(AuditTransaction.command, func.max(AuditTransaction.title))
        .where(AuditTransaction.command.is_not(None))
        .group_by(AuditTransaction.command)
        .order_by(AuditTransaction.command)
    ).all()
    return ActivityChoices(
        people=tuple((login, name or WITHOUT_USER.get(login, login)) for login, name in people),
        commands=tuple((str(command), title or str(command)) for command, title in commands),
    )


def entries_of(session: Session, actor: Actor, number: int) -> Sequence[Any]:
    """The entries of an act in order, at most MOST_ENTRIES, with the columns that `TOLD` names."""
    from suite.kernel.audit.queries import TOLD

    require_trace(actor)
    return session.execute(
        select(*TOLD)
        .join(AuditTransaction, AuditTransaction.id == AuditEntry.transaction_id)
        .where(AuditEntry.transaction_id == number)
        .order_by(AuditEntry.id)
        .limit(MOST_ENTRIES)
    ).all()


def last_said(session: Session, table: str, keys: Iterable[str]) -> dict[str, dict[str, Any]]:
    """What rows were by their last entry, by key, also those that are gone.

    From the trace itself: who may read it need not be let into the tables.
    """
    found: dict[str, dict[str, Any]] = {}
    wanted = sorted(set(keys))
    for start in range(0, len(wanted), KEYS_AT_ONCE):
        rows = session.execute(
            select(AuditEntry.row_key, AuditEntry.after)
            .where(
                AuditEntry.table_name == table,
                AuditEntry.row_key.in_(wanted[start : start + KEYS_AT_ONCE]),
                AuditEntry.action.in_(("I", "U")),
            )
            .order_by(AuditEntry.id)
        )
        found.update((row.row_key, json.loads(row.after or "{}")) for row in rows)
    return found


def keys_naming(session: Session, table: str, column: str, number: int) -> list[str]:
    """The keys of a table's rows that ever named a number in a column, by the trace."""
    if is_sqlite(session.connection()):
        said: ColumnElement[Any] = func.json_extract(AuditEntry.after, f"$.{column}")
        named = said == number
    else:
        named = cast(AuditEntry.after, JSONB)[column].astext == str(number)
    return list(
        session.scalars(
            select(AuditEntry.row_key)
            .where(AuditEntry.table_name == table, AuditEntry.action.in_(("I", "U")), named)
            .distinct()
        )
    )


def _noted(action: str) -> ColumnElement[bool]:
    return exists().where(
        AuditEntry.transaction_id == AuditTransaction.id, AuditEntry.action == action, OF_INDEX
    )


def _act_of() -> ColumnElement[str]:
    return case(
        *((_noted(action), act.value) for act, action in NOTED.items()),
        (BY_HAND, Act.BY_HAND.value),
        else_=Act.WRITTEN.value,
    )


def _where(statement: Any, query: ActivityQuery) -> Any:
    """A select of acts, whatever its columns, narrowed to what is asked for."""
    since, before = day_bounds(query.first, query.last)
    if since is not None:
        statement = statement.where(AuditTransaction.at >= since)
    if before is not None:
        statement = statement.where(AuditTransaction.at < before)
    if query.logins:
        statement = statement.where(AuditTransaction.actor.in_(query.logins))
    if query.commands:
        statement = statement.where(AuditTransaction.command.in_(query.commands))
    if query.professions:
        statement = statement.where(
            exists().where(
                AuditEntry.transaction_id == AuditTransaction.id,
                AuditEntry.profession.in_(query.professions),
            )
        )
    if query.text:
        wanted = (
            column.contains(query.text, autoescape=True)
            for column in (AuditTransaction.title, AuditTransaction.reason)
        )
        statement = statement.where(or_(*wanted))
    if query.acts:
        statement = statement.where(or_(*(_is(act) for act in query.acts)))
    return statement


def _is(act: Act) -> ColumnElement[bool]:
    if act in NOTED:
        return _noted(NOTED[act])
    if act is Act.BY_HAND:
        return BY_HAND
    return and_(~BY_HAND, *(~_noted(action) for action in NOTED.values()))
