"""`suite audit`: the trace of a record, and whether the trace is whole."""

from __future__ import annotations

import click

from suite.cli.answers import give, told
from suite.cli.failures import FAULTS
from suite.cli.options import Call, SuiteGroup, pass_call


@click.group("audit", cls=SuiteGroup)
def audit() -> None:
    """操作痕迹。"""


@audit.command("show")
@click.argument("key", metavar="编号")
@click.option("--kind", metavar="种类", help="只在该种类中查找编号。")
@pass_call
def show(call: Call, key: str, kind: str | None) -> None:
    """一份档案的操作记录，最近的在前。编号的写法与 suite show 相同。"""
    from suite.kernel.registry.keys import meant_by
    from suite.kernel.registry.trace import record_trace

    suite, actor = call.ready, call.actor
    with suite.reading() as session:
        meant = meant_by(session, actor, suite.catalog, key, kind=kind)
        trace = record_trace(session, actor, suite.catalog, meant.subject_id)
    lines = [meant.led.sentence] if meant.led else []
    for act in trace:
        lines.append(
            f"{act.at:%Y-%m-%d %H:%M}Z  {act.who}  {act.act}" + (f"（{act.reason}）" if act.reason else "")
        )
        lines += [f"    {change.text}" for change in act.changes]
    give(
        call,
        {
            "key": key,
            "id": meant.subject_id,
            "merged": meant.led.sentence if meant.led else None,
            "acts": trace,
        },
        lines or ["没有操作记录。"],
    )


@audit.command("verify")
@pass_call
def verify(call: Call) -> None:
    """核对操作痕迹：链节、记录、数据与最后一条痕迹、触发器。发现问题时退出码为 1。"""
    from suite.contract.problems import ProblemKind, refuse
    from suite.kernel.audit.verify import verify as look

    suite = call.ready
    if not call.actor.may("core:audit:read"):
        raise refuse("not_permitted", "您没有“查阅操作痕迹”的权限，请联系管理员。", ProblemKind.NOT_PERMITTED)
    suite.require_whole_view(call.actor)
    with suite.reading() as session:
        found = look(session.connection())
    give(
        call,
        {
            "ok": not found.problems,
            "links": found.links,
            "entries": found.entries,
            "rows": found.rows,
            "head": found.head,
            "problems": [told(problem) for problem in found.problems],
        },
        [
            f"链节 {found.links:,}，痕迹 {found.entries:,}，数据 {found.rows:,} 行，链首 {found.head[:16]}…",
            *([problem.text for problem in found.problems] or ["操作痕迹完整。"]),
        ],
    )
    if found.problems:
        raise click.exceptions.Exit(FAULTS)
