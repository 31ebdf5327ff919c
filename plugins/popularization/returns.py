"""The quarterly statistics of 普法, handed in by every district."""

from decimal import Decimal

from plugins.popularization.indicators import ACTIVE
from suite.api import Every, FigureSeries, FormCell, ReturnForm


def _quarterly(key: str, title: str, unit: str) -> FigureSeries:
    return FigureSeries(
        key=f"popularization.{key}", title=title, unit=unit, flow=True, most=Decimal(10_000_000)
    )


SERIES = (
    _quarterly("activities_held", "普法活动", "场"),
    _quarterly("people_reached", "参加群众", "人次"),
    _quarterly("materials", "发放资料", "份"),
    _quarterly("posts", "新媒体普法信息", "条"),
    FigureSeries(
        key="popularization.savvy_reported", title="期末在岗法律明白人", unit="人", most=Decimal(1_000_000)
    ),
)

FORM = ReturnForm(
    key="popularization.quarterly",
    title="普法工作统计季报",
    every=Every.QUARTER,
    since="2026-Q1",
    article="石司〔2022〕105号四（三）",
    cells=(
        *(FormCell(series=series.key, section="活动") for series in SERIES if series.flow),
        FormCell(series="popularization.savvy_reported", section="人员", known=ACTIVE, jump=False),
    ),
    help="法律明白人由系统按名册预填。",
)

DECLARATIONS = (*SERIES, FORM)
