"""What points at a row: asked of the database itself, so that a parked plugin's tables count too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from sqlalchemy import ColumnClause, Connection, column, func, inspect, select, table, text

from suite.database.engine import is_sqlite
from suite.kernel.registry.current import chunks
from suite.loader.catalog import Catalog

#: Table and column of a foreign key.
Place = tuple[str, str]

#: A login may not read every case that a record is a party of.
PARTIES = ("core_case_party", "subject_id")
_TITLES = {
    "core_post": "执业经历",
    "core_subject": "档案",
    "core_licence_event": "许可变动",
    "core_case_party": "办件当事人",
}


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
) -> dict[int, Counter[str]]:
    """Row → how many rows of which table point at it. `but`: places that are part of the row itself.

    Of cases that the login may not read PostgreSQL tells only that there are some, which counts as one; of a
    table that is not for it at all it tells nothing, and its foreign key keeps the row.
    """
    found: dict[int, Counter[str]] = {}
    closed = _closed_tables(connection, {name for name, _ in places})
    for name, key in places:
        if (name, key) in but or name in closed:
            continue
        pointer: ColumnClause[int] = column(key)
        source = table(name, pointer)
        for part in chunks(ids):
            query = select(pointer, func.count()).select_from(source).where(pointer.in_(part))
            for row_id, number in connection.execute(query.group_by(pointer)):
                found.setdefault(row_id, Counter())[name] += number
    if PARTIES in places and not is_sqlite(connection):
        for part in chunks(ids):
            hidden = connection.scalars(text("SELECT * FROM core_in_cases(:ids)"), {"ids": list(part)})
            for row_id in hidden:
                counts = found.setdefault(row_id, Counter())
                counts[PARTIES[0]] = counts[PARTIES[0]] or 1
    return found


def _closed_tables(connection: Connection, names: Collection[str]) -> set[str]:
    """The tables that the login may not read."""
    if is_sqlite(connection):
        return set()
    asked = text("SELECT t FROM unnest(CAST(:names AS text[])) t WHERE NOT has_table_privilege(t, 'SELECT')")
    return set(connection.scalars(asked, {"names": sorted(names)}))


def referring_words(counts: Counter[str], catalog: Catalog) -> str:
    """What points at a record, in words: which matters and how many of each."""
    titles = {kind.details.name: f"“{kind.title}”档案" for kind in catalog.kinds.values()} | _TITLES
    told = ((titles.get(name) or f"业务数据（{name}）", number) for name, number in sorted(counts.items()))
    return "、".join(f"{title} {number:,} 条" for title, number in told)
