"""What is wrong with a declared penalty is said with its cure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from suite.areas import CORE_DECLARATIONS
from suite.contract.penalties import Decider, Measure, Organ, Sanction
from suite.loader.penalty_checks import PenaltyChecks
from suite.loader.plugins import load_plugins

CATALOG = load_plugins(CORE_DECLARATIONS).catalog
CHECKS = PenaltyChecks.of((), CATALOG, CATALOG.parameters)
WARNING = Measure(sanction=Sanction.WARNING, title="警告")


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"article": " "}, "article"),
        ({"subjects": ("lawyers.nobody",)}, "lawyers.nobody"),
        ({"measures": ()}, "measures"),
        ({"measures": (WARNING, WARNING)}, "2 次"),
        ({"measures": (Measure(sanction=Sanction.FINE, title="罚款"),)}, "没有上限"),
        ({"measures": (Measure(sanction=Sanction.FINE, title="罚款", least=9, most=1),)}, "高于"),
        ({"measures": (Measure(sanction=Sanction.FINE, title="罚款", most="lawyers.no"),)}, "lawyers.no"),
        ({"measures": (Measure(sanction=Sanction.FINE, title="罚款", times=(3, 1)),)}, "倍数"),
        ({"measures": (Measure(sanction=Sanction.SUSPENSION, title="停止执业", most=3),)}, "期间"),
        ({"measures": (replace(WARNING, gravities=()),)}, "情节"),
        ({"measures": (replace(WARNING, state="gone"),)}, "没有状态 gone"),
        ({"deciders": (Decider(organ=Organ.CITY, switch="lawyers.no"),)}, "lawyers.no"),
        ({"deciders": (Decider(organ=Organ.CITY, switch="lawyers.complaint.handle_days"),)}, "是/否"),
    ],
)
def test_a_fault_is_told(changed: dict[str, object], word: str) -> None:
    entry = CATALOG.penalties["lawyers.L47"]
    assert not list(CHECKS.faults(entry))
    told = list(CHECKS.faults(replace(entry, **changed)))  # type: ignore[arg-type]
    assert any(word in line for line in told), told
