"""Several values of one code list in one field: stored as one text, read from what people write.

The stored form is canonical (sorted, each value once, `SEPARATOR` between them), so that two equal sets are
equal texts: history, comparison, merging and audit treat them like any other text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import NamedTuple

SEPARATOR = ","
#: What joins the titles where a set is shown, and what may stand between them where one is typed.
JOINED_BY = "、"
_BETWEEN = re.compile(r"[、,，;；/／|＋+\s]+")

_GROUPED = re.compile(r"([^、,，;；/／|＋+\s（()）]+)[（(]([^（()）]+)[）)]")


def members(stored: str | None) -> tuple[str, ...]:
    """The values of a stored set, in their order."""
    return tuple(stored.split(SEPARATOR)) if stored else ()


def packed(values: Iterable[str]) -> str | None:
    """Values as they are stored; None for none."""
    return SEPARATOR.join(sorted(set(values))) or None


def repacked(text: str) -> str | None:
    """Values with anything between them (`B01, A02`, `B01、A02`) as they are stored."""
    return packed(value for value in _BETWEEN.split(text) if value)


def titles_of(stored: str, titles: Mapping[str, str]) -> str:
    """A stored set in words, in the order of the list; a value unknown to it stands behind, as it is."""
    values = members(stored)
    held = set(values)
    known = [title for value, title in titles.items() if value in held]
    return JOINED_BY.join([*known, *(value for value in values if value not in titles)])


class ReadSet(NamedTuple):
    """What a text names: the known values in order, and the pieces that name none."""

    values: tuple[str, ...]
    unknown: tuple[str, ...]


class SetReader:
    """Reads sets of one list from text. `spellings`: every way to write a value → the value.

    A title may hold a separator itself (诈伤、诈病、造作伤鉴定): of neighbouring pieces the longest run that
    names a value is taken. Width, case and blanks do not matter; nothing is matched by likeness.
    """

    def __init__(self, spellings: Mapping[str, str]) -> None:
        self._known = {_folded(text): value for text, value in spellings.items()}
        self._longest = max((len(_pieces(text)) for text in spellings), default=1)

    def read(self, text: str) -> ReadSet:
        """The values that a text names.

        Where it names some in brackets behind what they have in common (录音（处理、真实性）), each is read
        together with it; nothing of such a text is left out.
        """
        found = self._run(text)
        if found.unknown and _GROUPED.search(text):
            spelled = self._run(_GROUPED.sub(self._each, text))
            return spelled if not spelled.unknown else found
        return found

    def _each(self, group: re.Match[str]) -> str:
        """A group written out: what is known as it is, and each member with it before."""
        head, own = group[1], self._known.get(_folded(group[1]))
        listed = [
            f"{head}{piece}" if own is None or _folded(f"{head}{piece}") in self._known else piece
            for piece in _pieces(group[2])
        ]
        # Before members that are values by themselves (声像资料（录音、图像）) it only says what they are.
        said = own is not None and bool(self._run(group[2]).unknown)
        return JOINED_BY.join([*([head] if said else []), *listed])

    def _run(self, text: str) -> ReadSet:
        pieces = _pieces(text)
        values: list[str] = []
        unknown: list[str] = []
        place = 0
        while place < len(pieces):
            for end in range(min(len(pieces), place + self._longest), place, -1):
                value = self._known.get(_folded("".join(pieces[place:end])))
                if value is not None:
                    values.append(value)
                    place = end
                    break
            else:
                unknown.append(pieces[place])
                place += 1
        return ReadSet(tuple(dict.fromkeys(values)), tuple(unknown))


def _pieces(text: str) -> list[str]:
    return [piece for piece in _BETWEEN.split(text) if piece]


def _folded(text: str) -> str:
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).casefold()
