"""What the inspections of all professions have in common: code lists, conditions, limits."""

from __future__ import annotations

from suite.contract.case_facts import CaseFacts
from suite.contract.casework import (
    Guard,
)
from suite.contract.codes import Code, CodeList
from suite.contract.declarations import Declaration
from suite.kernel.clocks.declaring import OwnLimits
from suite.kernel.parameters.declaring import OwnParameters

RULE = "双随机、一公开监管要求"
OFFICERS = "行政处罚法第五十五条"
RECTIFY, PUBLISH = "core.inspection.rectify", "core.inspection.publish"
PUBLISHING = "PublishInspection"

SOURCES = CodeList(
    key="core.inspection_source",
    title="检查来源",
    codes=(
        Code(value="draw", title="双随机抽查"),
        Code(value="special", title="专项检查"),
        Code(value="daily", title="日常检查"),
        Code(value="complaint", title="投诉举报核查"),
        Code(value="transfer", title="上级交办、部门移送"),
    ),
)
NOTICE_WAYS = CodeList(
    key="core.inspection_notice_way",
    title="通知方式",
    codes=(
        Code(value="written", title="书面通知"),
        Code(value="telephone", title="电话通知"),
        Code(value="none", title="不事先通知"),
    ),
)
SIGNED = CodeList(
    key="core.inspection_signed",
    title="笔录签字",
    codes=(
        Code(value="signed", title="当事人已签字"),
        Code(value="refused", title="当事人拒绝签字，已注明"),
    ),
)
RESULTS = CodeList(
    key="core.inspection_result",
    title="检查结果",
    codes=(
        Code(value="none", title="未发现问题"),
        Code(value="mended", title="发现问题，已当场改正"),
        Code(value="order", title="发现问题，责令改正"),
        Code(value="penalty", title="发现问题，转行政处罚"),
        Code(value="obstructed", title="不配合检查，情节严重"),
    ),
)
RELATIONS = CodeList(
    key="core.recusal_relation",
    title="回避情形",
    codes=(
        Code(value="relative", title="近亲属在该单位任职"),
        Code(value="former", title="本人曾在该单位任职"),
        Code(value="interest", title="与检查对象有利害关系"),
        Code(value="own", title="本人所在单位或协会"),
        Code(value="other", title="其他可能影响公正的情形"),
    ),
)


def _found(case: CaseFacts) -> bool:
    return bool(case.lines.get("problems"))


GUARDS = (
    Guard(
        key="core.inspection.two_officers",
        text="现场检查应由两名以上检查人员进行，请先确定检查人员。",
        holds=lambda case: len(case.party("officer")) >= 2,
        article=OFFICERS,
    ),
    Guard(
        key="core.inspection.checked",
        text="还没有登记检查项，请先逐项登记检查情况。",
        holds=lambda case: bool(case.lines.get("check_items")),
    ),
    Guard(
        key="core.inspection.found",
        text="还没有登记问题，请先登记发现的问题和依据条款。",
        holds=_found,
    ),
    Guard(
        key="core.inspection.nothing_found",
        text="已登记发现的问题，不能以未发现问题结束；当场改正的，请先补填整改完成日期。",
        holds=lambda case: all(line.done is not None for line in case.lines.get("problems", ())),
    ),
    Guard(
        key="core.inspection.all_rectified",
        text="还有问题没有填写整改完成日期，请在“问题”中逐条补填，或责令继续改正。",
        holds=lambda case: all(line.done is not None for line in case.lines.get("problems", ())),
    ),
    Guard(
        key="core.inspection.published",
        text="检查结果还没有公开，请先登记结果公开的日期和渠道。",
        holds=lambda case: PUBLISHING in case.done,
        article=RULE,
    ),
)

_number = OwnParameters(owner="core")
PARAMETERS = (
    _number(
        "inspection.rectify_days", "责令改正期限", 30, "日", "整改期限由本局定", False,
        "到期自动列入复查待办。",
    ),
    _number("inspection.rectify_extend_days", "责令改正延长期限", 30, "日", "整改期限由本局定", False),
    _number(
        "inspection.risk_months", "风险等级回看期", 24, "个月", "风险分级由本局定", False,
        "期内查实投诉或检查发现问题：无为一般，一件为关注，两件以上为重点。",
    ),
)  # fmt: skip
_limit = OwnLimits(owner="core", parameters=PARAMETERS)
LIMITS = (
    _limit(
        "inspection.rectify", "整改复查", "inspection.rectify_days", "作出责令改正决定之日", "检查对象",
        "逾期未改的，依法处理",
        extension=("inspection.rectify_extend_days", "科长"),
    ),
)  # fmt: skip

DECLARATIONS: tuple[Declaration, ...] = (
    SOURCES, NOTICE_WAYS, SIGNED, RESULTS, RELATIONS, *GUARDS, *PARAMETERS, *LIMITS,
)  # fmt: skip
