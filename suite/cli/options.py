"""What every command shares: the common options, the suite that they choose, and Chinese help."""

from __future__ import annotations

import datetime as dt
import logging
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from gettext import gettext
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

import click

if TYPE_CHECKING:
    from suite.bootstrap import Suite
    from suite.contract.commands import Actor
    from suite.contract.problems import Refused
    from suite.kernel.executor.work import Progress
    from suite.settings import Settings

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Picture:
    """One picture to paint: page, file, size in pixels, theme, scale, the record that is selected."""

    page: str
    out: Path
    size: tuple[int, int] = (1440, 900)
    theme: str = "light"
    scale: float = 1.0
    select: str | None = None


class ListedNumber(click.ParamType[int]):
    """A number as lists show it, with their mark or without: #5, 5."""

    name = "编号"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number."""
        text = str(value).strip().removeprefix("#")
        if not (text.isascii() and text.isdigit()):
            self.fail("应为编号，如 5 或 #5。", param, ctx)
        return int(text)


#: Opens the database that settings name: the suite, and who works with it. Raises Refused.
Opening = Callable[["Settings"], tuple["Suite", "Actor"]]


class Screens(Protocol):
    """The window as the command line sees it; handed over by `suite.__main__`, since Qt is none of ours."""

    def has_screen(self) -> bool:
        """Whether a window could be shown here."""

    def window(self, settings: Settings, opening: Opening) -> int:
        """Show the window, open the suite behind it, and run until it is closed; the exit code."""

    def page_names(self, suite: Suite) -> Sequence[tuple[str, str]]:
        """(name, title) of every page that can be painted."""

    def paint(self, suite: Suite, actor: Actor, pictures: Sequence[Picture]) -> None:
        """Paint pages offscreen."""


@dataclass
class Call:
    """One call of the command line: what the common options said, and the suite that follows from it."""

    screens: Screens
    database: str = ""
    login: str = ""
    json: bool = False
    today: dt.date | None = None
    password_stdin: bool = False
    asked: str = ""  # the command's first word
    typed: str | None = None  # the password, once it was asked for

    @cached_property
    def settings(self) -> Settings:
        """The desk's settings with the options on top."""
        from suite.settings import load_settings

        return load_settings(database=self.database, login=self.login)

    @cached_property
    def home(self) -> Path:
        """The folder of this desk's data and logs; known before any option is read."""
        from suite.settings import load_settings

        return load_settings().home

    @cached_property
    def unchecked(self) -> Suite:
        """The suite with every plugin that could be loaded, whatever the database holds."""
        from suite.bootstrap import build_suite
        from suite.connecting import with_password

        return build_suite(with_password(self.settings, self.password), today=self.today)

    @cached_property
    def suite(self) -> Suite:
        """The suite over a database that can be reached; plugins without their tables are parked."""
        if self.missing_file:
            from suite.connecting import absent

            raise absent(self.settings)
        suite = self.unchecked
        suite.check_database()
        for plugin in suite.plugins.parked.values():
            log.warning("“%s”插件未启用：%s", plugin.title, "；".join(plugin.cause))
        return suite

    @cached_property
    def ready(self) -> Suite:
        """The suite over a database of this program's version; raises Refused with the cure otherwise."""
        from suite.contract.problems import Refused

        suite = self.suite
        if suite.unfit():
            raise Refused(suite.unfit())
        return suite

    @cached_property
    def actor(self) -> Actor:
        """Who acts: on SQLite `--as`, on PostgreSQL always the login of the connection."""
        from suite.connecting import sign_in

        return sign_in(self.ready, self.login, self.password)

    def password(self) -> str:
        """The acting user's password: the first line of stdin where asked so, else typed at a terminal."""
        self.typed = read_password("密码", stdin=self.password_stdin)
        return self.typed

    def own_password(self) -> str:
        """The acting user's password as he says it in this very call; empty where nobody asks for one here.

        One that the keyring gave says nothing about who sits there: it is asked for then.
        """
        if self.typed is None and self.ready.connected_as() is not None:
            return self.password()
        return self.typed or ""

    def opening(self, settings: Settings) -> tuple[Suite, Actor]:
        """What the window opens with the settings that its connect page gives."""
        from suite.connecting import open_desk

        return open_desk(settings, today=self.today)

    @property
    def missing_file(self) -> bool:
        """Whether an SQLite file is meant that is not there; a read must not create an empty one."""
        from suite.connecting import is_missing

        return is_missing(self.settings)

    @property
    def shown_database(self) -> str:
        """The database as it may be shown: without a password."""
        from suite.connecting import shown_address

        return shown_address(self.settings)

    def note_refusal(self, refused: Refused) -> None:
        """Put the attempt into the trace, where it is known who acts."""
        if "actor" in self.__dict__:
            self.ready.note_refusal(f"suite {self.asked}", f"命令行 {self.asked}", self.actor, refused)

    def close(self) -> None:
        """Give the database back."""
        if "unchecked" in self.__dict__:
            self.unchecked.engine.dispose()

    def progress(self) -> Progress:
        """Tells on a terminal's stderr how far a long command is; silent elsewhere."""
        if not sys.stderr.isatty():
            return lambda what, done, total: None

        def tell(what: str, done: int, total: int) -> None:
            words = f"{what}：{done:,} / {total:,}" if total else what
            click.echo(f"\r{words:<40}", err=True, nl=False)

        return tell


