"""Editing a score sheet: items in a strip, grades, a workbook out and in, the next version."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

from suite.contract.code_sets import members, packed
from suite.contract.problems import Problem, Refused
from suite.kernel.assessment.commands import SaveScheme
from suite.kernel.assessment.schemes import sheet_problems
from suite.kernel.assessment.sheet_rows import (
    COLUMNS,
    MEASURES,
    PARTS,
    SEPARATOR,
    SOURCES,
    criteria_of,
    row_of,
)
from suite.kernel.exchange.scheme_book import ReadSheet, read_scheme, save_scheme
from suite.ui.kit.act_strip import ActStrip
from suite.ui.kit.fields import Choice, FieldKind, FieldSpec
from suite.ui.kit.file_dialogs import WORKBOOK, opening_path, saving_path
from suite.ui.kit.notices import NoticeKind
from suite.ui.strip_place import StripPlace

if TYPE_CHECKING:
    from suite.ui.pages.assessment.scheme_page import SchemePage

KINDS: Mapping[str, Sequence[str]] = {"measure": tuple(MEASURES), "part": tuple(PARTS)}
NUMBERS = ("most", "full", "independent")
WIDE = ("title", "sources", "rule", "article")


class SchemeActs:
    """Belongs to one page."""

    def __init__(self, page: SchemePage, place: StripPlace) -> None:
        self._page, self._place = page, place

    def total(self) -> Decimal:
        """What the items come to as they are typed."""
        found = Decimal(0)
        for row in self._page.rows:
            if row["part"] == next(iter(PARTS)):
                try:
                    found += Decimal(row["most"])
                except InvalidOperation:
                    continue
        return found

    # Items.

    def ask_add(self) -> None:
        """A new item below the current one."""
        place = self._page.table.current_row + 1 if self._page.rows else 0
        former = self._page.rows[place - 1] if place else {}
        blank = dict.fromkeys(COLUMNS, "") | {
            "heading": former.get("heading", ""),
            "part": next(iter(PARTS)),
            "independent": "1",
            "full": "1",
        }
        self._ask("新增评分项", "加入", blank, lambda row: self._page.rows.insert(place, row), place)

    def ask_edit(self) -> None:
        """The current item."""
        page = self._page
        place = page.table.current_row
        if page.edit_refusal() or not 0 <= place < len(page.rows):
            return

        def put(row: dict[str, str]) -> None:
            page.rows[place] = row

        self._ask(f"修改：{page.rows[place]['title']}", "改好", page.rows[place], put, place)

    def _ask(
        self, title: str, act: str, row: dict[str, str], put: Callable[[dict[str, str]], None], place: int
    ) -> None:
        note = "改动先留在本页，保存新版时一并写入；已开展的考核仍用原来的版本。"
        strip = ActStrip(title, act, self._page.desk.suite.today, note=note)
        values: dict[str, object] = dict(row)
        for key in NUMBERS:
            values[key] = Decimal(row[key]) if row[key] else None
        values["sources"] = packed(word for word in row["sources"].split(SEPARATOR) if word)
        strip.show_fields([_spec(key, heading) for key, heading in COLUMNS.items() if key != "key"], values)

        def send() -> None:
            made = {"key": row["key"]} | {key: _text(strip, key) for key in COLUMNS if key != "key"}
            _, problems = criteria_of([made])
            if problems:
                strip.set_problems(
                    {str(problem.field): problem.text.partition("行")[2] for problem in problems}
                )
                return
            put(made)
            self._place.close()
            self._page.problems = {}
            self._page.show_rows(place)

        strip.submitted.connect(send)
        self._place.begin(strip)

    def move(self, by: int) -> None:
        """The current item up or down."""
        page = self._page
        place = page.table.current_row
        if 0 <= place < len(page.rows) and 0 <= place + by < len(page.rows):
            page.rows[place], page.rows[place + by] = page.rows[place + by], page.rows[place]
            page.problems = {}
            page.show_rows(place + by)

    def drop(self) -> None:
        """Take the current item out."""
        page = self._page
        place = page.table.current_row
        if not page.edit_refusal() and 0 <= place < len(page.rows):
            del page.rows[place]
            page.problems = {}
            page.show_rows(place)

    def ask_grades(self) -> None:
        """From how many points on each grade is reached."""
        page = self._page
        if page.sheet is None or page.edit_refusal() or not page.grades:
            return
        strip = ActStrip(
            "等次的分数线", "改好", page.desk.suite.today, note="由高到低；最低的等次没有分数线。"
        )
        specs = [
            FieldSpec(
                key=grade.key,
                title=f"{grade.title}（分起）",
                kind=FieldKind.NUMBER,
                places=2,
                required=True,
                quiet=True,
            )
            for grade in page.sheet.grades
            if grade.key in page.grades
        ]
        strip.show_fields(specs, dict(page.grades))

        def send() -> None:
            page.grades = {spec.key: strip.value(spec.key) for spec in specs}
            self._place.close()
            page.show_rows()

        strip.submitted.connect(send)
        self._place.begin(strip)

    # The next version.

    def ask_save(self) -> None:
        """Why it is revised; what does not add up is shown at its place and nothing is asked."""
        page = self._page
        if page.sheet is None or page.edit_refusal() or not page.has_unsaved():
            return
        criteria, problems = criteria_of(page.rows)
        if not problems:
            grades = [
                type(grade)(
                    key=grade.key, title=grade.title, state=grade.state, quota=grade.quota,
                    at_least=page.grades.get(grade.key),
                )
                for grade in page.sheet.grades
            ]  # fmt: skip
            problems = sheet_problems(criteria, grades)
        if problems:
            self.show_problems(problems)
            return
        note = f"保存为第 {page.latest + 1} 版，以后开展的考核按新版；已开展的不变。"
        strip = ActStrip("保存新版", "保存", page.desk.suite.today, note=note)
        strip.show_fields(
            (FieldSpec(key="note", title="修订依据", required=True, quiet=True, wide=True),), {}
        )
        strip.submitted.connect(
            lambda: self._place.send(
                SaveScheme(
                    scheme=page.key_of_scheme,
                    base_version=page.latest,
                    criteria=criteria,
                    grades=dict(page.grades),
                    note=str(strip.value("note") or ""),
                ),
                page.saved,
            )
        )
        self._place.begin(strip)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Each at its cell; what belongs to none is said above."""
        page = self._page
        page.problems = {
            (problem.row, problem.field or "title" if problem.field in COLUMNS else "title"): problem.text
            for problem in problems
            if problem.row is not None
        }
        page.show_rows(next((row for row, _ in page.problems), None))
        page.tell(NoticeKind.BAD, "　".join(problem.text for problem in problems[:3]))

    # The workbook.

    def ask_export(self) -> None:
        """Where the sheet is to be saved."""
        page = self._page
        if page.sheet is None or not page.rows:
            return
        name = f"{page.sheet.scheme.title}评分表第{page.sheet.version}版.xlsx"
        path = saving_path(page, "导出评分表", name, WORKBOOK)
        if path is not None:
            self.export_to(path)

    def export_to(self, path: Path) -> None:
        """Write the sheet as it was saved last."""
        page, sheet, desk = self._page, self._page.sheet, self._page.desk
        if sheet is not None:
            page.work.begin(
                "正在导出评分表",
                lambda _ticket: save_scheme(path, sheet, desk.actor, run=desk.suite.run),
                lambda number: page.tell(NoticeKind.OK, f"{number} 个评分项已写入“{path.name}”。"),
            )

    def ask_load(self) -> None:
        """Which workbook."""
        if self._page.edit_refusal():
            return
        path = opening_path(self._page, "导入评分表", WORKBOOK)
        if path is not None:
            self.load_from(path)

    def load_from(self, path: Path) -> None:
        """Put the rows of a workbook in place of those here; each cell that cannot be read is told."""
        page, sheet = self._page, self._page.sheet
        if sheet is None:
            return

        def came(found: ReadSheet) -> None:
            page.rows = [row_of(item) for item in found.criteria]
            page.grades |= dict(found.grades)
            page.problems = {}
            page.show_rows(0)
            if page.has_unsaved():
                page.tell(NoticeKind.OK, f"已读入 {len(page.rows)} 个评分项，核对后保存新版。")
            else:
                page.tell(NoticeKind.OK, f"没有变化：“{path.name}”与第 {sheet.version} 版相同，不用保存。")

        def lost(error: Exception) -> None:
            if isinstance(error, Refused) and len(error.problems) > 1:
                told = "　".join(problem.text for problem in error.problems[:3])
                page.tell(NoticeKind.BAD, f"{len(error.problems)} 处不能读入：{told}")
            else:
                page.work.lost(error)

        page.work.begin("正在读取评分表", lambda _ticket: read_scheme(path, sheet.grades), came, lost)


def _spec(key: str, heading: str) -> FieldSpec:
    wide = key in WIDE
    if key in KINDS:
        choices = tuple(Choice(word, word) for word in KINDS[key])
        return FieldSpec(
            key=key, title=heading, kind=FieldKind.CHOICE, choices=choices, required=True, quiet=True
        )
    if key == "sources":
        sources = tuple(Choice(word, word) for word in SOURCES)
        return FieldSpec(
            key=key,
            title=heading,
            kind=FieldKind.CHOICES,
            choices=sources,
            required=True,
            quiet=True,
            wide=wide,
        )
    if key in NUMBERS:
        places = 0 if key == "independent" else 2
        return FieldSpec(
            key=key, title=heading, kind=FieldKind.NUMBER, places=places, required=True, quiet=True
        )
    return FieldSpec(key=key, title=heading, required=key in ("heading", "title"), quiet=True, wide=wide)


def _text(strip: ActStrip, key: str) -> str:
    value = strip.value(key)
    if key == "sources":
        chosen = members(str(value or ""))
        return SEPARATOR.join(word for word in SOURCES if word in chosen)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value or "").strip()
