"""Learning a sender's layout and forgetting it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select

from suite.contract.commands import Change, Done, KindCommand
from suite.contract.declarations import Field, RecordKind
from suite.contract.problems import refuse
from suite.kernel.exchange.date_orders import ORDERS
from suite.kernel.exchange.layouts import Mark, SheetLayout, is_target, signature
from suite.kernel.exchange.stock.sheet import NUMBER, list_kind
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.canonical import NUMBER_FIELDS
from suite.tables import ImportLayout

IDENTIFIER = "identifier"


@dataclass(frozen=True, kw_only=True)
class RememberLayout(KindCommand):
    """Keep how a sender's headings go to fields, so that it is proposed the next time."""

    permission: ClassVar[str] = "{owner}:roster:import"
    title: ClassVar[str] = "记住列对应"

    sender: str
    layouts: tuple[SheetLayout, ...]


@dataclass(frozen=True, kw_only=True)
class ForgetLayout(KindCommand):
    """Forget learned layouts."""

    permission: ClassVar[str] = "{owner}:roster:import"
    title: ClassVar[str] = "忘记列对应"

    layouts: tuple[int, ...]


def remember_layout(command: RememberLayout, work: Transaction) -> Done:
    """Write the layouts; what is known already is not written again. Repairs stay until others are given."""
    kind = list_kind(work.catalog, command.kind)
    ids = [_remember(kind, command.sender.strip()[:200], layout, work) for layout in command.layouts]
    return Done(
        text="已记住列对应，下次按此读取",
        changes=(Change(kind="core.import_layout", ids=tuple(ids)),),
        result={"layouts": ids},
    )


def _remember(kind: RecordKind, sender: str, layout: SheetLayout, work: Transaction) -> int:
    unknown = [field for _, _, field in layout.columns if field is not None and not is_target(kind, field)]
    if unknown or not layout.headings:
        names = "、".join(unknown) or "（空）"
        raise refuse("layout.field", f"“{kind.title}”没有字段 {names}，请重新核对列。", field="layouts")
    if any(order not in ORDERS for _, _, order in layout.orders or ()):
        raise refuse("layout.order", f"日期顺序只能是 {'、'.join(ORDERS)}。", field="layouts")
    key = signature(layout.headings)
    row = work.session.scalar(
        select(ImportLayout).where(ImportLayout.kind == kind.key, ImportLayout.signature == key)
    )
    kept = json.loads(row.repairs) if row is not None else {"values": [], "orders": []}
    habits = _habits(kind, layout)
    if layout.values is not None:
        kept["values"] = [item for item in layout.values if item[:2] in habits]
    if layout.orders is not None:
        kept["orders"] = [item for item in layout.orders if item[:2] in habits]
    columns = json.dumps(sorted(layout.columns, key=lambda column: column[:2]), ensure_ascii=False)
    repairs = json.dumps({name: sorted(map(list, items)) for name, items in kept.items()}, ensure_ascii=False)
    if row is None:
        row = ImportLayout(kind=kind.key, profession=kind.owner, signature=key)
        work.session.add(row)
    if (row.columns, row.repairs) != (columns, repairs):
        row.sender, row.columns, row.repairs = sender, columns, repairs
        row.confirmed_by, row.confirmed_at = work.actor.login, work.now
        work.session.flush()
    return row.id


def forget_layout(command: ForgetLayout, work: Transaction) -> Done:
    """Delete the layouts. Refuses one that is not the kind's."""
    for number in command.layouts:
        row = work.session.get(ImportLayout, number)
        if row is None or row.kind != command.kind:
            raise refuse("layout.unknown", "这份列对应已不存在，请刷新。", field="layouts")
        work.session.delete(row)
    work.session.flush()
    return Done(
        text="已忘记列对应，下次按表头识别",
        changes=(Change(kind="core.import_layout", ids=command.layouts),),
    )


def _habits(kind: RecordKind, layout: SheetLayout) -> frozenset[Mark]:
    """The columns whose repairs may be kept: numbers and secrets are no sender's habit."""
    return frozenset(
        (heading, which)
        for heading, which, key in layout.columns
        if key in kind.by_key and _may_keep(kind.by_key[key])
    )


def _may_keep(field: Field) -> bool:
    return not (field.sensitive or field.key in (*NUMBER_FIELDS, NUMBER) or field.cleaner == IDENTIFIER)
