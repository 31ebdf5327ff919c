"""日历: the days off and worked weekends of a year, whether it is published, and what is done about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from suite.contract.commands import Done
from suite.contract.states import StateKind
from suite.kernel.clocks.calendar import YearState, work_calendar, year_state
from suite.kernel.clocks.workdays import FIRST_DAY, LAST_DAY, WorkCalendar
from suite.ui.asking import Asking
from suite.ui.desk import Desk, sentence_of
from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.notices import Notice, NoticeKind
from suite.ui.kit.page import Page
from suite.ui.kit.panes import Bar, Frame, Pane
from suite.ui.kit.state import StateChip, StateValue
from suite.ui.kit.text import ElidedLabel, label
from suite.ui.kit.tokens import S8, S12, Height, TextSize
from suite.ui.kit.year_view import DayMark, YearView
from suite.ui.pages.settings.calendar_acts import CalendarActs

PERMISSION = "core:calendar:edit"
NO_RIGHT = "您没有维护工作日历的权限，请系统管理员给您或同事“工作日历维护”角色"
PUBLISHED = StateValue(StateKind.OK, "已发布")
UNPUBLISHED = StateValue(StateKind.WARN, "未发布，暂估")


def marks_of(state: YearState, calendar: WorkCalendar) -> Mapping[dt.date, DayMark]:
    """What the year view marks: the entries of the notice, and for an unpublished year the statutory days."""
    draft = not state.published
    marks = {
        day: DayMark(entry.working, f"{entry.festival}{'，草稿' if draft else ''}", draft)
        for day, entry in state.entries.items()
    }
    if draft:
        first = dt.date(state.year, 1, 1)
        for day in (first + dt.timedelta(days=n) for n in range(366)):
            if day.year == state.year and calendar.festival(day):
                marks.setdefault(day, DayMark(False, f"{calendar.festival(day)}，法定", True))
    return marks


class CalendarPage(Page):
    """One year at a time; everybody may look, keeping it takes a right."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("calendar", "日历", "calendar", parent)
        self.desk = desk
        self.asking = Asking(desk, self)
        self.state: YearState | None = None
        self.year = desk.suite.today.year
        refusal = "" if desk.actor.may(PERMISSION) else NO_RIGHT
        top = Bar("window", Height.PROFESSION_TABS)
        self.earlier = Button("上一年", look=Look.LINK)
        self.heading = label("", size=TextSize.SECTION, bold=True)
        self.later = Button("下一年", look=Look.LINK)
        self.chip = StateChip(UNPUBLISHED)
        self.source = ElidedLabel("", tone="text2", size=TextSize.CAPTION)
        self.publish = Button("发布…")
        self.enter = Button("录入通知…", icon_name="plus", look=Look.PRIMARY)
        for widget in (self.earlier, self.heading, self.later, self.chip):
            top.row.addWidget(widget)
        top.row.addWidget(self.source, 1)
        for button in (self.publish, self.enter):
            button.set_refusal(refusal)
            top.row.addWidget(button)
        self.content.addWidget(top)
        strips = QVBoxLayout()
        self.content.addLayout(strips)
        body = QVBoxLayout()
        body.setContentsMargins(S12, S8, S12, S8)
        pane = Pane()
        self.view = YearView()
        ground = Frame("surface")
        inner = QVBoxLayout(ground)
        inner.setContentsMargins(S12, S12, S12, S12)
        inner.addWidget(self.view, 1)
        self._area = area = QScrollArea()  # a strip above takes the room of a month on a small screen
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(ground)
        pane.body.addWidget(area, 1)
        body.addWidget(pane, 1)
        self.content.addLayout(body, 1)
        foot = Bar("foot", Height.BAR)
        self.told = label("", bold=True)
        self.origin = ElidedLabel("", tone="text2", size=TextSize.CAPTION)
        self.correct = Button("更正这一天…")
        self.correct.set_refusal(refusal)
        foot.row.addWidget(self.told)
        foot.row.addWidget(self.origin, 1)
        foot.row.addWidget(self.correct)
        self.content.addWidget(foot)
        self.acts = CalendarActs(self, strips)
        self.may_edit = not refusal
        self.earlier.clicked.connect(lambda: self.show_year(self.year - 1))
        self.later.clicked.connect(lambda: self.show_year(self.year + 1))
        self.enter.clicked.connect(self.acts.ask_notice)
        self.publish.clicked.connect(self.acts.ask_publishing)
        self.correct.clicked.connect(self.acts.ask_day)
        self.view.day_changed.connect(self._tell_day)
        self.view.day_opened.connect(lambda _day: self.acts.ask_day())
        self.view.year_wanted.connect(self.show_year)
        desk.changed.connect(self._changed)
        self.set_hints("方向键 选日　PgUp/PgDn 换年　Enter 更正")
        self.refresh()

    # Reading.

    def refresh(self) -> None:
        """F5."""
        year = self.year
        self.asking.read(
            lambda session: (year_state(session, year), work_calendar(session)), self._came, self._lost
        )

    def show_year(self, year: int) -> None:
        """Read another year; the calendar's range bounds it."""
        if FIRST_DAY.year <= year <= LAST_DAY.year and year != self.year:
            self.year = year
            self.acts.close()
            self.refresh()

    def _came(self, answer: tuple[YearState, WorkCalendar]) -> None:
        state, calendar = answer
        if state.year != self.year:
            return
        self.state = state
        self.heading.setText(f"{state.year} 年")
        self.chip.set_state(PUBLISHED if state.published else UNPUBLISHED)
        first, last = dt.date(state.year, 1, 1), dt.date(state.year, 12, 31)
        worked = calendar.working_between(first, last) + calendar.is_working(first)
        told = f"工作日 {worked} 天"
        noted = [entry for entry in state.entries.values() if entry.working]
        if state.entries:
            told += f"　休 {len(state.entries) - len(noted)} 天　班 {len(noted)} 天"
        if not state.published:
            told += "　按周末和 13 个法定节假日推算，经过本年的到期日都是暂估"
        self.source.setText("　".join(part for part in (told, state.source) if part))
        self.publish.setText("撤回发布…" if state.published else "发布…")
        self.publish.setVisible(bool(state.entries))
        self.view.show_year(state.year, marks_of(state, calendar), self.desk.suite.today)

    def _tell_day(self, day: dt.date) -> None:
        self.told.setText(self.view.words(day))
        place = self.view.day_rect(day)
        self._area.ensureVisible(place.center().x(), place.center().y(), 0, place.height())
        found = self.state.sources.get(day, "") if self.state is not None else ""
        self.origin.setText(f"依据：{found}" if found else "")

    def _lost(self, error: Exception) -> None:
        buttons = (("重试", self.refresh),)
        self.show_notice(Notice(kind=NoticeKind.BAD, text=sentence_of(error), buttons=buttons, closable=True))

    def _changed(self, done: Done) -> None:
        if any(change.kind == "core.calendar" for change in done.changes):
            self.refresh()

    # What the window asks.

    def has_unsaved(self) -> bool:
        """True while something is typed in a strip."""
        return self.acts.has_edits()

    def discard(self) -> None:
        """Forget what was typed."""
        self.acts.close()

    def step_back(self) -> bool:
        """Esc: close the strip."""
        return self.acts.close()

    def focus_start(self) -> None:
        """The keyboard goes to the year."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_ring(self) -> tuple[QWidget, ...]:
        """The buttons above, the year."""
        return (self.enter, self.view)
