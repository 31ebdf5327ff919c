"""`suite penalties`: the catalogue of penalties and of sanctions of the trade."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from suite.cli.answers import give, table
from suite.cli.failures import DONE
from suite.cli.limits import SURE
from suite.cli.options import Call, SuiteCommand, pass_call
from suite.contract.problems import refuse

if TYPE_CHECKING:
    from suite.kernel.casework.penalties.catalogue import PenaltyLine
    from suite.loader.catalog import Catalog


@click.command("penalties", cls=SuiteCommand)
@click.argument("code", metavar="[代码]", required=False)
@click.option("--profession", default="", metavar="条线", help="只列一个条线的，如 lawyers 或其名称。")
@pass_call
def penalties(call: Call, code: str | None, profession: str) -> int:
    """处罚目录：行政处罚和行业处分的情形、对象、种类和幅度、决定机关、依据和核实情况。

    写明代码时（如 lawyers.L47，或 L47）完整列出该条。
    """
    from suite.kernel.casework.penalties.catalogue import penalty_lines

    suite = call.ready
    with suite.reading() as session:
        lines = penalty_lines(session, suite.catalog, suite.today)
    if profession:
        owner = _owner(suite.catalog, profession)
        lines = [line for line in lines if line.owner == owner]
    if code is not None:
        line = _meant(lines, code)
        give(call, {"penalties": [line]}, _in_full(line))
        return DONE
    rows = [
        (
            line.key,
            line.track_words,
            line.title,
            line.subject_words,
            "；".join(line.measures),
            line.deciders,
            SURE[line.confidence.value],
            line.article,
        )
        for line in lines
    ]
    heads = ["代码", "类别", "情形", "对象", "种类和幅度", "决定机关", "核实", "依据"]
    give(call, {"penalties": lines}, table(heads, rows))
    return DONE


def _owner(catalog: Catalog, text: str) -> str:
    """The profession that a key or title means; raises Refused."""
    wanted = text.strip()
    for owner in catalog.professions:
        if wanted in (owner, catalog.titles.get(owner)):
            return owner
    known = "、".join(f"{owner}（{catalog.titles.get(owner, owner)}）" for owner in catalog.professions)
    raise refuse("profession.unknown", f"没有条线“{wanted}”。可写：{known}。", field="profession")


def _meant(lines: Sequence[PenaltyLine], text: str) -> PenaltyLine:
    """The entry of a key, or of a code that only one profession has; raises Refused."""
    wanted = text.strip().casefold()
    found = [line for line in lines if wanted in (line.key.casefold(), line.code.casefold())]
    if len(found) == 1:
        return found[0]
    if found:
        several = "、".join(line.key for line in found)
        raise refuse("key.several", f"“{text}”可以是：{several}。请写全代码。", field="code")
    words = f"处罚目录中没有“{text}”。不写代码可列出全部。"
    raise refuse("penalty.unknown", words, field="code")


def _in_full(line: PenaltyLine) -> list[str]:
    return [
        f"{line.key}　{line.title}（{line.track_words}）",
        f"  对象：{line.subject_words}",
        "  情形：",
        *(f"    {place}. {words}" for place, words in enumerate(line.conduct, 1)),
        "  种类和幅度：",
        *(f"    {words}" for words in line.measures),
        f"  决定机关：{line.deciders}",
        f"  依据：{line.article}（{line.basis}，{line.valid_from} 起施行，{SURE[line.confidence.value]}）",
    ]
