"""律师执业许可 and 证书补换 as kinds of case."""

from __future__ import annotations

from plugins.lawyers.licences.firm_effects import keys
from plugins.lawyers.licences.firm_facts import BRANCH, FIRM
from plugins.lawyers.licences.lawyer_effects import DENIED, GRANTED, REPLACED
from plugins.lawyers.licences.lawyer_guards import BARS, LAWYER, TRAINEE
from plugins.lawyers.licences.tables import CertificateApplication, LawyerApplication
from plugins.lawyers.rules.holds import PRACTICE_RULES
from plugins.lawyers.rules.values import practice_no, qualification_no
from suite.api import (
    HEARING,
    CaseKind,
    Field,
    Licensing,
    Newcomer,
    NumberSeries,
    PartyOf,
    PartyRole,
    application_fields,
    not_negative,
    table_of,
)

CERTIFICATES = "律师和律师事务所执业证书管理办法"
UNIT = "lawyers.employer_unit"
APPLIED = (
    "applicant_name", "district_code", "category", "qualification_no", "legal_work_years", "former_years",
    "cancel_ground",
)  # fmt: skip

CERTIFIED = ("practice_no", "certificate_serial_no")

SERIES = (
    NumberSeries(key="lawyers.lawyer_application_no", title="律师执业许可编号", organ="石司律执许"),
    NumberSeries(key="lawyers.certificate_no", title="证书补换编号", organ="石司律证"),
)

LICENSING = Licensing(
    key="lawyers.lawyer_licensing",
    title="律师执业许可流程",
    notice="lawyers.lawyer.supplement",
    review="lawyers.lawyer.review",
    decide="lawyers.lawyer.decide",
    certify="lawyers.lawyer.cert",
    interludes=(HEARING,),
    opening=APPLIED,
    roles=("firm",),
    entering=("lawyers.lawyer.told",),
    accepting=BARS,
    checked=("bar",),
    deciding=("lawyers.lawyer.no_bar",),
    finishing=("lawyers.lawyer.result_told",),
    result=("practice_no", "certificate_serial_no"),
    effects=keys(GRANTED),
    denied=keys(DENIED),
    articles={
        "OpenApplication": f"{PRACTICE_RULES}第十三、二十条",
        "AcceptApplication": f"{PRACTICE_RULES}第十三条",
        "RequestMaterials": f"{PRACTICE_RULES}第十三条",
        "DeclineApplication": f"{PRACTICE_RULES}第十三条",
        "DeemAccepted": f"{PRACTICE_RULES}第十三条",
        "ReviewApplication": f"{PRACTICE_RULES}第十四条；律师法第六条",
        "ReportApplication": f"{PRACTICE_RULES}第十四条",
        "RecordGrant": f"{PRACTICE_RULES}第十五条",
        "RecordDenial": f"{PRACTICE_RULES}第十五条；律师法第七条",
        "IssueCertificate": f"{PRACTICE_RULES}第十五条",
    },
).lifecycle()

REPLACING = Licensing(
    key="lawyers.certificate_lifecycle",
    title="证书补换流程",
    notice="lawyers.lawyer.supplement",
    review="lawyers.lawyer.lost_review",
    decide="lawyers.lawyer.lost_decide",
    interludes=(),
    opening=("loss_notice",),
    entering=("lawyers.certificate.announced",),
    result=("certificate_serial_no",),
    needed=("certificate_serial_no",),
    effects=keys(REPLACED),
    articles={
        "OpenApplication": f"{CERTIFICATES}第十条",
        "AcceptApplication": f"{CERTIFICATES}第十条",
        "ReviewApplication": f"{CERTIFICATES}第十条",
        "ReportApplication": f"{CERTIFICATES}第十条",
        "RecordGrant": f"{CERTIFICATES}第十一条",
        "RecordDenial": f"{CERTIFICATES}第十一条",
        "IssueCertificate": f"{CERTIFICATES}第十一条",
    },
).lifecycle()

LAWYER_APPLICATION = CaseKind(
    key="lawyers.lawyer_application",
    title="律师执业许可",
    work="application",
    lifecycle=LICENSING.key,
    details=table_of(LawyerApplication),
    series="lawyers.lawyer_application_no",
    respondent="applicant",
    called="item",
    newcomer=Newcomer(name="applicant_name", district="district_code"),
    asks={
        "first": ("applicant_name", "district_code", "category", "qualification_no", "firm", *CERTIFIED),
        "change": ("category", "firm", "certificate_serial_no"),
        "resume": ("firm", "certificate_serial_no"),
        "public": (
            "applicant_name", "district_code", "category", "qualification_no", "legal_work_years",
            "former_years", "firm", *CERTIFIED,
        ),
        "cancel": ("cancel_ground",),
    },
    matter=("item", "applicant_name", "category", "cancel_ground"),
    order=50,
    parties=(
        PartyRole(key="applicant", title="申请人", of=PartyOf.SUBJECT, kinds=(LAWYER, TRAINEE)),
        PartyRole(key="firm", title="拟执业机构", of=PartyOf.SUBJECT, kinds=(FIRM, BRANCH, UNIT)),
        PartyRole(key="licensed", title="新领证律师", of=PartyOf.SUBJECT, kinds=(LAWYER,)),
    ),
    fields=application_fields(
        LawyerApplication,
        items="lawyers.lawyer_item",
        applicant="申请人姓名",
        own=(
            Field(LawyerApplication.category, title="执业类别", codes="lawyers.category"),
            Field(
                LawyerApplication.qualification_no,
                title="法律职业资格证号",
                help="实习人员档案中已有的可以不填。",
                checks=(qualification_no,),
            ),
            Field(
                LawyerApplication.legal_work_years,
                title="从事法律事务年限",
                help="公职、公司律师填写。",
                unit="年",
                checks=(not_negative,),
            ),
            Field(
                LawyerApplication.former_years,
                title="曾任法官、检察官、律师年限",
                help="公职、公司律师填写。",
                unit="年",
                checks=(not_negative,),
            ),
            Field(LawyerApplication.cancel_ground, title="注销情形", codes="lawyers.cancel_ground"),
            Field(LawyerApplication.bar, title="不予颁证情形核查", codes="lawyers.licensing_bar"),
            Field(LawyerApplication.practice_no, title="执业证号", checks=(practice_no,)),
            Field(LawyerApplication.certificate_serial_no, title="执业证流水号"),
        ),
    ),
)  # fmt: skip

CERTIFICATE = CaseKind(
    key="lawyers.certificate",
    title="证书补换",
    work="application",
    lifecycle=REPLACING.key,
    details=table_of(CertificateApplication),
    series="lawyers.certificate_no",
    respondent="applicant",
    called="item",
    asks={"lost": ("loss_notice",)},
    matter=("item", "loss_notice"),
    order=60,
    parties=(PartyRole(key="applicant", title="申请人", of=PartyOf.SUBJECT, kinds=(LAWYER, FIRM, BRANCH)),),
    fields=application_fields(
        CertificateApplication,
        items="lawyers.certificate_item",
        applicant="申请人姓名",
        own=(
            Field(
                CertificateApplication.loss_notice,
                title="遗失公告",
                help="在省级报刊或者网站公告的名称、日期。",
            ),
            Field(CertificateApplication.certificate_serial_no, title="新证流水号"),
        ),
    ),
)

DECLARATIONS = (*SERIES, LICENSING, REPLACING, LAWYER_APPLICATION, CERTIFICATE)
