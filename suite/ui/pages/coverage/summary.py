"""The dock of a branch or a unit: how it stands, why, and who could serve."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from suite.kernel.coverage.board import CoverageBoard, Server, Unit
from suite.kernel.coverage.wording import NEAR, per_cent, words_of
from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.dock import DockFacts, DockHead, SummaryDock
from suite.ui.kit.panes import rule
from suite.ui.kit.state import StateGlyph, StateValue
from suite.ui.kit.text import ElidedLabel, label
from suite.ui.kit.tokens import S4, S8, TextSize, Width
from suite.ui.pages.coverage.tree import STATES, Node

#: So many bodies that could serve are shown.
SHOWN_SERVERS = 12


class CoverageSummary(SummaryDock):
    """Follows the current row. `appoint_wanted` carries a firm, `record_wanted` kind and id."""

    appoint_wanted = Signal(int, str)
    record_wanted = Signal(str, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("覆盖情况", parent, width=Width.BOARD_DOCK, small=Width.DOCK)
        self.buttons: list[Button] = []
        self.offers: list[Button] = []
        self.asked: Node | None = None

    def show_nothing(self, sentence: str) -> None:
        """No row is chosen."""
        self.clear()
        self.buttons, self.offers, self.asked = [], [], None
        self.body.addWidget(label(sentence, tone="text2", wrap=True))

    def show_node(self, board: CoverageBoard, node: Node) -> None:
        """One row; who could serve comes by `show_servers`."""
        self.clear()
        self.buttons, self.offers, self.asked = [], [], node
        if node.unit is not None:
            self._show_unit(board, node.unit)
        else:
            self._show_branch(board, node)

    def _show_unit(self, board: CoverageBoard, unit: Unit) -> None:
        word = StateValue(STATES[unit.standing], words_of(board.coverage)[unit.standing])
        self.body.addWidget(DockHead(unit.name, "", word))
        if unit.why:
            self.body.addWidget(label(f"{unit.why}。", tone="warn", wrap=True))
        place = "　".join(
            (board.district_names.get(unit.district or "", ""), board.group_titles.get(unit.group, ""))
        )
        facts = [("所在", place), ("区划代码", unit.code)] if unit.code else [("所在", place)]
        if unit.by:
            until = str(unit.until) if unit.until is not None else ""
            facts += [("由谁服务", board.who(unit)), ("机构", board.firms(unit)), ("到期日期", until)]
        self.body.addWidget(DockFacts([fact for fact in facts if fact[1]]))
        by = board.coverage.by
        for number in unit.by:
            self._link(f"查看{by.title}", by.kind, number)
        self._link("打开档案", board.coverage.of.kind, unit.id)

    def _link(self, words: str, kind: str, number: int) -> None:
        button = Button(words, icon_name="record")
        button.clicked.connect(lambda: self.record_wanted.emit(kind, number))
        self.buttons.append(button)
        self.body.addWidget(button)

    def _show_branch(self, board: CoverageBoard, node: Node) -> None:
        tally = node.tally
        if tally is None:
            return
        self.body.addWidget(DockHead(node.title, f"{tally.total:,} 个"))
        facts = [
            ("有形覆盖", f"{tally.formal:,} 个　{per_cent(tally.formal, tally.total)}"),
            ("有效覆盖", f"{tally.effective:,} 个　{per_cent(tally.effective, tally.total)}"),
        ]
        if board.coverage.least is not None:
            unsized = sum(not unit.sized for unit in node.units)
            missing = sum(unit.gap for unit in node.units)
            facts.append(("至少差" if unsized else "缺口", f"{missing:,} 名"))
            if unsized:
                facts.append(("需要数无数据", f"{unsized:,} 个没有{board.sized_by}，只按下限计"))
        self.body.addWidget(DockFacts(facts, line_below=False))
        for standing, words in words_of(board.coverage).items():
            row = QHBoxLayout()
            row.setSpacing(S8)
            row.addWidget(StateGlyph(STATES[standing]))
            row.addWidget(label(words))
            row.addStretch()
            row.addWidget(label(f"{tally.of(standing):,} 个"))
            self.body.addLayout(row)

    def show_servers(self, servers: Sequence[Server], *, refusal: str) -> None:
        """Who could serve, the nearest first; `refusal` says why nobody can be appointed here now."""
        self.body.addSpacing(S4)
        self.body.addWidget(rule())
        self.body.addWidget(label("可以提供服务的律师事务所", bold=True))
        if not servers:
            words = "没有正常执业的律师事务所，请先登记律师事务所名册。"
            self.body.addWidget(label(words, tone="text2", size=TextSize.CAPTION, wrap=True))
            return
        for server in servers[:SHOWN_SERVERS]:
            row = QHBoxLayout()
            row.setSpacing(S8)
            row.addWidget(ElidedLabel(server.name), 1)
            if server.free != 0:
                offer = Button("聘任…", look=Look.LINK, tip=f"聘任 {server.name} 的律师")
                offer.set_refusal(refusal)
                offer.clicked.connect(partial(self.appoint_wanted.emit, server.id, server.name))
                self.offers.append(offer)
                row.addWidget(offer)
            self.body.addLayout(row)
            self.body.addWidget(label(_load(server), tone="text2", size=TextSize.CAPTION))
        more = len(servers) - SHOWN_SERVERS
        if more > 0:
            words = f"另有 {more} 家，较远或余力较小。"
            self.body.addWidget(label(words, tone="text2", size=TextSize.CAPTION))


def _load(server: Server) -> str:
    room = "" if server.free is None else f"　余力 {server.free:,}"
    return f"{NEAR[server.near]}　律师 {server.staff:,} 名　已服务 {server.serving:,}{room}"
