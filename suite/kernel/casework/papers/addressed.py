"""The papers of which nothing is declared but to whom they go: they have the common layout.

What is not among them and is no letter and no record goes to nobody until somebody says to whom.
"""

from suite.contract.papers import DocumentTemplate, PaperForm

COMPLAINANT, RESPONDENT, PUBLIC = "complainant", "respondent", "public"
COMMON_BODY = (
    "{% if 案号 %}关于“{{ 事项 }}”一事（{{ 案号 }}），{% endif %}{{ 发文机关 }}于{{ 办理日期 }}办理"
    "“{{ 步骤 }}”，有关情况如下。",
    "{% for 条 in 内容 %}{{ 条.项 }}：{{ 条.值 }}",
    "{% endfor %}{% if 说明 %}{{ 说明 }}",
    "{% endif %}{% if 依据 %}依据：{{ 依据 }}。{% endif %}",
)
TOLD, LETTER, RECORD = PaperForm.NOTICE, PaperForm.LETTER, PaperForm.RECORD
#: How each form ends.
CLOSINGS = {TOLD: ("特此通知。",), LETTER: ("特此函达。",), RECORD: ()}


def _paper(
    key: str, title: str, to: str = "", form: PaperForm = TOLD, to_field: str = "", closing: str = ""
) -> DocumentTemplate:
    return DocumentTemplate(
        key=f"core.{key}",
        title=title,
        to=to,
        to_field=to_field,
        form=form,
        mark="" if form is RECORD else "函",
        body=(*COMMON_BODY, *((closing,) if closing else CLOSINGS[form])),
    )


ADDRESSED = (
    _paper("filing_refused", "不予立案通知书", COMPLAINANT),
    _paper("recheck_decision", "复查决定书", COMPLAINANT),
    _paper("member_filing", "立案决定书", RESPONDENT),
    _paper("member_notice", "立案通知书", RESPONDENT),
    _paper("member_hearing", "听证权利告知书", RESPONDENT),
    _paper("member_sanction", "处分决定书", RESPONDENT),
    _paper("conduct_decision", "职业道德委员会决定", RESPONDENT),
    _paper("evidence_kept", "先行登记保存证据通知书", RESPONDENT),
    _paper("inspection_notice", "检查通知书", RESPONDENT),
    _paper("inspection_recheck", "复查意见", RESPONDENT),
    _paper("quality_result", "质量检查通报", RESPONDENT),
    _paper("conditions_order", "责令限期整改通知书", RESPONDENT),
    _paper("rejoin_notice", "转入其他机构告知书", RESPONDENT),
    _paper("rights_result", "办理情况告知书", RESPONDENT),
    _paper("complaint_opinion", "处理意见", form=RECORD),
    # To the province, which no field names.
    _paper("complaint_report", "报省司法厅的请示", form=LETTER, closing="妥否，请批示。"),
    _paper("penalty_proposal", "行政处罚建议书", form=LETTER),
    _paper("cancellation_proposal", "注销建议", form=LETTER),
    _paper("crime_transfer", "涉嫌犯罪案件移送书", form=LETTER, to_field="transferred_to"),
    _paper("result_told", "处理结果通报", form=LETTER, to_field="reported_to"),
    _paper("cancellation_told", "注销公告", PUBLIC, closing="特此公告。"),
)
