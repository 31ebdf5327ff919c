"""The rows of the desk's table, in groups: pure functions from what was read to what is shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from suite.bootstrap import SHANGHAI
from suite.contract.hooks import TodayItem
from suite.contract.states import StateKind
from suite.kernel.accounts.raised import PAGE as SETTINGS
from suite.kernel.accounts.raised import REQUESTS
from suite.kernel.accounts.requests import RequestLine
from suite.kernel.casework.desk_items import Desk, DeskScope, Urgency
from suite.kernel.casework.queries import CaseLine
from suite.kernel.casework.waiting import ReturnedCase, WaitingCase
from suite.kernel.clocks.wording import Running
from suite.ui.kit.columns import Column, ColumnKind, GroupValue, Noted, RemainingValue
from suite.ui.kit.state import KIND_WORDS, StateValue

COLUMNS = (
    Column(key="left", title="期限", kind=ColumnKind.REMAINING, width=214),
    Column(key="title", title="事项", width=240, stretch=True, least=200),
    Column(key="district", title="属地", width=76),
    Column(key="state", title="环节", kind=ColumnKind.STATE, width=138),
    Column(key="due", title="到期日", kind=ColumnKind.DATE, width=96),
    Column(key="handler", title="承办", width=124),
)
_KINDS = {
    Urgency.OVERDUE: StateKind.BAD,
    Urgency.SOON: StateKind.WARN,
    Urgency.LATER: StateKind.RUN,
}
_WEIGHT = {StateKind.BAD: 0, StateKind.WARN: 1, StateKind.PAUSE: 2, StateKind.RUN: 3}


@dataclass(frozen=True)
class Opens:
    """What a row opens: a page with its argument; of rosters the item itself."""

    page: str
    argument: object


Row = tuple[Sequence[object], Opens | None]


def desk_rows(
    desk: Desk,
    items: Sequence[TodayItem],
    districts: Mapping[str, str],
    today: dt.date,
    requests: Sequence[RequestLine] = (),
) -> Iterator[Row]:
    """Every row with what it opens, heads of groups with nothing; an empty group has no head.

    What is overdue comes first; before it, for who handles no cases, what waits for the signature, of what
    takes two persons for the decision, and the returns that wait for him: the cases are others'.
    """
    signs_only = DeskScope.MINE not in desk.scopes
    own = [item for item in items if item.page == "returns"] if signs_only else []
    items = [item for item in items if item not in own]
    if not signs_only:
        yield from _clocks(desk, Urgency.OVERDUE, districts)
    if desk.waiting:
        yield _head(StateKind.WARN, "待我审批", f"{len(desk.waiting)} 件")
        yield from (_waiting(item, today) for item in desk.waiting)
    if requests:
        yield _head(StateKind.WARN, "待我复核", f"{len(requests)} 件")
        yield from (_request(item, today) for item in requests)
    if own:
        yield _head(StateKind.NEUTRAL, "填报", f"{len(own)} 项")
        yield from (_item(item, today) for item in sorted(own, key=urgency))
    if signs_only:
        yield from _clocks(desk, Urgency.OVERDUE, districts)
    if desk.returned:
        yield _head(StateKind.WARN, "退回给我", f"{len(desk.returned)} 件，请按理由修改后重新提请")
        yield from (_returned(item, today) for item in desk.returned)
    yield from _clocks(desk, Urgency.SOON, districts)
    yield from _clocks(desk, Urgency.LATER, districts)
    if items:
        yield _head(StateKind.NEUTRAL, "名册与任务", f"{len(items)} 项")
        yield from (_item(item, today) for item in sorted(items, key=urgency))
    if desk.closed:
        yield _head(StateKind.OK, "近 7 日办结", f"{desk.closed} 件，最近：{desk.closed_last}")


def urgency(item: TodayItem) -> tuple[int, dt.date, str]:
    """What a plugin put on the desk, the worst first."""
    return _WEIGHT.get(item.state, 4), item.due or dt.date.max, item.title


def _head(kind: StateKind, title: str, note: str) -> Row:
    return (GroupValue(StateValue(kind, title), note),), None


def _clocks(desk: Desk, group: Urgency, districts: Mapping[str, str]) -> Iterator[Row]:
    number, lines = desk.counts[group], desk.due[group]
    if not number:
        return
    more = f"，列出最先到期的 {len(lines)} 件" if len(lines) < number else ""
    yield _head(_KINDS[group], group.words, f"{number:,} 件{more}")
    yield from (_case(line, _KINDS[group], districts) for line in lines)


def _case(line: CaseLine, kind: StateKind, districts: Mapping[str, str]) -> Row:
    clock = line.clock
    left = RemainingValue("—", None, kind)
    if clock is not None:
        kind = StateKind.PAUSE if clock.state is Running.PAUSED else kind
        left = RemainingValue(clock.text, clock.used / clock.total if clock.total else None, kind)
    says = f"逾期{line.lapse}" if line.decides and not line.lapse.startswith("逾期") else ""
    # What is too long is cut at its end: never the number, by which a case is called.
    note = "　".join(part for part in (says, line.number, line.respondents or line.title) if part)
    values = (
        left,
        Noted(f"{line.kind_title}：{line.clock_title}", note),
        districts.get(line.district or "", line.district),
        StateValue(line.state.kind, line.state.title),
        line.due,
        f"{line.acting}（代{line.handler}）" if line.acting else line.handler,
    )
    return values, Opens("case", line.id)


def _waiting(item: WaitingCase, today: dt.date) -> Row:
    behalf = f"（代{item.behalf}）" if item.behalf else ""
    values = (
        RemainingValue(_since(item.asked_at.date(), today, "提请"), None, StateKind.RUN),
        Noted(f"{item.step}{behalf}", f"{item.number}　{item.title}"),
        None,
        StateValue(StateKind.WARN, f"{item.place}审批"),
        None,
        item.asked_by,
    )
    return values, Opens("case", item.case_id)


def _request(item: RequestLine, today: dt.date) -> Row:
    values = (
        RemainingValue(_since(item.asked_at.astimezone(SHANGHAI).date(), today, "提请"), None, StateKind.RUN),
        Noted(item.title, f"{item.id} 号　事由：{item.reason}"),
        None,
        StateValue(StateKind.WARN, "待复核"),
        None,
        item.asker,
    )
    return values, Opens(SETTINGS, REQUESTS)


def _returned(item: ReturnedCase, today: dt.date) -> Row:
    values = (
        RemainingValue(_since(item.returned_at.date(), today, "退回"), None, StateKind.WARN),
        Noted(item.step, f"理由：{item.reason}　{item.number}"),
        None,
        StateValue(StateKind.WARN, "已退回"),
        None,
        item.returned_by,
    )
    return values, Opens("case", item.case_id)


def _item(item: TodayItem, today: dt.date) -> Row:
    count = f"{item.count:,} 条" if item.count is not None else ""
    words = KIND_WORDS[item.state]
    if item.due is not None and item.due < today:
        words = f"已逾期 {(today - item.due).days} 日"
    elif item.due == today:
        words = "今日到期"
    values = (
        RemainingValue(words, None, item.state),
        Noted(item.title, item.note),
        None,
        StateValue(item.state, count) if count else None,
        item.due,
        None,
    )
    return values, Opens("item", item)


def _since(day: dt.date, today: dt.date, act: str) -> str:
    days = (today - day).days
    return f"今天{act}" if days <= 0 else f"{days} 日前{act}"
