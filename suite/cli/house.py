"""`suite parameters`, `plugins`, `doctor`: the house itself."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from suite.cli.answers import give, table
from suite.cli.failures import DONE, FAULTS
from suite.cli.options import Call, SuiteCommand, SuiteGroup, pass_call

if TYPE_CHECKING:
    from suite.kernel.parameters.queries import ParameterLine

STATES = {"ok": "正常", "warn": "须留意", "bad": "有问题", "neutral": "—"}


@click.group("parameters", cls=SuiteGroup, invoke_without_command=True)
@click.pass_context
def parameters(context: click.Context) -> None:
    """列出参数（期限、标准、开关）及其依据；set 子命令设定。"""
    if context.invoked_subcommand is not None:
        return
    from suite.kernel.parameters.queries import parameter_lines

    call = context.ensure_object(Call)
    suite = call.ready
    with suite.reading() as session:
        lines = parameter_lines(session, suite.catalog, suite.today)
    rows = [
        (line.key, line.title, _words(line), line.unit, line.valid_from or "默认", line.source)
        for line in lines
    ]
    give(call, {"parameters": lines}, table(["参数", "名称", "值", "单位", "起始", "依据"], rows))


def _words(line: ParameterLine) -> str:
    """The words of a value; of a text chosen by code, the code beside them."""
    coded = isinstance(line.value, str) and line.words != line.value
    return f"{line.words}（{line.value}）" if coded else line.words


@parameters.command("set")
@click.argument("key", metavar="参数")
@click.argument("value", metavar="值")
@click.option(
    "--from", "valid_from", metavar="日期", type=click.DateTime(["%Y-%m-%d"]), help="自何日起；默认今天。"
)
@click.option("--source", required=True, metavar="依据", help="文件名称、文号或条款。")
@pass_call
def set_(call: Call, key: str, value: str, valid_from: dt.datetime | None, source: str) -> None:
    """设定参数自某日起的值；以前的值保留。只能选的，写名称或代码均可。"""
    from suite.kernel.parameters.commands import SetParameter

    suite = call.ready
    since = valid_from.date() if valid_from else suite.today
    done = suite.run(SetParameter(key=key, value=value, valid_from=since, source=source), call.actor)
    document = {"key": key, **done.result, "valid_from": since, "text": done.text}
    give(call, document, [f"{done.text}。"])


@click.command("plugins", cls=SuiteCommand)
@pass_call
def plugins(call: Call) -> None:
    """列出插件：版本、状态、声明了什么；未启用的附原因和办法。"""
    suite = call.unchecked if call.missing_file else call.suite
    document: list[dict[str, Any]] = [
        {
            "name": plugin.info.name,
            "title": plugin.info.title,
            "version": plugin.info.version,
            "state": "on",
            "declares": dict(Counter(type(item).__name__ for item in plugin.declarations)),
            "kinds": [kind.key for kind in suite.catalog.kinds_of(name)],
            "cause": [],
            "cure": "",
        }
        for name, plugin in suite.plugins.loaded.items()
    ]
    document += [
        {
            "name": plugin.name,
            "title": plugin.title,
            "version": None,
            "state": "parked",
            "declares": {},
            "kinds": [],
            "cause": list(plugin.cause),
            "cure": plugin.cure,
        }
        for plugin in suite.plugins.parked.values()
    ]
    lines = []
    for plugin in suite.plugins.loaded.values():
        counted = Counter(type(item).__name__ for item in plugin.declarations)
        told = "，".join(f"{name} {number}" for name, number in counted.items())
        lines.append(f"{plugin.info.title}（{plugin.info.name} {plugin.info.version}）：已启用。{told}")
    for parked in suite.plugins.parked.values():
        lines.append(f"{parked.title}（{parked.name}）：未启用。{'；'.join(parked.cause)} {parked.cure}")
    give(call, {"plugins": document}, lines or ["没有插件。"])


@click.command("doctor", cls=SuiteCommand)
@pass_call
def doctor(call: Call) -> int:
    """体检：数据库、版本、密钥环、字体、日历、磁盘、时区等，各附办法。有问题时退出码为 1。"""
    from suite.contract.states import StateKind
    from suite.doctor import examine

    findings = examine(call.unchecked)
    give(
        call,
        {"findings": findings},
        [
            f"{item.title}：{STATES[item.state.value]}  {item.fact}" + (f" {item.cure}" if item.cure else "")
            for item in findings
        ],
    )
    return FAULTS if any(item.state is StateKind.BAD for item in findings) else DONE
