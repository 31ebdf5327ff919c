"""What the reviews read beside cases and the ledgers of the plan: training, warnings, absences."""

from plugins.lawyers.reviews.rules import COUNTY_NOTICE, REVIEW, SITUATIONS, TALKS, TRAINING
from suite.api import ColumnKind, Ledger, LedgerColumn

LEDGERS = (
    Ledger(
        key=TRAINING,
        title="律师培训学时",
        subjects=("lawyers.lawyer", "lawyers.trainee_lawyer"),
        about="参加人",
        about_required=True,
        named="培训",
        dated="培训日期",
        columns=(
            LedgerColumn("hours", "学时", ColumnKind.HOURS, required=True, unit="学时", headings=("课时",)),
            LedgerColumn("organiser", "举办单位"),
            LedgerColumn("certificate_no", "证书编号", listed=False),
        ),
        article=REVIEW,
        help="年度考核按当年学时合计；是否计入由参数“培训学时计入考核”定。",
        order=60,
    ),
    Ledger(
        key=TALKS,
        title="律师约谈提醒",
        subjects=("lawyers.lawyer", "lawyers.law_firm", "lawyers.branch_office"),
        about="约谈对象",
        about_required=True,
        named="事由",
        dated="约谈日期",
        columns=(
            LedgerColumn(
                "kind", "类别", ColumnKind.CHOICE, required=True,
                choices=(
                    ("formal", "正式约谈"), ("reminder", "谈话提醒"), ("guidance", "律所专门指导"),
                ),
            ),
            LedgerColumn("by", "约谈单位"),
            LedgerColumn("outcome", "约谈情况", ColumnKind.LONG, listed=False),
        ),
        article=COUNTY_NOTICE,
        help="正式约谈达到规定次数的，年度考核暂缓评定；由律所专门指导的，建议评定为基本称职。",
        order=61,
    ),
    Ledger(
        key=SITUATIONS,
        title="律师执业异动情况",
        subjects=("lawyers.lawyer", "lawyers.law_firm", "lawyers.branch_office"),
        about="对象",
        about_required=True,
        named="情况",
        dated="开始日期",
        until="结束日期",
        columns=(
            LedgerColumn(
                "kind", "类别", ColumnKind.CHOICE, required=True,
                choices=(
                    ("study", "脱产学习"), ("illness", "因病"), ("just_cause", "其他正当理由未执业"),
                    ("compulsory", "被采取强制措施"), ("bail", "涉嫌故意犯罪取保候审"),
                    ("false_review", "考核材料弄虚作假"),
                ),
            ),
            LedgerColumn("evidence", "依据文书"),
        ),
        article=COUNTY_NOTICE,
        help="脱产学习、因病超过规定期限的不评定等次；被采取强制措施的暂缓评定。",
        order=62,
    ),
)  # fmt: skip
