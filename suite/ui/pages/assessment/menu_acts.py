"""What can be done with a season now, as the menus, the palette and the dock offer it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from suite.kernel.assessment.standing import CLOSED, RUNNING
from suite.kernel.exchange.season_files import SeasonList
from suite.ui.kit.page import PageCommand

if TYPE_CHECKING:
    from suite.ui.pages.assessment.page import AssessmentPage


def acts_of(page: AssessmentPage) -> Iterator[PageCommand]:
    """The acts of the season in front; a forbidden one says why."""
    campaign, line = page.campaign, page.line
    if campaign is None:
        return
    nobody = "" if page.targets else "先选中对象"
    over = "结果已经公布" if campaign.state == CLOSED else ""
    shown = "结果已经公示" if campaign.state != RUNNING else ""
    disputed = line is not None and line.marks.objection is not None
    ungraded = "" if line is not None and line.grade is not None else "还没有评定等次"
    for text, run, key, why in (
        ("办理环节", page.participants.ask_step, "F9", nobody or shown),
        ("按建议评定", page.participants.ask_accept, "", nobody or shown),
        ("另行评定", page.participants.ask_grade, "", nobody or shown),
        ("变更参加情况", page.participants.ask_standing, "", nobody or over),
        (
            "答复异议" if disputed else "登记异议",
            page.participants.ask_objection,
            "",
            nobody or over or ungraded,
        ),
        ("催报", page.files.ask_remind, "", shown),
    ):
        yield PageCommand(menu="act", text=text, run=run, key=key, refusal=why)
    undo = page.scoring.last
    if undo is not None:
        text = f"撤销评分：{undo.line.name} {undo.item.title}"
        yield PageCommand(menu="edit", text=text, run=page.scoring.undo, key="Ctrl+Z")
    for what in SeasonList:
        yield PageCommand(menu="file", text=f"导出{what.words}", run=partial(page.files.ask_list, what.value))
