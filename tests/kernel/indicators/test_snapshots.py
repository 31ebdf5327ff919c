"""Snapshots over random worlds: read back equal, every member resolves, and the diff names each correction."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from suite.bootstrap import Suite
from suite.contract.commands import Actor, Granted, Scope
from suite.contract.problems import Refused
from suite.kernel.indicators.comparing import What, compare
from suite.kernel.indicators.differing import difference
from suite.kernel.indicators.frozen import Frozen
from suite.kernel.indicators.reasons import where_now
from suite.kernel.indicators.snapshots import (
    TakeSnapshot,
    check_snapshots,
    frozen_now,
    read_snapshot,
    snapshot_named,
    snapshots,
)
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.testing.factories import a_firm, a_lawyer, make

LAWYERS, FIRMS = "lawyers.lawyer", "lawyers.law_firm"
JUNE = dt.date(2026, 6, 30)


def take(suite: Suite, admin: Actor, day: dt.date = JUNE, name: str = "") -> int:
    done = suite.run(TakeSnapshot(as_of=day, name=name), admin)
    return int(done.result["snapshot"])


def test_a_snapshot(suite_: Suite, admin: Actor) -> None:
    firms = make(suite_, admin, FIRMS, a_firm(1), on=dt.date(2020, 1, 1))
    make(
        suite_, admin, LAWYERS, *(a_lawyer(n, body_id=firms[0]) for n in range(5)), on=dt.date(2020, 1, 1)
    )
    with suite_.reading() as session:
        live = frozen_now(session, admin, suite_.catalog, JUNE)
    number = take(suite_, admin)
    with suite_.reading() as session:
        read = read_snapshot(session, admin, number)
        assert read.frozen == live
        assert read.intact is True
        assert check_snapshots(session).problems == ()
