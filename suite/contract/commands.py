"""Commands: the only way to write. A command is data; its handler runs inside one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, StrEnum
from functools import cached_property
from typing import Any, ClassVar, Protocol

from sqlalchemy.orm import Session

from suite.contract.problems import Problem


class Ungiven(Enum):
    """What a field of a command holds that says nothing: what is kept of it stays as it is.

    An empty value that is given (None, an empty text, an empty tuple) says that it is emptied. So it is in
    every command: rows of a roster say it by leaving a field out, steps of a case by `UNGIVEN`.
    """

    UNGIVEN = "ungiven"

    def __bool__(self) -> bool:
        return False


UNGIVEN = Ungiven.UNGIVEN


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Where something is allowed. None means everywhere; an empty set means nowhere."""

    professions: frozenset[str] | None = None
    districts: frozenset[str] | None = None
    associations: frozenset[str] | None = None

    def holds(self, profession: str | None, district: str | None, association: str | None) -> bool:
        """Whether a row with these scope columns lies inside."""
        return all(
            allowed is None or value in allowed
            for allowed, value in (
                (self.professions, profession),
                (self.districts, district),
                (self.associations, association),
            )
        )


class Side(StrEnum):
    """On whose side of the house a role works: what one side asks for, the other one does not agree to."""

    BUREAU = "bureau"
    ASSOCIATION = "association"


@dataclass(frozen=True, kw_only=True)
class Granted:
    """One permission with the place where it holds, and the last day where it ends by itself.

    `behalf`: the login in whose name it is held (代); empty for what is held in one's own. `head`: that of
    the section's head as whose stand-in it is held. `side`: that of the role that gives it.
    """

    permission: str
    scope: Scope
    until: dt.date | None = None
    behalf: str = ""
    head: str = ""
    side: Side = Side.BUREAU


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who acts: a login with the permissions that its roles grant.

    rail: the sections that the window leads to at first; none means all. It grants and refuses nothing.
    """

    login: str
    name: str
    section: str = ""
    granted: tuple[Granted, ...] = ()
    rail: tuple[str, ...] = ()

    @cached_property
    def _held(self) -> Mapping[str, tuple[Scope, ...]]:
        held: dict[str, tuple[Scope, ...]] = {}
        for item in self.granted:
            held[item.permission] = (*held.get(item.permission, ()), item.scope)
        return held

    def scopes(self, permission: str) -> tuple[Scope, ...]:
        """The scopes in which the permission is held; empty when it is not held at all."""
        return self._held.get(permission, ())

    def on(self, today: dt.date) -> Actor:
        """The same one without what has ended before a day: a desk may be open for longer than a right."""
        if all(item.until is None or today <= item.until for item in self.granted):
            return self
        return replace(
            self, granted=tuple(item for item in self.granted if item.until is None or today <= item.until)
        )

    def place(self, permission: str) -> tuple[str | None, str | None]:
        """The one district and the one association where the permission is held; None where it is not one."""
        scopes = self.scopes(permission)
        if len(scopes) != 1:
            return None, None
        district, association = (
            next(iter(part)) if part is not None and len(part) == 1 else None
            for part in (scopes[0].districts, scopes[0].associations)
        )
        return district, association

    def may(self, permission: str) -> bool:
        """Whether the permission is held anywhere."""
        return bool(self.scopes(permission))


@dataclass(frozen=True, kw_only=True)
class TwoPersons:
    """That a command takes two persons: one asks, another one with the same right confirms, never one alone.

    The other one is of the same side of the house (`Side`): an association does not agree to what the bureau
    asks, nor the bureau to what an association does.

    The executor keeps it as a request until the other one decides, unless `signed`: then the chain of
    signatures of the case keeps the step, which no asker signs. switch: the yes/no Parameter by which the
    house may leave it to one person; empty: it may not. A house with a single user has no second person:
    there the one does it alone.

    Example: `TwoPersons(switch="core.two_persons_merging")`
    """

    switch: str = ""
    signed: bool = False


@dataclass(frozen=True, kw_only=True)
class Command:
    """Base of all commands. `permission` may name `{owner}`, filled from the command's kind.

    `discloses`: what comes out must leave its trace, as a secret that is shown or a draw that is made, so
    that there is no trial run.
    `two_persons`: it is carried out only when another person with the same permission, of the same side of
    the house, agrees.
    `repeatable`: the handler touches the database alone, so that the whole command may be run again after
    two desks were in each other's way; False for one that writes a file or sends something.
    """

    permission: ClassVar[str]
    title: ClassVar[str]
    article: ClassVar[str | None] = None
    discloses: ClassVar[bool] = False
    two_persons: ClassVar[TwoPersons | None] = None
    repeatable: ClassVar[bool] = True

    def permission_key(self) -> str:
        """The permission asked for this very command."""
        return self.permission


@dataclass(frozen=True, kw_only=True)
class KindCommand(Command):
    """A command about records of one kind: its `permission` names `{owner}`, the kind's profession."""

    kind: str

    def permission_key(self) -> str:
        """The permission of the kind's owner."""
        return self.permission.replace("{owner}", self.kind.split(".", 1)[0])


@dataclass(frozen=True, kw_only=True)
class Change:
    """Which things a command changed; screens look whether theirs are among them.

    `many`: more than are named, as another desk tells of an import; any of the kind may be among them.
    """

    kind: str
    ids: tuple[int, ...]
    many: bool = False

    def touches(self, kind: str, number: int | None) -> bool:
        """Whether one thing may be among them."""
        return self.kind == kind and (self.many or number in self.ids)


@dataclass(frozen=True, kw_only=True)
class Done:
    """What a command did: a sentence for the status bar, the changes, warnings, and a result."""

    text: str
    changes: tuple[Change, ...] = ()
    warnings: tuple[Problem, ...] = ()
    result: Mapping[str, Any] = field(default_factory=dict)


class Work(Protocol):
    """What a handler works with: one transaction, one clock, one actor."""

    @property
    def session(self) -> Session:
        """The session of the running transaction; handlers flush, never commit."""

    @property
    def actor(self) -> Actor:
        """Who acts."""

    @property
    def now(self) -> dt.datetime:
        """The time of the command, UTC."""

    @property
    def today(self) -> dt.date:
        """The business date, Asia/Shanghai."""

    def require(self, permission: str) -> tuple[Scope, ...]:
        """The scopes of a permission; raises Refused when it is not held."""


Handler = Callable[[Any, Any], Done]


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a plugin's check or desk hook may look at.

    session refuses to write. today is the business date, Asia/Shanghai. parameters: parameter key → value
    in force today.
    """

    session: Session
    today: dt.date
    parameters: Mapping[str, Any]

    def number(self, key: str) -> int:
        """The value of a whole-number parameter in force today."""
        return int(self.parameters[key])
