"""The score form of one source: a line for each item with what was found, its ground, and its points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel

from suite.contract.assessment import Criterion, ScoreSource, SheetMeasure
from suite.kernel.assessment.boards import GivenScore
from suite.kernel.assessment.commands import ScoreGiven
from suite.kernel.assessment.scoring import points_of
from suite.kernel.assessment.sheet_rows import measure_hint
from suite.ui.kit.editors import Editor
from suite.ui.kit.field_row import editor_for
from suite.ui.kit.fields import FieldKind, FieldSpec
from suite.ui.kit.panes import Frame
from suite.ui.kit.text import label, set_tone
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import S8, S12, S16, TextSize
from suite.ui.pages.assessment.wording import points_text, score_words

HEADS = ("评分项", "满分", "得到", "应完成", "不适用", "依据", "得分", "各评分人")
STRETCH = (5, 0, 2, 2, 0, 6, 0, 5)
Values = tuple[Decimal | None, Decimal | None, bool, str]


@dataclass
class _Line:
    """One item's editors; `stored` is what stands in the database, `entry` what it rests on, which stays."""

    item: Criterion
    found: Editor
    due: Editor | None
    none: Editor
    evidence: Editor
    points: QLabel
    problem: QLabel
    stored: Values
    entry: int | None = None

    def values(self) -> Values:
        """What is typed. Raises ValueError while a number cannot be read."""
        found, due = self.found.value(), self.due.value() if self.due is not None else None
        return (
            found if isinstance(found, Decimal) else None,
            due if isinstance(due, Decimal) else None,
            bool(self.none.value()),
            str(self.evidence.value() or ""),
        )

    def editors(self) -> list[Editor]:
        """In reading order."""
        return [editor for editor in (self.found, self.due, self.none, self.evidence) if editor is not None]


