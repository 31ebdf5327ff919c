"""The ledgers of the house itself."""

from suite.contract.declarations import Declaration
from suite.contract.ledgers import FOLLOWED, ColumnKind, Ledger, LedgerColumn

LEDGERS = (
    Ledger(
        key="core.typical_cases",
        title="典型案例",
        plan=(51,),
        named="案例名称",
        dated="报送日期",
        columns=(
            LedgerColumn("submitter", "报送单位", required=True),
            LedgerColumn(
                "level",
                "采用级别",
                ColumnKind.CHOICE,
                choices=(("none", "未采用"), ("city", "市级"), ("province", "省级"), ("nation", "部级")),
            ),
            LedgerColumn("summary", "案情摘要", ColumnKind.LONG, listed=False),
        ),
        states=FOLLOWED,
        article="建设规划四（一）3",
    ),
)

DECLARATIONS: tuple[Declaration, ...] = LEDGERS
