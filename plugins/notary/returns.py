"""The notaries' monthly business statistics, handed in for each office."""

from decimal import Decimal

from suite.api import Every, FigureSeries, FormCell, ReturnForm

OFFICE = "notary.notary_office"


def _monthly(key: str, title: str, unit: str = "件", most: int = 1_000_000) -> FigureSeries:
    return FigureSeries(
        key=f"notary.{key}", title=title, unit=unit, flow=True, most=Decimal(most), parts=(OFFICE,)
    )


SERIES = (
    _monthly("matters_domestic", "国内公证"),
    _monthly("matters_foreign", "涉外公证"),
    _monthly("matters_hk", "涉港澳台公证"),
    _monthly("matters", "办理公证合计"),
    _monthly("matters_online", "线上办理公证"),
    _monthly("court_assistance", "参与司法辅助事务"),
    _monthly("legal_aid_reduced", "减免收费"),
    _monthly("fees", "公证收费", "万元", 100_000),
)

KINDS_OF_MATTERS = ("notary.matters_domestic", "notary.matters_foreign", "notary.matters_hk")
FORM = ReturnForm(
    key="notary.monthly",
    title="公证业务统计月报",
    every=Every.MONTH,
    by=OFFICE,
    article="石司〔2022〕105号一（一）",
    cells=(
        *(FormCell(series=key, section="公证事项") for key in KINDS_OF_MATTERS),
        FormCell(series="notary.matters", section="公证事项", sum_of=KINDS_OF_MATTERS),
        FormCell(series="notary.matters_online", section="公证事项", at_most="notary.matters"),
        FormCell(series="notary.court_assistance", section="其他"),
        FormCell(series="notary.legal_aid_reduced", section="其他"),
        FormCell(series="notary.fees", section="收费", places=2),
    ),
    help="按公证机构填报，全部机构报齐后自动汇总为全市和各县（市、区）的数。",
)

DECLARATIONS = (*SERIES, FORM)
