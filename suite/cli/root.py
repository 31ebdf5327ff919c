"""The root of all commands and how one run of it ends."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from suite.cli.failures import exit_code
from suite.cli.logs import logging_to
from suite.cli.options import Call, Screens, SuiteGroup

COMMANDS = {
    "demo": ("suite.cli.demo:demo", "建立示范数据，打开窗口或写出界面图片"),
    "db": ("suite.cli.database:database", "建立、升级、核对数据库"),
    "kinds": ("suite.cli.rosters:kinds", "列出名册、办件、台账、考核评估和报表及其字段"),
    "import": ("suite.cli.exchange:import_", "从表格文件导入名册、办件、台账、考核等次，或撤销一次导入"),
    "export": ("suite.cli.exchange:export", "把名册、办件、台账导出为表格文件"),
    "template": ("suite.cli.exchange:template", "写一个名册、办件、台账或考核等次的空白模板"),
    "layouts": ("suite.cli.layouts:layouts", "记住的列对应：列出、忘记"),
    "edition": ("suite.cli.editions:edition", "编制名册、公告、与上一版比较"),
    "exchange": ("suite.cli.partners:exchange", "向其他单位报送名册，接收报送，回执"),
    "credit": ("suite.cli.credit:credit", "信用记录、信用档案、披露、公示平台差异"),
    "publicity": ("suite.cli.publicity:publicity", "双公示：预检、报送、退回、撤回、三率"),
    "reconcile": ("suite.cli.reconcile:reconcile", "三方对账：本局名册、协会表、省厅表"),
    "show": ("suite.cli.rosters:show", "一份档案或一件办件及其历史"),
    "find": ("suite.cli.rosters:find", "按姓名、拼音、编号查找名册和办件"),
    "cases": ("suite.cli.cases:cases", "办件：先到期的在前"),
    "approvals": ("suite.cli.cases:approvals", "待本人审批和退回本人的事项"),
    "duplicates": ("suite.cli.merging:duplicates", "列出疑似重复登记的档案"),
    "indicators": ("suite.cli.indicators:indicators", "指标的值、目标、状态和背后的名单"),
    "coverage": ("suite.cli.coverage:coverage", "村（居）法律顾问、党政机关法律顾问、公职律师的覆盖"),
    "snapshot": ("suite.cli.snapshots:snapshot", "冻结的指标快照，逐条比较差异"),
    "report": ("suite.cli.reports:report", "报表、更正说明、问数"),
    "inspection-pack": ("suite.cli.packs:inspection_pack", "迎检包：证据、目录、摘要、缺件清单"),
    "cross-notice": ("suite.cli.cross_notices:cross_notice", "向法院、检察院、公安等通报"),
    "paper": ("suite.cli.papers:paper", "办件的文书与附件，文书模板"),
    "case-file": ("suite.cli.papers:case_file", "把办结的办件归档，写成一个 PDF"),
    "campaigns": ("suite.cli.assessments:campaigns", "考核评估及其进展"),
    "campaign": ("suite.cli.assessments:campaign", "一次考核评估的进展、得分和等次"),
    "returns": ("suite.cli.returns:returns", "报表的报送情况：未报、已报、退回、已审"),
    "return": ("suite.cli.returns:return_", "一份报表；一期报表的工作簿导出、报送"),
    "targets": ("suite.cli.targets:targets", "指标体系：列出、导出、导入"),
    "materials": ("suite.cli.materials:materials", "信息报送与数据研判"),
    "survey": ("suite.cli.surveys:survey", "问卷：样表、导入、结果"),
    "season": ("suite.cli.seasons:season", "考核评估的对象、催报、名单和评分表"),
    "ledgers": ("suite.cli.ledgers:ledgers", "各种台账和其中的记录数"),
    "entries": ("suite.cli.ledgers:entries", "一个台账的记录"),
    "plan": ("suite.cli.plan:plan", "规划 198 项各在何处办理"),
    "measures": ("suite.cli.measures:measures", "考核结果运用：待落实的措施"),
    "run": ("suite.cli.commands:run", "按名称运行一条命令"),
    "commands": ("suite.cli.commands:commands", "列出可运行的命令"),
    "limits": ("suite.cli.limits:limits", "法定期限及其依据"),
    "penalties": ("suite.cli.penalties:penalties", "处罚目录及其依据"),
    "due": ("suite.cli.due:due", "推算法定期限的到期日"),
    "draw": ("suite.cli.draws:draw", "双随机：检查计划、抽取、记录、重演"),
    "draws": ("suite.cli.draws:draws", "列出各次随机抽取"),
    "check-number": ("suite.cli.numbers:check_number", "核对一个号码"),
    "user": ("suite.cli.accounts:user", "用户与授权"),
    "section": ("suite.cli.sections:section", "科室、成员、负责人与代行"),
    "request": ("suite.cli.requests:request", "须由另一人复核的事项"),
    "notices": ("suite.cli.notices:notices", "本人的提醒"),
    "rights": ("suite.cli.accounts:rights", "权限及其来源"),
    "audit": ("suite.cli.audit:audit", "操作痕迹"),
    "backup": ("suite.cli.backup:backup", "备份数据库，验证备份可恢复"),
    "restore": ("suite.cli.backup:restore", "把备份恢复到空数据库"),
    "parameters": ("suite.cli.house:parameters", "参数及其依据"),
    "plugins": ("suite.cli.house:plugins", "插件及其状态"),
    "doctor": ("suite.cli.house:doctor", "体检本机与数据库"),
    "shot": ("suite.cli.screens:shot", "把一页画成图片"),
    "pages": ("suite.cli.screens:pages", "列出可画的页面"),
}


@click.group(
    cls=SuiteGroup,
    lazy=COMMANDS,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.pass_context
def suite(context: click.Context) -> None:
    """石家庄市司法局法律服务行业监管系统。不带命令时打开窗口。"""
    if context.invoked_subcommand is None:
        call = context.ensure_object(Call)
        context.exit(call.screens.window(call.settings, call.opening))


def run(arguments: Sequence[str], screens: Screens) -> int:
    """Run one command line and give its exit code; words go to stderr, answers to stdout."""
    asked = next((word for word in arguments if word in COMMANDS), "")
    call = Call(screens=screens, json="--json" in arguments, asked=asked)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure") and not stream.isatty():
            stream.reconfigure(encoding="utf-8")  # a pipe on Windows would otherwise be the local code page
    with logging_to(call.home):
        try:
            answer = suite.main(list(arguments), prog_name="suite", standalone_mode=False, obj=call)
            return answer if isinstance(answer, int) else 0
        except BaseException as error:
            return exit_code(call, error)
        finally:
            call.close()
