"""问卷: of each unit the sample, what it comes to with its interval, and whether it suffices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.states import StateKind
from suite.contract.surveys import SurveyMeasure
from suite.database.engine import ReadSession
from suite.kernel.assessment.boards import Board
from suite.kernel.assessment.survey import Estimate
from suite.kernel.assessment.survey_results import SurveyLine, survey_of_campaign
from suite.kernel.parameters.queries import parameters_on
from suite.ui.kit.buttons import Button
from suite.ui.kit.columns import Align, Column, ColumnKind
from suite.ui.kit.panes import Bar
from suite.ui.kit.state import StateValue
from suite.ui.kit.text import ElidedLabel, label
from suite.ui.kit.tokens import Height, TextSize
from suite.ui.pages.assessment.faults_pane import FaultsPane
from suite.ui.pages.assessment.further import FurtherView

if TYPE_CHECKING:
    from suite.ui.pages.assessment.page import AssessmentPage

SURVEY = "survey"
NOTHING = "没有参加的单位，问卷无从汇总。"
LEGEND = "括号内为 95% 置信区间；同一设备对同一单位的重复填答不计；样本不足的不计分"


class SurveyView(FurtherView):
    """Keys are those of participants."""

    key, title = SURVEY, "问卷"
    hints = "Enter 打开档案　F5 刷新"

    def __init__(self, page: AssessmentPage) -> None:
        super().__init__(page)
        head = Bar("head", Height.BAR)
        self.come = ElidedLabel("", tone="text2")
        head.row.addWidget(self.come, 1)
        self.form = Button("空白问卷表…")
        self.form.clicked.connect(page.evidence.ask_form)
        self.take = Button("导入问卷…", icon_name="import")
        self.take.clicked.connect(page.evidence.ask_survey)
        for button in (self.form, self.take):
            head.row.addWidget(button)
        self.column.addWidget(head)
        self.faults = FaultsPane()
        self.column.addWidget(self.faults, 1)
        self.column.addWidget(self.rows, 1)
        foot = Bar("foot", Height.CONTROL)
        foot.row.addWidget(label(LEGEND, tone="text2", size=TextSize.CAPTION))
        foot.row.addStretch()
        self.column.addWidget(foot)

    def offered(self, board: Board) -> bool:
        return board.sheet.scheme.survey is not None

    def read(self, session: ReadSession, suite: Suite, actor: Actor, campaign_id: int) -> Any:
        numbers = parameters_on(session, suite.catalog, suite.today)
        return survey_of_campaign(session, actor, suite.catalog, campaign_id, numbers)

    def show_found(self, found: Any) -> None:
        lines: list[SurveyLine] = found
        board = self.page.board
        survey = board.sheet.scheme.survey if board is not None else None
        measures = [measure for measure in SurveyMeasure if survey is not None and measure in survey.feeds]
        columns = [
            Column(key="name", title="单位", kind=ColumnKind.LINK, width=200, stretch=True, least=150),
            Column(key="size", title="有效", kind=ColumnKind.NUMBER, width=64),
            Column(key="repeated", title="重复", kind=ColumnKind.NUMBER, width=64),
            Column(key="least", title="至少", kind=ColumnKind.NUMBER, width=64),
            Column(key="enough", title="样本", kind=ColumnKind.STATE, width=84),
            *(
                Column(key=measure, title=f"{measure.words}（%）", width=172, align=Align.RIGHT)
                for measure in measures
            ),
        ]
        rows = [
            (
                line.name,
                line.size,
                line.repeated,
                line.least,
                StateValue(StateKind.OK, "够") if line.enough else StateValue(StateKind.WARN, "不足"),
                *(_share(line.estimates.get(measure)) for measure in measures),
            )
            for line in lines
        ]
        self.rows.show_rows(columns, rows, [line.assessment_id for line in lines], NOTHING)
        answers = sum(line.size for line in lines)
        enough = sum(line.enough for line in lines)
        words = f"有效问卷 {answers:,} 份　样本够的单位 {enough:,} / {len(lines):,}"
        self.come.setText(words if answers else "还没有问卷。可先写出空白问卷表，填好后导入。")
        self.take.set_refusal(self.page.evidence.refusal("score"))


def _share(found: Estimate | None) -> str:
    return f"{found.value:.2f}（{found.low:.2f}—{found.high:.2f}）" if found is not None else ""
