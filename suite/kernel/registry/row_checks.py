"""Checks across the fields of a row that professions share; each says what it found in its own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from suite.contract.declarations import CheckContext, RowCheck
from suite.contract.problems import Problem
from suite.kernel.registry.findings import Findings

#: Field key and title, since a check of a row knows no declarations.
Named = tuple[str, str]


def in_order(
    told: Findings, code: str, earlier: Named, later: Named, *, article: str | None = None, sure: bool = False
) -> RowCheck:
    """`later` is not before `earlier`; the problem stands at `later`. `sure`: an error, else a warning."""
    tell = told.error if sure else told.warning

    def check(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
        first, second = values.get(earlier[0]), values.get(later[0])
        if first is None or second is None or first <= second:
            return ()
        text = f"{later[1]} {second} 早于{earlier[1]} {first}，请核对两个日期。"
        return (tell(code, text, later[0], article),)

    return check


def given_together(
    told: Findings, code: str, states: Sequence[str], wanted: Named, *, article: str | None = None
) -> RowCheck:
    """A record in one of these states says the wanted fact, and one in another state does not."""

    def check(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
        inside, given = values.get("status") in states, values.get(wanted[0]) is not None
        if inside == given:
            return ()
        if inside:
            text = f"按现状态应填{wanted[1]}，但没有填，请补填。"
            return (told.warning(code, text, wanted[0], article),)
        text = f"填了{wanted[1]}，状态却不相符，请核对哪一项有误。"
        return (told.warning(code, text, "status", article),)

    return check
