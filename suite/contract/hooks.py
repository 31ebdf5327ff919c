"""The five hooks of a plugin. This file is the whole contract; all it names is in `suite.api`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pluggy

from suite.contract.commands import Actor, Command, Done, Facts, Work
from suite.contract.declarations import Declaration
from suite.contract.problems import Problem
from suite.contract.states import StateKind

PROJECT = "suite"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)

#: The version of this contract; a plugin names the one it was written for.
API_VERSION = 1


@dataclass(frozen=True, kw_only=True)
class PluginInfo:
    """Who a plugin is.

    name: prefix of its tables, permissions and keys. api: the contract version it was written for.
    migrations: folder of its migration scripts, relative to the package that holds the `migrations`
    tree of the suite, or an absolute path for a plugin of another distribution.
    """

    name: str
    title: str
    version: str
    api: int
    migrations: str
    order: int = 100


@dataclass(frozen=True, kw_only=True)
class TodayItem:
    """One thing that waits on the desk (工作台); a click opens the roster of `kind` with just its rows.

    note: the article, and what to do. due: of the most urgent row. filters: (field key, value) pairs,
    several of one key mean any of them; a date field takes `first..last`, both inclusive and either
    left out. ids: the rows themselves, where no filter can say which they are. page and view: the page of
    the window that a click opens where it is no roster, and what it shows; with `ids` just these of it; with
    `filters` too, the one thing that the page shows, and which of its rows.
    """

    title: str
    note: str
    state: StateKind
    count: int | None = None
    due: dt.date | None = None
    kind: str | None = None
    filters: tuple[tuple[str, str], ...] = ()
    ids: tuple[int, ...] = ()
    page: str | None = None
    view: str = ""


@hookspec(firstresult=True)
def suite_plugin() -> PluginInfo:
    """Say who this plugin is. Called once at start, before anything else; no database, no Qt.

    An exception parks the plugin with its cause; the others run.

        @hookimpl
        def suite_plugin():
            return PluginInfo(name="lawyers", title="律师", version="0.1.0", api=1, migrations="lawyers")
    """
    raise AssertionError("a hookspec is never called")


@hookspec(firstresult=True)
def suite_declare() -> Iterable[Declaration]:
    """Everything this plugin adds: kinds, code lists, parameters, permissions … No database, no Qt.

    Called once at start. All declarations are checked together; a fault parks the plugin whole.

        @hookimpl
        def suite_declare():
            return (*CODE_LISTS, LAW_FIRM, LAWYER, *PARAMETERS)
    """
    raise AssertionError("a hookspec is never called")


@hookspec
def suite_check_command(command: Command, actor: Actor, facts: Facts) -> Sequence[Problem] | None:
    """Refuse somebody else's command, inside its transaction, before it is carried out.

    Return problems (an error refuses, a warning is told) or None. An exception refuses the command
    as a bug of this plugin.

        @hookimpl
        def suite_check_command(command, actor, facts):
            if isinstance(command, SaveRecords) and command.kind == "notary.notary":
                return clashes_of_notaries(command.rows, facts.session)
    """
    raise AssertionError("a hookspec is never called")


@hookspec
def suite_command_done(done: Done, command: Command, actor: Actor, work: Work) -> Iterable[Command] | None:
    """Follow up a command in the same transaction: return commands to run, or None.

    @hookimpl
    def suite_command_done(done, command, actor, work):
        if isinstance(command, RecordLicenceEvent) and command.state == "revoked":
            return [EndPost(...)]
    """
    raise AssertionError("a hookspec is never called")


@hookspec
def suite_today(actor: Actor, facts: Facts) -> Sequence[TodayItem] | None:
    """What this plugin puts on the actor's desk today. Reads only.

    @hookimpl
    def suite_today(actor, facts):
        return [TodayItem(title="超过 150 日未受聘的律师", note="满六个月应注销", state=StateKind.WARN)]
    """
    raise AssertionError("a hookspec is never called")
