"""The papers that the works of all fields share, as text; a profession with other words declares its own.

The law asks for facts, grounds, decision, remedies and their limits; what the case has of them is filled in.
"""

from suite.contract.papers import DocumentTemplate, PaperForm
from suite.kernel.casework.papers.addressed import ADDRESSED

COMPLAINANT, RESPONDENT, ASKER = "complainant", "respondent", "asker"
REMEDY = (
    "如不服本决定，可以自收到之日起{{ 复议期限 }}内依法申请行政复议，或者在{{ 诉讼期限 }}内依法向人民法院"
    "提起行政诉讼。"
)
FACTS = "{% for 条 in 内容 %}{{ 条.项 }}：{{ 条.值 }}\n{% endfor %}"
GROUND = "{% if 依据 %}依据：{{ 依据 }}。{% endif %}"
ALLEGED = "{% for 项 in 投诉事项 %}{{ 项.序号 }}．{{ 项.类别 }}：{{ 项.内容 }}\n{% endfor %}"
FOUND = (
    "{% for 项 in 投诉事项 %}{{ 项.序号 }}．{{ 项.内容 }}{% if 项.认定 %}——{{ 项.认定 }}"
    "{% if 项.说明 %}（{{ 项.说明 }}）{% endif %}{% endif %}\n{% endfor %}"
)
#: What was found true, at least in part.
UPHELD = (
    "{% for 项 in 投诉事项 %}{% if 项.认定 and 项.认定 != '不实' %}{{ 项.序号 }}．{{ 项.内容 }}"
    "{% if 项.说明 %}（{{ 项.说明 }}）{% endif %}\n{% endif %}{% endfor %}"
)


def _paper(
    key: str,
    title: str,
    to: str,
    mark: str,
    *body: str,
    form: PaperForm = PaperForm.NOTICE,
    to_field: str = "",
    number_field: str = "",
) -> DocumentTemplate:
    return DocumentTemplate(
        key=f"core.{key}", title=title, to=to, mark=mark, body=body, form=form, to_field=to_field,
        number_field=number_field,
    )  # fmt: skip


def _record(key: str, title: str, *body: str) -> DocumentTemplate:
    return _paper(key, title, "", "", *body, form=PaperForm.RECORD)


COMPLAINTS = (
    _record(
        "complaint_register", "投诉登记表",
        "> 编号：{{ 案号 }}", "> 登记日期：{{ 登记日期 }}", "> 被投诉人：{{ 当事人 }}",
        "> 承办人：{{ 承办人 }}",
        "# 一、投诉事项", ALLEGED, "# 二、登记内容", FACTS,
    ),
    _paper(
        "complaint_accepted", "投诉受理通知书", COMPLAINANT, "受",
        "您反映{{ 当事人 }}的投诉（{{ 案号 }}）收悉。经审查，符合受理条件，{{ 发文机关 }}于{{ 办理日期 }}"
        "决定受理。",
        "您反映的事项：", ALLEGED,
        "{% for 项 in 期限 %}{{ 项.名称 }}于{{ 项.到期日 }}届满。\n{% endfor %}"
        "办理中如需您补充材料或者协助调查，我局将另行通知。",
        GROUND, "特此通知。",
    ),
    _paper(
        "supplement", "补正通知书", ASKER, "补",
        "您提交的“{{ 事项 }}”（{{ 案号 }}）材料不全或者不符合要求，请补正下列内容：", FACTS,
        "请在收到本通知之日起{{ 补正期限 }}内一次补正；补正期间不计入办理期限。"
        "无正当理由逾期不补正的，视为撤回。",
        GROUND, "特此通知。",
    ),
    _paper(
        "complaint_transfer", "移送函", "", "移",
        "我局于{{ 登记日期 }}收到反映{{ 当事人 }}的投诉（{{ 案号 }}）。经审查，该事项不属于我局管辖，现移"
        "送你单位依法处理。",
        "反映的事项：", ALLEGED, GROUND, "特此函达。",
        form=PaperForm.LETTER, to_field="transferred_to",
    ),
    _paper(
        "complaint_transfer_notice", "移送告知书", COMPLAINANT, "告",
        "您反映{{ 当事人 }}的投诉（{{ 案号 }}）收悉。经审查，该事项不属于我局管辖，已于{{ 办理日期 }}移送"
        "有关机关处理：",
        FACTS, GROUND, "特此告知。",
    ),
    _paper(
        "complaint_defence", "答辩通知书", RESPONDENT, "答",
        "我局于{{ 登记日期 }}收到对你（单位）的投诉（{{ 案号 }}），已决定受理。", "投诉事项：", ALLEGED,
        "请在收到本通知之日起规定期限内提交书面答辩和有关档案、证据材料，并配合调查。", GROUND, "特此通知。",
    ),
    _paper(
        "complaint_investigation", "调查通知书", RESPONDENT, "调",
        "因办理{{ 案号 }}的需要，我局决定自{{ 办理日期 }}起对有关情况进行调查。", FACTS,
        "调查人员不少于两人并出示证件。请予配合，如实提供情况和材料；认为调查人员应当回避的，可以提出。",
        GROUND, "特此通知。",
    ),
    _record("investigation_plan", "调查提纲", "> 编号：{{ 案号 }}", "> 当事人：{{ 当事人 }}", ALLEGED, FACTS),
    _paper(
        "complaint_decision", "投诉处理决定书", COMPLAINANT, "决",
        "您反映{{ 当事人 }}的投诉（{{ 案号 }}），我局于{{ 登记日期 }}登记，经调查，现作如下认定和处理。",
        "# 一、对投诉事项的认定", FOUND, "# 二、处理决定", FACTS, GROUND, REMEDY,
    ),
    _paper(
        "complaint_result", "投诉处理结果告知书", COMPLAINANT, "告",
        "您反映{{ 当事人 }}的投诉（{{ 案号 }}）已经办结，现将处理结果告知如下。", FOUND, FACTS, GROUND,
        REMEDY,
    ),
    _paper(
        "complaint_result_respondent", "被投诉人处理结果告知书", RESPONDENT, "告",
        "对你（单位）的投诉（{{ 案号 }}）已经作出处理决定，现将认定和处理结果告知如下。",
        "# 一、对投诉事项的认定", FOUND, "# 二、处理结果", FACTS, GROUND, REMEDY,
    ),
)  # fmt: skip

