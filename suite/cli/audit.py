"""`suite audit`: the trace of a record, whether the trace is whole, and what of it goes out of the house."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from suite.cli.answers import give, told
from suite.cli.failures import DONE, FAULTS
from suite.cli.options import Call, SuiteGroup, pass_call

DAY = click.DateTime(["%Y-%m-%d"])
FILE = click.Path(path_type=Path)


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
    from suite.kernel.registry.trace import record_trace, sentences

    suite, actor = call.ready, call.actor
    with suite.reading() as session:
        meant = meant_by(session, actor, suite.catalog, key, kind=kind)
        trace = record_trace(session, actor, suite.catalog, meant.subject_id)
    lines = [meant.led.sentence] if meant.led else []
    for act in trace:
        lines += sentences(act)
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
@click.option(
    "--witness",
    "typed",
    multiple=True,
    metavar="链首",
    help="日报上的链首，至少前 16 位，空格不计；可写多次。核对审计链是否仍经过它。",
)
@pass_call
def verify(call: Call, typed: tuple[str, ...]) -> int:
    """核对操作痕迹：链节、记录、数据与最后一条痕迹、触发器、本机记得的链首。发现问题时退出码为 1。"""
    from suite.kernel.audit.witness import on_paper

    suite = call.ready
    remembered = suite.witnesses.of(suite.address)
    found, against = suite.verify_trace(call.actor)
    with suite.reading() as session:
        papers = [on_paper(session.connection(), head) for head in typed]
    problems = [
        *([against] if against is not None else []),
        *(problem for _, problem in papers if problem is not None),
        *found.problems,
    ]
    give(
        call,
        {
            "ok": not problems,
            "links": found.links,
            "entries": found.entries,
            "rows": found.rows,
            "head": found.head,
            "witness": remembered,
            "on_paper": [head for head, _ in papers],
            "problems": [told(problem) for problem in problems],
        },
        [
            f"链节 {found.links:,}，痕迹 {found.entries:,}，数据 {found.rows:,} 行，链首 {found.head[:16]}…",
            *(f"日报上的链首是第 {head.link:,} 节，链仍经过它。" for head, _ in papers if head is not None),
            *([problem.text for problem in problems] or ["操作痕迹完整。"]),
        ],
    )
    return FAULTS if problems else DONE


@audit.command("renew")
@click.option("--reason", required=True, metavar="事由", help="为何与本机记得的不同，写入操作痕迹。")
@pass_call
def renew(call: Call, reason: str) -> None:
    """恢复备份并核实之后，让本机重新记住现在的链首；原先记得的写入操作痕迹。"""
    done = call.ready.renew_witness(call.actor, reason)
    give(call, {"text": done.text}, [f"{done.text}。"])


@audit.command("sheet")
@click.argument("file", metavar="文件", type=FILE)
@click.option("--day", metavar="日期", type=DAY, help="哪一天的日报，默认为当天。")
@pass_call
def sheet(call: Call, file: Path, day: dt.datetime | None) -> None:
    """写出一页操作痕迹日报（.xlsx）：链首、条数、当日各人办理的数目；打印、签字、存档。"""
    from suite.kernel.exchange.leaving import export_file
    from suite.kernel.exchange.trace_files import LogTraceExport
    from suite.kernel.exchange.trace_sheet import sheet_of, write_sheet

    suite, actor = call.ready, call.actor
    on = day.date() if day else suite.today
    with suite.reading() as session:
        found = sheet_of(session, actor, on)
    export_file(
        file,
        LogTraceExport(conditions=f"{on} 的日报"),
        actor,
        run=suite.run,
        content="操作痕迹日报",
        write=lambda path, basis: write_sheet(found, path, basis),
    )
    give(
        call,
        {"file": str(file), "day": on, "link": found.head.link, "head": found.head.hash},
        [f"已写出 {on} 的日报到 {file}，链首为第 {found.head.link:,} 节：", f"  {' '.join(found.spaced)}"],
    )


@audit.command("export")
@click.argument("file", metavar="文件", type=FILE)
@click.option("--from", "first", metavar="日期", type=DAY, help="从哪一天起。")
@click.option("--to", "last", metavar="日期", type=DAY, help="到哪一天止，含当天。")
@click.option("--key", metavar="编号", help="只写明一份档案的痕迹，写法与 suite show 相同。")
@click.option("--secrets", is_flag=True, help="连同证件号码、电话等敏感值；须有相应权限。")
@click.option("--reason", default="", metavar="事由", help="摘录的事由，写入文件和操作痕迹。")
@pass_call
def export(
    call: Call,
    file: Path,
    first: dt.datetime | None,
    last: dt.datetime | None,
    key: str | None,
    secrets: bool,
    reason: str,
) -> None:
    """写出一份摘录（.zip）：局外人用其中的 verify.py 即可核对，不需要本程序。"""
    from suite.kernel.exchange.leaving import export_file
    from suite.kernel.exchange.trace_extract import ExtractRequest, write_extract
    from suite.kernel.exchange.trace_files import LogTraceExport
    from suite.kernel.registry.keys import meant_by

    suite, actor = call.ready, call.actor
    with suite.reading() as session:
        subject_id = None
        if key is not None:
            # An auditor knows records by the numbers of the trace, and is let into no roster.
            inner = key.removeprefix("#")
            own = key.startswith("#") and inner.isdigit()
            subject_id = int(inner) if own else meant_by(session, actor, suite.catalog, key).subject_id
        request = ExtractRequest(
            first=first.date() if first else None,
            last=last.date() if last else None,
            subject_id=subject_id,
            secrets=secrets,
        )
        rows = export_file(
            file,
            LogTraceExport(conditions=request.words, reason=reason),
            actor,
            run=suite.run,
            content="操作痕迹摘录",
            write=lambda path, basis: write_extract(session, actor, suite.catalog, request, path, basis),
        )
    give(
        call,
        {"file": str(file), "entries": rows, "secrets": secrets},
        [f"已写出 {rows:,} 条痕迹到 {file}；解压后运行其中的 verify.py 核对。"],
    )
