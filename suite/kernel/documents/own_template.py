"""A .docx template that the bureau made itself: checked before it is kept, filled by docxtpl."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from suite.contract.problems import Problem
from suite.kernel.documents.media import DOCX, content_problems, media_of
from suite.kernel.documents.placeholders import environment, names_of, template_problems

MOST_BYTES = 5 * 1_048_576
MOST_PLACES = 3
#: Where placeholders are filled.
PLACES = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
EXTERNAL = re.compile(r'<Relationship\b(?=[^>]*TargetMode="External")(?![^>]*/hyperlink")[^>]*>')
MARKS = ("{{", "{%", "{#")


def own_problems(content: bytes, known: Set[str], field: str = "content") -> list[Problem]:
    """Why a file cannot be a template; empty where it can. Nothing is filled for it."""
    problems = content_problems(content, MOST_BYTES, field)
    if problems:
        return problems
    if media_of(content) is not DOCX:
        return [Problem(code="template.docx", text="文书模板应为 .docx 文件，请另存后再载入。", field=field)]
    try:
        problems = _part_problems(content, field)
        return problems or [
            _placed(problem, content) for problem in template_problems(_text(content), known, field)
        ]
    except (BadZipFile, KeyError, ValueError, OSError, SyntaxError):
        text = "模板文件已损坏，无法读取。请用 WPS 或 Word 打开后另存再载入。"
        return [Problem(code="template.damaged", text=text, field=field)]


def _part_problems(content: bytes, field: str) -> list[Problem]:
    with ZipFile(BytesIO(content)) as package:
        for name in package.namelist():
            if not name.endswith((".xml", ".rels")):
                continue
            text = package.read(name).decode("utf-8", "replace")
            if name.endswith(".rels") and EXTERNAL.search(text):
                words = "模板引用了文件以外的内容（链接的图片或模板），打开时会去取。请改为插入。"
                return [Problem(code="template.external", text=words, field=field)]
            if not PLACES.fullmatch(name) and any(mark in text for mark in MARKS):
                words = "占位符只能写在正文、页眉和页脚中，请改写。"
                return [Problem(code="template.place", text=words, field=field)]
    return []


def _placed(problem: Problem, content: bytes) -> Problem:
    """The problem with where in the file each placeholder stands that means nothing."""
    unknown: list[str] = (problem.data or {}).get("unknown", [])
    if not unknown:
        return problem
    told = []
    for name in unknown:
        asked = re.compile(rf"{{[{{%][^{{}}]*\b{re.escape(name)}\b")
        found = [place for place, text in _places(content) if asked.search(text)]
        told.append(f"{name}（{'、'.join(found[:MOST_PLACES]) or '文中'}）")
    known = "、".join((problem.data or {}).get("known", []))
    text = f"模板中有不认识的占位符：{'；'.join(told)}。可用的占位符：{known}。"
    return replace(problem, text=text)


def _places(content: bytes) -> Iterator[tuple[str, str]]:
    """Every paragraph with its place in words, as a reader counts: 正文第 3 段, 第 1 个表格第 2 行, 页眉."""
    from docx.table import Table

    document = _opened(content).get_docx()
    paragraphs = tables = 0
    for item in document.iter_inner_content():
        if isinstance(item, Table):
            tables += 1
            for number, row in enumerate(item.rows, 1):
                yield f"第 {tables} 个表格第 {number} 行", "".join(cell.text for cell in row.cells)
        else:
            paragraphs += 1
            yield f"正文第 {paragraphs} 段", item.text
    for section in document.sections:
        for word, places in (
            ("页眉", (section.header, section.first_page_header, section.even_page_header)),
            ("页脚", (section.footer, section.first_page_footer, section.even_page_footer)),
        ):
            for place in places:
                if not place.is_linked_to_previous:
                    yield word, "".join(paragraph.text for paragraph in place.paragraphs)


def _text(content: bytes) -> str:
    """What Jinja will see of the file, its tags put together again where Word tore them."""
    template = _opened(content)
    document = template.get_docx()
    parts = [template.get_xml()]
    for section in document.sections:
        for place in (
            section.header, section.footer, section.first_page_header, section.first_page_footer,
            section.even_page_header, section.even_page_footer,
        ):  # fmt: skip
            if not place.is_linked_to_previous:
                parts.append(template.xml_to_string(place._element))
    patched = "".join(template.patch_xml(part) for part in parts)
    # The rest is markup, of which one page has more than a template may have text. What is not closed stays.
    return "".join(re.findall(r"{[{%#].*?[%}#]}|{[{%#]|[%}#]}", patched, re.DOTALL))


def names_in_own(content: bytes) -> frozenset[str]:
    """The placeholders of a file."""
    return names_of(_text(content))


def fill_own(content: bytes, values: Mapping[str, Any]) -> bytes:
    """The checked template filled."""
    template = _opened(content)
    template.render(dict(values), jinja_env=environment(escaping=True))
    out = BytesIO()
    template.save(out)
    return out.getvalue()


def _opened(content: bytes) -> Any:
    from docxtpl import DocxTemplate

    template = DocxTemplate(BytesIO(content))
    template.init_docx()
    return template
