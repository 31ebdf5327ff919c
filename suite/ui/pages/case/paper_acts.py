"""What is done with the papers and files of a case, each in a strip in place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from suite.contract.casework import CaseList
from suite.contract.commands import Command
from suite.contract.papers import ServiceWay
from suite.contract.problems import refuse
from suite.database.engine import ReadSession
from suite.kernel.casework.line_file import LineRow
from suite.kernel.casework.papers.approval_form import approval_form
from suite.kernel.casework.papers.commands import (
    AttachFile,
    FileCase,
    IssueDocument,
    ReissueDocument,
    ServeDocument,
    StrikeAttachment,
)
from suite.kernel.casework.papers.filing import KEEPS
from suite.kernel.casework.papers.queries import (
    FileContent,
    FileLine,
    FilingLine,
    PaperLine,
    draft_content,
    file_content,
    filing_content,
    issued_content,
)
from suite.kernel.exchange.case_copies import save_copy
from suite.kernel.parameters.queries import parameters_on
from suite.ui.kit.act_strip import REASON, ActStrip
from suite.ui.kit.bars import ConfirmStrip
from suite.ui.kit.buttons import Button
from suite.ui.kit.fields import Choice, FieldKind, FieldSpec
from suite.ui.kit.file_dialogs import ATTACHMENT, WORD_FILE, opening_path, saving_path
from suite.ui.pages.case.paper_pane import Entry, issued_of
from suite.ui.reading_file import read_file

if TYPE_CHECKING:
    from suite.ui.pages.case.page import CasePage

ON = FieldSpec(key="on", title="日期", kind=FieldKind.DATE, required=True, quiet=True)
RECIPIENT = FieldSpec(key="recipient", title="主送", quiet=True, placeholder="留空则按模板")
WAYS = tuple(Choice(way.value, way.words) for way in ServiceWay)
SERVICE = (
    FieldSpec(key="way", title="送达方式", kind=FieldKind.CHOICE, choices=WAYS, required=True, quiet=True),
    ON,
    FieldSpec(key="delivered", title="已经送达", kind=FieldKind.BOOL, quiet=True),
    FieldSpec(key="receiver", title="签收人", quiet=True),
    FieldSpec(key="note", title="说明", quiet=True, wide=True, placeholder="拒收、退回、公告的原因和经过"),
)
ATTACHED = (
    FieldSpec(key="note", title="名称或说明", quiet=True, wide=True, placeholder="如：投诉信、送达回证"),
    FieldSpec(key="secret", title="写有投诉人身份", kind=FieldKind.BOOL, quiet=True),
)
KEEP = FieldSpec(
    key="keep",
    title="保管期限",
    kind=FieldKind.CHOICE,
    choices=tuple(Choice(word, word) for word in KEEPS),
    required=True,
    quiet=True,
)
NOTE = FieldSpec(key="note", title="情况说明", quiet=True, wide=True)
AGAIN = FieldSpec(key="reason", title="重新归档的理由", required=True, quiet=True, wide=True)


class PaperActs:
    """Belongs to one page; the strips stand where the page's other acts do."""

    def __init__(self, page: CasePage) -> None:
        self._page = page
        self._draft: Path | None = None

    def ask(self, act: str) -> None:
        """Begin an act with the current row of the pane."""
        if self._page.papers.refusal(act):
            return
        begin: dict[str, Callable[[], None]] = {
            "draft": self._ask_draft,
            "issue": self._ask_issue,
            "reissue": self._ask_reissue,
            "serve": self._ask_serve,
            "save": lambda: self.save_entry(self._page.papers.current),
            "strike": lambda: self.strike_file(self._page.papers.current),
            "attach": self._ask_attach,
            "file": self._ask_file,
        }
        begin[act]()

    def _strip(self, title: str, act: str, note: str = "") -> ActStrip:
        return ActStrip(title, act, self._page.desk.suite.today, note=note)

    # Papers.

    def _ask_issue(self) -> None:
        paper = self._page.papers.current
        if not isinstance(paper, PaperLine):
            return
        note = "签发后取得文号，内容不再改动。" if paper.numbered else "存卷文书，不编文号。"
        strip = self._strip(f"签发{paper.title}", "签发", note)
        strip.show_fields((ON, RECIPIENT) if paper.numbered else (ON,), {"on": self._page.desk.suite.today})
        self._offer_draft(strip)

        def made(content: bytes) -> Command:
            return IssueDocument(
                case_id=self._page.case_id,
                document=paper.document,
                event_id=paper.event_id,
                on=strip.value("on"),
                recipient=str(strip.value("recipient") or "") if paper.numbered else "",
                content=content,
            )

        strip.submitted.connect(lambda: self._send_with(self._draft, made))
        self._page.acts.begin(strip)

    def _ask_reissue(self) -> None:
        issued = issued_of(self._page.papers.current)
        if issued is None:
            return
        note = "文号不变，记为下一版；前一版保留。"
        strip = self._strip(f"重新签发{issued.title}{issued.number}", "重新签发", note)
        strip.show_fields((ON, REASON), {"on": self._page.desk.suite.today})
        self._offer_draft(strip)
        number = issued.id

        def made(content: bytes) -> Command:
            reason = str(strip.value("reason") or "")
            return ReissueDocument(issued=number, reason=reason, on=strip.value("on"), content=content)

        strip.submitted.connect(lambda: self._send_with(self._draft, made))
        self._page.acts.begin(strip)

    def _offer_draft(self, strip: ActStrip) -> None:
        """A draft that was edited in WPS or Word may be issued in place of the template's text."""
        self._draft = None
        button = Button("用改好的草稿…")

        def choose() -> None:
            path = opening_path(strip, "选取改好的草稿", WORD_FILE)
            if path is not None:
                self.use_draft(path)
                button.setText(f"草稿：{path.name}")

        button.clicked.connect(choose)
        strip.head.addWidget(button)

    def use_draft(self, path: Path) -> None:
        """Issue this file with what the open strip asks for."""
        self._draft = path

    def _ask_serve(self) -> None:
        issued = issued_of(self._page.papers.current)
        if issued is None:
            return
        note = "自送达起算的期限由此开始；都无法送达的可以公告送达。"
        strip = self._strip(f"登记送达：{issued.title}{issued.number}", "登记", note)
        files = self._page.papers.shown.files if self._page.papers.shown else ()
        receipts = tuple(Choice(file.id, file.file_name) for file in files if not file.struck_reason)
        receipt = FieldSpec(
            key="receipt", title="送达回证", kind=FieldKind.CHOICE, choices=receipts, quiet=True
        )
        specs = (*SERVICE, receipt) if receipts else SERVICE
        strip.show_fields(specs, {"on": self._page.desk.suite.today, "delivered": True})
        number = issued.id

        def send() -> None:
            self._page.acts.send(
                ServeDocument(
                    issued=number,
                    way=str(strip.value("way") or ""),
                    on=strip.value("on"),
                    delivered=bool(strip.value("delivered")),
                    receiver=str(strip.value("receiver") or ""),
                    note=str(strip.value("note") or ""),
                    receipt=strip.value("receipt") if receipts else None,
                )
            )

        strip.submitted.connect(send)
        self._page.acts.begin(strip)

    # Files.

    def _ask_attach(self) -> None:
        path = opening_path(self._page, "附入文件", ATTACHMENT)
        if path is not None:
            self.attach_from(path)

    def ask_attach_to(self, case_list: CaseList, row: LineRow | None) -> None:
        """Choose a file for a line of a list."""
        path = opening_path(self._page, "附入文件", ATTACHMENT) if row is not None else None
        if path is not None and row is not None:
            self.attach_from(path, row.id, f"，附于{case_list.title}第 {row.no} 条")

    def attach_from(self, path: Path, line_id: int | None = None, place: str = "") -> None:
        """Ask what a file is, then attach it, to a line where one is given."""
        note = "文件存入数据库，内容不再改动；附错的可以划去。"
        strip = self._strip(f"附入{path.name}{place}", "附入", note)
        strip.show_fields(ATTACHED, {"secret": False})

        def made(content: bytes) -> Command:
            return AttachFile(
                case_id=self._page.case_id,
                file_name=path.name,
                content=content,
                line_id=line_id,
                note=str(strip.value("note") or ""),
                names_complainant=bool(strip.value("secret")),
            )

        strip.submitted.connect(lambda: self._send_with(path, made))
        self._page.acts.begin(strip)

    def _send_with(self, path: Path | None, made: Callable[[bytes], Command]) -> None:
        """Read a file off the window's thread, then send the command that has it."""
        if path is None:
            self._page.acts.send(made(b""))
            return
        strip = self._page.acts.strip
        self._page.asking.work(
            lambda: read_file(path),
            lambda content: self._page.acts.send(made(content)),
            lambda error: self._page.acts.refused(strip, error),
        )

    def strike_file(self, file: Entry | None) -> None:
        """Ask why a file is struck out."""
        if not isinstance(file, FileLine):
            return
        strip = ConfirmStrip(f"划去“{file.file_name}”：仍可查看，不再归入卷宗。", "划去")
        number = file.id
        strip.confirmed.connect(
            lambda reason: self._page.acts.send(StrikeAttachment(attachment=number, reason=reason))
        )
        self._page.acts.begin(strip)

    def _ask_file(self) -> None:
        shown = self._page.papers.shown
        again = bool(shown and shown.filings)
        note = "封面、目录、文书、附件和备考表装订成一个 PDF，存入数据库。"
        strip = self._strip("归档", "归档", note)
        strip.show_fields((KEEP, NOTE, AGAIN) if again else (KEEP, NOTE), {"keep": "长期"})

        def send() -> None:
            self._page.acts.send(
                FileCase(
                    case_id=self._page.case_id,
                    keep=str(strip.value("keep") or ""),
                    note=str(strip.value("note") or ""),
                    reason=str(strip.value("reason") or "") if again else "",
                )
            )

        strip.submitted.connect(send)
        self._page.acts.begin(strip)

    # Copies.

    def ask_approval_form(self) -> None:
        """Save the form of the step that waits, to be printed and signed on paper."""
        suite, actor, case_id = self._page.desk.suite, self._page.desk.actor, self._page.case_id

        def query(session: ReadSession) -> FileContent:
            numbers = parameters_on(session, suite.catalog, suite.today)
            return approval_form(session, actor, suite.catalog, case_id, numbers)

        self._page.asking.read(query, self.offer_copy, self._lost)

    def _ask_draft(self) -> None:
        paper = self._page.papers.current
        if not isinstance(paper, PaperLine):
            return
        suite, actor, case_id = self._page.desk.suite, self._page.desk.actor, self._page.case_id
        document, event = paper.document, paper.event_id

        def query(session: ReadSession) -> FileContent:
            numbers = parameters_on(session, suite.catalog, suite.today)
            return draft_content(session, actor, suite.catalog, case_id, document, event, numbers)

        self._page.asking.read(query, self.offer_copy, self._lost)

    def save_entry(self, entry: Entry | None) -> None:
        """Save a copy of an issued paper, a file or a filing."""
        actor = self._page.desk.actor
        issued = issued_of(entry)

        def query(session: ReadSession) -> FileContent:
            if isinstance(entry, FileLine):
                return file_content(session, actor, entry.id)
            if isinstance(entry, FilingLine):
                return filing_content(session, actor, entry.id)
            if issued is None:
                raise refuse("paper.unissued", "还没有签发。", field="document")
            return issued_content(session, actor, issued.id)

        self._page.asking.read(query, self.offer_copy, self._lost)

    def offer_copy(self, found: FileContent) -> None:
        """Ask for a reason where the copy tells who complains, then where to save it."""
        if not found.secret:
            self._choose(found, "")
            return
        note = "文件写有投诉人身份，保存副本会连同事由记入操作痕迹。"
        strip = self._strip(f"保存{found.file_name}", "选择位置…", note)
        strip.show_fields((REASON,), {})
        strip.submitted.connect(lambda: self._choose(found, str(strip.value("reason") or "")))
        self._page.acts.begin(strip)

    def _choose(self, found: FileContent, reason: str) -> None:
        path = saving_path(self._page, "保存副本", found.file_name)
        if path is not None:
            self.save_to(path, found, reason)

    def save_to(self, path: Path, found: FileContent, reason: str = "") -> None:
        """Write the copy; its entry stands in the trace before it appears."""
        shown, desk = self._page.papers.shown, self._page.desk
        if shown is None:
            return
        profession, case_id = shown.profession, shown.case_id

        def write() -> None:
            save_copy(path, found, profession, case_id, desk.actor, reason=reason, run=desk.suite.run)

        def done(_answer: object) -> None:
            self._page.acts.close()
            self._page.happened.emit(f"已保存到 {path.name}")

        self._page.asking.work(write, done, self._lost)

    def _lost(self, error: Exception) -> None:
        self._page.acts.refused(self._page.acts.strip, error)
