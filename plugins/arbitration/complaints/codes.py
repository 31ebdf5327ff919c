"""Code lists of the complaints about arbitration."""

from suite.api import Code, CodeList

HEAD = CodeList(
    key="arbitration.complaint_head",
    title="投诉事项",
    codes=(
        Code(value="fee", title="违规收费"),
        Code(value="delay", title="受理、组庭或审理拖延"),
        Code(value="charter", title="违反章程或仲裁规则"),
        Code(value="members", title="组成人员、换届不合规定"),
        Code(value="disclosure", title="应当公开的信息没有公开"),
        Code(value="funds", title="经费管理不合规定"),
        Code(value="service", title="工作人员服务态度"),
        Code(value="other", title="其他机构管理问题", also=("其他",)),
    ),
)
REFUSAL_GROUND = CodeList(
    key="arbitration.refusal_ground",
    title="不予受理情形",
    codes=(
        Code(value="award", title="对裁决不服，告知向人民法院申请撤销或不予执行"),
        Code(value="pending", title="人民法院正在审查，或已有裁定"),
        Code(value="handled", title="已经处理，且没有新的事实和证据"),
        Code(value="respondent", title="没有明确的被投诉人"),
        Code(value="outside", title="不属于本机关管辖（劳动人事、农村土地承包仲裁等）"),
    ),
)
OUTCOME = CodeList(
    key="arbitration.complaint_outcome",
    title="处理结果",
    codes=(
        Code(value="order", title="建议责令改正"),
        Code(value="warning", title="建议警告"),
        Code(value="head", title="建议更换负责人"),
        Code(value="penalty", title="建议依法处罚"),
        Code(value="mediated", title="协调解决"),
        Code(value="no_violation", title="未发现问题，答复双方"),
    ),
)

# 仲裁法（2017年）第三十四条、第三十八条、第四十条.
CONDUCT_HEAD = CodeList(
    key="arbitration.conduct_head",
    title="投诉事项",
    codes=(
        Code(value="meeting", title="私自会见当事人、代理人"),
        Code(value="gifts", title="接受当事人、代理人请客送礼"),
        Code(value="recusal", title="应当回避而没有回避"),
        Code(value="non_disclosure", title="没有披露可能影响公正的情形"),
        Code(value="bribery", title="索贿受贿、徇私舞弊、枉法裁决"),
        Code(value="secrecy", title="泄露仲裁秘密"),
        Code(value="delay", title="无正当理由拖延"),
        Code(value="other", title="其他违反仲裁员行为规范的行为", also=("其他",)),
    ),
)
CONDUCT_OUTCOME = CodeList(
    key="arbitration.conduct_outcome",
    title="处理结果",
    codes=(
        Code(value="talk", title="谈话提醒"),
        Code(value="warning", title="警告"),
        Code(value="bar", title="一定期限内不予指定"),
        Code(value="removal", title="除名"),
        Code(value="mediated", title="协调解决"),
        Code(value="no_violation", title="未发现违规，答复双方"),
    ),
)

CODE_LISTS = (HEAD, REFUSAL_GROUND, OUTCOME, CONDUCT_HEAD, CONDUCT_OUTCOME)
