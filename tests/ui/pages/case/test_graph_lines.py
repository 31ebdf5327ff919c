"""The picture of a lifecycle: no line runs across a state that it neither leaves nor goes to."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPointF, QRectF
from pytestqt.qtbot import QtBot

from suite.areas import CORE_DECLARATIONS
from suite.loader.plugins import load_plugins
from suite.ui.kit.graph import GraphView
from suite.ui.pages.case.graph_pane import graph_of

CATALOG = load_plugins(CORE_DECLARATIONS).catalog


def _crosses(start: QPointF, end: QPointF, box: QRectF) -> bool:
    """Whether a level or upright piece of a line goes through a box."""
    piece = QRectF(start, end).normalized()
    return (
        piece.left() < box.right() and piece.right() > box.left()
        and piece.top() < box.bottom() and piece.bottom() > box.top()
    )  # fmt: skip


@pytest.mark.parametrize("width", [640, 900, 1000])
def test_lines_run_between_the_states(qtbot: QtBot, light: None, width: int) -> None:
    view = GraphView()
    qtbot.addWidget(view)
    view.resize(width, 400)
    seen = 0
    for lifecycle in CATALOG.lifecycles.values():
        view.show_graph(*graph_of(lifecycle, lifecycle.states[0].key, (), ()))
        boxes = view.boxes()
        for edge, points in view.lines().items():
            others = [box for key, box in boxes.items() if key not in (edge.source, edge.target)]
            for start, end in pairwise(points):
                assert start.x() == end.x() or start.y() == end.y()
                assert not any(_crosses(start, end, box) for box in others), (lifecycle.key, edge)
                seen += 1
    assert seen > 300
