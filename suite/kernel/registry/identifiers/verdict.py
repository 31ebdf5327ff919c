"""What a check of a number says: the number as given, its normal form, a level and the reasons."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from suite.contract.problems import Severity

Level = Literal["valid", "warn", "invalid"]

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


@dataclass(frozen=True)
class Reason:
    """One finding: a code for programs, and a sentence with fact, reason and what to do."""

    code: str
    text: str
    severity: Severity


class Verdict(NamedTuple):
    """The outcome of one check.

    `level` is "invalid" when a reason is an error, "warn" when one is a warning, else "valid";
    notices (an old form, another document) leave a number valid. `normalised` is the form in which
    the number is kept; for an invalid number it is only the given text without spaces.
    """

    given: str
    normalised: str
    level: Level
    reasons: tuple[Reason, ...] = ()

    @property
    def acceptable(self) -> bool:
        """Whether the number may be kept: valid, or only warned about."""
        return self.level != "invalid"

    @property
    def codes(self) -> frozenset[str]:
        """The codes of all reasons."""
        return frozenset(reason.code for reason in self.reasons)


def error(code: str, text: str) -> Reason:
    """A reason that makes a number invalid."""
    return Reason(code, text, Severity.ERROR)


def warning(code: str, text: str) -> Reason:
    """A reason to look again; the number is kept."""
    return Reason(code, text, Severity.WARNING)


def notice(code: str, text: str) -> Reason:
    """Something worth knowing about a valid number."""
    return Reason(code, text, Severity.NOTICE)


def judge(given: str, normalised: str, reasons: Iterable[Reason] = ()) -> Verdict:
    """The verdict that follows from the reasons."""
    found = tuple(reasons)
    if not found:
        return Verdict(given, normalised, "valid")
    severities = {reason.severity for reason in found}
    level: Level = "valid"
    if Severity.ERROR in severities:
        level = "invalid"
    elif Severity.WARNING in severities:
        level = "warn"
    return Verdict(given, normalised, level, found)


def normalise(text: str) -> str:
    """Without blanks and invisible characters, half-width, upper-case.

    Only the full-width forms of ASCII are turned: NFKC would also turn ① into 1 and so make a number
    out of what is none.
    """
    if text.isascii() and text.isalnum():
        return text.upper()
    half = text.translate(_FULL_WIDTH)
    if not half.isascii() or not half.isprintable() or " " in half:
        half = "".join(
            char for char in half if not char.isspace() and unicodedata.category(char) not in ("Cf", "Cc")
        )
    return half.upper()


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def matches(pattern: str, text: str) -> bool:
    """Whether the whole text has a pattern, of which there are few: those of numbers."""
    return _compiled(pattern).fullmatch(text) is not None


def is_digits(text: str) -> bool:
    """Whether the text is ASCII digits only (`str.isdigit` also accepts ² and ٣)."""
    return text.isascii() and text.isdigit()
