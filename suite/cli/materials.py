"""`suite materials`: what the participants of a season handed in, looked through, and scored."""

from __future__ import annotations

import click

from suite.cli.answers import give, table
from suite.cli.failures import DONE
from suite.cli.options import Call, SuiteCommand, pass_call


@click.command("materials", cls=SuiteCommand)
@click.argument("number", metavar="考核编号", type=int)
@click.option("--score", is_flag=True, help="把按时报送的情况计入评分表。")
@pass_call
def materials(call: Call, number: int, score: bool) -> int:
    """信息报送与数据研判：按时、逾期、未报，趋势与离群，内容或文件重复报送。"""
    from suite.contract.problems import ProblemKind, refuse
    from suite.kernel.assessment.material_results import analysis
    from suite.kernel.assessment.material_scores import ScoreMaterials
    from suite.kernel.parameters.queries import parameters_on

    suite, actor = call.ready, call.actor
    done = suite.run(ScoreMaterials(campaign_id=number), actor) if score else None
    with suite.reading() as session:
        numbers = parameters_on(session, suite.catalog, suite.today)
        found = analysis(session, actor, suite.catalog, number, numbers, suite.today)
    if found is None:
        text = f"编号 {number} 的考核不要求报送材料，没有可以研判的。suite campaigns 列出各次考核及其方案。"
        raise refuse("materials.none", text, ProblemKind.FORBIDDEN, field="number")
    heads = ["单位", "应报", "按时", "逾期", "过短", "未报", *found.figures.values(), "异常"]
    rows = []
    for line in found.lines:
        stood = line.timeliness
        odd = [f"{found.figures[key]}离群" for key in sorted(line.far)]
        odd += [
            f"{found.figures[key]}{'、'.join(f'{day:%Y-%m}' for day in days)}突增"
            for key, days in sorted(line.jumps.items())
        ]
        rows.append(
            (line.name, stood.due, len(stood.in_time), len(stood.late), len(stood.short), len(stood.missing),
             *(sum(line.runs[key]) for key in found.figures), "；".join(odd))
        )  # fmt: skip
    lines = [f"{done.text}。"] if done is not None else []
    lines += table(heads, rows)
    if found.twice:
        twice = [(item.what, f"{item.share:.0%}", item.first, item.second) for item in found.twice]
        lines += ["", *table(["疑似重复", "相同", "前一份", "后一份"], twice)]
    give(call, {"analysis": found, "scored": done.result["scored"] if done else None}, lines)
    return DONE
