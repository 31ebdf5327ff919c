"""Faults of ledgers: columns that are there twice or have no room, lists and kinds that are not there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Set

from suite.contract.ledgers import COMMON, SLOTS, ColumnKind, Ledger, LedgerColumn
from suite.loader.plan_checks import LAST_ITEM

CHOOSING = (ColumnKind.CHOICE, ColumnKind.CHOICES)


def ledger_faults(ledger: Ledger, codes: Set[str], kinds: Set[str]) -> Iterator[str]:
    """Every fault of one ledger, in Chinese with its cure."""
    keys = [*COMMON, *(column.key for column in ledger.columns)]
    for key, times in Counter(keys).items():
        if times > 1:
            yield f"{ledger.key}.{key}：栏目声明了两次或与共有栏目重名，请改名。"
    for title, times in Counter(_headings(ledger)).items():
        if times > 1:
            yield f"{ledger.key}：表头“{title}”指向 {times} 个栏目，请只留一处。"
    for name, many in dict(SLOTS.values()).items():
        used = sum(slot.startswith(f"{name}_") for slot in ledger.slots.values())
        if used > many:
            yield f"{ledger.key}：{name} 类栏目最多 {many} 个，现有 {used} 个，请合并或改用办件种类。"
    for kind in ledger.subjects:
        if kind not in kinds:
            yield f"{ledger.key}：没有种类 {kind}，请改正名称。"
    for column in ledger.columns:
        yield from _column_faults(ledger, column, codes, kinds)
    for key, times in Counter(state.key for state in ledger.states).items():
        if times > 1:
            yield f"{ledger.key}：状态 {key} 声明了 {times} 次，请只留一次。"
    if ledger.due is not None:
        due = ledger.by_key.get(ledger.due)
        if not (ledger.due == "until" and ledger.until) and (due is None or due.kind is not ColumnKind.DATE):
            yield f"{ledger.key}：到期日 {ledger.due} 不是本台账的日期栏目，请改正。"
        if not ledger.open_states:
            yield f"{ledger.key}：有到期日的台账须有未办结的状态。"
    if ledger.marks is not None and not (ledger.subjects and ledger.open_states):
        yield f"{ledger.key}：更新档案标记 {ledger.marks} 的台账须有所关于的种类和有效的状态。"
    for number in ledger.plan:
        if not 1 <= number <= LAST_ITEM:
            yield f"{ledger.key}：规划没有第 {number} 项，请改正。"


def _headings(ledger: Ledger) -> Iterator[str]:
    yield from ("编号", ledger.named, ledger.dated, "区县", "备注")
    yield from [ledger.until] if ledger.until else []
    yield from [ledger.about] if ledger.subjects else []
    yield from ["状态"] if ledger.states else []
    for column in ledger.columns:
        yield from {column.title, *column.headings}


def _column_faults(ledger: Ledger, column: LedgerColumn, codes: Set[str], kinds: Set[str]) -> Iterator[str]:
    place = f"{ledger.key}.{column.key}（{column.title}）"
    chooses = column.kind in CHOOSING
    if chooses and bool(column.codes) == bool(column.choices):
        yield f"{place}：选择栏目须有代码表 codes 或选项 choices，两者取一。"
    if not chooses and (column.codes or column.choices):
        yield f"{place}：只有选择栏目有选项，请改正 kind。"
    if column.codes is not None and column.codes not in codes:
        yield f"{place}：代码表 {column.codes} 未声明。"
    if (column.kind is ColumnKind.SUBJECT) != bool(column.links):
        yield f"{place}：指向名册的栏目须写明种类 links，其他栏目不得写。"
    for kind in column.links:
        if kind not in kinds:
            yield f"{place}：指向的种类 {kind} 不存在。"
