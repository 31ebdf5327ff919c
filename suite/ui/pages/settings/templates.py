"""文书模板: which template each paper is set by, since when and by whom; export, example, load, go back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from suite.contract.problems import Refused
from suite.contract.states import StateKind
from suite.database.engine import ReadSession
from suite.kernel.casework.papers.commands import ReplaceTemplate
from suite.kernel.casework.papers.queries import FileContent
from suite.kernel.casework.papers.samples import template_example, template_file
from suite.kernel.casework.papers.templates import TemplateLine, all_templates, template_refusal
from suite.kernel.documents.own_template import own_problems
from suite.kernel.documents.reading import Block, blocks_of
from suite.kernel.parameters.queries import parameters_on
from suite.ui.desk import Desk, sentence_of
from suite.ui.kit.act_strip import ActStrip
from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.columns import Column, ColumnKind
from suite.ui.kit.fields import FieldSpec
from suite.ui.kit.file_dialogs import WORD_FILE, opening_path, plain_name, saving_path
from suite.ui.kit.panes import FlowLayout
from suite.ui.kit.state import StateValue
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import S8, S12, Width
from suite.ui.pages.settings.filtered import FilteredPage
from suite.ui.pages.settings.paper_preview import PaperPreview
from suite.ui.reading_file import read_file, write_file
from suite.ui.strip_place import StripPlace

COLUMNS = (
    Column(key="owner", title="条线", width=76),
    Column(key="title", title="文书", width=190),
    Column(key="kinds", title="用于", width=150, stretch=True),
    Column(key="state", title="所用模板", kind=ColumnKind.STATE, width=124),
    Column(key="since", title="载入日期", kind=ColumnKind.DATE, width=96),
    Column(key="by", title="载入人", width=76),
)
SHIPPED = StateValue(StateKind.NEUTRAL, "随附")
FILLED = "〔〕中是办件时填入的内容；版式以导出的文件为准。"
NOTE = FieldSpec(
    key="note", title="说明", quiet=True, wide=True, placeholder="为什么更换，如文号或版式的新规定"
)


class TemplatesPage(FilteredPage[TemplateLine]):
    """The list, and beside it an example of the paper in front. Who may not replace it may export."""

    apart_title = "本局模板"
    watched = "core.template"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            "templates",
            "文书模板",
            "document",
            COLUMNS,
            placeholder="文书、办件种类（Ctrl+F）",
            parent=parent,
        )
        self.acts = StripPlace(self, self.strips, self.asking)
        self.preview = PaperPreview()
        self.preview.setFixedWidth(theme().pixels(Width.CASE_COLUMN))
        self.across.addWidget(self.preview)
        foot, inner = QWidget(), QWidget()
        around = QVBoxLayout(foot)
        around.setContentsMargins(S12, S8, S12, S12)
        around.addWidget(inner)
        row = FlowLayout(inner, spacing=S8)
        self.export, self.example, self.load, self.back = (
            Button(words, look=Look.NORMAL)
            for words in ("导出模板…", "保存示例…", "载入本局模板…", "改用随附的模板…")
        )
        for button in (self.export, self.example, self.load, self.back):
            row.addWidget(button)
        self.preview.body.addWidget(foot)
        self.export.clicked.connect(lambda: self._copy(template=True))
        self.example.clicked.connect(lambda: self._copy(template=False))
        self.load.clicked.connect(self._choose)
        self.back.clicked.connect(self.ask_back)
        self._asked = 0
        self._allow()
        self.refresh()

    # What the list says.

    def read(self, session: ReadSession) -> list[TemplateLine]:
        """All templates."""
        return all_templates(session, self.desk.suite.catalog)

    def cells(self, line: TemplateLine) -> tuple[Any, ...]:
        """A template in a row."""
        own = line.version > 0
        state = StateValue(StateKind.OK, f"本局第 {line.version} 版") if own else SHIPPED
        since = line.loaded_at.date() if own and line.loaded_at is not None else None
        return line.template.title, self._kinds(line), state, since, line.loaded_by if own else ""

    def words(self, line: TemplateLine) -> str:
        """Title, kinds, key."""
        return f"{line.template.title}\n{self._kinds(line)}\n{line.key}\n{line.file_name}"

    def apart(self, line: TemplateLine) -> bool:
        """Whether it is the bureau's own."""
        return line.version > 0

    def note_of(self, line: TemplateLine) -> str:
        """The file that was loaded, and how many placeholders there are."""
        told = f"可用占位符 {len(line.names)} 个，导出的模板中用 {{{{ 名称 }}}} 表示"
        return f"{line.file_name}　{told}" if line.file_name else told

    @staticmethod
    def _kinds(line: TemplateLine) -> str:
        return "、".join(kind.title for kind in line.kinds) or "不经办件"

    # The example of the one in front.

    @property
    def line(self) -> TemplateLine | None:
        """The template in front."""
        row = self.table.current_row
        return self.shown[row] if 0 <= row < len(self.shown) else None

    def _tell(self, row: int) -> None:
        super()._tell(row)
        self._allow()
        if self.line is not None:
            self._show_example(self.line)

    def _allow(self) -> None:
        line = self.line
        why = "先在表中选择一份文书" if line is None else template_refusal(self.desk.actor, line.owner)
        for button in (self.export, self.example):
            button.set_refusal("先在表中选择一份文书" if line is None else "")
        self.load.set_refusal(why)
        self.back.set_refusal(why or ("用的就是随附的模板" if line is not None and not line.version else ""))

    def _show_example(self, line: TemplateLine, content: bytes = b"", file: str = "") -> None:
        self.preview.title.setText(line.template.title)
        self._asked += 1
        asked = self._asked

        def query(session: ReadSession) -> list[Block]:
            return blocks_of(self._example(session, line, content).content)

        def came(blocks: list[Block]) -> None:
            # What was asked for before may come later, and be of another file of the same template.
            if asked == self._asked:
                self.preview.show_blocks(blocks, f"{file}，尚未载入。{FILLED}" if file else FILLED)

        self.asking.read(query, came, lambda error: self.preview.say(sentence_of(error)))

    def _example(self, session: ReadSession, line: TemplateLine, content: bytes = b"") -> FileContent:
        suite = self.desk.suite
        organ = str(parameters_on(session, suite.catalog, suite.today)["core.paper.organ"])
        return template_example(session, line, organ, suite.today, content)

    # Copies.

    def _copy(self, *, template: bool) -> None:
        line = self.line
        if line is None:
            return
        name = plain_name(line.template.title)
        path = saving_path(self, "保存", f"{name}{'模板' if template else '示例'}.docx", WORD_FILE)
        if path is not None:
            self.save_to(path, template=template)

    def save_to(self, path: Path, *, template: bool) -> None:
        """Write the template in use, or its example."""
        line = self.line
        if line is None:
            return

        def query(session: ReadSession) -> FileContent:
            return template_file(session, line) if template else self._example(session, line)

        def came(found: FileContent) -> None:
            self.asking.work(
                lambda: write_file(path, found.content),
                lambda _done: self.happened.emit(f"已保存到 {path.name}"),
                lambda error: self.desk.refused.emit(sentence_of(error)),
            )

        self.asking.read(query, came)

    # Replacing.

    def _choose(self) -> None:
        path = opening_path(self, "选取本局的模板", WORD_FILE)
        if path is not None:
            self.load_from(path)

    def load_from(self, path: Path) -> None:
        """Look a file through, show its example, and ask whether it is to be loaded."""
        line = self.line
        if line is None:
            return
        note = "从此签发的文书用它；已签发的不变。所有版本都保留，随时可以改回。"
        strip = ActStrip(f"载入{path.name}：{line.template.title}", "载入", self.desk.suite.today, note=note)
        strip.show_fields((NOTE,), {})
        strip.act.set_refusal("正在检查文件")

        def looked(content: bytes) -> None:
            if strip is not self.acts.strip:
                return
            strip.act.set_refusal("")
            self._show_example(line, content, path.name)
            strip.submitted.connect(lambda: self._replace(line, strip, path.name, content))

        def refused(error: Exception) -> None:
            if strip is self.acts.strip:
                strip.act.set_refusal("文件不能作为模板，改正后重新选取")
            self.acts.refused(strip, error)

        self.acts.begin(strip)
        self.asking.work(lambda: _checked(path, line), looked, refused)

    def ask_back(self) -> None:
        """Ask whether the shipped template is to be used again."""
        line = self.line
        if line is None or not self.back.isEnabled():
            return
        note = "本局的模板仍保留在记录中。"
        strip = ActStrip(f"改用随附的模板：{line.template.title}", "改用", self.desk.suite.today, note=note)
        strip.show_fields((NOTE,), {})
        strip.submitted.connect(lambda: self._replace(line, strip, "", b""))
        self.acts.begin(strip)

    def _replace(self, line: TemplateLine, strip: ActStrip, name: str, content: bytes) -> None:
        note = str(strip.value("note") or "")
        command = ReplaceTemplate(template=line.key, file_name=name, content=content, note=note)
        self.acts.send(command, lambda done: self.happened.emit(done.text))

    # What the window asks.

    def step_back(self) -> bool:
        """Esc: close the strip, else clear the filter."""
        if self.acts.close():
            if self.line is not None:
                self._show_example(self.line)
            return True
        return super().step_back()

    def focus_ring(self) -> tuple[QWidget, ...]:
        """Filter, table, buttons."""
        return (*super().focus_ring(), self.export, self.example, self.load, self.back)


def _checked(path: Path, line: TemplateLine) -> bytes:
    """The file, where it can be a template; raises Refused with every fault."""
    content = read_file(path)
    if problems := own_problems(content, set(line.names)):
        raise Refused(problems)
    return content
