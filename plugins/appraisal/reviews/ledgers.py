"""What the grades read beside the ledgers of the plan: reviewed reports and training."""

from plugins.appraisal.reviews.parameters import RATING, YEARLY
from plugins.appraisal.reviews.rules import REVIEWED, TRAINING
from suite.api import ColumnKind, Ledger, LedgerColumn

INSTITUTION = ("appraisal.appraisal_institution",)
PLAN = "规划四（四）16"

LEDGERS = (
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
