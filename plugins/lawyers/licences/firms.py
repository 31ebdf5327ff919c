"""律所许可、律所备案、律所开业与终止: firms and branches as kinds of case."""

from __future__ import annotations

from plugins.lawyers.licences.firm_effects import DENIED, FILED, GRANTED, REPORTED, keys
from plugins.lawyers.licences.firm_facts import BRANCH, FIRM, LAWYER
from plugins.lawyers.licences.firm_guards import BARS, CONDITIONS, ENTERING
from plugins.lawyers.licences.tables import FirmApplication, FirmFiling, FirmNotice
from suite.api import (
    HEARING,
    CaseKind,
    Field,
    Filing,
    Licensing,
    Newcomer,
    NumberSeries,
    PartyOf,
    PartyRole,
    application_fields,
    filing_fields,
    not_negative,
    table_of,
)

RULES = "律师事务所管理办法"
APPLIED = (
    "applicant_name", "district_code", "new_name", "form", "partner_count", "assets", "less_developed",
    "address", "change_reason",
)  # fmt: skip

MEANS = ("partner_count", "assets", "founder", "head")
CERTIFIED = ("licence_no", "certificate_serial_no")
#: What each thing applied for asks, of the fields and roles that not all of them need.
ASKED = {
    "establish": ("applicant_name", "district_code", "form", "address", *MEANS, *CERTIFIED),
    "branch": (
        "applicant_name", "district_code", "new_name", "address", "less_developed", *MEANS, *CERTIFIED,
    ),
    "name": ("new_name", "certificate_serial_no"),
    "head": ("head", "certificate_serial_no"),
    "form": ("form", "assets", "partner_count", "founder", "certificate_serial_no"),
    "split": ("new_name", "form", "address", "district_code", *MEANS, *CERTIFIED),
    "merge": ("merged", "certificate_serial_no"),
}  # fmt: skip

SERIES = (
    NumberSeries(key="lawyers.firm_application_no", title="律所许可编号", organ="石司律所许"),
    NumberSeries(key="lawyers.firm_filing_no", title="律所备案编号", organ="石司律所备"),
    NumberSeries(key="lawyers.firm_notice_no", title="律所报告编号", organ="石司律所报"),
)

LICENSING = Licensing(
    key="lawyers.firm_licensing",
    title="律所许可流程",
    notice="lawyers.firm.supplement",
    review="lawyers.firm.review",
    decide="lawyers.firm.decide",
    certify="lawyers.firm.cert",
    interludes=(HEARING,),
    opening=APPLIED,
    roles=("founder", "head", "merged"),
    entering=ENTERING,
    accepting=(*BARS, *CONDITIONS),
    finishing=("lawyers.firm.result_told",),
    result=("licence_no", "certificate_serial_no"),
    effects=keys(GRANTED),
    denied=keys(DENIED),
    articles={
        "OpenApplication": f"{RULES}第二十、二十六条",
        "AcceptApplication": f"{RULES}第二十条",
        "RequestMaterials": f"{RULES}第二十条",
        "DeclineApplication": f"{RULES}第二十条",
        "DeemAccepted": f"{RULES}第二十条",
        "ReviewApplication": f"{RULES}第二十一条",
        "ReportApplication": f"{RULES}第二十一条",
        "RecordGrant": f"{RULES}第二十二条",
        "RecordDenial": f"{RULES}第二十二条",
        "IssueCertificate": f"{RULES}第二十二条",
    },
).lifecycle()

FILING = Filing(
    key="lawyers.firm_filing_lifecycle",
    title="律所备案流程",
    filing="lawyers.firm.filing",
    article=f"{RULES}第二十六条",
    opening=("address", "district_code"),
    roles=("joining", "leaving"),
    entering=("lawyers.filing.told",),
    accepting=("lawyers.filing.new_partners", "lawyers.filing.partners_free"),
    effects=keys(FILED),
).lifecycle()

NOTICE = Filing(
    key="lawyers.firm_notice_lifecycle",
    title="律所开业与终止流程",
    article=f"{RULES}第二十四、三十一条",
    opening=("ending_ground",),
    entering=("lawyers.notice.fits",),
    accepting=("lawyers.notice.may_end",),
    effects=keys(REPORTED),
).lifecycle()

