"""Files of entries: kept by their content, once; struck out; read back only as they were."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.problems import Refused
from suite.kernel.exchange.entries.copies import LogLedgerCopy, save_ledger_copy
from suite.kernel.ledgers.commands import (
    AttachLedgerFile,
    EntryEdit,
    SaveLedgerEntries,
    StrikeLedgerFile,
)
from suite.kernel.ledgers.files import entry_files, file_content
from suite.tables import AuditEntry

CASES = "core.typical_cases"
PDF = b"%PDF-1.7\nsmall"


def refused(act: Callable[[], object]) -> set[str]:
    with pytest.raises(Refused) as caught:
        act()
    return set(caught.value.codes)


def test_a_file_is_kept_once_and_struck_out(suite_: Suite, admin: Actor) -> None:
    values = {"title": "某公司股权案", "day": "2026-05-01", "submitter": "市律师协会"}
    saved = suite_.run(SaveLedgerEntries(ledger=CASES, rows=(EntryEdit(values=values),)), admin)
    entry = saved.result["ids"][0]

    def attach(content: bytes) -> int:
        command = AttachLedgerFile(ledger=CASES, entry_id=entry, file_name="案例.txt", content=content)
        return int(suite_.run(command, admin).result["file"])

    assert refused(lambda: attach(b"")) == {"file.empty"}
    assert refused(lambda: attach(b"plain text")) == {"file.unknown"}
    number = attach(PDF)
    assert refused(lambda: attach(PDF)) == {"file.again"}
    with suite_.reading() as session:
        (file,) = entry_files(session, admin, suite_.catalog, CASES, entry)
        assert (file.file_name, file.size, file.struck) == ("案例.pdf", len(PDF), "")
        assert file_content(session, admin, suite_.catalog, CASES, number) == PDF

    def strike(reason: str) -> None:
        suite_.run(StrikeLedgerFile(ledger=CASES, file_id=number, reason=reason), admin)

    assert refused(lambda: strike(" ")) == {"reason.required"}
    strike("附错")
    assert refused(lambda: strike("再划")) == {"file.struck"}
    with suite_.reading() as session:
        assert entry_files(session, admin, suite_.catalog, CASES, entry)[0].struck == "附错"
    attach(PDF)


def test_a_copy_stands_in_the_trace(suite_: Suite, admin: Actor, tmp_path: Path) -> None:
    values = {"title": "某公司股权案", "day": "2026-05-01", "submitter": "市律师协会"}
    saved = suite_.run(SaveLedgerEntries(ledger=CASES, rows=(EntryEdit(values=values),)), admin)
    entry = saved.result["ids"][0]
    attached = AttachLedgerFile(ledger=CASES, entry_id=entry, file_name="案例.pdf", content=PDF)
    number = int(suite_.run(attached, admin).result["file"])
    log = LogLedgerCopy(ledger=CASES, file_id=number, conditions="案例.pdf")
    save_ledger_copy(tmp_path / "副本.pdf", PDF, log, admin, run=suite_.run)
    assert (tmp_path / "副本.pdf").read_bytes() == PDF
    none = LogLedgerCopy(ledger=CASES, file_id=number + 1, conditions="案例.pdf")
    lost = tmp_path / "别的.pdf"
    assert refused(lambda: save_ledger_copy(lost, PDF, none, admin, run=suite_.run)) == {"entry.unknown"}
    assert not lost.exists()
    with suite_.reading() as session:
        (told,) = session.scalars(select(AuditEntry).where(AuditEntry.action == "E")).all()
    assert (told.table_name, told.row_key) == ("core_ledger_entry", str(entry))
