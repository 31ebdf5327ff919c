"""A ledger as lists, forms and the importer see it: fields, from its declaration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy.orm import InstrumentedAttribute

from suite.contract.commands import Actor
from suite.contract.declarations import Field, RecordKind, SubjectRole
from suite.contract.ledgers import ABOUT, ColumnKind, Ledger, LedgerColumn
from suite.contract.problems import ProblemKind, refuse
from suite.database.base import table_of
from suite.kernel.registry.body_fields import DISTRICT_FIELD
from suite.kernel.registry.value_checks import not_negative
from suite.loader.catalog import Catalog
from suite.tables import LedgerEntry, LedgerSubject

ENTRIES, SUBJECTS = table_of(LedgerEntry), table_of(LedgerSubject)
NUMBERS = (ColumnKind.WHOLE, ColumnKind.AMOUNT, ColumnKind.HOURS)


@dataclass(frozen=True, kw_only=True)
class LedgerSheet(RecordKind):
    """A ledger with its fields; those that point to records keep tuples of their ids."""

    ledger: Ledger

    @property
    def list_title(self) -> str:
        """What a list of its entries is called."""
        return f"{self.title}台账"

    @cached_property
    def stored(self) -> tuple[Field, ...]:
        """The fields that stand in the entry itself."""
        return tuple(field for field in self.fields if not field.links)

    @cached_property
    def roles(self) -> tuple[Field, ...]:
        """The fields that name records."""
        return tuple(field for field in self.fields if field.links)


_sheets: WeakKeyDictionary[Catalog, dict[str, LedgerSheet]] = WeakKeyDictionary()


def ledger_sheets(catalog: Catalog) -> Mapping[str, LedgerSheet]:
    """Key → ledger with its fields, of every one that is declared: by profession, in their order."""
    if catalog not in _sheets:
        owners = {owner: place for place, owner in enumerate(catalog.professions)}
        ledgers = sorted(
            catalog.ledgers.values(), key=lambda one: (owners.get(one.owner, len(owners)), one.order, one.key)
        )
        _sheets[catalog] = {ledger.key: _sheet(ledger) for ledger in ledgers}
    return _sheets[catalog]


def ledger_sheet(catalog: Catalog, key: str) -> LedgerSheet:
    """The ledger of this key; raises Refused when no plugin that is on declares it."""
    return ledger_sheets(catalog)[catalog.ledger(key).key]


def readable_ledgers(actor: Actor, catalog: Catalog) -> list[LedgerSheet]:
    """The ledgers that the actor may read."""
    return [sheet for sheet in ledger_sheets(catalog).values() if actor.may(f"{sheet.owner}:ledger:read")]


def require_readable(actor: Actor, sheet: LedgerSheet) -> None:
    """Raises Refused where the actor reads no entry of it anywhere."""
    if not actor.may(f"{sheet.owner}:ledger:read"):
        text = f"您没有查看“{sheet.list_title}”的权限，请联系科室管理员。"
        raise refuse("not_permitted", text, ProblemKind.NOT_PERMITTED)


def _sheet(ledger: Ledger) -> LedgerSheet:
    return LedgerSheet(
        key=ledger.key,
        title=ledger.title,
        role=SubjectRole.GROUP,
        details=ENTRIES,
        fields=tuple(_fields(ledger)),
        match=("number",),
        status=ledger.states_key,
        unit=ledger.unit,
        order=ledger.order,
        ledger=ledger,
    )


def _fields(ledger: Ledger) -> Iterator[Field]:
    yield Field(
        LedgerEntry.number, title="编号", headings=("序号", "台账编号"), listed=True, cleaner="text",
        help="可以不填，由系统按年编号。",
    )  # fmt: skip
    yield Field(LedgerEntry.title, title=ledger.named, required=True, listed=True, width=24)
    if ledger.subjects:
        yield Field(
            LedgerSubject.subject_id, key=ABOUT, title=ledger.about, links=ledger.subjects, several=True,
            required=ledger.about_required, listed=True, help="名册中的名称或编号；几个的用顿号隔开。",
        )  # fmt: skip
    yield Field(LedgerEntry.day, title=ledger.dated, required=True, listed=True, filtered=True)
    if ledger.until:
        yield Field(LedgerEntry.until, title=ledger.until, listed=True)
    yield Field(
        LedgerEntry.district_code, title="区县", headings=DISTRICT_FIELD.headings, listed=True, filtered=True,
        help="不填的，随所涉机构或人员；都没有的，属全市。",
    )  # fmt: skip
    for column in ledger.columns:
        yield _column(ledger, column)
    if ledger.states:
        yield Field(
            LedgerEntry.state, title="状态", codes=ledger.states_key, listed=True, filtered=True,
            headings=("办理状态", "当前状态", "进展"), help=f"不填的为“{ledger.states[0].title}”。",
        )  # fmt: skip
    yield Field(LedgerEntry.note, title="备注")


def _column(ledger: Ledger, column: LedgerColumn) -> Field:
    common: dict[str, Any] = {
        "key": column.key,
        "title": column.title,
        "required": column.required,
        "listed": column.listed,
        "headings": column.headings,
        "help": column.help,
        "unit": column.unit,
    }
    if column.kind is ColumnKind.SUBJECT:
        return Field(LedgerSubject.subject_id, links=column.links, several=True, **common)
    stored: InstrumentedAttribute[Any] = getattr(LedgerEntry, ledger.slots[column.key])
    if column.kind in (ColumnKind.CHOICE, ColumnKind.CHOICES):
        several = column.kind is ColumnKind.CHOICES
        return Field(stored, codes=ledger.codes_of(column), several=several, filtered=True, **common)
    return Field(stored, checks=(not_negative,) if column.kind in NUMBERS else (), **common)