BODIES = PartyRole(key="applicant", title="申请人", of=PartyOf.SUBJECT, kinds=(FIRM, BRANCH))
LAWYERS = (LAWYER,)

FIRM_APPLICATION = CaseKind(
    key="lawyers.firm_application",
    title="律所许可",
    work="application",
    lifecycle=LICENSING.key,
    details=table_of(FirmApplication),
    series="lawyers.firm_application_no",
    respondent="applicant",
    called="item",
    newcomer=Newcomer(name="applicant_name", district="district_code"),
    asks=ASKED,
    matter=("item", "applicant_name", "new_name", "form", "change_reason"),
    order=20,
    parties=(
        BODIES,
        PartyRole(
            key="founder", title="设立人或派驻律师", of=PartyOf.SUBJECT, kinds=LAWYERS, places=5,
        ),
        PartyRole(key="head", title="拟任负责人", of=PartyOf.SUBJECT, kinds=LAWYERS),
        PartyRole(key="merged", title="被合并律所", of=PartyOf.SUBJECT, kinds=(FIRM,), places=2),
        PartyRole(key="created", title="新设机构", of=PartyOf.SUBJECT, kinds=(FIRM, BRANCH)),
    ),
    fields=application_fields(
        FirmApplication,
        items="lawyers.firm_item",
        applicant="拟设机构名称",
        own=(
            Field(FirmApplication.new_name, title="拟用名称", help="变更名称、分立和设立分所的填写。"),
            Field(FirmApplication.form, title="组织形式", codes="lawyers.firm_form"),
            Field(
                FirmApplication.partner_count,
                title="设立人或派驻律师人数",
                help="有外地律师或者多于表中位置的填写总数。",
                checks=(not_negative,),
            ),
            Field(FirmApplication.assets, title="设立资产", unit="元", checks=(not_negative,)),
            Field(FirmApplication.less_developed, title="经济欠发达地区", help="设立分所的适用较低标准。"),
            Field(FirmApplication.address, title="住所"),
            Field(FirmApplication.change_reason, title="申请理由"),
            Field(
                FirmApplication.licence_no,
                title="许可证号",
                help="统一社会信用代码。",
            ),
            Field(FirmApplication.certificate_serial_no, title="许可证流水号"),
        ),
    ),
)  # fmt: skip

FIRM_FILING = CaseKind(
    key="lawyers.firm_filing",
    title="律所备案",
    work="application",
    lifecycle=FILING.key,
    details=table_of(FirmFiling),
    series="lawyers.firm_filing_no",
    respondent="applicant",
    called="item",
    asks={"residence": ("address", "district_code"), "partners": ("joining", "leaving")},
    matter=("item", "changed_on", "address"),
    order=30,
    parties=(
        BODIES,
        PartyRole(key="joining", title="新任合伙人", of=PartyOf.SUBJECT, kinds=LAWYERS, places=3),
        PartyRole(key="leaving", title="退出合伙人", of=PartyOf.SUBJECT, kinds=LAWYERS, places=3),
    ),
    fields=filing_fields(
        FirmFiling,
        items="lawyers.filing_item",
        own=(
            Field(FirmFiling.address, title="新住所"),
            Field(FirmFiling.district_code, title="新住所所在区县", help="迁往其他县（市、区）的填写。"),
        ),
    ),
)

FIRM_NOTICE = CaseKind(
    key="lawyers.firm_notice",
    title="律所开业与终止",
    work="application",
    lifecycle=NOTICE.key,
    details=table_of(FirmNotice),
    series="lawyers.firm_notice_no",
    respondent="applicant",
    called="item",
    asks={"terminate": ("ending_ground",)},
    matter=("item", "changed_on", "ending_ground"),
    order=40,
    parties=(BODIES,),
    fields=filing_fields(
        FirmNotice,
        items="lawyers.notice_item",
        own=(Field(FirmNotice.ending_ground, title="终止情形", codes="lawyers.ending_ground"),),
    ),
)

DECLARATIONS = (*SERIES, LICENSING, FILING, NOTICE, FIRM_APPLICATION, FIRM_FILING, FIRM_NOTICE)
