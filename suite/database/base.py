"""One metadata for all tables, one declarative base for each owner."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import MetaData, Table
from sqlalchemy.orm import DeclarativeBase

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

_BASES: dict[str, list[type[DeclarativeBase]]] = {}


def owner_of(table_name: str) -> str:
    """The owner of a table is the prefix of its name: `lawyers_lawyer` belongs to `lawyers`."""
    return table_name.split("_", 1)[0]


class OwnedTables:
    """Mixin of an owner's own declarative base over the shared metadata.

    Own registries, because one faulty mapper on a shared base makes every query of the core raise.

        class LawyersBase(OwnedTables, DeclarativeBase, owner="lawyers"): ...

    A table without the owner's prefix raises ValueError when its class is made.
    """

    metadata: ClassVar[MetaData] = METADATA
    __owner__: ClassVar[str]

    def __init_subclass__(cls, owner: str | None = None, **kwargs: Any) -> None:
        """Remember a base by its owner; check the name of a table."""
        name = getattr(cls, "__tablename__", None)
        if owner is not None:
            cls.__owner__ = owner
        elif name is not None and owner_of(name) != cls.__owner__:
            raise ValueError(f"table {name!r} must begin with {cls.__owner__ + '_'!r}")
        super().__init_subclass__(**kwargs)
        if owner is not None and issubclass(cls, DeclarativeBase):
            _BASES.setdefault(owner, []).append(cls)


def table_of(mapped: type[DeclarativeBase]) -> Table:
    """The table of a mapped class, typed as one."""
    return METADATA.tables[mapped.__tablename__]


def configure_owner(owner: str) -> None:
    """Configure an owner's mappers now, so that a faulty one raises here and not in a query."""
    for base in _BASES.get(owner, []):
        base.registry.configure()


def forget_tables(owner: str) -> None:
    """Take an owner's tables out of the metadata: its plugin was parked."""
    for table in tables_of(owner):
        METADATA.remove(table)
    _BASES.pop(owner, None)


def tables_of(owner: str) -> list[Table]:
    """All tables of an owner, in dependency order."""
    return [table for table in METADATA.sorted_tables if owner_of(table.name) == owner]
