"""A desk over a fresh database with two firms, on both engines or, where the engine cannot matter, on one."""

from __future__ import annotations

from pathlib import Path

import pytest
from messy import Desk

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.testing.factories import a_firm, make


def _desk(suite: Suite, admin: Actor, folder: Path) -> Desk:
    make(suite, admin, "lawyers.law_firm", a_firm(1), a_firm(2, district_code="130104"))
    return Desk(suite, admin, folder)


@pytest.fixture
def desk(suite_on_sqlite: Suite, admin: Actor, tmp_path: Path) -> Desk:
    """For what stands in a file: the engine has no part in it."""
    return _desk(suite_on_sqlite, admin, tmp_path)


@pytest.fixture
def both_desks(suite_: Suite, admin: Actor, tmp_path: Path) -> Desk:
    """For what is compared with the roster."""
    return _desk(suite_, admin, tmp_path)
