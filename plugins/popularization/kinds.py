"""普法责任单位 and 法律明白人."""

from __future__ import annotations

from plugins.popularization.rules import (
    enforcer_has_laws,
    exit_is_told,
    number_agrees,
    of_age,
    trained_before_certified,
    villager_no,
)
from plugins.popularization.tables import DutyUnit, LawSavvyVillager
from suite.api import (
    DISTRICT_FIELD,
    IDENTITY_FIELDS,
    PERSON_FIELDS,
    USCC_HEADINGS,
    Field,
    RecordKind,
    SavedViewSpec,
    Subject,
    SubjectRole,
    category_field,
    identity_agrees,
    name_field,
    not_negative,
    past_date,
    phone_number,
    remarks_field,
    status_field,
    table_of,
    uscc_of,
)

UNIT = "单位信息"
DUTY = "普法责任"
CONTACT = "联系方式"
VILLAGE = "所在村（社区）"
TRAINING = "选任与培训"
STATE = "状态"

DUTY_UNIT = RecordKind(
    key="popularization.duty_unit",
    title="普法责任单位",
    role=SubjectRole.ORGAN,
    details=table_of(DutyUnit),
    status="popularization.unit_status",
    begins="listed_on",
    unit="个",
    order=20,
    match=("main_no", "name"),
    headline=("main_no", "category", "sector", "is_enforcement", "contact_name", "office_phone"),
    checks=(enforcer_has_laws,),
    views=(
        SavedViewSpec(title="市直部门", filters={"status": ("active",), "category": ("city_department",)}),
        SavedViewSpec(title="县（市、区）", filters={"status": ("active",), "category": ("county",)}),
    ),
    fields=(
        name_field(
            "单位名称",
            ("普法责任单位", "责任单位", "责任单位名称", "机构名称", "名称", "单位"),
            section=UNIT,
            width=24,
        ),
        Field(
            Subject.main_no,
            title="统一社会信用代码",
            section=UNIT,
            headings=USCC_HEADINGS,
            checks=(uscc_of(),),
            width=20,
        ),
        category_field(
            "单位类别",
            "popularization.unit_level",
            ("类别", "责任单位类别", "单位层级", "层级"),
            section=UNIT,
            width=12,
        ),
        Field(
            DutyUnit.sector,
            title="系统",
            section=UNIT,
            headings=("单位性质", "所属系统", "系统分类"),
            codes="popularization.sector",
            listed=True,
            width=10,
        ),
        Field(DutyUnit.superior, title="上级主管单位", section=UNIT, headings=("主管单位", "上级单位")),
        DISTRICT_FIELD,
        Field(
            DutyUnit.address, title="办公地址", section=UNIT, headings=("地址", "单位地址", "住所"), width=30
        ),
        Field(
            DutyUnit.is_enforcement,
            title="是否行政执法机关",
            section=DUTY,
            headings=("行政执法机关", "执法机关", "是否执法机关"),
            dated=True,
            listed=True,
            width=8,
        ),
        Field(
            DutyUnit.laws,
            title="执行的法律法规",
            section=DUTY,
            headings=("主要法律法规", "执行法律法规", "普法内容", "重点法律法规"),
            help="各部法律法规用顿号隔开。",
            width=30,
        ),
        Field(
            DutyUnit.in_joint_meeting,
            title="联席会议成员单位",
            section=DUTY,
            headings=("是否联席会议成员", "普法联席会议成员", "成员单位"),
            dated=True,
        ),
        Field(
            DutyUnit.listed_on,
            title="列入日期",
            section=DUTY,
            headings=("列入责任单位日期", "列入时间"),
            checks=(past_date,),
        ),
        Field(
            DutyUnit.department,
            title="责任科室",
            section=CONTACT,
            headings=("承办科室", "责任处室", "责任部门"),
        ),
        Field(
            DutyUnit.leader_name,
            title="分管负责人",
            section=CONTACT,
            headings=("分管领导", "普法负责人", "负责人"),
        ),
        Field(
            DutyUnit.contact_name,
            title="联络员",
            section=CONTACT,
            headings=("联系人", "普法联络员", "联络员姓名"),
            listed=True,
            width=10,
        ),
        Field(
            DutyUnit.office_phone,
            title="联系电话",
            section=CONTACT,
            headings=("电话", "办公电话", "联系方式", "联络员电话"),
            cleaner="phone",
            checks=(phone_number,),
            help="填办公电话。",
            width=14,
        ),
        status_field("popularization.unit_status", ("单位状态",), title="状态", width=8),
        remarks_field(DutyUnit.remarks),
    ),
)

