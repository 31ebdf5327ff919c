"""律师 of every category; the employer is a firm, a branch, an organ or a company."""

from __future__ import annotations

from dataclasses import replace

from plugins.lawyers.kinds.shared import (
    BODY_NAMES,
    BY_CHANGE,
    CONTACT,
    IDENTITY,
    PHONE_FIELD,
    PRACTICE,
    STATE,
    email_field,
    person_fields,
    qualification_fields,
    status_date_field,
)
from plugins.lawyers.rules.holds import LAWYER_HOLDS
from plugins.lawyers.rules.lawyer import (
    certificate_deposited,
    dates_in_order,
    duty_conditions,
    employer_fits_status,
    former_judge,
    partner_conditions,
    practice_no_agrees,
)
from plugins.lawyers.rules.qualification import qualification_agrees, qualified_first
from plugins.lawyers.rules.values import practice_no
from plugins.lawyers.tables import Lawyer
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

ON_ROSTER = ("active", "practice_paused", "suspended")

LAWYER = RecordKind(
    key="lawyers.lawyer",
    title="律师",
    role=SubjectRole.PRACTITIONER,
    details=table_of(Lawyer),
    status="lawyers.lawyer_status",
    counted=ON_ROSTER,
    holds=LAWYER_HOLDS,
    order=10,
    match=("main_no", "id_number"),
    licence=LicenceSpec(
        title="律师执业证",
        number="main_no",
        serial="certificate_serial_no",
        valid_from="first_practice_on",
    ),
    headline=(
        "main_no", "body_id", "category", "first_practice_on", "district_code", "phone", "qualification_no",
        "is_partner", "political_status",
    ),
    checks=(
        identity_agrees, practice_no_agrees, dates_in_order, partner_conditions, employer_fits_status,
        certificate_deposited, qualification_agrees, qualified_first, former_judge, duty_conditions,
    ),
    views=(
        SavedViewSpec(title="在册律师", filters={"status": ON_ROSTER}),
        SavedViewSpec(
            title="专职、兼职律师", filters={"status": ON_ROSTER, "category": ("full_time", "part_time")}
        ),
        SavedViewSpec(
            title="公职、公司律师", filters={"status": ON_ROSTER, "category": ("government", "in_house")}
        ),
        SavedViewSpec(title="停止执业", filters={"status": ("suspended",)}),
        SavedViewSpec(title="暂无执业机构", filters={"status": ("practice_paused",)}),
    ),
    fields=(
        *person_fields(),
        Field(Lawyer.former_names, title="曾用名", section=IDENTITY, headings=("曾用姓名",)),
        Field(
            Subject.main_no,
            title="执业证号",
            section=PRACTICE,
            headings=(
                "执业证", "执业证号码", "执业证编号", "执业证书号", "执业证书号码", "执业证书编号",
                "律师执业证", "律师执业证号", "律师执业证号码", "律师执业证书号", "律师执业证编号",
                "律师证号",
                "证号",
            ),
            help="17 位；旧证为 12 位。",
            required=True,
            listed=True,
            checks=(practice_no,),
            fixed=BY_CHANGE,
            width=19,
        ),
        Field(
            Lawyer.certificate_serial_no,
            title="执业证书流水号",
            section=PRACTICE,
            headings=("流水号", "证书流水号", "执业证流水号"),
            cleaner="identifier",
        ),
        Field(
            Subject.body_id,
            title="执业机构",
            section=PRACTICE,
            headings=BODY_NAMES,
            links=("lawyers.law_firm", "lawyers.branch_office", "lawyers.employer_unit"),
            since="entered_on",
            listed=True,
            filtered=True,
            fixed=BY_CHANGE,
            width=24,
        ),
        replace(DISTRICT_FIELD, section=PRACTICE),
        category_field("执业类别", "lawyers.category", (
                "类别", "执业类型", "执业种类", "律师类别", "律师类型", "人员类别", "专兼职", "专职/兼职",
            ), section=PRACTICE, fixed=BY_CHANGE),
        Field(
            Lawyer.first_practice_on,
            title="首次执业日期",
            section=PRACTICE,
            headings=(
                "首次执业", "首次执业时间", "首次执业年月", "初次执业日期", "初次执业时间", "首次领证日期",
                "首次领证时间", "首次取得执业证日期", "执业起始日期", "开始执业时间", "执业时间",
            ),
            listed=True,
            checks=(past_date,),
            fixed=BY_CHANGE,
            width=12,
        ),
        Field(
            Lawyer.issued_on,
            title="发证日期",
            section=PRACTICE,
            headings=("发证时间", "颁证日期", "领证日期", "领证时间"),
            checks=(past_date,),
            fixed=BY_CHANGE,
        ),
        Field(
            Lawyer.entered_on,
            title="进入现机构日期",
            section=PRACTICE,
            headings=("入所日期", "入所时间", "进所时间", "到所时间", "转入日期", "本所执业起始日期"),
            checks=(past_date,),
            fixed=BY_CHANGE,
        ),
        Field(
            Lawyer.is_partner,
            title="是否合伙人",
            section=PRACTICE,
            headings=("合伙人", "是否为合伙人", "合伙人标志"),
            dated=True,
            fixed=BY_CHANGE,
            width=8,
        ),
        Field(
            Lawyer.partner_since,
            title="任合伙人日期",
            section=PRACTICE,
            headings=("成为合伙人日期", "入伙日期", "入伙时间"),
            checks=(past_date,),
            fixed=BY_CHANGE,
        ),
        Field(
            Lawyer.is_seconded,
            title="是否派驻分所",
            section=PRACTICE,
            headings=("派驻律师", "是否派驻", "是否派驻律师"),
            dated=True,
        ),
        Field(
            Lawyer.job_title,
            title="职务",
            section=PRACTICE,
            headings=("岗位", "现任职务", "所内职务"),
            help="公职律师、公司律师填在本单位的职务。",
        ),
        Field(
            Lawyer.teaching_unit,
            title="任教（科研）单位",
            section=PRACTICE,
            headings=("任教单位", "任教(科研)单位", "所在院校", "兼职律师工作单位", "原工作单位"),
            help="兼职律师填所在高等院校或科研机构。",
        ),
        Field(
            Lawyer.left_judiciary_on,
            title="法官（检察官）离任日期",
            section=PRACTICE,
            headings=("离任日期", "法官离任日期", "检察官离任日期"),
            checks=(past_date,),
        ),
        Field(
            Lawyer.specialties,
            title="擅长领域",
            section=PRACTICE,
            headings=("专业领域", "业务领域", "业务专长", "专长", "专业特长", "专业方向"),
            width=20,
        ),
        Field(
            Lawyer.languages,
            title="外语语种",
            section=PRACTICE,
            headings=("外语", "语种", "擅长语言", "工作语言"),
        ),
        Field(
            Lawyer.is_foreign_talent,
            title="涉外律师人才",
            section=PRACTICE,
            headings=("是否涉外律师", "是否涉外律师人才", "涉外律师", "涉外人才"),
        ),
        Field(
            Lawyer.foreign_pool,
            title="涉外法治人才库",
            section=PRACTICE,
            headings=("涉外人才库", "涉外法治人才库级别", "人才库级别"),
            codes="lawyers.foreign_pool",
            dated=True,
        ),
        Field(
            Lawyer.foreign_level,
            title="涉外人才等级",
            section=PRACTICE,
            headings=("涉外法律服务人才等级", "人才等级"),
            codes="lawyers.foreign_level",
            help="办理涉外法律服务业务的人才按高级、中级、初级评定。",
            dated=True,
        ),
        Field(
            Lawyer.is_duty_lawyer,
            title="值班律师",
            section=PRACTICE,
            headings=("是否值班律师",),
            help="入库、退出请在台账“值班律师库”登记，登记后自动更新；考核按台账的在库期间。",
        ),
        Field(
            Lawyer.public_posts,
            title="人大代表、政协委员任职",
            section=PRACTICE,
            headings=("人大政协任职", "人大代表政协委员", "两代表一委员", "社会职务", "社会任职"),
        ),
        *qualification_fields(Lawyer),
        status_field(
            "lawyers.lawyer_status", ("状态", "律师状态", "人员状态", "目前状态"), fixed=BY_CHANGE, width=12
        ),
        status_date_field(Lawyer.status_on),
        Field(
            Lawyer.certificate_custody,
            title="证书保管状态",
            section=STATE,
            headings=("执业证保管状态", "证书状态", "证件保管"),
            codes="lawyers.certificate_custody",
        ),
        PHONE_FIELD,
        email_field(Lawyer.email),
        Field(
            Lawyer.office_address,
            title="办公地址",
            section=CONTACT,
            headings=("地址", "通讯地址", "通信地址", "联系地址"),
            width=30,
        ),
        remarks_field(Lawyer.remarks, section=CONTACT),
    ),
)  # fmt: skip
