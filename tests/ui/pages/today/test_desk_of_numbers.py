"""The desk of who collects the numbers: what it leads to, and what of the returns waits on it."""

from __future__ import annotations

from decimal import Decimal

from pytestqt.qtbot import QtBot

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.kernel.returns.submitting import ReturnGiven, SubmitReturns
from suite.ui.assembly import Assembly
from suite.ui.pages.returns.page import ReturnsPage
from suite.ui.pages.today.page import TodayPage

FORM, PERIOD, HOME = "core.population", "2024", "130102"


def test_returns_to_be_reviewed_open_from_the_desk_of_numbers(
    qtbot: QtBot, light: None, suite_on_sqlite: Suite, admin: Actor
) -> None:
    suite = suite_on_sqlite
    suite.run(AddUser(login="numbers", name="米晓雯"), admin)
    suite.run(GrantRole(login="numbers", role="core.statistician"), admin)
    given = ReturnGiven(district=HOME, values={"core.population": Decimal("85.4")})
    suite.run(SubmitReturns(form=FORM, period=PERIOD, rows=(given,)), admin)
    assembly = Assembly.over(suite, suite.actor("numbers"), keeps=False)
    qtbot.addWidget(assembly.window)
    window = assembly.window
    window.open_section("today")
    window.show()
    qtbot.waitUntil(lambda: not assembly.desk.busy, timeout=10_000)
    led_to = {item.key for item in window.rail.items}
    assert not led_to & {"import", "plans"}, "where he may do nothing he is not led"
    assert "indicators" in led_to
    page = window.current_page
    assert isinstance(page, TodayPage)
    assert not page.runs.isVisible(), "who imports nothing is told of no imports"
    waiting = next(
        place
        for place, opens in enumerate(page._opens)
        if opens is not None and getattr(opens.argument, "view", "") == f"{FORM}/{PERIOD}"
    )
    page.table.row_opened.emit(waiting, 0)
    qtbot.waitUntil(lambda: not assembly.desk.busy, timeout=10_000)
    opened = window.current_page
    assert isinstance(opened, ReturnsPage)
    assert opened.form is not None
    assert opened.found is not None
    assert (opened.form.key, opened.found.periods[opened.place].text) == (FORM, PERIOD)
    assembly.desk.close()
