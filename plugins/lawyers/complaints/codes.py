"""Code lists of complaints (司发通〔2017〕23号; the provinces' rules)."""

from suite.api import Code, CodeList

SOURCE = CodeList(
    key="lawyers.complaint_source",
    title="投诉来源",
    codes=(
        Code(value="letter", title="来信", also=("信件", "书信")),
        Code(value="visit", title="来访", also=("上门", "接访")),
        Code(value="hotline", title="热线", also=("电话", "12348", "12345")),
        Code(value="online", title="网上投诉", also=("网络", "邮件")),
        Code(value="transfer", title="转办", also=("交办", "移送")),
    ),
)
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
TERMINATION_GROUND = CodeList(
    key="lawyers.complaint_termination",
    title="终止情形",
    codes=(
        Code(value="withdrawn", title="投诉人撤回投诉"),
        Code(value="ended", title="被投诉人死亡、终止或注销"),
        Code(value="impossible", title="其他无法继续办理的情形"),
    ),
)

CODE_LISTS = (SOURCE, HEAD, REFUSAL_GROUND, OUTCOME, TERMINATION_GROUND)
