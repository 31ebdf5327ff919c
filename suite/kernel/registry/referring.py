"""What points at a row: asked of the database itself, so that a parked plugin's tables count too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from sqlalchemy import (
    ColumnClause,
    ColumnElement,
    Connection,
    Select,
    String,
    and_,
    bindparam,
    cast,
    column,
    func,
    inspect,
    literal,
    or_,
    select,
    table,
    text,
)

from suite.database.base import METADATA
from suite.database.engine import is_sqlite
from suite.database.rights_cases import WRITTEN_WITH
from suite.kernel.registry.activity import TABLES
from suite.kernel.registry.current import chunks
from suite.kernel.registry.merging_references import title_of
from suite.loader.catalog import Catalog
from suite.tables import AuditEntry

#: Table and column of a foreign key.
Place = tuple[str, str]

#: A login may not read every case that a record is a party of.
PARTIES = ("core_case_party", "subject_id")
#: What points at a record in a table that is not for the login.
HIDDEN = ("", "")
ENTRIES = METADATA.tables[AuditEntry.__tablename__].c
OTHER = "其他业务数据"


def foreign_keys(connection: Connection, target: str) -> list[Place]:
    """Every single-column foreign key of the database to a table."""
    schema = None if is_sqlite(connection) else connection.dialect.default_schema_name
    found = inspect(connection).get_multi_foreign_keys(schema=schema)
    return sorted(
        (name, key["constrained_columns"][0])
        for (_, name), keys in found.items()
        for key in keys
        if key["referred_table"] == target and len(key["constrained_columns"]) == 1
    )


def referring(
    connection: Connection, places: Sequence[Place], ids: Sequence[int], but: Collection[Place]
) -> dict[int, Counter[Place]]:
    """Row → how many rows point at it from where. `but`: places that are part of the row itself.

    Of cases that the login may not read PostgreSQL tells only that there are some, which counts as one; of a
    table that is not for it at all it tells nothing, and its foreign key keeps the row.
    """
    found: dict[int, Counter[Place]] = {}
    closed = _closed_tables(connection, {name for name, _ in places})
    for name, key in places:
        if (name, key) in but or name in closed:
            continue
        pointer: ColumnClause[int] = column(key)
        source = table(name, pointer)
        for part in chunks(ids):
            query = select(pointer, func.count()).select_from(source).where(pointer.in_(part))
            for row_id, number in connection.execute(query.group_by(pointer)):
                found.setdefault(row_id, Counter())[name, key] += number
    if PARTIES in places and not is_sqlite(connection):
        for part in chunks(ids):
            hidden = connection.scalars(text("SELECT * FROM core_in_cases(:ids)"), {"ids": list(part)})
            for row_id in hidden:
                counts = found.setdefault(row_id, Counter())
                counts[PARTIES] = counts[PARTIES] or 1
    return found


def referred_since(
    connection: Connection, ids: Sequence[int], but: Collection[Place], transaction: int
) -> dict[int, set[Place]]:
    """Subject → from where rows point at it that came, or were turned to it, after a transaction.

    The trace knows when. What stands in tables that are not for the login PostgreSQL tells as `HIDDEN`.
    """
    found: dict[int, set[Place]] = {}
    for subject_id, place in _since(connection, ids, transaction):
        if place not in but:
            found.setdefault(subject_id, set()).add(place)
    return found


def _since(connection: Connection, ids: Sequence[int], transaction: int) -> Iterator[tuple[int, Place]]:
    if not is_sqlite(connection):
        asked = text("SELECT referred, place, key FROM core_referred_since(:ids, :run)")
        for part in chunks(ids):
            for row in connection.execute(asked, {"ids": list(part), "run": transaction}):
                yield row.referred, (row.place, row.key) if row.place is not None else HIDDEN
        return
    keys = inspect(connection).get_multi_pk_constraint()
    for name, key in foreign_keys(connection, "core_subject"):
        statement = _written_since(name, key, keys[None, name]["constrained_columns"], transaction)
        for part in chunks(ids):
            for subject_id in connection.scalars(statement, {"ids": list(part)}):
                yield subject_id, (name, key)


def _written_since(name: str, key: str, own: Sequence[str], transaction: int) -> Select[int]:
    """The subjects among `ids` that rows of a table point at since; `own`: the table's primary key."""
    known = METADATA.tables.get(name)
    parts = [one.name for one in known.primary_key.columns] if known is not None else own
    audited, parts = WRITTEN_WITH.get(name, (name, parts))
    source = table(name, *(column(one) for one in dict.fromkeys((key, *parts))))
    first, *more = (cast(source.c[part], String) for part in parts)
    row_key: ColumnElement[str] = first
    for part in more:
        row_key = row_key + literal("|") + part
    turned = func.json_extract(ENTRIES.before, f"$.{key}").is_distinct_from(
        func.json_extract(ENTRIES.after, f"$.{key}")
    )
    written = select(ENTRIES.id).where(
        ENTRIES.table_name == audited,
        ENTRIES.row_key == row_key,
        ENTRIES.transaction_id > transaction,
        or_(ENTRIES.action == "I", and_(ENTRIES.action == "U", turned)),
    )
    pointer = source.c[key]
    return select(pointer).distinct().where(pointer.in_(bindparam("ids", expanding=True)), written.exists())


def _closed_tables(connection: Connection, names: Collection[str]) -> set[str]:
    """The tables that the login may not read."""
    if is_sqlite(connection):
        return set()
    asked = text("SELECT t FROM unnest(CAST(:names AS text[])) t WHERE NOT has_table_privilege(t, 'SELECT')")
    return set(connection.scalars(asked, {"names": sorted(names)}))


def referring_words(counts: Counter[Place], catalog: Catalog) -> str:
    """What points at a record, in words: which matters and how many of each."""
    told: Counter[str] = Counter()
    for place, number in sorted(counts.items()):
        told[place_title(place, catalog)] += number
    return "、".join(f"{title} {number:,} 条" for title, number in told.items())


def places_words(places: Iterable[Place], catalog: Catalog) -> str:
    """From where something points at a record, in words."""
    return "、".join(dict.fromkeys(place_title(place, catalog) for place in sorted(places)))


def place_title(place: Place, catalog: Catalog) -> str:
    """What the rows of a table that point at something are called, as it is declared."""
    name, key = place
    details = next((kind for kind in catalog.kinds.values() if kind.details.name == name), None)
    if details is not None and key == "subject_id":
        return f"“{details.title}”档案"
    known = METADATA.tables.get(name)
    said = title_of(catalog, known.columns[key]) if known is not None else None
    if said or name in TABLES:
        return said or TABLES[name]
    owner = name.split("_", 1)[0]
    return f"插件“{owner}”的数据" if name and owner != "core" else OTHER
