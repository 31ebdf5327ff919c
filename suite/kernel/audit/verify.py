"""Verifying the trace: links, entries, rows against their last entry, and the triggers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, text

from suite.contract.problems import Problem
from suite.database.audit_sql import AuditedTable
from suite.database.audit_triggers import existing_tables, missing_triggers
from suite.database.engine import secret_digest
from suite.kernel.audit.differences import STREAMED, differing_rows, differing_secrets
from suite.kernel.audit.seal import SEALED, LinkHash


@dataclass(frozen=True, kw_only=True)
class Verified:
    """What a verification looked at and what it found."""

    links: int
    entries: int
    rows: int
    head: str
    problems: tuple[Problem, ...]


def verify(connection: Connection) -> Verified:
    """Check the whole trace of a database. Reads everything once; writes nothing."""
    links, entries, head, broken = _links(connection)
    problems = list(broken)
    rows = 0
    for table in existing_tables(connection):
        seen, differing = _rows(connection, table)
        rows += seen
        problems.extend(differing)
        if table.secrets:
            problems.extend(_secret_rows(connection, table))
    problems.extend(_secrets(connection))
    problems.extend(
        Problem(code="audit.trigger", text=f"审计触发器 {name} 缺失或被改动。请运行数据库检查并修复。")
        for name in missing_triggers(connection)
    )
    return Verified(links=links, entries=entries, rows=rows, head=head, problems=tuple(problems))


def _links(connection: Connection) -> tuple[int, int, str, list[Problem]]:
    problems: list[Problem] = []
    heads = connection.execute(
        text(
            "SELECT l.id, l.transaction_id, l.entries, l.hash, t.command, t.title, t.reason, t.actor, t.at, "
            "t.id AS found FROM core_audit_link l LEFT JOIN core_audit_transaction t "
            "ON t.id = l.transaction_id ORDER BY l.id"
        ).columns(**_stamp_column())
    ).all()
    columns = ", ".join(f"e.{column}" for column in SEALED)
    entries = text(
        f"SELECT l.id AS link, {columns} "  # noqa: S608 - declared columns
        "FROM core_audit_entry e "
        "LEFT JOIN core_audit_link l ON l.transaction_id = e.transaction_id ORDER BY l.id, e.id"
    )
    with closing(connection.execute(entries, execution_options=STREAMED)) as stream:
        total, former = _chain(heads, stream, problems)
    unsealed = connection.execute(
        text(
            "SELECT count(*) FROM core_audit_transaction t WHERE NOT EXISTS "
            "(SELECT 1 FROM core_audit_link l WHERE l.transaction_id = t.id)"
        )
    ).scalar_one()
    if unsealed:
        problems.append(_broken(f"有 {unsealed} 个事务没有封入审计链。"))
    return len(heads), total, former, problems


def _chain(heads: Sequence[Any], stream: Iterable[Any], problems: list[Problem]) -> tuple[int, str]:
    """Walk the links with their entries; returns how many entries were sealed, and the last hash."""
    groups: Iterator[tuple[Any, Iterator[Any]]] = groupby(stream, key=lambda row: row[0])
    pending = next(groups, None)
    if pending is not None and pending[0] is None:
        pending = _orphans(pending, groups, problems)
    former, total = "", 0
    for place, head in enumerate(heads, 1):
        if head.id != place:
            problems.append(_broken(f"审计链在第 {place} 节处断开：下一节编号为 {head.id}。"))
            return total, former
        if head.found is None:
            problems.append(_broken(f"审计链第 {head.id} 节所封的事务已不存在。"))
            return total, former
        link = LinkHash(
            former, head.transaction_id, head.command, head.title, head.reason, head.actor, head.at
        )
        counted = 0
        if pending is not None and pending[0] == head.id:
            counted = link.add(tuple(row)[1:] for row in pending[1])
            pending = next(groups, None)
        total += counted
        if counted != head.entries or link.text() != head.hash:
            act = f"{head.command or '无命令'}，{head.at:%Y-%m-%d %H:%M}"
            problems.append(_broken(f"审计链第 {head.id} 节与其内容不符（{act}）。"))
        former = head.hash
    if pending is not None:
        _orphans(pending, groups, problems)
    return total, former


def _orphans(pending: Any, groups: Iterator[Any], problems: list[Problem]) -> Any:
    """Entries of no link stand first on SQLite and last on PostgreSQL: tell how many there are."""
    orphans = sum(1 for _ in pending[1])
    problems.append(_broken(f"有 {orphans} 条审计记录不属于任何链节。"))
    return next(groups, None)


def _stamp_column() -> dict[str, Any]:
    from suite.database.types import UtcDateTime

    return {"at": UtcDateTime()}


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


def _secrets(connection: Connection) -> list[Problem]:
    """Secret values of every entry against the digest that the chain seals."""
    problems = []
    for row in connection.execute(
        text(
            "SELECT e.id, e.digest, s.salt, s.before, s.after FROM core_audit_entry e "
            "LEFT JOIN core_audit_secret s ON s.entry_id = e.id WHERE e.digest IS NOT NULL"
        ),
        execution_options=STREAMED,
    ):
        if row.salt is None or secret_digest(row.salt, row.before, row.after) != row.digest:
            problems.append(_broken(f"第 {row.id} 条审计记录的敏感值缺失或被改动。"))
    return problems


def _broken(text_: str) -> Problem:
    return Problem(code="audit.broken", text=text_ + "请保留现场并联系系统管理员。")
