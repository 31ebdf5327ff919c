"""An extract of the trace that an outsider verifies with the script in it and nothing of ours.

A zip: what was asked for in full, of all else up to the head of the chain only the hashes. Secret values
stay out unless they are asked for; the salted digest of each is in its entry all the same.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.contract.problems import ProblemKind, refuse
from suite.database.audit_sql import SEALED
from suite.kernel.audit.activity import ActivityQuery, day_bounds, require_trace
from suite.kernel.audit.chain import contents, sealed_stamp, sealed_text
from suite.kernel.audit.queries import exports_of
from suite.kernel.exchange.leaving import Basis
from suite.kernel.registry.trace import record_keys
from suite.loader.catalog import Catalog
from suite.tables import AuditEntry, AuditLink, AuditSecret, AuditTransaction

FORMAT = 1
README, SCRIPT = "说明.txt", "verify.py"
#: Keys of a record that are asked for at once.
KEYS_AT_ONCE = 200

Told = Callable[[Any], bool]


@dataclass(frozen=True, kw_only=True)
class ExtractRequest:
    """What is extracted: the acts of these business days, or what was done to one record; nothing else told.

    `secrets`: with the secret values of the entries, for who may verify them.
    """

    first: dt.date | None = None
    last: dt.date | None = None
    subject_id: int | None = None
    secrets: bool = False

    @property
    def words(self) -> str:
        """The request as conditions of an export."""
        days = [f"自 {self.first}"] if self.first else []
        days += [f"至 {self.last}"] if self.last else []
        days += [f"档案 #{self.subject_id}"] if self.subject_id is not None else []
        return "，".join([*days, *(["含敏感值"] if self.secrets else [])])


def write_extract(
    session: Session, actor: Actor, catalog: Catalog, request: ExtractRequest, path: Path, basis: Basis
) -> int:
    """Write the zip; returns how many entries it tells. Raises Refused without the right, or without any."""
    require_trace(actor)
    if request.secrets and not actor.may("core:audit:verify"):
        raise refuse(
            "not_permitted",
            "您没有“核对操作痕迹与敏感值”的权限，摘录不能含敏感值。请去掉该选项，或请管理员办理。",
            ProblemKind.NOT_PERMITTED,
        )
    if path.suffix.lower() != ".zip":
        raise refuse("file.type", f"摘录只能写成 .zip，现为“{path.suffix}”，请改文件名。")
    told, wanted = _wanted(session, catalog, request)
    links = _links(session, wanted)
    if not links:
        raise refuse("audit.extract_empty", "这个范围内没有操作痕迹，没有写出文件。请放宽日期或核对编号。")
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        counted = _write_chain(session, archive, request, links, wanted, told)
        former = session.scalar(select(AuditLink.hash).where(AuditLink.id == links[0].id - 1))
        manifest = {
            "format": FORMAT,
            "made": dict(basis.lines(counted)),
            "former": former or "",
            "first": links[0].id,
            "head": {"link": links[-1].id, "hash": links[-1].hash},
            "links": len(links),
            "entries": counted,
            "secrets": request.secrets,
        }
        archive.writestr("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1))
        data = files("suite.kernel.exchange") / "data"
        archive.writestr(SCRIPT, (data / "trace_verify.txt").read_text("utf-8"))
        said = "\r\n".join(f"{title}：{words}" for title, words in basis.lines(counted))
        about = (data / "trace_readme.txt").read_text("utf-8").replace("\n", "\r\n")
        archive.writestr(README, f"\ufeff{about}\r\n{said}\r\n")
    return counted


def _wanted(session: Session, catalog: Catalog, request: ExtractRequest) -> tuple[Told, set[int]]:
    """Which entries are told, and the transactions that have some."""
    query = ActivityQuery(first=request.first, last=request.last)
    since, before = day_bounds(query.first, query.last)
    within = select(AuditTransaction.id)
    if since is not None:
        within = within.where(AuditTransaction.at >= since)
    if before is not None:
        within = within.where(AuditTransaction.at < before)
    numbers = set(session.scalars(within))
    if request.subject_id is None:
        return lambda entry: True, numbers
    kind, keys = record_keys(session, catalog, request.subject_id)
    exports = {row.id for row in exports_of(session, request.subject_id, kind)}
    own = set(keys)
    found: set[int] = set()
    for start in range(0, len(keys), KEYS_AT_ONCE):
        part = or_(
            *(
                (AuditEntry.table_name == table) & (AuditEntry.row_key == key)
                for table, key in keys[start : start + KEYS_AT_ONCE]
            )
        )
        found.update(session.scalars(select(AuditEntry.transaction_id).where(part)))
    found.update(session.scalars(select(AuditEntry.transaction_id).where(AuditEntry.id.in_(exports))))
    return lambda entry: (entry.table_name, entry.row_key) in own or entry.id in exports, numbers & found


def _links(session: Session, wanted: set[int]) -> Sequence[Any]:
    """The links from the first one that is wanted up to the head."""
    links = session.execute(
        select(AuditLink.id, AuditLink.transaction_id, AuditLink.entries, AuditLink.hash).order_by(
            AuditLink.id
        )
    ).all()
    first = next((place for place, link in enumerate(links) if link.transaction_id in wanted), len(links))
    return links[first:]


def _write_chain(
    session: Session,
    archive: ZipFile,
    request: ExtractRequest,
    links: Sequence[Any],
    wanted: set[int],
    told: Told,
) -> int:
    digests = {content.transaction_id: content.digest for content in contents(session.connection())}
    with archive.open("links.jsonl", "w", force_zip64=True) as file:
        for link in links:
            line = {"id": link.id, "entries": link.entries, "hash": link.hash}
            if link.transaction_id in wanted:
                line["head"] = _head(session, link.transaction_id)
            else:
                line["content"] = digests[link.transaction_id]
            _put(file, line)
    counted = 0
    with archive.open("entries.jsonl", "w", force_zip64=True) as file:
        for link in links:
            if link.transaction_id not in wanted:
                continue
            for entry in _entries(session, link.transaction_id):
                if told(entry):
                    counted += 1
                    _put(file, {"link": link.id, "entry": [*entry]})
                else:
                    _put(file, {"link": link.id, "sha256": sha256(sealed_text(entry).encode()).hexdigest()})
    if request.secrets:
        with archive.open("secrets.jsonl", "w", force_zip64=True) as file:
            for secret in _secrets(session, wanted, told):
                _put(file, secret)
    return counted


def _head(session: Session, number: int) -> list[object]:
    """A transaction's own columns, as they are sealed."""
    row = session.execute(
        select(
            AuditTransaction.id,
            AuditTransaction.command,
            AuditTransaction.title,
            AuditTransaction.reason,
            AuditTransaction.actor,
            AuditTransaction.at,
        ).where(AuditTransaction.id == number)
    ).one()
    return [*row[:-1], sealed_stamp(row.at)]


def _entries(session: Session, number: int) -> Iterator[Any]:
    columns = [getattr(AuditEntry, column) for column in SEALED]
    yield from session.execute(
        select(*columns).where(AuditEntry.transaction_id == number).order_by(AuditEntry.id),
        execution_options={"yield_per": 2_000},
    )


def _secrets(session: Session, wanted: set[int], told: Told) -> Iterator[dict[str, object]]:
    for number in sorted(wanted):
        rows = session.execute(
            select(
                AuditEntry.id,
                AuditEntry.table_name,
                AuditEntry.row_key,
                AuditSecret.salt,
                AuditSecret.before,
                AuditSecret.after,
            )
            .join(AuditSecret, AuditSecret.entry_id == AuditEntry.id)
            .where(AuditEntry.transaction_id == number)
            .order_by(AuditEntry.id)
        ).all()
        for row in rows:
            if told(row):
                yield {"entry": row.id, "salt": row.salt, "before": row.before, "after": row.after}


def _put(file: IO[bytes], line: object) -> None:
    file.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
