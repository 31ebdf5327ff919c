"""The fields of registrations beside those that every application has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from plugins.appraisal.licences.tables import AppraiserRegistration, ConditionsLost, InstitutionRegistration
from plugins.appraisal.rules import certificate_no, licence_no
from suite.api import CheckContext, Field, Problem, not_negative, past_date

MATTER, SCOPE, REVIEW, RESULT = "申请事项", "业务范围", "评审考核", "结果"
ValueCheck = Callable[[Any, CheckContext], Sequence[Problem]]


def _scope(table: Any) -> tuple[Field, Field]:
    """The categories and items that are applied for."""
    return (
        Field(
            table.scope,
            title="执业类别",
            section=SCOPE,
            codes="appraisal.practice_category",
            several=True,
            help="扩项的只填新增的类别。",
        ),
        Field(
            table.scope_items, title="鉴定项目", section=SCOPE, codes="appraisal.practice_item", several=True
        ),
    )


def _checked(table: Any, check: ValueCheck) -> tuple[Field, ...]:
    """What is looked at before it goes to the province."""
    return (
        Field(
            table.not_barred,
            title="已核查无不得从事司法鉴定业务的情形",
            section=REVIEW,
            help="决定第四条；机构为负责人，鉴定人为本人。",
        ),
        Field(table.cancel_ground, title="注销情形", section=MATTER, codes="appraisal.cancel_ground"),
        Field(
            table.review_days,
            title="评审、考核所需天数",
            section=REVIEW,
            checks=(not_negative,),
            help="书面告知申请人；所需时间不计入期限。",
        ),
        Field(table.review_result, title="评审、考核结果", section=REVIEW, codes="appraisal.review_result"),
        Field(table.expert_opinion, title="评审、考核意见", section=REVIEW),
        Field(table.licence_no, title="许可证、执业证号", section=RESULT, checks=(check,)),
    )


INSTITUTION = (
    Field(InstitutionRegistration.new_name, title="变更后的名称", section=MATTER),
    Field(InstitutionRegistration.new_address, title="住所", section=MATTER, help="设立或者变更后的地址。"),
    Field(
        InstitutionRegistration.parent_type, title="母体类型", section=MATTER, codes="appraisal.parent_type"
    ),
    Field(InstitutionRegistration.parent_body, title="母体单位", section=MATTER),
    Field(InstitutionRegistration.legal_representative, title="法定代表人", section=MATTER),
    Field(InstitutionRegistration.head_name, title="负责人", section=MATTER),
    Field(
        InstitutionRegistration.funds,
        title="资金数额",
        section=MATTER,
        checks=(not_negative,),
        unit="元",
    ),
    Field(
        InstitutionRegistration.out_of_province,
        title="总部在外省",
        section=MATTER,
        help="跨省设立分支机构的，须两省同意。",
    ),
    Field(InstitutionRegistration.other_province_no, title="总部所在省同意文号", section=MATTER),
    *_scope(InstitutionRegistration),
    Field(
        InstitutionRegistration.appraisers_per_item,
        title="每项业务鉴定人（最少）",
        section=SCOPE,
        checks=(not_negative,),
        help="各项业务中鉴定人最少的一项的人数。",
    ),
    Field(InstitutionRegistration.cma_no, title="资质认定证书编号", section=SCOPE),
    *_checked(InstitutionRegistration, licence_no),
)

APPRAISER = (
    Field(AppraiserRegistration.employment, title="执业类型", section=MATTER, codes="appraisal.employment"),
    Field(AppraiserRegistration.main_unit, title="主要工作单位", section=MATTER, help="兼职的填写。"),
    Field(AppraiserRegistration.unit_consent, title="所在单位同意文号", section=MATTER, help="兼职的填写。"),
    Field(AppraiserRegistration.eligibility, title="任职条件", section=MATTER, codes="appraisal.eligibility"),
    Field(AppraiserRegistration.job_title, title="职称等级", section=MATTER, codes="appraisal.job_title"),
    Field(AppraiserRegistration.field_years, title="相关工作年限", section=MATTER, checks=(not_negative,)),
    *_scope(AppraiserRegistration),
    *_checked(AppraiserRegistration, certificate_no),
    Field(AppraiserRegistration.exam_on, title="考试日期", section=REVIEW, checks=(past_date,)),
    Field(AppraiserRegistration.exam_score, title="考试成绩", section=REVIEW, checks=(not_negative,)),
)

CONDITIONS = (
    Field(
        ConditionsLost.ground, title="缺失情形", section=MATTER, codes="appraisal.lost_ground", listed=True
    ),
    Field(
        ConditionsLost.lost_on,
        title="条件缺失之日",
        section=MATTER,
        checks=(past_date,),
        help="补足、转入的期限自此起算。",
    ),
    Field(ConditionsLost.lacking, title="缺失的条件", section=MATTER),
    Field(
        ConditionsLost.frozen,
        title="暂停受理的类别",
        section=MATTER,
        codes="appraisal.practice_category",
        several=True,
    ),
    Field(ConditionsLost.order_no, title="责令整改文号", section=MATTER),
    Field(ConditionsLost.restored_how, title="补足情况", section=RESULT),
    Field(ConditionsLost.report_no, title="报送文号", section=RESULT),
    Field(ConditionsLost.decision_no, title="决定文号", section=RESULT),
    Field(ConditionsLost.decided_on, title="决定日期", section=RESULT, checks=(past_date,)),
    Field(ConditionsLost.decided_by, title="决定机关", section=RESULT, help="如：河北省司法厅。"),
)
