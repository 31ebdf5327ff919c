"""`suite coverage`: who is served by whom, by district and township, and where the gaps are."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from suite.cli.answers import give, table
from suite.cli.options import Call, SuiteCommand, pass_call

if TYPE_CHECKING:
    from suite.kernel.coverage.board import Branch, CoverageBoard, Server, Unit
    from suite.kernel.coverage.rules import Standing, Tally


@click.command("coverage", cls=SuiteCommand)
@click.argument("key", metavar="[种类]", required=False)
@click.option("--as-of", metavar="日期", type=click.DateTime(["%Y-%m-%d"]), help="该日的情况；默认今天。")
@click.option("--district", metavar="代码", help="只看一个区县，填六位区划代码。")
@click.option(
    "--state",
    "states",
    metavar="状态",
    multiple=True,
    type=click.Choice(["covered", "expiring", "paper", "uncovered"]),
    help="逐个列出这种状态的：covered、expiring、paper、uncovered，可写多次。",
)
@click.option("--xinji/--no-xinji", default=None, help="合计含不含辛集市；默认按参数。")
@click.option("--zones/--no-zones", default=None, help="合计含不含两个功能区；默认按参数。")
@click.option("--servers", is_flag=True, help="列出可以提供服务的机构及其余力（须与 --district 同用）。")
@click.option("--out", metavar="文件", type=click.Path(path_type=Path), help="把逐个清单写成 .xlsx 或 .csv。")
@click.option("--reason", metavar="事由", default="", help="写出清单的事由，记入操作痕迹。")
@pass_call
def coverage(
    call: Call,
    key: str | None,
    as_of: dt.datetime | None,
    district: str | None,
    states: tuple[str, ...],
    xinji: bool | None,
    zones: bool | None,
    servers: bool,
    out: Path | None,
    reason: str,
) -> None:
    """村（居）法律顾问等的覆盖情况。种类不写则为第一种；可写名称或其开头几个字，如 公职、党政。"""
    from suite.cli.naming import key_meant
    from suite.contract.problems import refuse
    from suite.kernel.coverage import queries
    from suite.kernel.coverage.board import CoverageAsk
    from suite.kernel.coverage.rules import Standing
    from suite.kernel.coverage.wording import words_of
    from suite.kernel.exchange.coverage_file import export_units

    suite, actor = call.ready, call.actor
    known = {item.key: item.title for item in suite.catalog.coverages.values()}
    chosen = key_meant(known, key, "覆盖情况") if key else next(iter(known), "")
    ask = CoverageAsk(
        key=chosen,
        as_of=as_of.date() if as_of else suite.today,
        district=district,
        with_xinji=xinji,
        with_zones=zones,
    )
    wanted = frozenset(Standing(state) for state in states)
    if servers and district is None:
        raise refuse(
            "coverage.district", "列出可提供服务的机构须指定区县，请加 --district。", field="district"
        )
    with suite.reading() as session:
        board = queries.coverage_board(session, actor, suite.catalog, ask)
        units = [unit for unit in board.units if not wanted or unit.standing in wanted]
        able = queries.servers(session, actor, suite.catalog, ask, units) if servers else []
    document = _document(board, units if wanted else None, able if servers else None)
    if out is not None:
        words = words_of(board.coverage)
        said = "、".join(words[one] for one in words if one in wanted)
        rows = export_units(board, units, out, actor, run=suite.run, conditions=said, reason=reason)
        document["file"], document["rows"] = out.name, rows
    give(call, document, _lines(board, units if wanted else None, able))


def _document(board: CoverageBoard, units: list[Unit] | None, able: list[Server] | None) -> dict[str, Any]:
    document: dict[str, Any] = {
        "key": board.coverage.key,
        "title": board.coverage.title,
        "as_of": board.ask.as_of,
        "district": board.ask.district,
        "switches": {switch.key: switch.value for switch in board.switches},
        **_tally(board.whole),
        **(
            {"gap_at_least": sum(unit.gap for unit in board.units), "need_unknown": board.unsized}
            if board.coverage.least is not None
            else {}
        ),
        "by_district": [
            {
                "district": branch.key or None,
                "title": branch.title,
                **_tally(branch.tally),
                "groups": [{"title": group.title, **_tally(group.tally)} for group in branch.groups],
            }
            for branch in board.tree
        ],
    }
    if units is not None:
        document["units"] = [_unit(board, unit) for unit in units]
    if able is not None:
        document["servers"] = able
    return document


def _tally(tally: Tally) -> dict[str, int]:
    return {
        "total": tally.total,
        "covered": tally.covered,
        "expiring": tally.expiring,
        "paper": tally.paper,
        "uncovered": tally.uncovered,
        "formal": tally.formal,
        "effective": tally.effective,
    }


def _unit(board: CoverageBoard, unit: Unit) -> dict[str, Any]:
    return {
        "id": unit.id,
        "code": unit.code or None,
        "name": unit.name,
        "district": unit.district,
        "group": board.group_titles.get(unit.group),
        "state": unit.standing,
        "until": unit.until,
        "who": board.who(unit) or None,
        "firms": board.firms(unit) or None,
        "why": unit.why or None,
        "need": unit.need,
        "gap": unit.gap if unit.need is not None else None,
        "gap_at_least": unit.gap if board.coverage.least is not None else None,
    }


def _lines(board: CoverageBoard, units: list[Unit] | None, able: list[Server]) -> list[str]:
    from suite.kernel.coverage.wording import HEADINGS, NEAR, cells_of, sentence, words_of

    lines = [sentence(board)]
    if units is None:
        few = board.coverage.least is not None
        words = words_of(board.coverage)
        gap = "至少差" if board.unsized else "缺口"
        rows = [[*_row(branch, tuple(words)), *([f"{branch.gap:,}"] if few else [])] for branch in board.tree]
        lines.extend(table(["区县", "总数", *words.values(), *([gap] if few else [])], rows))
    else:
        lines.extend(table(list(HEADINGS), [[str(cell) for cell in cells_of(board, unit)] for unit in units]))
    if able:
        lines.extend(
            table(
                ["可提供服务的机构", "远近", "执业人员", "已服务", "余力"],
                [
                    [one.name, NEAR[one.near], str(one.staff), str(one.serving), _number(one.free)]
                    for one in able
                ],
            )
        )
    return lines


def _number(value: int | None) -> str:
    return "—" if value is None else str(value)


def _row(branch: Branch, standings: tuple[Standing, ...]) -> list[str]:
    tally = branch.tally
    numbers = (tally.total, *(tally.of(standing) for standing in standings))
    return [branch.title, *(f"{number:,}" for number in numbers)]
