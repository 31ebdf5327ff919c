"""Rules about the legal professional qualification of a lawyer or a trainee."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from plugins.lawyers.rules.findings import LAW, warning
from suite.api import CheckContext, Problem


def qualification_agrees(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """The letter that a qualification number begins with is the certificate's type (A, B, C)."""
    number, kind = values.get("qualification_no"), values.get("qualification_type")
    letter = str(number)[:1].upper() if number else ""
    if kind not in ("A", "B", "C") or letter not in ("A", "B", "C") or letter == kind:
        return ()
    text = f"资格证号以 {letter} 开头，登记的资格证类别为{kind}类，请对照资格证核对哪一项有误。"
    return (warning("qualification_type", text, "qualification_type"),)


def qualified_first(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """The qualification comes before practice or internship (律师法第五条)."""
    qualified = values.get("qualified_on")
    for key, title in (("first_practice_on", "首次执业日期"), ("started_on", "实习起始日期")):
        begun = values.get(key)
        if qualified is not None and begun is not None and qualified > begun:
            text = f"{title} {begun} 早于取得法律职业资格的日期 {qualified}，请核对两个日期。"
            return (warning("qualified_after", text, "qualified_on", f"{LAW}第五条"),)
    return ()
