"""`suite survey`: questionnaires about the participants of a season: a form, taking answers in, results."""

from __future__ import annotations

from pathlib import Path

import click

from suite.cli.answers import give, table
from suite.cli.failures import DONE
from suite.cli.options import Call, SuiteCommand, SuiteGroup, pass_call

FILE = click.Path(path_type=Path)


@click.group("survey", cls=SuiteGroup)
def survey() -> None:
    """考核评估的问卷：样表、导入、结果（样本、知晓率、满意率和 95% 置信区间）。"""


@survey.command("form", cls=SuiteCommand)
@click.argument("number", metavar="考核编号", type=int)
@click.option("--out", metavar="文件", type=FILE, required=True, help="写到哪里（.xlsx）。")
@pass_call
def form(call: Call, number: int, out: Path) -> int:
    """写一张空白问卷表，附参加单位的名称。"""
    from suite.kernel.assessment.progress import campaign_row
    from suite.kernel.assessment.survey_results import survey_of_campaign
    from suite.kernel.exchange.season_files import LogSeasonList
    from suite.kernel.exchange.survey_book import save_answers_form

    suite, actor = call.ready, call.actor
    with suite.reading() as session:
        found = survey_of_campaign(session, actor, suite.catalog, number, _parameters(call))
        season = campaign_row(session, actor, number)
        log = LogSeasonList(profession=season.profession, campaign_id=number, conditions=season.title)
    save_answers_form(out, [line.name for line in found], log, actor, run=suite.run)
    give(call, {"file": str(out), "units": len(found)}, [f"已写出 {out}，{len(found):,} 个单位。"])
    return DONE


@survey.command("import", cls=SuiteCommand)
@click.argument("number", metavar="考核编号", type=int)
@click.argument("file", metavar="文件", type=FILE)
@click.option("--source", metavar="说明", default="", help="由谁组织的问卷；默认为文件名。")
@click.option("--dry-run", is_flag=True, help="只核对，不写入。")
@pass_call
def take(call: Call, number: int, file: Path, source: str, dry_run: bool) -> int:
    """导入问卷：同一设备重复填答的不计，样本足够的单位即时计分。"""
    from suite.kernel.assessment.surveying import TakeSurvey
    from suite.kernel.exchange.survey_book import read_answers

    ask = TakeSurvey(campaign_id=number, source=source or file.stem, answers=read_answers(file))
    done = call.ready.run(ask, call.actor, dry_run=dry_run)
    lines = [f"{'试导入，没有写入：' if dry_run else ''}{done.text}。"]
    give(call, {**done.result, "warnings": done.warnings}, [*lines, *(item.text for item in done.warnings)])
    return DONE


@survey.command("show", cls=SuiteCommand)
@click.argument("number", metavar="考核编号", type=int)
@pass_call
def show(call: Call, number: int) -> int:
    """各单位的样本和结果。"""
    from suite.contract.surveys import SurveyMeasure
    from suite.kernel.assessment.survey_results import SurveyLine, survey_of_campaign

    suite, actor = call.ready, call.actor
    with suite.reading() as session:
        found = survey_of_campaign(session, actor, suite.catalog, number, _parameters(call))

    def cell(line: SurveyLine, measure: SurveyMeasure) -> str:
        estimate = line.estimates.get(measure)
        return f"{estimate.value}（{estimate.low}—{estimate.high}）" if estimate else "无数据"

    rows = [
        (line.name, line.size, line.repeated, line.least, "够" if line.enough else "不足",
         *(cell(line, measure) for measure in SurveyMeasure))
        for line in found
    ]  # fmt: skip
    heads = ["单位", "有效", "重复", "下限", "样本", *(f"{measure.words}（%）" for measure in SurveyMeasure)]
    give(call, {"survey": found}, table(heads, rows))
    return DONE


def _parameters(call: Call) -> dict[str, object]:
    from suite.kernel.parameters.queries import parameters_on

    suite = call.ready
    with suite.reading() as session:
        return dict(parameters_on(session, suite.catalog, suite.today))
