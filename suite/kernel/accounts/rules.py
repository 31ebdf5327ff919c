"""What a grant means: a role's permissions in the grant's scope."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase

from suite.contract.commands import Granted, Scope
from suite.contract.declarations import Role


def expand(
    role: Role,
    *,
    profession: str | None,
    district: str | None,
    association: str | None,
    professions: Iterable[str],
    permissions: Iterable[str],
) -> list[Granted]:
    """The permissions that a grant of `role` gives, each with its scope.

    A grant without a profession holds for every profession. The core's places (`core:roster:read`)
    are read in every district, since everybody looks up villages.
    """
    granted = []
    every = tuple(permissions)
    for pattern in role.permissions:
        wanted = [pattern]
        if "{profession}" in pattern:
            chosen = professions if profession is None else (profession,)
            wanted = [pattern.replace("{profession}", name) for name in chosen]
        for asked in wanted:
            own = asked.split(":", 1)[0]
            shared = own == "core"
            scope = Scope(
                professions=None if profession is None or shared else frozenset((profession,)),
                districts=None if district is None or shared else frozenset((district,)),
                associations=None if association is None or shared else frozenset((association,)),
            )
            granted += [Granted(permission=key, scope=scope) for key in every if fnmatchcase(key, asked)]
    return granted
