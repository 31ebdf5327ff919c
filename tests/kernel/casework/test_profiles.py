"""Every step of every profile of complaint and of the small logs, through the executor on both engines."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from profiles import Desks

from suite.bootstrap import Suite
from suite.cli.demo_steps import paper_up
from suite.contract.casework import CaseKind, Lifecycle
from suite.contract.problems import Refused

pytestmark = pytest.mark.sqlite_first

#: Those whose steps are the frame's own but for the words; the others have steps of their own.
FRAMED = (
    "lawyers.counsel_complaint", "notary.complaint", "notary.review_dispute", "arbitration.conduct_complaint",
)  # fmt: skip
PROFILES = (
    "lawyers.complaint", "lawyers.association_complaint", "notary.recheck", "arbitration.complaint",
    "lawyers.rights_request", "appraisal.court_appearance", "appraisal.interference",
    "arbitration.scrutiny", "arbitration.consultation", "notary.quality_inspection", *FRAMED,
)  # fmt: skip
#: Long enough ago for every clock to run out on the way.
START = dt.date(2025, 6, 2)


def _distance(lifecycle: Lifecycle, wanted: set[str], barred: set[str]) -> dict[str, int]:
    """State → how many steps away the next one is that was not taken yet."""
    steps = [item for item in lifecycle.transitions if item.command not in barred]
    far = {state: 0 for item in steps if item.command in wanted for state in item.sources}
    for away in range(1, len(lifecycle.states)):
        for item in steps:
            if item.to in far and far[item.to] == away - 1:
                for state in item.sources:
                    far.setdefault(state, away)
    return far


def _walk(desk: Desks, kind: CaseKind, chance: random.Random, seed: int, untaken: set[str]) -> None:
    """One case, by steps that lead on to one that was not taken yet, until none can be taken."""
    lifecycle = desk.suite.catalog.lifecycle_of(kind)
    openings = [item.command for item in lifecycle.openings]
    command = chance.choice([name for name in openings if name in untaken] or openings)
    on, refused, done = START, set[str](), set[str]()
    case_id = desk.open_any(kind, command, on, seed).result["case_id"]
    untaken.discard(command)
    for _ in range(30):
        state = desk.state(case_id)
        far = _distance(lifecycle, untaken, refused)
        steps = [item for item in lifecycle.steps_from(state) if item.command not in refused]
        fresh = [item for item in steps if item.command in untaken]
        nearer = [item for item in steps if item.to in far and far[item.to] < far.get(state, 99)]
        # What was refused may want something first: findings, a hearing.
        first = [item for item in steps if refused and item.to is None and item.command not in done]
        if not (fresh or nearer or first):
            return
        name = chance.choice(first or fresh or nearer).command
        on = min(on + dt.timedelta(days=chance.choice((0, 1, 2, 30))), desk.suite.today)
        try:
            taken = desk.take_any(kind, case_id, name, on)
        except Refused:
            refused.add(name)
            continue
        refused.clear()
        untaken.discard(name)
        done.add(name)
        if name == "RequestSupplement":
            # The time to supply what is missing runs from the notice.
            paper_up(desk.suite, desk.clerk, case_id, "LapseSupplement", on)
        assert taken.result["state"] == (lifecycle.by_command[name].to or state)


def test_every_step_of_every_profile_is_taken(suite_: Suite, long: bool) -> None:
    desk, chance = Desks(suite_), random.Random(8)
    for key in PROFILES:
        if key in FRAMED and not long:
            continue
        kind = suite_.catalog.case_kinds[key]
        untaken = set(suite_.catalog.lifecycle_of(kind).by_command)
        for seed in range(40):
            if not untaken:
                break
            _walk(desk, kind, chance, seed, untaken)
        assert not untaken, key


@pytest.mark.parametrize("key", PROFILES)
def test_every_step_names_its_article(suite_on_sqlite: Suite, key: str) -> None:
    lifecycle = suite_on_sqlite.catalog.lifecycle_of(suite_on_sqlite.catalog.case_kinds[key])
    assert all(item.article for item in lifecycle.transitions)
