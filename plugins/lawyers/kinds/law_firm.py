"""律师事务所."""

from __future__ import annotations

from dataclasses import replace

from plugins.lawyers.kinds.shared import (
    BY_CHANGE,
    LICENCE,
    OPERATION,
    PREMISES,
    body_head_fields,
    body_means_fields,
    body_number_fields,
    body_party_fields,
    body_premises_fields,
    status_date_field,
)
from plugins.lawyers.rules.bodies import (
    address_in_district,
    assets_fit_form,
    numbers_agree,
    opened_after_approval,
    party_branch,
)
from plugins.lawyers.rules.holds import FIRM_HOLDS
from plugins.lawyers.tables import LawFirm
from suite.api import (
    DISTRICT_FIELD,
    Field,
    LicenceSpec,
    RecordKind,
    SavedViewSpec,
    SubjectRole,
    category_field,
    name_field,
    not_negative,
    past_date,
    remarks_field,
    status_field,
    table_of,
)

ON_ROSTER = ("active", "licensed_preparing", "rectifying", "suspended", "terminating")

LAW_FIRM = RecordKind(
    key="lawyers.law_firm",
    title="律师事务所",
    role=SubjectRole.ORGANISATION,
    details=table_of(LawFirm),
    status="lawyers.firm_status",
    counted=ON_ROSTER,
    holds=FIRM_HOLDS,
    unit="家",
    order=30,
    match=("main_no", "name"),
    licence=LicenceSpec(
        title="律师事务所执业许可证",
        number="main_no",
        serial="certificate_serial_no",
        valid_from="approved_on",
    ),
    headline=(
        "main_no", "category", "head_name", "district_code", "approved_on", "address", "supervised_by",
        "office_phone", "party_form",
    ),
    checks=(assets_fit_form, opened_after_approval, numbers_agree, party_branch, address_in_district),
    views=(
        SavedViewSpec(title="在册律师事务所", filters={"status": ON_ROSTER}),
        SavedViewSpec(
            title="合伙所",
            filters={"status": ON_ROSTER, "category": ("general_partnership", "special_general_partnership")},
        ),
        SavedViewSpec(title="个人所", filters={"status": ON_ROSTER, "category": ("sole",)}),
        SavedViewSpec(title="整改与停业整顿", filters={"status": ("rectifying", "suspended")}),
        SavedViewSpec(title="终止清算", filters={"status": ("terminating",)}),
    ),
    fields=(
        name_field("机构名称", (
                "律师事务所名称", "律师事务所", "律所名称", "律所", "事务所名称", "单位名称", "名称",
                "执业机构",
            ), section=LICENCE, fixed=BY_CHANGE, width=24),
        Field(
            LawFirm.former_names,
            title="曾用名称",
            section=LICENCE,
            headings=("曾用名", "原名称", "曾用机构名称"),
            help="多个名称用顿号隔开。",
        ),
        *body_number_fields(LawFirm),
        category_field(
            "组织形式",
            "lawyers.firm_form",
            ("律所类型", "律所形式", "律所性质", "机构性质", "机构类型", "设立形式", "类别"),
            section=LICENCE,
            fixed=BY_CHANGE,
            width=12,
        ),
        *body_head_fields(LawFirm),
        replace(DISTRICT_FIELD, section=PREMISES),
        *body_premises_fields(LawFirm),
        *body_party_fields(LawFirm),
        *body_means_fields(LawFirm),
        Field(LawFirm.bank_name, title="开户银行", section=OPERATION, headings=("开户行", "基本户开户行")),
        Field(
            LawFirm.bank_filed_on,
            title="银行账户备案日期",
            section=OPERATION,
            headings=("账户备案日期", "财务账户备案日期"),
            checks=(past_date,),
        ),
        Field(
            LawFirm.seal_filed_on,
            title="印章备案日期",
            section=OPERATION,
            headings=("公章备案日期", "印章备案时间"),
            checks=(past_date,),
        ),
        Field(
            LawFirm.liability_insurer,
            title="执业责任保险承保公司",
            section=OPERATION,
            headings=("执业责任险", "执业保险公司", "承保公司"),
        ),
        Field(
            LawFirm.liability_cover,
            title="执业责任保险限额",
            section=OPERATION,
            headings=("保险限额", "保险金额", "保额"),
            unit="元",
            checks=(not_negative,),
        ),
        Field(
            LawFirm.liability_until,
            title="执业责任保险到期日",
            section=OPERATION,
            headings=("保险到期日", "保险到期日期", "保险期限"),
        ),
        Field(
            LawFirm.risk_fund,
            title="执业风险基金",
            section=OPERATION,
            headings=("风险基金",),
            unit="元",
            checks=(not_negative,),
        ),
        Field(
            LawFirm.development_fund,
            title="事业发展基金",
            section=OPERATION,
            headings=("发展基金",),
            unit="元",
            checks=(not_negative,),
        ),
        Field(
            LawFirm.social_security_fund,
            title="社会保障基金",
            section=OPERATION,
            headings=("社会保障金", "社保基金"),
            unit="元",
            checks=(not_negative,),
        ),
        Field(
            LawFirm.foreign_title,
            title="涉外法律服务示范机构",
            section=OPERATION,
            headings=("涉外示范机构", "涉外示范机构级别", "示范机构级别"),
            codes="lawyers.foreign_title",
            dated=True,
        ),
        Field(
            LawFirm.foreign_title_on,
            title="示范机构命名日期",
            section=OPERATION,
            headings=("示范机构命名时间",),
            checks=(past_date,),
        ),
        Field(
            LawFirm.is_world_class,
            title="国际一流律师事务所",
            section=OPERATION,
            headings=("是否国际一流律师事务所", "国际一流"),
            help="经评估认定的填“是”。",
            dated=True,
        ),
        Field(
            LawFirm.stopped_on,
            title="停办业务日期",
            section=OPERATION,
            headings=("停办业务之日", "停办日期"),
            checks=(past_date,),
            help="恢复办理业务的清空；连续停办满一年的应当终止（律师事务所管理办法第三十一条）。",
        ),
        status_field(
            "lawyers.firm_status", ("状态", "律所状态", "机构状态", "目前状态"), fixed=BY_CHANGE, width=12
        ),
        status_date_field(LawFirm.status_on),
        remarks_field(LawFirm.remarks),
    ),
)  # fmt: skip
