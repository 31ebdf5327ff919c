"""Invented numbers with right check digits. None of them is issued: their serials are made up here."""

from __future__ import annotations

import datetime as dt

USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
USCC_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
RESIDENT_CHECKS = "10X98765432"

#: Coprime to a million, so that consecutive places give serials that look random and never repeat.
SCATTER = 791_983
SERIALS = 1_000_000


def scattered(place: int) -> int:
    """A six-digit serial for a place below a million; different places, different serials."""
    return (place * SCATTER + 104_729) % SERIALS


def uscc(prefix: str, place: int) -> str:
    """A credit code: eight characters that say who registered it, a body code, the check character."""
    body = f"MD{scattered(place):06d}"
    rest = 11 - sum(int(char, 36) * weight for char, weight in zip(body, BODY_WEIGHTS, strict=True)) % 11
    first = prefix + body + ("X" if rest == 10 else "0" if rest == 11 else str(rest))
    total = sum(USCC_ALPHABET.index(char) * weight for char, weight in zip(first, USCC_WEIGHTS, strict=True))
    return first + USCC_ALPHABET[(31 - total % 31) % 31]


def resident(area: str, born: dt.date, sequence: int) -> str:
    """A resident number; an odd sequence is a man's."""
    first = f"{area}{born:%Y%m%d}{sequence:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(first, RESIDENT_WEIGHTS, strict=True))
    return first + RESIDENT_CHECKS[total % 11]


class ResidentNumbers:
    """Hands out resident numbers from a block of sequences, never one twice.

    The sequences below 200 belong to this plugin (lawyers 002–159, trainees 160–199), so that the rosters of
    one demonstration stay apart; the other plugins draw from the lanes above.
    """

    def __init__(self, first: int, size: int) -> None:
        self._first, self._pairs = first, size // 2
        self._taken: set[str] = set()

    def take(self, area: str, born: dt.date, male: bool, start: int) -> str:
        """The first free number from `start` on. Raises ValueError when the day's block is used up."""
        for step in range(self._pairs):
            sequence = self._first + 2 * ((start + step) % self._pairs) + male
            number = resident(area, born, sequence)
            if number not in self._taken:
                self._taken.add(number)
                return number
        raise ValueError(f"no resident number left for {area} on {born}")


def practice_no(area: str, year: int, category_digit: int, male: bool, place: int) -> str:
    """A lawyer's 17 digits: kind 1, province and city, year, category, sex (0 男, 1 女), serial."""
    return f"1{area}{year}{category_digit}{0 if male else 1}{scattered(place):06d}"
