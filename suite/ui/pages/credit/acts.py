"""What is done on the credit page, each in a strip in place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout

from suite.contract.commands import Command, Done
from suite.contract.credit import CreditClass
from suite.kernel.casework.derive import step
from suite.kernel.credit.commands import EndDisplays, EnterCreditRecord, TakeCreditStep
from suite.kernel.credit.disclosure import STEPS
from suite.kernel.credit.publicity.commands import (
    ConfirmPublicity,
    FillPublicity,
    ReportPublicity,
    RetractPublicity,
    TakePublicityStock,
)
from suite.kernel.exchange.publicity_files import (
    read_stock,
    rejections_from,
    report_into,
)
from suite.ui.kit.act_strip import ActStrip
from suite.ui.kit.bars import ConfirmStrip
from suite.ui.kit.fields import Choice, Deliver, FieldKind, FieldSpec
from suite.ui.kit.file_dialogs import TABLE_FILE, WORKBOOK, opening_path, saving_path
from suite.ui.kit.notices import NoticeKind
from suite.ui.pages.record.loaded import find_targets
from suite.ui.strip_place import StripPlace

if TYPE_CHECKING:
    from suite.ui.pages.credit.page import CreditPage

CHANNEL = "信用中国（河北石家庄）、局门户网站"


def _text(key: str, title: str, placeholder: str = "", *, required: bool = True) -> FieldSpec:
    return FieldSpec(key=key, title=title, required=required, quiet=True, wide=True, placeholder=placeholder)


def _day(key: str, title: str) -> FieldSpec:
    return FieldSpec(key=key, title=title, kind=FieldKind.DATE, required=True, quiet=True)


class CreditActs(StripPlace):
    """Belongs to one page."""

    def __init__(self, page: CreditPage, place: QVBoxLayout) -> None:
        super().__init__(page, place, page.asking)
        self._page = page

    # 双公示.

    def ask_report(self) -> None:
        """Say why, whether numbers are masked, and whether faulty ones stay behind."""
        page, numbers = self._page, self._page.due.checked
        if not numbers:
            return
        note = "先逐条预检，按国家标准的四张表写成工作簿，写出即登记为已报送。"
        strip = ActStrip(f"报送 {len(numbers)} 条双公示", "选择保存位置…", page.desk.suite.today, note=note)
        strip.show_fields(
            (
                _text("reason", "报送事由", "例如：报信用石家庄平台"),
                FieldSpec(key="leave", title="未通过预检的留下", kind=FieldKind.BOOL, quiet=True),
                FieldSpec(
                    key="masked", title="公示稿（遮盖证件号码，不算报送）", kind=FieldKind.BOOL, quiet=True
                ),
            ),
            {"leave": True, "masked": False},
        )  # fmt: skip
        strip.submitted.connect(lambda: self._choose_report(strip, numbers))
        self.begin(strip)

    def _choose_report(self, strip: ActStrip, numbers: tuple[int, ...]) -> None:
        path = saving_path(
            self._page, "保存报送文件", f"双公示报送 {self._page.desk.suite.today}.xlsx", WORKBOOK
        )
        if path is not None:
            self.report_to(path, strip, numbers)

    def report_to(self, path: Path, strip: ActStrip, numbers: tuple[int, ...]) -> None:
        """Check, report, and write the tables."""
        command = ReportPublicity(
            decisions=numbers,
            file_name=path.name,
            reason=str(strip.value("reason") or ""),
            masked=bool(strip.value("masked")),
            leave_faulty=bool(strip.value("leave")),
        )

        def made(done: Done) -> None:
            left = f"。{done.warnings[0].text}" if done.warnings else ""
            kind = NoticeKind.WARN if left else NoticeKind.OK
            self._page.work.tell(kind, f"{done.text}，已写入“{path.name}”{left}。")

        self.send(command, made, report_into(path, command.reason))

    def ask_confirm(self) -> None:
        """Since when and where it is online."""
        page, numbers = self._page, self._page.due.checked
        if not numbers:
            return
        note = "处罚案件的公示计时同时停止。"
        strip = ActStrip(f"登记 {len(numbers)} 条已公示", "登记", page.desk.suite.today, note=note)
        strip.show_fields(
            (_day("on", "公示日期"), _text("channel", "公示渠道")),
            {"on": page.desk.suite.today, "channel": CHANNEL},
        )
        strip.submitted.connect(
            lambda: self.send(
                ConfirmPublicity(
                    decisions=numbers, on=strip.value("on"), channel=str(strip.value("channel") or "")
                )
            )
        )
        self.begin(strip)

    def ask_retract(self) -> None:
        """Since when and why it is online no more."""
        page, numbers = self._page, self._page.due.checked
        if not numbers:
            return
        note = "行政处罚法第四十八条：处罚被变更、撤销、确认违法或者无效的，三个工作日内撤回并公开说明理由。"
        strip = ActStrip(f"撤回 {len(numbers)} 条公示", "登记撤回", page.desk.suite.today, note=note)
        strip.show_fields(
            (_day("on", "撤回日期"), _text("reason", "理由", "公开说明的理由")),
            {"on": page.desk.suite.today},
        )
        strip.submitted.connect(
            lambda: self.send(
                RetractPublicity(
                    decisions=numbers, on=strip.value("on"), reason=str(strip.value("reason") or "")
                )
            )
        )
        self.begin(strip)

    def ask_fill(self, code: str) -> None:
        """Fill in one cell of the decision in front."""
        file = self._page.detail.publicity
        cell = next((item for item in file.cells if item.code == code), None) if file is not None else None
        if file is None or cell is None or not file.may_keep:
            return
        note = (
            "；".join(item.text for item in cell.problems) or "办件和名册都没有的，在这里补填；留空则还原。"
        )
        strip = ActStrip(f"补填：{cell.title}", "保存", self._page.desk.suite.today, note=note)
        choices = tuple(Choice(value, value) for value in cell.values)
        spec = FieldSpec(
            key="value",
            title=cell.title,
            kind=FieldKind.CHOICE if choices else FieldKind.TEXT,
            choices=choices,
            quiet=True,
            wide=True,
        )
        strip.show_fields((spec,), {"value": "" if cell.secret else cell.value})
        decision, version = file.line.id, file.line.version
        strip.submitted.connect(
            lambda: self.send(
                FillPublicity(
                    decision=decision,
                    expected_version=version,
                    values={code: str(strip.value("value") or "")},
                )
            )
        )
        self.begin(strip)

    def ask_rejections(self) -> None:
        """Choose what the platform sent back."""
        path = opening_path(self._page, "选择平台的反馈文件", TABLE_FILE)
        if path is not None:
            self.reject_from(path)

    def reject_from(self, path: Path) -> None:
        """Read it and put each back onto the list."""
        self._read(lambda: rejections_from(path), lambda command: command, "正在读取反馈文件")

    def ask_stock(self) -> None:
        """Choose a workbook of what was made public before."""
        path = opening_path(self._page, "选择启用前已公示的记录", TABLE_FILE)
        if path is not None:
            self.stock_from(path)

    def stock_from(self, path: Path) -> None:
        """Read it, check it and take it in."""
        self._read(
            lambda: read_stock(path),
            lambda rows: TakePublicityStock(rows=rows, channel=CHANNEL),
            "正在读取期初文件",
        )

    def _read(self, read: Callable[[], Any], command: Callable[[Any], Command], what: str) -> None:
        work = self._page.work

        def took(done: Done) -> None:
            left = f"：{done.warnings[0].text}" if done.warnings else ""
            work.tell(NoticeKind.WARN if left else NoticeKind.OK, f"{done.text}{left}")

        work.begin(what, lambda _ticket: read(), lambda rows: work.run(what, command(rows), took))

    # Records.

    def ask_step(self) -> None:
        """One step of disclosure for the checked records."""
        page, numbers = self._page, self._page.records.checked
        steps = self._page.steps_of(numbers)
        if not numbers or not steps:
            return
        strip = ActStrip(
            f"办理 {len(numbers)} 条信用记录的披露", "办理", page.desk.suite.today,
            note="核实 → 告知（当事人可在异议期限内提出异议）→ 他人批准 → 披露，期满自动终止。",
        )  # fmt: skip
        choices = tuple(Choice(key, STEPS[key].title, STEPS[key].help) for key in steps)
        strip.show_fields(
            (
                FieldSpec(
                    key="step", title="环节", kind=FieldKind.CHOICE, choices=choices, required=True,
                    quiet=True,
                ),
                _day("on", "办理日期"),
                _text("note", "说明", "异议内容、复核意见、披露渠道、更正理由等", required=False),
            ),
            {"step": steps[0], "on": page.desk.suite.today},
        )  # fmt: skip
        strip.submitted.connect(
            lambda: self.send(
                TakeCreditStep(
                    records=numbers,
                    step=str(strip.value("step") or ""),
                    on=strip.value("on"),
                    note=str(strip.value("note") or ""),
                )
            )
        )
        self.begin(strip)

    def ask_enter(self) -> None:
        """The form of a record that no case writes."""
        page = self._page
        catalog, actor = page.desk.suite.catalog, page.desk.actor
        kinds = [key for key, kind in catalog.kinds.items() if actor.may(f"{kind.owner}:credit:keep")]
        rules = [rule for rule in catalog.credit_rules.values() if rule.by_hand]

        def complete(typed: str, deliver: Deliver) -> None:
            page.asking.read(lambda session: find_targets(session, actor, catalog, kinds, typed), deliver)

        strip = ActStrip(
            "登记信用记录", "登记", page.desk.suite.today,
            note="处罚、处分、投诉、考核、违背承诺（台账）自动记入；这里登记表彰奖励和其他单位认定的。",
        )  # fmt: skip
        strip.show_fields(
            (
                FieldSpec(key="subject_id", title="对象", kind=FieldKind.LINK, complete=complete,
                          required=True, quiet=True),
                FieldSpec(key="rule", title="种类", kind=FieldKind.CHOICE, required=True, quiet=True,
                          choices=tuple(Choice(rule.key, rule.title) for rule in rules)),
                _text("heading", "事项"),
                _text("content", "内容"),
                FieldSpec(key="organ", title="认定单位", required=True, quiet=True),
                _day("decided_on", "认定日期"),
                FieldSpec(key="document_no", title="文号", quiet=True),
                FieldSpec(key="grade", title="失信类别", kind=FieldKind.CHOICE, quiet=True,
                          placeholder="认定单位写明的才选",
                          choices=tuple(Choice(item.value, item.words) for item in CreditClass)),
            ),
            {},
        )  # fmt: skip
        strip.submitted.connect(lambda: self._send_entered(strip))
        self.begin(strip)

    def _send_entered(self, strip: ActStrip) -> None:
        chosen = strip.value("subject_id")
        number = int(str(chosen.value if isinstance(chosen, Choice) else chosen))
        fields = {
            key: str(strip.value(key) or "") for key in ("rule", "heading", "content", "organ", "document_no")
        }
        grade = strip.value("grade")

        def send(kind: str) -> None:
            self.send(
                EnterCreditRecord(
                    kind=kind,
                    subject_id=number,
                    decided_on=strip.value("decided_on"),
                    grade=str(grade) if grade else None,
                    **fields,
                )
            )

        self._page.kind_of(number, send)

    def ask_repair(self) -> None:
        """Enter an application for repair of the record in front."""
        page, detail = self._page, self._page.detail.record
        kind = page.repair_kind(detail.line.profession) if detail is not None else None
        if detail is None or kind is None:
            return
        line = detail.line
        strip = ActStrip(
            f"信用修复：{line.name} #{line.id}", "登记申请", page.desk.suite.today,
            note="条件：最短公示期已满，失信行为已纠正、义务履行完毕，公开作出信用承诺。",
        )  # fmt: skip
        strip.show_fields(
            (
                _day("applied_on", "申请日期"),
                FieldSpec(key="performed_on", title="履行完毕日期", kind=FieldKind.DATE, quiet=True),
                FieldSpec(key="performance", title="履行情况和证明", quiet=True),
                FieldSpec(key="committed_on", title="信用承诺日期", kind=FieldKind.DATE, quiet=True),
                FieldSpec(key="commitment", title="信用承诺书", quiet=True),
            ),
            {"applied_on": page.desk.suite.today},
        )
        keys = ("applied_on", "performed_on", "performance", "committed_on", "commitment")
        strip.submitted.connect(
            lambda: self.send(
                step(
                    page.desk.suite.catalog,
                    "OpenRepair",
                    kind=kind,
                    applicant=(line.subject_id,),
                    record_id=line.id,
                    matter=f"{line.title} {line.document_no}".strip(),
                    **{key: strip.value(key) or None for key in keys},
                ),
                lambda done: page.open_wanted.emit("case", done.result["case_id"]),
            )
        )
        self.begin(strip)

    def ask_end(self) -> None:
        """End what is past its last day."""
        strip = ConfirmStrip(
            "把公示期已满的信用记录登记为终止，并写入办理经过。", "终止到期公示", needs_reason=False
        )
        strip.confirmed.connect(lambda _reason: self.send(EndDisplays()))
        self.begin(strip)
