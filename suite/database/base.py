"""One metadata for all tables, one declarative base for each owner."""

from __future__ import annotations

from typing import Any

from sqlalchemy import MetaData, Table
from sqlalchemy.orm import DeclarativeBase, registry

#: Every constraint has a name, so that SQLite can be migrated and an engine's error told by its name.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

METADATA = MetaData(naming_convention=NAMING)

CORE = "core"


def owner_of(table_name: str) -> str:
    """The owner of a table is the prefix of its name: `lawyers_lawyer` belongs to `lawyers`."""
    return table_name.split("_", 1)[0]


def owner_base(owner: str) -> type[DeclarativeBase]:
    """A declarative base of an owner's own over the shared metadata.

    Own registries, because one faulty mapper on a shared base makes every query of the core raise.
    Raises ValueError at class creation for a table without the owner's prefix.
    """

    class Base(DeclarativeBase):
        __abstract__ = True
        metadata = METADATA
        registry = registry(metadata=METADATA)

        def __init_subclass__(cls, **kwargs: Any) -> None:
            name = getattr(cls, "__tablename__", None)
            if name is not None and owner_of(name) != owner:
                raise ValueError(f"table {name!r} must begin with {owner + '_'!r}")
            super().__init_subclass__(**kwargs)

    Base.__name__ = f"{owner.capitalize()}Base"
    return Base


def forget_tables(owner: str) -> None:
    """Take an owner's tables out of the metadata: its plugin was parked."""
    for table in tables_of(owner):
        METADATA.remove(table)


def tables_of(owner: str) -> list[Table]:
    """All tables of an owner, in dependency order."""
    return [table for table in METADATA.sorted_tables if owner_of(table.name) == owner]
