"""The ledgers of the notaries: what their offices do for villages, courts, enterprises and people in need."""

from suite.api import HELD, ColumnKind, Ledger, LedgerColumn

OFFICE = ("notary.notary_office",)

LEDGERS = (
    Ledger(
        key="notary.village_visits",
        title="公证进乡村",
        plan=(41,),
        subjects=OFFICE,
        about="公证机构",
        about_required=True,
        named="活动",
        dated="进村日期",
        columns=(
            LedgerColumn("place", "村（社区）", required=True),
            LedgerColumn("matters", "办理事项"),
            LedgerColumn("persons", "服务人次", ColumnKind.WHOLE, unit="人次"),
        ),
        states=HELD,
        article="建设规划专栏2",
    ),
)
