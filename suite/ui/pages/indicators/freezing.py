"""Freezing the numbers that are shown: a strip in place that asks for the day and a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from suite.kernel.indicators.declarations import WITH_XINJI, WITH_ZONES
from suite.kernel.indicators.snapshots import TakeSnapshot
from suite.ui.asking import Asking
from suite.ui.kit.act_strip import ActStrip
from suite.ui.kit.fields import FieldKind, FieldSpec
from suite.ui.strip_place import StripPlace

if TYPE_CHECKING:
    from suite.ui.pages.indicators.page import IndicatorsPage

FREEZE_FIELDS = (
    FieldSpec(key="as_of", title="截止日期", kind=FieldKind.DATE, required=True, quiet=True),
    FieldSpec(key="name", title="快照名称", required=True, quiet=True),
    FieldSpec(key="note", title="说明", quiet=True, wide=True, placeholder="为哪份报表冻结；可以不填"),
)


class FreezeActs(StripPlace):
    """The strip of the page."""

    def __init__(self, page: IndicatorsPage, place: QVBoxLayout, asking: Asking) -> None:
        super().__init__(page, place, asking)
        self._page = page

    def refusal(self) -> str:
        """Why the numbers may not be frozen; empty when they may."""
        if self._asking.desk.actor.may(TakeSnapshot.permission):
            return ""
        return "您没有“冻结指标快照”的权限，请联系科室管理员"

    def ask(self) -> None:
        """Freeze the numbers of a day, by the set and with the places that the page shows."""
        today = self._asking.desk.suite.today
        day = self._page.question.as_of
        note = (
            "按本页所选的指标体系和口径，连同每个数背后的名单、数字一起冻结；"
            "冻结后不能改动，多年后仍可逐条核对。"
        )
        strip = ActStrip("冻结快照", "冻结快照", today, note=note)
        strip.show_fields(FREEZE_FIELDS, {"as_of": day, "name": f"{day} 指标快照"})
        strip.submitted.connect(lambda: self._freeze(strip))
        self.begin(strip)

    def _freeze(self, strip: ActStrip) -> None:
        question = self._page.question
        self.send(
            TakeSnapshot(
                name=str(strip.value("name") or ""),
                as_of=strip.value("as_of"),
                note=str(strip.value("note") or ""),
                set=question.set,
                with_xinji=question.positions.get(WITH_XINJI),
                with_zones=question.positions.get(WITH_ZONES),
            )
        )
