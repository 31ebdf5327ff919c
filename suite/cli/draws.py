"""`suite draw`: plans of inspections, the random draw, its record, and the replay of a record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from suite.cli.answers import give, table
from suite.cli.failures import DONE, FAULTS
from suite.cli.options import Call, SuiteCommand, SuiteGroup, pass_call

if TYPE_CHECKING:
    from suite.kernel.casework.draw_record import DrawRecord
    from suite.kernel.casework.random_draw import Pick


@click.group("draw", cls=SuiteGroup)
def draw() -> None:
    """双随机：检查计划、随机抽取、抽取记录和重演。计划用 suite run PlanInspection 制定。"""


@draw.command("plan", cls=SuiteCommand)
@click.argument("plan_id", metavar="[计划]", type=int, required=False)
@pass_call
def plan(call: Call, plan_id: int | None) -> int:
    """列出检查计划；写明计划编号时预览名录库、分层和应抽数。"""
    from suite.kernel.casework.inspections.queries import plan_file, plan_lines
    from suite.kernel.parameters.queries import parameters_on

    suite, actor = call.ready, call.actor
    with suite.reading() as session:
        if plan_id is None:
            lines = plan_lines(session, actor, suite.catalog)
            rows = [
                (
                    line.id,
                    line.title,
                    line.kind_title,
                    line.district,
                    line.rule,
                    line.drawn_on or "待抽取",
                    f"{line.opened}/{line.picked}",
                )
                for line in lines
            ]
            head = ["编号", "计划", "对象", "区县", "规则", "抽取", "已登记/抽中"]
            give(call, {"plans": lines}, table(head, rows) if rows else ["还没有检查计划。"])
            return DONE
        months = int(parameters_on(session, suite.catalog, suite.today)["core.inspection.risk_months"])
        found = plan_file(session, actor, suite.catalog, plan_id, today=suite.today, risk_months=months)
    document = {
        "plan": found.line,
        "groups": found.groups,
        "faults": found.faults,
        "inspectors": found.pools.inspectors,
        "draws": [
            {"draw": item.id, "no": item.no, "on": item.on, "digest": item.digest, "voided": item.voided}
            for item in found.draws
        ],
    }
    give(
        call,
        document,
        [
            f"{found.line.title}：{found.line.rule}",
            *table(
                ["风险等级", "区县", "检查对象", "比例", "应抽"],
                [(g.risk, g.district, g.size, g.rate, g.wanted) for g in found.groups],
            ),
            *(fault.text for fault in found.faults),
            *(
                f"抽取 {item.id}：第 {item.no} 次，{item.on}，校验码 {item.digest[:12]}"
                + (f"（{item.voided}）" if item.voided else "")
                for item in found.draws
            ),
        ],
    )
    return DONE


@draw.command("run", cls=SuiteCommand)
@click.argument("plan_id", metavar="计划", type=int)
@pass_call
def run(call: Call, plan_id: int) -> int:
    """按计划抽取一次，种子由程序随机生成并记入记录。已有有效抽取的，须先作废（suite run VoidDraw）。"""
    from suite.kernel.casework.inspections.commands import DrawInspection
    from suite.kernel.casework.inspections.queries import draw_record

    suite = call.ready
    done = suite.run(DrawInspection(plan=plan_id), call.actor)
    with suite.reading() as session:
        record = draw_record(session, call.actor, int(done.result["draw"]))
    give(call, {"draw": done.result["draw"], **_document(record)}, [done.text, *_picked(record)])
    return DONE


@draw.command("show", cls=SuiteCommand)
@click.argument("draw_id", metavar="抽取", type=int)
@click.option(
    "--out", "out", metavar="文件", type=click.Path(path_type=Path, dir_okay=False),
    help="写成文件：.xlsx、.txt 供打印，.txt、.json 供重演。",
)  # fmt: skip
@pass_call
def show(call: Call, draw_id: int, out: Path | None) -> int:
    """一次抽取的完整记录：名录库、规则、种子和结果。编号见 suite draws。"""
    from suite.kernel.casework.draw_record import RECORD, printed, record_data
    from suite.kernel.exchange.draw_copies import draw_copy, save_draw

    suite = call.ready
    with suite.reading() as session:
        copy = draw_copy(session, call.actor, draw_id)
    record = copy.record
    lines = printed(record, copy.districts)
    if out is not None:
        save_draw(out, copy, call.actor, run=suite.run)
        lines = [f"已写出抽取记录 {out}"]
    give(call, {"draw": draw_id, "file": out, **_document(record), RECORD: record_data(record)}, lines)
    return DONE


@draw.command("replay", cls=SuiteCommand)
@click.argument("record_path", metavar="记录文件", type=click.Path(path_type=Path, dir_okay=False))
@pass_call
def replay(call: Call, record_path: Path) -> int:
    """只凭抽取记录重演一次，不读数据库；结果不同的退出码为 1。

    记录是 draw show --out 写出的 .json 或 .txt，或 draw show --json 的输出。
    """
    from suite.kernel.casework.draw_files import read_record
    from suite.kernel.casework.draw_record import replay as replayed

    record = read_record(record_path)
    found = replayed(record)
    if found.agrees:
        words = "重演一致：检查对象、检查人员和次序与记录相同。"
    else:
        words = f"重演不一致：第 {'、'.join(map(str, found.differing))} 位与记录不同。"
    give(
        call,
        {
            "agrees": found.agrees,
            "differing": found.differing,
            **_document(record),
            "replayed": _picks(found.picks),
        },
        [words, *_picked(record)],
    )
    return DONE if found.agrees else FAULTS


@click.command("draws", cls=SuiteCommand)
@pass_call
def draws(call: Call) -> int:
    """列出各次抽取，新的在前，连同已作废的。完整记录见 suite draw show。"""
    from suite.kernel.casework.inspections.queries import draw_lines

    suite = call.ready
    with suite.reading() as session:
        lines = draw_lines(session, call.actor, suite.catalog)
    rows = [
        (line.id, line.plan, line.no, line.on, line.by, line.picked, line.digest[:12], line.voided)
        for line in lines
    ]
    heads = ["编号", "计划", "次", "日期", "抽取人", "抽中", "校验码", "作废"]
    give(call, {"draws": lines}, table(heads, rows) if rows else ["还没有抽取过。"])
    return DONE


def _document(record: DrawRecord) -> dict[str, Any]:
    return {
        "algorithm": record.algorithm,
        "seed": record.seed,
        "seed_source": record.seed_source,
        "rule": record.rule.text,
        "sha256": record.digest,
        "picks": _picks(record.picks),
    }


def _picks(picks: tuple[Pick, ...]) -> list[dict[str, Any]]:
    return [
        {"place": pick.place, "subject": pick.subject, "inspectors": list(pick.inspectors)} for pick in picks
    ]


def _picked(record: DrawRecord) -> list[str]:
    names = {item.id: item.name for item in record.subjects}
    people = {item.login: item.name for item in record.inspectors}
    rows = [
        (pick.place, names[pick.subject], "、".join(people[login] for login in pick.inspectors))
        for pick in record.picks
    ]
    return [f"校验码 {record.digest}", *table(["序号", "检查对象", "检查人员"], rows)]
