"""`suite due`: when a legal limit ends, and why."""

from __future__ import annotations

import datetime as dt
import json
import logging
import sys
from typing import TYPE_CHECKING, Any

import click

from suite.cli.answers import give
from suite.cli.failures import DONE, FAULTS
from suite.cli.options import Call, SuiteCommand, pass_call
from suite.contract.problems import Refused, refuse
from suite.contract.time_limits import Unit

if TYPE_CHECKING:
    from suite.kernel.clocks.rules import Due, Pause
    from suite.kernel.clocks.workdays import WorkCalendar

log = logging.getLogger(__name__)
LONGEST_LINE = 65_536  # bytes
_KEYS = {"start", "n", "unit", "roll", "pauses", "extension"}


@click.command("due", cls=SuiteCommand)
@click.argument("start", metavar="起算日")
@click.argument("n", metavar="[期限]", type=int, required=False)
@click.option(
    "--unit",
    type=click.Choice([unit.value for unit in Unit]),
    default=Unit.WORKING.value,
    help="working 工作日（默认）、calendar 日、month 月、year 年。",
)
@click.option("--roll", is_flag=True, help="末日为休息日的，顺延至下一个工作日。")
@click.option(
    "--pause",
    "pauses",
    metavar="起..止",
    multiple=True,
    help="暂停期间，起止日都不计入，可写多次；尚未恢复的写“起..”。",
)
@click.option("--extension", metavar="数", type=int, default=0, help="经批准延长的数，单位相同。")
@pass_call
def due(
    call: Call, start: str, n: int | None, unit: str, roll: bool, pauses: tuple[str, ...], extension: int
) -> int:
    """推算法定期限的到期日，并用一句话说明。起算当日不计入。

    起算日写 - 时从标准输入逐行读取 JSON 对象，如 {"start":"2026-09-18","n":7,"unit":"working",
    "roll":false,"pauses":[["2026-09-21","2026-09-22"]]}，逐行回答，顺序不变；
    有问题的行回答 error，退出码为 1。
    """
    if start == "-":
        if n is not None:
            raise click.UsageError("从标准输入读取时不写期限。")
        return _lines(_calendar(call))
    if n is None:
        raise click.UsageError("缺少参数 期限。")
    from suite.bootstrap import SHANGHAI
    from suite.kernel.clocks.wording import standing

    asked = {"start": start, "n": n, "unit": unit, "roll": roll, "extension": extension}
    calendar = _calendar(call)
    found = _due({**asked, "pauses": [_ends(text) for text in pauses]}, calendar)
    document = _answer(found, calendar)
    today = call.today or dt.datetime.now(SHANGHAI).date()
    stands = standing(found, today, calendar)
    if call.today:
        document["standing"] = {
            "today": today,
            "state": stands.state,
            "days": stands.days,
            "text": stands.text,
        }
    last = f"{found.due}{'（暂估）' if found.provisional else ''}" if found.due else "待定"
    give(call, document, [f"到期日：{last}。截至 {today}：{stands.text}。", document["explanation"]])
    return DONE


def _calendar(call: Call) -> WorkCalendar:
    """The bureau's calendar; without a database the shipped one."""
    from suite.kernel.clocks.calendar import shipped_calendar, work_calendar

    if call.missing_file:
        log.warning("没有找到数据库，按随程序发放的工作日历推算。")
        return shipped_calendar()
    suite = call.ready
    with suite.reading() as session:
        return work_calendar(session)


def _lines(calendar: WorkCalendar) -> int:
    """One JSON object a line in, one a line out; a line that is refused keeps its place."""
    failed = False
    place = 0
    while line := sys.stdin.buffer.readline(LONGEST_LINE + 1):
        place += 1
        try:
            answer = _answer(_due(_read(line), calendar), calendar)
        except Refused as refusal:
            failed = True
            problem = refusal.problems[0]
            text = f"第 {place} 行：{'；'.join(item.text for item in refusal.problems)}"
            answer = {"line": place, "error": {"code": problem.code, "text": text, "field": problem.field}}
            click.echo(text, err=True)
        click.echo(json.dumps(answer, ensure_ascii=False, default=str))
    return FAULTS if failed else DONE


