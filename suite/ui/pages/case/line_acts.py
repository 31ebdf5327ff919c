"""What is done to a line of a case's lists on its page, each in a strip in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from suite.contract.casework import CaseList
from suite.kernel.casework.commands import AddCaseLines, CorrectCaseLine, StrikeCaseLine
from suite.kernel.casework.line_file import LineRow
from suite.ui.kit.act_strip import REASON, ActStrip
from suite.ui.kit.fields import FieldSpec
from suite.ui.pages.case.line_fields import column_spec, given_lines, line_given, list_grid

if TYPE_CHECKING:
    from suite.ui.pages.case.acts import CaseActs
    from suite.ui.pages.case.page import CasePage

WHY = FieldSpec(
    key="reason", title="事由", quiet=True, wide=True, placeholder="更改已登记的内容须写明；补填空格不须填"
)


class LineActs:
    """Belongs to one page and uses its place for strips."""

    def __init__(self, page: CasePage, acts: CaseActs) -> None:
        self._page, self._acts = page, acts

    def ask_add(self, case_list: CaseList) -> None:
        """Add lines."""
        case, suite = self._page.case, self._page.desk.suite
        if case is None:
            return
        number = case.id
        strip = ActStrip(f"登记{case_list.title}", "登记", suite.today)
        grid = list_grid(case_list, suite.catalog)
        strip.show_fields((), {})
        strip.add_part(grid)
        strip.submitted.connect(
            lambda: self._acts.send(AddCaseLines(case_id=number, lines=given_lines({case_list.key: grid})))
        )
        self._acts.begin(strip)

    def ask_correct(self, case_list: CaseList, row: LineRow) -> None:
        """Fill in a line, or put another in its place."""
        case, suite = self._page.case, self._page.desk.suite
        if case is None:
            return
        number = case.id
        note = "空着的可以补填；已登记的内容更改后，原来的一条划去保留。"
        strip = ActStrip(f"{case_list.title}第 {row.no} 条", "保存", suite.today, note=note, ahead=True)
        specs = [column_spec(column, suite.catalog) for column in case_list.columns]
        strip.show_fields((*specs, WHY), dict(row.values))

        def send() -> None:
            values = {spec.key: value for spec in specs if (value := strip.value(spec.key)) not in (None, "")}
            if "flag" in values and not values["flag"] and "flag" not in row.values:
                del values["flag"]
            self._acts.send(
                CorrectCaseLine(
                    case_id=number,
                    no=row.no,
                    line=line_given(case_list.key, values),
                    reason=str(strip.value("reason") or ""),
                )
            )

        strip.submitted.connect(send)
        self._acts.begin(strip)

    def ask_strike(self, case_list: CaseList, row: LineRow) -> None:
        """Cross a line out."""
        case = self._page.case
        if case is None:
            return
        number = case.id
        strip = ActStrip(f"划去{case_list.title}第 {row.no} 条", "划去", self._page.desk.suite.today)
        strip.show_fields((REASON,), {})
        strip.submitted.connect(
            lambda: self._acts.send(
                StrikeCaseLine(
                    case_id=number,
                    list_key=case_list.key,
                    no=row.no,
                    reason=str(strip.value("reason") or ""),
                )
            )
        )
        self._acts.begin(strip)
