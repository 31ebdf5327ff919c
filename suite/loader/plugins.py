"""The plugins that are on, the ones that are parked, and how their hooks are called."""

from __future__ import annotations

import inspect
import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any

import pluggy

from suite.contract import hooks
from suite.contract.commands import Actor, Command, Done, Facts, Work
from suite.contract.declarations import Declaration
from suite.contract.hooks import API_VERSION, PROJECT, PluginInfo, TodayItem
from suite.contract.problems import Problem, ProblemKind
from suite.contract.states import StateKind
from suite.database.base import CORE, configure_owner, forget_tables
from suite.database.migrate import Owner, owner_folder, revisions
from suite.loader.catalog import Catalog
from suite.loader.checks import faults

GROUP = "suite.plugins"
log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class LoadedPlugin:
    """A plugin that is on."""

    info: PluginInfo
    module: Any
    declarations: tuple[Declaration, ...]

    @property
    def owner(self) -> Owner:
        """Its migrations."""
        return Owner(name=self.info.name, folder=owner_folder(self.info.migrations))


@dataclass(frozen=True, kw_only=True)
class ParkedPlugin:
    """A plugin that is off: why, and what to do about it."""

    name: str
    title: str
    cause: tuple[str, ...]
    cure: str


class _Faulty(Exception):
    def __init__(self, cause: Sequence[str], cure: str, title: str = "") -> None:
        super().__init__("；".join(cause))
        self.cause, self.cure, self.title = tuple(cause), cure, title