class ScoreGrid(Frame):
    """Enter goes to the next field. `edited` comes with every change."""

    edited = Signal()

    def __init__(self, source: ScoreSource, items: Sequence[Criterion], *, read_only: bool) -> None:
        super().__init__("surface")
        self.source = source
        self._lines: list[_Line] = []
        self._others: dict[str, QLabel] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(S16, S12, S16, S12)
        self._grid.setHorizontalSpacing(S12)
        self._grid.setVerticalSpacing(S8)
        for place, (head, stretch) in enumerate(zip(HEADS, STRETCH, strict=True)):
            self._grid.addWidget(label(head, tone="text2", size=TextSize.CAPTION), 0, place)
            self._grid.setColumnStretch(place, stretch)
        row, heading = 1, ""
        for item in items:
            if item.heading != heading:
                heading = item.heading
                self._grid.addWidget(label(heading, bold=True), row, 0, 1, len(HEADS))
                row += 1
            self._add(item, row, read_only=read_only)
            row += 2
        self._grid.setRowStretch(row, 1)
        self._chain()

    def _add(self, item: Criterion, row: int, *, read_only: bool) -> None:
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(label(item.title, wrap=True), row, 0, top)
        self._grid.addWidget(label(f"{item.most.normalize():f}"), row, 1, top)
        ratio = item.measure is SheetMeasure.RATIO
        found = self._editor(
            item, FieldSpec(key="found", title=item.measure.words, kind=FieldKind.NUMBER, places=4)
        )
        due = (
            self._editor(item, FieldSpec(key="due", title="应完成数", kind=FieldKind.NUMBER, places=4))
            if ratio
            else None
        )
        none = self._editor(item, FieldSpec(key="none", title="不适用", kind=FieldKind.BOOL))
        evidence = self._editor(item, FieldSpec(key="evidence", title="依据"))
        points, problem = label("", bold=True), label("", tone="bad", size=TextSize.CAPTION, wrap=True)
        points.setMinimumWidth(theme().pixels(36))
        others = label("", tone="text2", size=TextSize.CAPTION, wrap=True)
        for place, widget in ((2, found), (3, due), (4, none), (5, evidence), (6, points), (7, others)):
            if widget is not None:
                self._grid.addWidget(widget, row, place, top)
        words = "。".join(part.rstrip("。") for part in (item.rule, measure_hint(item)) if part)
        hint = label(f"{words}。", tone="text2", size=TextSize.CAPTION, wrap=True)
        self._grid.addWidget(hint, row + 1, 0, 1, 5, top)
        self._grid.addWidget(problem, row + 1, 5, 1, 3, top)
        line = _Line(
            item=item, found=found, due=due, none=none, evidence=evidence, points=points, problem=problem,
            stored=(None, None, False, ""),
        )  # fmt: skip
        self._lines.append(line)
        self._others[item.key] = others
        for editor in line.editors():
            editor.setEnabled(not read_only)
            editor.edited.connect(lambda line=line: self._changed(line))

    def _editor(self, item: Criterion, spec: FieldSpec) -> Editor:
        editor = editor_for(spec, self)
        target = editor.focusProxy() or editor
        target.setAccessibleName(f"{item.title} {spec.title}")
        return editor

    def _chain(self) -> None:
        """Enter: to the next field."""
        editors = [editor for line in self._lines for editor in line.editors()]
        for editor, following in pairwise(editors):
            editor.entered.connect((following.focusProxy() or following).setFocus)

    # Filling.

    def show_scores(self, scores: Sequence[GivenScore]) -> None:
        """What stands in the database; what was typed and not saved stays."""
        by_item: dict[str, list[GivenScore]] = {}
        for score in scores:
            by_item.setdefault(score.item, []).append(score)
        for line in self._lines:
            given = by_item.get(line.item.key, [])
            self._others[line.item.key].setText("\n".join(score_words(score) for score in given))
            own = [score for score in given if score.mine and score.source is self.source]
            stored: Values = (
                (own[-1].found, own[-1].due, own[-1].found is None, own[-1].evidence)
                if own
                else (None, None, False, "")
            )
            if not self._is_changed(line):
                self._show(line, stored)
            line.stored = stored
            line.entry = own[-1].entry.id if own and own[-1].entry is not None else None
            self._mark(line)

    def _show(self, line: _Line, values: Values) -> None:
        found, due, none, evidence = values
        line.found.set_value(found.normalize() if found is not None else None)
        if line.due is not None:
            line.due.set_value(due.normalize() if due is not None else None)
        line.none.set_value(none)
        line.evidence.set_value(evidence)

    def revert(self) -> None:
        """Back to what stands in the database."""
        for line in self._lines:
            self._show(line, line.stored)
            self._mark(line)
        self.edited.emit()

    def _is_changed(self, line: _Line) -> bool:
        try:
            return line.values() != line.stored
        except ValueError:
            return True

    def _changed(self, line: _Line) -> None:
        self._mark(line)
        self.edited.emit()

    def _mark(self, line: _Line) -> None:
        """The points that what is typed comes to; amber where it is not saved."""
        line.problem.setText("")
        changed = self._is_changed(line)
        for editor in line.editors():
            editor.set_edge("changed" if changed else "")
        try:
            found, due, none, _ = line.values()
        except ValueError as error:
            line.problem.setText(str(error))
            line.points.setText("")
            return
        earned = None if none or found is None else points_of(line.item, found, due)
        words = "不适用" if none else points_text(earned)
        line.points.setText(words)
        set_tone(line.points, "warn" if changed else "text1")

    # Saving.

    @property
    def changed_count(self) -> int:
        """How many items are typed and not saved."""
        return sum(1 for line in self._lines if self._is_changed(line))

    def given(self) -> tuple[ScoreGiven, ...] | None:
        """What is to be saved; None where something is not as it must be, which is then marked."""
        found: list[ScoreGiven] = []
        wrong: list[_Line] = []
        for line in self._lines:
            if not self._is_changed(line):
                continue
            try:
                value, due, none, evidence = line.values()
            except ValueError:
                wrong.append(line)
                continue
            if value is None and not none:
                line.problem.setText("请填写得到的数；不适用的请勾选“不适用”，并在依据中写明理由。")
                wrong.append(line)
                continue
            found.append(
                ScoreGiven(
                    item=line.item.key,
                    found=None if none else value,
                    due=None if none else due,
                    evidence=evidence,
                    entry=line.entry,
                )
            )
        if wrong:
            (wrong[0].found.focusProxy() or wrong[0].found).setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        return tuple(found)

    def keep(self) -> None:
        """What was typed has been saved."""
        for line in self._lines:
            line.stored = line.values()
            self._mark(line)

    def set_problems(self, problems: Mapping[int, str]) -> None:
        """What refused the items that were sent, by their place among them."""
        sent = [line for line in self._lines if self._is_changed(line)]
        for place, text in problems.items():
            if 0 <= place < len(sent):
                sent[place].problem.setText(text)

    def focus_first(self) -> None:
        """The keyboard goes to the first field."""
        if self._lines:
            first = self._lines[0].found
            (first.focusProxy() or first).setFocus(Qt.FocusReason.OtherFocusReason)
