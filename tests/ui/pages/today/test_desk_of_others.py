"""The desk of who handles no case: what waits for his decision, and the way to his work."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.kernel.exchange.mass_export import AllowExport
from suite.ui.desk import Desk
from suite.ui.kit.buttons import Button
from suite.ui.pages.today.page import TodayPage
from suite.ui.remembered import Remembered


def test_a_desk_leads_to_what_waits_for_its_decision_and_the_auditors_to_the_trace(
    suite_on_sqlite: Suite, admin: Actor, light: None, qtbot: QtBot
) -> None:
    suite = suite_on_sqlite
    for login, role in (("clerk", "core.section_staff"), ("auditor", "core.auditor")):
        suite.run(AddUser(login=login, name=login), admin)
        suite.run(GrantRole(login=login, role=role), admin)
    suite.run(AllowExport(kind="lawyers.lawyer", rows=20_000, reason="核对"), suite.actor("clerk"))
    desks = [Desk(suite, suite.actor(login)) for login in ("admin", "clerk", "auditor")]
    decides, asks, reads = (TodayPage(desk, remembered=Remembered()) for desk in desks)
    for page in (decides, asks, reads):
        qtbot.addWidget(page)
        page.resize(1200, 700)
        page.show()
        qtbot.waitUntil(lambda page=page: not page.desk.busy)
    with qtbot.waitSignal(decides.part_wanted) as opened:
        decides._open_row(decides.table.current_row)
    assert opened.args == ["rights", "requests"]
    assert asks.pane.title.text() == "待办", "what one asked for oneself is another one's work"
    assert reads._empty is not None
    with qtbot.waitSignal(reads.open_wanted) as opened:
        reads._empty.findChildren(Button)[0].click()
    assert opened.args[0] == "activity"
    for desk in desks:
        desk.close()
