"""What the reviews read besides cases: training, and the titles that notaries apply for (indicator 22)."""

from plugins.notary.reviews.parameters import NOTARIES
from plugins.notary.reviews.rules import TRAINING
from suite.api import ColumnKind, EntryState, Ledger, LedgerColumn, StateKind

LEDGERS = (
    Ledger(
        key=TRAINING,
        title="公证员培训学时",
        subjects=("notary.notary", "notary.notary_assistant"),
        about="参加人",
        about_required=True,
        named="培训",
        dated="培训日期",
        columns=(
            LedgerColumn("hours", "学时", ColumnKind.HOURS, required=True, unit="学时", headings=("课时",)),
            LedgerColumn("organiser", "举办单位"),
        ),
        article=f"公证员执业管理办法；{NOTARIES}",
        help="年度考核按当年学时合计；是否计入由参数“培训学时计入考核”定。",
        order=60,
    ),
    Ledger(
        key="notary.title_reviews",
        title="公证员职称评审",
        subjects=("notary.notary",),
        about="申报人",
        about_required=True,
        named="申报职称",
        dated="申报日期",
        columns=(
            LedgerColumn("level", "级别", ColumnKind.CHOICE, codes="notary.job_title", required=True),
            LedgerColumn("decided_on", "评审日期", ColumnKind.DATE),
            LedgerColumn("document_no", "评审文号"),
        ),
        states=(
            EntryState("applied", "已申报", StateKind.RUN),
            EntryState("passed", "通过", StateKind.OK),
            EntryState("failed", "未通过", StateKind.ENDED),
        ),
        due="decided_on",
        article="规划指标22",
        help="通过后请在公证员档案更新职称和取得日期；中级以上比例按档案计算。",
        order=61,
    ),
)  # fmt: skip
