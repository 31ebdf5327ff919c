"""Serials and practice numbers of invented lawyers. None of them is issued."""

from __future__ import annotations

#: Coprime to a million, so that consecutive places give serials that look random and never repeat.
SCATTER = 791_983
SERIALS = 1_000_000


def scattered(place: int) -> int:
    """A six-digit serial for a place below a million; different places, different serials."""
    return (place * SCATTER + 104_729) % SERIALS


def practice_no(area: str, year: int, category_digit: int, male: bool, place: int) -> str:
    """A lawyer's 17 digits: kind 1, province and city, year, category, sex (0 男, 1 女), serial."""
    return f"1{area}{year}{category_digit}{0 if male else 1}{scattered(place):06d}"
