"""Paints any page offscreen, after all that it reads has come."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.problems import refuse
from suite.ui.roster_pages import OF_A_ROSTER, roster_kinds

if TYPE_CHECKING:
    from suite.ui.assembly import Assembly

#: A page is finished when nothing has been under way for so long; the longest timer of a page is shorter.
SLOW_S = 0.1  # a round of the event loop in which so much was done
QUIET_S = 0.35
LONGEST_S = 120.0


def page_names(suite: Suite) -> list[tuple[str, str]]:
    """(name, title) of every page that `shot` can paint."""
    kinds = list(suite.catalog.kinds.values())
    return [
        ("today", "工作台"),
        *((f"roster:{kind.key}", f"{kind.title}名册") for kind in kinds),
        *((f"record:{kind.key}", f"{kind.title}档案（--select 指定编号或名称）") for kind in kinds),
        ("cases", "办件（--select 写 open、closed、waiting 或 new）"),
        ("case", "一件办件（--select 指定编号）"),
        ("plans", "检查计划（--select 指定计划的名称）"),
        ("assessment", "考核评估（--select 指定考核的名称，可加“/名单”或“/得分”）"),
        ("scoring", "评分表（--select 指定对象的名称）"),
        ("scheme", "方案与标准（--select 指定方案的名称）"),
        ("credit", "信用（--select 写 today、records、repairs 或 feeds）"),
        *((f"coverage:{one.key}", f"{one.title}覆盖情况") for one in suite.catalog.coverages.values()),
        ("ledgers", "台账（--select 指定台账的名称）"),
        ("plan", "规划对照（--select 指定序号）"),
        ("indicators", "指标（--select 指定序号）"),
        ("returns", "填报（--select 指定报表，可加 / 和期间）"),
        ("targets", "编辑指标体系"),
        ("reports", "报告（--select 写 made、asked、packs 或 notices）"),
        ("snapshot-diff", "逐条差异（--select 指定快照的编号）"),
        ("import", "导入导出"),
        *(
            (f"{name}:{kind.key}", f"{kind.title}{title}")
            for name, title in OF_A_ROSTER.items()
            for kind in roster_kinds(suite.catalog)
        ),
        ("merging", "查重与合并（--select 指定种类）"),
        ("tasks", "待办事项"),
        ("activity", "操作留痕"),
        ("parameters", "参数"),
        ("calendar", "工作日历"),
        ("limits", "法定期限"),
        ("penalties", "处罚目录"),
        ("templates", "文书模板"),
        ("plugins", "插件"),
        ("backups", "备份"),
        ("doctor", "体检"),
        ("connection", "数据库连接"),
        ("look", "显示设置"),
        ("rights", "账户与权限（--select 指定其中一页，如 科室）"),
        ("help", "帮助（--select 指定主题的名称）"),
        ("notices", "提醒"),
        ("palette", "搜索（--select 指定输入的文字）"),
    ]


def shot(
    suite: Suite,
    actor: Actor,
    page: str,
    out: Path,
    *,
    size: tuple[int, int] = (1440, 900),
    theme: str = "light",
    scale: float = 1.0,
    select: str | None = None,
) -> None:
    """Write a PNG of one page. `scale` is the font scale: 1, 1.1, 1.25 or 1.5.

    `select` names a record by number or name (default: the first); for `palette` it is what is typed.
    Raises Refused for an unknown page, scale or record, and when the file cannot be written.
    """
    _offscreen()
    from PySide6.QtCore import Qt

    from suite.ui.app import prepare_application
    from suite.ui.assembly import Assembly
    from suite.ui.kit.theme import Mode
    from suite.ui.kit.theme import theme as look
    from suite.ui.kit.tokens import FONT_SCALES

    if not out.parent.is_dir():
        raise refuse("file.write", f"没有文件夹 {out.parent}。请核对路径，或先建立它。")
    if page not in dict(page_names(suite)):
        raise refuse("page.unknown", f"没有页面 {page}。可用 suite pages 查看全部。")
    per_cent = round(scale * 100)
    if per_cent not in FONT_SCALES:
        offered = "、".join(f"{one / 100:g}" for one in FONT_SCALES)
        raise refuse("scale.unknown", f"显示比例 {scale:g} 不在可选范围，可选 {offered}。")
    prepare_application()
    look().apply(mode=Mode(theme), scale=per_cent)
    assembly = Assembly.over(suite, actor, keeps=False)
    window = assembly.window
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    window.resize(*size)
    try:
        window.open_section("today")
        window.show()
        _settle(lambda: assembly.desk.busy)
        _open(assembly, page, select)
        _settle(lambda: assembly.desk.busy)
        if not window.grab().save(str(out), "PNG"):
            raise refuse("file.write", f"无法写入 {out.name}。请换个位置。")
    finally:
        window.close()
        assembly.desk.close()
        window.deleteLater()


def _offscreen() -> None:
    """Before Qt loads: where no screen is to be had, its offscreen platform paints as well."""
    has_screen = sys.platform in ("win32", "darwin") or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )
    if not has_screen:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def _open(assembly: Assembly, page: str, select: str | None) -> None:
    from suite.ui.assembly import SETTINGS_PARTS
    from suite.ui.pages.assessment.head import COCKPIT
    from suite.ui.pages.assessment.page import AssessmentPage
    from suite.ui.pages.cases.page import CasesPage
    from suite.ui.pages.indicators.page import IndicatorsPage
    from suite.ui.pages.plan.page import PlanPage
    from suite.ui.pages.rights.page import PANES
    from suite.ui.pages.roster.page import RosterPage

    window = assembly.window
    name, _, kind = page.partition(":")
    if name == "palette":
        window.open_palette(select or "")
        return
    if name == "notices":
        assembly.open_notices()
        return
    if name == "record":
        window.open_page("record", (kind, _subject(assembly.suite, assembly.actor, kind, select)))
        return
    if name == "case":
        window.open_page("case", _case(assembly.suite, assembly.actor, select))
        return
    if name == "cases":
        listed = window.open_section("cases")
        if isinstance(listed, CasesPage) and select:
            listed.show_view(select)
        return
    if name == "reports":
        window.open_page(name, select)
        return
    if name == "snapshot-diff":
        window.open_page(name, (int(select) if select and select.isdigit() else 1, ""))
        return
    if name == "plans":
        window.open_page(name, _plan(assembly.suite, assembly.actor, select) if select else None)
        return
    if name == "help":
        topics = assembly.suite.catalog.help.items()
        assembly.open_help(next((key for key, topic in topics if topic.title == select), None))
        return
    if name in OF_A_ROSTER or name == "coverage":
        window.open_page(name, kind)
        return
    if name in dict(SETTINGS_PARTS):
        pane = next((key for key, (title, _) in PANES.items() if title == select), "")
        assembly.open_settings(name, pane)
        return
    if name == "merging":
        window.open_page(name, (select,) if select else None)
        return
    if name == "returns":
        window.open_page(name, tuple(select.split("/")) if select else None)
        return
    if name == "credit":
        window.open_page(name, select)
        return
    if name == "ledgers":
        ledgers = assembly.suite.catalog.ledgers.values()
        window.open_page(name, next((one.key for one in ledgers if one.title == select), None))
        return
    if name == "assessment":
        title, _, view = (select or "").partition("/")
        board = window.open_page(name, _campaign(assembly.suite, assembly.actor, title or None))
        if isinstance(board, AssessmentPage) and view:
            _settle(lambda: assembly.desk.busy)
            named = {tab.title: str(tab.key) for tab in board.head.views.tabs}
            board.turn(named.get(view, COCKPIT))
        return
    if name == "scoring":
        window.open_page(name, _scored(assembly.suite, assembly.actor, select or ""))
        return
    if name == "scheme":
        schemes = assembly.suite.catalog.schemes
        wanted = select or next(iter(schemes))
        found = [key for key, scheme in schemes.items() if wanted in (key, scheme.title)]
        if not found:
            known = "、".join(scheme.title for scheme in schemes.values())
            raise refuse("scheme.unknown", f"没有方案“{wanted[:40]}”，可选：{known}。")
        window.open_page(name, found[0])
        return
    opened = window.open_page(name)
    if isinstance(opened, IndicatorsPage) and select:
        _settle(lambda: assembly.desk.busy)
        if not opened.select(select):
            raise refuse("indicator.unknown", f"没有序号为 {select} 的指标。")
    if isinstance(opened, PlanPage) and select and not opened.select(int(select)):
        raise refuse("plan.unknown", f"规划没有第 {select} 项。")
    if isinstance(opened, RosterPage) and kind:
        opened.show_kind(kind)
        _settle(lambda: assembly.desk.busy)
        if not select:
            if opened.listing.ids:
                opened.select(opened.listing.ids[0])
        elif not opened.select(_subject(assembly.suite, assembly.actor, kind, select)):
            raise refuse("record.unlisted", f"“{select}”不在该名册的第一个视图中。请换一个。")


def _subject(suite: Suite, actor: Actor, kind: str, select: str | None) -> int:
    """The record that is meant: the first that the search finds, or the first of the list."""
    from suite.kernel.registry.queries import ListQuery, list_ids

    with suite.reading() as session:
        query = ListQuery(kind=kind, text=select or "")
        found = list_ids(session, actor, suite.catalog, query, limit=1).ids
    if not found:
        raise refuse("record.unknown", f"没有找到“{select}”。" if select else "这种名册还没有记录。")
    return found[0]


def _case(suite: Suite, actor: Actor, select: str | None) -> int:
    """The case that is meant: of this number, or the first of the list."""
    from suite.kernel.casework.queries import CaseQuery, case_ids

    with suite.reading() as session:
        found = case_ids(session, actor, suite.catalog, CaseQuery(words=select or ""), limit=1)
    if not found:
        raise refuse("case.unknown", f"没有找到办件“{select or ''}”。")
    return found[0]


def _plan(suite: Suite, actor: Actor, select: str) -> int:
    """The plan that is meant: the newest whose name contains it."""
    from suite.kernel.casework.inspections.queries import plan_lines

    with suite.reading() as session:
        found = [line.id for line in plan_lines(session, actor, suite.catalog) if select in line.title]
    if not found:
        raise refuse("plan.unknown", f"没有找到检查计划“{select}”。")
    return found[0]


def _campaign(suite: Suite, actor: Actor, select: str | None) -> int | None:
    """The season that is meant: of this name, or the latest."""
    from suite.kernel.assessment.progress import campaigns

    with suite.reading() as session:
        lines = campaigns(session, actor, suite.catalog)
    found = next((line.id for line in lines if select is None or select in line.title), None)
    if select is not None and found is None:
        raise refuse("campaign.unknown", f"没有找到考核“{select}”。")
    return found


def _scored(suite: Suite, actor: Actor, select: str) -> int:
    """The participant that is meant: the first of this name in the latest season that has a score sheet."""
    from suite.kernel.assessment.boards import board
    from suite.kernel.assessment.progress import campaigns

    with suite.reading() as session:
        for line in campaigns(session, actor, suite.catalog):
            if suite.catalog.schemes[line.scheme].criteria:
                found = board(session, actor, suite.catalog, line.id)
                return next(one.id for one in found.lines if select in one.name)
    raise refuse("campaign.unknown", "没有按评分表开展的考核。")


def _settle(busy: Callable[[], bool]) -> None:
    """Run the event loop until nothing is under way any more."""
    from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop

    begun = quiet_since = time.monotonic()
    while (last := time.monotonic()) - quiet_since < QUIET_S:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        # A loop that is run by hand does not throw away what asked for it.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        now = time.monotonic()
        if busy() or now - last > SLOW_S:
            quiet_since = now  # what has just been filled is laid out in the next round
        if now - begun > LONGEST_S:
            raise refuse("page.slow", f"页面在 {LONGEST_S:.0f} 秒内没有读完，未画图。")
        time.sleep(0.005)
