"""What is done with the calendar: enter a notice, correct a day, publish a year or take that back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from suite.contract.commands import Done
from suite.kernel.clocks.commands import (
    AddCalendarDays,
    CorrectCalendarDay,
    PublishCalendarYear,
    WithdrawCalendarYear,
)
from suite.kernel.clocks.moving import RESULT, Moved
from suite.kernel.exchange.calendar_file import calendar_lines
from suite.ui.kit.act_strip import ActStrip
from suite.ui.kit.bars import ConfirmStrip
from suite.ui.kit.buttons import Button
from suite.ui.kit.fields import Choice, FieldKind, FieldSpec
from suite.ui.kit.file_dialogs import TABLE_FILE, opening_path
from suite.ui.strip_place import StripPlace

if TYPE_CHECKING:
    from suite.ui.pages.settings.calendar import CalendarPage

OFF, WORKED, PLAIN = "off", "worked", "plain"
SHOWN = 8  # due days that move, named one by one
NOTICE_FIELDS = (
    FieldSpec(key="source", title="依据", required=True, quiet=True, placeholder="通知的名称或文号"),
    FieldSpec(
        key="notice",
        title="通知正文",
        kind=FieldKind.MULTILINE,
        required=True,
        quiet=True,
        wide=True,
        placeholder="粘贴国务院办公厅通知的正文，或每天一行：2027-01-01 休 元旦",
    ),
)
DAY_FIELDS = (
    FieldSpec(
        key="kind",
        title="这一天",
        kind=FieldKind.CHOICE,
        choices=(Choice(OFF, "休"), Choice(WORKED, "班"), Choice(PLAIN, "按平常一周")),
        required=True,
        quiet=True,
    ),
    FieldSpec(key="festival", title="节日", quiet=True, placeholder="如 春节；可以不填"),
    FieldSpec(key="source", title="依据", required=True, quiet=True, placeholder="文件名称或文号"),
)


def moved_words(moved: Sequence[Moved]) -> str:
    """Which due days move, old and new; the first by name."""
    if not moved:
        return "没有在办事项的到期日因此变动。"
    told = [
        f"{item.subject} {item.limit} {item.before or '待定'} → {item.after or '待定'}"
        for item in moved[:SHOWN]
    ]
    rest = f" 等 {len(moved)} 项" if len(moved) > SHOWN else ""
    return f"{len(moved)} 项到期日变动：{'；'.join(told)}{rest}。"


class CalendarActs(StripPlace):
    """What the page's buttons ask for."""

    def __init__(self, page: CalendarPage, place: QVBoxLayout) -> None:
        super().__init__(page, place, page.asking)
        self._page = page

    def has_edits(self) -> bool:
        """Whether something typed here is not sent."""
        return isinstance(self.strip, ActStrip) and self.strip.is_dirty

    # A notice.

    def ask_notice(self, *, text: str = "") -> None:
        """Take the notice of the year in front; what it says is tried before it is written."""
        page, state = self._page, self._page.state
        if state is None or not page.may_edit:
            return
        note = "先看变动，再录入。星期、天数与日期不符的会指出。"
        strip = ActStrip(f"录入 {state.year} 年放假安排", "查看变动", page.desk.suite.today, note=note)
        reader = Button("从工作簿读入…")
        reader.clicked.connect(self._choose_file)
        strip.head.addWidget(reader)
        source = f"国务院办公厅关于{state.year}年部分节假日安排的通知"
        strip.show_fields(NOTICE_FIELDS, {"source": source, "notice": text})
        strip.submitted.connect(lambda: self._try_notice(strip))
        self.begin(strip)
        strip.form.rows["notice"].editor.setFocus()

    def _choose_file(self) -> None:
        path = opening_path(self._page, "放假安排工作簿", TABLE_FILE)
        if path is not None:
            self.read_file(path)

    def read_file(self, path: Path) -> None:
        """Put a workbook's days into the strip as text, so that they are seen before they are written."""
        strip = self.strip

        def came(text: str) -> None:
            if isinstance(strip, ActStrip) and strip is self.strip:
                strip.form.rows["notice"].editor.set_value(text)
                strip.form.rows["notice"].editor.edited.emit()

        self._asking.work(lambda: calendar_lines(path), came, lambda error: self.refused(strip, error))

    def _try_notice(self, strip: ActStrip) -> None:
        state = self._page.state
        if state is None:
            return
        command = AddCalendarDays(
            year=state.year,
            notice=str(strip.value("notice")),
            source=str(strip.value("source")),
            publish=True,
            expected_version=state.version,
        )
        self._asking.run(
            command,
            lambda done: self._show_trial(command, done),
            lambda error: self.refused(strip, error),
            dry_run=True,
        )

    def _show_trial(self, command: AddCalendarDays, done: Done) -> None:
        """Say what would be written and what would move; only now it is written."""
        page = self._page
        told = done.text.replace("已录入", "将录入", 1)
        strip = ActStrip(told, "录入并发布", page.desk.suite.today, note=moved_words(done.result[RESULT]))
        strip.back.setText("返回修改")
        strip.submitted.connect(lambda: self.send(command))
        self.begin(strip)
        strip.dropped.disconnect(self.close)
        strip.dropped.connect(lambda: self.ask_notice(text=command.notice))

    # A day.

    def ask_day(self) -> None:
        """Correct the day in front."""
        page, state = self._page, self._page.state
        if state is None or not page.may_edit:
            return
        day = page.view.day
        entry = state.entries.get(day)
        strip = ActStrip(f"更正 {page.view.words(day)}", "更正", page.desk.suite.today)
        now = PLAIN if entry is None else WORKED if entry.working else OFF
        strip.show_fields(DAY_FIELDS, {"kind": now, "festival": entry.festival if entry else ""})
        strip.submitted.connect(
            lambda: self.send(
                CorrectCalendarDay(
                    day=day,
                    working={OFF: False, WORKED: True, PLAIN: None}[strip.value("kind")],
                    festival=str(strip.value("festival") or ""),
                    source=str(strip.value("source")),
                    expected_version=state.version,
                )
            )
        )
        self.begin(strip)

    # A year.

    def ask_publishing(self) -> None:
        """Publish the year in front, or take that back."""
        page, state = self._page, self._page.state
        if state is None or not page.may_edit:
            return
        if state.published:
            self._ask_withdrawing(state.year, state.version)
            return
        command = PublishCalendarYear(year=state.year, expected_version=state.version)
        self._asking.run(
            command,
            lambda done: self._show_publishing(command, done),
            lambda error: page.desk.refused.emit(str(error)),
            dry_run=True,
        )

    def _show_publishing(self, command: PublishCalendarYear, done: Done) -> None:
        page = self._page
        title = f"发布 {command.year} 年放假安排：此后按录入的日期推算，不再是暂估"
        strip = ActStrip(title, "发布", page.desk.suite.today, note=moved_words(done.result[RESULT]))
        strip.submitted.connect(lambda: self.send(command))
        self.begin(strip)

    def _ask_withdrawing(self, year: int, version: int) -> None:
        strip = ConfirmStrip(f"撤回 {year} 年的发布：录入的日期留作草稿，到期日改为暂估。", "撤回发布")
        strip.confirmed.connect(
            lambda reason: self.send(WithdrawCalendarYear(year=year, reason=reason, expected_version=version))
        )
        self.begin(strip)
