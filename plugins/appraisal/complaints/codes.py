"""Code lists of complaints."""

from suite.api import Code, CodeList

# 京§30.
HEAD = CodeList(
    key="appraisal.complaint_head",
    title="投诉事项",
    codes=(
        Code(value="scope", title="超出登记的业务范围或执业类别"),
        Code(value="unlicensed", title="使用未取得执业证的人员"),
        Code(value="refusal", title="无正当理由拒绝接受委托"),
        Code(value="private", title="私自接受委托"),
        Code(value="court", title="经通知拒绝出庭作证"),
        Code(value="secrecy", title="违反保密规定"),
        Code(value="recusal", title="违反回避规定"),
        Code(value="material", title="遗失、损毁鉴定材料"),
        Code(value="fee", title="违规收费"),
        Code(value="procedure", title="违反司法鉴定程序"),
        Code(value="other", title="其他违反司法鉴定管理规定的行为", also=("其他",)),
    ),
)

# 京§31, 粤§59; the last two are those of the named province.
REFUSAL_GROUND = CodeList(
    key="appraisal.refusal_ground",
    title="不予受理情形",
    codes=(
        Code(value="handled", title="已经处理，或经复议、诉讼结案，且没有新的事实和证据"),
        Code(value="adoption", title="仅对办案机关是否采信鉴定意见有异议"),
        Code(value="opinion", title="仅对鉴定意见有异议"),
        Code(value="standards", title="仅对鉴定程序规则或标准、技术规范有异议"),
        Code(value="outside", title="不属于违反司法鉴定管理规定的事项"),
        Code(value="pending", title="正在复议或诉讼中（参照广东）"),
        Code(value="judged", title="鉴定意见已被生效裁判采信（参照北京）"),
        Code(value="time_bar", title="超过投诉时效"),
    ),
)

OUTCOME = CodeList(
    key="appraisal.complaint_outcome",
    title="处理结果",
    codes=(
        Code(value="penalty", title="转行政处罚"),
        Code(value="order", title="责令改正"),
        Code(value="admonition", title="训诫"),
        Code(value="criticism", title="批评教育"),
        Code(value="circular", title="通报"),
        Code(value="association", title="移送行业协会处分"),
        Code(value="no_violation", title="未发现违法违规，答复双方"),
    ),
)

CODE_LISTS = (HEAD, REFUSAL_GROUND, OUTCOME)
