"""What an engine's error means: a constraint becomes a problem with a field, a state words with a cure."""

from __future__ import annotations

import re

from sqlalchemy import Constraint, Index
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, InterfaceError, OperationalError

from suite.contract.problems import Problem, ProblemKind
from suite.database.base import METADATA
from suite.database.causes import Cause, cause_of
from suite.kernel.connection.rules import problem_of_cause
from suite.loader.catalog import Catalog

_SQLITE = re.compile(r"(UNIQUE|NOT NULL) constraint failed: (.+)")

BUSY = "数据库正被另一项写入占用，未写入。请稍候再保存，您的内容仍在。"
CROSSED = "两处同时修改了相互关联的档案，本次未写入。请重试，您的内容仍在。"
FULL = "磁盘空间不足，未写入。请清理磁盘后再保存，您的内容仍在。"
UNREADY = "数据文件不可写，未写入。请检查文件与文件夹的权限，您的内容仍在。"

#: PostgreSQL's state → words. 40001 is a serialisation failure, 57014 a statement that took too long.
_STATES = {
    "55P03": BUSY,
    "57014": BUSY,
    "40P01": CROSSED,
    "40001": CROSSED,
    "53100": FULL,
}
#: The first part of SQLite's error name → words.
_NAMES = {
    "SQLITE_BUSY": BUSY,
    "SQLITE_LOCKED": BUSY,
    "SQLITE_FULL": FULL,
    "SQLITE_READONLY": UNREADY,
}
#: Classes of states: no resources, stopped by an operator.
_AWAY_CLASSES = ("53", "57")
TOO_LONG = "22001"
NO_RIGHT = "42501"


def problem_of(error: DBAPIError, catalog: Catalog, kind: str | None = None) -> Problem | None:
    """The problem that an engine's error stands for; None for what only a bug can cause.

    `kind`: that of the command, whose words are said of what several kinds share.

    The checks before it give better words; this is for the race between two desks, and for what the
    machine lacks.
    """
    if cause_of(error) is not None:
        return database_problem(error)
    if isinstance(error, IntegrityError):
        return _constraint(error, catalog, kind)
    if isinstance(error, DataError):
        return _unstorable(error)
    if state_of(error) == NO_RIGHT:
        # The suite asks first: this right was taken meanwhile, or only the server tells it apart.
        return Problem(
            code="database.not_permitted",
            text="数据库未准许这项操作，未写入。权限可能刚被调整，或所指的记录不在您的管理范围内，"
            "请联系管理员（suite db rights check）。",
            kind=ProblemKind.NOT_PERMITTED,
        )
    return database_problem(error)


def database_problem(error: DBAPIError) -> Problem | None:
    """The problem of an error that the database or the machine is the cause of, whatever was asked of it."""
    cause = cause_of(error)
    if cause is not None:
        return problem_of_cause(cause, unwritten=True)
    state = state_of(error)
    words = _STATES.get(state or "") or _NAMES.get("_".join((state or "").split("_")[:2]))
    if words is not None:
        return Problem(
            code="database.unavailable", text=words, kind=ProblemKind.UNAVAILABLE, data={"cause": state}
        )
    if state.startswith(_AWAY_CLASSES) if state else isinstance(error, (InterfaceError, OperationalError)):
        return problem_of_cause(Cause.UNKNOWN, unwritten=True)
    return None


def problem_behind(error: BaseException) -> Problem | None:
    """The problem of a lost connection behind another error: what tidies up after it stumbles again."""
    before = error.__context__
    while before is not None:
        if isinstance(before, DBAPIError) and cause_of(before) is not None:
            return database_problem(before)
        before = before.__context__
    return None


def state_of(error: DBAPIError) -> str | None:
    """PostgreSQL's state or SQLite's name of an error; None where the driver gave neither."""
    state: str | None = getattr(error.orig, "sqlstate", None) or getattr(error.orig, "sqlite_errorname", None)
    return state


def _unstorable(error: DataError) -> Problem:
    if state_of(error) == TOO_LONG:
        return Problem(code="value.too_long", text="有一项内容超过了可存放的长度，未写入。请缩短后再保存。")
    return Problem(
        code="value.unstorable",
        text="有一项内容数据库不能存放（含有不可见的控制字符，或数值过大），未写入。请核对后改正。",
    )


def _constraint(error: IntegrityError, catalog: Catalog, about: str | None) -> Problem:
    table, columns, unique = _place(error)
    fields = {
        kind.key: item
        for kind in catalog.kinds.values()
        for item in reversed(kind.fields)
        if item.table.name == table and item.name in columns
    }
    field = fields.get(about or "") or (next(iter(fields.values())) if len(fields) == 1 else None)
    if unique:
        title = field.title if field else "编号"
        return Problem(
            code="duplicate",
            text=f"“{title}”已被另一条记录使用，请核对后改正。",
            field=field.key if field else None,
        )
    return Problem(
        code="constraint",
        text="数据不符合数据库的约束，未写入。请刷新后重试；如仍出现，请转告系统管理员。",
        data={"table": table or "", "columns": ", ".join(columns)},
    )


def _place(error: IntegrityError) -> tuple[str | None, tuple[str, ...], bool]:
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is not None:
        table = METADATA.tables.get(diagnosis.table_name or "")
        named: tuple[Constraint | Index, ...] = (
            (*table.constraints, *table.indexes) if table is not None else ()
        )
        for constraint in named:
            if constraint.name == diagnosis.constraint_name:
                columns = tuple(str(column.name) for column in getattr(constraint, "columns", ()))
                return diagnosis.table_name, columns, getattr(error.orig, "sqlstate", "") == "23505"
        return diagnosis.table_name, (), False
    found = _SQLITE.search(str(error.orig))
    if found is None:
        return None, (), False
    places = [place.split(".", 1) for place in found[2].split(", ")]
    return places[0][0], tuple(place[-1] for place in places), found[1] == "UNIQUE"