DURING = (
    _paper(
        "suspension", "中止办理通知书", ASKER, "中",
        "“{{ 事项 }}”（{{ 案号 }}）因下列情形，自{{ 办理日期 }}起中止办理，中止期间不计入办理期限：", FACTS,
        "中止的原因消除后恢复办理。", GROUND, "特此通知。",
    ),
    _paper(
        "extension", "延长办理期限告知书", ASKER, "延",
        "“{{ 事项 }}”（{{ 案号 }}）因下列原因不能在期限内办结，经批准延长办理期限：", FACTS,
        "{% for 项 in 期限 %}{{ 项.名称 }}延长后于{{ 项.到期日 }}届满。\n{% endfor %}", GROUND, "特此告知。",
    ),
    _paper(
        "extension_short", "延长期限告知书", ASKER, "延",
        "“{{ 事项 }}”（{{ 案号 }}）因下列原因不能在期限内作出决定，经负责人批准延长期限：", FACTS,
        "{% for 项 in 期限 %}{{ 项.名称 }}延长后于{{ 项.到期日 }}届满。\n{% endfor %}", GROUND, "特此告知。",
    ),
    _paper(
        "termination", "终止办理通知书", ASKER, "终",
        "“{{ 事项 }}”（{{ 案号 }}）因下列情形，于{{ 办理日期 }}终止办理：", FACTS, GROUND, "特此通知。",
    ),
    _paper(
        "refusal", "不予受理通知书", ASKER, "不受",
        "“{{ 事项 }}”（{{ 案号 }}）经审查，有下列情形，决定不予受理：", FACTS, GROUND, REMEDY,
    ),
    _record(
        "service_receipt", "送达回证", "> 案号：{{ 案号 }}", "> 受送达人：{{ 当事人 }}",
        "> 送达文书名称、文号：", "> 送达方式：", "> 送达地点：", "> 受送达人签名或者盖章、收到日期：",
        "> 代收人签名及与受送达人的关系：", "> 送达人（两人）签名：", "> 备注：",
    ),
)  # fmt: skip

