"""The root of all commands and how one run of it ends."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from suite.cli.failures import exit_code
from suite.cli.logs import logging_to
from suite.cli.options import Call, Screens, SuiteGroup

COMMANDS = {
    "db": ("suite.cli.database:database", "建立、升级、核对数据库"),
}


@click.group(
    cls=SuiteGroup,
    lazy=COMMANDS,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.pass_context
def suite(context: click.Context) -> None:
    """石家庄市司法局法律服务行业监管系统。不带命令时打开窗口。"""
    if context.invoked_subcommand is None:
        call = context.ensure_object(Call)
        context.exit(call.screens.window(call.ready, call.actor))


def run(arguments: Sequence[str], screens: Screens) -> int:
    """Run one command line and give its exit code; words go to stderr, answers to stdout."""
    call = Call(screens=screens, json="--json" in arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure") and not stream.isatty():
            stream.reconfigure(encoding="utf-8")  # a pipe on Windows would otherwise be the local code page
    with logging_to(call.settings.home):
        try:
            answer = suite.main(list(arguments), prog_name="suite", standalone_mode=False, obj=call)
            return answer if isinstance(answer, int) else 0
        except BaseException as error:
            return exit_code(call, error)
        finally:
            call.close()
