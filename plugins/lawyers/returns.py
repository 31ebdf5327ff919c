"""The lawyers' monthly business statistics, handed in by every district."""

from decimal import Decimal

from plugins.lawyers.indicators import PRACTISING
from plugins.lawyers.kinds import LAW_FIRM
from suite.api import Declaration, Every, FigureSeries, FormCell, Members, ReturnForm

FIRMS = Members(kind=LAW_FIRM.key, title="律师事务所", where=lambda at: at.field("status") == "active")
MATTERS = (
    ("criminal", "刑事辩护及代理"),
    ("civil", "民事诉讼代理"),
    ("administrative", "行政诉讼代理"),
    ("non_litigation", "非诉讼法律事务"),
    ("arbitration", "仲裁业务代理"),
)
SERIES = (
    FigureSeries(key="lawyers.firms_reported", title="期末律师事务所", unit="家", most=Decimal(10_000)),
    FigureSeries(key="lawyers.lawyers_reported", title="期末执业律师", unit="人", most=Decimal(100_000)),
    *(
        FigureSeries(key=f"lawyers.{key}_matters", title=title, unit="件", flow=True, most=Decimal(100_000))
        for key, title in MATTERS
    ),
    FigureSeries(key="lawyers.matters", title="律师业务合计", unit="件", flow=True),
    FigureSeries(key="lawyers.counsel_clients", title="担任法律顾问", unit="家", most=Decimal(100_000)),
    FigureSeries(
        key="lawyers.consultations", title="解答法律咨询", unit="人次", flow=True, most=Decimal(1_000_000)
    ),
    FigureSeries(
        key="lawyers.public_hours", title="公益法律服务", unit="小时", flow=True, most=Decimal(1_000_000)
    ),
    FigureSeries(
        key="lawyers.fees", title="业务收费", unit="万元", flow=True, most=Decimal(100_000),
        help="当期开票金额，单位万元。",
    ),
)  # fmt: skip

FORM = ReturnForm(
    key="lawyers.monthly",
    title="律师业务统计月报",
    every=Every.MONTH,
    article="石司〔2022〕105号一（一）",
    cells=(
        FormCell(series="lawyers.firms_reported", section="机构人员", known=FIRMS, jump=False),
        FormCell(series="lawyers.lawyers_reported", section="机构人员", known=PRACTISING, jump=False),
        *(FormCell(series=f"lawyers.{key}_matters", section="业务") for key, _ in MATTERS),
        FormCell(
            series="lawyers.matters",
            section="业务",
            sum_of=tuple(f"lawyers.{key}_matters" for key, _ in MATTERS),
        ),
        FormCell(series="lawyers.counsel_clients", section="业务"),
        FormCell(series="lawyers.consultations", section="公益"),
        FormCell(series="lawyers.public_hours", section="公益"),
        FormCell(series="lawyers.fees", section="收费", places=2),
    ),
    help="机构和人员由系统按名册预填；业务量按当月新收案件填报。",
)

DECLARATIONS: tuple[Declaration, ...] = (*SERIES, FORM)
