"""`suite returns`, `suite return`: who handed in what, one return, and a period as a workbook."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from suite.cli.answers import give, table
from suite.cli.failures import DONE
from suite.cli.options import Call, SuiteCommand, SuiteGroup, pass_call
from suite.contract.problems import refuse

if TYPE_CHECKING:
    from suite.kernel.returns.queries import Mark, ReturnDesk, ReturnSheet

FOUND = 1


@click.command("returns", cls=SuiteCommand)
@click.option("--form", metavar="报表", help="只看这一种，填名称如 core.legal_aid；默认列出全部报表。")
@click.option("--period", metavar="期间", help="只看这一期，如 2026-09。")
@click.option("--missing", is_flag=True, help="只列未报的，有未报时退出码为 1。")
@pass_call
def returns(call: Call, form: str | None, period: str | None, missing: bool) -> int:
    """报表的报送情况：各期未报、已报、退回、已审，截止日期和迟报。"""
    from suite.kernel.returns.queries import forms_readable, return_desk

    if period and not form:
        raise refuse("usage", "各报表的期间不同，请同时用 --form 指明报表。", field="period")
    suite, actor = call.ready, call.actor
    forms = [form] if form else [one.key for one in forms_readable(actor, suite.catalog)]
    with suite.reading() as session:
        desks = [
            return_desk(
                session, actor, suite.catalog, key, suite.today, period=period, number=6 if form else 1
            )
            for key in forms
        ]
    lines = [line for desk in desks for line in _desk_lines(desk, missing=missing)]
    lines = lines or ["没有未报、退回的报表。"]
    give(call, {"forms": [_desk(desk) for desk in desks]}, lines)
    some = any(desk.missing(place) for desk in desks for place in range(len(desk.periods)))
    return FOUND if missing and some else DONE


def _desk(desk: ReturnDesk) -> dict[str, Any]:
    return {
        "form": desk.form.key,
        "title": desk.form.title,
        "every": desk.form.every,
        "by": desk.form.by,
        "periods": [
            {
                "period": column.text,
                "due": column.due,
                "provisional": column.provisional,
                "counts": {state: number for state, number in desk.count(place).items() if state != "open"},
                "missing": [
                    {"who": one.who, "name": one.name, "district": one.district}
                    for one in desk.missing(place)
                ],
            }
            for place, column in enumerate(desk.periods)
        ],
        "returns": [
            {
                "who": line.reporter.who,
                "name": line.reporter.name,
                "period": column.text,
                "id": mark.id or None,
                "state": mark.state,
                "late": mark.late,
                "corrected": mark.corrected,
            }
            for line in desk.lines
            for column, mark in zip(desk.periods, line.marks, strict=True)
            if mark is not None
        ],
    }


def _desk_lines(desk: ReturnDesk, *, missing: bool) -> list[str]:
    lines = [f"{desk.form.title}（{desk.form.key}）"]
    places = [place for place in range(len(desk.periods)) if not missing or desk.missing(place)]
    if missing and not places:
        return []
    for place in places:
        column, counts = desk.periods[place], desk.count(place)
        told = "，".join(f"{STATES[state]} {number}" for state, number in counts.items() if number)
        told = told or "没有须填报的单位"
        lines.append(f"  {column.text}　截止 {column.due}{'（暂估）' if column.provisional else ''}　{told}")
        if missing:
            names = [one.name for one in desk.missing(place)]
            lines += [f"    未报：{'、'.join(names)}"] if names else []
    if not missing and len(desk.periods) > 1:
        heads = ["填报单位", *(column.text for column in desk.periods)]
        rows = [(line.reporter.name, *(_mark(mark) for mark in line.marks)) for line in desk.lines]
        lines += table(heads, rows)
    return [*lines, ""]


STATES = {"missing": "未报", "submitted": "已报", "sent_back": "退回", "reviewed": "已审"}


def _mark(mark: Mark | None) -> str:
    if mark is None:
        return "—"
    words = STATES.get(mark.state, "未报")
    return f"{words}{'（迟）' if mark.late else ''}{f'（更正 {mark.corrected}）' if mark.corrected else ''}"


@click.group("return", cls=SuiteGroup)
def return_() -> None:
    """一份报表，或一期报表的工作簿。报送、审核、退回、更正用 suite run。"""


_form = click.argument("form", metavar="报表")
_period = click.argument("period", metavar="期间")


@return_.command("show", cls=SuiteCommand)
@_form
@_period
@click.argument("who", metavar="[区划代码|body=编号]", default="")
@pass_call
def show(call: Call, form: str, period: str, who: str) -> int:
    """一份报表：各项的数、上期数、系统统计数、说明，办理和更正的经过。市本级的不写单位。"""
    from suite.kernel.returns.queries import return_sheet

    suite, actor = call.ready, call.actor
    with suite.reading() as session:
        sheet = return_sheet(session, actor, suite.catalog, form, period, who, suite.today)
    give(call, _sheet(sheet), _sheet_lines(sheet))
    return DONE


def _sheet(sheet: ReturnSheet) -> dict[str, Any]:
    return {
        "form": sheet.form.key,
        "period": sheet.period.text,
        "who": sheet.reporter.who,
        "name": sheet.reporter.name,
        "state": sheet.state,
        "id": sheet.id or None,
        "version": sheet.version,
        "due": sheet.column.due,
        "cells": [
            {
                "key": line.series.key,
                "title": line.series.title,
                "unit": line.series.unit,
                "value": line.value,
                "last": line.last,
                "known": line.known,
                "note": line.note,
            }
            for line in sheet.cells
        ],
        "events": sheet.events,
    }


def _sheet_lines(sheet: ReturnSheet) -> list[str]:
    from suite.kernel.returns.wording import event_words

    rows = [
        (
            line.series.title,
            _plain(line.value),
            line.series.unit,
            _plain(line.last),
            _plain(line.known),
            line.note,
        )
        for line in sheet.cells
    ]
    state = STATES.get(sheet.state, "未报")
    lines = [f"{sheet.reporter.name}　{sheet.form.title}　{sheet.period.text}　{state}"]
    lines += table(["项目", "填报数", "单位", "上期", "系统统计", "说明"], rows)
    series = {line.series.key: line.series for line in sheet.cells}
    lines += [event_words(event, series) for event in sheet.events]
    return lines


def _plain(value: Decimal | None) -> str:
    """A number without the zeros that the database keeps."""
    return "" if value is None else f"{value.normalize():f}"


@return_.command("export", cls=SuiteCommand)
@_form
@_period
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@pass_call
def export(call: Call, form: str, period: str, file: Path) -> int:
    """把一期报表写成工作簿：每个填报单位一行，未报的已预填系统统计的数。"""
    from suite.kernel.exchange.return_sheets import save_returns

    suite, actor = call.ready, call.actor
    with suite.reading() as session:
        written = save_returns(session, actor, suite.catalog, form, period, file, run=suite.run)
    give(call, {"file": file, "rows": written}, [f"已写入 {file.name}，{written} 个填报单位"])
    return DONE


@return_.command("import", cls=SuiteCommand)
@_form
@_period
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="只核对，不写入。")
@click.option("--draft", is_flag=True, help="只暂存，不报送。")
@pass_call
def import_(call: Call, form: str, period: str, file: Path, dry_run: bool, draft: bool) -> int:
    """从工作簿报送一期报表；有一处不符就都不写入，并列出全部问题。已报送的行不动。"""
    from suite.kernel.exchange.return_sheets import read_returns
    from suite.kernel.returns.submitting import SaveReturns, SubmitReturns

    suite, actor = call.ready, call.actor
    with suite.reading() as session:
        rows = read_returns(session, actor, suite.catalog, form, period, file)
    command = SaveReturns if draft else SubmitReturns
    done = suite.run(command(form=form, period=period, rows=rows), actor, dry_run=dry_run)
    words = f"{'（试运行，未写入）' if dry_run else ''}{done.text}"
    give(call, {"dry_run": dry_run, "rows": len(rows), "text": done.text, "result": done.result}, [words])
    return DONE
