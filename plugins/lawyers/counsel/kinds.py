"""村（居）法律顾问协议 and 党政机关法律顾问 as rosters: one record for each agreement and term."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy.orm import InstrumentedAttribute

from plugins.lawyers.counsel.rules import counsel_told, end_told, signing_firm, term_in_order
from plugins.lawyers.counsel.tables import OrganCounsel, VillageCounsel
from suite.api import (
    DISTRICT_FIELD,
    Field,
    RecordKind,
    SavedViewSpec,
    Subject,
    SubjectRole,
    category_field,
    name_field,
    not_negative,
    past_date,
    past_date_field,
    remarks_field,
    status_date_field,
    status_field,
    table_of,
)

WHOM = "服务对象"
COUNSEL = "顾问"
TERM = "协议"
END = "解除"

#: Bodies that may sign for a counsel; lawyers stand in one of them.
FIRMS = ("lawyers.law_firm", "lawyers.branch_office")


def _counsel_fields(table: type[VillageCounsel] | type[OrganCounsel]) -> tuple[Field, ...]:
    return (
        Field(
            table.firm_id,
            title="律师事务所",
            section=COUNSEL,
            headings=(
                "律所", "所在律所", "所属律所", "执业机构", "顾问单位", "签约律所", "律师事务所名称",
                "派驻律所",
            ),
            links=FIRMS,
            listed=True,
            width=20,
        ),
        Field(
            table.counsel_id,
            title="顾问律师",
            section=COUNSEL,
            headings=(
                "法律顾问", "顾问", "律师", "律师姓名", "法律顾问姓名", "顾问姓名", "驻村律师",
                "村居法律顾问", "顾问律师执业证号",
            ),
            links=("lawyers.lawyer",),
            within="firm_id",
            listed=True,
            help="同名的律师以律师事务所区分，也可以填执业证号。",
            width=10,
        ),
        Field(
            table.counsel_name,
            title="顾问姓名（非名册律师）",
            section=COUNSEL,
            headings=("基层法律服务工作者", "基层法律服务工作者姓名", "其他顾问姓名"),
            help="基层法律服务工作者、专家学者等不在律师名册的填在这里。",
            cleaner="name",
        ),
    )  # fmt: skip


def _term_fields(
    table: type[VillageCounsel] | type[OrganCounsel], fee: str, *words: str
) -> tuple[Field, ...]:
    return (
        past_date_field(
            table.signed_on, "签订日期", ("签约日期", "签订时间", "签约时间", "协议签订日期"), section=TERM
        ),
        replace(
            _date(
                table.starts_on, "起始日期", ("开始日期", "协议起始日", "服务起始日期", "聘期起", "聘任日期")
            ),
            until="valid_until",
            span=("协议期限", "合同期限", "服务期限", "聘期", "服务期"),
        ),
        _date(
            table.valid_until,
            "到期日期",
            ("截止日期", "协议到期日", "服务截止日期", "聘期止", "合同到期日", "期满日期"),
        ),
        Field(table.fee, title=fee, section=TERM, headings=words, unit="元／年", checks=(not_negative,)),
    )


def _date(column: InstrumentedAttribute[Any], title: str, headings: tuple[str, ...]) -> Field:
    return Field(
        column, title=title, section=TERM, headings=headings, required=True, listed=True,
        width=11,
    )  # fmt: skip


def _end_fields(table: type[VillageCounsel] | type[OrganCounsel]) -> tuple[Field, ...]:
    return (
        status_field("lawyers.agreement_status", ("状态", "履行状态", "签约状态"), title="协议状态", width=8),
        Field(
            # 终止日期 may be the end of the term too: who maps it says which.
            table.ended_on, title="解除日期", section=END, headings=("解约日期", "解聘日期"),
            checks=(past_date,),
        ),
        Field(
            table.end_reason, title="解除原因", section=END, headings=("终止原因", "解聘原因"),
            codes="lawyers.agreement_end",
        ),
        status_date_field(table.status_on),
        remarks_field(table.remarks),
    )  # fmt: skip


VILLAGE_COUNSEL = RecordKind(
    key="lawyers.village_counsel",
    title="村（居）法律顾问协议",
    role=SubjectRole.GROUP,
    details=table_of(VillageCounsel),
    status="lawyers.agreement_status",
    begins="starts_on",
    named_after="body_id",
    unit="份",
    order=60,
    match=("main_no", ("body_id", "starts_on")),
    headline=("body_id", "district_code", "counsel_id", "firm_id", "starts_on", "valid_until", "chat_group"),
    checks=(term_in_order, counsel_told, end_told),
    views=(
        SavedViewSpec(title="已签订", filters={"status": ("active",)}),
        SavedViewSpec(title="拟签订", filters={"status": ("drafted",)}),
        SavedViewSpec(title="已解除", filters={"status": ("terminated",)}),
    ),
    fields=(
        name_field("村（居）名称", ("村居全称",), section=WHOM, width=21),
        Field(
            Subject.body_id,
            title="村（社区）",
            section=WHOM,
            headings=(
                "村(社区)", "村居", "村（居）", "所在村", "行政村", "村", "社区", "村（居）委会", "村居名称",
                "村名", "村（社区）名称", "村委会", "居委会", "服务村居", "服务村（社区）",
            ),
            links=("core.village",),
            link_role="village",
            required=True,
            filtered=True,
            help="同名的村以区县和乡镇（街道）区分，也可以填 12 位区划代码。",
            width=24,
        ),
        replace(DISTRICT_FIELD, section=WHOM),
        category_field(
            "顾问类别", "lawyers.village_counsel_kind", ("类别", "人员类别", "顾问身份"), section=COUNSEL
        ),
        *_counsel_fields(VillageCounsel),
        Field(
            Subject.main_no, title="协议编号", section=TERM, headings=("合同编号", "编号", "协议号"),
            help="没有编号的不填，按村（社区）和起始日期识别。", width=16,
        ),
        *_term_fields(VillageCounsel, "补贴", "年补贴", "补贴（元/年）", "顾问费", "补贴标准"),
        Field(
            VillageCounsel.chat_group, title="微信群", section=TERM,
            headings=("便民微信群", "微信群名称", "法律服务微信群", "群名称"), width=16,
        ),
        Field(
            VillageCounsel.chat_members, title="微信群人数", section=TERM, headings=("群人数", "群成员数"),
            checks=(not_negative,),
        ),
        *_end_fields(VillageCounsel),
    ),
)  # fmt: skip

ORGAN_COUNSEL = RecordKind(
    key="lawyers.organ_counsel",
    title="党政机关法律顾问",
    role=SubjectRole.GROUP,
    details=table_of(OrganCounsel),
    status="lawyers.agreement_status",
    begins="starts_on",
    named_after="body_id",
    unit="份",
    order=70,
    match=("main_no", ("body_id", "starts_on", "counsel_id")),
    headline=("body_id", "district_code", "category", "counsel_id", "firm_id", "starts_on", "valid_until"),
    checks=(term_in_order, counsel_told, end_told, signing_firm),
    views=(
        SavedViewSpec(title="在聘", filters={"status": ("active",)}),
        SavedViewSpec(title="外聘律师", filters={"status": ("active",), "category": ("lawyer",)}),
        SavedViewSpec(title="已解除", filters={"status": ("terminated",)}),
    ),
    fields=(
        name_field("聘用单位名称", ("单位全称",), section=WHOM, width=24),
        Field(
            Subject.body_id,
            title="聘用单位",
            section=WHOM,
            headings=("单位", "单位名称", "聘任单位", "党政机关", "机关名称", "顾问服务单位"),
            links=("lawyers.employer_unit",),
            link_role="organ",
            required=True,
            filtered=True,
            help="先在“用人单位”名册登记单位及其层级。",
            width=24,
        ),
        replace(DISTRICT_FIELD, section=WHOM),
        category_field(
            "顾问类别", "lawyers.organ_counsel_kind", ("类别", "顾问身份", "人员类别"), section=COUNSEL
        ),
        *_counsel_fields(OrganCounsel),
        Field(
            Subject.main_no, title="合同编号", section=TERM, headings=("协议编号", "编号", "合同号"),
            width=16,
        ),
        *_term_fields(OrganCounsel, "顾问费", "年顾问费", "顾问费（元/年）", "费用", "报酬"),
        Field(
            OrganCounsel.filing_no, title="备案号", section=TERM,
            headings=("备案编号", "备案文号"), listed=True, width=14,
        ),
        past_date_field(OrganCounsel.filed_on, "备案日期", ("备案时间",), section=TERM),
        *_end_fields(OrganCounsel),
    ),
)  # fmt: skip

KINDS = (VILLAGE_COUNSEL, ORGAN_COUNSEL)
