"""公证员助理 and the other staff of notary offices; they hold no certificate."""

from __future__ import annotations

from dataclasses import replace

from plugins.notary.kinds.shared import EMPLOYMENT, IDENTITY, OFFICE_NAMES, STATE
from plugins.notary.rules import contract_in_order, internship_long_enough, left_is_told
from plugins.notary.tables import NotaryAssistant
from suite.api import (
    DISTRICT_FIELD,
    IDENTITY_FIELDS,
    PERSON_FIELDS,
    Field,
    RecordKind,
    SavedViewSpec,
    Subject,
    SubjectRole,
    category_field,
    contract_end_field,
    identity_agrees,
    name_field,
    past_date_field,
    qualification_field,
    remarks_field,
    status_date_field,
    status_field,
    table_of,
)

NOTARY_ASSISTANT = RecordKind(
    key="notary.notary_assistant",
    title="公证员助理",
    role=SubjectRole.PRACTITIONER,
    details=table_of(NotaryAssistant),
    status="notary.staff_status",
    counted=("active", "away"),
    begins="entered_on",
    order=30,
    match=("main_no", "id_number"),
    headline=("body_id", "category", "engagement", "entered_on", "district_code", "phone"),
    checks=(identity_agrees, left_is_told, contract_in_order, internship_long_enough),
    # Who is appointed a notary is an assistant no longer: the record ends as 已任公证员.
    clashes_with=("notary.notary",),
    views=(
        SavedViewSpec(title="在岗人员", filters={"status": ("active", "away")}),
        SavedViewSpec(
            title="在岗公证员助理", filters={"status": ("active", "away"), "category": ("assistant",)}
        ),
        SavedViewSpec(title="实习人员", filters={"status": ("active",), "category": ("intern",)}),
        SavedViewSpec(title="行政与其他人员", filters={"category": ("administrative", "archivist", "other")}),
    ),
    fields=(
        name_field("姓名", ("助理姓名", "人员姓名", "公证员助理姓名"), section=IDENTITY, width=14),
        *PERSON_FIELDS,
        *IDENTITY_FIELDS,
        Field(
            Subject.main_no,
            title="人员编号",
            section=EMPLOYMENT,
            headings=("工号", "助理编号", "公证员助理编号", "工作证号"),
            help="机构内的编号，没有的不填。",
            width=14,
        ),
        Field(
            Subject.body_id,
            title="所在公证机构",
            section=EMPLOYMENT,
            headings=("执业机构", *(text for text in OFFICE_NAMES if text != "所在公证机构")),
            links=("notary.notary_office",),
            link_role="staff",
            since="entered_on",
            required=True,
            listed=True,
            filtered=True,
            width=26,
        ),
        replace(DISTRICT_FIELD, section=EMPLOYMENT),
        category_field(
            "人员类别", "notary.staff_kind", ("岗位类别", "人员类型", "岗位", "类别"), section=EMPLOYMENT
        ),
        Field(
            NotaryAssistant.engagement,
            title="用工形式",
            section=EMPLOYMENT,
            headings=("聘用形式", "编制性质", "人员性质"),
            codes="core.engagement",
            dated=True,
            listed=True,
        ),
        Field(
            NotaryAssistant.job_title, title="职务", section=EMPLOYMENT, headings=("职务（岗位）", "现任职务")
        ),
        Field(
            NotaryAssistant.supervisor_name,
            title="指导公证员",
            section=EMPLOYMENT,
            headings=("带教公证员", "指导老师", "所助公证员"),
            cleaner="name",
            listed=True,
        ),
        qualification_field(NotaryAssistant.qualification_no, section=EMPLOYMENT),
        past_date_field(
            NotaryAssistant.entered_on,
            "入职日期",
            ("聘用日期", "到岗日期", "入职时间", "进入现机构日期"),
            section=EMPLOYMENT,
            listed=True,
        ),
        contract_end_field(NotaryAssistant.contract_to, section=EMPLOYMENT),
        past_date_field(
            NotaryAssistant.internship_from, "实习起始日期", ("实习开始日期", "实习日期"), section=EMPLOYMENT
        ),
        Field(
            NotaryAssistant.internship_to,
            title="实习期满日期",
            section=EMPLOYMENT,
            headings=("实习结束日期", "实习届满日期"),
        ),
        past_date_field(NotaryAssistant.left_on, "离职日期", ("离岗日期", "离职时间"), section=STATE),
        status_field("notary.staff_status", ("状态", "人员状态", "执业状态"), title="在岗状态"),
        status_date_field(NotaryAssistant.status_on),
        remarks_field(NotaryAssistant.remarks),
    ),
)
