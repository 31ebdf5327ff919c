"""Headings met in workbooks, and the fields that two kinds have in common."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy.orm import InstrumentedAttribute

from plugins.lawyers.rules.values import (
    area_code,
    email,
    firm_licence_no,
    firm_uscc,
    other_practice_no,
    qualification_no,
)
from plugins.lawyers.tables import BranchOffice, LawFirm, Lawyer, TraineeLawyer
from suite.api import (
    IDENTITY_FIELDS,
    PERSON_FIELDS,
    USCC_HEADINGS,
    Field,
    Subject,
    name_field,
    not_negative,
    past_date,
    uscc_of,
)

#: What fixes a licensed fact; a form shows it as text and names this act.
BY_CHANGE = "变更登记"

IDENTITY = "身份信息"
PRACTICE = "执业信息"
QUALIFICATION = "法律职业资格"
CONTACT = "联系方式"
LICENCE = "执业许可"
PREMISES = "住所与联系"
PARTY = "党的建设"
OPERATION = "资产与保障"
STATE = "状态"

BODY_NAMES = (
    "执业律所", "所在律所", "所属律所", "律所", "律所名称", "律师事务所", "律师事务所名称", "所在律师事务所",
    "所属律师事务所", "执业单位", "执业机构名称", "所在执业机构", "所在机构", "机构名称", "工作单位",
    "所在单位", "单位名称", "单位",
)  # fmt: skip


def person_fields() -> tuple[Field, ...]:
    """姓名 and what else says who a person is; what the licence says about the person is fixed by it."""
    sex, born, ethnicity, politics, education = PERSON_FIELDS
    id_type, id_number, _ = IDENTITY_FIELDS
    name = name_field(
        "姓名",
        ("律师姓名", "人员姓名", "实习人员姓名", "名字", "律师"),
        section=IDENTITY,
        fixed=BY_CHANGE,
        width=14,
    )
    licensed = (replace(field, fixed=BY_CHANGE, listed=False) for field in (sex, id_number, id_type, born))
    return (name, *licensed, ethnicity, politics, education)


PHONE_FIELD = IDENTITY_FIELDS[2]


def status_date_field(column: InstrumentedAttribute[Any]) -> Field:
    """Since when the state holds."""
    return Field(
        column,
        title="状态日期",
        section=STATE,
        headings=("状态变更日期", "状态时间"),
        checks=(past_date,),
    )


def email_field(column: InstrumentedAttribute[Any]) -> Field:
    """The mailbox of a lawyer or trainee."""
    return Field(
        column,
        title="电子邮箱",
        section=CONTACT,
        headings=("邮箱", "电子邮件", "E-mail", "Email", "邮箱地址"),
        checks=(email,),
        width=20,
    )


def qualification_fields(table: type[Lawyer] | type[TraineeLawyer]) -> tuple[Field, ...]:
    """The legal professional qualification."""
    return (
        Field(
            table.qualification_no,
            title="资格证号",
            section=QUALIFICATION,
            headings=(
                "法律职业资格证号", "法律职业资格证书号", "法律职业资格证书编号", "资格证书号",
                "资格证书编号",
                "资格证编号", "律师资格证号", "资格证",
            ),
            checks=(qualification_no,),
            width=18,
            cleaner="identifier",
        ),
        Field(
            table.qualification_type,
            title="资格证类别",
            section=QUALIFICATION,
            headings=("资格类别", "资格证类型", "资格证书类型", "法律职业资格类别"),
            codes="lawyers.qualification_type",
        ),
        Field(
            table.qualified_on,
            title="取得资格日期",
            section=QUALIFICATION,
            headings=("资格证日期", "资格取得日期", "取得资格时间", "资格证发证日期"),
            checks=(past_date,),
        ),
    )  # fmt: skip


def body_number_fields(table: type[LawFirm] | type[BranchOffice]) -> tuple[Field, ...]:
    """Credit code and licence of a firm or branch."""
    return (
        Field(
            Subject.main_no,
            title="统一社会信用代码",
            section=LICENCE,
            headings=USCC_HEADINGS,
            listed=True,
            checks=(firm_uscc,),
            fixed=BY_CHANGE,
            width=20,
        ),
        Field(
            table.licence_no,
            title="许可证号",
            section=LICENCE,
            headings=(
                "执业许可证号",
                "执业许可证",
                "执业许可证号码",
                "许可证编号",
                "执业证号",
                "律所执业证号",
            ),
            help="现为统一社会信用代码；旧证为以 2 开头的 17 位号码。",
            checks=(firm_licence_no,),
            fixed=BY_CHANGE,
            width=20,
            cleaner="identifier",
        ),
        Field(
            table.certificate_serial_no,
            title="执业许可证流水号",
            section=LICENCE,
            headings=("流水号", "证书流水号", "许可证流水号"),
            cleaner="identifier",
        ),
        Field(
            table.approved_on,
            title="批准设立日期",
            section=LICENCE,
            headings=("批准日期", "设立日期", "成立日期", "成立时间", "批准设立时间", "设立时间", "发证日期"),
            listed=True,
            checks=(past_date,),
            fixed=BY_CHANGE,
            width=11,
        ),
        Field(
            table.approval_no,
            title="批准文号",
            section=LICENCE,
            headings=("批准设立文号", "设立批准文号", "省厅批准文号", "文号"),
            fixed=BY_CHANGE,
            width=20,
        ),
        Field(
            table.opened_on,
            title="开业日期",
            section=LICENCE,
            headings=("开业时间", "正式开业日期", "执业开始日期"),
            checks=(past_date,),
        ),
    )


def body_head_fields(table: type[LawFirm] | type[BranchOffice]) -> tuple[Field, ...]:
    """Who is in charge. By name and number, since bodies are entered before their lawyers."""
    return (
        Field(
            table.head_name,
            title="负责人",
            section=LICENCE,
            headings=("主任", "律所主任", "律所负责人", "负责人姓名", "分所负责人", "机构负责人"),
            listed=True,
            fixed=BY_CHANGE,
            width=10,
            cleaner="name",
        ),
        Field(
            table.head_practice_no,
            title="负责人执业证号",
            section=LICENCE,
            headings=("主任执业证号", "负责人律师证号", "负责人证号"),
            checks=(other_practice_no,),
            fixed=BY_CHANGE,
            width=18,
            cleaner="identifier",
        ),
    )


def body_premises_fields(table: type[LawFirm] | type[BranchOffice]) -> tuple[Field, ...]:
    """Where the body is, who supervises it and how it is reached."""
    return (
        Field(
            table.address,
            title="住所",
            section=PREMISES,
            headings=("地址", "办公地址", "律所地址", "住所地", "执业场所", "详细地址", "机构地址"),
            fixed=BY_CHANGE,
            width=30,
        ),
        Field(
            table.address_code,
            title="住所区划代码",
            section=PREMISES,
            headings=("区划代码", "地址代码", "所在村居代码"),
            help="统计用区划代码，精确到村（居）的填 12 位。",
            checks=(area_code,),
            width=14,
            cleaner="identifier",
        ),
        Field(
            table.supervised_by,
            title="主管司法行政机关",
            section=PREMISES,
            headings=("主管司法局", "主管机关", "监管司法局", "管理司法局"),
            width=16,
        ),
        Field(
            table.office_phone,
            title="联系电话",
            section=PREMISES,
            headings=("电话", "办公电话", "律所电话", "固定电话", "座机", "联系方式", "电话号码"),
            width=14,
        ),
        Field(table.website, title="网址", section=PREMISES, headings=("网站", "官网", "机构网址")),
    )


def body_party_fields(table: type[LawFirm] | type[BranchOffice]) -> tuple[Field, ...]:
    """Party building (律师事务所管理办法第四条)."""
    return (
        Field(
            table.party_form,
            title="党组织形式",
            section=PARTY,
            headings=("党组织建立形式", "党组织情况", "党组织类型", "党建形式", "党组织"),
            codes="lawyers.party_form",
        ),
        Field(
            table.party_secretary,
            title="党组织书记",
            section=PARTY,
            headings=("支部书记", "党支部书记", "书记", "书记姓名"),
            cleaner="name",
        ),
    )


def body_means_fields(table: type[LawFirm] | type[BranchOffice]) -> tuple[Field, ...]:
    """Assets and the staff who are not lawyers; lawyers are counted from their own records."""
    return (
        Field(
            table.assets,
            title="设立资产",
            section=OPERATION,
            headings=(
                "设立资产（元）",
                "设立资产(元)",
                "资产（元）",
                "资产",
                "资产数额",
                "注册资金",
                "开办资金",
            ),
            unit="元",
            checks=(not_negative,),
            width=12,
        ),
        Field(
            table.staff_count,
            title="行政人员数",
            section=OPERATION,
            headings=("行政人员", "行政辅助人员数", "行政辅助人员", "辅助人员数"),
            help="不含律师和实习人员，律师人数由律师名册算出。",
            checks=(not_negative,),
        ),
    )


def parent_code_field() -> Field:
    """The credit code of a branch's parent, wherever it is registered."""
    return Field(
        BranchOffice.parent_uscc,
        title="总所统一社会信用代码",
        section=LICENCE,
        headings=("总所信用代码",),
        checks=(uscc_of(),),
        cleaner="identifier",
        fixed=BY_CHANGE,
        width=20,
    )
