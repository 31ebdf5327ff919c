"""What is done on the page of plans, each in a strip in place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout

from suite.contract.code_sets import members
from suite.contract.declarations import RecordKind
from suite.kernel.casework.draw_record import replay
from suite.kernel.casework.inspections.commands import (
    DrawInspection,
    OpenDrawnInspections,
    PlanInspection,
    RecordRecusal,
    StratumGiven,
    VoidDraw,
)
from suite.kernel.casework.inspections.frame import WORK
from suite.kernel.casework.random_draw import Risk
from suite.kernel.exchange.draw_copies import draw_copy, save_draw
from suite.ui.kit.act_strip import REASON, ActStrip
from suite.ui.kit.bars import ConfirmStrip
from suite.ui.kit.fields import Choice, Deliver, FieldKind, FieldSpec
from suite.ui.kit.file_dialogs import WORKBOOK, saving_path
from suite.ui.kit.line_grid import LineGrid
from suite.ui.pages.record.loaded import find_targets
from suite.ui.strip_place import StripPlace

if TYPE_CHECKING:
    from suite.ui.pages.plans.page import PlansPage

RELATIONS = "core.recusal_relation"


def inspected_kinds(page: PlansPage) -> Iterable[RecordKind]:
    """The kinds of record that the actor may plan inspections of."""
    catalog, actor = page.desk.suite.catalog, page.desk.actor
    for case_kind in catalog.case_kinds.values():
        if case_kind.work == WORK and actor.may(f"{case_kind.owner}:case:handle"):
            for key in case_kind.roles[case_kind.respondent].kinds:
                yield catalog.kinds[key]


class PlanActs(StripPlace):
    """Belongs to one page."""

    def __init__(self, page: PlansPage, place: QVBoxLayout) -> None:
        super().__init__(page, place, page.asking)
        self._page = page

    def ask_plan(self) -> None:
        """The form of a new plan."""
        page = self._page
        today = page.desk.suite.today
        kinds = tuple(Choice(kind.key, kind.title) for kind in inspected_kinds(page))
        if not kinds:
            return
        districts = tuple(Choice(code, name) for code, name in sorted(page.districts.items()))
        people = tuple(Choice(login, name, note=login) for login, name in page.users)
        note = "每个检查对象按所属的层抽取；没有分层的按总比例。"
        strip = ActStrip("制定检查计划", "制定", today, note=note, ahead=True)
        strip.show_fields(
            (
                FieldSpec(key="name", title="计划名称", required=True, quiet=True),
                FieldSpec(key="basis", title="检查依据", required=True, quiet=True),
                FieldSpec(
                    key="kind", title="检查对象", kind=FieldKind.CHOICE, choices=kinds, required=True,
                    quiet=True,
                ),
                FieldSpec(
                    key="district", title="区县", kind=FieldKind.CHOICE, choices=districts, quiet=True,
                    placeholder="不填为全市",
                ),
                FieldSpec(key="first_day", title="开始日期", kind=FieldKind.DATE, required=True, quiet=True),
                FieldSpec(key="last_day", title="结束日期", kind=FieldKind.DATE, required=True, quiet=True),
                FieldSpec(
                    key="rate", title="抽取比例", kind=FieldKind.NUMBER, places=2, unit="%", required=True,
                    quiet=True,
                ),
                FieldSpec(
                    key="per_subject", title="每家人数", kind=FieldKind.NUMBER, required=True, quiet=True
                ),
                FieldSpec(key="by_district", title="分区县抽", kind=FieldKind.BOOL, quiet=True),
                FieldSpec(
                    key="inspectors", title="检查人员", kind=FieldKind.CHOICES, choices=people,
                    required=True, quiet=True,
                ),
            ),
            {
                "first_day": today,
                "last_day": dt.date(today.year, 12, 31),
                "rate": Decimal(5),
                "per_subject": Decimal(2),
            },
        )  # fmt: skip
        risks = tuple(Choice(risk.value, risk.words) for risk in Risk)
        strata = LineGrid(
            "分层（可以不填）",
            (
                FieldSpec(key="risk", title="风险等级", kind=FieldKind.CHOICE, choices=risks, quiet=True),
                FieldSpec(key="district", title="区县", kind=FieldKind.CHOICE, choices=districts, quiet=True),
                FieldSpec(
                    key="rate", title="比例 %", kind=FieldKind.NUMBER, places=2, required=True, quiet=True
                ),
            ),
        )
        strip.add_part(strata)
        strip.submitted.connect(lambda: self._send_plan(strip, strata))
        self.begin(strip)

    def _send_plan(self, strip: ActStrip, strata: LineGrid) -> None:
        given: dict[str, Any] = {
            key: strip.value(key) for key in ("kind", "first_day", "last_day", "rate", "district")
        }
        command = PlanInspection(
            **given,
            name=str(strip.value("name") or ""),
            basis=str(strip.value("basis") or ""),
            by_district=bool(strip.value("by_district")),
            per_subject=int(strip.value("per_subject")),
            inspectors=members(str(strip.value("inspectors") or "")),
            strata=tuple(StratumGiven(**line) for line in strata.given()),  # type: ignore[arg-type]  # as typed
        )
        self.send(command, lambda done: self._page.show_plan(int(done.result["plan"])))

    def ask_draw(self) -> None:
        """Whether to draw: nobody chooses the seed, and there is no second try."""
        plan = self._page.plan
        if plan is None:
            return
        number = plan.line.id
        note = (
            "种子由程序在抽取时随机生成，不由人填写，记入抽取记录，任何人可据以重演。抽取只做一次，不能试抽。"
        )
        strip = ActStrip(f"随机抽取：{plan.line.title}", "抽取", self._page.desk.suite.today, note=note)
        strip.show_fields((), {})
        strip.submitted.connect(lambda: self.send(DrawInspection(plan=number)))
        self.begin(strip)

    def ask_void(self) -> None:
        """The reason for which a draw is crossed out."""
        drawn = self._page.detail.standing
        if drawn is None:
            return
        note = "原记录划线保留，任何人仍可重演。"
        strip = ActStrip(f"作废第 {drawn.no} 次抽取", "作废", self._page.desk.suite.today, note=note)
        strip.show_fields((REASON,), {})
        strip.submitted.connect(
            lambda: self.send(VoidDraw(draw=drawn.id, reason=str(strip.value("reason") or "")))
        )
        self.begin(strip)

    def ask_open(self) -> None:
        """Open what was drawn, after a word of confirmation."""
        drawn = self._page.detail.standing
        if drawn is None:
            return
        count = sum(1 for pick in drawn.picks if pick.case is None)
        strip = ConfirmStrip(
            f"按抽取结果登记 {count} 件检查，检查人员一并确定。", "登记检查", needs_reason=False
        )
        strip.confirmed.connect(lambda _reason="": self.send(OpenDrawnInspections(draw=drawn.id)))
        self.begin(strip)

    def ask_recuse(self) -> None:
        """Who keeps away from whom."""
        page, plan = self._page, self._page.plan
        if plan is None:
            return
        suite, actor = page.desk.suite, page.desk.actor
        kind = plan.kind
        people = tuple(Choice(item.login, item.name, note=item.login) for item in plan.pools.inspectors)
        relations = tuple(Choice(code.value, code.title) for code in suite.catalog.codes[RELATIONS].codes)

        def complete(typed: str, deliver: Deliver) -> None:
            page.asking.read(
                lambda session: find_targets(session, actor, suite.catalog, (kind,), typed), deliver
            )

        strip = ActStrip("登记回避", "登记", suite.today, note="登记后的抽取不会把两者配在一起。")
        strip.show_fields(
            (
                FieldSpec(
                    key="login", title="检查人员", kind=FieldKind.CHOICE, choices=people, required=True,
                    quiet=True,
                ),
                FieldSpec(
                    key="subject_id", title="检查对象", kind=FieldKind.LINK, required=True, quiet=True,
                    complete=complete,
                ),
                FieldSpec(
                    key="relation", title="回避情形", kind=FieldKind.CHOICE, choices=relations, required=True,
                    quiet=True,
                ),
                FieldSpec(key="reason", title="事由", required=True, quiet=True),
            ),
            {},
        )  # fmt: skip

        def send() -> None:
            chosen = strip.value("subject_id")
            self.send(
                RecordRecusal(
                    kind=kind,
                    login=str(strip.value("login")),
                    subject_id=int(str(chosen.value if isinstance(chosen, Choice) else chosen)),
                    relation=str(strip.value("relation")),
                    reason=str(strip.value("reason") or ""),
                )
            )

        strip.submitted.connect(send)
        self.begin(strip)

    def replay(self) -> None:
        """Draw again from the record and tell whether the names are the same."""
        drawn = self._page.detail.standing
        if drawn is None:
            return
        page = self._page

        def told(agrees: bool) -> None:
            page.tell_replay(drawn.no, agrees)

        page.asking.work(lambda: replay(drawn.record).agrees, told, page.lost)

    def save(self) -> None:
        """Choose where the record goes."""
        plan, drawn = self._page.plan, self._page.detail.standing
        if plan is None or drawn is None:
            return
        name = f"{plan.line.title}第{drawn.no}次抽取记录.xlsx"
        kinds = f"{WORKBOOK};;文本 (*.txt);;可重演的记录 (*.json)"
        path = saving_path(self._page, "保存抽取记录", name, kinds)
        if path is not None:
            self.save_to(path)

    def save_to(self, path: Path) -> None:
        """Write the record of the draw that counts."""
        drawn, page = self._page.detail.standing, self._page
        if drawn is None:
            return
        suite, actor = page.desk.suite, page.desk.actor

        def save() -> None:
            with suite.reading() as session:
                copy = draw_copy(session, actor, drawn.id)
            save_draw(path, copy, actor, run=suite.run)

        page.asking.work(
            save,
            lambda _done: page.happened.emit(f"已写出第 {drawn.no} 次抽取的记录到 {path.name}"),
            page.lost,
        )
