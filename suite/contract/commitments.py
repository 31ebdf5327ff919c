"""The register of credit commitments (信用承诺): what was promised, what a check found, what was broken.

A profession makes it its own by `commitments`; a broken one is a credit record by the core's rule.
"""

from __future__ import annotations

from suite.contract.ledgers import ColumnKind, EntryState, Ledger, LedgerColumn
from suite.contract.states import StateKind

#: The register's name in each profession: `notary.commitments`.
COMMITMENTS = "commitments"
BROKEN = "broken"
MATTERS = (
    ("notification", "告知承诺制许可"),
    ("means", "经济状况承诺"),
    ("repair", "信用修复承诺"),
    ("practice", "依法诚信执业承诺"),
    ("other", "其他承诺"),
)


def commitments(owner: str, subjects: tuple[str, ...], *, plan: tuple[int, ...] = ()) -> Ledger:
    """The register of a profession, about its kinds of body and person.

    Example: `commitments("notary", ("notary.notary_office", "notary.notary"), plan=(109,))`
    """
    return Ledger(
        key=f"{owner}.{COMMITMENTS}",
        title="信用承诺",
        plan=plan,
        subjects=subjects,
        about="承诺人",
        about_required=True,
        named="承诺事项",
        dated="承诺日期",
        until="履行期限",
        due="until",
        columns=(
            LedgerColumn("matter", "承诺种类", ColumnKind.CHOICE, choices=MATTERS, required=True),
            LedgerColumn("version", "承诺书版本", required=True, help="文本的版次或文号。"),
            LedgerColumn("signer", "签署人"),
            LedgerColumn("checked_on", "核查日期", ColumnKind.DATE),
            LedgerColumn("finding", "核查结果", ColumnKind.LONG, listed=False),
        ),
        states=(
            EntryState("given", "履行中", StateKind.RUN),
            EntryState("kept", "已履行", StateKind.OK),
            EntryState(BROKEN, "已违背", StateKind.BAD),
            EntryState("withdrawn", "已撤回", StateKind.ENDED),
        ),
        help="核查属实未履行的改为“已违背”，即记入承诺人的信用记录；改回或划去的，记录随之撤销。",
        article="《法律援助法》第四十一条；告知承诺制；信用修复管理办法",
        order=900,
    )
