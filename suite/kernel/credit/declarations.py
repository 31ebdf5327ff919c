"""What credit declares: its numbers, the rules that all share, what repair needs, notices."""

from __future__ import annotations

from collections.abc import Iterator

from suite.contract.commands import Command, Done, Work
from suite.contract.declarations import Declaration
from suite.contract.notices import NewNotice, NoticeKind
from suite.contract.plan import PlanItem
from suite.contract.states import StateKind
from suite.kernel.credit.repair.declarations import DECLARATIONS as REPAIR
from suite.kernel.credit.rules import RULES
from suite.kernel.parameters.declaring import OwnParameters

NEW = "信用修复管理办法（国家发展改革委令第36号）"
FORMER = "失信行为纠正后的信用信息修复管理办法（试行）（国家发展改革委令第58号）"
BANDS = "36号令由行业主管部门定标准；本局标准"
TRADE = "律师协会会员违规行为处分规则、投诉处理结果发布规则；本局标准"
STANDARD = "行政许可和行政处罚等信用信息公示标准；本局名称、代码"
_number = OwnParameters(owner="core")

PARAMETERS = (
    _number("credit.rule_from", "现行信用修复规则施行日", "2026-04-01", "", NEW, True,
            r"年-月-日，如 2026-04-01。"),
    _number("credit.2026.minor_most", "轻微失信信息最长公示", 3, "个月", NEW, True),
    _number("credit.2026.ordinary_least", "一般失信信息最短公示", 3, "个月", NEW, True),
    _number("credit.2026.ordinary_most", "一般失信信息最长公示", 12, "个月", NEW, True),
    _number("credit.2026.serious_least", "严重失信信息最短公示", 12, "个月", NEW, True),
    _number("credit.2026.serious_most", "严重失信信息最长公示", 36, "个月", NEW, True),
    _number("credit.2023.minor_most", "轻微失信信息最长公示（旧规则）", 3, "个月", FORMER, False),
    _number("credit.2023.ordinary_least", "一般失信信息最短公示（旧规则）", 3, "个月", FORMER, False),
    _number("credit.2023.ordinary_most", "一般失信信息最长公示（旧规则）", 36, "个月", FORMER, False),
    _number("credit.2023.serious_least", "严重失信信息最短公示（旧规则）", 12, "个月", FORMER, False),
    _number("credit.2023.serious_most", "严重失信信息最长公示（旧规则）", 36, "个月", FORMER, False),
    _number("credit.minor_months", "本局对轻微失信信息的公示", 0, "个月", NEW, False,
            "0 为不公示；不超过规则的最长公示。改动自各办件的下一环节起适用，已报送的不变。"),
    _number("credit.minor_reported", "轻微失信信息不公示的，也报送信用平台", True, "", STANDARD, False,
            "“是”为七个工作日内报送归集，平台和网站不公示；“否”为不报送。公示的一律报送。"
            "改动自各办件的下一环节起适用，已报送的不变。"),
    _number("credit.serious_suspension_months", "停止执业、停业超过多久为严重", 6, "个月", BANDS, False),
    _number("credit.serious_sum_person", "对个人罚没多少起为严重", 0, "元", BANDS, False,
            "0 为不按数额认定严重；达到听证标准的为一般。"),
    _number("credit.serious_sum_body", "对单位罚没多少起为严重", 0, "元", BANDS, False,
            "0 为不按数额认定严重；达到听证标准的为一般。"),
    _number("credit.trade_reprimand_months", "公开谴责的行业内公示", 6, "个月", TRADE, False),
    _number("credit.trade_suspension_months", "中止会员权利期满后的行业内公示", 12, "个月", TRADE, False),
    _number("credit.trade_revocation_months", "取消会员资格的行业内公示", 36, "个月", TRADE, False),
    _number("credit.disclosed_months", "其他不良信用记录披露后的公示", 12, "个月", "规划五（三）；本局标准",
            False),
    _number("credit.city_uscc", "本局统一社会信用代码", "", "", STANDARD, False, "双公示必填。"),
    _number("credit.province_organ", "省级机关名称", "河北省司法厅", "", STANDARD, True),
    _number("credit.province_uscc", "省级机关统一社会信用代码", "", "", STANDARD, False,
            "省厅决定的许可、处罚必填。"),
    _number("credit.kind_suspension_person", "停止执业对应的处罚类别", "限制从业", "",
            "行政处罚法第九条；本局对应表", False),
    _number("credit.kind_suspension_body", "停业整顿对应的处罚类别", "责令停产停业", "",
            "行政处罚法第九条；本局对应表", False),
    _number("credit.kind_revocation", "吊销、撤销登记对应的处罚类别", "吊销许可证件", "",
            "行政处罚法第九条；本局对应表", False),
)  # fmt: skip


def sent_back(command: Command, done: Done, work: Work) -> Iterator[NewNotice]:
    """To whoever's list each of them went back onto."""
    counts: dict[str, int] = {}
    for login in done.result.get("owners", {}).values():
        counts[login] = counts.get(login, 0) + 1
    for login, count in counts.items():
        yield NewNotice(text=f"信用平台退回 {count} 条双公示记录，请改正后重报。", login=login, page="credit")


NOTICES = (
    NoticeKind(
        key="core.publicity_rejected",
        title="平台退回",
        state=StateKind.BAD,
        after=("RejectPublicity",),
        raised=sent_back,
    ),
)
#: 不良信用记录向社会披露; 双公示.
SERVED = tuple(PlanItem(no=number, where=("credit",)) for number in (172, 185))
DECLARATIONS: tuple[Declaration, ...] = (*PARAMETERS, *RULES, *REPAIR, *NOTICES, *SERVED)
