"""`suite snapshot`: indicator sets frozen for a report, and why a number is another one since."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import click

from suite.cli.answers import give, table
from suite.cli.options import Call, SuiteGroup, pass_call

if TYPE_CHECKING:
    from suite.kernel.indicators.comparing import IndicatorChange
    from suite.kernel.indicators.differing import Difference
    from suite.kernel.indicators.frozen import FrozenMember, FrozenSide, FrozenValue
    from suite.kernel.indicators.reading import Reading

DATE = click.DateTime(["%Y-%m-%d"])
WORDS = {"met": "达标", "on_track": "按进度", "behind": "未达标", "no_data": "无数据", None: "未设目标"}


@click.group("snapshot", cls=SuiteGroup)
def snapshot() -> None:
    """冻结的指标快照：冻结、列出、查看、逐条比较差异。快照写编号（#3）或名称。"""


@snapshot.command("take")
@click.option("--title", "name", default="", metavar="名称", help="默认为“〈日期〉指标快照”。")
@click.option("--as-of", metavar="日期", type=DATE, help="截止日期，默认为当天。")
@click.option("--note", default="", metavar="说明", help="用途，如报送哪份报表。")
@click.option("--set", "set_name", metavar="体系", help="按哪个指标体系；默认按日期。")
@click.option("--xinji/--no-xinji", default=None, help="是否计入辛集；默认按参数。")
@click.option("--zones/--no-zones", default=None, help="是否计入功能区；默认按参数。")
@pass_call
def take(
    call: Call,
    name: str,
    as_of: dt.datetime | None,
    note: str,
    set_name: str | None,
    xinji: bool | None,
    zones: bool | None,
) -> None:
    """冻结某日的全部指标，连同每个数背后的名单、数字和口径。"""
    from suite.kernel.indicators.snapshots import TakeSnapshot

    command = TakeSnapshot(
        name=name,
        as_of=as_of.date() if as_of else None,
        note=note,
        set=set_name,
        with_xinji=xinji,
        with_zones=zones,
    )
    done = call.ready.run(command, call.actor, progress=call.progress())
    give(call, dict(done.result), [f"{done.text}，摘要 {done.result['digest'][:16]}…"])


@snapshot.command("list")
@pass_call
def list_(call: Call) -> None:
    """列出快照，新的在前。"""
    from suite.kernel.audit.activity import SHANGHAI
    from suite.kernel.indicators.snapshots import snapshots

    with call.ready.reading() as session:
        found = snapshots(session)
    rows = [
        (
            f"#{line.id}",
            line.title,
            line.as_of,
            line.by,
            f"{line.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}",
            line.note,
        )
        for line in found
    ]
    headings = ["编号", "名称", "截止日期", "冻结人", "冻结时间", "说明"]
    lines = table(headings, rows) if rows else ["还没有快照。"]
    give(call, {"snapshots": found}, lines)


@snapshot.command("show")
@click.argument("which", metavar="快照")
@click.option("--no", "numbers", metavar="序号", multiple=True, help="只要这些指标，如 11 或 T9，可写多次。")
@click.option("--members", is_flag=True, help="列出分子、分母背后的每一条。")
@pass_call
def show(call: Call, which: str, numbers: tuple[str, ...], members: bool) -> None:
    """一份快照的内容，并核对它与冻结时逐位相同。"""
    from suite.kernel.indicators.lacking import NOT_IN_IT, NOT_READABLE, lacking
    from suite.kernel.indicators.rules import shown
    from suite.kernel.indicators.snapshots import read_snapshot, snapshot_named

    with call.ready.reading() as session:
        read = read_snapshot(session, call.actor, call.ready.catalog, snapshot_named(session, which).id)
    lacks = lacking(read.frozen, read.keys, call.ready.catalog)
    values = [value for value in read.frozen.values if not numbers or value.no in numbers]
    document = {
        "snapshot": read.line,
        "intact": read.intact,
        "lacking": {
            "absent": lacks.absent,
            "without_data": [
                {"no": value.no or None, "key": value.key, "title": value.title, "why": value.notes}
                for value in lacks.without_data
            ],
        },
        "as_of": read.frozen.as_of,
        "judged_on": read.frozen.judged_on,
        "unseen": read.unseen,
        "set": read.frozen.set.name if read.frozen.set else None,
        "indicators": [_value(value, members=members) for value in values],
    }
    rows = [
        (value.no, value.title, shown(value.whole.value), value.unit, WORDS[value.state], value.formula)
        for value in values
    ]
    sound = {True: "与冻结时逐位相同", False: "与冻结时不符，请从备份恢复", None: "只列您可以查看的部分"}
    lines = [
        f"{read.line.title}（#{read.line.id}）　截至 {read.frozen.as_of}　"
        f"{read.line.by} 冻结　{sound[read.intact]}",
        *([f"填报是否逾期按 {read.frozen.judged_on} 判断。"] if read.frozen.judged_on else []),
        *([f"说明：{read.line.note}"] if read.line.note else []),
        *([f"{read.unseen_words}。"] if read.unseen_words else []),
        *([f"{lacks.words(NOT_IN_IT)}。"] if lacks.words(NOT_READABLE) not in read.line.note else []),
        *table(["序号", "指标", "值", "单位", "状态", "算式"], rows),
    ]
    if members:
        for value in values:
            for part in value.parts:
                for side in part.sides:
                    lines.append(f"{value.title}　{side.title}")
                    lines += [f"  #{row.id} {row.name}{_counting(row)}" for row in side.members]
                    lines += [f"  {line.period} {line.value} {line.source}" for line in side.figures]
    give(call, document, lines)


