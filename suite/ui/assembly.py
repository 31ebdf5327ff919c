"""Puts the window together: which pages there are, what the palette finds, what is remembered."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Hashable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from suite.contract.states import StateKind
from suite.ui.kit.notices import Notice, NoticeBar, NoticeKind
from suite.ui.kit.page import Page, PageCommand, PageSpec
from suite.ui.kit.state import StateValue
from suite.ui.page_list import HOME, PAGES, page_specs, read_pages, record_argument
from suite.ui.remembered import Remembered, frozen
from suite.ui.roster_pages import OF_A_ROSTER, roster_kinds
from suite.ui.shell.window import MainWindow

if TYPE_CHECKING:
    # Imported by the thread that opens the database: the frame is painted before that.
    from suite.bootstrap import Suite
    from suite.contract.commands import Actor
    from suite.database.engine import ReadSession
    from suite.ui.desk import Desk
    from suite.ui.kit.palette_results import Deliver, Hit
    from suite.ui.noticing import Noticing

log = logging.getLogger(__name__)

READ_PAGES_AFTER_MS = 1_500
WEEKDAYS = "一二三四五六日"
KEPT_TABS = 12
KEPT_RECENT = 20

#: Parts of the settings page that have a command of their own.
SETTINGS_PARTS = (
    ("parameters", "参数"),
    ("rights", "账户与权限"),
    ("calendar", "工作日历"),
    ("limits", "法定期限"),
    ("penalties", "处罚目录"),
    ("templates", "文书模板"),
    ("plugins", "插件"),
    ("backups", "备份"),
    ("doctor", "体检"),
    ("connection", "数据库连接"),
    ("look", "显示设置"),
)


class Assembly(QObject):
    """One window over one suite and one actor."""

    #: What stands behind the window; there once `attach` has been called.
    suite: Suite
    actor: Actor
    desk: Desk
    noticing: Noticing

    def __init__(self, home: Path, *, keeps: bool = True) -> None:
        """The window's frame. With `keeps=False` nothing is remembered: for pictures and tests."""
        super().__init__()
        self._keeps = keeps
        self.remembered = Remembered(home / "window.json" if keeps else None, self)
        self._trouble: NoticeBar | None = None
        self._find: Callable[[str, str, Deliver], None] | None = None
        self.window = MainWindow(
            self.specs(),
            search=self._search,
            search_groups=self._search_groups,
            commands=self._menu_commands(),
            palette_commands=self._palette_commands,
        )
        self.window.hit_chosen.connect(self._open_hit)
        self.window.closing.connect(self._keep)
        self.window.documents.page_made.connect(self._watch)
        self.window.documents.page_shown.connect(self._shown)
        self.window.status.set_connection(StateValue(StateKind.RUN, "正在打开数据库"))

    @classmethod
    def over(cls, suite: Suite, actor: Actor, *, keeps: bool = True) -> Assembly:
        """A window over a suite that is already open."""
        assembly = cls(suite.settings.home, keeps=keeps)
        assembly.attach(suite, actor)
        return assembly

    def attach(self, suite: Suite, actor: Actor) -> None:
        """Put the suite behind the frame; pages may be opened from now on."""
        from suite.ui.desk import Desk
        from suite.ui.reconnecting import Reconnecting

        self.suite = suite
        self.actor = actor
        self.desk = Desk(suite, actor, self)
        self._reconnecting = Reconnecting(self.desk, self.window, self._connected_word)
        self.window.menu_row.set_user(actor.section, actor.name)
        self.window.show_sections(actor.rail)
        today = suite.today
        self.window.status.set_day(f"{today} 星期{WEEKDAYS[today.weekday()]}")
        self.window.status.set_connection(StateValue(StateKind.RUN, "正在连接数据库"))
        self.desk.happened.connect(self.window.status.set_happened)
        self.desk.refused.connect(self._tell_refusal)
        self._watch_backups()
        self.desk.read(
            lambda session: day_words(session, today), self._connected, self._disconnected, owner=self.window
        )
        from suite.ui.noticing import Noticing

        self.noticing = Noticing(self.desk, self.window, frozenset(PAGES), self.open_settings)
        # Later, since two threads that import hold each other up: the page in front comes first.
        QTimer.singleShot(READ_PAGES_AFTER_MS, self, self._read_pages)

    def _watch_backups(self) -> None:
        """A window that remembers nothing is a picture or a test: it takes no backups either."""
        if not self._keeps:
            return
        from suite.ui.backup_clock import BackupClock

        self._backups = BackupClock(self.desk, self)
        self._backups.failed.connect(self._tell_backup)

    def _tell_backup(self, sentence: str) -> None:
        page = self.window.current_page
        if page is not None:
            buttons = (("查看备份", partial(self.open_settings, "backups")),)
            page.show_notice(Notice(kind=NoticeKind.BAD, text=sentence, buttons=buttons, closable=True))

    def _read_pages(self) -> None:
        self.desk.work(lambda _ticket: read_pages(), lambda _done: None)

    def read_front(self) -> None:
        """Import the code of the page in front: on the worker that opens the database, not by the window."""
        for name in ("suite.ui.noticing", "suite.ui.reconnecting"):
            import_module(name)
        tabs, front = self._kept_tabs()
        try:
            import_module(PAGES[tabs[front][0]].partition(":")[0])
        except Exception:  # told in the page's place when it is made; the window opens all the same
            log.exception("the code of the page in front cannot be imported")

    def _kept_tabs(self) -> tuple[list[tuple[str, Hashable | None, str]], int]:
        """Key, argument and title of the tabs of the last time, 工作台 among them, and which was in front."""
        kept = [
            (str(key), frozen(argument), str(title))
            for key, argument, title in (one for one in self.remembered.get("tabs", []) if len(one) == 3)
            if str(key) in PAGES
        ]
        if not any(key == HOME for key, _, _ in kept):
            kept.insert(0, (HOME, None, "工作台"))
        front = self.remembered.get("front")
        return kept, front if isinstance(front, int) and 0 <= front < len(kept) else 0

    # Pages.

    def specs(self) -> list[PageSpec]:
        """Every page of the window; a page's code is imported when it is first shown."""
        return page_specs(lambda: self.desk, self.remembered)

    def open_settings(self, part: str, pane: str = "") -> None:
        """Show a part of the settings page; `pane`: of 账户与权限, which of its panes."""
        page = self.window.open_section("settings")
        from suite.ui.pages.settings import SettingsPage

        if isinstance(page, SettingsPage):
            page.tabs.set_current(part)
            if pane:
                page.show_pane(pane)

    def open_notices(self) -> None:
        """Drop the notices from the bell."""
        if not self.window.waiting:
            self.noticing.open()

    def open_help(self, topic: str | None = None) -> None:
        """Show a page of the help, by default the one that tells of the page in front."""
        if self.window.waiting:
            return
        from suite.ui.pages.help.page import HelpPage, topic_of

        front = self.window.current_page
        topics = self.suite.catalog.help
        keys = (front.part_key, front.key) if front is not None else ()
        wanted = topic or next((found for key in keys if (found := topic_of(topics, key))), None)
        page = self.window.open_page("help")
        if isinstance(page, HelpPage) and wanted is not None:
            page.select(wanted)

    def open_first(self) -> None:
        """Bring back the tabs of the last time and make the page that was in front; at first 工作台."""
        self.window.documents.restore(*self._kept_tabs())
        self._tell_database()

    def _keep(self) -> None:
        if self.window.waiting:
            return
        documents = self.window.documents
        self.remembered.put("tabs", [list(entry) for entry in documents.open_documents[:KEPT_TABS]])
        self.remembered.put("front", documents.tabs.currentIndex())
        self.remembered.put("geometry", bytes(self.window.saveGeometry().toBase64().data()).decode())
        self.remembered.flush()

    # Recently opened records.

    def _watch(self, page: Page) -> None:
        page.title_changed.connect(lambda _title: self._shown(self.window.current_page))
        if page.key == "roster":
            page.open_wanted.connect(lambda key, argument: self._opened_from(page, key, argument))
        if page.key == "plan":
            from suite.ui.pages.plan.page import PlanPage

            assert isinstance(page, PlanPage)  # noqa: S101 - made by the spec of this key
            page.part_wanted.connect(self.open_settings)
        if page.key == "today":
            from suite.ui.pages.today.page import TodayPage

            assert isinstance(page, TodayPage)  # noqa: S101 - made by the spec of this key
            page.part_wanted.connect(self.open_settings)

    def _opened_from(self, page: Page, key: str, argument: object) -> None:
        """A record that was opened from a list can be left for its neighbours there."""
        if key != "record":
            return
        from suite.ui.pages.record.page import RecordPage
        from suite.ui.pages.roster.page import RosterPage

        record = self.window.current_page
        kind, subject_id = record_argument(argument)
        if isinstance(record, RecordPage) and isinstance(page, RosterPage) and page.kind is not None:
            listed = page.source is not None and page.source.place(subject_id) is not None
            record.set_neighbours(page.listing.ids if listed and page.kind.key == kind else ())

    def _shown(self, page: Page | None) -> None:
        documents = self.window.documents
        place = documents.tabs.currentIndex()
        if page is None or not 0 <= place < len(documents.open_documents):
            return
        key, argument, title = documents.open_documents[place]
        kind, subject_id = record_argument(argument)
        if key == "case" and isinstance(argument, int):
            kind, subject_id = "case", argument
        # What is still being read has the title of its kind only.
        if key not in ("record", "case") or not isinstance(subject_id, int) or title == "办件":
            return
        if key == "record" and " · " not in title:
            return
        recent = [
            entry
            for entry in self.remembered.get("recent", [])
            if (entry.get("kind"), entry.get("id")) != (kind, subject_id)
        ]
        name = title.split(" · ", maxsplit=1)[0]
        entry = {"kind": kind, "id": subject_id, "title": name, "at": dt.datetime.now(dt.UTC).isoformat()}
        self.remembered.put("recent", [entry, *recent][:KEPT_RECENT])

    # The palette.

    def _search(self, text: str, scope: str, deliver: Deliver) -> None:
        if self._find is None:
            from suite.ui.finding import Finder

            self._find = Finder(self.desk)
        self._find(text, scope, deliver)

    def _search_groups(self) -> set[str]:
        from suite.ui.finding import groups_of

        return groups_of(self.actor, self.suite.catalog)

    def _open_hit(self, hit: Hit, _new_tab: bool) -> None:
        if isinstance(hit.value, tuple) and hit.value[0] == "assessment":
            self.window.open_page("assessment", hit.value[1])
        elif isinstance(hit.value, tuple):
            self.window.open_page("record", hit.value)
        elif isinstance(hit.value, int):
            self.window.open_page("case", hit.value)

    def _menu_commands(self) -> tuple[PageCommand, ...]:
        return (
            PageCommand(menu="tools", text="待办事项", run=partial(self._open, "tasks")),
            PageCommand(menu="tools", text="服务覆盖", run=partial(self._open, "coverage")),
            PageCommand(menu="tools", text="规划对照", run=partial(self._open, "plan")),
            PageCommand(menu="tools", text="操作留痕", run=partial(self._open, "activity")),
            *(
                PageCommand(menu="tools", text=title, run=partial(self.open_settings, part))
                for part, title in SETTINGS_PARTS
            ),
            PageCommand(menu="tools", text="修改密码", run=partial(self.open_settings, "rights", "own")),
            PageCommand(menu="tools", text="提醒(&N)", run=self.open_notices),
            PageCommand(menu="help", text="本页帮助(&H)", run=self.open_help, key="F1"),
            PageCommand(menu="help", text="快捷键(&K)", run=lambda: self.open_help("core.help.keys")),
        )

    def _palette_commands(self) -> list[PageCommand]:
        """Acts that would crowd the menus: every kind's list, new record and import, and the look."""
        commands: list[PageCommand] = [
            PageCommand(
                menu="tools", text=f"{scheme.title}方案与标准", run=partial(self._open, "scheme", scheme.key)
            )
            for scheme in self.suite.catalog.schemes.values()
            if self.actor.may(f"{scheme.owner}:assessment:read")
        ]
        for kind in self.suite.catalog.kinds.values():
            for action, words, key, argument in (
                ("roster:read", f"{kind.title}名册", "roster", (kind.key,)),
                ("roster:edit", f"新增{kind.title}", "record", (kind.key, None)),
                ("roster:import", f"导入{kind.title}", "import", kind.key),
                ("roster:merge", f"{kind.title}查重与合并", "merging", (kind.key,)),
            ):
                if self.actor.may(f"{kind.owner}:{action}"):
                    commands.append(
                        PageCommand(menu="tools", text=words, run=partial(self._open, key, argument))
                    )
        for ledger in self.suite.catalog.ledgers.values():
            if self.actor.may(f"{ledger.owner}:ledger:read"):
                run = partial(self._open, "ledgers", ledger.key)
                commands.append(PageCommand(menu="tools", text=f"{ledger.title}台账", run=run))
        for kind in roster_kinds(self.suite.catalog):
            if self.actor.may(f"{kind.owner}:roster:read"):
                commands += [
                    PageCommand(
                        menu="tools", text=f"{kind.title}{title}", run=partial(self._open, page, kind.key)
                    )
                    for page, title in OF_A_ROSTER.items()
                ]
        commands += [
            PageCommand(
                menu="tools", text=f"{one.title}覆盖情况", run=partial(self._open, "coverage", one.key)
            )
            for one in self.suite.catalog.coverages.values()
        ]
        commands += [
            PageCommand(menu="view", text=action.text(), run=action.trigger)
            for action in self.window.menus.menu("view").actions()
            if action.isCheckable()
        ]
        return commands

    def _open(self, key: str, argument: Hashable | None = None) -> None:
        if not self.window.waiting:
            self.window.open_page(key, argument)

    def close(self) -> None:
        """Wait for the workers and keep what the window remembers."""
        if not self.window.waiting:
            self.desk.close()
        self.remembered.flush()

    # The database.

    def tell_unopened(self) -> None:
        """The status row while a database is being chosen."""
        self.window.status.set_connection(StateValue(StateKind.NEUTRAL, "未连接数据库"))

    def _connected(self, kind_of_day: str) -> None:
        today = self.suite.today
        self.window.status.set_day(f"{today} 星期{WEEKDAYS[today.weekday()]}（{kind_of_day}）")
        self.window.status.set_connection(self._connected_word)

    @property
    def _connected_word(self) -> StateValue:
        local = self.suite.engine.dialect.name == "sqlite"
        return StateValue(StateKind.OK, "本机数据库" if local else "已连接市局业务库")

    def _disconnected(self, error: Exception) -> None:
        from suite.ui.desk import sentence_of

        self.window.status.set_connection(StateValue(StateKind.BAD, "数据库无法访问"))
        self._tell_refusal(sentence_of(error))

    def _tell_refusal(self, sentence: str) -> None:
        page = self.window.current_page
        if page is None:
            self.window.status.set_happened(sentence)
            return
        if self._trouble is not None:
            self._trouble.dismiss()
        self._trouble = page.show_notice(
            Notice(kind=NoticeKind.BAD, text=sentence, buttons=(("重试", page.refresh),), closable=True)
        )
        self._trouble.destroyed.connect(self._trouble_gone)

    def _trouble_gone(self) -> None:
        self._trouble = None

    def _tell_database(self) -> None:
        """A database that does not fit the program, and plugins that are parked, are told at once."""
        page = self.window.current_page
        if page is None:
            return
        if self.suite.statuses:
            against = self.suite.contradicted if self.actor.may("core:audit:read") else None
            # Who upgrades is told; nobody else can do anything about it.
            mends = self.actor.may("core:database:maintain") or self.actor.may("core:database:mend")
            outdated = self.suite.outdated_rights() if mends else []
            told = (*self.suite.unwritable(), *((against,) if against is not None else ()), *outdated)
            for problem in told:
                page.show_notice(Notice(kind=NoticeKind.WARN, text=problem.text))
        parked = self.suite.plugins.parked
        if parked:
            names = "、".join(plugin.title for plugin in parked.values())
            page.show_notice(
                Notice(
                    kind=NoticeKind.WARN,
                    text=f"有 {len(parked)} 个插件未能启用：{names}。其余功能照常。",
                    buttons=(("查看原因", partial(self.open_settings, "plugins")),),
                    closable=True,
                )
            )


def day_words(session: ReadSession, today: dt.date) -> str:
    """Whether today is worked; asking it also tells that the database answers."""
    from suite.kernel.clocks.calendar import day_kind

    return day_kind(session, today).words
