"""Setting a parameter from a day on; the past keeps its values."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select

from suite.contract.code_sets import JOINED_BY, SetReader, packed
from suite.contract.codes import spellings_of
from suite.contract.commands import Change, Command, Done, Handler
from suite.contract.parameters import Parameter
from suite.contract.problems import Refused, refuse
from suite.kernel.executor.work import Transaction
from suite.kernel.parameters.queries import parse_value
from suite.tables import ParameterValue


@dataclass(frozen=True, kw_only=True)
class SetParameter(Command):
    """Set a parameter's value from `valid_from` on, with the document that says so.

    value: as it is stored; what is chosen from a list may be said in its words, too.
    """

    permission: ClassVar[str] = "core:parameter:edit"
    title: ClassVar[str] = "设定参数"

    key: str
    value: str
    valid_from: dt.date
    source: str


def set_parameter(command: SetParameter, work: Transaction) -> Done:
    """Write the value. Refuses an unknown key, a wrong type, what is no choice, a broken pattern and an empty
    source."""
    parameter = work.catalog.parameters.get(command.key)
    if parameter is None:
        raise refuse("parameter.unknown", f"没有参数 {command.key}。请核对名称。", field="key")
    text = command.value.strip()
    if parameter.codes:
        text = _chosen(parameter, text)
    try:
        value = parse_value(parameter, text)
    except ValueError as error:
        raise refuse(
            "parameter.type", f"“{parameter.title}”应为整数，现为“{text}”，请改正。", field="value"
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
        text=(
            f"“{parameter.title}”自 {command.valid_from} 起为 {parameter.words(value)} {parameter.unit}"
        ).rstrip(),
        changes=(Change(kind="core.parameter", ids=(row.id,)),),
        result={"value": text, "words": parameter.words(value)},
    )


def _chosen(parameter: Parameter, text: str) -> str:
    """What a text chooses, as it is stored. Raises Refused, with what there is to choose from."""
    spellings, choices = spellings_of(parameter.codes), JOINED_BY.join(parameter.titles.values())
    if not parameter.several:
        if text in spellings:
            return spellings[text]
        told = f"“{parameter.title}”应为以下之一：{choices}。现为“{text}”，请改正。"
        raise refuse("parameter.choice", told, field="value")
    read = SetReader(spellings).read(text)
    stored = packed(read.values)
    if read.unknown or stored is None:
        fact = f"没有“{JOINED_BY.join(read.unknown)}”" if read.unknown else "至少选一项"
        told = f"“{parameter.title}”{fact}。可选：{choices}。请改正。"
        raise refuse("parameter.choice", told, field="value")
    return stored


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
