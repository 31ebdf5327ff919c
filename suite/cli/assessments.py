"""`suite campaigns`, `suite campaign`: seasons of assessment, how far they have come, and their boards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from suite.cli.answers import give, table
from suite.cli.failures import DONE
from suite.cli.options import Call, SuiteCommand, pass_call

if TYPE_CHECKING:
    from suite.kernel.assessment.boards import Board, BoardLine
    from suite.kernel.assessment.cockpit import Cockpit

STATES = {"running": "进行中", "noticed": "公示中", "closed": "已公布"}


@click.command("campaigns", cls=SuiteCommand)
@pass_call
def campaigns(call: Call) -> int:
    """列出各次考核评估及其进展。"""
    from suite.kernel.assessment.progress import campaigns as lines_of

    suite, actor = call.ready, call.actor
    with suite.reading() as session:
        lines = lines_of(session, actor, suite.catalog)
    rows = [
        (line.id, line.title, f"{line.first} 至 {line.last}", STATES[line.state],
         f"{line.graded:,} / {line.taking_part:,}", suite.catalog.schemes[line.scheme].title)
        for line in lines
    ]  # fmt: skip
    heads = ["编号", "名称", "期间", "状态", "已评定", "方案"]
    empty = ["还没有考核评估。在“考核评估”页点“开展考核…”，或用 suite run OpenCampaign 开展。"]
    give(call, {"campaigns": lines}, table(heads, rows) if rows else empty)
    return DONE


@click.command("campaign", cls=SuiteCommand)
@click.argument("number", metavar="编号", type=int)
@pass_call
def campaign(call: Call, number: int) -> int:
    """一次考核评估：参加情况、各环节进展、尚缺的单位、得分和等次。"""
    from suite.kernel.assessment.boards import board
    from suite.kernel.assessment.cockpit import cockpit
    from suite.kernel.assessment.windows import late_of, windows_of
    from suite.kernel.parameters.queries import parameters_on

    suite, actor = call.ready, call.actor
    with suite.reading() as session:
        parameters = parameters_on(session, suite.catalog, suite.today)
        come = cockpit(session, actor, suite.catalog, number)
        found = board(session, actor, suite.catalog, number)
    days = windows_of(found.sheet.scheme, found.campaign.last, parameters)
    late = late_of(come.waiting, days, suite.today) if found.campaign.state == "running" else {}
    windows = {
        key: {"first": window.first, "last": window.last, "overdue_days": window.overdue(suite.today)}
        for key, window in days.items()
    }
    told = [
        f"期限：{found.sheet.scheme.by_step[key].title}，{window.span}（{window.words(suite.today)}"
        + (f"，{late[key]:,} 个还没有办）" if key in late else "）")
        for key, window in days.items()
        if found.campaign.state == "running"
    ]
    document = {**_document(come, found), "windows": windows, "late": late}
    give(call, document, [*_summary(come, found), *told, "", *_table(found)])
    return DONE


def _document(come: Cockpit, found: Board) -> dict[str, Any]:
    return {
        "campaign": found.campaign,
        "standings": come.standings,
        "waiting": come.waiting,
        "grades": come.grades,
        "by_district": {str(place.key or ""): place.waiting for place in come.districts},
        "exceptions": come.resting,
        "quotas": come.quotas,
        "moved": come.moved,
        "gone": come.gone,
        "disputed": come.disputed,
        "missing": [{"body_id": body, "name": name, "number": number} for body, name, number in come.missing],
        "assessments": found.lines,
    }


def _summary(come: Cockpit, found: Board) -> list[str]:
    from suite.kernel.assessment.standing import STANDINGS

    scheme = found.sheet.scheme
    steps = [f"{step.title} {come.waiting.get(step.key, 0):,}" for step in scheme.steps]
    grades = [f"{grade.title} {come.grades.get(grade.key, 0):,}" for grade in scheme.grades]
    lines = [
        f"{found.campaign.title}（{STATES[found.campaign.state]}，评分表第 {found.campaign.sheet} 版）",
        "  ".join(f"{title} {come.standings[key]:,}" for key, title in STANDINGS.items()),
        f"待办环节：{'，'.join(steps)}，已办完 {come.waiting.get('', 0):,}",
        f"等次：{'，'.join(grades)}",
    ]
    if come.missing:
        named = "、".join(f"{name or '无机构'} {number}" for _, name, number in come.missing[:10])
        lines.append(f"还没有办“{scheme.steps[0].title}”的（{len(come.missing)} 家）：{named}")
    return lines


def _table(found: Board) -> list[str]:
    from suite.kernel.assessment.standing import WALKING

    titles = {grade.key: grade.title for grade in found.sheet.grades}

    def row(line: BoardLine) -> tuple[object, ...]:
        step = found.sheet.scheme.by_step.get(line.step)
        return (
            line.rank or "",
            line.name,
            found.groups.get(line.group or "", line.group or ""),
            "" if line.total is None else line.total,
            titles.get(line.grade or "", ""),
            titles.get(line.proposal or "", ""),
            step.title if step and line.standing in WALKING else line.rule_text,
        )

    heads = ["名次", "对象", "分组", "得分", "等次", "建议", "现在环节或不参加的理由"]
    return table(heads, [row(line) for line in found.lines])
