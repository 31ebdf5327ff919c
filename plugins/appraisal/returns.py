"""Forensic appraisal's monthly business statistics, handed in for each institution."""

from decimal import Decimal

from plugins.appraisal.indicators import OPINIONS
from suite.api import Every, FigureSeries, FormCell, ReturnForm

INSTITUTION = "appraisal.appraisal_institution"


def _monthly(key: str, title: str, unit: str = "件") -> FigureSeries:
    return FigureSeries(
        key=f"appraisal.{key}",
        title=title,
        unit=unit,
        flow=True,
        most=Decimal(1_000_000),
        parts=(INSTITUTION,),
    )


SERIES = (
    _monthly("commissions", "受理鉴定委托"),
    _monthly("court_commissions", "司法机关委托鉴定"),
    _monthly("reappraisals", "重新鉴定"),
    _monthly("court_notices_reported", "收到出庭通知", "次"),
    _monthly("court_attendances", "鉴定人出庭作证", "次"),
    _monthly("reduced_fees", "减免收费"),
    _monthly("fees", "鉴定收费", "万元"),
)

FORM = ReturnForm(
    key="appraisal.monthly",
    title="司法鉴定业务统计月报",
    every=Every.MONTH,
    by=INSTITUTION,
    article="石司〔2022〕105号一（一）",
    cells=(
        FormCell(series="appraisal.commissions", section="业务"),
        FormCell(series="appraisal.court_commissions", section="业务", at_most="appraisal.commissions"),
        FormCell(series=OPINIONS.key, section="业务"),
        FormCell(series="appraisal.reappraisals", section="业务"),
        FormCell(series="appraisal.court_notices_reported", section="出庭"),
        FormCell(
            series="appraisal.court_attendances", section="出庭", at_most="appraisal.court_notices_reported"
        ),
        FormCell(series="appraisal.reduced_fees", section="收费"),
        FormCell(series="appraisal.fees", section="收费", places=2),
    ),
    help="按鉴定机构填报；出具的鉴定意见是有效投诉率的分母，全部机构报齐后自动汇总。",
)

DECLARATIONS = (*SERIES, FORM)
