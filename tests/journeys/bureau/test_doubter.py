"""Five per cent of the institutions, two inspectors each, one of them recused; a month later somebody doubts
it and replays the draw from its record on another database (task 13 of such days)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from suite.cli.root import run
from suite.ui.pages.plans.page import PlansPage
from tests.journeys.clerk import Clerk, named

pytestmark = pytest.mark.qt_log_level_fail("WARNING")
PLAN = "明年上半年司法鉴定机构抽查"


def _types_in(clerk: Clerk, field: str, text: str, *, picks: bool = False) -> None:
    clerk.goes_to(named(field))
    clerk.types(text)
    if picks:
        clerk.waits()
        clerk.press("Return")


def _gives_the_act(clerk: Clerk, page: PlansPage) -> None:
    clerk.goes_to(lambda widget: widget is getattr(page.acts.strip, "act", None))
    clerk.press("Space")


def _plans(clerk: Clerk) -> PlansPage:
    page = clerk.page
    assert isinstance(page, PlansPage)
    return page


def test_drawn_with_one_recused_and_replayed_by_a_doubter(
    appraisal_clerk: Clerk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    clerk = appraisal_clerk
    record = tmp_path / "抽取记录.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(record), ""))
    clerk.commands(">检查计划")
    page = _plans(clerk)
    clerk.press("Ctrl+N")
    _types_in(clerk, "计划名称", PLAN)
    _types_in(clerk, "检查依据", "年度抽查工作计划")
    _types_in(clerk, "检查对象", "司法鉴定机构", picks=True)
    _types_in(clerk, "检查人员", "田立新、韩雪、陶国强")
    clerk.press("Esc")  # the list; the strip stays
    _gives_the_act(clerk, page)
    clerk.waits()
    assert page.plan is not None
    assert page.plan.line.title == PLAN
    taken = {number for item in page.plan.pools.inspectors for number in item.recused}
    body = next(item for item in page.plan.pools.subjects if item.id not in taken)

    # A relative works there.
    page.detail.recuse.setFocus()
    clerk.press("Space")
    _types_in(clerk, "检查人员", "陶国强", picks=True)
    _types_in(clerk, "检查对象", body.name, picks=True)
    _types_in(clerk, "回避情形", "近亲属", picks=True)
    _types_in(clerk, "事由", "配偶在该机构任职")
    _gives_the_act(clerk, page)
    clerk.waits()
    assert page.plan is not None
    away = {item.login: set(item.recused) for item in page.plan.pools.inspectors}
    assert body.id in away["jiancha"]

    clerk.press("F9")
    _gives_the_act(clerk, page)
    clerk.waits()
    drawn = page.detail.standing
    assert drawn is not None
    whole = len(page.plan.pools.subjects)
    assert len(drawn.picks) == -(-whole * 5 // 100)
    assert all(len(pick.inspectors.split("、")) == 2 for pick in drawn.picks)
    page.detail.save.setFocus()
    clerk.press("Space")
    clerk.waits()
    assert record.exists()

    # The doubter has the record alone: no database is read.
    class Nobody:
        pass

    monkeypatch.setenv("SUITE_DB", str(tmp_path / "nowhere" / "none.db"))
    assert run(["draw", "replay", str(record), "--json"], Nobody()) == 0  # type: ignore[arg-type]  # no screen
    told = json.loads(capsys.readouterr().out)
    assert told["agrees"] is True
    assert [pick["subject"] for pick in told["replayed"]] == [pick.subject_id for pick in drawn.picks]
