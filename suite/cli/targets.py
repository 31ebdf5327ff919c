"""`suite targets`: the indicator sets, one of them as a workbook, a changed or new one out of a workbook."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from suite.cli.answers import give, table
from suite.cli.failures import DONE
from suite.cli.options import Call, SuiteCommand, SuiteGroup, pass_call


@click.group("targets", cls=SuiteGroup)
def targets() -> None:
    """指标体系：列出、导出为工作簿、从工作簿导入（修改现有的，或建立新规划的）。"""


@targets.command("list", cls=SuiteCommand)
@pass_call
def list_(call: Call) -> int:
    """列出指标体系及其期间、目标数。"""
    from suite.kernel.indicators.sets import standing_sets

    with call.ready.reading() as session:
        found = standing_sets(session, call.ready.catalog)
    rows = [
        (name, item.set.title, item.set.source, f"{item.set.first} 至 {item.set.last}", len(item.targets),
         "已修改" if item.version else "")
        for name, item in found.items()
    ]  # fmt: skip
    document = [
        {
            "name": name,
            "title": item.set.title,
            "source": item.set.source,
            "first": item.set.first,
            "last": item.set.last,
            "version": item.version,
            "targets": [{"indicator": key, "target": target} for key, target in item.targets.items()],
        }
        for name, item in found.items()
    ]
    give(call, {"sets": document}, table(["名称", "标题", "依据", "期间", "目标", ""], rows))
    return DONE


@targets.command("export", cls=SuiteCommand)
@click.argument("name", metavar="名称")
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@pass_call
def export(call: Call, name: str, file: Path) -> int:
    """把指标体系写成工作簿，可改目标、级别、序号、年份后再导入。"""
    from suite.kernel.exchange.target_sheets import save_targets

    suite = call.ready
    with suite.reading() as session:
        written = save_targets(session, suite.catalog, name, file, call.actor, run=suite.run)
    give(call, {"file": file, "rows": written}, [f"已写入 {file.name}，{written} 项指标"])
    return DONE


@targets.command("import", cls=SuiteCommand)
@click.argument("name", metavar="名称")
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@click.option("--title", metavar="标题", help="新体系的标题。")
@click.option("--source", metavar="依据", help="新体系的依据文件。")
@click.option("--first", metavar="日期", type=click.DateTime(["%Y-%m-%d"]), help="期间的开始日期。")
@click.option("--last", metavar="日期", type=click.DateTime(["%Y-%m-%d"]), help="期间的结束日期。")
@click.option("--dry-run", is_flag=True, help="只核对，不写入。")
@pass_call
def import_(
    call: Call,
    name: str,
    file: Path,
    title: str | None,
    source: str | None,
    first: dt.datetime | None,
    last: dt.datetime | None,
    dry_run: bool,
) -> int:
    """从工作簿保存指标体系；没有的名称即建立新的。有一处不符就不写入。"""
    from suite.contract.problems import refuse
    from suite.kernel.exchange.target_sheets import read_targets
    from suite.kernel.indicators.entering import SaveIndicatorSet
    from suite.kernel.indicators.sets import standing_sets

    suite = call.ready
    with suite.reading() as session:
        former = standing_sets(session, suite.catalog).get(name)
    if former is None and not (title and source and first and last):
        raise refuse("required", "新的指标体系须写明 --title、--source、--first 和 --last。", field="title")
    begins = first.date() if first else former.set.first if former else dt.date.min
    ends = last.date() if last else former.set.last if former else dt.date.min
    command = SaveIndicatorSet(
        name=name,
        title_text=title or (former.set.title if former else ""),
        source=source or (former.set.source if former else ""),
        first=begins,
        last=ends,
        targets=read_targets(file),
        expected_version=former.version if former else 0,
    )
    done = suite.run(command, call.actor, dry_run=dry_run)
    give(call, {"dry_run": dry_run, "text": done.text, "result": done.result}, [done.text])
    return DONE
