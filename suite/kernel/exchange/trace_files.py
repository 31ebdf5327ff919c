"""Files of the trace itself, the extract and the daily sheet: that they left is traced as well."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import ClassVar

from suite.contract.commands import Done
from suite.kernel.audit.seal import note
from suite.kernel.exchange.leaving import ExportCommand
from suite.kernel.executor.work import Transaction


@dataclass(frozen=True, kw_only=True)
class LogTraceExport(ExportCommand):
    """Write down that a part of the trace left the house."""

    permission: ClassVar[str] = "core:audit:read"
    title: ClassVar[str] = "导出操作痕迹"


def log_trace_export(command: LogTraceExport, work: Transaction) -> Done:
    """Write the entry."""
    note(
        work.connection,
        transaction_id=work.number,
        table="core_audit_link",
        key="export",
        action="E",
        scope=(None, None, None),
        after=json.dumps(command.told(), ensure_ascii=False),
    )
    return Done(text=f"已导出操作痕迹 {command.rows:,} 条")
