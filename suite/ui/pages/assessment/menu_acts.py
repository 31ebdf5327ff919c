"""What can be done with a season now, as the menus, the palette and the dock offer it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from suite.kernel.assessment.standing import CLOSED, DEFERRED, RUNNING
from suite.kernel.exchange.season_files import SeasonList
from suite.ui.kit.page import PageCommand
from suite.ui.pages.assessment.measures_view import MEASURES

if TYPE_CHECKING:
    from suite.ui.pages.assessment.page import AssessmentPage

#: The words, what it does, its key, and why it cannot be done now: empty where it can.
Act = tuple[str, Callable[[], object], str, str]


def acts_of(page: AssessmentPage) -> Iterator[PageCommand]:
    """The acts of the season in front; a forbidden one says why."""
    campaign, line = page.campaign, page.line
    if campaign is None:
        return
    nobody = "" if page.targets else "先选中对象"
    over = "结果已经公布" if campaign.state == CLOSED else ""
    runs = "" if page.may("run") else "没有开展考核的权限"
    put_off = line is not None and line.standing == DEFERRED
    shown = "结果已经公示" if campaign.state != RUNNING else ""
    disputed = line is not None and line.marks.objection is not None
    ungraded = "" if line is not None and line.grade is not None else "还没有评定等次"
    for text, run, key, why in (
        ("办理环节", page.participants.ask_step, "F9", nobody),
        ("按建议评定", page.participants.ask_accept, "", nobody),
        ("另行评定", page.participants.ask_grade, "", nobody),
        ("变更参加情况", page.participants.ask_standing, "", nobody or ("" if put_off else over)),
        (
            "答复异议" if disputed else "登记异议",
            page.objections.ask,
            "",
            nobody or over or ungraded,
        ),
        ("补列参加对象", page.acts.ask_missing, "", shown or runs),
        ("催报", page.files.ask_remind, "", shown),
        *_of_evidence(page),
        *_afterwards(page),
    ):
        yield PageCommand(menu="act", text=text, run=run, key=key, refusal=why)
    undo = page.scoring.last
    if undo is not None:
        text = f"撤销评分：{undo.line.name} {undo.item.title}"
        yield PageCommand(menu="edit", text=text, run=page.scoring.undo, key="Ctrl+Z")
    for what in SeasonList:
        yield PageCommand(menu="file", text=f"导出{what.words}", run=partial(page.files.ask_list, what.value))
    yield PageCommand(menu="file", text="导出情况通报", run=page.files.ask_circular)


def _of_evidence(page: AssessmentPage) -> Iterator[Act]:
    """Points that come from records, reports and questionnaires, where the scheme has such."""
    scheme, acts = page.board.sheet.scheme if page.board is not None else None, page.evidence
    if acts.measured:
        yield "按档案测算得分", acts.score_records, "", acts.refusal("run", late=True)
    if page.sheets.offered:
        yield "写出评分工作簿", page.sheets.ask_sheet, "", acts.refusal("score")
        yield "导入评分表", page.sheets.ask_take, "", acts.refusal("score")
    if scheme is not None and scheme.materials is not None:
        yield "按报送情况计分", acts.score_materials, "", acts.refusal("score")
    if scheme is not None and scheme.survey is not None:
        yield "导入问卷", acts.ask_survey, "", acts.refusal("score")


def _afterwards(page: AssessmentPage) -> Iterator[Act]:
    """What follows the publication, where the scheme has such."""
    scheme, acts = page.board.sheet.scheme if page.board is not None else None, page.after
    if scheme is not None and scheme.absence is not None:
        yield "公告责令限期接受考核", acts.ask_absence, "", acts.absence_refusal()
    if scheme is not None and scheme.regrading is not None:
        yield "即时复评", acts.ask_regrade, "", acts.regrade_refusal()
    if page.view == MEASURES:
        yield "登记落实", acts.ask_settle, "", acts.settle_refusal()
