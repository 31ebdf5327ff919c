"""What the grades read besides cases: tests of proficiency, accreditations, reviewed reports, training."""

from plugins.appraisal.reviews.parameters import RATING, YEARLY
from plugins.appraisal.reviews.rules import ACCREDITED, PROFICIENCY, REVIEWED, TRAINING
from suite.api import IN_FORCE, ColumnKind, EntryState, Ledger, LedgerColumn, StateKind

INSTITUTION = ("appraisal.appraisal_institution",)
PLAN = "规划四（四）16"
CATEGORY = "appraisal.practice_category"

LEDGERS = (
    Ledger(
        key=PROFICIENCY,
        title="司法鉴定能力验证",
        plan=(18,),
        subjects=INSTITUTION,
        about="鉴定机构",
        about_required=True,
        named="项目",
        dated="结果日期",
        columns=(
            LedgerColumn("project_no", "项目编号"),
            LedgerColumn("category", "执业类别", ColumnKind.CHOICE, codes=CATEGORY, required=True),
            LedgerColumn(
                "result", "结果", ColumnKind.CHOICE, required=True,
                choices=(
                    ("satisfied", "满意"), ("passed", "通过"), ("questionable", "有问题"),
                    ("failed", "不满意、不通过"), ("absent", "应参加未参加"),
                ),
            ),
            LedgerColumn("provider", "组织机构"),
            LedgerColumn("mended_on", "整改确认日期", ColumnKind.DATE),
        ),
        states=(
            EntryState("recorded", "已登记", StateKind.OK),
            EntryState("mending", "整改中", StateKind.RUN),
            EntryState("mended", "整改完成", StateKind.OK),
        ),
        article=f"{PLAN}；{RATING}",
        help="不通过又未整改的，诚信等级不高于 B 级；整改前应暂停相应项目。",
        order=20,
    ),
    Ledger(
        key=ACCREDITED,
        title="资质认定、实验室认可",
        plan=(18,),
        subjects=INSTITUTION,
        about="鉴定机构",
        about_required=True,
        named="证书编号",
        dated="发证日期",
        until="有效期止",
        columns=(
            LedgerColumn(
                "kind", "种类", ColumnKind.CHOICE, required=True,
                choices=(
                    ("cma_national", "资质认定（国家级）"), ("cma_provincial", "资质认定（省级）"),
                    ("cnas", "实验室认可"),
                ),
            ),
            LedgerColumn("categories", "认定类别", ColumnKind.CHOICES, codes=CATEGORY, required=True),
            LedgerColumn("items", "认定项目", ColumnKind.LONG, listed=False),
        ),
        states=(*IN_FORCE, EntryState("suspended", "暂停", StateKind.BAD)),
        due="until",
        article=f"{PLAN}；决定第五条",
        help="同一机构在这里有登记的，覆盖率和诚信等级按这里的类别和有效期计算，否则按机构档案计算。",
        order=21,
    ),
    Ledger(
        key=REVIEWED,
        title="鉴定文书质量评查",
        subjects=INSTITUTION,
        about="鉴定机构",
        about_required=True,
        named="评查批次",
        dated="评查日期",
        columns=(
            LedgerColumn("sampled", "评查文书", ColumnKind.WHOLE, required=True, unit="份"),
            LedgerColumn("excellent", "优秀", ColumnKind.WHOLE, unit="份"),
            LedgerColumn("unqualified", "不合格", ColumnKind.WHOLE, required=True, unit="份"),
            LedgerColumn("score", "平均得分", ColumnKind.AMOUNT, unit="分"),
            LedgerColumn("findings", "主要问题", ColumnKind.LONG, listed=False),
        ),
        article=f"{PLAN}；{RATING}",
        order=22,
    ),
    Ledger(
        key=TRAINING,
        title="鉴定人继续教育学时",
        subjects=("appraisal.appraiser",),
        about="参加人",
        about_required=True,
        named="培训",
        dated="培训日期",
        columns=(
            LedgerColumn("hours", "学时", ColumnKind.HOURS, required=True, unit="学时", headings=("课时",)),
            LedgerColumn("organiser", "举办单位"),
        ),
        article=YEARLY,
        help="年度考核按当年学时合计；是否计入由参数“继续教育学时计入考核”定。",
        order=23,
    ),
)  # fmt: skip
