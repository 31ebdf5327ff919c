"""Two records field by field: which value wins, and which columns exchange their values for it.

A value that wins comes into the kept row by an exchange: the gone row takes what was given up. So nothing
is written down twice, no secret leaves its table, and an undo is the same exchange again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Table, UniqueConstraint, insert, select, update
from sqlalchemy.orm import Session

from suite.contract.declarations import Field, RecordKind
from suite.contract.problems import refuse
from suite.kernel.registry.merging_references import IDENTITIES, PERSONS, SUBJECTS
from suite.kernel.registry.shown import write_shown
from suite.kernel.registry.timeline import dated_fields

Side = Literal["kept", "gone"]
Values = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Swap:
    """One column whose values the kept and the gone row of a table exchange; `key` names the key column."""

    table: Table
    kept: int
    gone: int
    column: str

    @property
    def key(self) -> str:
        """The name of the table's one key column."""
        return str(next(iter(self.table.primary_key.columns)).name)


@dataclass(frozen=True, kw_only=True)
class Pair:
    """The kept and the gone row of one table; an identity may lack either."""

    table: Table
    kept_key: int
    gone_key: int
    kept: Values
    gone: Values

    def swap(self, column: str) -> Swap:
        """The exchange of a column."""
        return Swap(table=self.table, kept=self.kept_key, gone=self.gone_key, column=column)


def pair(session: Session, table: Table, kept: int, gone: int) -> Pair:
    """Both rows, secrets included: for the kernel's own use, never for a screen."""
    key = next(iter(table.primary_key.columns))
    rows: dict[int, Values] = {
        row[key.name]: dict(row)
        for row in session.execute(select(table).where(key.in_((kept, gone)))).mappings()
    }
    return Pair(table=table, kept_key=kept, gone_key=gone, kept=rows.get(kept, {}), gone=rows.get(gone, {}))


def pairs_of(session: Session, kind: RecordKind, kept: int, gone: int) -> dict[Table, Pair]:
    """The rows of two records in every table that holds a field; the person's only where they are two."""
    subjects = pair(session, SUBJECTS, kept, gone)
    found = {SUBJECTS: subjects, kind.details: pair(session, kind.details, kept, gone)}
    persons = subjects.kept["person_id"], subjects.gone["person_id"]
    if None not in persons and persons[0] != persons[1]:
        found |= person_pairs(session, *persons)
    return found


def person_pairs(session: Session, kept: int, gone: int) -> dict[Table, Pair]:
    """The rows of two persons."""
    return {table: pair(session, table, kept, gone) for table in (PERSONS, IDENTITIES)}


def compared(fields: Iterable[Field], pairs: Mapping[Table, Pair]) -> list[Field]:
    """The fields whose values may differ between the two."""
    return [field for field in fields if field.table in pairs]


def personal_fields(*kinds: RecordKind) -> list[Field]:
    """What these kinds say of the person, each column once; the name apart."""
    columns: dict[tuple[Table, str], Field] = {}
    for kind in kinds:
        for field in kind.fields:
            if field.table in (PERSONS, IDENTITIES):
                columns.setdefault((field.table, field.name), field)
    return list(columns.values())


def sides_of(
    fields: Sequence[Field], pairs: Mapping[Table, Pair], choices: Mapping[str, str]
) -> dict[str, Side]:
    """Field key → whose value wins. Raises Refused for a choice of no field or of neither side."""
    known = {field.key for field in fields}
    for key, side in choices.items():
        if key not in known or side not in ("kept", "gone"):
            raise refuse(
                "merge.choice",
                f"“{key}”不能这样取值。取值为 kept 或 gone，字段可选：{'、'.join(sorted(known))}。",
                field="choices",
            )
    sides: dict[str, Side] = {}
    for field in fields:
        asked = choices.get(field.key)
        if asked is not None:
            sides[field.key] = "gone" if asked == "gone" else "kept"
        else:
            both = pairs[field.table]
            filled = blank(both.kept.get(field.name)) and not blank(both.gone.get(field.name))
            sides[field.key] = "gone" if filled else "kept"
    if "id_type" in sides and "id_number" in sides:
        # A number is one only together with its type.
        sides["id_type"] = sides["id_number"]
    return sides


def blank(value: Any) -> bool:
    """Whether a value says nothing."""
    return value is None or value == ""


def with_history(kind: RecordKind) -> frozenset[str]:
    """The keys of the fields whose past is kept: it goes where the value goes."""
    keys = {field.key for field in dated_fields(kind)} | ({"body_id"} & kind.by_key.keys())
    return frozenset(keys | ({"status"} if kind.licence is not None else set()))


def swaps_of(
    fields: Sequence[Field],
    pairs: Mapping[Table, Pair],
    sides: Mapping[str, Side],
    kept_anyway: frozenset[str],
) -> list[Swap]:
    """The exchanges that let the chosen values stand in the kept rows.

    Equal values are not exchanged, unless their history is (`kept_anyway`): the undo has to know of it.
    """
    swaps: list[Swap] = []
    for field in fields:
        both = pairs[field.table]
        equal = both.kept.get(field.name) == both.gone.get(field.name)
        if sides[field.key] == "gone" and (not equal or field.key in kept_anyway):
            swaps.append(both.swap(field.name))
    exchanged = {swap.column for swap in swaps if swap.table is IDENTITIES}
    if "id_number" in exchanged and "id_type" not in exchanged:
        # A number is one only together with its type, also where no field of the kinds says the type.
        swaps.append(pairs[IDENTITIES].swap("id_type"))
    if sides.get("name") == "gone" and SUBJECTS in pairs:
        swaps.append(pairs[SUBJECTS].swap("name_key"))
        if PERSONS in pairs:
            swaps.append(pairs[PERSONS].swap("name"))
    return swaps


def exchange(session: Session, connection: Connection, swaps: Sequence[Swap]) -> list[tuple[Table, int]]:
    """Exchange the columns; gives the rows that had to be made for it (an identity that was not there)."""
    groups: dict[tuple[str, int, int], list[Swap]] = {}
    for swap in swaps:
        groups.setdefault((swap.table.name, swap.kept, swap.gone), []).append(swap)
    made: list[tuple[Table, int]] = []
    for members in groups.values():
        first = members[0]
        table, key = first.table, first.table.columns[first.key]
        columns = list(dict.fromkeys(swap.column for swap in members))
        both = pair(session, table, first.kept, first.gone)
        for number, row in ((first.kept, both.kept), (first.gone, both.gone)):
            if not row:
                connection.execute(insert(table).values({key: number}))
                made.append((table, number))
        guarded = [name for name in columns if table.columns[name].nullable and is_unique(table, name)]
        kept = {name: both.gone.get(name) for name in columns}
        gone = {name: both.kept.get(name) for name in columns}
        if guarded:
            # No number may stand in both rows, not for a moment.
            connection.execute(update(table).where(key == first.gone).values(dict.fromkeys(guarded)))
        connection.execute(update(table).where(key == first.kept).values(kept))
        connection.execute(update(table).where(key == first.gone).values(gone))
        if table is IDENTITIES:
            write_shown((first.kept, first.gone), connection)
    return made


def is_unique(table: Table, name: str) -> bool:
    """Whether no two rows of a table may hold the same value of a column."""
    alone = any(index.unique and name in index.columns for index in table.indexes)
    return alone or any(
        isinstance(constraint, UniqueConstraint) and name in constraint.columns
        for constraint in table.constraints
    )
