"""The differences of a reconciliation as a file for the other sides, and the trace's note of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from suite.kernel.exchange.export import LogExport
from suite.kernel.exchange.leaving import Basis
from suite.kernel.exchange.reconcile_rules import TITLES, WORDS
from suite.kernel.exchange.reconciling import Finding, Reconciliation
from suite.kernel.exchange.table_file import write_table


def export_log(kind: str, findings: Sequence[Finding], listed: str) -> LogExport:
    """What the trace keeps of an export of differences; `listed` says which."""
    return LogExport(
        kind=kind,
        columns=tuple(dict.fromkeys(item.difference.field or "status" for item in findings)),
        conditions=f"三方对账的差异，{listed}",
    )


def write_findings(
    found: Reconciliation, findings: Sequence[Finding], path: Path, basis: Basis | None = None
) -> int:
    """Write differences to .xlsx or .csv, for the other sides; returns how many. Secrets stay masked."""
    headings = ["名称", "项目", *(TITLES[side] for side in found.sides), "处理", "依据"]
    rows = [
        [
            item.difference.name,
            item.title,
            *(item.shown.get(side, "") for side in found.sides),
            WORDS[item.decided] if item.decided else "",
            item.reason,
        ]
        for item in findings
    ]
    return write_table(path, headings, rows, sheet="对账差异", basis=basis)
