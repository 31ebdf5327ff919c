"""申请律师执业人员（实习人员）."""

from __future__ import annotations

from dataclasses import replace

from plugins.lawyers.kinds.shared import (
    BODY_NAMES,
    BY_CHANGE,
    CONTACT,
    PHONE_FIELD,
    email_field,
    person_fields,
    qualification_fields,
    status_date_field,
)
from plugins.lawyers.rules.qualification import qualification_agrees, qualified_first
from plugins.lawyers.rules.trainee import internship_long_enough
from plugins.lawyers.rules.values import other_practice_no, trainee_no
from plugins.lawyers.tables import TraineeLawyer
from suite.api import (
    DISTRICT_FIELD,
    Field,
    LicenceSpec,
    RecordKind,
    SavedViewSpec,
    Subject,
    SubjectRole,
    category_field,
    identity_agrees,
    past_date,
    remarks_field,
    status_field,
    table_of,
)

INTERNSHIP = "实习信息"
ON_ROSTER = ("active", "extended", "interrupted", "completed", "qualified", "applying")

TRAINEE_LAWYER = RecordKind(
    key="lawyers.trainee_lawyer",
    title="实习人员",
    role=SubjectRole.PRACTITIONER,
    details=table_of(TraineeLawyer),
    status="lawyers.trainee_status",
    counted=ON_ROSTER,
    order=20,
    match=("main_no", "id_number"),
    licence=LicenceSpec(
        title="申请律师执业人员实习证",
        number="main_no",
        valid_from="started_on",
        valid_to="ends_on",
    ),
    headline=(
        "main_no", "body_id", "supervisor_name", "category", "started_on", "ends_on", "district_code",
        "phone",
        "qualification_no",
    ),
    checks=(identity_agrees, qualification_agrees, qualified_first, internship_long_enough),
    views=(
        SavedViewSpec(title="在册实习人员", filters={"status": ON_ROSTER}),
        SavedViewSpec(title="实习期满待考核", filters={"status": ("completed",)}),
        SavedViewSpec(title="延期与中止", filters={"status": ("extended", "interrupted")}),
    ),
    fields=(
        *person_fields(),
        Field(
            Subject.main_no,
            title="实习证号",
            section=INTERNSHIP,
            headings=("实习证", "实习证号码", "实习证编号", "实习人员证号", "实习律师证号", "证号"),
            listed=True,
            checks=(trainee_no,),
            fixed=BY_CHANGE,
            width=16,
        ),
        Field(
            Subject.body_id,
            title="实习机构",
            section=INTERNSHIP,
            headings=("执业机构", "实习律所", "实习律师事务所", "接收律师事务所", "实习单位", *BODY_NAMES),
            links=("lawyers.law_firm", "lawyers.branch_office", "lawyers.employer_unit"),
            link_role="trainee",
            since="started_on",
            listed=True,
            filtered=True,
            fixed=BY_CHANGE,
            width=24,
        ),
        replace(DISTRICT_FIELD, section=INTERNSHIP),
        category_field(
            "实习类别",
            "lawyers.trainee_category",
            ("类别", "实习类型", "申请执业类别", "拟执业类别", "人员类别"),
            section=INTERNSHIP,
        ),
        Field(
            TraineeLawyer.supervisor_name,
            title="指导律师",
            section=INTERNSHIP,
            headings=("指导律师姓名", "带教律师", "指导老师", "实习指导律师"),
            listed=True,
            width=10,
            cleaner="name",
        ),
        Field(
            TraineeLawyer.supervisor_practice_no,
            title="指导律师执业证号",
            section=INTERNSHIP,
            headings=("带教律师执业证号", "指导律师证号"),
            checks=(other_practice_no,),
            width=19,
            cleaner="identifier",
        ),
        Field(
            TraineeLawyer.started_on,
            title="实习起始日期",
            section=INTERNSHIP,
            headings=("实习开始日期", "实习开始时间", "实习起始时间", "实习日期", "开始实习日期"),
            listed=True,
            fixed=BY_CHANGE,
            width=12,
        ),
        Field(
            TraineeLawyer.ends_on,
            title="实习期满日期",
            section=INTERNSHIP,
            headings=("实习结束日期", "实习结束时间", "实习截止日期", "实习届满日期", "期满日期"),
            listed=True,
            fixed=BY_CHANGE,
            width=12,
        ),
        Field(
            TraineeLawyer.extended_until,
            title="延期至",
            section=INTERNSHIP,
            headings=("延期实习至", "延长至", "延期截止日期"),
        ),
        Field(
            TraineeLawyer.training_finished_on,
            title="集中培训结业日期",
            section=INTERNSHIP,
            headings=("集中培训日期", "集训结业日期", "培训结业日期", "集中培训时间"),
            checks=(past_date,),
        ),
        Field(
            TraineeLawyer.training_result,
            title="集中培训结果",
            section=INTERNSHIP,
            headings=("集中培训考核结果", "集训结果", "培训结果"),
            codes="lawyers.trainee_result",
        ),
        Field(
            TraineeLawyer.interviewed_on,
            title="面试考核日期",
            section=INTERNSHIP,
            headings=("面试日期", "面试时间", "考核日期"),
            checks=(past_date,),
        ),
        Field(
            TraineeLawyer.interview_result,
            title="面试考核结果",
            section=INTERNSHIP,
            headings=("面试结果", "考核结果", "实习考核结果"),
            codes="lawyers.trainee_result",
        ),
        *qualification_fields(TraineeLawyer),
        status_field(
            "lawyers.trainee_status",
            ("状态", "人员状态", "目前状态"),
            title="实习状态",
            fixed=BY_CHANGE,
            width=12,
        ),
        status_date_field(TraineeLawyer.status_on),
        PHONE_FIELD,
        email_field(TraineeLawyer.email),
        remarks_field(TraineeLawyer.remarks, section=CONTACT),
    ),
)  # fmt: skip
