"""The declarative base of the core's own tables."""

from suite.database.base import CORE, owner_base

CoreBase = owner_base(CORE)
