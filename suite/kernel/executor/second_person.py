"""Commands that take two persons: kept as a request until another one decides.

A command becomes the JSON of its fields and comes back by their types; what it may hold is bounded by what
`taken_apart` knows.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import types
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Union, get_args, get_origin, get_type_hints

from sqlalchemy import select

from suite.contract.commands import Change, Command, Done
from suite.contract.problems import refuse
from suite.kernel.executor.work import Transaction
from suite.tables import Request, User

OPEN, APPROVED, RETURNED = "open", "approved", "returned"
#: So long what was agreed to may be carried out by who asked for it, where that is for him to do.
VALID = dt.timedelta(days=1)
#: In the result of a command that waits: the number of its request.
ASKED = "request"


def alone_here(work: Transaction) -> bool:
    """Whether the house has no other user: then there is no second person, and the one is not locked out."""
    others = select(User.login).where(User.active, User.login != work.actor.login).limit(1)
    return work.session.scalar(others) is None


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


def ask(command: Command, work: Transaction) -> Done:
    """Keep a command until another person decides. Refuses one without a reason."""
    said = (work.reason or str(getattr(command, "reason", ""))).strip()
    if not said:
        raise refuse("reason.required", "此项须由另一人复核，请写明事由。", field="reason")
    permission = command.permission_key()
    district, association = work.actor.place(permission)
    request = Request(
        command=type(command).__name__,
        fields=taken_apart(command),
        title=command.title,
        permission=permission,
        district_code=district,
        association=association,
        reason=said[:500],
        effect=(work.effect or "")[:500] or None,
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
        result={ASKED: request.id},
    )


def asked_for(done: Done) -> int | None:
    """The number of the request where a command was not carried out but asked for; None where it was."""
    number = done.result.get(ASKED)
    return number if isinstance(number, int) else None


def taken_apart(command: Command) -> str:
    """A command's fields as JSON."""
    values = {item.name: getattr(command, item.name) for item in dataclasses.fields(command)}
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
