"""`suite paper` and `suite case-file`: papers and files of cases, their templates, and the filed case."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from suite.cli.answers import give, table
from suite.cli.options import Call, SuiteCommand, SuiteGroup, pass_call

if TYPE_CHECKING:
    from suite.kernel.casework.papers.queries import CasePapers, FileContent

#: No larger file is read; the house's own bound is asked for by the command.
MOST_READ = 200 * 1_048_576
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
OUT = click.Path(dir_okay=False, path_type=Path)


@click.group("paper", cls=SuiteGroup)
def paper() -> None:
    """办件的文书与附件：列出、看草稿、签发、附入、保存副本；文书模板。办件写编号或案号。"""


@paper.command("list")
@click.argument("case", metavar="办件")
@pass_call
def list_(call: Call, case: str) -> None:
    """一件的文书、附件和卷宗。"""
    found = _papers(call, case)
    rows: list[tuple[object, ...]] = [
        (line.title, issued.number, f"第{issued.version}版", issued.id, _served(issued))
        for line in found.papers
        for issued in line.issued
    ]
    rows += [(line.title, "", "待签发", "", f"“{line.step}”带出") for line in found.papers if not line.issued]
    rows += [
        (line.file_name, "", "附件", line.id, line.struck_reason and f"已划去：{line.struck_reason}")
        for line in found.files
    ]
    rows += [
        (f"卷宗（{line.parts} 件 {line.pages} 页）", "", "已归档", line.id, line.reason)
        for line in found.filings
    ]
    document = {
        "case_id": found.case_id,
        "number": found.number,
        "papers": found.papers,
        "files": found.files,
        "filings": found.filings,
    }
    give(call, document, table(["名称", "文号", "状态", "编号", "说明"], rows))


def _served(issued: Any) -> str:
    served = issued.served
    return f"{served.way} {served.served_on}" if served is not None else ""


@paper.command("draft")
@click.argument("case", metavar="办件")
@click.argument("document", metavar="文书")
@click.argument("out", metavar="文件", type=OUT)
@click.option("--reason", default="", metavar="事由", help="写有投诉人身份的须写明。")
@pass_call
def draft(call: Call, case: str, document: str, out: Path, reason: str) -> None:
    """把一份文书的草稿写成 .docx，文号和日期留待签发时填。"""
    from suite.contract.problems import refuse
    from suite.kernel.casework.papers.queries import draft_content
    from suite.kernel.parameters.queries import parameters_on

    suite, found = call.ready, _papers(call, case)
    line = next((item for item in found.papers if document in (item.title, item.document)), None)
    if line is None:
        raise refuse("paper.uncalled", f"已办的步骤没有带出“{document}”。", field="document")
    with suite.reading() as session:
        numbers = parameters_on(session, suite.catalog, suite.today)
        content = draft_content(
            session, call.actor, suite.catalog, found.case_id, line.document, line.event_id, numbers
        )
    _save(call, found, content, out, reason)


@paper.command("approval-form")
@click.argument("case", metavar="办件")
@click.argument("out", metavar="文件", type=OUT)
@pass_call
def approval_form(call: Call, case: str, out: Path) -> None:
    """把等待审批的一步写成审批表（.docx），打印签字；签好后扫描附入，再登记纸质审批。"""
    from suite.kernel.casework.papers import approval_form as forms
    from suite.kernel.parameters.queries import parameters_on

    suite, found = call.ready, _papers(call, case)
    with suite.reading() as session:
        numbers = parameters_on(session, suite.catalog, suite.today)
        content = forms.approval_form(session, call.actor, suite.catalog, found.case_id, numbers)
    _save(call, found, content, out, "")


@paper.command("issue")
@click.argument("case", metavar="办件")
@click.argument("document", metavar="文书")
@click.option("--to", "recipient", default="", metavar="主送", help="送给谁；不写则按模板。")
@click.option("--draft", "edited", type=FILE, help="改好的草稿（.docx）。")
@pass_call
def issue(call: Call, case: str, document: str, recipient: str, edited: Path | None) -> None:
    """签发一份文书：取得文号，内容不再改动。"""
    from suite.kernel.casework.papers.commands import IssueDocument

    command = IssueDocument(
        case_id=_papers(call, case).case_id,
        document=document,
        recipient=recipient,
        content=_read(edited) if edited else b"",
    )
    done = call.ready.run(command, call.actor)
    give(call, {"text": done.text, **done.result}, [done.text])


@paper.command("attach")
@click.argument("case", metavar="办件")
@click.argument("file", metavar="文件", type=FILE)
@click.option("--note", default="", metavar="说明", help="是什么材料。")
@click.option("--line", default="", metavar="清单:序号", help="附在清单的哪一条上，如 证据:2。")
@click.option("--names-complainant", is_flag=True, help="写有投诉人身份，只有能看投诉人身份的人可以打开。")
@pass_call
def attach(call: Call, case: str, file: Path, note: str, line: str, names_complainant: bool) -> None:
    """把文件附入办件，或者附在其中清单的一条上（检查项的照片、撤回申请的扫描件）。"""
    from suite.kernel.casework.papers.commands import AttachFile

    case_id = _papers(call, case).case_id
    command = AttachFile(
        case_id=case_id,
        line_id=_line(call, case_id, line) if line else None,
        file_name=file.name,
        content=_read(file),
        note=note,
        names_complainant=names_complainant,
    )
    done = call.ready.run(command, call.actor)
    give(call, {"text": done.text, **done.result}, [done.text])


@paper.command("save")
@click.argument("case", metavar="办件")
@click.argument("out", metavar="文件", type=OUT)
@click.option("--issued", type=int, metavar="编号", help="签发的文书。")
@click.option("--attachment", type=int, metavar="编号", help="附件。")
@click.option("--reason", default="", metavar="事由", help="写有投诉人身份的须写明。")
@pass_call
def save(call: Call, case: str, out: Path, issued: int | None, attachment: int | None, reason: str) -> None:
    """保存一份文书或附件的副本，记入操作痕迹。"""
    from suite.kernel.casework.papers.queries import file_content, issued_content

    if (issued is None) == (attachment is None):
        raise click.UsageError("请写 --issued 或 --attachment 中的一项。")
    found = _papers(call, case)
    with call.ready.reading() as session:
        content = (
            issued_content(session, call.actor, issued)
            if issued is not None
            else file_content(session, call.actor, attachment or 0)
        )
    _save(call, found, content, out, reason)


@paper.command("templates")
@click.option("--names", "named", default="", metavar="模板", help="列出一个模板可用的占位符。")
@pass_call
def templates(call: Call, named: str) -> None:
    """文书模板及其版本；更换用 suite paper replace。"""
    from suite.contract.problems import refuse
    from suite.kernel.casework.papers.templates import all_templates

    with call.ready.reading() as session:
        lines = all_templates(session, call.ready.catalog)
    if named:
        line = next((item for item in lines if named in (item.template.key, item.template.title)), None)
        if line is None:
            raise refuse("template.absent", f"没有文书模板“{named}”。", field="template")
        give(call, {"names": line.names}, table(["占位符", "含义"], list(line.names.items())))
        return
    document = [
        {
            "key": line.template.key,
            "title": line.template.title,
            "kinds": [kind.key for kind in line.kinds],
            "version": line.version,
            "file": line.file_name,
        }
        for line in lines
    ]
    rows = [
        (
            line.template.key,
            line.template.title,
            "、".join(kind.title for kind in line.kinds),
            f"第 {line.version} 版 {line.file_name}" if line.version else "随附",
        )
        for line in lines
    ]
    give(call, {"templates": document}, table(["模板", "名称", "用于", "版本"], rows))


@paper.command("replace")
@click.argument("template", metavar="模板")
@click.argument("file", metavar="[文件]", type=FILE, required=False)
@click.option("--note", default="", metavar="说明")
@pass_call
def replace(call: Call, template: str, file: Path | None, note: str) -> None:
    """换用本局的 .docx 模板；不写文件则改回随附的模板。不认识的占位符会列出并拒绝。"""
    from suite.kernel.casework.papers.commands import ReplaceTemplate

    command = ReplaceTemplate(
        template=template,
        file_name=file.name if file else "",
        content=_read(file) if file else b"",
        note=note,
    )
    done = call.ready.run(command, call.actor)
    give(call, {"text": done.text, **done.result}, [done.text])


@click.command("case-file", cls=SuiteCommand)
@click.argument("case", metavar="办件")
@click.argument("out", metavar="文件", type=OUT)
@click.option("--keep", default="长期", metavar="期限", help="保管期限，默认长期。")
@click.option("--again", default="", metavar="理由", help="已经归档的，重新归档的理由。")
@click.option("--reason", default="", metavar="事由", help="卷内写有投诉人身份的，保存副本的事由。")
@pass_call
def case_file(call: Call, case: str, out: Path, keep: str, again: str, reason: str) -> None:
    """把办结的办件归档，写成一个 PDF；已经归档的只保存副本。"""
    from suite.kernel.casework.papers.commands import FileCase
    from suite.kernel.casework.papers.queries import filing_content

    found = _papers(call, case)
    if not found.filings or again:
        call.ready.run(FileCase(case_id=found.case_id, keep=keep, reason=again), call.actor)
        found = _papers(call, case)
    with call.ready.reading() as session:
        content = filing_content(session, call.actor, found.filings[0].id)
    _save(call, found, content, out, reason)


def _papers(call: Call, case: str) -> CasePapers:
    from suite.kernel.casework.papers.queries import case_named, case_papers

    suite = call.ready
    with suite.reading() as session:
        number = case_named(session, call.actor, case)
        return case_papers(session, call.actor, suite.catalog, number)


def _line(call: Call, case_id: int, said: str) -> int:
    """The line of a list that is meant by the list's title or key and the line's number."""
    from suite.kernel.casework.lines import line_named

    named, _, no = said.replace("：", ":").partition(":")
    if not no.strip().isdecimal():
        raise click.UsageError("--line 写作 清单:序号，如 证据:2。")
    with call.ready.reading() as session:
        return line_named(session, call.actor, call.ready.catalog, case_id, named.strip(), int(no))


def _save(call: Call, found: CasePapers, content: FileContent, out: Path, reason: str) -> None:
    from suite.kernel.exchange.case_copies import save_copy

    suite = call.ready
    save_copy(out, content, found.profession, found.case_id, call.actor, reason=reason, run=suite.run)
    give(call, {"file": out, "bytes": len(content.content)}, [f"已写出 {out}"])


def _read(file: Path) -> bytes:
    from suite.contract.problems import refuse
    from suite.kernel.documents.regular import open_regular

    try:
        with open_regular(file) as source:
            content = source.read(MOST_READ + 1)
    except OSError as error:
        raise refuse("file.read", f"读不出 {file.name}：{error.strerror}。", field="content") from error
    if len(content) > MOST_READ:
        raise refuse("file.large", "文件过大，请压缩或分成几个文件。", field="content")
    return content
