"""Workbooks that come back: who, when and why stand in them, their digest in the trace, and they print."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.problems import Refused
from suite.kernel.assessment.schemes import latest_sheet
from suite.kernel.exchange.indicator_file import save_board
from suite.kernel.exchange.return_sheets import save_returns
from suite.kernel.exchange.scheme_book import save_scheme
from suite.kernel.exchange.target_sheets import read_targets, save_targets
from suite.kernel.indicators.board import Question
from suite.kernel.indicators.queries import indicator_board
from suite.tables import AuditEntry, AuditTransaction

FORM, PERIOD, SET, SCHEME = "core.legal_aid", "2026-09", "plan-2021-2025", "popularization.evaluation"


def test_they_leave_like_any_export(suite_: Suite, admin: Actor, tmp_path: Path) -> None:
    catalog, run = suite_.catalog, suite_.run
    returns, targets, sheet, numbers = (tmp_path / f"{name}.xlsx" for name in "报体评指")
    with suite_.reading() as session:
        save_returns(session, admin, catalog, FORM, PERIOD, returns, run=run)
        save_targets(session, catalog, SET, targets, admin, run=run)
        save_scheme(sheet, latest_sheet(session, catalog, SCHEME), admin, run=run)
        board = indicator_board(session, admin, catalog, Question(as_of=suite_.today, numbers=("11",)))
        assert save_board(board, numbers, admin, run=run) == 1
    with suite_.reading() as session:
        told = {
            json.loads(after)["file"]: (command, json.loads(after)["digest"])
            for command, after in session.execute(
                select(AuditTransaction.command, AuditEntry.after)
                .join(AuditTransaction, AuditTransaction.id == AuditEntry.transaction_id)
                .where(AuditEntry.action == "E")
            )
        }
    for path, command in (
        (returns, "LogReturns"), (targets, "LogTargets"), (sheet, "LogScheme"), (numbers, "LogIndicators"),
    ):  # fmt: skip
        assert told[path.name] == (command, hashlib.sha256(path.read_bytes()).hexdigest())
        book = load_workbook(path)
        assert book.worksheets[-1].title == "说明"
        assert book.worksheets[-1]["B2"].value == f"{admin.name}（{admin.login}）"
        for page in book.worksheets:
            assert (page.page_setup.paperSize, page.sheet_properties.pageSetUpPr.fitToPage) == (9, True)
            assert "&P" in page.oddFooter.center.text


def test_who_may_not_gets_no_file(suite_on_sqlite: Suite, admin: Actor, tmp_path: Path) -> None:
    nobody = Actor(login="x", name="x")
    path = tmp_path / "体系.xlsx"
    with suite_on_sqlite.reading() as session, pytest.raises(Refused) as refused:
        save_targets(session, suite_on_sqlite.catalog, SET, path, nobody, run=suite_on_sqlite.run)
    assert refused.value.codes == {"not_permitted"}
    assert not path.exists()
    with suite_on_sqlite.reading() as session:
        save_targets(session, suite_on_sqlite.catalog, SET, path, admin, run=suite_on_sqlite.run)
    assert len(read_targets(path)) > 40, "what the house wrote about it is no row"
