"""Code lists that complaints of every profession share."""

from suite.contract.codes import Code, CodeList

SOURCE = CodeList(
    key="core.complaint_source",
    title="投诉来源",
    codes=(
        Code(value="letter", title="来信", also=("信件", "书信")),
        Code(value="visit", title="来访", also=("上门", "接访")),
        Code(value="hotline", title="热线", also=("电话", "12348", "12345")),
        Code(value="online", title="网上投诉", also=("网络", "邮件")),
        Code(value="transfer", title="转办", also=("交办", "移送")),
    ),
)
TERMINATION_GROUND = CodeList(
    key="core.complaint_termination",
    title="终止情形",
    codes=(
        Code(value="withdrawn", title="投诉人撤回投诉"),
        Code(value="ended", title="被投诉人死亡、终止或注销"),
        Code(value="impossible", title="其他无法继续办理的情形"),
    ),
)
RECTIFIED = CodeList(
    key="core.complaint_rectified",
    title="整改复查情况",
    codes=(
        Code(value="partly", title="部分整改，继续督促"),
        Code(value="not_done", title="未整改，另行处理"),
    ),
)
REMEDY = CodeList(
    key="core.complaint_remedy",
    title="救济途径",
    codes=(
        Code(value="reconsideration", title="行政复议", also=("复议",)),
        Code(value="litigation", title="行政诉讼", also=("诉讼",)),
        Code(value="association", title="协会复查", also=("复查",)),
    ),
)
REMEDY_RESULT = CodeList(
    key="core.complaint_remedy_result",
    title="救济结果",
    codes=(
        Code(value="pending", title="已受理，尚无结果"),
        Code(value="upheld", title="维持，或驳回申请、诉讼请求"),
        Code(value="withdrawn", title="申请人撤回"),
        Code(value="annulled", title="撤销或变更"),
        Code(value="unlawful", title="确认违法"),
    ),
)

WITHDRAWAL_FORM = CodeList(
    key="core.complaint_withdrawal",
    title="撤回的形式",
    codes=(
        Code(value="written", title="书面申请"),
        Code(value="oral", title="口头提出，制作笔录", also=("口头", "笔录")),
    ),
)

CODE_LISTS = (SOURCE, TERMINATION_GROUND, WITHDRAWAL_FORM, RECTIFIED, REMEDY, REMEDY_RESULT)
