"""Which function carries out which command about plans and draws."""

from collections.abc import Mapping

from suite.contract.commands import Command, Handler
from suite.kernel.casework.inspections.commands import (
    DrawInspection,
    EndRecusal,
    OpenDrawnInspections,
    PlanInspection,
    RecordRecusal,
    VoidDraw,
)
from suite.kernel.casework.inspections.drawing import draw_inspection, open_drawn, void_draw
from suite.kernel.casework.inspections.planning import end_recusal, plan_inspection, record_recusal

HANDLERS: Mapping[type[Command], Handler] = {
    PlanInspection: plan_inspection,
    DrawInspection: draw_inspection,
    VoidDraw: void_draw,
    OpenDrawnInspections: open_drawn,
    RecordRecusal: record_recusal,
    EndRecusal: end_recusal,
}
