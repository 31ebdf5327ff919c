"""Setting a parameter from a day on; the past keeps its values."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select

from suite.contract.commands import Change, Command, Done, Handler
from suite.contract.declarations import Parameter
from suite.contract.problems import Refused, refuse
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
    """Write the value. Refuses an unknown key, a wrong type, a broken pattern and an empty source."""
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
    if parameter.pattern:
        _check_pattern(parameter, text)
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


def _check_pattern(parameter: Parameter, text: str) -> None:
    """Raises Refused for a regular expression that cannot be read, with the place where reading stops."""
    if not text:
        raise _broken(parameter, "现为空")
    try:
        re.compile(text)
    except re.error as error:
        place = error.pos or 0
        fact = f"第 {place + 1} 个字符“{text[place : place + 10]}”处" if place < len(text) else "末尾"
        raise _broken(parameter, f"“{text[:60]}”在{fact}读不通") from error


def _broken(parameter: Parameter, fact: str) -> Refused:
    text = f"“{parameter.title}”应为正则表达式，{fact}，请改正。"
    return refuse("parameter.pattern", text, field="value")


HANDLERS: Mapping[type[Command], Handler] = {SetParameter: set_parameter}
