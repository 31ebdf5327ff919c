"""What the credit page puts into the menus and the palette, and why some of it cannot be done now."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from suite.ui.kit.page import PageCommand
from suite.ui.pages.credit.rows import FEEDS, PUBLICITY, RECORDS

if TYPE_CHECKING:
    from suite.ui.pages.credit.page import CreditPage


def commands_of(page: CreditPage) -> tuple[PageCommand, ...]:
    """Every act of the page as it stands."""
    keeping, acts, platform = page.keeping_refusal(), page.acts, page.platform
    due = keeping or ("" if page.tab == PUBLICITY and page.due.keys else "先在双公示中选定记录")
    record = keeping or ("" if page.tab == RECORDS and page.records.keys else "先在信用记录中选定记录")
    may = platform.keepable()
    none = platform.making_refusal()
    receipt = none or (platform.receipt_refusal() if page.tab == FEEDS else "先在公示平台中选定差异文件")
    feeds = [
        PageCommand(
            menu="file",
            text=f"{feed.title}差异…",
            run=partial(platform.ask_differences, feed.key),
            refusal="" if feed.key in may else "您没有办理信用的权限",
        )
        for feed in page.desk.suite.catalog.feeds.values()
    ]
    return (
        PageCommand(menu="act", text="报送双公示", run=acts.ask_report, key="Ctrl+E", refusal=due),
        PageCommand(menu="act", text="登记已公示", run=acts.ask_confirm, key="F9", refusal=due),
        PageCommand(menu="act", text="撤回公示", run=acts.ask_retract, refusal=due),
        PageCommand(menu="act", text="办理信用披露", run=acts.ask_step, refusal=record),
        PageCommand(menu="act", text="登记信用记录", run=acts.ask_enter, key="Ctrl+N", refusal=keeping),
        PageCommand(menu="act", text="终止到期公示", run=acts.ask_end, refusal=keeping),
        PageCommand(menu="act", text="登记平台回执", run=platform.ask_receipt, refusal=receipt),
        PageCommand(menu="file", text="读入平台退回文件…", run=acts.ask_rejections, refusal=keeping),
        PageCommand(menu="file", text="导入期初双公示…", run=acts.ask_stock, refusal=keeping),
        *feeds,
    )
