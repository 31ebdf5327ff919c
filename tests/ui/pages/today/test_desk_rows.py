"""The rows of the desk: their order, what they open, and the words of the picture of a graph."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from suite.contract.casework import State
from suite.contract.hooks import TodayItem
from suite.contract.states import StateKind
from suite.kernel.accounts.requests import RequestLine
from suite.kernel.casework.desk_items import Desk, DeskScope, Urgency
from suite.kernel.casework.queries import CaseLine
from suite.kernel.casework.waiting import ReturnedCase, WaitingCase
from suite.kernel.clocks.wording import Running, Standing
from suite.ui.kit.columns import GroupValue, cell_text
from suite.ui.pages.today.rows import Opens, desk_rows

TODAY = dt.date(2026, 11, 23)
NOW = dt.datetime(2026, 11, 23, 2, tzinfo=dt.UTC)


def a_case(number: int, due: dt.date, *, decides: bool = False, acting: str = "") -> CaseLine:
    return CaseLine(
        id=number,
        number=f"石司鉴投〔2026〕{number}号",
        kind="appraisal.complaint",
        kind_title="司法鉴定投诉",
        title="收费",
        state=State(key="received", title="待受理", kind=StateKind.NEW, stage="受理"),
        respondents="河北正明司法鉴定中心",
        opened=TODAY,
        closed=None,
        handler="田立新",
        acting=acting,
        district="130102",
        clock_title="补正告知",
        lapse="视为受理" if decides else "列入督办",
        decides=decides,
        clock=Standing(state=Running.OVERDUE, days=1, used=5, total=5, text="已逾期 1 个工作日"),
        due=due,
        waiting=False,
    )


def a_desk(**changes: Any) -> Desk:
    late = (a_case(1, TODAY, decides=True), a_case(2, TODAY, acting="韩雪"))
    made = Desk(
        scope=DeskScope.MINE,
        scopes=(DeskScope.MINE, DeskScope.ALL),
        districts=(),
        handlers=(),
        counts={Urgency.OVERDUE: 2, Urgency.SOON: 0, Urgency.LATER: 0},
        due={Urgency.OVERDUE: late, Urgency.SOON: (), Urgency.LATER: ()},
        waiting=(
            WaitingCase(
                approval=1, case_id=7, number="7", title="x", step="不予受理", place="科长", asked_by="韩雪",
                asked_at=NOW, behalf="周立群",
            ),
        ),
        returned=(
            ReturnedCase(
                approval=2, case_id=8, number="8", title="x", step="不予受理", returned_by="周立群",
                returned_at=NOW, reason="理由不清",
            ),
        ),
        closed=1,
        closed_last="9（11-20）",
        handed=(),
    )  # fmt: skip
    return replace(made, **changes)


def shown(desk: Desk) -> list[str]:
    item = TodayItem(title="执业证到期", note="请提醒", state=StateKind.WARN, count=3, kind="x.y")
    rows = list(desk_rows(desk, [item], {"130102": "长安区"}, TODAY))
    assert all((opens is None) is isinstance(values[0], GroupValue) for values, opens in rows)
    return ["｜".join(cell_text(value) for value in values if value is not None) for values, _ in rows]


def test_what_the_lapse_decides_comes_first_in_words() -> None:
    rows = shown(a_desk())
    heads = ("已逾期", "待我审批", "退回给我", "名册与任务", "近 7 日办结")
    assert [row.split("　")[0] for row in rows if row.startswith(heads) and "｜" not in row] == list(heads)
    assert rows[1].startswith("已逾期 1 个工作日")
    assert "逾期视为受理" in rows[1]
    assert "长安区" in rows[1]
    assert "韩雪（代田立新）" in rows[2]
    assert "不予受理（代周立群）" in rows[4]
    assert "理由：理由不清" in rows[6]


def test_what_takes_two_persons_waits_among_the_work() -> None:
    line = RequestLine(
        id=5, command="MergeSubjects", title="合并重复档案", reason="重复登记", effect=None, state="open",
        asked_by="clerk", asker="赵敏", asked_at=NOW, decided_by=None, decider=None, decision=None,
        mine=False,
    )  # fmt: skip
    rows = list(desk_rows(a_desk(), [], {}, TODAY, [line]))
    places = [cell_text(values[0]) for values, _ in rows]
    assert [one.split("　")[0] for one in places[3:7:2]] == ["待我审批", "待我复核"]
    values, opens = rows[6]
    assert opens == Opens("settings", ("rights", "requests"))
    assert "重复登记" in cell_text(values[1])
    assert values[-1] == "赵敏"


def test_who_only_signs_sees_first_what_waits() -> None:
    rows = shown(a_desk(scopes=(DeskScope.ALL,)))
    assert rows[0].startswith("待我审批")


def test_returns_stand_before_the_cases_of_others_for_who_handles_none() -> None:
    item = TodayItem(
        title="月报 2026-10 逾期未报",
        note="催报",
        state=StateKind.BAD,
        count=2,
        page="returns",
        view="x/2026-10",
    )

    def heads(**changes: Any) -> list[str]:
        rows = desk_rows(a_desk(waiting=(), returned=(), **changes), [item], {}, TODAY)
        return [cell_text(values[0]) for values, opens in rows if opens is None]

    assert [head.split()[0] for head in heads(scopes=(DeskScope.ALL,))] == ["填报", "已逾期", "近"]
    assert [head.split()[0] for head in heads()] == ["已逾期", "名册与任务", "近"]
