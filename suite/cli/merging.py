"""`suite duplicates`: records that were probably kept twice. Merging itself is `suite run MergeSubjects`."""

from __future__ import annotations

import click

from suite.cli.answers import give, table
from suite.cli.options import Call, SuiteCommand, pass_call

CERTAINTIES = {"certain": "确定", "likely": "很可能", "possible": "可能"}


@click.command("duplicates", cls=SuiteCommand)
@click.argument("kind", metavar="种类")
@click.option(
    "--limit", type=click.IntRange(1, 5000), default=500, metavar="对数", help="最多几对，默认 500。"
)
@pass_call
def duplicates(call: Call, kind: str, limit: int) -> None:
    """列出疑似重复登记的档案及理由，最确定的在前。

    合并用 suite run MergeSubjects，字段 kind、kept（保留）、gone（并入）、reason（事由）。
    """
    from suite.kernel.registry.duplicates import duplicates as look

    suite, actor = call.ready, call.actor
    catalog = suite.catalog
    with suite.reading() as session:
        found = look(session, actor, catalog, kind, limit=limit)
    document = {
        "kind": kind,
        "more": found.more,
        "pairs": [
            {
                "first": pair.first,
                "second": pair.second,
                "certainty": pair.certainty,
                "reasons": pair.reasons,
                "command": "MergeSubjects" if pair.first.kind == pair.second.kind else "MergePersons",
            }
            for pair in found.pairs
        ],
    }
    rows = [
        (
            CERTAINTIES[pair.certainty],
            f"#{pair.first.subject_id} {pair.first.name}",
            f"#{pair.second.subject_id} {pair.second.name}",
            "；".join(reason.words for reason in pair.reasons),
        )
        for pair in found.pairs
    ]
    lines = table(["把握", "一份", "另一份", "理由"], rows) if rows else ["没有发现疑似重复的档案。"]
    if found.more:
        lines.append(f"只列出前 {len(rows)} 对；合并后再查可看到其余的。")
    give(call, document, lines)
