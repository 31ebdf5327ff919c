"""What is wrong in a file that was to be taken in, place by place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from suite.contract.problems import Problem, Refused
from suite.kernel.assessment.faults import MORE
from suite.ui.kit.buttons import icon_button
from suite.ui.kit.columns import Column, ColumnKind
from suite.ui.kit.notices import NoticeKind
from suite.ui.kit.panes import Pane
from suite.ui.pages.assessment.further import RowsPane
from suite.ui.strip_place import StripPlace

if TYPE_CHECKING:
    from suite.ui.pages.assessment.page import AssessmentPage

TITLE = "导入有误之处"
COLUMNS = (
    Column(key="place", title="序号", kind=ColumnKind.NUMBER, width=56),
    Column(key="text", title="哪一行，怎样改正", width=600, stretch=True, least=300),
)


class FaultsPane(Pane):
    """Hidden while nothing is wrong."""

    def __init__(self) -> None:
        super().__init__(TITLE)
        self.rows = RowsPane(TITLE)
        self.body.addWidget(self.rows, 1)
        close = icon_button("close", "关闭清单")
        close.clicked.connect(lambda: self.show_faults(()))
        self.head.addWidget(close)
        self.hide()

    def show_faults(self, problems: Sequence[Problem]) -> None:
        """List them; an empty list closes."""
        self.setVisible(bool(problems))
        rows = [(place, problem.text) for place, problem in enumerate(problems, 1)]
        self.rows.show_rows(COLUMNS, rows, range(len(rows)), "")


def faults_words(problems: Sequence[Problem]) -> str:
    """How many faults a file has, and what follows."""
    number = sum(problem.code != MORE for problem in problems)
    many = "超过 " if number < len(problems) else ""
    return f"{many}{number:,} 处有误，没有导入。逐处列在下面，请改正后再导入。"


def list_faults(
    page: AssessmentPage, place: StripPlace, pane: FaultsPane, view: str, error: Exception
) -> None:
    """List what is wrong in a file with its places, on the view that has the pane; one fault is just told."""
    problems = error.problems if isinstance(error, Refused) else ()
    if len(problems) <= 1:
        page.work.lost(error)
        return
    place.close()
    pane.show_faults(problems)
    page.turn(view)
    page.work.tell(NoticeKind.BAD, faults_words(problems))
