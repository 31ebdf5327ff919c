"""Plans, draws and inspections: drawn once, recused, voided with a reason, replayed, carried to the end."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select

from suite.bootstrap import Suite
from suite.cli.demo_steps import paper_up
from suite.contract.commands import Actor, Command, Done
from suite.contract.problems import Refused
from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.kernel.casework.case_file import case_file
from suite.kernel.casework.commands import AddCaseLines, CorrectCaseLine, LineGiven
from suite.kernel.casework.derive import step
from suite.kernel.casework.draw_record import from_json, replay, to_json
from suite.kernel.casework.inspections.commands import (
    DrawInspection,
    EndRecusal,
    OpenDrawnInspections,
    PlanInspection,
    RecordRecusal,
    StratumGiven,
    VoidDraw,
)
from suite.kernel.casework.inspections.queries import draw_record, plan_file
from suite.tables import Case, CaseClock
from suite.testing.factories import make
from suite.testing.signing import sign_then

pytestmark = pytest.mark.sqlite_first

KIND = "appraisal.appraisal_institution"


class Bureau:
    """An appraisal section with three inspectors and twenty institutions."""

    def __init__(self, suite: Suite) -> None:
        self.suite, self.clerk = suite, suite.actor()
        for login, name, role in (
            ("head", "周立群", "core.section_head"),
            ("second", "韩雪", "core.section_staff"),
            ("third", "孟磊", "core.section_staff"),
        ):
            suite.run(AddUser(login=login, name=name), self.clerk)
            suite.run(GrantRole(login=login, role=role), self.clerk)
        self.head, self.second = suite.actor("head"), suite.actor("second")
        self.bodies = make(
            suite,
            self.clerk,
            KIND,
            *(
                {
                    "name": f"河北第{n}司法鉴定中心",
                    "main_no": f"1301001{n:02}",
                    "district_code": "130102" if n % 2 else "130104",
                }
                for n in range(20)
            ),
        )

    def plan(self, **values: Any) -> int:
        given: dict[str, Any] = {
            "kind": KIND,
            "name": "2026 年下半年司法鉴定机构双随机抽查",
            "basis": "年度抽查工作计划",
            "first_day": dt.date(2026, 11, 1),
            "last_day": dt.date(2026, 12, 31),
            "rate": Decimal(5),
            "inspectors": (self.clerk.login, "second", "third"),
            **values,
        }
        return int(self.suite.run(PlanInspection(**given), self.clerk).result["plan"])

    def run(self, command: Command, actor: Actor | None = None) -> Done:
        return self.suite.run(command, actor or self.clerk)

    def refused(self, command: Command, actor: Actor | None = None) -> set[str]:
        with pytest.raises(Refused) as told:
            self.run(command, actor)
        return told.value.codes

    def take(self, case_id: int, name: str, **values: Any) -> Done:
        paper_up(self.suite, self.clerk, case_id, name, values.get("on") or self.suite.today)
        with self.suite.reading() as session:
            version = session.get_one(Case, case_id).version
        command = step(self.suite.catalog, name, case_id=case_id, expected_version=version, **values)
        done = self.run(command)
        if "approval" in done.result:
            done = sign_then(self.suite, done.result["approval"], self.head)
        return done


def test_a_plan_is_drawn_for_once_and_again_only_over_a_crossed_out_draw(suite_: Suite) -> None:
    bureau = Bureau(suite_)
    plan = bureau.plan()
    recusal = RecordRecusal(
        kind=KIND,
        login="third",
        relation="relative",
        reason="配偶任副主任",
        subject_id=bureau.bodies[0],
    )
    bureau.run(recusal)
    done = bureau.run(DrawInspection(plan=plan))
    assert bureau.refused(DrawInspection(plan=plan)) == {"draw.standing"}
    with pytest.raises(Refused) as told:
        suite_.run(DrawInspection(plan=plan), bureau.clerk, dry_run=True)
    assert told.value.codes == {"disclosure.dry_run"}
    assert bureau.refused(VoidDraw(draw=done.result["draw"], reason="")) == {"reason.required"}
    assert bureau.refused(VoidDraw(draw=done.result["draw"], reason="重抽"), bureau.second) == {
        "not_permitted"
    }
    bureau.run(VoidDraw(draw=done.result["draw"], reason="名录库漏列一家"), bureau.head)
    assert bureau.refused(OpenDrawnInspections(draw=done.result["draw"])) == {"draw.voided"}
    again = bureau.run(DrawInspection(plan=plan))
    with suite_.reading() as session:
        found = plan_file(session, bureau.clerk, suite_.catalog, plan, today=suite_.today, risk_months=24)
        record = draw_record(session, bureau.clerk, again.result["draw"])
    assert [(item.no, bool(item.voided)) for item in found.draws] == [(2, False), (1, True)]
    assert "名录库漏列一家" in found.draws[1].voided
    # Twenty institutions, five per cent: one; the record alone gives it again.
    assert [len(item.picks) for item in found.draws] == [1, 1]
    assert replay(from_json(to_json(record))).agrees
    away = {item.login: set(item.recused) for item in record.inspectors}
    assert away == {bureau.clerk.login: set(), "second": set(), "third": {bureau.bodies[0]}}
    assert (found.line.picked, found.line.opened) == (1, 0)
    opened = bureau.run(OpenDrawnInspections(draw=again.result["draw"])).result["cases"]
    assert bureau.refused(OpenDrawnInspections(draw=again.result["draw"])) == {"draw.opened"}
    assert bureau.refused(VoidDraw(draw=again.result["draw"], reason="重抽"), bureau.head) == {"draw.used"}
    with suite_.reading() as session:
        file = case_file(
            session, bureau.clerk, suite_.catalog, opened[0], today=suite_.today,
            parameters={key: item.value for key, item in suite_.catalog.parameters.items()},
        )  # fmt: skip
    assert {party.role for party in file.parties} == {"respondent", "officer"}
    assert file.values["source"] == "draw"


def test_of_two_desks_that_open_what_was_drawn_one_does(suite_: Suite) -> None:
    bureau = Bureau(suite_)
    drawn = bureau.run(DrawInspection(plan=bureau.plan(rate=Decimal(25)))).result["draw"]

    def open_them(_: int) -> frozenset[str]:
        try:
            bureau.run(OpenDrawnInspections(draw=drawn))
        except Refused as refusal:
            return refusal.codes
        return frozenset()

    with ThreadPoolExecutor(2) as desks:
        told = list(desks.map(open_them, range(2)))
    assert sorted(map(sorted, told)) == [[], ["draw.opened"]]
    with suite_.reading() as session:
        assert session.scalar(select(func.count()).select_from(Case)) == 5


def test_too_few_inspectors_without_recusal_are_told_by_name(suite_on_sqlite: Suite) -> None:
    bureau = Bureau(suite_on_sqlite)
    plan = bureau.plan(inspectors=("admin", "second"))
    recusal = bureau.run(
        RecordRecusal(kind=KIND, login="second", relation="own", reason="曾任职", subject_id=bureau.bodies[3])
    ).result["recusal"]
    assert bureau.refused(DrawInspection(plan=plan)) == {"draw.inspectors"}
    bureau.run(EndRecusal(recusal=recusal))
    assert bureau.refused(EndRecusal(recusal=recusal)) == {"recusal.ended"}
    bureau.run(DrawInspection(plan=plan))


def test_a_plan_that_does_not_fit_is_refused_whole(suite_on_sqlite: Suite) -> None:
    bureau = Bureau(suite_on_sqlite)

    def told(**values: Any) -> set[str]:
        with pytest.raises(Refused) as refusal:
            bureau.plan(**values)
        return refusal.value.codes

    assert told(kind="appraisal.appraiser") == {"plan.kind"}
    assert told(name=" ", last_day=dt.date(2026, 1, 1), rate=Decimal(101)) == {
        "required", "plan.days", "plan.rate",
    }  # fmt: skip
    assert told(rate=Decimal(0)) == {"plan.rate"}
    assert told(inspectors=("admin", "nobody")) == {"party.user"}
    assert told(inspectors=("admin",)) == {"plan.inspectors"}
    assert told(per_subject=0) == {"plan.per_subject"}
    assert told(district="999999") == {"plan.district"}
    assert told(strata=(StratumGiven(rate=Decimal(50), risk="high"),)) == {"plan.risk"}
    bad = RecordRecusal(kind=KIND, login="nobody", relation="x", reason="", subject_id=None)
    assert bureau.refused(bad) == {"recusal.of", "code.unknown", "reason.required", "party.user"}
    assert bureau.refused(DrawInspection(plan=99)) == {"plan.unknown"}
    assert bureau.refused(VoidDraw(draw=99, reason="无"), bureau.head) == {"draw.unknown"}


def test_an_inspection_runs_from_the_site_to_the_recheck(suite_: Suite) -> None:
    bureau = Bureau(suite_)
    opened = bureau.run(
        step(
            suite_.catalog, "OpenInspection", kind="appraisal.inspection", respondent=(bureau.bodies[0],),
            source="special",
        )
    ).result["case_id"]  # fmt: skip
    with pytest.raises(Refused) as told:
        bureau.take(opened, "StartInspection", place="本所")
    assert told.value.codes == {"core.inspection.two_officers"}
    away = RecordRecusal(
        kind=KIND, login="third", relation="former", reason="曾任职", subject_id=bureau.bodies[0]
    )
    bureau.run(away)
    with pytest.raises(Refused) as told:
        bureau.take(opened, "AssignInspectors", officer=("second", "third"))
    assert told.value.codes == {"party.recused"}
    opening = step(
        suite_.catalog, "OpenInspection", kind="appraisal.inspection", respondent=(bureau.bodies[0],),
        source="daily", officer=("second", "third"),
    )  # fmt: skip
    assert bureau.refused(opening) == {"party.recused"}
    bureau.take(opened, "AssignInspectors", officer=(bureau.clerk.login, "second"))
    bureau.take(opened, "StartInspection", place="本所")
    with pytest.raises(Refused) as told:
        bureau.take(opened, "ConcludeInspection", result="none", record_signed="signed")
    assert told.value.codes == {"core.inspection.checked"}
    items = (
        LineGiven(list_key="check_items", code="scope", grade="conforms"),
        LineGiven(list_key="check_items", code="fees", grade="fails", text="未公示收费标准"),
    )
    bureau.take(opened, "RecordCheck", lines=items)
    problem = LineGiven(list_key="problems", text="未公示收费标准", article="第二十九条", grade="general")
    bureau.run(AddCaseLines(case_id=opened, lines=(problem,)))
    with pytest.raises(Refused) as told:
        bureau.take(opened, "ConcludeInspection", result="none", record_signed="signed")
    assert told.value.codes == {"core.inspection.nothing_found"}
    bureau.take(opened, "OrderRectification", result="order", record_signed="signed")
    with suite_.reading() as session:
        clocks = {
            row.limit_key: row.due
            for row in session.scalars(select(CaseClock).where(CaseClock.case_id == opened))
        }
    # Thirty days from 23 November: 23 December; twenty working days: 21 December.
    assert clocks == {
        "core.inspection.rectify": dt.date(2026, 12, 23),
        "core.inspection.publish": dt.date(2026, 12, 21),
    }
    with pytest.raises(Refused) as told:
        bureau.take(opened, "ConfirmRectified", recheck="已公示", rectified_on=suite_.today)
    assert told.value.codes == {"core.inspection.all_rectified"}
    done = LineGiven(list_key="problems", done=suite_.today)
    bureau.run(CorrectCaseLine(case_id=opened, no=1, line=done))
    bureau.take(opened, "ConfirmRectified", recheck="已公示", rectified_on=suite_.today)
    with pytest.raises(Refused) as told:
        bureau.take(opened, "CloseInspection")
    assert told.value.codes == {"core.inspection.published"}
    bureau.take(opened, "PublishInspection", published_on=suite_.today, channel="市局门户网站")
    assert bureau.take(opened, "CloseInspection").result["state"] == "closed"
    with suite_.reading() as session:
        assert all(
            row.stopped for row in session.scalars(select(CaseClock).where(CaseClock.case_id == opened))
        )
    plan = bureau.plan(strata=(StratumGiven(rate=Decimal(100), risk="watched"),), rate=Decimal(1))
    with suite_.reading() as session:
        found = plan_file(session, bureau.clerk, suite_.catalog, plan, today=suite_.today, risk_months=24)
    # What was found makes the institution one to be watched.
    assert [(group.risk, group.size, group.wanted) for group in found.groups] == [
        ("关注", 1, 1),
        ("其余", 19, 1),
    ]
