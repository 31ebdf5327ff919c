"""`suite reconcile`: where our roster, the association's and the province's differ."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from suite.cli.answers import give, table
from suite.cli.failures import DONE, FAULTS, REFUSED
from suite.cli.options import Call, SuiteCommand, pass_call

if TYPE_CHECKING:
    from suite.contract.declarations import RecordKind
    from suite.kernel.exchange.reconciling import Finding, Reconciliation

FILE = click.Path(path_type=Path)


@click.command("reconcile", cls=SuiteCommand)
@click.argument("kind", metavar="种类")
@click.option("--association", metavar="文件", type=FILE, help="协会的名册。")
@click.option("--province", metavar="文件", type=FILE, help="省厅系统导出的名册。")
@click.option("--all", "everything", is_flag=True, help="连同已处理的差异一起列出。")
@click.option(
    "--decide",
    metavar="处理",
    type=click.Choice(["keep", "explained", "association", "province"]),
    help="一并处理列出的差异：keep 以本局为准，explained 差异属实，association、province 采用对方。",
)
@click.option("--name", "names", multiple=True, metavar="名称", help="只处理和列出这些人或机构，可写多次。")
@click.option("--field", "titles", multiple=True, metavar="项目", help="只处理和列出这些项目，可写多次。")
@click.option("--reason", default="", metavar="依据", help="处理的依据，写入操作痕迹。")
@click.option("--finish", is_flag=True, help="没有未处理的差异时，登记对账完成；考核开展前据此核对。")
@click.option("--report", metavar="文件", type=FILE, help="把列出的差异写成 .xlsx 或 .csv。")
@pass_call
def reconcile(
    call: Call,
    kind: str,
    association: Path | None,
    province: Path | None,
    everything: bool,
    decide: str | None,
    names: tuple[str, ...],
    titles: tuple[str, ...],
    reason: str,
    finish: bool,
    report: Path | None,
) -> int:
    """逐项对账。已处理的差异不再列出，直到有一方的内容变化。还有未处理的差异或未能比对的行时退出码为 1。"""
    from suite.kernel.exchange.bounds import FileRefused
    from suite.kernel.exchange.leaving import export_file
    from suite.kernel.exchange.reconcile_decisions import DecideDifferences, finished, verdicts
    from suite.kernel.exchange.reconcile_file import export_log, write_findings
    from suite.kernel.exchange.reconcile_rules import TITLES, WORDS, Decision
    from suite.kernel.exchange.reconciling import ReconcileRequest

    suite = call.ready
    declared = suite.catalog.kind(kind)
    request = ReconcileRequest(kind=kind, association=association, province=province)
    try:
        found = suite.reconcile(request, call.actor, progress=call.progress())
    except FileRefused as error:
        give(call, {"file_error": {"code": error.code, "text": error.text}}, [])
        click.echo(error.text, err=True)
        return REFUSED

    def wanted(item: Finding) -> bool:
        named = not names or item.difference.name in names
        return named and (not titles or item.title in titles)

    chosen = [item for item in (found.findings if everything else found.open) if wanted(item)]
    if decide is not None and chosen:
        decision = Decision(decide)
        command = DecideDifferences(kind=kind, verdicts=verdicts(chosen, decision), reason=reason)
        suite.run(command, call.actor)
    if report is not None:
        export_file(
            report,
            export_log(kind, chosen, "全部" if everything else "未处理"),
            call.actor,
            run=suite.run,
            content=f"{declared.title}三方对账的差异",
            write=lambda path, basis: write_findings(found, chosen, path, basis),
        )
    if finish:
        suite.run(finished(suite.reconcile(request, call.actor)), call.actor)
    left = 0 if decide is not None and len(chosen) == len(found.open) else len(found.open)
    headings = ["名称", "项目", *(TITLES[side] for side in found.sides), "处理"]
    rows = [
        (
            item.difference.name,
            item.title,
            *(item.shown.get(side, "") for side in found.sides),
            WORDS[Decision(decide)] if decide else WORDS[item.decided] if item.decided else "",
        )
        for item in chosen
    ]
    give(
        call,
        {
            "file_error": None,
            "kind": kind,
            "compared": found.compared,
            "held": {side: len(rows) for side, rows in found.held.items()},
            "problems": [
                {
                    "side": one.side,
                    "sheet": one.row.sheet,
                    "row": one.row.row,
                    "field": _title(declared, one.problem.field),
                    "code": one.problem.code,
                    "severity": one.problem.severity.value,
                    "text": one.problem.text,
                }
                for one in found.unread
            ],
            "open": left,
            "decided": len(chosen) if decide else 0,
            "differences": [
                {
                    "identity": item.difference.identity,
                    "name": item.difference.name,
                    "field": item.title,
                    "said": item.shown,
                    "decision": item.decided,
                    "reason": item.reason,
                }
                for item in chosen
            ],
        },
        [*(table(headings, rows) if rows else ["没有差异。"]), *_unread(found, declared)],
    )
    return FAULTS if left or found.unread else DONE


def _title(kind: RecordKind, key: str | None) -> str | None:
    field = kind.by_key.get(key or "")
    return field.title if field is not None else key


def _unread(found: Reconciliation, kind: RecordKind) -> list[str]:
    """The rows that could not be compared, and why."""
    from suite.kernel.exchange.reconcile_rules import TITLES

    held = sum(len(rows) for rows in found.held.values())
    if not held:
        return []
    rows = [
        (TITLES[one.side], one.place, one.name, _title(kind, one.problem.field) or "", one.problem.text)
        for one in found.unread
    ]
    return [f"有 {held:,} 行未能比对：", *table(["来源", "位置", "名称", "项目", "问题"], rows)]
