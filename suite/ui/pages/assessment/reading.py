"""What the page reads: which seasons there are, and how far the one in front has come."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.database.engine import ReadSession
from suite.kernel.assessment.boards import Board, board
from suite.kernel.assessment.cockpit import Cockpit, cockpit
from suite.kernel.assessment.progress import CampaignLine, campaigns
from suite.kernel.parameters.queries import parameters_on


class Read(NamedTuple):
    """What the page shows."""

    campaigns: list[CampaignLine]
    board: Board | None
    come: Cockpit | None
    parameters: Mapping[str, object]


def read_season(session: ReadSession, suite: Suite, actor: Actor, wanted: int | None) -> Read:
    """The seasons, and the wanted one or else the latest. Grades of years past are no season to be run: they
    stand among the others only where just that one is asked for."""
    lines = [
        line for line in campaigns(session, actor, suite.catalog) if not line.recorded or line.id == wanted
    ]
    chosen = wanted if any(line.id == wanted for line in lines) else (lines[0].id if lines else None)
    numbers = parameters_on(session, suite.catalog, suite.today)
    if chosen is None:
        return Read(lines, None, None, numbers)
    return Read(
        lines,
        board(session, actor, suite.catalog, chosen),
        cockpit(session, actor, suite.catalog, chosen),
        numbers,
    )
