"""Witnesses of the chain: the last head that a desk saw, and heads on paper.

Who holds the database can recompute the whole chain or cut its tail, and it would hold together again. So a
desk keeps the last link that it saw outside the database, among its own settings, and takes a newer one only
while the old one still stands; and the daily sheet carries a head that can be typed in years later.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import os
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, text
from sqlalchemy.engine import URL

from suite.contract.problems import Problem
from suite.database.engine import is_sqlite

log = logging.getLogger(__name__)

#: So many hexadecimal digits of a head are enough to tell it apart; fewer could be met by trying.
SHORTEST = 16
#: A desk that works does not write the same file at every command.
EVERY_SECONDS = 60
CODE = "audit.witness"


@dataclass(frozen=True, kw_only=True)
class Head:
    """A link of the chain: its number from 1, and its hash."""

    link: int
    hash: str


@dataclass(frozen=True, kw_only=True)
class Witness(Head):
    """A head that was seen, and when (UTC, ISO)."""

    at: str


def link_of(connection: Connection, link: int | None = None) -> Head | None:
    """The link with this number, or the head; None where there is none.

    PostgreSQL, where a login has no right on the trace itself, tells it by a function.
    """
    if is_sqlite(connection):
        which = "ORDER BY id DESC LIMIT 1" if link is None else "WHERE id = :link"
        statement = f"SELECT id, hash FROM core_audit_link {which}"  # noqa: S608 - own words
    else:
        statement = "SELECT id, hash FROM core_audit_link_of(CAST(:link AS bigint))"
    asked = {} if is_sqlite(connection) and link is None else {"link": link}
    row = connection.execute(text(statement), asked).first()
    return Head(link=row.id, hash=row.hash) if row is not None else None


def contradicted(connection: Connection, witness: Witness) -> Problem | None:
    """What is wrong when the chain no longer says what a desk saw; None when it does."""
    now = link_of(connection, witness.link)
    if now == Head(link=witness.link, hash=witness.hash):
        return None
    seen = f"{witness.at[:16].replace('T', ' ')} 看到的第 {witness.link:,} 节（{witness.hash[:SHORTEST]}…）"
    if now is None:
        words = f"本机于 {seen}已不在库中：其后的操作痕迹被截去，或数据库是由较早的备份恢复的。"
    else:
        words = f"本机于 {seen}与库中的不同：审计链被改写过，或这里换成了另一个数据库。"
    cure = "请保留现场并联系系统管理员；确因恢复备份的，核实后运行 suite audit renew。"
    return Problem(code=CODE, text=words + cure)


def on_paper(connection: Connection, typed: str) -> tuple[Head | None, Problem | None]:
    """The link whose head was typed in from a sheet, or what is wrong with it.

    Blanks and dashes do not count; the first SHORTEST digits are enough.
    """
    digits = "".join(letter for letter in typed.casefold() if letter in "0123456789abcdef")
    if not SHORTEST <= len(digits) <= 64 or set(typed.casefold()) - set("0123456789abcdef -　…"):
        words = f"“{typed}”不是链首：应为 64 位的数字和字母 a—f，至少抄录前 {SHORTEST} 位。请对照日报重抄。"
        return None, Problem(code="audit.witness_form", text=words)
    row = connection.execute(
        text("SELECT id, hash FROM core_audit_link WHERE substr(hash, 1, :length) = :digits"),
        {"length": len(digits), "digits": digits},
    ).first()
    if row is not None:
        return Head(link=row.id, hash=row.hash), None
    words = (
        f"日报上的链首 {digits[:SHORTEST]}… 不在审计链中：操作痕迹在那之后被改写或截去，"
        "或抄录有误。请先对照日报核对抄录；无误则保留现场并联系系统管理员。"
    )
    return None, Problem(code=CODE, text=words)


class WitnessBook:
    """The witnesses of one desk: for each address of a database the last head that was seen there."""

    def __init__(self, file: Path) -> None:
        """Over a JSON file, which is made when the first witness is kept."""
        self._file = file
        self._lock = Lock()
        self._looked: dict[str, float] = {}

    def of(self, address: str) -> Witness | None:
        """The last head that this desk saw there."""
        found = self._read().get(address)
        with suppress(TypeError):
            return Witness(**found) if found is not None else None
        return None

    def watch(self, connection: Connection, address: str, now: dt.datetime) -> Problem | None:
        """Compare the chain with the witness; keep the newer head where it holds, else the old one."""
        with self._lock:
            witness = self.of(address)
            if witness is not None:
                problem = contradicted(connection, witness)
                if problem is not None:
                    return problem
            head = link_of(connection)
            if head is not None and (witness is None or head.link > witness.link):
                self._put(address, Witness(**asdict(head), at=now.isoformat(timespec="seconds")))
            self._looked[address] = time.monotonic()
        return None

    def due(self, address: str) -> bool:
        """Whether the last look is long enough ago for another one."""
        return time.monotonic() - self._looked.get(address, -EVERY_SECONDS) >= EVERY_SECONDS

    def forget(self, address: str) -> None:
        """Begin anew with a database that was just made, or whose restore was looked into."""
        with self._lock:
            self._put(address, None)

    def _read(self) -> dict[str, Any]:
        try:
            stored = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return stored if isinstance(stored, dict) else {}

    def _put(self, address: str, witness: Witness | None) -> None:
        known = self._read()
        known.pop(address, None)
        if witness is not None:
            known[address] = asdict(witness)
        partial = self._file.with_name(f"{self._file.name}.{os.getpid()}.part")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            partial.write_text(json.dumps(known, ensure_ascii=False, indent=1), encoding="utf-8")
            partial.replace(self._file)
        except OSError as error:
            # A desk that cannot keep it works all the same; the sheet and the other desks bear witness.
            log.warning("the last head cannot be kept in %s: %s", self._file, error.strerror)
            partial.unlink(missing_ok=True)


def address_of(engine: Engine) -> str:
    """What a database is called among the witnesses: its address, whoever asks."""
    url: URL = engine.url
    return url.set(username=None, password=None).render_as_string()
