"""Duty units: what their list is made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from plugins.popularization.rules.findings import TOLD
from suite.api import CheckContext, Problem

DUTY = "关于实行国家机关“谁执法谁普法”普法责任制的意见"


def enforcer_has_laws(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """An enforcement organ teaches the laws it administers, so its list is not empty (谁执法谁普法)."""
    if not values.get("is_enforcement") or values.get("laws") or values.get("status") == "ended":
        return ()
    text = "行政执法机关没有填执行的法律法规，责任清单无从编制，请补填。"
    return (TOLD.warning("no_laws", text, "laws", DUTY),)
