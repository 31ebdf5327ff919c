"""What the core itself keeps: townships, villages, and the code lists that every profession shares."""

from suite.contract.codes import Code, CodeList
from suite.contract.declarations import Declaration, Field, RecordKind, SubjectRole
from suite.contract.parameters import Confidence, Parameter
from suite.contract.states import StateKind
from suite.tables import Subject, Township, Village

CODE_LISTS = (
    CodeList(
        key="core.sex",
        title="性别",
        codes=(
            Code(value="male", title="男", also=("M", "男性", "1")),
            Code(value="female", title="女", also=("F", "女性", "2")),
        ),
        # GB/T 2261.1: 0 and 9.
        unknown=("0", "9", "未知", "未知的性别", "未说明", "未说明的性别"),
    ),
    CodeList(
        key="core.id_type",
        title="证件类型",
        codes=(
            Code(value="resident", title="居民身份证", also=("身份证", "二代身份证")),
            Code(
                value="hmt_residence",
                title="港澳台居民居住证",
                also=("港澳居民居住证", "台湾居民居住证", "港澳居住证", "台湾居住证"),
            ),
            Code(value="foreign_residence", title="外国人永久居留身份证", also=("永居证",)),
            Code(value="hk_macao_permit", title="港澳居民来往内地通行证", also=("港澳通行证", "回乡证")),
            Code(value="taiwan_permit", title="台湾居民来往大陆通行证", also=("台胞证",)),
            Code(value="passport", title="护照"),
            Code(value="other", title="其他证件"),
        ),
    ),
    CodeList(
        key="core.political_status",
        title="政治面貌",
        codes=(
            Code(value="cpc", title="中共党员", also=("党员", "共产党员", "中国共产党党员")),
            Code(value="cpc_probationary", title="中共预备党员", also=("预备党员",)),
            Code(value="youth_league", title="共青团员", also=("团员",)),
            Code(
                value="democratic_party",
                title="民主党派",
                also=("民革", "民盟", "民建", "民进", "农工党", "致公党", "九三学社", "台盟"),
            ),
            Code(value="none", title="群众", also=("无党派", "无党派人士")),
        ),
    ),
    CodeList(
        key="core.education",
        title="学历",
        codes=(
            Code(value="doctor", title="博士研究生", also=("博士",)),
            Code(value="master", title="硕士研究生", also=("硕士",)),
            Code(value="bachelor", title="大学本科", also=("本科", "学士", "大学")),
            Code(value="college", title="大学专科", also=("大专", "专科")),
            Code(value="secondary", title="高中及以下", also=("高中", "中专", "初中", "小学")),
        ),
    ),
    CodeList(
        key="core.engagement",
        title="用工形式",
        codes=(
            Code(value="established", title="在编", also=("编制内", "事业编", "在编人员", "事业编制")),
            Code(value="contract", title="合同聘用", also=("聘用", "合同制", "编外", "编外聘用", "劳动合同")),
            Code(value="dispatched", title="劳务派遣", also=("派遣", "派遣制")),
        ),
    ),
    CodeList(
        key="core.place_status",
        title="区划状态",
        codes=(
            Code(value="active", title="现行", state=StateKind.OK),
            Code(value="ended", title="已撤并", state=StateKind.ENDED),
        ),
    ),
)

TOWNSHIP = RecordKind(
    key="core.township",
    title="乡镇（街道）",
    role=SubjectRole.PLACE,
    details=Subject.metadata.tables[Township.__tablename__],
    status="core.place_status",
    unit="个",
    order=10,
    match=("main_no",),
    headline=("main_no", "district_code"),
    fields=(
        Field(
            Subject.name,
            title="名称",
            required=True,
            listed=True,
            headings=("乡镇名称", "街道名称"),
            width=18,
        ),
        Field(Subject.main_no, title="区划代码", required=True, listed=True, width=14),
        Field(Subject.district_code, title="区县", required=True, listed=True, filtered=True),
        Field(Township.township_kind, title="类别", listed=True),
        Field(
            Subject.status, title="状态", codes="core.place_status", listed=True, required=True, filtered=True
        ),
    ),
)

VILLAGE = RecordKind(
    key="core.village",
    title="村（居）",
    role=SubjectRole.PLACE,
    details=Subject.metadata.tables[Village.__tablename__],
    status="core.place_status",
    unit="个",
    order=20,
    match=("main_no",),
    headline=("main_no", "district_code", "body_id"),
    fields=(
        Field(
            Subject.name,
            title="名称",
            required=True,
            listed=True,
            headings=("村居名称", "村委会", "居委会"),
            width=24,
        ),
        Field(Subject.main_no, title="区划代码", required=True, listed=True, width=14),
        Field(Subject.district_code, title="区县", required=True, listed=True, filtered=True),
        Field(
            Subject.body_id,
            title="乡镇（街道）",
            links=("core.township",),
            link_role="township",
            listed=True,
            required=True,
            filtered=True,
            headings=("乡镇", "街道"),
        ),
        Field(Village.village_kind, title="类别", listed=True),
        Field(Village.households, title="户数", listed=True, help="用于“每 20 户一名法律明白人”的测算。"),
        Field(
            Subject.status, title="状态", codes="core.place_status", listed=True, required=True, filtered=True
        ),
    ),
)

PARAMETERS = (
    Parameter(
        key="core.reveal_seconds",
        title="完整信息显示时长",
        value=60,
        unit="秒",
        source="本局信息安全要求",
        confidence=Confidence.RECALLED,
    ),
    Parameter(
        key="core.import_undo_days",
        title="导入可撤回期限",
        value=30,
        unit="日",
        source="本局业务要求",
        confidence=Confidence.RECALLED,
    ),
    Parameter(
        key="core.include_xinji",
        title="全市合计含辛集市",
        value=True,
        source="第七次全国人口普查公报；辛集市为省直管试点",
        confidence=Confidence.RECALLED,
    ),
    Parameter(
        key="core.include_zones",
        title="全市合计含高新区、循环化工园区",
        value=True,
        source="统计用区划代码（2023）",
        confidence=Confidence.RECALLED,
    ),
)

DECLARATIONS: tuple[Declaration, ...] = (*CODE_LISTS, TOWNSHIP, VILLAGE, *PARAMETERS)
