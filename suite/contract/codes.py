"""Closed lists of values: what may be given, what people call it, and from when until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from suite.contract.states import StateKind


@dataclass(frozen=True, kw_only=True)
class Code:
    """One value of a code list; `also` are other spellings met in workbooks.

    A list whose values come from documents that replace one another says from when until when (the last
    day) a value may be given, and by which document (`source`). What is kept stays readable for ever.
    """

    value: str
    title: str
    also: tuple[str, ...] = ()
    state: StateKind | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    source: str = ""

    def in_force(self, day: dt.date) -> bool:
        """Whether the value may be given on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


def spellings_of(codes: Iterable[Code]) -> dict[str, str]:
    """Every known spelling of the codes (title, value, `also`) → value."""
    spellings: dict[str, str] = {}
    for code in codes:
        for text in (code.value, code.title, *code.also):
            spellings.setdefault(text, code.value)
    return spellings


@dataclass(frozen=True, kw_only=True)
class CodeList:
    """A closed list of values. `unknown`: texts of workbooks that say that the value is not known.

    Example: `CodeList(key="lawyers.category", title="执业类别", codes=(Code(value="full_time",
    title="专职律师", also=("专职",)), …))`
    """

    key: str
    title: str
    codes: tuple[Code, ...]
    unknown: tuple[str, ...] = ()

    @cached_property
    def titles(self) -> dict[str, str]:
        """Value → title."""
        return {code.value: code.title for code in self.codes}

    @cached_property
    def by_text(self) -> dict[str, str]:
        """Every known spelling (title, value, `also`) → value."""
        return spellings_of(self.codes)

    @cached_property
    def by_value(self) -> dict[str, Code]:
        """Value → code."""
        return {code.value: code for code in self.codes}

    def state_of(self, value: str | None) -> StateKind | None:
        """The kind of state that a value means, where the list is one of states."""
        return next((code.state for code in self.codes if code.value == value), None)