pass_call = click.make_pass_decorator(Call)


def read_password(words: str, *, stdin: bool, twice: bool = False) -> str:
    """A password, never from an argument or the environment, where others could read it. Raises Refused."""
    if stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        from suite.contract.problems import ProblemKind, refuse

        raise refuse(
            "login.password_needed",
            "需要密码。请在终端中运行并输入，或由脚本经标准输入传入（见 --help）。",
            ProblemKind.NOT_PERMITTED,
        )
    return str(click.prompt(words, hide_input=True, confirmation_prompt=twice, err=True))


class Formatter(click.HelpFormatter):
    """Help with Chinese headings."""

    HEADINGS: ClassVar[dict[str, str]] = {
        "Options": "选项",
        "Commands": "命令",
        "Positional arguments": "参数",
    }

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Options with click's own remarks in Chinese."""
        told = [(name, text.replace("[required]", "[必填]")) for name, text in rows]
        super().write_dl(told, col_max, col_spacing)

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """用法：…"""
        super().write_usage(prog, args, prefix or "用法：")

    def write_heading(self, heading: str) -> None:
        """A heading with a full-width colon."""
        self.write(f"{'':>{self.current_indent}}{self.HEADINGS.get(heading, heading)}：\n")


click.Context.formatter_class = Formatter


def _remember(name: str) -> Any:
    """A callback that keeps a common option wherever it stood; the one nearest the end wins."""

    def keep(context: click.Context, parameter: click.Parameter, value: Any) -> None:
        call = context.find_object(Call)
        if call is not None and value:
            setattr(call, name, value.date() if isinstance(value, dt.datetime) else value)

    return keep


def common_options() -> list[click.Option]:
    """--db --as --json --today, for every command and group."""
    return [
        click.Option(
            ["--db"],
            metavar="地址",
            help="数据库：文件路径或 SQLAlchemy 地址；默认取环境变量 SUITE_DB、本机设置、本机数据文件。",
            expose_value=False,
            callback=_remember("database"),
        ),
        click.Option(
            ["--as", "login_"],
            metavar="登录名",
            help="以哪个用户的身份办理。",
            expose_value=False,
            callback=_remember("login"),
        ),
        click.Option(
            ["--password-stdin"],
            is_flag=True,
            help="从标准输入的第一行读取办理人的密码（单机数据文件设有密码时）。",
            expose_value=False,
            callback=_remember("password_stdin"),
        ),
        click.Option(
            ["--json"],
            is_flag=True,
            help="在标准输出上只给出一份 JSON。",
            expose_value=False,
            callback=_remember("json"),
        ),
        click.Option(
            ["--today"],
            metavar="日期",
            type=click.DateTime(["%Y-%m-%d"]),
            help="业务日期，用于可重现的运行；默认为当天。",
            expose_value=False,
            callback=_remember("today"),
        ),
    ]


class _Common:
    """Adds the common options and a Chinese --help."""

    params: list[click.Parameter]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """--help, in Chinese."""
        option: click.Option | None = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "显示本说明。"
        return option


class SuiteCommand(_Common, click.Command):
    """A command with the common options."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        """As click's, with Chinese metavariables."""
        settings.setdefault("options_metavar", "[选项]")
        super().__init__(*args, **settings)
        self.params += common_options()


class SuiteGroup(_Common, click.Group):
    """A group of commands with the common options; `lazy` names commands that are imported when asked for."""

    command_class = SuiteCommand
    group_class = type

    def __init__(self, *args: Any, lazy: dict[str, tuple[str, str]] | None = None, **settings: Any) -> None:
        """`lazy`: name → ("module:attribute", one line of help)."""
        settings.setdefault("options_metavar", "[选项]")
        settings.setdefault("subcommand_metavar", "命令 [参数]…")
        super().__init__(*args, **settings)
        self.lazy = lazy or {}
        self.params += common_options()

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of their declaration."""
        return [*self.lazy, *self.commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now if it is a lazy one."""
        if cmd_name in self.lazy:
            module, attribute = self.lazy[cmd_name][0].split(":")
            command: click.Command = getattr(import_module(module), attribute)
            return command
        return super().get_command(ctx, cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands with one line each, without importing the lazy ones."""
        rows = [(name, self.lazy[name][1]) for name in self.lazy]
        rows += [(name, command.get_short_help_str(200)) for name, command in self.commands.items()]
        if rows:
            with formatter.section(gettext("Commands")):
                formatter.write_dl(rows)
