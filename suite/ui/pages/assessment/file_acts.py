"""Files of a season: reminders, one letter to each; the stamping list, the list of results, the circular."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from suite.contract.commands import Done
from suite.kernel.assessment.boards import BoardLine
from suite.kernel.assessment.reminders import mailing, write_letters
from suite.kernel.assessment.standing import WALKING
from suite.kernel.assessment.windows import window_of
from suite.kernel.exchange.season_files import (
    SeasonList,
    circular_copy,
    list_copy,
    save_circular,
    save_list,
)
from suite.kernel.parameters.queries import parameters_on
from suite.ui.desk import Ticket
from suite.ui.kit.act_strip import ActStrip
from suite.ui.kit.fields import Choice, FieldKind, FieldSpec
from suite.ui.kit.file_dialogs import WORD_FILE, WORKBOOK, plain_name, saving_path
from suite.ui.kit.notices import NoticeKind
from suite.ui.strip_place import StripPlace

if TYPE_CHECKING:
    from suite.ui.pages.assessment.page import AssessmentPage


class FileActs:
    """Belongs to one page. Places are chosen by the system; `remind_to` and `list_to` take a path."""

    def __init__(self, page: AssessmentPage, place: StripPlace) -> None:
        self._page, self._place = page, place

    # Reminders.

    def owing(self, step: str) -> list[BoardLine]:
        """Who still owes a step: of the checked ones, else of all that the filter shows."""
        lines = self._page.checked or self._page.listed
        return [line for line in lines if line.standing in WALKING and line.step == step]

    def ask_remind(self) -> None:
        """Which step is owed, until when, and under which number."""
        board = self._page.board
        if board is None:
            return
        steps = [step for step in board.sheet.scheme.steps if not step.decides and self.owing(step.key)]
        if not steps:
            self._page.tell("名单中列出的对象没有欠报的环节，不用催报。")
            return
        today = self._page.desk.suite.today
        choices = tuple(
            Choice(step.key, step.title, note=f"{len(self.owing(step.key)):,} 个") for step in steps
        )
        scope = f"勾选的 {len(self._page.checked):,} 个" if self._page.checked else "名单中列出的"
        note = f"{scope}对象中仍欠这一环节的，每个机构一份文书；下次只催仍欠的。模板在文书模板中可以更换。"
        strip = ActStrip("催报", "选择保存位置…", today, note=note, ahead=True)
        strip.show_fields(
            (
                FieldSpec(
                    key="step",
                    title="欠报的环节",
                    kind=FieldKind.CHOICE,
                    choices=choices,
                    required=True,
                    quiet=True,
                ),
                FieldSpec(
                    key="until", title="报送期限", kind=FieldKind.DATE, required=True, quiet=True, ahead=True
                ),
                FieldSpec(key="number", title="文号", quiet=True, placeholder="没有的可以不填"),
            ),
            {"step": steps[0].key, "until": self._usual_day(steps[0].key)},
        )
        strip.submitted.connect(lambda: self._choose_folder(strip))
        self._place.begin(strip)

    def _usual_day(self, step: str) -> dt.date:
        """The last day of the step where it is still ahead, else a week from now."""
        board, today = self._page.board, self._page.desk.suite.today
        week = today + dt.timedelta(days=7)
        if board is None:
            return week
        window = window_of(board.sheet.scheme.by_step[step], board.campaign.last, self._page.parameters)
        return window.last if window is not None and window.last > today else week

    def _choose_folder(self, strip: ActStrip) -> None:
        chosen = QFileDialog.getExistingDirectory(self._page, "选择保存催报通知的文件夹")
        if chosen:
            self.remind_to(
                Path(chosen), str(strip.value("step")), strip.value("until"), str(strip.value("number") or "")
            )

    def remind_to(self, folder: Path, step: str, until: dt.date, number: str = "") -> None:
        """Write a letter to each body that owes the step, and note it; 取消 leaves nothing."""
        board, suite, actor = self._page.board, self._page.desk.suite, self._page.desk.actor
        if board is None:
            return
        lines, strip = self.owing(step), self._place.strip
        numbers = self._page.parameters
        organ = str(numbers["core.paper.organ"])

        def write(ticket: Ticket) -> tuple[Done, Path, int]:
            found = mailing(
                board, step, lines, organ=organ, today=suite.today, parameters=numbers, number=number,
                until=until,
            )  # fmt: skip
            with suite.reading() as session:
                done, made = write_letters(
                    session, found, folder, actor, run=suite.run, progress=ticket.report
                )
            return done, made, len(found.letters)

        def written(answer: tuple[Done, Path, int]) -> None:
            done, made, letters = answer
            if strip is self._place.strip:
                self._place.close()
            self._page.desk.changed.emit(done)
            self._page.work.tell(NoticeKind.OK, f"{letters:,} 份催报通知已写入“{made.name}”。{done.text}。")

        self._page.work.begin("正在制作催报通知", write, written)

    # Lists.

    def ask_list(self, what: str) -> None:
        """Where a list is to be saved."""
        wanted = SeasonList(what)
        campaign = self._page.campaign
        if campaign is None:
            return
        kinds = f"{WORKBOOK};;{WORD_FILE}" if wanted is SeasonList.RESULTS else WORKBOOK
        name = plain_name(f"{campaign.title}{wanted.words}")
        path = saving_path(self._page, f"保存{wanted.words}", f"{name}.xlsx", kinds)
        if path is not None:
            self.list_to(path, wanted)

    def ask_circular(self) -> None:
        """Where the circular over the season is to be saved."""
        campaign = self._page.campaign
        if campaign is None:
            return
        name = plain_name(f"{campaign.title}情况通报")
        path = saving_path(self._page, "保存情况通报", f"{name}.docx", WORD_FILE)
        if path is not None:
            self.circular_to(path)

    def circular_to(self, path: Path) -> None:
        """Write the circular over the whole season."""
        board, suite, actor = self._page.board, self._page.desk.suite, self._page.desk.actor
        if board is None:
            return

        def write(_ticket: Ticket) -> int:
            with suite.reading() as session:
                numbers = parameters_on(session, suite.catalog, suite.today)
                copy = circular_copy(session, actor, suite.catalog, board, numbers, today=suite.today)
            return save_circular(path, copy, actor, run=suite.run)

        self._page.work.begin(
            "正在制作情况通报",
            write,
            lambda number: self._page.work.tell(
                NoticeKind.OK, f"情况通报（{number:,} 个对象）已写入“{path.name}”。"
            ),
        )

    def list_to(self, path: Path, what: SeasonList) -> None:
        """Write a list of the checked ones, else of all that the filter shows; of the results all of them."""
        board, suite, actor = self._page.board, self._page.desk.suite, self._page.desk.actor
        if board is None:
            return
        lines: Sequence[BoardLine] = self._page.checked or self._page.listed
        if what is SeasonList.RESULTS and not self._page.checked:
            lines = board.lines
        conditions = self._page.filter_words

        def write(_ticket: Ticket) -> int:
            with suite.reading() as session:
                numbers = parameters_on(session, suite.catalog, suite.today)
                copy = list_copy(
                    session, what, board, lines, numbers, today=suite.today, conditions=conditions
                )
            return save_list(path, copy, actor, run=suite.run)

        self._page.work.begin(
            f"正在写出{what.words}",
            write,
            lambda number: self._page.work.tell(
                NoticeKind.OK, f"{what.words}（{number:,} 个）已写入“{path.name}”。"
            ),
        )
