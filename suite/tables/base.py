"""The declarative base of the core's own tables."""

from sqlalchemy.orm import DeclarativeBase

from suite.database.base import CORE, OwnedTables


class CoreBase(OwnedTables, DeclarativeBase, owner=CORE):
    """Tables of the core."""
