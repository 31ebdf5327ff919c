"""Which function carries out which command of the exchange."""

from collections.abc import Mapping

from suite.contract.commands import Command, Handler
from suite.kernel.exchange import (
    case_copies,
    draw_copies,
    editions,
    form_files,
    houses,
    reconcile_decisions,
    season_files,
    sending,
    taking,
)
from suite.kernel.exchange.entries import copies as ledger_copies
from suite.kernel.exchange.export import LogExport, log_export
from suite.kernel.exchange.importing import ImportRows, import_rows
from suite.kernel.exchange.learning import ForgetLayout, RememberLayout, forget_layout, remember_layout
from suite.kernel.exchange.mass_export import AllowExport, allow_export
from suite.kernel.exchange.trace_files import LogTraceExport, log_trace_export
from suite.kernel.exchange.undoing import UndoImport, undo_import

HANDLERS: Mapping[type[Command], Handler] = {
    ImportRows: import_rows,
    LogExport: log_export,
    LogTraceExport: log_trace_export,
    AllowExport: allow_export,
    **case_copies.HANDLERS,
    **draw_copies.HANDLERS,
    **editions.HANDLERS,
    **form_files.HANDLERS,
    **houses.HANDLERS,
    **ledger_copies.HANDLERS,
    **sending.HANDLERS,
    **reconcile_decisions.HANDLERS,
    **season_files.HANDLERS,
    **taking.HANDLERS,
    UndoImport: undo_import,
    RememberLayout: remember_layout,
    ForgetLayout: forget_layout,
}
