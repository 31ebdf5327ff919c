"""`suite inspection-pack`: evidence of chosen numbers and cases for those who come to inspect."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from suite.cli.answers import give
from suite.cli.options import Call, SuiteCommand, pass_call

DATE = click.DateTime(["%Y-%m-%d"])


@click.command("inspection-pack", cls=SuiteCommand)
@click.argument("out", metavar="文件夹或.zip", type=click.Path(path_type=Path))
@click.option("--title", default="迎检材料", metavar="名称")
@click.option(
    "--no",
    "numbers",
    multiple=True,
    metavar="序号",
    help="放入这些指标，如 11 或 T9；没有序号的写代号。可写多次。",
)
@click.option("--snapshot", "which", default="", metavar="快照", help="指标取自哪份快照；默认实时。")
@click.option("--as-of", metavar="日期", type=DATE, help="没有写快照时，取该日的数。")
@click.option("--case", "cases", multiple=True, metavar="办件", help="放入这些办件，写编号或案号，可写多次。")
@click.option("--kind", default="", metavar="办件种类", help="放入这一种的办件。")
@click.option("--from", "first", metavar="日期", type=DATE, help="与 --kind 合用：自该日起立案的。")
@click.option("--to", "last", metavar="日期", type=DATE, help="与 --kind 合用：到该日止立案的。")
@click.option("--reason", default="", metavar="事由", help="哪次检查，记入操作痕迹。")
@pass_call
def inspection_pack(
    call: Call,
    out: Path,
    title: str,
    numbers: tuple[str, ...],
    which: str,
    as_of: dt.datetime | None,
    cases: tuple[str, ...],
    kind: str,
    first: dt.datetime | None,
    last: dt.datetime | None,
    reason: str,
) -> None:
    """迎检包：把指标的依据和办件的卷宗收成一个带目录的文件夹或 .zip，附遮蔽件、页数、摘要和缺件清单。"""
    from suite.kernel.reports.inspection_pack import write_pack
    from suite.kernel.reports.pack_orders import pack_order

    suite, actor = call.ready, call.actor
    with suite.reading() as session:
        order = pack_order(
            session,
            actor,
            suite.catalog,
            title=title,
            numbers=numbers,
            snapshot=which,
            today=suite.today,
            day=as_of.date() if as_of else None,
            cases=cases,
            kind=kind,
            first=first.date() if first else None,
            last=last.date() if last else None,
        )
        made = write_pack(
            session,
            actor,
            suite.catalog,
            order,
            out,
            reason=reason,
            run=suite.run,
            progress=call.progress(),
        )
    document = {
        "path": out,
        "files": [
            {"name": name, "pages": pages, "note": note, "sha256": digest}
            for name, pages, note, digest in made.files
        ],
        "pages": made.pages,
        "missing": made.missing,
    }
    lines = [
        f"已写出《{order.title}》到 {out}：{len(made.files)} 个文件，{made.pages} 页，"
        f"缺件 {len(made.missing)} 项。",
        *(f"  {item.of}　{item.what}：{item.why}" for item in made.missing),
    ]
    give(call, document, lines)
