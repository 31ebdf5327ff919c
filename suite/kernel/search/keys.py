"""The keys of a subject and the table that holds them. Derived: rebuilt by `suite db check --mend`."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from suite.database.base import table_of
from suite.database.bulk import delete_rows, insert_tuples
from suite.kernel.search.pinyin import spellings
from suite.kernel.search.scopes import Scoped, scope_numbers
from suite.tables import SearchKey

LONGEST = 60
#: Before a number written backwards, so that a tail is a prefix.
TAIL = "#"


class Searchable(NamedTuple):
    """What finds one subject, and its scope."""

    subject_id: int
    kind: str
    profession: str
    district_code: str | None
    association: str | None
    names: tuple[str, ...]
    numbers: tuple[str, ...]

    @property
    def scope(self) -> Scoped:
        """What the number of its scope stands for."""
        return (self.kind, self.profession, self.district_code, self.association)


def folded(text: str) -> str:
    """How both keys and queries are written: half width, lower case, no blanks."""
    if text.isascii():
        return "".join(text.lower().split())
    plain = "".join(unicodedata.normalize("NFKC", text).lower().split())
    # Once more at the end: a lowered or closed-up letter may combine with the mark behind it.
    return unicodedata.normalize("NFKC", plain)


def name_keys(name: str) -> set[str]:
    """Every suffix of a name, in characters, in initials and in full pinyin.

    The last syllable's initial is no key of its own: the syllable itself begins with it.
    """
    text = folded(name)
    keys = {text[start:][:LONGEST] for start in range(len(text))}
    for spelling in spellings(text):
        # A reading beside a mark that is no letter may combine with it, as it would in a query.
        combines = not "".join(spelling).isascii()
        spelt = first = ""
        for place in range(len(spelling) - 1, -1, -1):
            syllable = spelling[place]
            spelt, first = syllable + spelt, syllable[:1] + first
            keys.add((folded(spelt) if combines else spelt)[:LONGEST])
            if place < len(spelling) - 1 or combines:
                keys.add((folded(first) if combines else first)[:LONGEST])
    keys.discard("")
    return keys


def number_keys(number: str) -> set[str]:
    """A public number from its head, and backwards for its tails of any length."""
    text = folded(number)
    return {text[:LONGEST], f"{TAIL}{text[::-1]}"[:LONGEST]} if text else set()


def keys_of(item: Searchable) -> set[str]:
    """All keys of a subject."""
    keys: set[str] = set()
    for name in item.names:
        keys |= name_keys(name)
    for number in item.numbers:
        keys |= number_keys(number)
    return keys


def write_keys(connection: Connection, items: Sequence[Searchable], *, fresh: bool) -> None:
    """Make the stored keys of subjects what they should be. `fresh`: they have none yet."""
    table = table_of(SearchKey)
    if not fresh:
        delete_rows(connection, table, "subject_id", [item.subject_id for item in items])
    numbers = scope_numbers(connection, {item.scope for item in items})
    insert_tuples(connection, table, ("subject_id", "key", "scope_id"), _rows(items, numbers))


def _rows(items: Sequence[Searchable], numbers: Mapping[Scoped, int]) -> Iterator[tuple[int, str, int]]:
    """The rows of these subjects, in the order in which the table keeps them."""
    for item in items:
        subject_id, scope = item.subject_id, numbers[item.scope]
        for key in sorted(keys_of(item)):
            yield subject_id, key, scope
