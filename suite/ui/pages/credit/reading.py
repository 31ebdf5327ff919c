"""What the credit page reads at once: a page of each list, the numbers beside its views, rates, files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from suite.contract.commands import Actor
from suite.database.engine import ReadSession
from suite.kernel.casework.queries import CaseLine, CaseQuery, case_ids, case_lines, readable_kinds
from suite.kernel.credit.listing import CreditLine, CreditQuery, credit_counts, credit_lines
from suite.kernel.credit.publicity.listing import (
    PublicityLine,
    PublicityQuery,
    publicity_counts,
    publicity_lines,
)
from suite.kernel.credit.publicity.queries import publicity_rates
from suite.kernel.credit.publicity.rules import Rate
from suite.kernel.credit.queries import ExportLine, platform_exports
from suite.loader.catalog import Catalog

REPAIR = "repair"
#: Rows that a list shows at first, and that it adds when more are asked for.
PAGE = 500


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is asked for: words and professions for both lists, a view and a number of rows for each."""

    text: str = ""
    professions: tuple[str, ...] = ()
    due_view: str = ""
    due_rows: int = PAGE
    record_view: str = ""
    record_rows: int = PAGE
    repair_rows: int = PAGE

    @property
    def narrowed(self) -> bool:
        """Whether less than all is looked at."""
        return bool(self.text or self.professions)


@dataclass(frozen=True, kw_only=True)
class Read:
    """What came. Counts are of the whole lists, by view, of repairs of all and of the open ones; `waiting` is
    what waits whatever is looked for."""

    wanted: Wanted
    due: list[PublicityLine]
    due_counts: Mapping[str, int]
    records: list[CreditLine]
    record_counts: Mapping[str, int]
    repairs: list[CaseLine]
    repairs_all: int
    repairs_open: int
    rates: tuple[Rate, Rate, Rate]
    exports: Sequence[ExportLine]
    waiting: int


def reads_repairs(actor: Actor, catalog: Catalog) -> bool:
    """Whether cases of repair may be seen; an association reads credit and none of the bureau's cases."""
    return bool(readable_kinds(actor, catalog, CaseQuery(work=REPAIR)))


def read_credit(session: ReadSession, actor: Actor, catalog: Catalog, today: dt.date, wanted: Wanted) -> Read:
    """Read it; runs on a worker."""
    due = PublicityQuery(state=wanted.due_view, professions=wanted.professions, text=wanted.text)
    records = CreditQuery(state=wanted.record_view, professions=wanted.professions, text=wanted.text)
    due_counts = publicity_counts(session, actor, catalog, due, today)
    everything = (
        publicity_counts(session, actor, catalog, PublicityQuery(), today) if wanted.narrowed else due_counts
    )
    ids: tuple[int, ...] = ()
    open_ids: tuple[int, ...] = ()
    if reads_repairs(actor, catalog):
        ids = case_ids(session, actor, catalog, CaseQuery(work=REPAIR))
        open_ids = case_ids(session, actor, catalog, CaseQuery(work=REPAIR, open=True))
    return Read(
        wanted=wanted,
        due=publicity_lines(session, actor, catalog, due, today, limit=wanted.due_rows),
        due_counts=due_counts,
        records=credit_lines(session, actor, catalog, records, today, limit=wanted.record_rows),
        record_counts=credit_counts(session, actor, catalog, records, today),
        repairs=case_lines(session, actor, catalog, ids[: wanted.repair_rows], today=today) if ids else [],
        repairs_all=len(ids),
        repairs_open=len(open_ids),
        rates=publicity_rates(session, actor, catalog, today.replace(month=1, day=1), today, today),
        exports=platform_exports(session, actor, catalog),
        waiting=everything["waiting"],
    )
