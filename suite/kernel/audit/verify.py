"""Verifying the trace: links, entries, rows against their last entry, and the triggers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, text

from suite.contract.problems import Problem
from suite.database.audit_sql import AuditedTable, postgresql_key, sqlite_key
from suite.database.audit_triggers import existing_tables, missing_triggers
from suite.database.engine import is_sqlite, secret_digest
from suite.database.types import UtcDateTime
from suite.kernel.audit.chain import Content, contents, link_hash, raw_rows
from suite.kernel.audit.differences import differing_rows, differing_secrets, spoken_of

#: So many contents, of megabytes each, are held at a time.
CONTENTS_AT_ONCE = 10


@dataclass(frozen=True, kw_only=True)
class Verified:
    """What a verification looked at and what it found. `head` is the hash of the last link."""

    links: int
    entries: int
    rows: int
    head: str
    problems: tuple[Problem, ...]


def verify(connection: Connection) -> Verified:
    """Check the whole trace of a database. Reads everything once; writes nothing."""
    problems: list[Problem] = []
    links, entries, head = _chain(connection, problems)
    rows = 0
    for table in spoken_of(connection, existing_tables(connection)):
        seen, differing = _rows(connection, table)
        rows += seen
        problems.extend(differing)
        if table.secrets:
            problems.extend(_secret_rows(connection, table))
        problems.extend(_contents(connection, table))
    problems.extend(_secrets(connection))
    problems.extend(
        Problem(code="audit.trigger", text=f"审计触发器 {name} 缺失或被改动。请运行数据库检查并修复。")
        for name in missing_triggers(connection)
    )
    return Verified(links=links, entries=entries, rows=rows, head=head, problems=tuple(problems))


def _chain(connection: Connection, problems: list[Problem]) -> tuple[int, int, str]:
    """Walk the links; gives how many there are, how many entries they seal, and the last hash."""
    links = connection.execute(
        text("SELECT id, transaction_id, entries, hash FROM core_audit_link ORDER BY id")
    ).all()
    found = {content.transaction_id: content for content in contents(connection)}
    total, head = 0, ""
    for broken, sealed, former in _walked(links, found):
        total, head = total + sealed, former
        if broken is not None:
            problems.append(_broken(broken if isinstance(broken, str) else _unlike(connection, broken)))
    linked = {link.transaction_id for link in links}
    unsealed = sum(1 for number in found if number not in linked)
    if unsealed:
        problems.append(_broken(f"有 {unsealed} 个事务没有封入审计链。"))
    orphans = connection.execute(
        text(
            "SELECT count(*) FROM core_audit_entry e WHERE NOT EXISTS "
            "(SELECT 1 FROM core_audit_transaction t WHERE t.id = e.transaction_id)"
        )
    ).scalar_one()
    if orphans:
        problems.append(_broken(f"有 {orphans} 条审计记录不属于任何链节。"))
    return len(links), total, head


def _walked(
    links: Sequence[Any], found: Mapping[int, Content]
) -> Iterator[tuple[str | Any | None, int, str]]:
    """Of each link: what is wrong (words, or the link itself), its entries, its hash; until it is torn."""
    former = ""
    for place, link in enumerate(links, 1):
        if link.id != place:
            yield f"审计链在第 {place} 节处断开：下一节编号为 {link.id}。", 0, former
            return
        content = found.get(link.transaction_id)
        if content is None:
            yield f"审计链第 {link.id} 节所封的事务已不存在。", 0, link.hash
        else:
            wrong = content.entries != link.entries or link_hash(former, content.digest) != link.hash
            yield link if wrong else None, content.entries, link.hash
        former = link.hash


def _unlike(connection: Connection, link: Any) -> str:
    head = connection.execute(
        text("SELECT command, at FROM core_audit_transaction WHERE id = :id").columns(at=UtcDateTime()),
        {"id": link.transaction_id},
    ).one()
    return f"审计链第 {link.id} 节与其内容不符（{head.command or '无命令'}，{head.at:%Y-%m-%d %H:%M}）。"


def _rows(connection: Connection, table: AuditedTable) -> tuple[int, list[Problem]]:
    """Compare each row with its last entry; a row without one, and an entry without its row, are told."""
    rows, differences = differing_rows(connection, table)
    return rows, [
        _broken(f"{table.name} 的 {item.key} 号记录被删除而未留痕。")
        if item.now is None
        else _broken(f"{table.name} 的 {item.key} 号记录与最后一条审计记录不符。")
        for item in differences
    ]


def _secret_rows(connection: Connection, table: AuditedTable) -> list[Problem]:
    """Compare each row's secret values with those of its last entry."""
    return [
        _broken(f"{table.name} 的 {item.key} 号记录的敏感值与最后一条审计记录不符。")
        for item in differing_secrets(connection, table)
    ]


def _contents(connection: Connection, table: AuditedTable) -> list[Problem]:
    """Compare each content with the digest in its row, which the row's last entry has as well."""
    found: list[str] = []
    for content, digest in table.contents:
        if is_sqlite(connection):
            stored = f'SELECT {sqlite_key(table, "t")}, t."{digest}", t."{content}" FROM "{table.name}" t'  # noqa: S608 - declared names
            rows = connection.execute(text(stored), execution_options={"yield_per": CONTENTS_AT_ONCE})
            found += [key for key, said, now in rows if now is not None and sha256(now).hexdigest() != said]
        else:
            now = f"encode(sha256(t.\"{content}\"), 'hex')"
            unlike = f'SELECT {postgresql_key(table, "t")} FROM "{table.name}" t WHERE {now} <> t."{digest}"'  # noqa: S608 - declared names
            found += connection.execute(text(unlike)).scalars()
    return [_broken(f"{table.name} 的 {key} 号文件内容与其摘要不符。") for key in found]


def _secrets(connection: Connection) -> list[Problem]:
    """Secret values of every entry against the digest that the chain seals."""
    joined = (
        "FROM core_audit_entry e LEFT JOIN core_audit_secret s ON s.entry_id = e.id "
        "WHERE e.digest IS NOT NULL"
    )
    if is_sqlite(connection):
        wrong = [
            number
            for number, digest, salt, before, after in raw_rows(
                connection,
                f"SELECT e.id, e.digest, s.salt, s.before, s.after {joined}",
            )
            if salt is None or secret_digest(salt, before, after) != digest
        ]
    else:
        now = (
            "encode(sha256(convert_to(s.salt || E'\\x1f' || coalesce(s.before, '') || E'\\x1f' || "
            "coalesce(s.after, ''), 'UTF8')), 'hex')"
        )
        found = connection.execute(text(f"SELECT e.id {joined} AND {now} IS DISTINCT FROM e.digest"))  # noqa: S608 - own words
        wrong = list(found.scalars())
    return [_broken(f"第 {number} 条审计记录的敏感值缺失或被改动。") for number in wrong]


def _broken(text_: str) -> Problem:
    return Problem(code="audit.broken", text=text_ + "请保留现场并联系系统管理员。")
