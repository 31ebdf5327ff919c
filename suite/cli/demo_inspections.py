"""A plan, a draw and the inspections of a year for the demonstration, by the commands of the sections."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from suite.cli.demo_steps import paper_up, that_day
from suite.contract.case_facts import Cell
from suite.kernel.casework.commands import AddCaseLines, ApproveStep, CorrectCaseLine, LineGiven
from suite.kernel.casework.derive import step
from suite.kernel.casework.inspections.commands import (
    DrawInspection,
    OpenDrawnInspections,
    PlanInspection,
    RecordRecusal,
    StratumGiven,
    VoidDraw,
)
from suite.kernel.casework.inspections.frame import WORK
from suite.kernel.casework.queries import case_versions
from suite.kernel.registry.queries import ListQuery, list_ids

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from suite.bootstrap import Suite
    from suite.contract.casework import CaseKind
    from suite.contract.commands import Actor, Done

#: How far the inspections of each profession have come, and how many days ago they began.
FATES = (
    ("closed", 150), ("rechecked", 95), ("overdue", 48), ("ordered", 12), ("on_site", 3), ("penalty", 60),
    ("planned", 1),
)  # fmt: skip
#: All of them are played where the draw is; elsewhere one closed, one overdue, one on site.
ELSEWHERE = (0, 2, 4)
PROBLEMS = (
    ("未按规定公示收费标准", "general", 0),
    ("档案卷宗缺少审批材料三份", "minor", 1),
    ("内部管理制度没有落实，台账不全", "serious", 2),
)
DRAWN = "appraisal.appraisal_institution"


class Inspectors:
    """One who takes the steps, one who goes along, one who signs."""

    def __init__(self, suite: Suite, clerk: Actor, second: str, head: Actor) -> None:
        self._suite, self._clerk, self._second, self._head = suite, clerk, second, head

    def play(self, kind: CaseKind, bodies: Sequence[int]) -> int:
        """The inspections of one profession; gives how many."""
        places = range(len(FATES)) if kind.owner == DRAWN.partition(".")[0] else ELSEWHERE
        for place in places:
            fate, back = FATES[place]
            day = self._suite.today - dt.timedelta(days=back)
            self._inspection(kind, fate, day, bodies[place % len(bodies)], place)
        return len(places)

    def _inspection(self, kind: CaseKind, fate: str, day: dt.date, body: int, place: int) -> None:
        opened = self._suite.run(
            step(
                self._suite.catalog, "OpenInspection", kind=kind.key, on=day, respondent=(body,),
                source="special" if place % 2 else "daily", subject_matter="执业活动合规情况",
            ),
            self._clerk,
        )  # fmt: skip
        number = int(opened.result["case_id"])
        officers = (self._clerk.login, self._second)
        self.take(number, "AssignInspectors", day, officer=officers)
        if fate == "planned":
            return
        self.take(number, "NotifyInspection", day, notice_way="written")
        site = day + dt.timedelta(days=2)
        self.take(number, "StartInspection", site, place="检查对象办公场所", present="负责人")
        found = fate != "closed"
        self.take(number, "RecordCheck", site, lines=self._lines(kind, found))
        if fate == "on_site":
            return
        end = {"record_signed": "signed", "summary": "已逐项检查，现场制作笔录。"}
        if not found:
            self.take(number, "ConcludeInspection", site, result="none", **end)
        elif fate == "penalty":
            self.take(number, "TransferToPenalty", site, result="penalty", summary=end["summary"])
        else:
            due = site + dt.timedelta(days=30)
            self.take(number, "OrderRectification", site, result="order", rectify_by=due, **end)
        if fate in ("closed", "rechecked", "penalty", "overdue"):
            later = site + dt.timedelta(days=5)
            self.take(number, "PublishInspection", later, published_on=later, channel="市局门户网站")
        if fate == "rechecked":
            done = site + dt.timedelta(days=25)
            self._mend(number, len(PROBLEMS), done)
            self.take(number, "ConfirmRectified", done, recheck="逐条核对，均已改正", rectified_on=done)
        if fate in ("closed", "rechecked"):
            self.take(number, "CloseInspection", site + dt.timedelta(days=30))

    def _lines(self, kind: CaseKind, found: bool) -> tuple[LineGiven, ...]:
        items = self._suite.catalog.codes[kind.by_list["check_items"].by_cell[Cell.CODE].codes or ""].codes
        wrong = {items[place].value for _, _, place in PROBLEMS} if found else set()
        lines = [
            LineGiven(
                list_key="check_items",
                code=item.value,
                grade="fails" if item.value in wrong else "conforms",
                article=item.also[0] if item.also else None,
            )
            for item in items
        ]
        if found:
            lines += [
                LineGiven(
                    list_key="problems",
                    text=text,
                    article=next(iter(items[place].also), "行业管理规定"),
                    grade=grade,
                )
                for text, grade, place in PROBLEMS
            ]
        return tuple(lines)

    def _mend(self, number: int, count: int, on: dt.date) -> None:
        for no in range(1, count + 1):
            line = LineGiven(list_key="problems", done=on)
            self._suite.run(CorrectCaseLine(case_id=number, no=no, line=line), self._clerk)
        photographs = LineGiven(
            list_key="evidence", code="audiovisual", name="整改后现场照片", day=on, place="检查对象提交"
        )
        self._suite.run(AddCaseLines(case_id=number, lines=(photographs,), on=on), self._clerk)

    def take(self, number: int, name: str, on: dt.date, **values: Any) -> Done:
        """One step, signed by the head where it has to be."""
        paper_up(self._suite, self._clerk, number, name, on)
        with self._suite.reading() as session:
            version = case_versions(session, self._clerk, self._suite.catalog, (number,))[number]
        command = step(
            self._suite.catalog, name, case_id=number, expected_version=version,
            on=min(on, self._suite.today), **values,
        )  # fmt: skip
        done = self._suite.run(command, self._clerk)
        if "approval" in done.result:
            with that_day(self._suite, on):
                done = self._suite.run(
                    ApproveStep(approval=done.result["approval"], opinion="同意"), self._head
                )
        return done


def inspections(
    suite: Suite, clerk_of: Callable[[str], Actor], admin: Actor, drawers: tuple[str, ...]
) -> str:
    """Inspections of every profession, and the plan of the year with its draw.

    drawers: logins from whom the inspectors of the draw are taken; the last one goes along everywhere.
    """
    played = 0
    for kind in suite.catalog.case_kinds.values():
        if kind.work != WORK:
            continue
        bodies = _bodies(suite, admin, kind.roles[kind.respondent].kinds)
        if bodies:
            played += Inspectors(suite, clerk_of(kind.owner), drawers[-1], admin).play(kind, bodies)
    return f"{played} 件检查；{_draw(suite, clerk_of(DRAWN.partition('.')[0]), admin, drawers)}"


def _bodies(suite: Suite, actor: Actor, kinds: Sequence[str]) -> list[int]:
    found: list[int] = []
    with suite.reading() as session:
        for key in kinds:
            query = ListQuery(kind=key, filters={"status": ("active",)}, sort=(("name", False),))
            found += list_ids(session, actor, suite.catalog, query, limit=len(FATES)).ids
    return found


def _draw(suite: Suite, clerk: Actor, admin: Actor, drawers: tuple[str, ...]) -> str:
    """A plan that was drawn, drawn anew over a crossed-out draw, and opened; and one that waits."""
    bodies = _bodies(suite, clerk, (DRAWN,))
    if not bodies:
        return "没有可抽取的鉴定机构"
    today = suite.today
    plan = PlanInspection(
        kind=DRAWN,
        name=f"{today.year} 年下半年司法鉴定机构双随机抽查",
        basis="年度双随机抽查工作计划",
        first_day=today.replace(day=1),
        last_day=dt.date(today.year, 12, 31),
        rate=Decimal(5),
        strata=(
            StratumGiven(rate=Decimal(50), risk="key"),
            StratumGiven(rate=Decimal(20), risk="watched"),
        ),
        inspectors=drawers,
    )
    number = int(suite.run(plan, clerk).result["plan"])
    suite.run(
        RecordRecusal(
            kind=DRAWN, login=drawers[0], relation="relative", reason="配偶在该机构任职", subject_id=bodies[0]
        ),
        clerk,
    )
    first = suite.run(DrawInspection(plan=number), clerk)
    suite.run(VoidDraw(draw=int(first.result["draw"]), reason="检查人员名录漏列一名，补齐后重抽"), admin)
    again = suite.run(DrawInspection(plan=number), clerk)
    suite.run(OpenDrawnInspections(draw=int(again.result["draw"])), clerk)
    later = PlanInspection(
        kind="lawyers.law_firm",
        name=f"{today.year} 年律师事务所双随机抽查",
        basis="年度双随机抽查工作计划",
        first_day=today.replace(day=1),
        last_day=dt.date(today.year, 12, 31),
        rate=Decimal(3),
        by_district=True,
        inspectors=drawers,
    )
    suite.run(later, admin)
    return again.text
