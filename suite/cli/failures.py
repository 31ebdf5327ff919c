"""From what went wrong to an exit code and words: 1 listed faults, 2 refused, 3 a bug with its number."""

from __future__ import annotations

import json
import logging
import secrets
from decimal import Decimal
from typing import Any

import click

from suite.cli.logs import log_file
from suite.cli.options import Call

DONE, FAULTS, REFUSED, BUG = 0, 1, 2, 3
log = logging.getLogger(__name__)


def exit_code(call: Call, error: BaseException) -> int:
    """Tell what happened on stderr (and as JSON where asked) and give the exit code."""
    match error:
        case click.exceptions.Exit():
            return error.exit_code
        case click.UsageError():
            words = usage_words(error)
            hint = f"\n详见 {error.ctx.command_path} --help。" if error.ctx is not None else ""
            return _refused(call, [{"code": "usage", "text": words}], words + hint)
        case click.Abort() | KeyboardInterrupt():
            return _refused(call, [{"code": "cancelled", "text": "已取消。"}], "已取消。")
    return _known(call, error)


def _known(call: Call, error: BaseException) -> int:
    from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

    from suite.cli.answers import told
    from suite.contract.problems import Refused
    from suite.kernel.exchange.bounds import FileRefused
    from suite.kernel.executor.engine_errors import database_problem
    from suite.kernel.executor.executor import Bug, Cancelled

    match error:
        case Refused():
            call.note_refusal(error)
            return _refused(
                call,
                [told(problem) for problem in error.problems],
                "\n".join(problem.text for problem in error.problems),
            )
        case FileRefused():
            return _refused(call, [{"code": error.code, "text": error.text}], error.text)
        case Cancelled():
            return _refused(call, [{"code": "cancelled", "text": "已取消。"}], "已取消，未写入任何内容。")
        case ArgumentError() | NoSuchModuleError():
            words = "看不懂数据库地址。请写文件路径，或 postgresql://用户@主机/库名。"
            return _refused(call, [{"code": "database.url", "text": words}], words)
        case DBAPIError() if (problem := database_problem(error)) is not None:
            return _refused(call, [told(problem)], problem.text)
        case Bug():
            return _bug(call, error.incident, str(error))
        case Exception():
            incident = secrets.token_hex(4).upper()
            log.error("incident %s on the command line", incident, exc_info=error)
            return _bug(call, incident, f"程序出错。事件编号 {incident}，请转告系统管理员。")
    raise error


def _refused(call: Call, problems: list[dict[str, Any]], text: str) -> int:
    if call.json:
        click.echo(json.dumps({"refused": problems}, ensure_ascii=False, indent=2))
    click.echo(text, err=True)
    return REFUSED


def _bug(call: Call, incident: str, text: str) -> int:
    path = log_file(call.home)
    if call.json:
        document = {"bug": {"incident": incident, "log": str(path)}}
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
    click.echo(f"{text}\n日志：{path}", err=True)
    return BUG


def usage_words(error: click.UsageError) -> str:
    """What is wrong with the call, in Chinese."""
    match error:
        case click.NoSuchOption():
            near = f"是否想写 {'、'.join(error.possibilities)}？" if error.possibilities else ""
            return f"没有选项 {error.option_name}。{near}"
        case click.exceptions.NoSuchCommand():
            return f"没有命令 {error.command_name}。"
        case click.MissingParameter():
            return f"缺少{_kind_of(error.param)} {_name_of(error)}。"
        case click.BadParameter() if error.param is not None:
            return f"{_kind_of(error.param)} {_name_of(error)} 的值不对：{_wanted(error, error.param)}"
        case click.BadOptionUsage():
            return f"选项 {error.option_name} 缺少值，或值的个数不对。"
    if error.message.startswith("Got unexpected extra"):
        return f"多出了参数：{error.message.partition('(')[2].rstrip(')')}。"
    if error.message.startswith("Missing command"):
        return "缺少命令。"
    return error.message


def _wanted(error: click.BadParameter, parameter: click.Parameter) -> str:
    """What a parameter takes; our own types say it themselves, click's only in English."""
    match parameter.type:
        case click.Choice():
            return f"可写 {'、'.join(map(str, parameter.type.choices))}。"
        case click.IntRange() | click.FloatRange():
            least, most = parameter.type.min, parameter.type.max
            from_ = "" if least is None else f"不小于 {_figure(least)}"
            to = "" if most is None else f"不大于 {_figure(most)}"
            return f"应为{'、'.join(filter(None, (from_, to)))}的数。"
        case click.DateTime():
            return "应为日期，如 2026-01-31。"
        case click.Path() | click.File():
            return "没有这个文件或文件夹，或不能读写。"
    ours = not type(parameter.type).__module__.startswith("click")
    return error.message if ours else "应为数字。"


def _figure(bound: float) -> str:
    """A bound in plain digits, never with an exponent."""
    return f"{Decimal(str(bound)).normalize():f}"


def _kind_of(parameter: click.Parameter | None) -> str:
    return "参数" if isinstance(parameter, click.Argument) else "选项"


def _name_of(error: click.BadParameter) -> str:
    if error.param is None:
        return str(error.param_hint or "")
    return error.param.human_readable_name if isinstance(error.param, click.Argument) else error.param.opts[0]
