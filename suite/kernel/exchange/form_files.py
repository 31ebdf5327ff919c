"""Workbooks of forms, sets and sheets, most of which are filled in outside and come back: that one left the
house is noted like any export."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from suite.contract.commands import Command, Done, Handler
from suite.kernel.audit.seal import note
from suite.kernel.exchange.leaving import ExportCommand
from suite.kernel.executor.work import Transaction
from suite.kernel.indicators.declarations import SET_EDIT, SNAPSHOT_TAKE
from suite.tables import FigureValue, Return, SchemeVersion, TargetSet


@dataclass(frozen=True, kw_only=True)
class LogReturns(ExportCommand):
    """Note that a period of a form was written to a workbook; `conditions` is the period."""

    permission: ClassVar[str] = "{owner}:return:read"
    title: ClassVar[str] = "导出报表"

    form: str

    def permission_key(self) -> str:
        """Of the form's profession."""
        return self.permission.replace("{owner}", self.form.split(".", 1)[0])


@dataclass(frozen=True, kw_only=True)
class LogTargets(ExportCommand):
    """Note that an indicator set was written to a workbook, to be changed there."""

    permission: ClassVar[str] = SET_EDIT
    title: ClassVar[str] = "导出指标体系"

    name: str


@dataclass(frozen=True, kw_only=True)
class LogIndicators(ExportCommand):
    """Note that the numbers of a day were written to a workbook; `conditions` tells day, place and set."""

    permission: ClassVar[str] = SNAPSHOT_TAKE
    title: ClassVar[str] = "导出指标"


@dataclass(frozen=True, kw_only=True)
class LogScheme(ExportCommand):
    """Note that a score sheet was written to a workbook; `conditions` is its version."""

    permission: ClassVar[str] = "{owner}:assessment:read"
    title: ClassVar[str] = "导出评分表"

    profession: str
    scheme: str

    def permission_key(self) -> str:
        """Of the scheme's profession."""
        return self.permission.replace("{owner}", self.profession)


def log_returns(command: LogReturns, work: Transaction) -> Done:
    """Write the entry."""
    profession, key = command.form.split(".", 1)[0], f"{command.form} {command.conditions}"
    return _noted(command, work, Return.__tablename__, key, profession)


def log_targets(command: LogTargets, work: Transaction) -> Done:
    """Write the entry."""
    return _noted(command, work, TargetSet.__tablename__, command.name, None)


def log_indicators(command: LogIndicators, work: Transaction) -> Done:
    """Write the entry."""
    return _noted(command, work, FigureValue.__tablename__, "indicators", None)


def log_scheme(command: LogScheme, work: Transaction) -> Done:
    """Write the entry."""
    return _noted(command, work, SchemeVersion.__tablename__, command.scheme, command.profession)


def _noted(command: ExportCommand, work: Transaction, table: str, key: str, profession: str | None) -> Done:
    note(
        work.connection,
        transaction_id=work.number,
        table=table,
        key=key,
        action="E",
        scope=(profession, None, None),
        after=json.dumps(command.told(), ensure_ascii=False),
    )
    return Done(text=f"已保存“{command.file_name}”")


HANDLERS: Mapping[type[Command], Handler] = {
    LogReturns: log_returns,
    LogTargets: log_targets,
    LogIndicators: log_indicators,
    LogScheme: log_scheme,
}
