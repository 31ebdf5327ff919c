"""At the foot of the mapping: what will be remembered of this sender, and forgetting it again."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from suite.ui.kit.buttons import Button
from suite.ui.kit.checkbox import CheckBox
from suite.ui.kit.panes import Frame, rule
from suite.ui.kit.text import ElidedLabel
from suite.ui.kit.tokens import S4, S8, S12, TextSize
from suite.ui.pages.importing.job import ImportJob
from suite.ui.pages.importing.loaded import Loaded


class LearningBar(Frame):
    """Says that the mapping is kept with the import; keeps it now, or forgets what was kept."""

    def __init__(self, job: ImportJob, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self._job = job
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(rule())
        column = QVBoxLayout()
        column.setContentsMargins(S12, S8, S8, S8)
        column.setSpacing(S4)
        outer.addLayout(column)
        self.keep = CheckBox("", self)
        self.keep.toggled.connect(self._keep_toggled)
        column.addWidget(self.keep)
        row = QHBoxLayout()
        row.setSpacing(S8)
        self.words = ElidedLabel("", tone="text2", size=TextSize.CAPTION)
        row.addWidget(self.words, 1)
        self.remember = Button("记住对应", tip="不等导入，现在就记住各列对应的字段")
        self.forget = Button("忘记", tip="忘记这种表头的对应关系，改按表头识别")
        row.addWidget(self.forget)
        row.addWidget(self.remember)
        column.addLayout(row)
        self.remember.clicked.connect(job.remember)
        self.forget.clicked.connect(job.forget)

    def show_loaded(self, loaded: Loaded) -> None:
        """Say what is known of the sheets, and how many repairs of whole columns could be kept."""
        learned = any(sheet.learned is not None for sheet in loaded.sheets)
        self.words.setText("已记住这种表头" if learned else "导入后自动记住，下次套用")
        self.forget.setVisible(learned)
        self.remember.setVisible(not learned or self._job.touched)
        whole = len(self._job.repairs.values) + len(self._job.repairs.orders)
        self.keep.setText(f"同时记住 {whole} 项全列改正")
        self.keep.setToolTip("下次收到同样表头的表，按同样的办法改正；证件号码等不记")
        self.keep.setVisible(whole > 0)
        self.keep.setChecked(self._job.keep_repairs)

    def _keep_toggled(self, checked: bool) -> None:
        self._job.keep_repairs = checked
