"""Files of the trace itself, the extract and the daily sheet: that they left is traced as well."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from suite.contract.commands import Done
from suite.kernel.exchange.leaving import ExportCommand, note_export
from suite.kernel.executor.work import Transaction


@dataclass(frozen=True, kw_only=True)
class LogTraceExport(ExportCommand):
    """Write down that a part of the trace left the house."""

    permission: ClassVar[str] = "core:audit:read"
    title: ClassVar[str] = "导出操作痕迹"


def log_trace_export(command: LogTraceExport, work: Transaction) -> Done:
    """Write the entry."""
    note_export(work, None, command.told())
    return Done(text=f"已导出操作痕迹 {command.rows:,} 条")
