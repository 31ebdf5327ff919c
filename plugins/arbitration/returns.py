"""Arbitration's monthly statistics and yearly milestones, handed in for the whole city."""

from decimal import Decimal

from plugins.arbitration.indicators import CLOSED, REACHED, REFUSED, SET_ASIDE, STEPS
from suite.api import CITY, Every, FigureSeries, FormCell, ReturnForm

ACCEPTED, AMOUNT = "arbitration.accepted", "arbitration.amount"
SERIES = (
    FigureSeries(
        key=ACCEPTED, title="仲裁受案数", unit="件", flow=True, city_only=True, most=Decimal(100_000)
    ),
    FigureSeries(key=AMOUNT, title="受案标的", unit="万元", flow=True, city_only=True),
)

FORMS = (
    ReturnForm(
        key="arbitration.monthly",
        title="仲裁业务统计月报",
        every=Every.MONTH,
        by=CITY,
        article="石司〔2022〕105号一（一）",
        cells=(
            FormCell(series=ACCEPTED, section="案件"),
            FormCell(series=AMOUNT, section="案件", places=2),
            FormCell(series=CLOSED, section="案件"),
            FormCell(series=SET_ASIDE, section="司法审查", jump=False),
            FormCell(series=REFUSED, section="司法审查", jump=False),
        ),
        help="撤销和不予执行按法院裁定日期计入。",
    ),
    ReturnForm(
        key="arbitration.yearly",
        title="仲裁发展里程碑年报",
        every=Every.YEAR,
        by=CITY,
        early=True,
        since="2025",
        article="石司〔2022〕105号二（四）",
        cells=(
            FormCell(series=STEPS, jump=False),
            FormCell(series=REACHED, at_most=STEPS, jump=False),
        ),
    ),
)

DECLARATIONS = (*SERIES, *FORMS)
