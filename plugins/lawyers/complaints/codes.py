"""Code lists of complaints (司发通〔2017〕23号; the provinces' rules)."""

from suite.api import Code, CodeList

HEAD = CodeList(
    key="lawyers.complaint_head",
    title="投诉事项",
    codes=(
        Code(value="private", title="私自接受委托、收取费用"),
        Code(value="fee", title="违规收费"),
        Code(value="conflict", title="利益冲突"),
        Code(value="diligence", title="代理不尽责"),
        Code(value="secrecy", title="泄露秘密或隐私"),
        Code(value="court", title="扰乱法庭或违反办案纪律"),
        Code(value="other", title="其他违反律师执业规范的行为", also=("其他",)),
    ),
)
REFUSAL_GROUND = CodeList(
    key="lawyers.refusal_ground",
    title="不予受理情形",
    codes=(
        Code(value="handled", title="已经处理，且没有新的事实和证据"),
        Code(value="civil", title="单纯的收费或民事纠纷"),
        Code(value="ruling", title="对裁判不服"),
        Code(value="respondent", title="没有明确的被投诉人"),
        Code(value="outside", title="不属于本机关管辖"),
    ),
)
OUTCOME = CodeList(
    key="lawyers.complaint_outcome",
    title="处理结果",
    codes=(
        Code(value="penalty", title="转行政处罚"),
        Code(value="measure", title="约谈、警示谈话、责令改正或通报"),
        Code(value="association", title="移送律师协会处分"),
        Code(value="other", title="移送其他机关"),
        Code(value="mediated", title="调解解决"),
        Code(value="no_violation", title="未发现违法违规，答复双方"),
    ),
)

# 中国律师协会会员违规行为处分规则: the kinds of sanction; taking a membership away is the province's.
SANCTION = CodeList(
    key="lawyers.association_outcome",
    title="处理结果",
    codes=(
        Code(value="admonition", title="训诫"),
        Code(value="warning", title="警告"),
        Code(value="criticism", title="通报批评"),
        Code(value="censure", title="公开谴责"),
        Code(value="suspension", title="中止会员权利"),
        Code(value="termination", title="建议省律师协会取消会员资格"),
        Code(value="bureau", title="建议司法行政机关处罚"),
        Code(value="mediated", title="调解解决"),
        Code(value="no_violation", title="未发现违规，不予处分"),
    ),
)
ASSOCIATION_REFUSAL = CodeList(
    key="lawyers.association_refusal",
    title="不予立案情形",
    codes=(
        Code(value="handled", title="已经处理，且没有新的事实和证据"),
        Code(value="civil", title="单纯的收费或民事纠纷"),
        Code(value="ruling", title="对裁判不服"),
        Code(value="respondent", title="没有明确的被投诉会员"),
        Code(value="outside", title="不是本会会员，或不属于会员违规行为"),
    ),
)

COUNSEL_KIND = CodeList(
    key="lawyers.counsel_kind",
    title="顾问类别",
    codes=(
        Code(value="village", title="村（居）法律顾问", also=("村居法律顾问",)),
        Code(value="government", title="党政机关法律顾问"),
        Code(value="government_lawyer", title="公职律师"),
    ),
)
COUNSEL_HEAD = CodeList(
    key="lawyers.counsel_head",
    title="投诉事项",
    codes=(
        Code(value="absent", title="未按协议或服务标准提供服务"),
        Code(value="quality", title="法律意见或服务质量有明显错误"),
        Code(value="fee", title="在协议之外收取费用"),
        Code(value="conflict", title="利益冲突"),
        Code(value="soliciting", title="利用顾问身份招揽业务"),
        Code(value="secrecy", title="泄露秘密或隐私"),
        Code(value="attitude", title="服务态度"),
        Code(value="other", title="其他", also=("其他问题",)),
    ),
)
COUNSEL_OUTCOME = CodeList(
    key="lawyers.counsel_outcome",
    title="处理结果",
    codes=(
        Code(value="order", title="责令改正"),
        Code(value="replacement", title="建议聘任单位更换顾问"),
        Code(value="allowance", title="扣减服务补贴"),
        Code(value="penalty", title="转行政处罚"),
        Code(value="association", title="移送律师协会处分"),
        Code(value="mediated", title="调解解决"),
        Code(value="no_violation", title="未发现问题，答复双方"),
    ),
)

CODE_LISTS = (
    HEAD, REFUSAL_GROUND, OUTCOME, SANCTION, ASSOCIATION_REFUSAL, COUNSEL_KIND, COUNSEL_HEAD, COUNSEL_OUTCOME,
)  # fmt: skip
