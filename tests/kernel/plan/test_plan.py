"""The plan: every item is there once, places are what is declared, a wrong place is told at load."""

from __future__ import annotations

from suite.areas import CORE_DECLARATIONS
from suite.contract.ledgers import ColumnKind, Ledger, LedgerColumn
from suite.contract.plan import PlanItem
from suite.kernel.plan.queries import items, plan_lines
from suite.loader.checks import faults
from suite.loader.plugins import load_plugins

#: Whose items work: the core's and those of the plugins that come along.
OURS = {"core", "lawyers", "notary", "appraisal", "arbitration", "popularization"}


def test_every_item_of_the_list_is_there_once() -> None:
    assert [item.no for item in items()] == list(range(1, 199))
    assert sum(bool(OURS & set(item.owner.split(", "))) for item in items()) == 140


def test_items_are_served_by_what_is_declared() -> None:
    catalog = load_plugins(CORE_DECLARATIONS).catalog
    lines = {line.item.no: line for line in plan_lines(catalog)}
    assert lines[41].where == ("notary.village_visits", "appraisal.village_visits")
    assert lines[188].where == ("rights", "activity")
    assert (lines[96].state, lines[96].where) == ("waiting", ())
    served = {no for ledger in catalog.ledgers.values() for no in ledger.plan}
    assert all(lines[no].state == "here" for no in served)


def test_wrong_declarations_are_told_with_their_names() -> None:
    catalog = load_plugins(CORE_DECLARATIONS).catalog
    ledger = Ledger(
        key="notary.wrong",
        title="错误",
        columns=(
            LedgerColumn("title", "题目"),
            LedgerColumn("kind", "类别", ColumnKind.CHOICE),
            LedgerColumn("who", "人员", ColumnKind.SUBJECT, links=("nowhere.person",)),
            *(LedgerColumn(f"flag{n}", f"是否{n}", ColumnKind.FLAG) for n in range(7)),
        ),
        due="kind",
        plan=(199,),
    )
    told = "\n".join(faults("notary", [ledger, PlanItem(no=5, where=("nowhere",))], catalog))
    for part in (
        "wrong.title",
        "choices",
        "nowhere.person",
        "flag 类栏目最多 6 个",
        "到期日",
        "199",
        "nowhere",
    ):
        assert part in told, part