LICENSING = (
    _paper(
        "licence_accepted", "受理通知书", RESPONDENT, "许受",
        "你（单位）提出的“{{ 事项 }}”申请（{{ 案号 }}），材料齐全、符合法定形式，{{ 发文机关 }}于"
        "{{ 办理日期 }}决定受理。",
        "{% for 项 in 期限 %}{{ 项.名称 }}于{{ 项.到期日 }}届满。\n{% endfor %}", GROUND, "特此通知。",
    ),
    _paper(
        "licence_granted", "准予行政许可决定书", RESPONDENT, "许准",
        "你（单位）提出的“{{ 事项 }}”申请（{{ 案号 }}），经审查符合法定条件，决定准予许可。", FACTS, GROUND,
    ),
    _paper(
        "licence_denied", "不予行政许可决定书", RESPONDENT, "许不",
        "你（单位）提出的“{{ 事项 }}”申请（{{ 案号 }}），经审查不符合法定条件、标准，决定不予许可。", FACTS,
        GROUND, REMEDY,
    ),
    _paper(
        "licence_report", "报送函", "", "报",
        "现将“{{ 事项 }}”（{{ 案号 }}，申请人{{ 当事人 }}）的审查意见和全部申请材料报送你单位，请依法决定。",
        FACTS,
        GROUND, "特此函达。", form=PaperForm.LETTER,
    ),
)  # fmt: skip

PENALTIES = (
    _record(
        "penalty_filing", "行政处罚立案审批表", "> 案号：{{ 案号 }}", "> 当事人：{{ 当事人 }}",
        "> 案由：{{ 事项 }}",
        "> 立案日期：{{ 登记日期 }}", FACTS, GROUND, "> 承办人意见：", "> 承办机构负责人意见：",
        "> 机关负责人意见：",
    ),
    _paper(
        "penalty_notice", "行政处罚事先告知书", RESPONDENT, "",
        "你（单位）涉嫌“{{ 事项 }}”一案（{{ 案号 }}），已经调查终结。现将拟作出行政处罚的内容及事实、理由"
        "、依据告知如下：",
        FACTS, GROUND,
        "你（单位）有陈述和申辩的权利；符合听证条件的，可以自收到本告知书之日起{{ 听证申请期限 }}内要求听"
        "证。逾期视为放弃。",
        number_field="notice_no",
    ),
    _paper(
        "penalty_hearing", "听证通知书", RESPONDENT, "听",
        "“{{ 事项 }}”一案（{{ 案号 }}），应你（单位）的要求举行听证。", FACTS,
        "你（单位）可以亲自参加，也可以委托一至二人代理；认为主持人有利害关系的，有权申请回避。无正当理由"
        "不出席的，视为放弃听证。",
        GROUND, "特此通知。",
    ),
    _paper(
        "penalty_decision", "行政处罚决定书", RESPONDENT, "",
        "> 当事人：{{ 当事人 }}", "> 案号：{{ 案号 }}", "# 一、违法事实和证据", "{{ 事项 }}",
        "# 二、处罚的种类和依据", FACTS,
        GROUND, "# 三、履行和救济",
        "{% if 缴款期限 %}罚款应当自收到本决定书之日起{{ 缴款期限 }}内缴至指定的银行；到期不缴纳的，依法加处"
        "罚款。\n{% endif %}",
        REMEDY, "复议或者诉讼期间，本决定不停止执行，法律另有规定的除外。",
        number_field="decision_no",
    ),
    _paper(
        "penalty_handed_on", "行政处罚决定书送达通知书", RESPONDENT, "送",
        "你（单位）“{{ 事项 }}”一案（{{ 案号 }}），经省司法厅决定给予行政处罚。"
        "现将行政处罚决定书送达你（单位）：",
        FACTS, GROUND, "附：行政处罚决定书。",
    ),
    _paper(
        "penalty_none", "不予行政处罚决定书", RESPONDENT, "不罚",
        "你（单位）“{{ 事项 }}”一案（{{ 案号 }}），经调查，决定不予行政处罚。", FACTS, GROUND, REMEDY,
    ),
    _paper(
        "rectification", "责令改正通知书", RESPONDENT, "改",
        "经查，你（单位）存在下列问题（{{ 案号 }}），现责令限期改正：", UPHELD, FACTS, GROUND,
        "请在期限届满前书面报告改正情况。逾期不改正的，依法处理。", REMEDY,
    ),
)  # fmt: skip

TEMPLATES = (*COMPLAINTS, *DURING, *LICENSING, *PENALTIES, *ADDRESSED)
