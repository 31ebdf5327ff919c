"""The words of a query as conditions on the key table, and how broad a word is.

A word is a range of keys. Two ways lead from words to subjects: a scan of the narrowest word's range with
the others looked up by subject, good for what few have; and a walk through subjects in an order of their
own with every word looked up, good for what many have. A capped count of the range tells which.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    func,
    or_,
    select,
    true,
    union,
    union_all,
)

from suite.contract.commands import Scope
from suite.database.base import table_of
from suite.database.engine import is_sqlite
from suite.kernel.search.keys import LONGEST, TAIL, folded
from suite.tables import SearchKey

LAST = "\U0010ffff"
MOST_WORDS = 5
#: Of several words the narrowest is scanned; none is counted further.
MOST_COUNTED = 2_000
#: Where the database shows a login the keys of some places only, its words have about so many times fewer.
#: Counting as far as for all places would pass over all the others' keys meanwhile.
OF_SOME_PLACES = 8
KEYS = table_of(SearchKey)


def words_of(text: str) -> list[str]:
    """The words of a query, folded and cut as keys are."""
    return [folded(word)[:LONGEST] for word in text.split()][:MOST_WORDS]


def with_tail(word: str) -> bool:
    """Whether a word may be the tail of a number: at least four characters with a digit among them."""
    return len(word) >= 4 and word.isascii() and any(letter.isdigit() for letter in word)


def prefixes(word: str) -> list[str]:
    """What the keys of a word begin with: the word itself, and written backwards as a number's tail."""
    return [word, f"{TAIL}{word[::-1]}"[:LONGEST]] if with_tail(word) else [word]


def ranges(column: Any, place: int, tail: bool) -> list[ColumnElement[bool]]:
    """The ranges of the word at a place, as bound by `bounds`."""
    return [
        and_(column >= bindparam(f"w{place}_{way}"), column < bindparam(f"w{place}_{way}_end"))
        for way in range(1 + tail)
    ]


def bounds(words: Sequence[str]) -> dict[str, str]:
    """The bound values of each word's ranges."""
    found: dict[str, str] = {}
    for place, word in enumerate(words):
        for way, prefix in enumerate(prefixes(word)):
            found |= {f"w{place}_{way}": prefix, f"w{place}_{way}_end": prefix + LAST}
    return found


def has_word(subject_id: ColumnElement[int], place: int, tail: bool) -> ColumnElement[bool]:
    """Whether a subject has the word at a place among its keys.

    Its first key from the word on must begin with the word: one look-up by subject. Asked for a key within
    the word's range, PostgreSQL, which takes every range for a narrow one, would read it for each row.
    """
    found = []
    for way in range(1 + tail):
        keys = KEYS.alias()
        behind = keys.c.key >= bindparam(f"w{place}_{way}")
        first = (
            select(keys.c.key).where(keys.c.subject_id == subject_id, behind).order_by(keys.c.key).limit(1)
        )
        found.append(first.scalar_subquery() < bindparam(f"w{place}_{way}_end"))
    return or_(*found)


def in_scopes(scopes: Select[Any]) -> ColumnElement[bool]:
    """Whether a key's scope is among these numbers.

    IS TRUE leaves it a filter, so that the keys are read in their order; of a bare IN PostgreSQL makes a
    join.
    """
    return KEYS.c.scope_id.in_(scopes).is_(true())


def has_words(subject_id: ColumnElement[int], tails: Sequence[bool]) -> ColumnElement[bool]:
    """Whether a subject has every word, as bound by `bounds`."""
    return and_(*(has_word(subject_id, place, tail) for place, tail in enumerate(tails)))


def matching_ids(tails: Sequence[bool], scopes: Select[Any]) -> Any:
    """A select of the subjects that match every word, as bound by `bounds`: the first word's keys are read.

    `scopes` selects the numbers of the scopes whose keys count: what lies elsewhere is passed over within
    the index.
    """
    parts = []
    for one in ranges(KEYS.c.key, 0, tails[0]):
        part = select(KEYS.c.subject_id).where(one, in_scopes(scopes))
        for place, tail in enumerate(tails[1:], 1):
            # EXISTS here, unlike in a walk: all rows are wanted, and the engine may read a range instead.
            other = KEYS.alias()
            held = other.c.subject_id == KEYS.c.subject_id
            further = ranges(other.c.key, place, tail)
            part = part.where(or_(*(select(other.c.key).where(held, two).exists() for two in further)))
        parts.append(part)
    # A union, since an OR of ranges scans the whole table of keys.
    return parts[0] if len(parts) == 1 else union(*parts)


def breadth(connection: Connection, word: str, *, cap: int) -> int:
    """How many keys a word has; not counted beyond `cap`."""
    return int(connection.execute(counting(with_tail(word)), {**bounds([word]), "cap": cap}).scalar_one())


@lru_cache(maxsize=2)
def counting(tail: bool) -> Select[Any]:
    """How many keys the first word has, no more than `cap`; as bound by `bounds`."""
    parts = [
        select(select(KEYS.c.subject_id).where(one).limit(bindparam("cap")).subquery())
        for one in ranges(KEYS.c.key, 0, tail)
    ]
    return select(func.count()).select_from(union_all(*parts).limit(bindparam("cap")).subquery())


def share_seen(connection: Connection, scopes: Iterable[Sequence[Scope]]) -> int:
    """By how much fewer keys a login sees than there are, who reads each of some kinds in these scopes."""
    whole = all(any(_is_whole(scope) for scope in held) for held in scopes)
    return 1 if whole or is_sqlite(connection) else OF_SOME_PLACES


def _is_whole(scope: Scope) -> bool:
    return scope.districts is None and scope.associations is None


def narrowest_first(
    connection: Connection, words: Sequence[str], scopes: Iterable[Sequence[Scope]]
) -> list[str]:
    """The words by their breadth, so that the first may be scanned; of equals the longest.

    `scopes`: those in which each kind that is looked for is read.
    """
    if len(words) < 2:
        return list(words)
    cap = MOST_COUNTED // share_seen(connection, scopes)
    return sorted(words, key=lambda word: (breadth(connection, word, cap=cap), -len(word)))