@snapshot.command("diff")
@click.argument("which", metavar="快照")
@click.argument("other", metavar="[另一份]", required=False)
@click.option("--now", is_flag=True, help="与今天的实时数比较。")
@click.option("--as-of", metavar="日期", type=DATE, help="与该日的数比较；默认与快照同日、按现在所知重算。")
@click.option("--no", "numbers", metavar="序号", multiple=True, help="只要这些指标。")
@pass_call
def diff(
    call: Call, which: str, other: str | None, now: bool, as_of: dt.datetime | None, numbers: tuple[str, ...]
) -> None:
    """逐条说明数字为什么不同：谁新计入、谁不再计入、谁换了区县、哪个数更正、口径是否改过。"""
    from suite.kernel.indicators.differing import difference
    from suite.kernel.indicators.snapshots import snapshot_named

    if sum((other is not None, now, as_of is not None)) > 1:
        raise click.UsageError("另一份快照、--now、--as-of 只写一项。")
    suite = call.ready
    day = suite.today if now else as_of.date() if as_of else None
    with suite.reading() as session:
        first = snapshot_named(session, which)
        second = snapshot_named(session, other).id if other else None
        found = difference(
            session, call.actor, suite.catalog, first.id, today=suite.today, other_id=second, day=day
        )
    changes = [change for change in found.changes if not numbers or change.no in numbers]
    document = {
        "snapshot": found.snapshot,
        "other": found.other,
        "day": found.day,
        "notes": found.notes,
        "changes": [_change(change) for change in changes],
    }
    give(call, document, _told(found, changes))


def _told(found: Difference, changes: list[IndicatorChange]) -> list[str]:
    against = f"《{found.other.title}》" if found.other else f"{found.day} 的实时数"
    lines = [f"《{found.snapshot.title}》与{against}比较", *(f"{note}。" for note in found.notes)]
    if not changes:
        lines.append("没有不同。")
    for change in changes:
        before, after = change.said
        lines.append(f"{change.no} {change.title}：{before} → {after} {change.unit}".strip())
        for row in change.rows:
            words = [
                "更正" if row.corrected else "",
                row.what.words,
                row.side,
                f"#{row.id} {row.name}" if row.id else row.name,
                " → ".join(part or "无" for part in (row.before, row.after))
                if row.before or row.after
                else "",
                "；".join(row.why),
            ]
            lines.append("  " + "　".join(word for word in words if word))
    return lines


def _change(change: IndicatorChange) -> dict[str, Any]:
    return {
        "no": change.no or None,
        "key": change.key,
        "title": change.title,
        "before": None if change.before is None else _reading(change.before),
        "after": None if change.after is None else _reading(change.after),
        "rows": change.rows,
    }


def _value(value: FrozenValue, *, members: bool) -> dict[str, Any]:
    document: dict[str, Any] = {
        "no": value.target.no if value.target else None,
        "key": value.key,
        "title": value.title,
        **_reading(value.whole),
        "state": value.state,
        "unit": value.unit,
        "target": value.target.value if value.target else None,
        "direction": value.direction,
        "owner": value.owner,
        "definition": value.definition,
        "help": value.help,
        "formula": value.formula,
        "switches": {switch.key: switch.value for switch in value.switches},
        "notes": value.notes,
        "figures": [line for part in value.parts for side in part.sides for line in side.figures],
        "by_district": [{"district": place, **_reading(reading)} for place, reading in value.by_district],
    }
    if members:
        part = value.parts[value.deciding]
        document["members"] = {
            "numerator": _rows(part.above),
            "denominator": None if part.below is None else _rows(part.below),
        }
    return document


def _counting(row: FrozenMember) -> str:
    """How much a row counts, where it is not 1."""
    from suite.kernel.indicators.frozen import COUNTS

    return "".join(f"　{COUNTS} {item.words}" for item in row.told if item.title == COUNTS)


def _rows(side: FrozenSide) -> list[Any]:
    return [*side.members, *side.figures]


def _reading(reading: Reading) -> dict[str, Any]:
    value = reading.value
    return {
        "value": None if value is None else value.numerator if value.denominator == 1 else float(value),
        "numerator": reading.numerator,
        "denominator": reading.denominator,
    }
