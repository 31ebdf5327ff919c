"""Which kind's list a sheet is: told when a file was chosen for another kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from suite.contract.declarations import RecordKind
from suite.kernel.exchange.columns import headings_of
from suite.kernel.exchange.header import Header, Headings, find_header, named_by
from suite.kernel.exchange.reading import Sheet
from suite.kernel.exchange.stock.sheet import case_sheets
from suite.loader.catalog import Catalog

CLEARLY = 2
"""So many more columns must fit another kind before a list that has all it needs is called that kind's."""


@dataclass(kw_only=True)
class Templates:
    """The headings of every kind, for comparing a sheet with them. Costs nothing until it is asked."""

    catalog: Catalog
    _synonyms: dict[str, Headings] = field(default_factory=dict)

    def synonyms(self, kind: RecordKind) -> Headings:
        """Normalised heading → field key of a kind."""
        if kind.key not in self._synonyms:
            self._synonyms[kind.key] = headings_of(kind)
        return self._synonyms[kind.key]

    @cached_property
    def headings(self) -> frozenset[str]:
        """Every normalised heading of any kind."""
        return frozenset().union(*(self.synonyms(kind) for kind in _told_apart(self.catalog).values()))

    @cached_property
    def _any(self) -> Headings:
        """The headings of all kinds, each for itself: a sheet on which these find no header has none."""
        known = [self.synonyms(kind) for kind in _told_apart(self.catalog).values()]
        found = Headings({heading: heading for one in known for heading in one})
        found.alike = {form: form for one in known for form in one.alike}
        return found

    def looks_like(self, kind: RecordKind, header: Header, *, complete: bool) -> RecordKind | None:
        """The kind whose list this header rather belongs to. `complete`: nothing lacks for `kind` itself."""
        headings = [column.heading for column in header.columns]
        own = len(named_by(headings, self.synonyms(kind)))
        other, most = self._best(headings, kind)
        return other if most >= own + (CLEARLY if complete else 1) else None

    def recognised(self, sheet: Sheet, kind: RecordKind) -> RecordKind | None:
        """The other kind whose header stands on a sheet where `kind` has none."""
        best: tuple[int, RecordKind] | None = None
        # Asked first: a sheet of something else is not compared with every kind for long.
        if find_header(sheet.rows, self._any) is None:
            return None
        for other in _told_apart(self.catalog).values():
            header = None if other is kind else _header_of(sheet, self.synonyms(other))
            if header is None:
                continue
            headings = [column.heading for column in header.columns]
            found, most = self._best(headings, kind)
            if found is not None and (best is None or most > best[0]):
                best = most, found
        return best[1] if best else None

    def _best(self, headings: Sequence[str], but: RecordKind) -> tuple[RecordKind | None, int]:
        best: tuple[RecordKind | None, int] = None, 0
        for kind in _told_apart(self.catalog).values():
            if kind is but:
                continue
            named = named_by(headings, self.synonyms(kind))
            if len(named) > max(best[1], 1) and not set(lacking(kind, named)):
                best = kind, len(named)
        return best


def _header_of(sheet: Sheet, synonyms: Headings) -> Header | None:
    return find_header(
        sheet.rows,
        synonyms,
        first_row_number=sheet.first_row_number,
        first_column_number=sheet.first_column_number,
        merged=sheet.merged,
    )


@lru_cache(maxsize=1)
def templates_of(catalog: Catalog) -> Templates:
    """Those of a catalog, which never changes: made anew they are a quarter of a look at a small file."""
    return Templates(catalog=catalog)


def _told_apart(catalog: Catalog) -> Mapping[str, RecordKind]:
    """The kinds whose lists can be told by their headings; ledgers are too much alike for that."""
    return {**catalog.kinds, **case_sheets(catalog)}


def required_keys(kind: RecordKind) -> list[str]:
    """The fields that every row of a list must say."""
    return [item.key for item in kind.fields if item.required and item.key != "status"]


def derived_from(kind: RecordKind) -> Mapping[str, str | None]:
    """Field → the link from which it follows where a row does not say it."""
    return {"district_code": "body_id", "name": kind.named_after}


def lacking(kind: RecordKind, named: Sequence[str] | set[str]) -> list[str]:
    """The required fields without a column; district and name may follow from a link that is named."""
    derived = derived_from(kind)
    return [key for key in required_keys(kind) if key not in named and derived.get(key) not in named]
