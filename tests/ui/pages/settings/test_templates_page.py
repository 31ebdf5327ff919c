"""文书模板 in the window: which one is in force, its example, another one loaded, faults told, and back."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from docx import Document
from pytestqt.qtbot import QtBot

from suite.ui.desk import Desk
from suite.ui.kit.act_strip import ActStrip
from suite.ui.pages.settings.templates import TemplatesPage
from tests.ui.pages.settings.conftest import settled

ACCEPTED = "appraisal.complaint_accepted"


def a_template(text: str) -> bytes:
    document = Document()
    document.add_paragraph(text)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_template_is_exported_replaced_and_taken_back(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    page = TemplatesPage(desk)
    qtbot.addWidget(page)
    page.resize(1366, 700)
    page.show()
    settled(qtbot, desk)
    row = next(place for place, line in enumerate(page.shown) if line.template.title == "投诉受理通知书")
    page.table.select_row(row)
    qtbot.waitUntil(lambda: page.preview.title.text() == "投诉受理通知书")
    qtbot.waitUntil(lambda: any("石家庄市司法局" in text for text in page.preview.texts))
    assert not page.back.isEnabled()

    page.save_to(tmp_path / "现用.docx", template=True)
    settled(qtbot, desk)
    assert "{{ 文号 }}" in "".join(p.text for p in Document(str(tmp_path / "现用.docx")).paragraphs)

    wrong = tmp_path / "错.docx"
    wrong.write_bytes(a_template("于{{ 受理日其 }}受理"))
    page.load_from(wrong)
    strip = page.acts.strip
    assert isinstance(strip, ActStrip)
    qtbot.waitUntil(lambda: bool(strip.problem.text()))
    assert "受理日其（正文第 1 段）" in strip.problem.text()
    assert not strip.act.isEnabled()
    assert page.step_back()

    right = tmp_path / "本局.docx"
    right.write_bytes(a_template("本局样式：{{ 案号 }}"))
    page.load_from(right)
    qtbot.waitUntil(lambda: page.preview.texts == ["本局样式：石司鉴投〔2026〕12号"])
    strip = page.acts.strip
    assert isinstance(strip, ActStrip)
    strip.submit()
    settled(qtbot, desk)
    line = page.line
    assert line is not None
    assert (line.template.title, line.version, line.file_name) == ("投诉受理通知书", 1, "本局.docx")
    page.tabs.set_current("?")
    assert [item.key for item in page.shown] == [line.key]
    page.tabs.set_current("")
    page.table.select_row(row)
    qtbot.waitUntil(page.back.isEnabled)
    page.back.click()
    strip = page.acts.strip
    assert isinstance(strip, ActStrip)
    strip.submit()
    settled(qtbot, desk)
    assert page.line is not None
    assert page.line.version == 0
