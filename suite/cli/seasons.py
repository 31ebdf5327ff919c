"""`suite season`: who is meant by a number of the cockpit, reminders, lists, score sheets as workbooks."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from suite.cli.answers import give, table
from suite.cli.failures import DONE
from suite.cli.options import Call, SuiteCommand, SuiteGroup, pass_call

if TYPE_CHECKING:
    from collections.abc import Callable

    from suite.kernel.assessment.boards import Board, BoardLine

DATE = click.DateTime(["%Y-%m-%d"])
FIELDS = ("step", "standing", "district", "grade", "proposal", "group", "rule", "mark")


def choosing(function: Callable[..., int]) -> Callable[..., int]:
    """The options by which participants are chosen, as the list of the window filters them."""
    for field in reversed(FIELDS):
        function = click.option(f"--{field}", multiple=True, metavar="值", help=_HELP[field])(function)
    return click.option("--text", default="", metavar="文字", help="姓名或机构中的文字。")(function)


_HELP = {
    "step": "现在的环节（名称或键），已办完的写 done；写错时列出可选的。",
    "standing": "参加情况：in、ungraded、deferred、outside。",
    "district": "区划代码。",
    "grade": "等次（键）。",
    "proposal": "建议等次（键）。",
    "group": "分组。",
    "rule": "例外的规则（键）。",
    "mark": "标记：ungraded、departs、asking、reminded、disputed、moved、gone。",
}


@click.group("season", cls=SuiteGroup)
def season() -> None:
    """考核评估的对象、催报、名单和评分表；办理用 suite run TakeAssessmentStep 等命令。"""


@season.command("who", cls=SuiteCommand)
@click.argument("number", metavar="编号", type=int)
@choosing
@pass_call
def who(call: Call, /, number: int, text: str, **wanted: tuple[str, ...]) -> int:
    """列出一次考核中符合条件的对象及其编号，供 suite run 使用。"""
    found, lines = _chosen(call, number, text, wanted)
    steps = {step.key: step.title for step in found.sheet.scheme.steps}
    grades = {grade.key: grade.title for grade in found.sheet.grades}
    rows = [
        (
            line.id,
            line.version,
            line.name,
            line.body,
            steps.get(line.step, "已办完"),
            grades.get(line.proposal or "", ""),
            grades.get(line.grade or "", ""),
            line.rule_text or line.proposed_by,
        )
        for line in lines
    ]
    heads = ["编号", "版本", "对象", "所在机构", "环节", "建议", "等次", "依据或理由"]
    give(call, {"assessments": lines}, [f"符合条件 {len(lines):,} 个", *table(heads, rows)])
    return DONE


@season.command("remind", cls=SuiteCommand)
@click.argument("number", metavar="编号", type=int)
@click.argument("folder", metavar="文件夹", type=click.Path(path_type=Path, file_okay=False))
@click.option("--owed", default="", metavar="环节", help="欠报的环节（键），默认第一个环节。")
@click.option(
    "--until",
    metavar="日期",
    type=DATE,
    help="报送期限，默认按方案；方案的期限已过的，写明逾期并要求立即报送。",
)
@click.option("--document", default="", metavar="文号", help="催报通知的文号。")
@choosing
@pass_call
def remind(
    call: Call,
    /,
    number: int,
    folder: Path,
    owed: str,
    until: dt.datetime | None,
    document: str,
    text: str,
    **wanted: tuple[str, ...],
) -> int:
    """给仍欠某一环节的每个机构制作一份催报通知（.docx），并记入办理经过。"""
    from suite.kernel.assessment.reminders import mailing, write_letters
    from suite.kernel.parameters.queries import parameters_on

    suite, actor = call.ready, call.actor
    found, lines = _chosen(call, number, text, wanted)
    scheme = found.sheet.scheme
    step = owed or scheme.steps[0].key
    with suite.reading() as session:
        numbers = parameters_on(session, suite.catalog, suite.today)
        letters = mailing(
            found,
            step,
            lines,
            organ=str(numbers["core.paper.organ"]),
            today=suite.today,
            parameters=numbers,
            number=document,
            until=until.date() if until is not None else None,
        )
        done, made = write_letters(session, letters, folder, actor, run=suite.run)
    document_ = {"folder": str(made), "letters": len(letters.letters), **done.result}
    give(call, document_, [f"{len(letters.letters):,} 份催报通知已写入 {made}。{done.text}"])
    return DONE


@season.command("list", cls=SuiteCommand)
@click.argument("number", metavar="编号", type=int)
@click.argument("file", metavar="文件", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--what",
    metavar="名单",
    type=click.Choice(["stamping", "results", "participants"]),
    default="participants",
    help="stamping 盖章名册、results 公示名单（.docx 亦可）、participants 参加名单；默认参加名单。",
)
@choosing
@pass_call
def list_(call: Call, /, number: int, file: Path, what: str, text: str, **wanted: tuple[str, ...]) -> int:
    """把盖章名册、公示名单或参加名单写成文件。"""
    from suite.kernel.exchange.season_files import SeasonList, list_copy, save_list
    from suite.kernel.parameters.queries import parameters_on

    suite, actor = call.ready, call.actor
    found, lines = _chosen(call, number, text, wanted)
    with suite.reading() as session:
        numbers = parameters_on(session, suite.catalog, suite.today)
        copy = list_copy(session, SeasonList(what), found, lines, numbers, today=suite.today)
    written = save_list(file, copy, actor, run=suite.run)
    give(call, {"file": str(file), "rows": written}, [f"{copy.what.words}（{written:,} 个）已写入 {file}"])
    return DONE


@season.command("circular", cls=SuiteCommand)
@click.argument("number", metavar="编号", type=int)
@click.argument("file", metavar="文件", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--document", default="", metavar="文号", help="通报的文号，默认为公布结果的文号。")
@pass_call
def circular(call: Call, number: int, file: Path, document: str) -> int:
    """把一次考核的情况写成通报（.docx）：参加和例外、结果、得分、异议、结果运用，附各地情况和名次。"""
    from suite.kernel.assessment.boards import board
    from suite.kernel.exchange.season_files import circular_copy, save_circular
    from suite.kernel.parameters.queries import parameters_on

    suite, actor = call.ready, call.actor
    with suite.reading() as session:
        numbers = parameters_on(session, suite.catalog, suite.today)
        found = board(session, actor, suite.catalog, number)
        copy = circular_copy(
            session, actor, suite.catalog, found, numbers, today=suite.today, number=document
        )
    written = save_circular(file, copy, actor, run=suite.run)
    give(
        call, {"file": str(file), "rows": written}, [f"{copy.said.title}（{written:,} 个对象）已写入 {file}"]
    )
    return DONE


@season.command("sheet", cls=SuiteCommand)
@click.argument("scheme", metavar="方案")
@click.option(
    "--export", "out", metavar="文件", type=click.Path(path_type=Path, dir_okay=False), help="写成工作簿。"
)
@click.option(
    "--load",
    metavar="文件",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="由工作簿修订。",
)
@click.option("--version", metavar="版次", type=int, help="哪一版，默认最新。")
@click.option("--note", metavar="依据", default="", help="修订依据。")
@pass_call
def sheet(
    call: Call, scheme: str, out: Path | None, load: Path | None, version: int | None, note: str
) -> int:
    """查看、导出一个方案的评分表，或由改好的工作簿保存为新的一版。"""
    from suite.kernel.assessment.commands import SaveScheme
    from suite.kernel.assessment.schemes import latest_sheet, versions_of
    from suite.kernel.assessment.sheet_rows import COLUMNS, row_of
    from suite.kernel.exchange.scheme_book import read_scheme, save_scheme

    suite = call.ready
    with suite.reading() as session:
        found = latest_sheet(session, suite.catalog, scheme, version)
        versions = versions_of(session, suite.catalog, scheme)
    if load is not None:
        read = read_scheme(load, found.grades)
        done = suite.run(
            SaveScheme(
                scheme=scheme,
                base_version=versions[0].version,
                criteria=read.criteria,
                grades=read.grades,
                note=note,
            ),
            call.actor,
        )
        give(call, done.result, [done.text])
        return DONE
    if out is not None:
        written = save_scheme(out, found, call.actor, run=suite.run)
        give(call, {"file": str(out), "items": written}, [f"{written} 个评分项已写入 {out}"])
        return DONE
    rows = [tuple(row_of(item).values()) for item in found.criteria]
    document = {"scheme": scheme, "version": found.version, "items": found.criteria, "versions": versions}
    lines = [
        f"{found.scheme.title}，第 {found.version} 版，{found.note}",
        *table(list(COLUMNS.values()), rows),
    ]
    give(call, document, lines)
    return DONE


@season.command("scores", cls=SuiteCommand)
@click.argument("number", metavar="编号", type=int)
@click.option("--source", metavar="来源", default="", help="评分来源（名称或键）；写错时列出可选的。")
@click.option(
    "--export",
    "out",
    metavar="文件",
    type=click.Path(path_type=Path, dir_okay=False),
    help="写成工作簿（.xlsx）：附每项的评分标准，已有本人评分的填好。",
)
@click.option(
    "--load",
    metavar="文件",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="导入填好的工作簿，记为本人的评分。",
)
@click.option("--dry-run", is_flag=True, help="只核对，不写入。")
@pass_call
def scores(call: Call, number: int, source: str, out: Path | None, load: Path | None, dry_run: bool) -> int:
    """评分人的评分工作簿：一个来源的各项，全部对象一张表；只有本人的评分，整张表一并导入。"""
    from suite.contract.problems import refuse
    from suite.kernel.exchange.score_book import read_scores, save_scores, score_copy

    suite, actor = call.ready, call.actor
    if (out is None) == (load is None):
        raise refuse("option.one", "请用 --export 写出评分工作簿，或用 --load 导入填好的。", field="load")
    found, _ = _chosen(call, number, "", {})
    if out is not None:
        with suite.reading() as session:
            copy = score_copy(session, actor, found, source)
        written = save_scores(out, copy, actor, run=suite.run)
        told = f"{copy.source.words}评分工作簿（{written:,} 个对象，{len(copy.items)} 项）已写入 {out}"
        give(call, {"file": str(out), "rows": written, "items": len(copy.items)}, [told])
    elif load is not None:
        done = suite.run(read_scores(load, found, actor), actor, dry_run=dry_run)
        give(call, done.result, [f"{'试导入，没有写入：' if dry_run else ''}{done.text}。"])
    return DONE


def _chosen(
    call: Call, number: int, text: str, wanted: dict[str, tuple[str, ...]]
) -> tuple[Board, list[BoardLine]]:
    from suite.contract.problems import refuse
    from suite.kernel.assessment.boards import board
    from suite.kernel.assessment.choosing import TEXT, Mark, chosen

    suite = call.ready
    with suite.reading() as session:
        found = board(session, call.actor, suite.catalog, number)
    strange = [mark for mark in wanted.get("mark", ()) if mark not in {item.value for item in Mark}]
    if strange:
        words = "、".join(f"{mark.value}（{mark.words}）" for mark in Mark)
        raise refuse("season.mark", f"没有标记“{strange[0][:40]}”，可选：{words}。", field="mark")
    filters: dict[str, object] = {key: list(values) for key, values in wanted.items() if values}
    if "step" in filters:
        steps = {
            "": ("done", "已办完"),
            **{key: (key, item.title) for key, item in found.sheet.scheme.by_step.items()},
        }
        named = {word: key for key, words in steps.items() for word in words}
        unknown = [step for step in wanted["step"] if step not in named]
        if unknown:
            words = "、".join(f"{key}（{title}）" for key, title in steps.values())
            text = f"这次考核没有环节“{unknown[0][:40]}”，可选：{words}。"
            raise refuse("season.step", text, field="step")
        filters["step"] = [named[step] for step in wanted["step"]]
    return found, chosen(found.lines, filters | ({TEXT: text} if text else {}))
