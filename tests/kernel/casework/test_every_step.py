"""Every step of every lifecycle goes through the executor; with --long of each kind, on both engines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from cover import Cover

from suite.bootstrap import Suite

pytestmark = pytest.mark.sqlite_first


def test_every_step_is_taken(
    suite_: Suite, long: bool, record_property: Callable[[str, Any], None], monkeypatch: Any
) -> None:
    """In short, a step that several kinds share is taken of one of them."""
    catalog = suite_.catalog
    for key, effect in catalog.effects.items():
        # What a step writes into the rosters asks for whole records; the professions' tests have them.
        monkeypatch.setitem(catalog.effects, key, replace(effect, makes=lambda _case: ()))
    cover = Cover(suite_)
    taken: set[str] = set()
    untaken: list[str] = []
    steps = 0
    for kind in catalog.case_kinds.values():
        commands = {item.command for item in catalog.lifecycle_of(kind).transitions}
        left = cover.lead(kind, set() if long else taken)
        untaken += [f"{kind.key}:{command}" for command in sorted(left)]
        steps += len(commands - left)
        taken |= commands - left
    record_property("steps", steps)
    record_property("waived", sorted(cover.waived))
    assert untaken == [], getattr(cover, "refused", "")
