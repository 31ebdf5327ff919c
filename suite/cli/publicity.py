"""`suite publicity`: what must be made public, in time, checked, reported, withdrawn."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from suite.cli.answers import give, table
from suite.cli.failures import DONE, FAULTS
from suite.cli.options import Call, ListedNumber, SuiteGroup, pass_call

if TYPE_CHECKING:
    from suite.contract.commands import Done
    from suite.kernel.credit.publicity.listing import PublicityLine, PublicityQuery

FILE = click.Path(path_type=Path)
DATE = click.DateTime(["%Y-%m-%d"])
IDS = click.argument("decisions", metavar="编号…", type=ListedNumber(), nargs=-1, required=True)


@click.group("publicity", cls=SuiteGroup)
def publicity() -> None:
    """双公示：许可、处罚自决定之日起七个工作日内公示。预检、报送、退回、撤回、三率。"""


def _lines(call: Call, query: PublicityQuery) -> list[PublicityLine]:
    from suite.kernel.credit.publicity.listing import publicity_lines

    suite = call.ready
    with suite.reading() as session:
        return publicity_lines(session, call.actor, suite.catalog, query, suite.today)


def _shown(lines: list[PublicityLine]) -> list[str]:
    if not lines:
        return ["没有符合条件的双公示记录。"]
    rows = [
        (
            f"#{item.id}",
            item.state.title,
            "" if item.left is None else f"{item.left} 个工作日" if item.left >= 0 else f"逾期 {-item.left}",
            item.due,
            item.name,
            item.document_no,
            item.title[:30],
            item.owner,
        )
        for item in lines
    ]
    return table(["编号", "状态", "剩余", "期限", "行政相对人", "文号", "内容", "经办"], rows)


def _document(lines: list[PublicityLine]) -> list[dict[str, Any]]:
    return [
        {
            "id": item.id, "state": item.state.key, "form": item.form, "person": item.person,
            "name": item.name, "document_no": item.document_no, "title": item.title,
            "reporter": item.reporter, "decided_on": item.decided_on, "due": item.due, "left": item.left,
            "late": item.late, "rejection": item.rejection, "owner": item.owner,
        }
        for item in lines
    ]  # fmt: skip


@publicity.command("list")
@click.option("--state", default="", metavar="状态", help="waiting、pending、late、rejected、published 等。")
@click.option("--profession", default="", metavar="条线", help="只看一个条线，如 lawyers。")
@click.option("--form", type=click.Choice(["licence", "penalty"]), help="只看许可或处罚。")
@pass_call
def list_(call: Call, state: str, profession: str, form: str | None) -> None:
    """列出双公示记录，待办的在前。"""
    from suite.kernel.credit.publicity.listing import PublicityQuery

    professions = (profession,) if profession else ()
    lines = _lines(call, PublicityQuery(state=state, professions=professions, form=form or ""))
    give(call, {"decisions": _document(lines)}, _shown(lines))


@publicity.command("nightly")
@pass_call
def nightly(call: Call) -> int:
    """每夜清单：终止到期的公示，列出待报、逾期、退回和待撤回的。有逾期的退出码为 1。"""
    from suite.kernel.credit.commands import EndDisplays
    from suite.kernel.credit.publicity.listing import PublicityQuery

    suite = call.ready
    done = suite.run(EndDisplays(), call.actor)
    lines = _lines(call, PublicityQuery(state="waiting"))
    late = [item for item in lines if item.left is not None and item.left < 0]
    give(
        call,
        {"ended": done.result["ended"], "late": len(late), "decisions": _document(lines)},
        [f"{done.text}；待办 {len(lines)} 条，其中逾期 {len(late)} 条。", *_shown(lines)],
    )
    return FAULTS if late else DONE


@publicity.command("check")
@click.argument("decisions", metavar="[编号…]", type=ListedNumber(), nargs=-1)
@pass_call
def check(call: Call, decisions: tuple[int, ...]) -> int:
    """预检：逐条列出平台会退回的问题和改法；不写编号时检查全部待报的。有问题时退出码为 1。"""
    from suite.kernel.credit.publicity.listing import PublicityQuery
    from suite.kernel.credit.publicity.queries import publicity_faults
    from suite.kernel.credit.publicity.rules import SENDABLE
    from suite.kernel.credit.scoping import unknown
    from suite.kernel.parameters.queries import parameters_on

    suite = call.ready
    lines = _lines(call, PublicityQuery(state="" if decisions else "waiting", ids=decisions))
    if {item.id for item in lines} < set(decisions):
        raise unknown("decisions")
    with suite.reading() as session:
        parameters = parameters_on(session, suite.catalog, suite.today)
        numbers = [item.id for item in lines]
        found = publicity_faults(session, call.actor, suite.catalog, parameters, numbers, suite.today)
    words = []
    for item in lines:
        faults = found.get(item.id, ())
        stands = "" if faults else "可以报送" if item.state.key in SENDABLE else _not_sent(item)
        words.append(f"#{item.id} {item.name} {item.document_no}：{stands}")
        words += [f"    {problem.text}" for problem in faults]
    document = [
        {"id": number, "problems": [
            {"code": item.code, "column": item.field, "text": item.text} for item in faults
        ]}
        for number, faults in sorted(found.items())
    ]  # fmt: skip
    give(call, {"decisions": document}, words or ["没有待报的记录。"])
    return FAULTS if any(found.values()) else DONE


def _not_sent(item: PublicityLine) -> str:
    """Why a decision is not to be sent, whatever the check finds: it waits for its withdrawal, or is over."""
    if item.state.key == "withdrawing":
        return "待撤回，不再报送；在平台撤回后用 suite publicity withdraw 登记"
    return f"{item.state.title}，不再报送"


@publicity.command("export")
@click.argument("file", metavar="文件", type=FILE)
@click.argument("decisions", metavar="[编号…]", type=ListedNumber(), nargs=-1)
@click.option("--reason", required=True, metavar="事由", help="报送的事由，写入操作痕迹。")
@click.option("--masked", is_flag=True, help="公示稿：遮盖证件号码，不算报送。")
@click.option("--leave-faulty", is_flag=True, help="未通过预检的留下，其余照报。")
@pass_call
def export(
    call: Call, file: Path, decisions: tuple[int, ...], reason: str, masked: bool, leave_faulty: bool
) -> int:
    """写成国家标准的工作簿并登记报送；不写编号时报送全部待报、退回的。"""
    from suite.contract.problems import refuse
    from suite.kernel.credit.publicity.commands import ReportPublicity
    from suite.kernel.credit.publicity.listing import PublicityQuery
    from suite.kernel.credit.publicity.rules import SENDABLE
    from suite.kernel.exchange.publicity_files import report_into

    waiting = []
    if not decisions:
        lines = _lines(call, PublicityQuery(state="waiting"))
        waiting = [
            item.id for item in lines if item.state.key in SENDABLE and not (masked and item.kept_back)
        ]
        if not waiting:
            more = f"另有 {len(lines)} 条待撤回，请在平台撤回。" if lines else ""
            text = f"没有待报、退回的双公示记录，不用报送。{more}"
            raise refuse("publicity.none", text, field="decisions")
    command = ReportPublicity(
        decisions=decisions or tuple(waiting),
        file_name=file.name,
        reason=reason,
        masked=masked,
        leave_faulty=leave_faulty,
    )
    done = call.ready.run(command, call.actor, deliver=report_into(file, reason))
    rows = len(done.result["reported"])
    left = [problem.text for problem in done.warnings]
    give(
        call,
        {"file": str(file), "rows": rows, "reported": done.result["reported"], "left": done.result["left"],
         "problems": left},
        [f"{done.text}：{file}。", *left],
    )  # fmt: skip
    return FAULTS if left else DONE


@publicity.command("publish")
@IDS
@click.option("--channel", default="信用中国（河北石家庄）、局门户网站", metavar="渠道", show_default=True)
@click.option("--on", "day", type=DATE, metavar="日期", help="公示日期，默认为当天。")
@pass_call
def publish(call: Call, decisions: tuple[int, ...], channel: str, day: dt.datetime | None) -> None:
    """登记已公示；处罚案件的公示计时同时停止。"""
    from suite.kernel.credit.publicity.commands import ConfirmPublicity

    on = day.date() if day else None
    _tell(call, call.ready.run(ConfirmPublicity(decisions=decisions, channel=channel, on=on), call.actor))


@publicity.command("reject")
@click.argument("file", metavar="文件", type=FILE)
@pass_call
def reject(call: Call, file: Path) -> int:
    """读入平台的反馈文件，退回的回到经办人的待办。"""
    from suite.kernel.exchange.publicity_files import rejections_from

    done = call.ready.run(rejections_from(file), call.actor)
    strange = [problem.text for problem in done.warnings]
    give(call, {"rejected": done.result["rejected"], "strange": strange}, [f"{done.text}。", *strange])
    return FAULTS if strange else DONE


@publicity.command("withdraw")
@IDS
@click.option("--reason", required=True, metavar="理由", help="撤回的理由，公开说明。")
@click.option("--on", "day", type=DATE, metavar="日期", help="撤回日期，默认为当天。")
@pass_call
def withdraw(call: Call, decisions: tuple[int, ...], reason: str, day: dt.datetime | None) -> None:
    """登记撤回公示。"""
    from suite.kernel.credit.publicity.commands import RetractPublicity

    on = day.date() if day else None
    _tell(call, call.ready.run(RetractPublicity(decisions=decisions, reason=reason, on=on), call.actor))


@publicity.command("fill")
@click.argument("decision", metavar="编号", type=ListedNumber())
@click.option("--set", "given", multiple=True, metavar="列=值", help="如 CF_YXQ=2027/11/08，可写多次。")
@pass_call
def fill(call: Call, decision: int, given: tuple[str, ...]) -> None:
    """补填办件和名册都没有的列。"""
    from suite.contract.problems import refuse
    from suite.kernel.credit.publicity.commands import FillPublicity
    from suite.kernel.credit.publicity.listing import PublicityQuery

    pairs = [item.partition("=") for item in given]
    wrong = next((item for item, (_, mark, _) in zip(given, pairs, strict=True) if not mark), None)
    if wrong is not None or not pairs:
        raise refuse("usage.set", f"“{wrong or ''}”应写成 列=值，如 CF_YXQ=2027/11/08。")
    line = next((item for item in _lines(call, PublicityQuery()) if item.id == decision), None)
    command = FillPublicity(
        decision=decision,
        expected_version=line.version if line else 0,
        values={key.strip(): value for key, _, value in pairs},
    )
    _tell(call, call.ready.run(command, call.actor))


@publicity.command("open")
@click.argument("file", metavar="文件", type=FILE)
@click.option("--channel", default="信用中国（河北石家庄）", metavar="渠道", show_default=True)
@pass_call
def open_(call: Call, file: Path, channel: str) -> int:
    """导入启用前已公示的记录（国家标准的列）。未写入的逐行说明，退出码为 1。"""
    from suite.kernel.credit.publicity.commands import TakePublicityStock
    from suite.kernel.exchange.publicity_files import read_stock

    done = call.ready.run(TakePublicityStock(rows=read_stock(file), channel=channel), call.actor)
    held = [{"row": item.row, "code": item.code, "text": item.text} for item in done.warnings]
    give(call, {**done.result, "problems": held},
         [f"{done.text}。", *(f"第 {item['row']} 行：{item['text']}" for item in held)])  # fmt: skip
    return FAULTS if held else DONE


@publicity.command("rates")
@click.option("--from", "first", type=DATE, metavar="日期", help="决定日期起，默认为今年 1 月 1 日。")
@click.option("--to", "last", type=DATE, metavar="日期", help="决定日期止，默认为当天。")
@click.option("--profession", default="", metavar="条线")
@pass_call
def rates(call: Call, first: dt.datetime | None, last: dt.datetime | None, profession: str) -> None:
    """上报率、及时率、合格率：由本局报送的。"""
    from suite.kernel.credit.publicity.queries import publicity_rates

    suite = call.ready
    begin = first.date() if first else suite.today.replace(month=1, day=1)
    end = last.date() if last else suite.today
    with suite.reading() as session:
        found = publicity_rates(session, call.actor, suite.catalog, begin, end, suite.today, profession)
    document = {
        "from": begin,
        "to": end,
        "rates": [
            {"title": item.title, "numerator": item.numerator, "denominator": item.denominator,
             "value": item.value}
            for item in found
        ],
    }  # fmt: skip
    words = [
        f"{item.title}：{item.numerator} / {item.denominator}，"
        + ("无数据" if item.value is None else f"{item.value:.2%}")
        for item in found
    ]
    give(call, document, words)


def _tell(call: Call, done: Done) -> None:
    give(call, {"text": done.text, **done.result}, [f"{done.text}。"])
