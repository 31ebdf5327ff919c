"""What an engine's constraint error means: named constraints become problems with a field."""

from __future__ import annotations

import re

from sqlalchemy.exc import IntegrityError

from suite.contract.problems import Problem
from suite.database.base import METADATA
from suite.loader.catalog import Catalog

_SQLITE = re.compile(r"(UNIQUE|NOT NULL) constraint failed: (.+)")


def problem_of(error: IntegrityError, catalog: Catalog) -> Problem:
    """The problem that a constraint error stands for; the checks before it give better words, this is
    for the race between two desks."""
    table, columns, unique = _place(error)
    field = next(
        (
            item
            for kind in catalog.kinds.values()
            for item in kind.fields
            if item.table.name == table and item.name in columns
        ),
        None,
    )
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
        for constraint in table.constraints if table is not None else ():
            if constraint.name == diagnosis.constraint_name:
                columns = tuple(str(column.name) for column in getattr(constraint, "columns", ()))
                return diagnosis.table_name, columns, getattr(error.orig, "sqlstate", "") == "23505"
        return diagnosis.table_name, (), False
    found = _SQLITE.search(str(error.orig))
    if found is None:
        return None, (), False
    places = [place.split(".", 1) for place in found[2].split(", ")]
    return places[0][0], tuple(place[-1] for place in places), found[1] == "UNIQUE"
