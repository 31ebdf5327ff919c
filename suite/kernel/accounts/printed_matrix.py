"""The whole declared matrix in words: each permission with its roles, and what each opens in the database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from suite.database.rights import (
    AllOf,
    AnyOf,
    AsParent,
    Blank,
    Everybody,
    Held,
    HeldAsNamed,
    HeldSomewhere,
    InScope,
    MadeByRun,
    Marked,
    OfItsProfession,
    OfOthers,
    Own,
    RecordedByRun,
    Right,
    RightsPlan,
    SameSide,
    Says,
    Through,
)
from suite.loader.catalog import Catalog

#: Words for where a row's scope stands.
WHERE = {
    Through.ITSELF: "范围内",
    Through.SUBJECT: "范围内档案的",
    Through.PERSON: "范围内档案之人的",
    Through.SEARCH: "检索范围内",
    Through.PROFESSION: "本条线",
    Through.KIND: "本条线",
    Through.CASE: "范围内办件的",
}


@dataclass(frozen=True, kw_only=True)
class PermissionLine:
    """One permission: who has it by declaration, and whether its place is that of the grant."""

    permission: str
    title: str
    scoped: bool
    roles: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class TableLine:
    """One operation on one table of the database: what it asks for; None means that nobody may."""

    table: str
    operation: str
    asks: str | None
    columns: tuple[str, ...]


def permission_lines(catalog: Catalog, plan: RightsPlan) -> list[PermissionLine]:
    """Every permission in its declared order."""
    lines = []
    for key, permission in catalog.permissions.items():
        owner, _, action = key.partition(":")
        lines.append(
            PermissionLine(
                permission=key,
                title=permission.title,
                scoped=key not in plan.shared,
                roles=tuple(role for role, rights in plan.roles.items() if (owner, action) in rights),
            )
        )
    return lines


def table_lines(plan: RightsPlan) -> list[TableLine]:
    """Every operation on every table that has rules."""
    return [
        TableLine(
            table=table.table,
            operation=operation,
            asks=words(right) if right is not None else None,
            columns=(*table.changing, *table.moving) if operation == "UPDATE" and right is not None else (),
        )
        for table in plan.tables
        for operation, right in table.operations().items()
    ]


def opened_by(plan: RightsPlan, permission: str) -> list[TableLine]:
    """The operations for which a permission is asked."""
    _, _, action = permission.partition(":")
    asking = {
        (table.table, operation)
        for table in plan.tables
        for operation, right in table.operations().items()
        if right is not None and (permission in _asked(right) or action in _asked(right))
    }
    owner = permission.partition(":")[0]
    of_others = {table.table for table in plan.tables if table.profession not in (None, owner)}
    return [
        line
        for line in table_lines(plan)
        if (line.table, line.operation) in asking and line.table not in of_others
    ]


def words(right: Right) -> str:
    """A right in words."""
    match right:
        case InScope():
            return f"{WHERE[right.through]} {right.action}"
        case Held():
            return right.permission + ("（范围不限）" if right.everywhere else "")
        case HeldSomewhere():
            return f"任一条线 {right.action}"
        case Own():
            return f"本人的（{right.column}）"
        case OfOthers():
            return f"他人的（{right.column}）"
        case HeldAsNamed():
            return f"{'范围内' if right.placed else ''}该行所写的权限（{right.column}）"
        case SameSide():
            return f"与 {right.asker} 同属本局或同属协会的"
        case Says():
            return f"{right.column} 为 {right.value} 的"
        case OfItsProfession():
            return "种类属于本条线的" + ("或已并入的" if right.merged else "")
        case Marked():
            return f"已共享的（{right.column}）"
        case Blank():
            return f"已空的（{'、'.join(right.columns)}）"
        case AsParent(within=within):
            return f"可见的 {right.table} 之下" + (f"，且其为{words(within)}" if within is not None else "")
        case MadeByRun():
            return "可见的导入所新增"
        case RecordedByRun():
            return "可见的导入所登记"
        case Everybody():
            return "全体登录名"
        case AnyOf():
            return " 或 ".join(words(part) for part in right.rights)
        case AllOf():
            return " 且 ".join(words(part) for part in right.rights)


def _asked(right: Right) -> Iterator[str]:
    match right:
        case InScope() | HeldSomewhere():
            yield right.action
        case Held():
            yield right.permission
        case AnyOf() | AllOf():
            for part in right.rights:
                yield from _asked(part)
        case AsParent(within=within) if within is not None:
            yield from _asked(within)
        case _:
            return
