"""How a link is written so that the importer finds the same record again, in this database and in another.

People are written with their number, since many bear one name. A village stands beside its township, which
bears its county's name in front where no column of the row says the county. Everything else is written by
its name, and with its number where the name alone does not lead to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from suite.contract.declarations import Field, FieldType, RecordKind
from suite.database.among import MOST, among
from suite.kernel.exchange.linking import VILLAGE, Candidate, LinkIndex, candidates, link_index
from suite.kernel.registry.current import chunks
from suite.loader.catalog import Catalog
from suite.tables import Subject

#: What stands over the column of a village's township, as every kind with a village reads it.
TOWNSHIP = "乡镇（街道）"
_DISTRICT = "district_code"


@dataclass(frozen=True, kw_only=True)
class WrittenColumn:
    """A column of a file that is to be read again. `township`: of the village that the field links to."""

    heading: str
    field: Field
    township: bool = False


def written_columns(fields: Iterable[Field]) -> list[WrittenColumn]:
    """The columns that say these fields completely."""
    columns = []
    for field in fields:
        if _of_village(field):
            columns.append(WrittenColumn(heading=TOWNSHIP, field=field, township=True))
        columns.append(WrittenColumn(heading=field.title, field=field))
    return columns


def _of_village(field: Field) -> bool:
    return field.type is FieldType.LINK and VILLAGE in field.links


class LinkTexts:
    """The texts of a kind's links; `read` looks up the records of some values before they are written."""

    def __init__(self, session: Session, catalog: Catalog, kind: RecordKind, keys: Iterable[str]) -> None:
        chosen = set(keys)
        self._session = session
        self._links = [field for field in kind.fields if field.key in chosen and field.type is FieldType.LINK]
        self._with_county = _DISTRICT not in chosen
        self._catalog = catalog
        self._numbered = {field.key for field in self._links if self._of_person(field)}
        self._indexes: dict[str, LinkIndex] = {}
        self._records: dict[int, Candidate] = {}
        self._texts: dict[tuple[str, int], str] = {}

    def _of_person(self, field: Field) -> bool:
        kinds = [self._catalog.kinds.get(key) for key in field.links]
        return all(kind is not None and kind.has_person for kind in kinds)

    def read(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Look up what these rows point to: field key → id, or (id, name)."""
        keys = [field.key for field in self._links]
        wanted = {number for row in rows for key in keys if (number := _id(row.get(key))) is not None}
        for part in chunks(sorted(wanted - self._records.keys()), MOST):
            for record in candidates(self._session, among(Subject.id, part)):
                self._records[record.subject_id] = record

    def text(self, column: WrittenColumn, value: Any) -> str | None:
        """What stands in the cell of a link."""
        record = self._records.get(_id(value) or 0)
        if record is None:
            return None
        if column.township:
            return self._township(record)
        at = (column.field.key, record.subject_id)
        if at not in self._texts:
            self._texts[at] = self._written(column.field, record)
        return self._texts[at]

    def _township(self, village: Candidate) -> str | None:
        county = village.place or "" if self._with_county else ""
        return f"{county}{village.parent}" if village.parent else None

    def _written(self, field: Field, record: Candidate) -> str:
        if record.main_no and (field.key in self._numbered or not self._is_found(field, record)):
            return f"{record.name}（{record.main_no}）"
        return record.name

    def _is_found(self, field: Field, record: Candidate) -> bool:
        if field.key not in self._indexes:
            self._indexes[field.key] = link_index(field, self._session, self._catalog)
        village = _of_village(field)
        found, _ = self._indexes[field.key].resolve(
            field,
            record.name,
            district=record.district_code if village and not self._with_county else None,
            parent=self._township(record) if village else None,
        )
        return found == record.subject_id


def _id(value: Any) -> int | None:
    number: int | None = value[0] if isinstance(value, tuple) else value
    return number
