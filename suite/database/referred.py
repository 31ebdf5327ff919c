"""Which columns of the declared tables name the rows of a table."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Table

from suite.database.base import METADATA


def columns_naming(target: Table) -> list[Column[Any]]:
    """Every declared column that refers to a row of the table by its id, in the order of their names.

    A table that is keyed by the id alone (a kind's details) stands for the row: what refers to it counts.
    """
    names = {f"{target.name}.id"}
    found: dict[str, Column[Any]] = {}
    grown = True
    while grown:
        grown = False
        for table in METADATA.tables.values():
            for column in table.columns:
                if str(column) in found or not any(
                    key.target_fullname in names for key in column.foreign_keys
                ):
                    continue
                found[str(column)] = column
                grown = True
                if list(table.primary_key.columns) == [column]:
                    names.add(str(column))
    return [column for _, column in sorted(found.items())]
