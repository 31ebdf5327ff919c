"""What a handler of the kernel works with: one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from suite.contract.commands import Actor, Command, Done, Scope
from suite.contract.declarations import CheckContext
from suite.contract.problems import ProblemKind, refuse
from suite.loader.catalog import Catalog

Progress = Callable[[str, int, int], None]
Parameters = Mapping[str, int | str | bool]


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What a trial gave: its answer, what it changed, and the versions in which it left that."""

    done: Done
    versions: Mapping[str, Mapping[int, int]]


@dataclass(kw_only=True)
class Transaction:
    """One running transaction; implements the contract's `Work`."""

    session: Session
    connection: Connection
    actor: Actor
    catalog: Catalog
    now: dt.datetime
    today: dt.date
    number: int
    progress: Progress
    run: Callable[[Command], Done]
    read_parameters: Callable[[Session, Catalog, dt.date], Parameters]
    command_named: Callable[[str], type[Command] | None] = lambda name: None
    #: The very command that another person asked for and the actor approves.
    approved: Command | None = None
    reason: str = ""
    #: Whether a step of a case brings about what is written now: its own guards were asked already.
    decided: bool = False
    #: Whether all of it is rolled back.
    trial: bool = False
    #: What a trial gave of a command that is asked for now, to be carried out when another person agrees.
    effect: Effect | None = None

    def require(self, permission: str) -> tuple[Scope, ...]:
        """The scopes of a permission; raises Refused when it is not held.

        One that still names `{owner}` is held for any profession: whose the matter is, the handler finds out
        and asks for.
        """
        everything = (*self.catalog.professions, *self.catalog.areas)
        owners = everything if "{owner}" in permission else ("",)
        keys = [permission.replace("{owner}", owner) for owner in owners]
        scopes = tuple(scope for key in keys for scope in self.actor.scopes(key))
        if not scopes:
            declared = next(
                (self.catalog.permissions[key] for key in keys if key in self.catalog.permissions), None
            )
            # Of a matter whose profession is not known yet the act alone is named, not the first profession.
            words = declared.title.rpartition("：")[2] if declared and len(keys) > 1 else None
            words = words or (declared.title if declared else permission)
            raise refuse(
                "not_permitted",
                f"您没有“{words}”的权限，请联系科室管理员。",
                ProblemKind.NOT_PERMITTED,
            )
        return scopes

    @cached_property
    def parameters(self) -> Parameters:
        """The parameters in force today."""
        return self.read_parameters(self.session, self.catalog, self.today)

    @property
    def checks(self) -> CheckContext:
        """What validators may look at."""
        return CheckContext(today=self.today, parameters=self.parameters)
