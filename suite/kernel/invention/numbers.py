"""Invented numbers with right check digits. None of them is issued: their serials are made up here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from random import Random
from typing import Final

from suite.kernel.registry.identifiers.resident import check_digit
from suite.kernel.registry.identifiers.uscc import body_code_character, check_character

LANES: Final = 10
LANE_WIDTH: Final = 1000 // LANES
_MOBILE: Final = (
    "130", "131", "133", "135", "136", "137", "138", "139", "150", "151", "152", "155", "156", "158", "159",
    "177", "178", "180", "182", "183", "185", "186", "187", "188", "189", "199",
)  # fmt: skip


class ResidentNumbers:
    """Hands out resident numbers from lanes (tenths) of the sequence part, never one twice."""

    def __init__(self, lanes: Sequence[int]) -> None:
        if not lanes or not all(0 <= lane < LANES for lane in lanes):
            raise ValueError(f"lanes lie between 0 and {LANES - 1}: {lanes!r}")
        #: The even sequences, a woman's; the next one is a man's.
        self._even = [
            place for lane in lanes for place in range(lane * LANE_WIDTH, (lane + 1) * LANE_WIDTH, 2) if place
        ]
        self._taken: set[str] = set()

    def take(self, area: str, born: dt.date, male: bool, start: int) -> str | None:
        """The first free number from `start` on; None when the day's lanes are used up.

        Nothing is drawn here, so that a number taken by somebody else shifts no other draw.
        """
        for step in range(len(self._even)):
            sequence = self._even[(start + step) % len(self._even)] + male
            first = f"{area}{born:%Y%m%d}{sequence:03d}"
            number = first + check_digit(first)
            if number not in self._taken:
                self._taken.add(number)
                return number
        return None


def credit_code(draw: Random, prefix: str, area: str) -> str:
    """A formally valid credit code: first two characters and registering area given (GB 32100-2015)."""
    body = f"MD{draw.randrange(10**6):06d}"
    first = f"{prefix}{area}{body}{body_code_character(body)}"
    return first + check_character(first)


def mobile(draw: Random) -> str:
    """A mobile number that nobody has: its middle is 0000."""
    return f"{draw.choice(_MOBILE)}0000{draw.randrange(10_000):04d}"


def landline(draw: Random) -> str:
    """An office telephone of the city that nobody has: its middle is 0000."""
    return f"0311-8{draw.randrange(10)}0000{draw.randrange(100):02d}"
