"""编辑指标体系: a set's period and what it wants of each indicator; saved whole, also as a new set."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from suite.contract.commands import Done
from suite.contract.indicators import Level, Nature
from suite.database.engine import ReadSession
from suite.kernel.exchange.target_sheets import read_targets, save_targets
from suite.kernel.indicators.declarations import SET_EDIT
from suite.kernel.indicators.entering import SaveIndicatorSet, TargetRow
from suite.kernel.indicators.rules import set_on
from suite.kernel.indicators.sets import Standing, standing_sets
from suite.ui.asking import Asking, Refusal
from suite.ui.desk import Desk, sentence_of
from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.fields import Choice, FieldKind, FieldSpec
from suite.ui.kit.file_dialogs import TABLE_FILE, WORKBOOK, opening_path, saving_path
from suite.ui.kit.form import Form, SectionSpec
from suite.ui.kit.line_grid import LineGrid
from suite.ui.kit.notices import Notice, NoticeKind
from suite.ui.kit.page import Page, PageCommand
from suite.ui.kit.panes import Bar, scrolled
from suite.ui.kit.text import ElidedLabel
from suite.ui.kit.tokens import Height

OF_SET = (
    FieldSpec(key="name", title="名称", required=True, placeholder="plan-2026-2030"),
    FieldSpec(key="title_text", title="标题", required=True),
    FieldSpec(key="source", title="依据", required=True),
    FieldSpec(key="first", title="开始", kind=FieldKind.DATE, required=True, ahead=True),
    FieldSpec(key="last", title="结束", kind=FieldKind.DATE, required=True, ahead=True),
)
OF_TARGET = (
    FieldSpec(key="no", title="序号"),
    FieldSpec(key="value", title="目标", kind=FieldKind.NUMBER, places=4),
    FieldSpec(key="year", title="年份", kind=FieldKind.NUMBER),
    FieldSpec(key="level", title="级别", kind=FieldKind.CHOICE, choices=tuple(Choice(x, x) for x in Level)),
    FieldSpec(key="nature", title="性质", kind=FieldKind.CHOICE, choices=tuple(Choice(x, x) for x in Nature)),
    FieldSpec(key="article", title="出处"),
    FieldSpec(key="baseline", title="起点", kind=FieldKind.NUMBER, places=4),
)


class TargetsPage(Page):
    """One set at a time; an indicator without a number (序号) is not wanted by it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("targets", "编辑指标体系", "indicator", parent)
        self.desk = desk
        self.asking = Asking(desk, self)
        self.sets: dict[str, Standing] = {}
        self.name = ""
        self.set_hints("Ctrl+S 保存　F5 刷新")
        indicators = desk.suite.catalog.indicators.values()
        self._keys = [item.key for item in indicators]
        bar = Bar("top", Height.PROFESSION_TABS)
        self.chooser = Button("", arrow=True, look=Look.PLAIN, tip="换一个指标体系")
        self.chooser.clicked.connect(self._offer)
        bar.row.addWidget(self.chooser)
        self.hint = ElidedLabel("序号留空的指标不列入本体系；改名称后保存即另建一个体系。", tone="text2")
        bar.row.addWidget(self.hint, 1)
        self.save = Button("保存", look=Look.PRIMARY, tip="Ctrl+S")
        self.save.clicked.connect(self.save_set)
        load = Button("导入", icon_name="import")
        load.clicked.connect(self._choose_import)
        self.export = Button("导出", icon_name="export")
        self.export.clicked.connect(self._choose_export)
        for button in (load, self.export):
            bar.row.addWidget(button)
        bar.row.addWidget(self.save)
        if not desk.actor.may(SET_EDIT):
            for held in (self.save, self.export):
                held.set_refusal("您没有维护指标体系的权限，请联系系统管理员")
        self.content.addWidget(bar)
        body = QWidget()
        column = QVBoxLayout(body)
        self.form = Form([SectionSpec(title="体系", fields=OF_SET)])
        column.addWidget(self.form)
        fixed = [Choice(item.key, item.title) for item in indicators]
        self.grid = LineGrid("各项目标", OF_TARGET, fixed)
        column.addWidget(self.grid)
        column.addStretch()
        self.content.addWidget(scrolled(body), 1)
        self._typed = False
        self.form.changed.connect(self._edited)
        self.grid.edited.connect(self._edited)
        self.refresh()

    # Reading.

    def refresh(self) -> None:
        """F5: read the sets; what is typed and not saved stays."""
        if self._typed:
            return
        catalog = self.desk.suite.catalog

        def query(session: ReadSession) -> dict[str, Standing]:
            return standing_sets(session, catalog)

        self.asking.read(query, self._came, self._bad)

    def _came(self, sets: dict[str, Standing]) -> None:
        self.sets = sets
        current = set_on([item.set for item in sets.values()], self.desk.suite.today)
        self.show_set(self.name if self.name in sets else current.name if current else "")

    def show_set(self, name: str) -> None:
        """Show one of the sets."""
        found = self.sets.get(name)
        if found is None:
            return
        self.name = name
        self.chooser.setText(found.set.title)
        item = found.set
        self.form.set_values(
            {
                "name": name,
                "title_text": item.title,
                "source": item.source,
                "first": item.first,
                "last": item.last,
            }
        )
        rows = [
            TargetRow(
                indicator=key,
                no=str(target.no),
                value=target.value,
                year=target.year,
                article=target.article,
                level=target.level or "",
                nature=target.nature or "",
                baseline=target.baseline,
            )
            for key, target in found.targets.items()
        ]
        self._fill(rows)
        self._set_typed(False)

    def _fill(self, rows: list[TargetRow]) -> None:
        wanted = {row.indicator: row for row in rows}
        for key, editors in zip(self._keys, self.grid.lines, strict=True):
            row = wanted.get(key)
            for spec, editor in zip(OF_TARGET, editors, strict=True):
                value = getattr(row, spec.key) if row is not None else None
                if isinstance(value, Decimal):
                    value = Decimal(f"{value.normalize():f}")
                editor.set_value(value or (value if isinstance(value, Decimal) else None))

    def _edited(self) -> None:
        self._set_typed(True)

    def _set_typed(self, typed: bool) -> None:
        self._typed = typed
        self.unsaved_changed.emit(typed)

    def _offer(self) -> None:
        menu = QMenu(self.chooser)
        for name, item in self.sets.items():
            menu.addAction(item.set.title).triggered.connect(lambda _=False, name=name: self.show_set(name))
        self.chooser.open_menu(menu)

    # Saving.

    def command(self) -> SaveIndicatorSet | None:
        """What is typed as a command; None while something cannot be read."""
        readable = self.form.check()
        if not (self.grid.check() and readable):
            return None
        values = {key: row.current() for key, row in self.form.rows.items()}
        targets = []
        for line in self.grid.given():
            if not line.get("no"):
                continue
            targets.append(
                TargetRow(
                    indicator=str(line["fixed"]),
                    no=str(line["no"]),
                    value=_figure(line.get("value")),
                    year=int(_figure(line.get("year"))),
                    article=str(line.get("article") or ""),
                    level=str(line.get("level") or ""),
                    nature=str(line.get("nature") or ""),
                    baseline=_figure(line["baseline"]) if line.get("baseline") is not None else None,
                )
            )
        first, last = values["first"], values["last"]
        name = str(values["name"] or "")
        if not isinstance(first, dt.date) or not isinstance(last, dt.date):
            return None
        former = self.sets.get(name)
        return SaveIndicatorSet(
            name=name,
            title_text=str(values["title_text"] or ""),
            source=str(values["source"] or ""),
            first=first,
            last=last,
            targets=tuple(targets),
            expected_version=former.version if former is not None else 0,
        )

    def save_set(self) -> None:
        """Ctrl+S."""
        command = self.command()
        if command is not None and self.save.isEnabled():
            self.asking.run(command, self._saved, self._refused)

    def _saved(self, done: Done) -> None:
        self.name = str(done.result["name"])
        self._set_typed(False)
        self.refresh()

    def _refused(self, error: Exception) -> None:
        refusal = Refusal(error)
        own = {key: words for key, words in refusal.fields.items() if key in self.form.rows}
        self.form.set_problems(own)
        others = [*refusal.others, *(words for key, words in refusal.fields.items() if key not in own)]
        if others:
            self.show_notice(Notice(kind=NoticeKind.BAD, text="；".join(others)[:500], closable=True))

    def _bad(self, error: Exception) -> None:
        self.show_notice(Notice(kind=NoticeKind.BAD, text=sentence_of(error), closable=True))

    # Workbooks.

    def _choose_export(self) -> None:
        if not self.export.isEnabled():
            return
        path = saving_path(self, "导出指标体系", f"{self.name}.xlsx", WORKBOOK)
        if path is not None:
            suite, actor, name = self.desk.suite, self.desk.actor, self.name

            def work() -> int:
                with suite.reading() as session:
                    return save_targets(session, suite.catalog, name, path, actor, run=suite.run)

            self.asking.work(work, lambda rows: self.happened.emit(f"已写入 {rows} 项指标"), self._bad)

    def _choose_import(self) -> None:
        path = opening_path(self, "导入指标体系", TABLE_FILE)
        if path is not None:
            self.asking.work(lambda: list(read_targets(path)), self.take, self._bad)

    def take(self, rows: list[TargetRow]) -> None:
        """Show the targets of a workbook; they are saved by 保存."""
        self._fill(rows)
        self._set_typed(True)

    # What the window asks.

    def has_unsaved(self) -> bool:
        return self._typed

    def save_then_close(self) -> None:
        command = self.command()
        if command is not None:
            self.asking.run(command, self._saved_and_closed, self._refused)

    def _saved_and_closed(self, _done: Done) -> None:
        self._set_typed(False)
        self.may_close.emit()

    def discard(self) -> None:
        self._set_typed(False)
        self.show_set(self.name)

    def focus_start(self) -> None:
        self.grid.lines[0][0].setFocus(Qt.FocusReason.OtherFocusReason)

    def commands(self) -> tuple[PageCommand, ...]:
        refusal = "" if self.save.isEnabled() else self.save.toolTip()
        return (
            PageCommand(menu="file", text="保存", run=self.save_set, key="Ctrl+S", refusal=refusal),
            PageCommand(menu="file", text="导入指标体系…", run=self._choose_import, refusal=refusal),
            PageCommand(menu="file", text="导出指标体系…", run=self._choose_export),
        )


def _figure(value: object) -> Decimal:
    """A typed number; what is missing is told by the command as no number."""
    return value if isinstance(value, Decimal) else Decimal(0)