def _read(line: bytes) -> dict[str, Any]:
    """The object of a line. Raises Refused."""
    if len(line) > LONGEST_LINE:
        while line and not line.endswith(b"\n"):
            line = sys.stdin.buffer.readline(LONGEST_LINE)
        raise refuse("clock.line_too_long", f"一行最长 {LONGEST_LINE:,} 字节，请拆开。")
    try:
        given = json.loads(line.decode("utf-8-sig"))
        json.dumps(given, ensure_ascii=False).encode()  # halves of characters can be neither told nor logged
    except (ValueError, RecursionError) as error:
        raise refuse("clock.not_json", "不是 JSON 对象，请写成一行 {…}。") from error
    if not isinstance(given, dict):
        raise refuse("clock.not_json", "不是 JSON 对象，请写成一行 {…}。")
    unknown = sorted(given.keys() - _KEYS)
    if unknown:
        text = f"不认识 {unknown[0][:40]}，可用的是 {'、'.join(sorted(_KEYS))}。"
        raise refuse("clock.unknown_key", text, field=unknown[0][:40])
    return given


def _due(given: dict[str, Any], calendar: WorkCalendar) -> Due:
    """The clock of one request. Raises Refused."""
    from suite.kernel.clocks.rules import due_of

    unit = given.get("unit", Unit.WORKING.value)
    if unit not in tuple(Unit):
        text = f"单位应为 {'、'.join(Unit)}，现为“{str(unit)[:20]}”，请改正。"
        raise refuse("clock.unit", text, field="unit")
    roll = given.get("roll", False)
    if not isinstance(roll, bool):
        raise refuse("clock.roll", "roll 应为 true 或 false，请改正。", field="roll")
    pauses = given.get("pauses", [])
    if not isinstance(pauses, list):
        raise refuse("clock.pause", "pauses 应为一组 [起, 止]，请改正。", field="pauses")
    return due_of(
        _date(given.get("start"), "start"),
        given.get("n"),  # type: ignore[arg-type]  # what is no whole number is refused there
        Unit(unit),
        calendar,
        roll,
        [_pause(pause) for pause in pauses],
        given.get("extension", 0),
    )


def _pause(ends: Any) -> Pause:
    from suite.kernel.clocks.rules import Pause

    if not isinstance(ends, list | tuple) or len(ends) != 2:
        raise refuse("clock.pause", "一段暂停应写成 [起, 止]，请改正。", field="pauses")
    since, until = ends
    return Pause(since=_date(since, "pauses"), until=None if until is None else _date(until, "pauses"))


def _ends(text: str) -> tuple[str, str | None]:
    """`A..B` or `A..` of the command line."""
    since, dots, until = text.partition("..")
    if not dots:
        raise refuse("clock.pause", f"暂停应写成 起..止，现为“{text[:40]}”，请改正。", field="pauses")
    return since, until or None


def _date(given: Any, field: str) -> dt.date:
    """A date as 2026-09-18. Raises Refused."""
    try:
        day = dt.date.fromisoformat(given)
    except (TypeError, ValueError):
        day = None
    if day is None or day.isoformat() != given:
        text = f"日期应写成 2026-09-18 的样子，现为“{str(given)[:20]}”，请改正。"
        raise refuse("clock.date", text, field=field)
    return day


def _answer(found: Due, calendar: WorkCalendar) -> dict[str, Any]:
    from suite.kernel.clocks.wording import explain

    return {
        "start": found.start,
        "n": found.n,
        "unit": found.unit,
        "due": found.due,
        "rolled": found.rolled,
        "provisional": found.provisional,
        "explanation": explain(found, calendar),
    }
