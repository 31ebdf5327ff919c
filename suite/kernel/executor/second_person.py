"""Commands that take two persons: kept as a request until another one decides.

A command becomes the JSON of its fields and comes back by their types; what it may hold is bounded by what
`taken_apart` knows.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import types
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Union, get_args, get_origin, get_type_hints

from suite.contract.commands import Change, Command, Done
from suite.contract.problems import refuse
from suite.kernel.executor.work import Transaction
from suite.tables import Request

OPEN, APPROVED, RETURNED = "open", "approved", "returned"


def ask(command: Command, work: Transaction, reason: str) -> Done:
    """Keep a command until another person decides. Refuses one without a reason."""
    said = (reason or str(getattr(command, "reason", ""))).strip()
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
        state=OPEN,
        asked_by=work.actor.login,
        asked_at=work.now,
    )
    work.session.add(request)
    work.session.flush()
    return Done(
        text=f"“{command.title}”须由另一人复核，已提请，编号 {request.id}",
        changes=(Change(kind="core.request", ids=(request.id,)),),
        result={"request": request.id},
    )


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
