"""问数: pick a roster, filters and grouping; get table, chart and 口径; remember the question."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from suite.contract.declarations import Field, FieldType, RecordKind
from suite.database.engine import ReadSession
from suite.kernel.exchange.leaving import export_file
from suite.kernel.registry.districts import short_district_names
from suite.kernel.reports.answer_file import answer_log, answer_refusal, names_left_out, write_answer
from suite.kernel.reports.questions import (
    Answer,
    Question,
    QuestionLine,
    SaveQuestion,
    answer,
    groupable,
    packed_filters,
    questions,
)
from suite.ui.kind_chooser import KindChooser
from suite.ui.kit.act_strip import ActStrip
from suite.ui.kit.columns import Align, Column, ColumnKind
from suite.ui.kit.fields import Choice, FieldKind, FieldSpec
from suite.ui.kit.file_dialogs import WORKBOOK, saving_path
from suite.ui.kit.form import Form, SectionSpec
from suite.ui.kit.panes import scrolled
from suite.ui.kit.text import label
from suite.ui.kit.tokens import S8, S12, TextSize
from suite.ui.pages.indicators.district_bars import LONG_NAME, DistrictBar, DistrictBars
from suite.ui.pages.reports.part import ReportsPart

if TYPE_CHECKING:
    from suite.ui.pages.reports.page import ReportsPage

COLUMNS = (
    Column(key="name", title="分组", width=220, stretch=True, least=140),
    Column(key="number", title="数量", kind=ColumnKind.NUMBER, width=84),
    Column(key="share", title="占比", width=76, align=Align.RIGHT),
)
ANY, NONE = "", ""
#: So many filters of a roster are offered, and so many bars drawn.
MOST_FILTERS, MOST_BARS = 6, 24


class Read(NamedTuple):
    """What the form offers."""

    districts: dict[str, str]
    saved: list[QuestionLine]


class AskedPart(ReportsPart):
    """The form above; table, chart and 口径 below."""

    def __init__(self, page: ReportsPage) -> None:
        super().__init__(page, "问数的结果", COLUMNS)
        self.chooser = KindChooser(page.desk)
        self.chooser.chosen.connect(lambda _kind: self._offer())
        self.bar.row.insertWidget(0, self.chooser)
        self.read: Read | None = None
        self.answer: Answer | None = None
        self.form = Form(())
        self.column.insertWidget(1, self.form)
        self.saved = self.add_act("已存的问数", self._offer_saved)
        self.keep = self.add_act("保存问数…", self.ask_keep)
        self.file = self.add_act("导出", self.export, icon="export")
        self.ask = self.add_act("取数", self.count, primary=True)
        self._lay_out_answer()
        self.show_rows([], [], "选好名册、条件和分组，点“取数”。结果可以导出成工作簿，也可以存下来下次再取。")
        self._allow()

    def _lay_out_answer(self) -> None:
        """The table at the left, chart and 口径 at the right of it."""
        self.column.removeWidget(self.table)
        row = QHBoxLayout()
        row.setContentsMargins(S12, 0, S12, S8)
        row.setSpacing(S12)
        row.addWidget(self.table, 4)
        side = QWidget()
        right = QVBoxLayout(side)
        right.setContentsMargins(S8, S8, S8, S8)
        self.heading = label("", size=TextSize.SECTION, bold=True, wrap=True)
        right.addWidget(self.heading)
        self.bars = DistrictBars(of="分组", names=LONG_NAME)
        right.addWidget(self.bars)
        self.basis = label("", tone="text2", size=TextSize.CAPTION, wrap=True)
        right.addWidget(self.basis)
        right.addStretch()
        self.side = scrolled(side)
        self.side.hide()
        row.addWidget(self.side, 5)
        self.column.insertLayout(2, row, 1)

    # The form.

    def refresh(self) -> None:
        suite, actor = self.page.desk.suite, self.page.desk.actor

        def query(session: ReadSession) -> Read:
            return Read(
                districts=short_district_names(session), saved=questions(session, actor, suite.catalog)
            )

        self.page.asking.read(query, self._came, self.lost)

    def _came(self, read: Read) -> None:
        first = self.read is None
        self.read = read
        if first:
            self._offer()
        self._allow()

    @property
    def kind(self) -> RecordKind | None:
        """The roster that is asked."""
        return self.chooser.kind

    def filters(self) -> list[Field]:
        """The fields that the form filters by."""
        if self.kind is None:
            return []
        apart = (FieldType.CODE, FieldType.DISTRICT, FieldType.BOOLEAN)
        fields = [field for field in groupable(self.kind) if field.type in apart]
        return sorted(fields, key=lambda field: not field.listed)[:MOST_FILTERS]

    def _offer(self, question: Question | None = None) -> None:
        """The form of a roster, filled with a question where there is one."""
        if self.kind is None or self.read is None:
            self.empty.set_sentence("您没有可以查看的名册，请联系科室管理员。")
            return
        specs = [
            FieldSpec(
                key="as_of", title="截止日期", kind=FieldKind.DATE, quiet=True, placeholder="不填为现在"
            )
        ]
        specs += [
            FieldSpec(
                key=field.key,
                title=field.title,
                kind=FieldKind.CHOICE,
                choices=(Choice(ANY, "不限"), *self._choices(field)),
                quiet=True,
            )
            for field in self.filters()
        ]
        groups = [Choice(NONE, "不分组"), *(Choice(field.key, field.title) for field in groupable(self.kind))]
        specs.append(
            FieldSpec(key=":by", title="分组", kind=FieldKind.CHOICE, choices=tuple(groups), quiet=True)
        )
        former, self.form = self.form, Form([SectionSpec(title="", fields=tuple(specs))])
        values: dict[str, object] = {field.key: ANY for field in self.filters()}
        values[":by"] = "district_code" if "district_code" in self.kind.by_key else NONE
        if question is not None:
            values["as_of"], values[":by"] = question.as_of, question.group_by
            for key, wanted in question.filters.items():
                if key in values and isinstance(wanted, Sequence) and len(wanted) == 1:
                    values[key] = _text(wanted[0])
        self.form.set_values(values)
        self.column.replaceWidget(former, self.form)
        former.hide()
        former.deleteLater()

    def _choices(self, field: Field) -> list[Choice]:
        catalog = self.page.desk.suite.catalog
        if field.type is FieldType.DISTRICT and self.read is not None:
            return [Choice(code, name) for code, name in self.read.districts.items()]
        if field.type is FieldType.BOOLEAN:
            return [Choice("true", "是"), Choice("false", "否")]
        return [Choice(code.value, code.title) for code in catalog.codes[field.codes or ""].codes]

    def question(self) -> Question | None:
        """What the form asks; None while a date in it cannot be read."""
        if self.kind is None or not self.form.rows or not self.form.check():
            return None
        filters: dict[str, Sequence[Any]] = {}
        for field in self.filters():
            value = self.form.rows[field.key].current()
            if value not in (None, ANY):
                filters[field.key] = (value == "true",) if field.type is FieldType.BOOLEAN else (value,)
        day = self.form.rows["as_of"].current()
        return Question(
            kind=self.kind.key,
            filters=filters,
            group_by=str(self.form.rows[":by"].current() or ""),
            as_of=day if isinstance(day, dt.date) else None,
        )

    # The answer.

    def count(self) -> None:
        """Ask what the form says."""
        question = self.question()
        if question is not None:
            self.put(question)

    def put(self, question: Question) -> None:
        """Ask a question."""
        suite, actor = self.page.desk.suite, self.page.desk.actor

        def query(session: ReadSession) -> Answer:
            return answer(session, actor, suite.catalog, question, suite.today)

        self.said.setText("正在取数…")
        self.page.asking.read(query, self._answered, self._failed)

    def _failed(self, error: Exception) -> None:
        self.said.setText("")
        self.lost(error)

    def _answered(self, found: Answer) -> None:
        self.answer = found
        groups = found.groups or (("合计", found.total),)
        self.show_rows(
            [(name, number, _share(number, found.total)) for name, number in groups],
            [name for name, _ in groups],
            "没有符合条件的。放宽条件或换一个日期再取。",
        )
        self.said.setText(f"合计 {found.total:,} {found.kind.unit}")
        self.heading.setText(found.title)
        self.bars.set_bars(
            [
                DistrictBar(name, float(number), f"{number:,}", f"{name} {number:,}", True)
                for name, number in found.groups[:MOST_BARS]
            ]
        )
        self.basis.setText("\n".join(f"{title}：{words}" for title, words in found.basis))
        self.side.show()
        self._allow()

    def _allow(self) -> None:
        none = "" if self.answer is not None else "请先取数"
        why = none if self.answer is None else answer_refusal(self.page.desk.actor, self.answer)
        self.file.set_refusal(why)
        self.keep.set_refusal(none)
        saved = self.read.saved if self.read is not None else []
        self.saved.set_refusal("" if saved else "还没有保存过问数")

    # Remembering.

    def _offer_saved(self) -> None:
        menu = QMenu(self)
        for item in self.read.saved if self.read is not None else ():
            words = item.title if item.own else f"{item.title}（他人共享）"
            menu.addAction(words).triggered.connect(lambda _=False, item=item: self.ask_again(item))
        self.saved.open_menu(menu)

    def ask_again(self, item: QuestionLine) -> None:
        """Ask a remembered question."""
        kind = self.page.desk.suite.catalog.kinds[item.question.kind]
        self.chooser.set_kind(kind)
        self._offer(item.question)
        self.put(item.question)

    def ask_keep(self) -> None:
        """Remember the question that was answered."""
        found = self.answer
        if found is None:
            return
        strip = ActStrip("保存问数", "保存问数", self.page.desk.suite.today, note="以后按名称再取。")
        strip.show_fields(
            (
                FieldSpec(key="name", title="名称", required=True, quiet=True),
                FieldSpec(key="shared", title="别人也可以用", kind=FieldKind.BOOL, quiet=True),
            ),
            {"name": found.title},
        )

        def send() -> None:
            asked = found.question
            self.page.acts.send(
                SaveQuestion(
                    name=str(strip.value("name") or ""),
                    kind=asked.kind,
                    filters=packed_filters(asked.filters),
                    words=asked.words,
                    group_by=asked.group_by,
                    as_of=asked.as_of,
                    shared=bool(strip.value("shared")),
                )
            )

        strip.submitted.connect(send)
        self.page.acts.begin(strip)

    # The file.

    def export(self) -> None:
        """Save the answer where the person says."""
        if self.answer is None:
            return
        path = saving_path(self, "导出问数", f"{self.answer.title}.xlsx", WORKBOOK)
        if path is not None:
            self.export_to(path)

    def export_to(self, path: Path) -> None:
        """Write table, chart, names and 口径, noted before it appears."""
        found = self.answer
        if found is None:
            return
        suite, actor = self.page.desk.suite, self.page.desk.actor
        log = answer_log(actor, found)
        left_out = names_left_out(actor, found)

        def write(_ticket: object) -> int:
            with suite.reading() as session:
                return export_file(
                    path,
                    log,
                    actor,
                    run=suite.run,
                    content=found.title,
                    write=lambda place, basis: write_answer(
                        session, actor, suite.catalog, found, place, basis
                    ),
                )

        def told(rows: int) -> None:
            said = f"；{left_out}" if left_out else f"，名单 {rows:,} 条"
            self.page.happened.emit(f"已导出到 {path.name}{said}")

        self.page.work.begin("导出问数", write, told)


def _share(number: int, total: int) -> str:
    return f"{number / total:.1%}" if total else "—"


def _text(value: object) -> object:
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else value
