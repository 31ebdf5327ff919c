"""The fields of registrations, filings and appointments beside those that every application has."""

from __future__ import annotations

from typing import Any

from plugins.arbitration.licences.tables import CommissionFiling, CommissionRegistration, PanelDecision
from suite.api import Field, not_negative, uscc_of

MATTER, PEOPLE, ELIGIBILITY = "申请事项", "组成人员", "任职条件"


def _people(table: Any) -> tuple[Field, ...]:
    """Who governs the commission, in numbers (仲裁法第十二条)."""
    return (
        Field(table.chair_name, title="主任", section=PEOPLE),
        Field(table.vice_chairs, title="副主任人数", section=PEOPLE, checks=(not_negative,)),
        Field(table.members, title="委员人数", section=PEOPLE, checks=(not_negative,)),
        Field(
            table.expert_members,
            title="法律、经贸专家人数",
            section=PEOPLE,
            checks=(not_negative,),
            help="主任、副主任、委员中的法律、经济贸易专家。",
        ),
    )


def _term(table: Any, section: str) -> tuple[Field, Field]:
    return (
        Field(table.term_from, title="任期起", section=section),
        Field(table.term_to, title="任期止", section=section),
    )


REGISTRATION = (
    Field(CommissionRegistration.seat, title="所在地", section=MATTER, help="设立仲裁委员会的市。"),
    Field(
        CommissionRegistration.seat_fits,
        title="符合设立地的规定",
        section=MATTER,
        help="省会所在地的市，或者根据需要设立的其他设区的市（仲裁法第十条）。",
    ),
    Field(
        CommissionRegistration.papers,
        title="已提交的登记文件",
        section=MATTER,
        codes="arbitration.registration_papers",
        several=True,
    ),
    Field(CommissionRegistration.form, title="组织形式", section=MATTER, codes="arbitration.commission_form"),
    Field(CommissionRegistration.founding_document, title="组建文件", section=MATTER),
    Field(CommissionRegistration.new_address, title="住所", section=MATTER),
    Field(
        CommissionRegistration.uscc,
        title="统一社会信用代码",
        section=MATTER,
        checks=(uscc_of("arbitration_commission"),),
    ),
    *_people(CommissionRegistration),
    *_term(CommissionRegistration, PEOPLE),
    Field(CommissionRegistration.licence_no, title="登记证号", section=MATTER),
)

FILING = (
    Field(CommissionFiling.new_address, title="变更后的住所", section=MATTER),
    Field(
        CommissionFiling.stations,
        title="分支机构、工作站",
        section=MATTER,
        help="变更后的全部分支机构，用顿号隔开。",
    ),
    *_people(CommissionFiling),
    Field(
        CommissionFiling.replaced,
        title="更换的组成人员",
        section=PEOPLE,
        checks=(not_negative,),
        help="换届时更换的人数。",
    ),
    Field(CommissionFiling.term_number, title="届次", section=PEOPLE, checks=(not_negative,)),
    *_term(CommissionFiling, PEOPLE),
)

PANEL = (
    Field(
        PanelDecision.applicant_name,
        title="仲裁员姓名",
        section=MATTER,
        help="名册中还没有的填写；已有的从名册选取。",
    ),
    Field(PanelDecision.district_code, title="所在区县", section=MATTER, help="名册中还没有的填写。"),
    Field(PanelDecision.decision_no, title="仲裁委员会决定文号", section=MATTER),
    Field(PanelDecision.licence_no, title="聘书编号", section=MATTER),
    Field(PanelDecision.eligibility, title="任职条件", section=ELIGIBILITY, codes="arbitration.eligibility"),
    Field(PanelDecision.eligibility_years, title="从业年限", section=ELIGIBILITY, checks=(not_negative,)),
    Field(PanelDecision.job_title, title="职称等级", section=ELIGIBILITY, codes="arbitration.job_title"),
    Field(PanelDecision.evidence, title="条件证明材料", section=ELIGIBILITY),
    Field(
        PanelDecision.serving_post, title="现任公职", section=ELIGIBILITY, codes="arbitration.serving_post"
    ),
    Field(PanelDecision.unit_approval, title="单位批准文号", section=ELIGIBILITY),
    Field(PanelDecision.panel_edition, title="名册版次", section=MATTER),
    *_term(PanelDecision, MATTER),
    Field(PanelDecision.end_reason, title="终止聘任原因", section=MATTER, codes="arbitration.end_reason"),
)
