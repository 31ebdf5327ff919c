"""Whether a column holds one of many values: one bound list, not a placeholder for each.

To put a statement of five hundred placeholders together costs more than to answer it. SQLite takes the list
as JSON, PostgreSQL as an array; both look each value up by the column's index as they would for IN (…).
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import ARRAY, Boolean, ColumnElement, Dialect, String, TypeDecorator, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine

#: So many values go into one question; its memory is that of the answer.
MOST = 5_000


class _List(TypeDecorator[Collection[Any]]):
    """Texts or whole numbers, as the engine takes many of them at once."""

    impl = String
    cache_ok = True

    def __init__(self, item: TypeEngine[Any]) -> None:
        super().__init__()
        self.item = item

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """An array on PostgreSQL."""
        return dialect.type_descriptor(ARRAY(self.item) if dialect.name == "postgresql" else String())

    def process_bind_param(self, value: Collection[Any] | None, dialect: Dialect) -> Any:
        """The list as it is bound."""
        asked = list(value or ())
        return asked if dialect.name == "postgresql" else json.dumps(asked)


class _Among(FunctionElement[bool]):
    """A column and the list, for the compilers below."""

    type = Boolean()
    name = "among"
    inherit_cache = True

    def self_group(self, against: Any = None) -> _Among:
        """A condition by itself: written as `… = 1` for an engine without truth values it uses no index."""
        return self


@compiles(_Among)
def _by_json(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    column, values = (compiler.process(part, **options) for part in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({values}))"


@compiles(_Among, "postgresql")
def _by_array(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    column, values = (compiler.process(part, **options) for part in element.clauses)
    return f"{column} = ANY ({values})"


def among_given(column: Any, name: str) -> ColumnElement[bool]:
    """The same with the list given by a name when the statement is run: it is put together once for all."""
    return _Among(column, bindparam(name, type_=_List(column.type)))


def among(column: Any, values: Collection[Any]) -> ColumnElement[bool]:
    """The condition that a column of texts or whole numbers has one of these values."""
    return _Among(column, bindparam(None, list(values), type_=_List(column.type), unique=True))
