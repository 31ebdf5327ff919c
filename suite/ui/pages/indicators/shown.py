"""What the page of the indicators shows: live or frozen values, and others beside them."""

from __future__ import annotations

from typing import NamedTuple

from suite.contract.commands import Actor
from suite.database.engine import ReadSession
from suite.kernel.indicators.board import IndicatorBoard, Question
from suite.kernel.indicators.frozen_board import board_of
from suite.kernel.indicators.lacking import NOT_IN_IT, lacking
from suite.kernel.indicators.queries import indicator_board
from suite.kernel.indicators.snapshots import SnapshotLine, SnapshotRead, read_snapshot, snapshots
from suite.loader.catalog import Catalog


class Shown(NamedTuple):
    """What was read: the set that is shown, the one beside it, and which there are."""

    board: IndicatorBoard
    beside: IndicatorBoard | None
    known: tuple[SnapshotLine, ...]
    lacks: str  # what a frozen set lacks; empty of a live one


def read_shown(
    session: ReadSession,
    actor: Actor,
    catalog: Catalog,
    question: Question,
    frozen: SnapshotLine | None,
    beside: SnapshotLine | None,
) -> Shown:
    """The frozen set, or without one what `question` asks; `beside` is the frozen set to compare it with."""

    def of(line: SnapshotLine) -> SnapshotRead:
        return read_snapshot(session, actor, catalog, line.id, members=False)

    read = of(frozen) if frozen else None
    lacks = (lacking(read.frozen, read.keys, catalog).words(NOT_IN_IT), read.unseen_words) if read else ()
    return Shown(
        board=(
            board_of(read.frozen, catalog)
            if read is not None
            else indicator_board(session, actor, catalog, question)
        ),
        beside=board_of(of(beside).frozen, catalog) if beside else None,
        known=tuple(snapshots(session)),
        lacks="；".join(word for word in lacks if word),
    )
