"""`suite check-number`: is a number well formed; asks no database."""

from __future__ import annotations

import datetime as dt
import json
import sys

import click

from suite.cli.answers import give
from suite.cli.failures import DONE, FAULTS, REFUSED
from suite.cli.options import Call, SuiteCommand, pass_call

KINDS = ("uscc", "resident", "lawyer", "notary", "appraiser")


@click.command("check-number", cls=SuiteCommand)
@click.argument("kind", metavar="种类", type=click.Choice(KINDS))
@click.argument("value", metavar="号码")
@pass_call
def check_number(call: Call, kind: str, value: str) -> int:
    """核对一个号码：uscc（统一社会信用代码）、resident（身份证）、lawyer、notary、appraiser。

    号码写 - 时从标准输入逐行读取 JSON 字符串，逐行回答 JSON 对象，顺序不变。
    有无效的号码时退出码为 1。
    """
    from suite.bootstrap import SHANGHAI
    from suite.kernel.registry.identifiers.check_number import check_number as check

    today = call.today or dt.datetime.now(SHANGHAI).date()
    if value == "-":
        return _lines(kind, today)
    answer = check(kind, value, today=today)
    words = {"valid": "有效", "warn": "有疑点", "invalid": "无效"}[answer["verdict"]]
    give(
        call, answer, [f"{answer['normalised']}：{words}", *(reason["text"] for reason in answer["reasons"])]
    )
    return FAULTS if answer["verdict"] == "invalid" else DONE


def _lines(kind: str, today: dt.date) -> int:
    """One JSON string a line in, one object a line out."""
    from suite.kernel.registry.identifiers.check_number import check_number as check

    failed = invalid = False
    for place, line in enumerate(sys.stdin.buffer, 1):
        try:
            value = json.loads(line.decode("utf-8-sig"))
            str(value).encode()  # halves of characters are no text
        except ValueError:
            value = None
        if isinstance(value, str):
            answer = check(kind, value, today=today)
            invalid = invalid or answer["verdict"] == "invalid"
        else:
            failed = True
            words = f"第 {place} 行不是 JSON 字符串，请写成带引号的一行。"
            given = line.decode("utf-8", "replace").rstrip("\r\n")
            reasons = [{"code": "not_a_json_string", "text": words}]
            answer = {"in": given, "verdict": "invalid", "normalised": given, "reasons": reasons}
            click.echo(words, err=True)
        click.echo(json.dumps(answer, ensure_ascii=False))
    return REFUSED if failed else FAULTS if invalid else DONE
