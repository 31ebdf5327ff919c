"""`suite request`: what takes two persons: who asked for what, and deciding it."""

from __future__ import annotations

import click

from suite.cli.answers import give, table, told
from suite.cli.options import Call, SuiteGroup, pass_call


@click.group("request", cls=SuiteGroup)
def request() -> None:
    """须由另一人复核的事项。"""


@request.command("list")
@pass_call
def list_(call: Call) -> None:
    """列出本人提请的和本人可以复核的事项，最近的在前。"""
    from suite.kernel.accounts.requests import request_lines
    from suite.kernel.executor.second_person import STATES

    with call.ready.reading() as session:
        lines = request_lines(session, call.actor, call.ready.catalog, call.ready.today)
    rows = [
        (
            line.id,
            line.title,
            STATES[line.state],
            line.asker,
            line.reason,
            line.effect or "",
            line.decider or "",
        )
        for line in lines
    ]
    headings = ["编号", "事项", "状态", "提请人", "事由", "同意后的结果", "复核人"]
    give(call, {"requests": lines}, table(headings, rows) if rows else ["没有事项。"])


@request.command("export")
@click.argument("kind", metavar="种类")
@click.argument("rows", metavar="行数", type=click.IntRange(min=1))
@click.argument("reason", metavar="事由")
@pass_call
def export(call: Call, kind: str, rows: int, reason: str) -> None:
    """提请大量导出；另一人同意后一天内，提请人可以导出不超过这个行数。"""
    from suite.kernel.exchange.mass_export import AllowExport

    done = call.ready.run(AllowExport(kind=kind, rows=rows, reason=reason), call.actor)
    give(call, {"request": done.result["request"], "text": done.text}, [f"{done.text}。"])


@request.command("approve")
@click.argument("number", metavar="编号", type=int)
@click.option("--opinion", metavar="意见", default="", help="复核意见。")
@pass_call
def approve(call: Call, number: int, opinion: str) -> None:
    """同意他人的提请，随即办理；结果见 --json。"""
    from suite.kernel.accounts.requests import ApproveRequest

    done = call.ready.run(ApproveRequest(request=number, opinion=opinion), call.actor)
    give(
        call,
        {
            "request": number,
            "text": done.text,
            "warnings": [told(problem) for problem in done.warnings],
            "result": done.result,
        },
        [f"{done.text}。", *(problem.text for problem in done.warnings)],
    )


@request.command("withdraw")
@click.argument("number", metavar="编号", type=int)
@pass_call
def withdraw(call: Call, number: int) -> None:
    """撤回本人提请、尚未复核的事项。"""
    from suite.kernel.accounts.requests import WithdrawRequest

    done = call.ready.run(WithdrawRequest(request=number), call.actor)
    give(call, {"request": number, "text": done.text}, [f"{done.text}。"])


@request.command("return")
@click.argument("number", metavar="编号", type=int)
@click.argument("opinion", metavar="理由")
@pass_call
def return_(call: Call, number: int, opinion: str) -> None:
    """退回他人的提请，不办理。"""
    from suite.kernel.accounts.requests import ReturnRequest

    done = call.ready.run(ReturnRequest(request=number, opinion=opinion), call.actor)
    give(call, {"request": number, "text": done.text}, [f"{done.text}。"])
