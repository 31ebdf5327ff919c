"""裁决的司法审查: what courts ruled on awards (indicator 26); the arbitrators' hours of training."""

from plugins.arbitration.reviews.panel import RULINGS, TRAINING
from plugins.arbitration.reviews.parameters import APPRAISAL
from suite.api import ColumnKind, EntryState, Ledger, LedgerColumn, StateKind

LEDGERS = (
    Ledger(
        key=RULINGS,
        title="仲裁裁决司法审查",
        subjects=("arbitration.arbitrator",),
        about="仲裁庭成员",
        named="仲裁裁决编号",
        dated="裁定日期",
        columns=(
            LedgerColumn(
                "commission", "仲裁机构", ColumnKind.SUBJECT, links=("arbitration.arbitration_commission",)
            ),
            LedgerColumn("case_no", "仲裁案号", headings=("案号",)),
            LedgerColumn("court", "法院", required=True),
            LedgerColumn("ruling_no", "裁定书编号"),
            LedgerColumn(
                "ruling", "裁定结果", ColumnKind.CHOICE, required=True,
                choices=(
                    ("set_aside", "撤销"), ("partly_set_aside", "部分撤销"), ("refused", "不予执行"),
                    ("remitted", "通知重新仲裁"), ("upheld", "驳回申请"), ("validity", "确认协议效力"),
                ),
            ),
            LedgerColumn(
                "ground", "理由", ColumnKind.CHOICE,
                choices=(
                    ("no_agreement", "没有仲裁协议"), ("beyond", "超出协议范围或无权仲裁"),
                    ("procedure", "仲裁庭组成或程序违法"), ("forged", "证据系伪造"),
                    ("concealed", "隐瞒证据"), ("bribery", "索贿受贿、枉法裁决"),
                    ("public_interest", "违背社会公共利益"),
                ),
            ),
            LedgerColumn("applied_on", "申请日期", ColumnKind.DATE, listed=False),
            LedgerColumn("lesson", "经验教训", ColumnKind.LONG, listed=False),
        ),
        states=(
            EntryState("effective", "已生效", StateKind.OK),
            EntryState("overturned", "裁定已被撤销", StateKind.ENDED),
        ),
        article="规划指标26；仲裁法（2017年修正）第五十八条、第六十一条",
        help="按裁定日期计入当年；重新仲裁、驳回申请的不计入；裁定后来被撤销的改状态，不再计入。",
        order=20,
    ),
    Ledger(
        key=TRAINING,
        title="仲裁员培训学时",
        subjects=("arbitration.arbitrator", "arbitration.case_secretary"),
        about="参加人",
        about_required=True,
        named="培训",
        dated="培训日期",
        columns=(
            LedgerColumn("hours", "学时", ColumnKind.HOURS, required=True, unit="学时", headings=("课时",)),
            LedgerColumn("organiser", "举办单位"),
        ),
        article=APPRAISAL,
        help="考核按当年学时合计；是否计入由参数“培训学时计入考核”定。",
        order=21,
    ),
)  # fmt: skip
