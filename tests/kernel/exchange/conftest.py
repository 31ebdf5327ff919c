"""A desk over a fresh database with two firms, on both engines or, where the engine cannot matter, on one.

And a bureau, to which an association sends its roster.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from messy import Desk

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.kernel.exchange.houses import NameHouse, signed
from suite.kernel.exchange.packet_files import write_packet
from suite.kernel.exchange.sending import SendRoster
from suite.testing.factories import a_firm, make
from tests.kernel.exchange.two_houses import LAWYERS


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


@pytest.fixture
def bureau(suite_: Suite, admin: Actor) -> Suite:
    """The bureau's database, on each engine."""
    suite_.run(NameHouse(name="石家庄市司法局"), admin)
    return suite_


@pytest.fixture
def send(association: Suite, tmp_path: Path) -> Callable[..., Path]:
    """Writes a packet of the association."""

    def write(kind: str = LAWYERS, name: str = "报送.xlsx") -> Path:
        path = tmp_path / name
        done = association.run(
            SendRoster(kind=kind, file_name=name, reason="月报"), association.actor()
        ).result
        write_packet(path, done["head"], signed(done["head"]), done["headings"], done["rows"])
        return path

    return write
