"""`suite layouts`: what the importer has learned of senders' headings, and forgetting it."""

from __future__ import annotations

import click

from suite.cli.answers import give, table
from suite.cli.options import Call, SuiteCommand, pass_call


@click.command("layouts", cls=SuiteCommand)
@click.argument("kind", metavar="种类", required=False)
@click.option("--forget", "forgotten", type=int, multiple=True, metavar="编号", help="忘记这一份，可写多次。")
@pass_call
def layouts(call: Call, kind: str | None, forgotten: tuple[int, ...]) -> None:
    """列出记住的列对应（导入时学到的报送单位表头），或忘记其中几份。"""
    from suite.contract.problems import refuse
    from suite.kernel.exchange.layouts import KnownLayout, readable_layouts
    from suite.kernel.exchange.learning import ForgetLayout

    suite, actor = call.ready, call.actor
    with suite.reading() as session:
        known = readable_layouts(session, actor, suite.catalog, kind)
    by_kind: dict[str, list[KnownLayout]] = {}
    for number in forgotten:
        of_kind, layout = known.get(number, (None, None))
        if of_kind is None or layout is None:
            raise refuse("layout.unknown", f"没有编号为 {number} 的列对应，可用 suite layouts 查看。")
        by_kind.setdefault(of_kind.key, []).append(layout)
    words = []
    for key, gone in by_kind.items():
        done = suite.run(ForgetLayout(kind=key, layouts=tuple(layout.id for layout in gone)), actor)
        words.append(f"{done.text}。")
    document = [
        {
            "id": number,
            "kind": of_kind.key,
            "sender": layout.sender,
            "confirmed_by": layout.confirmed_by,
            "confirmed_at": layout.confirmed_at,
            "columns": [
                {"heading": heading, "which": which, "field": field}
                for (heading, which), field in layout.columns.items()
            ],
        }
        for number, (of_kind, layout) in known.items()
        if number not in forgotten
    ]
    rows = [
        (number, of_kind.title, layout.sender, len(layout.columns), f"{layout.confirmed_at:%Y-%m-%d}")
        for number, (of_kind, layout) in known.items()
        if number not in forgotten
    ]
    lines = (
        table(["编号", "名册", "报送单位（文件）", "列数", "确认于"], rows)
        if rows
        else ["没有记住的列对应。"]
    )
    give(call, {"layouts": document, "forgotten": list(forgotten)}, [*words, *lines])