class Plugins:
    """All plugins of this run, the catalog of what they declare, and their hooks."""

    def __init__(self, core: tuple[Declaration, ...]) -> None:
        """Begin with the core's own declarations."""
        self._core = core
        self._manager = pluggy.PluginManager(PROJECT)
        self._manager.add_hookspecs(hooks)
        self.loaded: dict[str, LoadedPlugin] = {}
        self.parked: dict[str, ParkedPlugin] = {}
        self.catalog = Catalog([(CORE, "公共", core)])

    def again(self) -> Plugins:
        """The same plugins for another suite of this process: what was checked is not checked anew."""
        made = Plugins(self._core)
        for name, plugin in self.loaded.items():
            made._manager.register(plugin.module, name)
            made.loaded[name] = plugin
        made.parked = dict(self.parked)
        made.catalog = self.catalog.again()
        return made

    def add(self, name: str, module: Any) -> None:
        """Register one plugin: ask who it is, collect, check; park it when anything fails."""
        try:
            self._add(name, module)
        except _Faulty as error:
            self.park(name, error.cause, error.cure, error.title)
        except (Exception, SystemExit) as error:
            log.exception("plugin %s failed at start", name)
            self.park(name, (_told(error),), "请联系插件的提供者，或先停用该插件。")

    def _add(self, name: str, module: Any) -> None:
        self._manager.register(module, name)
        try:
            self._manager.check_pending()
        except pluggy.PluginValidationError as error:
            raise _Faulty(
                (f"挂钩名称有误：{error}",), "请对照 suite.contract.hooks 改正挂钩名称。"
            ) from error
        info = self._one(name, "suite_plugin")
        if not isinstance(info, PluginInfo):
            raise _Faulty(("没有提供 suite_plugin 信息。",), "请实现 suite_plugin 挂钩。")
        if info.name != name:
            raise _Faulty((f"入口名 {name} 与插件名 {info.name} 不一致。",), "请使两者一致。", info.title)
        if info.api != API_VERSION:
            raise _Faulty(
                (f"插件按第 {info.api} 版接口编写，本程序为第 {API_VERSION} 版。",),
                "请安装与本程序相配的插件版本。",
                info.title,
            )
        try:
            configure_owner(name)
        except Exception as error:
            raise _Faulty(
                (f"数据表映射有误：{_told(error)}",), "请改正插件的 tables.py。", info.title
            ) from error
        declarations = tuple(self._one(name, "suite_declare") or ())
        found = faults(name, declarations, self.catalog)
        try:
            revisions(Owner(name=name, folder=owner_folder(info.migrations)))
        except ValueError as error:
            found.append(f"迁移脚本有误：{error}")
        if found:
            raise _Faulty(found, "请按所列各项改正插件后重新启动。", info.title)
        self.loaded[name] = LoadedPlugin(info=info, module=module, declarations=declarations)
        self._collect()

    def park(self, name: str, cause: Sequence[str], cure: str, title: str = "") -> None:
        """Turn a plugin off whole; the rest works and its records stay readable through the core rows."""
        former = self.loaded.pop(name, None)
        if self._manager.has_plugin(name):
            self._manager.unregister(name=name)
        forget_tables(name)
        self.parked[name] = ParkedPlugin(
            name=name, title=title or (former.info.title if former else name), cause=tuple(cause), cure=cure
        )
        self._collect()

    def miss(self, name: str) -> None:
        """Tell of a plugin that is not installed though the database has its tables."""
        if name not in self.loaded and name not in self.parked:
            self.parked[name] = ParkedPlugin(
                name=name,
                title=name,
                cause=("没有安装该插件，而数据库中有它的表和档案。",),
                cure="请安装该插件；在此之前，其档案只能按名称和编号查阅（suite show）。",
            )

    def _collect(self) -> None:
        ordered = sorted(self.loaded.values(), key=lambda plugin: (plugin.info.order, plugin.info.name))
        self.catalog = Catalog(
            [(CORE, "公共", self._core)]
            + [(plugin.info.name, plugin.info.title, plugin.declarations) for plugin in ordered]
        )

    def _one(self, name: str, hook: str, **arguments: Any) -> Any:
        """Call a hook of one plugin alone: a plain call stops at the first plugin that raises."""
        others = [
            plugin
            for other, plugin in self._manager.list_name_plugin()
            if other != name and plugin is not None
        ]
        return self._manager.subset_hook_caller(hook, others)(**arguments)

    def check_command(self, command: Command, actor: Actor, facts: Facts) -> list[Problem]:
        """What the plugins have against a command; a check that raises refuses it by name."""
        problems: list[Problem] = []
        for name, plugin in list(self.loaded.items()):
            try:
                answers = self._one(name, "suite_check_command", command=command, actor=actor, facts=facts)
            except Exception:
                log.exception("suite_check_command of %s", name)
                problems.append(
                    Problem(
                        code="core.plugin_check_failed",
                        kind=ProblemKind.FORBIDDEN,
                        text=f"“{plugin.info.title}”插件的核对程序出错，未写入。请在插件页查看原因。",
                    )
                )
                continue
            problems.extend(problem for answer in answers if answer for problem in answer)
        return problems

    def follow_ups(self, done: Done, command: Command, actor: Actor, work: Work) -> Iterator[Command]:
        """What the plugins want done after a command, in the same transaction."""
        for name in list(self.loaded):
            for answer in self._one(
                name, "suite_command_done", done=done, command=command, actor=actor, work=work
            ):
                yield from answer or ()

    def today(self, actor: Actor, facts: Facts) -> list[TodayItem]:
        """What the plugins put on the actor's desk; one that raises is told by an item of its own."""
        items: list[TodayItem] = []
        for name in list(self.loaded):
            try:
                answers = self._one(name, "suite_today", actor=actor, facts=facts)
            except Exception as error:
                log.exception("suite_today of %s", name)
                items.append(
                    TodayItem(
                        title=f"“{self.loaded[name].info.title}”的待办未能算出",
                        note=_told(error),
                        state=StateKind.BAD,
                    )
                )
                continue
            items.extend(item for answer in answers if answer for item in answer)
        return items


def load_plugins(core: Iterable[Declaration], points: Iterable[EntryPoint] | None = None) -> Plugins:
    """Load every plugin of the entry-point group; none can stop the others."""
    plugins = Plugins(tuple(core))
    found = entry_points(group=GROUP) if points is None else points
    for point in sorted(found, key=lambda item: item.name):
        if point.name in plugins.loaded or point.name in plugins.parked:
            plugins.park(point.name, ("有两个同名插件。",), "请卸载其中一个。")
            continue
        try:
            module = point.load()
        except (Exception, SystemExit) as error:
            log.exception("plugin %s cannot be imported", point.name)
            plugins.park(point.name, (f"无法导入：{_told(error)}",), "请重新安装该插件，或联系其提供者。")
            continue
        plugins.add(point.name, module)
    return plugins


def _told(error: BaseException) -> str:
    frames = inspect.getinnerframes(error.__traceback__) if error.__traceback__ else []
    place = f"（{Path(frames[-1].filename).name} 第 {frames[-1].lineno} 行）" if frames else ""
    return f"{type(error).__name__}: {error}{place}"
