"""Commands that take two persons: kept as a request until another one decides.

A command becomes the JSON of its fields and comes back by their types; what it may hold is bounded by what
`taken_apart` knows.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import types
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Union, get_args, get_origin, get_type_hints

from sqlalchemy import ColumnElement, Table, bindparam, select
from sqlalchemy.orm import Session

from suite.contract.commands import UNGIVEN, Change, Command, Done
from suite.contract.problems import refuse
from suite.database.base import table_of
from suite.kernel.executor.work import Effect, Transaction
from suite.tables import LedgerEntry, Request, Subject, User

OPEN, APPROVED, RETURNED, WITHDRAWN = "open", "approved", "returned", "withdrawn"
#: As people read it.
STATES = {OPEN: "待复核", APPROVED: "已同意", RETURNED: "已退回", WITHDRAWN: "已撤回"}
#: So long what was agreed to may be carried out by who asked for it, where that is for him to do.
VALID = dt.timedelta(days=1)
#: In the result of a command that waits: the number of its request.
ASKED = "request"
#: What has a version that whoever decides was shown.
VERSIONED: Mapping[str, Table] = {table.name: table for table in (table_of(Subject), table_of(LedgerEntry))}
Versions = Mapping[str, Mapping[int, int]]


def alone_here(work: Transaction) -> bool:
    """Whether the house has no other user: then there is no second person, and the one is not locked out."""
    return is_alone(work.session, work.actor.login)


def is_alone(session: Session, login: str) -> bool:
    """Whether the house has no other user than this one."""
    return session.scalar(select(User.login).where(User.active, User.login != login).limit(1)) is None


def takes_two(command: Command, work: Transaction) -> bool:
    """Whether a command has to wait for a second person before it is carried out.

    What one that was agreed on brings about was agreed on with it.
    """
    rule = command.two_persons
    if rule is None or rule.signed or work.trial or work.approved is not None:
        return False
    if (rule.switch and not work.parameters[rule.switch]) or alone_here(work):
        return False
    return not (command.discloses and _was_allowed(command, work))


def allowed_lately(command: type[Command], work: Transaction) -> Iterator[Command]:
    """What the actor asked for of a command, and another person agreed to within a day."""
    asked = work.session.scalars(
        select(Request).where(
            Request.command == command.__name__,
            Request.asked_by == work.actor.login,
            Request.state == APPROVED,
            Request.decided_at > work.now - VALID,
        )
    )
    for one in asked:
        yield put_together(command, one.fields)


def _was_allowed(command: Command, work: Transaction) -> bool:
    """Whether just this was agreed to: a secret is shown to who asked for it, not to who agreed."""
    return any(allowed == command for allowed in allowed_lately(type(command), work))


def reason_of(command: Command, work: Transaction) -> str:
    """The reason that was given for a command: with it, or beside it."""
    return (work.reason or str(getattr(command, "reason", ""))).strip()


def ask(command: Command, work: Transaction) -> Done:
    """Keep a command until another person decides. Refuses one without a reason.

    What the trial warned of is told to who asks, and with its effect to whoever decides.
    """
    said = reason_of(command, work)
    if not said:
        raise refuse("reason.required", "此项须由另一人复核，请写明事由。", field="reason")
    permission = command.permission_key()
    district, association = work.actor.place(permission)
    tried = work.effect.done if work.effect else Done(text="")
    effect = "；".join([tried.text, *(problem.text.rstrip("。") for problem in tried.warnings)])
    touched = _touched(work)
    shown = {
        "versions": touched,
        "places": _places(permission, work),
        "elsewhere": _elsewhere(permission, touched, work),
    }
    request = Request(
        command=type(command).__name__,
        fields=taken_apart(command),
        title=command.title,
        permission=permission,
        district_code=district,
        association=association,
        reason=said[:500],
        effect=effect[:500] or None,
        shown=json.dumps(shown),
        state=OPEN,
        asked_by=work.actor.login,
        asked_at=work.now,
    )
    work.session.add(request)
    work.session.flush()
    return Done(
        text=f"“{command.title}”须由另一人复核，已提请，编号 {request.id}"
        + ("；同意后一天内由您再办一次即可" if command.discloses else ""),
        changes=(Change(kind="core.request", ids=(request.id,)),),
        warnings=tried.warnings,
        result={ASKED: request.id},
    )


def effect_of(done: Done, work: Transaction) -> Effect:
    """What a trial gave, before it is rolled back."""
    return Effect(done=done, versions=_versions(done.changes, work))


def _touched(work: Transaction) -> Versions:
    """The records and entries that the trial changed, in the versions in which they stand before it."""
    if work.effect is None:
        return {}
    after = work.effect.versions
    return {
        name: {number: version for number, version in found.items() if after[name].get(number) != version}
        for name, found in _versions(work.effect.done.changes, work).items()
    }


def _elsewhere(
    permission: str, touched: Versions, work: Transaction
) -> list[tuple[str, str | None, str | None]]:
    """Profession, district and association of the records of other professions that the trial changed."""
    row = VERSIONED[Subject.__tablename__].c
    numbers = touched.get(Subject.__tablename__, {})
    query = (
        select(row.profession, row.district_code, row.association)
        .where(among(row.id, numbers), row.profession != permission.partition(":")[0])
        .distinct()
    )
    return [tuple(place) for place in work.session.execute(query).all()] if numbers else []


def _places(permission: str, work: Transaction) -> list[tuple[str | None, str | None]]:
    """The districts and associations where the actor holds a permission; None for all of them."""
    return [
        (district, association)
        for scope in work.actor.scopes(permission)
        for district in sorted(scope.districts or ()) or (None,)
        for association in sorted(scope.associations or ()) or (None,)
    ]


def _versions(changes: Iterable[Change], work: Transaction) -> Versions:
    """Table → id → version of the records and entries among changes."""
    ids: dict[str, set[int]] = {name: set() for name in VERSIONED}
    for change in changes:
        if change.kind in work.catalog.kinds:
            ids[Subject.__tablename__] |= set(change.ids)
        elif change.kind in work.catalog.ledgers:
            ids[LedgerEntry.__tablename__] |= set(change.ids)
    found = {}
    for name, numbers in ids.items():
        row = VERSIONED[name].c
        query = select(row.id, row.version).where(among(row.id, numbers))
        versions: dict[int, int] = dict(work.session.execute(query).all())
        found[name] = versions
    return found


def among(column: ColumnElement[int], numbers: Iterable[int]) -> ColumnElement[bool]:
    """One of these, written into the statement: the engines bound the number of its parameters."""
    listed = sorted(numbers)
    return column.in_(bindparam("numbers", listed, expanding=True, literal_execute=True))


def asked_for(done: Done) -> int | None:
    """The number of the request where a command was not carried out but asked for; None where it was."""
    number = done.result.get(ASKED)
    return number if isinstance(number, int) else None


def taken_apart(command: Command) -> str:
    """A command's fields as JSON; what says nothing is left out."""
    said = ((item.name, getattr(command, item.name)) for item in dataclasses.fields(command))
    values = {name: value for name, value in said if value is not UNGIVEN}
    return json.dumps(values, ensure_ascii=False, default=_plain)


def put_together(command: type[Command], fields: str) -> Command:
    """The command that was taken apart. Raises Refused when its fields are others by now."""
    hints = get_type_hints(command)
    values = json.loads(fields)
    try:
        return command(**{name: _typed(hints[name], value) for name, value in values.items()})
    except (KeyError, TypeError, ValueError) as error:
        raise refuse("request.outdated", "程序已更新，这项提请的内容不再适用，请退回后重新提请。") from error


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Decimal):
        return str(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {item.name: getattr(value, item.name) for item in dataclasses.fields(value)}
    raise TypeError(f"a request cannot hold {type(value).__name__}")


def _typed(hint: Any, value: Any) -> Any:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return (
            None if value is None else _typed(next(a for a in get_args(hint) if a is not type(None)), value)
        )
    if origin is tuple:
        return tuple(_typed(get_args(hint)[0], item) for item in value)
    if hint is dt.date:
        return dt.date.fromisoformat(value)
    if hint is Decimal:
        return Decimal(value)
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        hints = get_type_hints(hint)
        return hint(**{name: _typed(hints[name], item) for name, item in value.items()})
    return value
