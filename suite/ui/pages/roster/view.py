"""What a list page shows: one kind's rows under its views, conditions, columns and counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from suite.contract.declarations import RecordKind, SubjectRole
from suite.contract.problems import ProblemKind, Refused
from suite.database.engine import ReadSession
from suite.kernel.registry.current import names_of
from suite.kernel.registry.queries import LARGE, ListQuery, large_sort_keys
from suite.ui.desk import Desk, Ticket, sentence_of
from suite.ui.kit.filters import QUICK, FilterBar
from suite.ui.kit.notices import Notice, NoticeBar, NoticeKind
from suite.ui.kit.page import Page
from suite.ui.pages.roster.cells import Writer, columns_for, writers_for
from suite.ui.pages.roster.conditions import Conditions
from suite.ui.pages.roster.counts import Counts
from suite.ui.pages.roster.emptiness import NO_RIGHT, WayOut, nothing_yet, noun_of, too_narrow, way_out
from suite.ui.pages.roster.head import RosterHead, readable_professions, section_title, side_of
from suite.ui.pages.roster.listing import Listing
from suite.ui.pages.roster.source import RosterSource
from suite.ui.pages.roster.state import ListAsk, ask_of_argument
from suite.ui.pages.roster.summary import RosterSummary
from suite.ui.pages.roster.table_area import TableArea
from suite.ui.pages.roster.views import ViewBar
from suite.ui.remembered import Remembered

HINTS = "Enter 打开　空格 勾选　Ctrl+F 筛选"


BY_NAME = (("name", True),)


class RosterView(Page):
    """The widgets of a list and what the answers of the kernel put into them."""

    def __init__(self, desk: Desk, remembered: Remembered) -> None:
        super().__init__("roster", "名册", "roster")
        self.set_hints(HINTS)
        self._desk = desk
        self._catalog = desk.suite.catalog
        self._kept = remembered
        self.kind: RecordKind | None = None
        self.ask = ListAsk()
        self.as_of: date | None = None
        self._day_bar: NoticeBar | None = None
        self._notice: NoticeBar | None = None
        self._narrow_ticket: Ticket | None = None
        self.districts: dict[str, str] = {}
        self._bar_districts = 0
        self.writers: tuple[tuple[str, Writer], ...] = ()
        self.source: RosterSource | None = None
        self.conditions: Conditions | None = None
        self.listing = Listing(desk, self)
        self.head = RosterHead(self._catalog, readable_professions(desk.actor, self._catalog))
        self.views = ViewBar()
        self.filters = FilterBar()
        self.area = TableArea()
        self.dock = RosterSummary(desk, self.districts)
        self.counts = Counts(desk, self)
        self._lay_out()
        self.dock.set_closed(bool(remembered.get("roster.dock_closed", False)))
        self.listing.shown.connect(self._list_shown)
        self.listing.counted.connect(self._tell_count)
        self.listing.slow.connect(self._tell_slow)
        self.listing.failed.connect(self.fail)
        self.listing.sort_refused.connect(self._sort_refused)
        self.counts.of_views.connect(self.views.show_counts)
        self.counts.of_kinds.connect(self._kind_counts)

    def _lay_out(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.area, 1)
        middle.addWidget(self.dock)
        for bar in (self.head, self.views, self.filters):
            self.content.addWidget(bar)
        self.strips = QVBoxLayout()
        self.content.addLayout(self.strips)
        self.content.addLayout(middle, 1)

    def start(self, argument: object) -> None:
        """Show what the page was opened for, else what was shown last."""
        professions = readable_professions(self._desk.actor, self._catalog)
        kinds = [kind for owner in professions for kind in self._catalog.kinds_of(owner)]
        if not kinds:
            for bar in (self.head, self.views, self.filters, self.dock):
                bar.hide()
            self.area.show_empty(NO_RIGHT)
            return
        asked = str(argument[0]) if isinstance(argument, tuple) and argument else ""
        keys = [kind.key for kind in kinds]
        wanted = asked or str(self._kept.get("roster.kind", ""))
        key = wanted if wanted in keys else keys[0]
        conditions = argument[1:3] if isinstance(argument, tuple) else ()
        self.show_kind(
            key, ask=ask_of_argument(self._catalog.kinds[key], *conditions) if conditions else None
        )
        if isinstance(argument, tuple) and len(argument) > 3:
            self.set_day(date.fromisoformat(str(argument[3])))

    def open_import(self) -> None:
        """Ask the window for the import of this kind."""
        if self.kind is not None:
            self.open_wanted.emit("import", self.kind.key)

    def refresh(self) -> None:
        """F5: bring the list, its numbers and the summary up to date; the place in the list stays."""
        if self.kind is None or self.source is None:
            return
        self.area.hide_empty()
        self.source.refresh_ids()
        self.counts.forget(list(self.counts.kinds))
        self.dock.refresh()
        self.reload(quiet=bool(self.listing.ids))

    def set_day(self, day: date | None) -> None:
        """Show the roster of a past day under an amber bar, or today's again."""
        self.as_of = day
        if self._day_bar is not None:
            self._day_bar.dismiss()
            self._day_bar = None
        if day is not None:
            self._day_bar = self.show_notice(
                Notice(
                    kind=NoticeKind.WARN,
                    text=f"您正在查看 {day} 的名册",
                    remark="只含当日在册的，只能查看",
                    buttons=(("返回今天", self.show_today),),
                )
            )
        self.dock.show_nothing()
        self.reload()

    def show_today(self) -> None:
        """Leave the past."""
        self.set_day(None)

    # What is shown.

    def show_kind(self, key: str, ask: ListAsk | None = None) -> None:
        """Show the roster of a kind, with its first view or what `ask` says."""
        kind = self._catalog.kinds[key]
        self.kind = kind
        self._kept.put("roster.kind", key)
        self.set_title(f"名册 · {kind.title}")
        self.head.show_kind(kind, self._desk.actor)
        self.head.show_counts(self.counts.kinds)
        self.filters.quick.setPlaceholderText(_placeholder(kind))
        self.area.bulk.set_unit(kind.unit)
        self.dock.show_nothing()
        columns = columns_for(kind, self._catalog)
        self.writers = writers_for(kind, self._catalog, columns, self.districts)
        if self.source is not None:
            self.source.deleteLater()
        self.source = RosterSource(self._desk, key, self.writers, self.districts)
        self.source.failed.connect(self.fail)
        self.conditions = Conditions(self._desk, kind, self.districts, self._query)
        self.conditions.matter = ask.matter if ask is not None else None
        self.filters.set_specs(self.conditions.specs())
        table = self.area.show_table(columns, self.source)
        self.setTabOrder(self.filters.refresh_button, table)
        self.setTabOrder(table, self.dock.close_button)
        may_save = self._desk.actor.may("core:view:save")
        self.views.save_button.setVisible(may_save)
        self.views.set_views(self.counts.declared_views(kind))
        chosen = ask or self.views.views[0].ask
        self.counts.read_views(kind)
        self._show_ask(chosen)
        self.commands_changed.emit()

    def _show_ask(self, ask: ListAsk, prefer: str | None = None) -> None:
        """Show conditions in bar, header and columns, and ask for the list."""
        self.ask = ask
        self.filters.set_values(ask.filters)
        self.views.show_ask(ask, prefer)
        if self.kind is not None:
            kept = self._kept.get(f"roster.columns.{self.kind.key}")
            self.area.restore_layout(ask.layout or (kept if isinstance(kept, list) else None))
        if self.area.table is not None:
            self.area.table.set_sort(ask.sort or BY_NAME)
        self._name_links()
        self.reload()

    def _query(self) -> ListQuery:
        assert self.kind is not None  # noqa: S101 - asked only while a kind is shown
        return self.ask.query(self.kind.key, self.as_of)

    def reload(self, *, quiet: bool = False) -> None:
        """Ask for the list."""
        if self.kind is None or self.source is None:
            return
        if self._narrow_ticket is not None:
            self._narrow_ticket.drop()
            self._narrow_ticket = None
        self.listing.ask(self.kind, self._query(), self.source, quiet=quiet)

    def _name_links(self) -> None:
        """A set filter on a linked body shows its name; it may have to be read first."""
        conditions = self.conditions
        unknown = conditions.unknown_links(self.ask.filters) if conditions is not None else []
        if not unknown or conditions is None:
            return

        def named(names: Mapping[int, str]) -> None:
            if self.conditions is conditions:
                conditions.names.update(names)
                self._redraw_filters()

        self._desk.read(lambda session: names_of(session, unknown), named, owner=self)

    def _redraw_filters(self) -> None:
        if self.conditions is not None:
            self.filters.set_specs(self.conditions.specs())
            self.filters.set_values(self.ask.filters)

    # Answers.

    def _list_shown(self) -> None:
        if len(self.districts) != self._bar_districts:
            # Their names came with the first rows.
            self._bar_districts = len(self.districts)
            self._redraw_filters()
        self._drop_notice()
        self._tell_count()
        if self.listing.ids:
            self.area.hide_empty()
        else:
            self._show_empty()
        self.happened.emit(f"查询用时 {self.listing.milliseconds} 毫秒")
        if self.kind is not None and not self.listing.asking:
            self.counts.read_soon(self.kind, self.views.views, self.as_of)

    def _show_empty(self) -> None:
        kind = self.kind
        if kind is None:
            return
        if self.as_of is not None and not self.ask.filters:
            self.area.show_empty(f"{self.as_of} 的名册上没有{kind.title}。", "返回今天", self.show_today)
        elif not self.ask.filters:
            may = self._desk.actor.may(f"{kind.owner}:roster:import")
            self.area.show_empty(nothing_yet(kind), "导入" if may else "", self.open_import)
        else:
            self.area.show_empty(f"没有符合条件的{noun_of(kind)}。", "清除全部条件", self.filters.clear)
            self._look_for_way_out(kind)

    def _look_for_way_out(self, kind: RecordKind) -> None:
        suite, actor, ask, as_of = self._desk.suite, self._desk.actor, self.ask, self.as_of

        def query(session: ReadSession) -> WayOut | None:
            return way_out(session, actor, suite.catalog, kind, ask, as_of)

        def found(way: WayOut | None) -> None:
            self._narrow_ticket = None
            if way is not None:
                words = self._condition_words()
                self.area.show_empty(
                    too_narrow(kind, way, words), f"清除“{words[way.key]}”", partial(self._clear_one, way.key)
                )

        self._narrow_ticket = self._desk.read(query, found, owner=self)

    def _condition_words(self) -> dict[str, str]:
        words = {QUICK: str(self.ask.filters.get(QUICK, ""))}
        for key, button in self.filters.buttons.items():
            if button.value is not None:
                words[key] = f"{button.spec.title}：{button.words()}"
        return words

    def _clear_one(self, key: str) -> None:
        rest = {other: value for other, value in self.ask.filters.items() if other != key}
        self._show_ask(replace(self.ask, filters=rest, layout=None))

    def _tell_count(self) -> None:
        kind = self.kind
        if kind is None:
            return
        self.area.count.setText(self.listing.count_words(kind.unit))
        self._tell_note()

    def _tell_note(self) -> None:
        kind = self.kind
        if kind is None:
            return
        parts = []
        kinds = [other for other in self._catalog.kinds_of(kind.owner) if side_of(other) == side_of(kind)]
        if all(other.key in self.counts.kinds for other in kinds):
            total = sum(self.counts.kinds[other.key] for other in kinds)
            whole = section_title(kind.owner, self._catalog)
            line = "" if kind.role is SubjectRole.PLACE else "条线在册"
            parts.append(f"{whole}{line} {total:,} {kind.unit}")
        sort = self.listing.query.sort if self.listing.query is not None else ()
        words = "、".join(f"{kind.by_key[key].title}{'降' if down else '升'}序" for key, down in sort)
        parts.append(f"按{words or kind.by_key['name'].title + '升序'}")
        self.area.note.setText("　".join(parts))

    def _kind_counts(self, counts: Mapping[str, int]) -> None:
        self.head.show_counts(counts)
        self._tell_note()

    def _tell_slow(self, slow: bool) -> None:
        self.area.set_stale(slow)
        if slow:
            self.area.count.setText("正在查询…")
        elif not self.listing.asking:
            self._tell_count()

    def fail(self, error: Exception) -> None:
        """Tell of a query or an act that failed; the rows that are shown stay."""
        denied = isinstance(error, Refused) and error.problems[0].kind is ProblemKind.NOT_PERMITTED
        sentence = sentence_of(error)
        if not self.listing.ids and not self.listing.asking:
            self.area.show_empty(sentence, "" if denied else "重试", self.refresh)
            return
        self._drop_notice()
        buttons = () if denied else (("重试", self.refresh),)
        notice = Notice(kind=NoticeKind.BAD, text=sentence, buttons=buttons, closable=True)
        self._notice = self.show_notice(notice)

    def _drop_notice(self) -> None:
        if self._notice is not None:
            self._notice.dismiss()
            self._notice = None

    def _sort_refused(self, keys: tuple[str, ...]) -> None:
        kind = self.kind
        if kind is None or self.area.table is None:
            return
        kept = tuple(part for part in self.ask.sort if part[0] not in keys)
        self.ask = replace(self.ask, sort=kept)
        self.area.table.set_sort(kept or BY_NAME)
        able = "、".join(
            field.title for field in kind.fields if field.key in large_sort_keys(kind) and not field.sensitive
        )
        asked = "、".join(kind.by_key[key].title for key in keys)
        self._drop_notice()
        text = f"超过 {LARGE:,} {kind.unit}时不能按{asked}排序，可按{able}排序，或先缩小范围。"
        self._notice = self.show_notice(Notice(kind=NoticeKind.INFO, text=text, closable=True))


def _placeholder(kind: RecordKind) -> str:
    number = kind.by_key.get("main_no")
    parts = [kind.by_key["name"].title, *([number.title] if number else [])]
    return f"{'、'.join(parts)}（可用拼音首字母）"
