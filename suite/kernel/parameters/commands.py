"""Setting a parameter from a day on; the past keeps its values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select

from suite.contract.commands import Change, Command, Done, Handler
from suite.contract.problems import refuse
from suite.kernel.executor.work import Transaction
from suite.kernel.parameters.queries import parse_value
from suite.tables import ParameterValue


@dataclass(frozen=True, kw_only=True)
class SetParameter(Command):
    """Set a parameter's value from `valid_from` on, with the document that says so."""

    permission: ClassVar[str] = "core:parameter:edit"
    title: ClassVar[str] = "设定参数"

    key: str
    value: str
    valid_from: dt.date
    source: str


def set_parameter(command: SetParameter, work: Transaction) -> Done:
    """Write the value. Refuses an unknown key, a value of the wrong type and an empty source."""
    parameter = work.catalog.parameters.get(command.key)
    if parameter is None:
        raise refuse("parameter.unknown", f"没有参数 {command.key}。请核对名称。", field="key")
    text = command.value.strip()
    try:
        parse_value(parameter, text)
    except ValueError as error:
        wanted = "true 或 false" if isinstance(parameter.value, bool) else "整数"
        raise refuse(
            "parameter.type", f"“{parameter.title}”应为{wanted}，现为“{text}”，请改正。", field="value"
        ) from error
    if not command.source.strip():
        raise refuse("parameter.source", "请写明依据（文件名称、文号或条款）。", field="source")
    row = work.session.scalar(
        select(ParameterValue).where(
            ParameterValue.key == command.key, ParameterValue.valid_from == command.valid_from
        )
    )
    if row is None:
        row = ParameterValue(key=command.key, valid_from=command.valid_from)
        work.session.add(row)
    row.value, row.source, row.recorded_at = text, command.source.strip(), work.now
    work.session.flush()
    return Done(
        text=f"“{parameter.title}”自 {command.valid_from} 起为 {text} {parameter.unit}".rstrip(),
        changes=(Change(kind="core.parameter", ids=(row.id,)),),
    )


HANDLERS: Mapping[type[Command], Handler] = {SetParameter: set_parameter}
