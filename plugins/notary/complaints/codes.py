"""Code lists of the three channels of complaint about notaries."""

from suite.api import Code, CodeList

# 投诉办法征求意见稿.
HEAD = CodeList(
    key="notary.complaint_head",
    title="投诉事项",
    codes=(
        Code(value="area", title="超出执业区域受理业务，或争抢业务"),
        Code(value="refusal", title="无正当理由拒绝受理"),
        Code(value="private_gain", title="以公证职务谋取私利"),
        Code(value="kickback", title="支付回扣，或作虚假宣传"),
        Code(value="fee", title="违规收费"),
        Code(value="false", title="私自出证，或出具虚假公证书"),
        Code(value="untrue", title="对不真实、不合法的事项出具公证书"),
        Code(value="recusal", title="违反回避、保密规定"),
        Code(value="other", title="其他违反公证执业规定的行为", also=("其他",)),
    ),
)
REFUSAL_GROUND = CodeList(
    key="notary.refusal_ground",
    title="不予受理情形",
    codes=(
        Code(value="handled", title="已经处理，或经复议、诉讼结案，且没有新的事实和证据"),
        Code(value="content", title="仅对公证书的内容有异议，告知向公证机构申请复查或起诉"),
        Code(value="outside", title="不属于违反公证执业规定的事项"),
        Code(value="interest", title="与被投诉的执业活动没有利害关系"),
        Code(value="time_bar", title="超过投诉时效"),
    ),
)
OUTCOME = CodeList(
    key="notary.complaint_outcome",
    title="处理结果",
    codes=(
        Code(value="penalty", title="转行政处罚"),
        Code(value="order", title="责令改正"),
        Code(value="talk", title="约谈"),
        Code(value="circular", title="通报"),
        Code(value="association", title="移送公证协会处分"),
        Code(value="no_violation", title="未发现违法违规，答复双方"),
    ),
)

DISPUTE_HEAD = CodeList(
    key="notary.dispute_head",
    title="争议事项",
    codes=(
        Code(value="refused", title="不受理复查申请"),
        Code(value="content", title="复查认定公证书内容合法、真实有误"),
        Code(value="procedure", title="复查认定公证程序合规有误"),
        Code(value="delay", title="逾期不作复查决定"),
        Code(value="other", title="其他争议", also=("其他",)),
    ),
)
DISPUTE_REFUSAL = CodeList(
    key="notary.dispute_refusal",
    title="不予受理情形",
    codes=(
        Code(value="late", title="收到复查决定已超过期限"),
        Code(value="unreviewed", title="没有先向公证机构申请复查"),
        Code(value="litigation", title="已就公证书内容争议起诉或判决"),
        Code(value="interest", title="不是当事人、利害关系人"),
        Code(value="handled", title="已经处理，且没有新的事实和证据"),
    ),
)
DISPUTE_OUTCOME = CodeList(
    key="notary.dispute_outcome",
    title="处理意见",
    codes=(
        Code(value="withdraw", title="建议公证机构撤销公证书"),
        Code(value="correct", title="建议公证机构更正或补正"),
        Code(value="again", title="建议公证机构重新复查"),
        Code(value="no_violation", title="复查决定并无不当，告知投诉人"),
    ),
)

RECHECK_REFUSAL = CodeList(
    key="notary.recheck_refusal",
    title="不予受理情形",
    codes=(
        Code(value="interest", title="不是当事人、公证事项的利害关系人"),
        Code(value="late", title="超过申请复查的期限"),
        Code(value="litigation", title="公证书已被生效裁判采信或正在诉讼"),
        Code(value="handled", title="已经复查，且没有新的事实和证据"),
    ),
)
RECHECK_RESULT = CodeList(
    key="notary.recheck_result",
    title="复查决定",
    codes=(
        Code(value="keep", title="维持公证书"),
        Code(value="correct", title="更正，收回原公证书重新发给"),
        Code(value="withdraw", title="撤销公证书并公告"),
    ),
)

CODE_LISTS = (
    HEAD, REFUSAL_GROUND, OUTCOME, DISPUTE_HEAD, DISPUTE_REFUSAL, DISPUTE_OUTCOME, RECHECK_REFUSAL,
    RECHECK_RESULT,
)  # fmt: skip
