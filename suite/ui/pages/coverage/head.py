"""The head of the page of coverage: which coverage, on which day, of whom; and the two shares."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from suite.contract.coverage import Coverage
from suite.kernel.coverage.board import CoverageBoard
from suite.kernel.coverage.rules import Standing
from suite.kernel.coverage.wording import per_cent, words_of
from suite.ui.kit.buttons import Button, icon_button
from suite.ui.kit.checkbox import CheckBox
from suite.ui.kit.line import LineEdit
from suite.ui.kit.panes import Bar
from suite.ui.kit.tabs import LineTabs, Tab
from suite.ui.kit.text import ElidedLabel, label
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import S12, Height, TextSize

#: The tabs of standings: what to do something about stands first.
ORDER = (Standing.UNCOVERED, Standing.PAPER, Standing.EXPIRING, Standing.COVERED)


class CoverageHead(QWidget):
    """Widgets that the page listens to, and what they show of a board."""

    def __init__(self, coverages: Sequence[Coverage], key: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top = Bar("window", Height.PROFESSION_TABS)
        self.tabs = LineTabs(name="覆盖种类")
        self.tabs.set_tabs([Tab(key=item.key, title=item.title) for item in coverages], key)
        top.row.addWidget(self.tabs, 1)
        self.imports = Button("导入协议", icon_name="import")
        self.exports = Button("导出清单", icon_name="export")
        top.row.addWidget(self.imports)
        top.row.addWidget(self.exports)
        column.addWidget(top)
        bar = Bar("top", Height.FILTER_BAR)
        self.quick = LineEdit(placeholder="区县、乡镇、村（居）或单位名称", name="查找", clearable=True)
        self.quick.setFixedWidth(theme().pixels(220))
        bar.row.addWidget(self.quick)
        self.day = Button("", arrow=True)
        bar.row.addWidget(self.day)
        self.xinji, self.zones = CheckBox("含辛集市"), CheckBox("含功能区")
        bar.row.addWidget(self.xinji)
        bar.row.addWidget(self.zones)
        self.standings = LineTabs(base_height=Height.FILTER_BAR, size=TextSize.BODY, name="状态")
        bar.row.addWidget(self.standings, 1)
        self.refresh = icon_button("refresh", "刷新（F5）")
        bar.row.addWidget(self.refresh)
        column.addWidget(bar)
        strip = Bar("head", Height.FILTER_BAR)
        self._figures = {}
        for name in ("有形覆盖", "有效覆盖"):
            strip.row.addWidget(label(name, tone="text2"))
            self._figures[name] = label("", size=TextSize.SECTION, bold=True)
            strip.row.addWidget(self._figures[name])
            strip.row.addSpacing(S12)
        self._basis = ElidedLabel("", tone="text2", size=TextSize.CAPTION)
        strip.row.addWidget(self._basis, 1)
        column.addWidget(strip)

    def refuse(self, words: str) -> None:
        """Nothing may be read, so nothing may be brought or taken."""
        for button in (self.imports, self.exports):
            button.refuse(words)

    def show_switches(self, board: CoverageBoard) -> None:
        """How the bureau's own switches stand."""
        positions = {switch.key: bool(switch.value) for switch in board.switches}
        self.xinji.setChecked(positions["core.include_xinji"])
        self.zones.setChecked(positions["core.include_zones"])

    def show_day(self, day: dt.date | None, today: dt.date) -> None:
        """Which day is shown; none: today, live."""
        self.day.setText(f"截至 {day}" if day else f"实时（{today}）")

    def show_board(self, board: CoverageBoard, standing: object) -> None:
        """The shares, by what they are reckoned, and how many stand how; one standing is current."""
        whole = board.whole
        for name, part in (("有形覆盖", whole.formal), ("有效覆盖", whole.effective)):
            self._figures[name].setText(f"{per_cent(part, whole.total)}　{part:,} / {whole.total:,}")
        self._basis.setText(f"口径：{board.coverage.help}{_settings(board)}")
        words = words_of(board.coverage)
        self.standings.set_tabs(
            [
                Tab(key="", title="全部", count=whole.total),
                *(Tab(key=one, title=words[one], count=whole.of(one)) for one in ORDER if one in words),
            ],
            standing if isinstance(standing, str) else "",
        )

    def allow(self, board: CoverageBoard, title: str, *, may_import: bool, may_export: bool) -> None:
        """Whether agreements may be brought and lists taken; `title`: the roster of what covers."""
        refusal = "" if may_import else f"您没有导入“{title}”名册的权限，请联系科室管理员。"
        self.imports.set_refusal(refusal)
        self.imports.setText("导入协议" if board.coverage.until is not None else "导入名册")
        self.exports.set_refusal("" if may_export else "您没有导出名册的权限，请联系科室管理员。")


def _settings(board: CoverageBoard) -> str:
    """The numbers that it depends on, but for the switches that are set here."""
    told = [one for one in board.switches if not isinstance(one.value, bool)]
    return "".join(f"　{one.title}：{one.position}" for one in told)
