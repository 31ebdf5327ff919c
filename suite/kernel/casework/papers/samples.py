"""A template outside a case: its file, to be edited in WPS or Word and loaded again, and a filled example."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from sqlalchemy.orm import Session

from suite.contract.casework import CaseKind
from suite.contract.declarations import FieldType
from suite.contract.papers import DocumentTemplate
from suite.kernel.casework.papers.queries import FileContent
from suite.kernel.casework.papers.templates import TemplateLine, in_use
from suite.kernel.casework.papers.wording import name_of
from suite.kernel.documents.layout import set_paper
from suite.kernel.documents.own_template import fill_own
from suite.kernel.documents.paper import Paper, lines_of, printed_day
from suite.kernel.documents.shipped import shipped_template

#: How the meaning of a placeholder that is gone through says what each of its lines has.
EACH = "逐项为 "
MOST_LINES = 2
#: Examples that read like a paper; every other placeholder shows its meaning in 〔〕.
USUAL: Mapping[str, str] = {
    "文号": "石司鉴投〔2026〕1号",
    "案号": "石司鉴投〔2026〕12号",
    "事项": "某司法鉴定中心收费问题",
    "当事人": "某司法鉴定中心",
    "主送": "某司法鉴定中心",
    "投诉人": "王某",
    "承办人": "李某",
    "复议期限": "60日",
    "诉讼期限": "6个月",
    "听证申请期限": "5个工作日",
    "补正期限": "10日",
    "缴款期限": "15日",
}


def template_file(session: Session, line: TemplateLine) -> FileContent:
    """The template in use as a .docx with its placeholders: the bureau's own, or the house's."""
    return FileContent(
        file_name=line.file_name or f"{line.template.title}.docx", content=_content(session, line.template)
    )


def template_example(
    session: Session, line: TemplateLine, organ: str, today: dt.date, content: bytes = b""
) -> FileContent:
    """The template filled with an example; `content` is a checked file that is not loaded yet."""
    words = {
        **example_words(line.names, line.kinds, today),
        "标题": line.template.title,
        "发文机关": organ,
    }
    filled = fill_own(content or _content(session, line.template), words)
    return FileContent(file_name=f"{line.template.title}示例.docx", content=filled)


def example_words(names: Mapping[str, str], kinds: Sequence[CaseKind], today: dt.date) -> dict[str, Any]:
    """An example for every placeholder: days as they are printed, lists with two lines."""
    days = {name_of(field.title) for kind in kinds for field in kind.fields if field.type is FieldType.DATE}
    days |= {name for name in names if name.endswith("日期")}
    found: dict[str, Any] = {}
    for name, meaning in names.items():
        _, each, columns = meaning.partition(EACH)
        if each:
            parts = [part for part in re.split(r"[：；（]", columns)[0].split("、") if part]
            found[name] = [{part: f"〔{part}〕" for part in parts} for _ in range(MOST_LINES)]
        elif name in days:
            found[name] = printed_day(today)
        else:
            found[name] = USUAL.get(name, f"〔{name}〕")
    return found


def _content(session: Session, template: DocumentTemplate) -> bytes:
    own = in_use(session, template.key)
    if own is not None and own.content is not None:
        return own.content
    shipped = shipped_template(template)
    if shipped is not None:
        return shipped
    paper = Paper(
        form=template.form,
        organ="{{ 发文机关 }}",
        title=template.title,
        number="{{ 文号 }}" if template.numbered else "",
        recipient="{{ 主送 }}" if template.to or template.to_field else "",
        paragraphs=lines_of("\n".join(template.body)),
        day="{{ 成文日期 }}",
    )
    return _unsigned(set_paper(paper))


def _unsigned(content: bytes) -> bytes:
    """Without the author in the file's properties: he would be a placeholder where none is filled."""
    from docx import Document

    document, out = Document(BytesIO(content)), BytesIO()
    document.core_properties.author = ""
    document.save(out)
    return out.getvalue()