LAW_SAVVY_VILLAGER = RecordKind(
    key="popularization.law_savvy_villager",
    title="法律明白人",
    role=SubjectRole.PRACTITIONER,
    details=table_of(LawSavvyVillager),
    status="popularization.villager_status",
    begins="selected_on",
    order=10,
    match=("main_no", "id_number"),
    headline=("main_no", "body_id", "district_code", "category", "village_post", "certified_on", "phone"),
    checks=(identity_agrees, number_agrees, trained_before_certified, exit_is_told, of_age),
    views=(
        SavedViewSpec(title="在岗法律明白人", filters={"status": ("active",)}),
        SavedViewSpec(title="待发证", filters={"status": ("nominated", "trained")}),
        SavedViewSpec(
            title="村（社区）“两委”成员", filters={"status": ("active",), "category": ("village_cadre",)}
        ),
    ),
    fields=(
        name_field("姓名", ("法律明白人姓名", "法律明白人", "人员姓名"), section="身份信息", width=14),
        *PERSON_FIELDS,
        *IDENTITY_FIELDS,
        DISTRICT_FIELD,
        Field(
            Subject.body_id,
            title="村（社区）",
            section=VILLAGE,
            headings=("村(社区)", "村居", "村（居）", "所在村", "所在村（社区）", "行政村", "村", "社区",
                      "村（居）委会", "村居名称", "村名", "村（社区）名称"),
            links=("core.village",),
            link_role="village",
            since="selected_on",
            required=True,
            listed=True,
            filtered=True,
            help="同名的村以区县和乡镇（街道）区分，也可以填 12 位区划代码。",
            width=24,
        ),
        Field(
            LawSavvyVillager.village_group,
            title="村（居）民小组",
            section=VILLAGE,
            headings=("村民小组", "小组", "组别", "自然村", "村民组"),
        ),
        category_field(
            "人员类别",
            "popularization.villager_kind",
            ("类别", "身份类别", "人员类型", "法律明白人类别"),
            section=VILLAGE,
            width=22,
        ),
        Field(
            LawSavvyVillager.village_post,
            title="村（社区）职务",
            section=VILLAGE,
            headings=("职务", "村内职务", "现任职务"),
        ),
        Field(
            Subject.main_no,
            title="证号",
            section=TRAINING,
            headings=("法律明白人证号", "证书编号", "证件编号", "编号", "法律明白人证编号"),
            listed=True,
            checks=(villager_no,),
            help="村居代码 12 位、年份 4 位、顺序号。",
            width=20,
        ),
        Field(
            LawSavvyVillager.badge_no, title="徽章编号", section=TRAINING, headings=("徽章号", "胸牌编号")
        ),
        Field(
            LawSavvyVillager.selected_on,
            title="选任日期",
            section=TRAINING,
            headings=("推选日期", "选任时间", "遴选日期", "起始日期"),
            checks=(past_date,),
        ),
        Field(
            LawSavvyVillager.trained_hours,
            title="培训学时",
            section=TRAINING,
            headings=("岗前培训学时", "学时", "累计培训学时", "培训课时"),
            checks=(not_negative,),
        ),
        Field(
            LawSavvyVillager.certified_on,
            title="发证日期",
            section=TRAINING,
            headings=("颁证日期", "发证时间", "上岗日期"),
            listed=True,
            checks=(past_date,),
            width=11,
        ),
        status_field("popularization.villager_status", ("人员状态", "在岗状态", "履职状态"), title="状态"),
        Field(
            LawSavvyVillager.exited_on,
            title="退出日期",
            section=STATE,
            headings=("退出时间",),
            checks=(past_date,),
        ),
        Field(
            LawSavvyVillager.exit_reason,
            title="退出原因",
            section=STATE,
            codes="popularization.exit_reason",
            headings=("退出事由",),
        ),
        remarks_field(LawSavvyVillager.remarks),
    ),
)  # fmt: skip

KINDS = (LAW_SAVVY_VILLAGER, DUTY_UNIT)
