"""The cleaner of several values of one code list in a cell: 法医临床、法医病理."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from suite.contract.code_sets import JOINED_BY, SetReader, packed
from suite.contract.problems import Problem
from suite.kernel.exchange.clean_texts import clean_text
from suite.kernel.exchange.cleaned import EMPTY, Cleaned, Cleaner, as_text, is_placeholder

MOST_NAMED = 4
MOST_SUGGESTIONS = 3


def code_set_cleaner(by_text: Mapping[str, str], titles: Mapping[str, str]) -> Cleaner:
    """A cleaner for sets of one code list, with any usual separator between the values.

    One unknown piece holds the row; the whole cell with that piece replaced is offered where a title is near.
    """
    reader = SetReader(by_text)

    def clean(value: Any) -> Cleaned:
        text = clean_text(value)
        if text.value is None or text.problems:
            return text
        if is_placeholder(text.value):
            return EMPTY
        found = reader.read(text.value)
        if found.unknown and isinstance(value, str) and len(lines := value.splitlines()) > 1:
            # Each on a line of its own; what was merely wrapped has been read by now.
            apart = JOINED_BY.join(filter(None, map(as_text, lines)))
            text, found = Cleaned(apart), reader.read(apart)
        if not found.unknown:
            return Cleaned(packed(found.values))
        named = JOINED_BY.join(found.unknown[:MOST_NAMED])
        return Cleaned(
            text.value,
            (
                Problem(
                    code="code_unknown",
                    text=f"没有“{named[:80]}”这{'一项' if len(found.unknown) == 1 else '几项'}，"
                    f"各项用顿号隔开，请按代码表的名称填写。",
                    data={"nearest": _nearest(text.value, found.unknown, titles)},
                ),
            ),
        )

    return clean


def _nearest(text: str, unknown: tuple[str, ...], titles: Mapping[str, str]) -> tuple[str, ...]:
    """The text as it would read with the nearest titles in place of its only unknown piece."""
    if len(unknown) != 1:
        return ()
    near = get_close_matches(unknown[0], list(titles.values()), n=MOST_SUGGESTIONS, cutoff=0.5)
    return tuple(text.replace(unknown[0], title) for title in near)
