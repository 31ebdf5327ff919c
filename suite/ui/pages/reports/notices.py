"""通报: packets to courts, procuratorate, police and others, with what became of each."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from suite.contract.states import StateKind
from suite.database.engine import ReadSession
from suite.kernel.reports.cross_notices import (
    CrossNoticeRead,
    MakeCrossNotice,
    ReceiveReceipt,
    SendCrossNotice,
    cross_notice_paper,
    cross_notices,
)
from suite.kernel.reports.declarations import CHANNELS, RECIPIENTS
from suite.kernel.reports.leaving import LogNoticeCopy, save_bytes
from suite.kernel.reports.notice_lines import TITLES
from suite.ui.kit.act_strip import ActStrip
from suite.ui.kit.columns import Column, ColumnKind
from suite.ui.kit.fields import Choice, FieldKind, FieldSpec
from suite.ui.kit.file_dialogs import WORD_FILE, saving_path
from suite.ui.kit.state import StateValue
from suite.ui.pages.reports.part import ReportsPart

if TYPE_CHECKING:
    from suite.ui.pages.reports.page import ReportsPage

COLUMNS = (
    Column(key="number", title="文号", width=170),
    Column(key="recipient", title="接收单位", width=180),
    Column(key="period", title="期间", width=200),
    Column(key="count", title="项数", kind=ColumnKind.NUMBER, width=56),
    Column(key="by", title="编制", width=170),
    Column(key="sent", title="送出", width=170),
    Column(key="state", title="回执", kind=ColumnKind.STATE, width=200, stretch=True, least=140),
)
EVERYTHING = "all"


class NoticesPart(ReportsPart):
    """The packets, the newest first."""

    def __init__(self, page: ReportsPage) -> None:
        super().__init__(page, "通报", COLUMNS)
        self.lines: list[CrossNoticeRead] = []
        self.receipt = self.add_act("登记回执…", self.ask_receipt)
        self.send = self.add_act("登记送出…", self.ask_send, icon="send")
        self.paper = self.add_act("通报函", self.export, icon="document")
        self.make = self.add_act("编制通报…", self.ask_make, icon="plus", primary=True)
        self.table.row_settled.connect(lambda _row, _key: self._allow())

    def refresh(self) -> None:
        suite, actor = self.page.desk.suite, self.page.desk.actor

        def query(session: ReadSession) -> list[CrossNoticeRead]:
            return cross_notices(session, actor, suite.catalog)

        self.page.asking.read(query, self._came, self.lost)

    def _came(self, found: list[CrossNoticeRead]) -> None:
        self.lines = found
        self.show_rows(
            [
                (
                    line.number,
                    line.recipient,
                    f"{line.first} 至 {line.last}",
                    line.count,
                    f"{line.by} {line.made_on}",
                    f"{line.sent_on} {line.channel}" if line.sent_on else "",
                    state_of(line),
                )
                for line in found
            ],
            [line.id for line in found],
            "还没有通报。点“编制通报”，把一段时间内机构、人员的变动、考核和处罚通报法院、检察院、公安等。",
        )
        open_ = sum(line.sent_on is not None and line.receipt_on is None for line in found)
        self.said.setText(f"{len(found)} 份，{open_} 份待回执" if found else "")
        self._allow()

    @property
    def current(self) -> CrossNoticeRead | None:
        """The packet in front."""
        row = self.table.current_row
        return self.lines[row] if 0 <= row < len(self.lines) else None

    def professions(self) -> list[Choice]:
        """Those of which the actor may tell."""
        suite, actor = self.page.desk.suite, self.page.desk.actor
        return [
            Choice(name, suite.catalog.titles[name])
            for name in suite.catalog.professions
            if actor.may(f"{name}:case:handle")
        ]

    def _allow(self) -> None:
        line = self.current
        none = "请先选中一份通报"
        lacking = "" if self.professions() else "您没有编制通报的权限，请联系科室管理员"
        self.make.set_refusal(lacking)
        self.paper.set_refusal("" if line else none)
        sent = line is not None and line.sent_on is not None
        got = line is not None and line.receipt_on is not None
        self.send.set_refusal(lacking or (none if line is None else "已经送出" if sent else ""))
        why = "" if sent and not got else "回执已登记" if got else "还没有送出"
        self.receipt.set_refusal(lacking or (none if line is None else why))

    def ask_make(self) -> None:
        """Make a packet, in a strip in place."""
        suite = self.page.desk.suite
        today = suite.today
        recipients = [Choice(code.value, code.title) for code in suite.catalog.codes[RECIPIENTS].codes]
        parts = [Choice(EVERYTHING, "全部"), *(Choice(key, title) for key, title in TITLES.items())]
        professions = self.professions()
        strip = ActStrip("编制通报", "编制通报", today, note="取号、列清单、成函；编制后清单不再改动。")
        strip.show_fields(
            (
                _choice("profession", "条线", professions),
                _choice("recipient", "接收单位", recipients),
                FieldSpec(key="first", title="自", kind=FieldKind.DATE, required=True, quiet=True),
                FieldSpec(key="last", title="至", kind=FieldKind.DATE, required=True, quiet=True),
                _choice("part", "内容", parts),
            ),
            {
                "profession": professions[0].value if professions else None,
                "recipient": "court",
                "first": today.replace(day=1),
                "last": today,
                "part": EVERYTHING,
            },
        )

        def send() -> None:
            part = str(strip.value("part") or EVERYTHING)
            self.page.acts.send(
                MakeCrossNotice(
                    profession=str(strip.value("profession") or ""),
                    recipient=str(strip.value("recipient") or ""),
                    first=strip.value("first"),
                    last=strip.value("last"),
                    parts=() if part == EVERYTHING else (part,),
                )
            )

        strip.submitted.connect(send)
        self.page.acts.begin(strip)

    def ask_send(self) -> None:
        """Note that the packet in front was sent."""
        line, suite = self.current, self.page.desk.suite
        if line is None:
            return
        channels = [Choice(code.value, code.title) for code in suite.catalog.codes[CHANNELS].codes]
        strip = ActStrip(f"登记 {line.number} 送出", "登记送出", suite.today)
        strip.show_fields(
            (
                FieldSpec(key="sent_on", title="送出日期", kind=FieldKind.DATE, required=True, quiet=True),
                _choice("channel", "送出方式", channels),
            ),
            {"sent_on": suite.today, "channel": channels[0].value},
        )
        strip.submitted.connect(
            lambda: self.page.acts.send(
                SendCrossNotice(
                    profession=line.profession,
                    notice_id=line.id,
                    sent_on=strip.value("sent_on"),
                    channel=str(strip.value("channel") or ""),
                )
            )
        )
        self.page.acts.begin(strip)

    def ask_receipt(self) -> None:
        """Note the receipt of the packet in front."""
        line, suite = self.current, self.page.desk.suite
        if line is None:
            return
        strip = ActStrip(f"登记 {line.number} 的回执", "登记回执", suite.today)
        strip.show_fields(
            (
                FieldSpec(key="receipt_on", title="签收日期", kind=FieldKind.DATE, required=True, quiet=True),
                FieldSpec(key="receipt_by", title="签收人", required=True, quiet=True),
                FieldSpec(
                    key="note",
                    title="反馈",
                    quiet=True,
                    wide=True,
                    placeholder="线索、出庭和采信等反馈；可以不填",
                ),
            ),
            {"receipt_on": suite.today},
        )
        strip.submitted.connect(
            lambda: self.page.acts.send(
                ReceiveReceipt(
                    profession=line.profession,
                    notice_id=line.id,
                    receipt_on=strip.value("receipt_on"),
                    receipt_by=str(strip.value("receipt_by") or ""),
                    note=str(strip.value("note") or ""),
                )
            )
        )
        self.page.acts.begin(strip)

    def export(self) -> None:
        """Save the letter of the packet in front where the person says."""
        line = self.current
        if line is None:
            return
        path = saving_path(self, "保存通报函", f"{line.number}.docx", WORD_FILE)
        if path is not None:
            self.export_to(path)

    def export_to(self, path: Path) -> None:
        """Note that it leaves, and let it appear."""
        line = self.current
        if line is None:
            return
        suite, actor = self.page.desk.suite, self.page.desk.actor

        def write(_ticket: object) -> str:
            with suite.reading() as session:
                _, content = cross_notice_paper(session, actor, f"#{line.id}")
            log = LogNoticeCopy(profession=line.profession, conditions=str(line.id))
            save_bytes(path, content, log, actor, run=suite.run)
            return path.name

        self.page.work.begin(
            "保存通报函", write, lambda name: self.page.happened.emit(f"已写出 {line.number} 到 {name}")
        )


def _choice(key: str, title: str, choices: list[Choice]) -> FieldSpec:
    return FieldSpec(
        key=key, title=title, kind=FieldKind.CHOICE, choices=tuple(choices), required=True, quiet=True
    )


def state_of(line: CrossNoticeRead) -> StateValue:
    """How far a packet has come."""
    if line.receipt_on is not None:
        return StateValue(StateKind.OK, f"{line.receipt_on} {line.receipt_by}")
    if line.sent_on is not None:
        return StateValue(StateKind.PAUSE, "待回执")
    return StateValue(StateKind.RUN, "未送出")
