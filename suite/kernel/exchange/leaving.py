"""Files that leave the house: who, when and why stand in them, and the trace before they appear.

A workbook carries it on a last sheet 说明, what is meant for publication in its properties. Beside a text
file lies a file of its own: lines at its end would be rows to whoever imports it again.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import file_digest
from pathlib import Path
from typing import Any

from suite.contract.commands import Actor, Command, Done
from suite.contract.declarations import RecordKind
from suite.kernel.audit.activity import SHANGHAI
from suite.kernel.audit.queries import ranges
from suite.kernel.audit.seal import note
from suite.kernel.documents.cell_text import text_cell
from suite.kernel.documents.xml_text import xml_text
from suite.kernel.exchange.printed import sheet_printed
from suite.kernel.exchange.stock.sheet import CaseSheet
from suite.kernel.exchange.whole_file import whole_file
from suite.kernel.executor.work import Transaction
from suite.kernel.ledgers.sheet import LedgerSheet

#: The sheet that tells of the export; no roster has a heading among its words.
SHEET = "说明"
UNSAID = "未填写"
#: What a property of a document may hold.
LONGEST_PROPERTY = 255


@dataclass(frozen=True, kw_only=True)
class ExportCommand(Command):
    """Writes down that a file left the house; `rows`, `file_name` and `digest` are filled in by then.

    `digest` is the SHA-256 of the file, by which a copy that turns up elsewhere is told; `records` are the
    ids of the records in it (`3-17,20`), by which each of them tells of the export.
    """

    conditions: str = ""
    reason: str = ""
    rows: int = 0
    file_name: str = ""
    digest: str = ""
    records: str = ""

    def told(self) -> dict[str, object]:
        """What the trace keeps of it."""
        return {
            "rows": self.rows,
            "file": self.file_name,
            "conditions": self.conditions,
            "reason": self.reason.strip(),
            "digest": self.digest,
            "records": self.records,
        }


@dataclass(frozen=True, kw_only=True)
class Basis:
    """What a file says of its own making. `at` is UTC; whoever writes it adds to `ids` the records in it."""

    content: str
    who: str
    login: str
    at: dt.datetime
    reason: str
    conditions: str
    ids: list[int] = field(default_factory=list)

    def lines(self, rows: int | None = None) -> list[tuple[str, str]]:
        """Heading and words, as they stand in the file."""
        said = [
            ("导出内容", self.content),
            ("导出人", f"{self.who}（{self.login}）"),
            ("导出时间", f"{self.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}"),
            ("导出事由", self.reason or UNSAID),
            ("筛选条件", self.conditions or "全部"),
        ]
        return said if rows is None else [*said, ("导出行数", f"{rows:,}")]

    def into_workbook(self, book: Any, rows: int) -> None:
        """Add the sheet 说明 to an open workbook, as its last."""
        page = book.create_sheet(SHEET)
        page.column_dimensions["A"].width, page.column_dimensions["B"].width = 14, 80
        sheet_printed(page)
        for title, words in self.lines(rows):
            page.append([title, text_cell(page, words)])

    def into_properties(self, properties: Any, author: str, comments: str) -> None:
        """Fill the properties of a file for publication, whose pages have no place for it; by their names."""
        setattr(properties, author, xml_text(self.who))
        words = "；".join(f"{title}：{words}" for title, words in self.lines())
        setattr(properties, comments, xml_text(words[:LONGEST_PROPERTY]))

    def beside(self, path: Path, rows: int) -> None:
        """Write the text file that lies beside a .csv."""
        with whole_file(companion(path)) as partial:
            text = "\r\n".join(f"{title}：{words}" for title, words in self.lines(rows))
            partial.write_bytes(f"{text}\r\n".encode("utf-8-sig"))


def note_export(work: Transaction, kind: RecordKind | None, told: Mapping[str, object]) -> None:
    """Write the entry of an export: of a kind's records, or of the trace itself."""
    note(
        work.connection,
        transaction_id=work.number,
        table=_table_of(kind),
        key=kind.key if kind is not None else "export",
        action="E",
        scope=(kind.owner if kind is not None else None, None, None),
        after=json.dumps(told, ensure_ascii=False),
    )


def _table_of(kind: RecordKind | None) -> str:
    if kind is None:
        return "core_audit_link"
    if isinstance(kind, LedgerSheet):
        return "core_ledger_entry"
    return "core_case" if isinstance(kind, CaseSheet) else "core_subject"


def companion(path: Path) -> Path:
    """The file that tells of a .csv."""
    return path.with_name(f"{path.stem}.{SHEET}.txt")


def basis_of(log: ExportCommand, actor: Actor, content: str) -> Basis:
    """What a file says that is made now."""
    return Basis(
        content=content,
        who=actor.name,
        login=actor.login,
        at=dt.datetime.now(dt.UTC),
        reason=log.reason.strip(),
        conditions=log.conditions,
    )


def export_file(
    path: Path,
    log: ExportCommand,
    actor: Actor,
    *,
    run: Callable[[Command, Actor], Done],
    content: str,
    write: Callable[[Path, Basis], int],
) -> int:
    """Write a file, put it into the trace with its rows and digest, and only then let it appear.

    `write` gets where to write and what to write into it of its making, and returns the number of rows.
    `run` carries out `log`. Raises Refused, before anything is written, to who may not.
    """
    if not actor.may(log.permission_key()):
        run(log, actor)  # refused, which leaves its own trace
    basis = basis_of(log, actor, content)
    with whole_file(path) as partial:
        rows = write(partial, basis)
        with partial.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
        said = replace(log, rows=rows, file_name=path.name, digest=digest, records=ranges(basis.ids))
        run(said, actor)
        if path.suffix.lower() == ".csv":
            basis.beside(path, rows)
    return rows


def delivering(
    path: Path, table: str, owner: str | None, write: Callable[[Path, Done], int], reason: str = ""
) -> Callable[[Done, Transaction], None]:
    """For `Suite.run`: the file that a command gives is there before the command counts, and its rows and
    digest are in the trace; where it cannot be written, nothing was done. Not a word is added to the file."""

    def deliver(done: Done, work: Transaction) -> None:
        with whole_file(path) as partial:
            rows = write(partial, done)
            with partial.open("rb") as file:
                digest = file_digest(file, "sha256").hexdigest()
            told = {"rows": rows, "file": path.name, "reason": reason.strip(), "digest": digest}
            note(
                work.connection,
                transaction_id=work.number,
                table=table,
                key="export",
                action="E",
                scope=(owner, None, None),
                after=json.dumps(told, ensure_ascii=False),
            )

    return deliver
