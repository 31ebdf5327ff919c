"""How the suite refuses: problems with a code, a place and a remedy, all at once."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """How much a problem weighs."""

    ERROR = "error"  # the row or the command is refused
    WARNING = "warning"  # it is done, and told
    NOTICE = "notice"  # worth knowing


class ProblemKind(StrEnum):
    """Why a command was refused; screens draw each kind in its own way."""

    INVALID = "invalid"  # a value is wrong or missing
    NOT_PERMITTED = "not_permitted"  # the actor lacks the permission or is out of scope
    STALE = "stale"  # somebody else saved first
    FORBIDDEN = "forbidden"  # a rule says no
    NEEDS_CONFIRMATION = "needs_confirmation"  # allowed, if the user confirms
    UNAVAILABLE = "unavailable"  # the database is away or does not fit the program


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing that is wrong: what happened, why, and what to do, in Chinese.

    `field` is the key of a declared field, `row` the place in the command's list (0-based) or, in an
    import, the row number that a person sees in the workbook. `data` carries what a screen needs
    to show the problem (for STALE: base, mine, theirs, by, at).
    """

    code: str
    text: str
    kind: ProblemKind = ProblemKind.INVALID
    severity: Severity = Severity.ERROR
    field: str | None = None
    row: int | None = None
    article: str | None = None
    data: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    def at(self, *, row: int | None = None, field: str | None = None) -> Problem:
        """The same problem with its place filled in."""
        return replace(
            self,
            row=self.row if row is None else row,
            field=self.field if field is None else field,
        )


class Refused(Exception):
    """A command or a request was refused; nothing was written. Carries every problem at once.

    `traced`: the attempt is in the trace already.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.traced = False
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("；".join(problem.text for problem in self.problems))

    @property
    def codes(self) -> frozenset[str]:
        """The codes of all problems; tests assert these, never the sentences."""
        return frozenset(problem.code for problem in self.problems)


def refuse(code: str, text: str, kind: ProblemKind = ProblemKind.INVALID, **place: Any) -> Refused:
    """A refusal with one problem: `raise refuse("not_found", "没有这个对象。")`."""
    return Refused([Problem(code=code, text=text, kind=kind, **place)])
