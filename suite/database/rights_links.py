"""The triggers of PostgreSQL that keep a login from naming rows that it does not read.

A policy that asks for a row's own place lets its writer say whose part the row is: an entry of one's own
county would be hung onto a record of another. So every column that refers to a row with rights of its own is
looked at, unless the policy asks for that row already or a guard of its own knows better. Which columns
these are follows from the declared rights and the foreign keys; nothing is listed here but those guards.

They run with the rights of whoever writes, and simply look: what the policies of the other table show may be
named, and so may what a row of the same table names already that the writer reads, and the body of a post of
the very record: an import that moved it may be taken back.
"""

from __future__ import annotations

from dataclasses import dataclass

from suite.database.audit_sql import SEARCH_PATH
from suite.database.base import METADATA
from suite.database.rights import (
    AllOf,
    AnyOf,
    AsParent,
    Blank,
    Everybody,
    Function,
    InScope,
    Right,
    RightsPlan,
    RowTrigger,
    Through,
)

#: The columns that a guard of `rights_guards` watches: persons and merges, which are named by number.
WATCHED = frozenset(
    {
        ("core_subject", "person_id"), ("core_merge", "kept_id"), ("core_merge", "gone_id"),
        ("core_merge", "kept_person_id"), ("core_merge", "gone_person_id"),
    }
)  # fmt: skip
#: The body of a record, and that each record that now names it has held a post there.
BODY = ("core_subject", "body_id")
HELD = """
        AND EXISTS (SELECT FROM new_rows n WHERE n."{column}" = x.id
          AND NOT EXISTS (SELECT FROM core_post p WHERE p.subject_id = n.id AND p.body_id = x.id))"""
#: Where the scope of a row stands elsewhere, the column that says where.
_ASKED_THROUGH = {
    Through.SUBJECT: "subject_id",
    Through.CASE: "case_id",
    Through.PERSON: "person_id",
    Through.SEARCH: "scope_id",
}


@dataclass(frozen=True, kw_only=True)
class Link:
    """A column of a table and the table whose rows it names."""

    column: str
    target: str


def asked(right: Right | None) -> frozenset[str]:
    """The columns whose rows a right asks for, whichever way it takes; an empty one names none."""
    match right:
        case InScope(through=through):
            return frozenset({_ASKED_THROUGH[through]} if through in _ASKED_THROUGH else ())
        case AsParent(column=column):
            return frozenset({column})
        case Blank(columns=columns):
            return frozenset(columns)
        case AllOf():
            return frozenset().union(*(asked(part) for part in right.rights))
        case AnyOf():
            first, *others = (asked(part) for part in right.rights)
            return first.intersection(*others)
    return frozenset()


def links(plan: RightsPlan) -> dict[tuple[str, str], tuple[Link, ...]]:
    """(table, operation) → the columns that are to be looked at.

    What a merge alone moves has a guard of its own.
    """
    ruled = {one.table for one in plan.tables if one.select != Everybody()}
    found = {}
    for table in plan.tables:
        named = [
            Link(column=column.name, target=key.column.table.name)
            for column in METADATA.tables[table.table].columns
            for key in sorted(column.foreign_keys, key=lambda one: one.target_fullname)
            if key.column.name == "id" and key.column.table.name in ruled
            if (table.table, column.name) not in WATCHED
        ]
        if not named:
            continue
        if table.insert is not None:
            free = asked(table.insert)
            found[table.table, "INSERT"] = tuple(one for one in named if one.column not in free)
        changing = set(table.changing) - asked(table.becomes or table.update)
        found[table.table, "UPDATE"] = tuple(one for one in named if one.column in changing)
    return {place: looked for place, looked in found.items() if looked}


def _function(table: str, operation: str, looked: tuple[Link, ...]) -> Function:
    keys = [column.name for column in METADATA.tables[table].primary_key.columns]
    same = " AND ".join(f'n."{key}" = {{0}}."{key}"' for key in keys)
    looks = []
    # Nothing is asked of the other table where nothing is named: whoever writes may have no right on it.
    for one in looked:
        rows = f'FROM new_rows n WHERE n."{one.column}" IS NOT NULL'
        if operation == "UPDATE":
            rows = f'FROM new_rows n JOIN old_rows o ON {same.format("o")} WHERE n."{one.column}" IS NOT NULL'
            rows += f' AND n."{one.column}" IS DISTINCT FROM o."{one.column}"'
        post = HELD.format(column=one.column) if (table, one.column) == BODY else ""
        looks.append(f"""
  SELECT array_agg(DISTINCT n."{one.column}") INTO named {rows};
  IF named IS NOT NULL THEN
    IF EXISTS (SELECT FROM unnest(named) AS x(id)
        WHERE NOT EXISTS (SELECT FROM "{one.target}" t WHERE t.id = x.id)
        AND NOT EXISTS (SELECT FROM "{table}" k WHERE k."{one.column}" = x.id
          AND NOT EXISTS (SELECT FROM new_rows n WHERE {same.format("k")})){post}) THEN
      RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege', MESSAGE = '不能指向您无权查看的记录。';
    END IF;
  END IF;""")
    return Function(
        name=f"core_{operation.lower()}_links_{table}",
        arguments="",
        head=f"RETURNS trigger LANGUAGE plpgsql SET search_path = {SEARCH_PATH}",
        body=f"\nDECLARE\n  named bigint[];\nBEGIN{''.join(looks)}\n  RETURN NULL;\nEND ",
        callable=False,
    )


def link_functions(plan: RightsPlan) -> list[Function]:
    """The functions of those triggers: one for each table and operation."""
    return [_function(table, operation, looked) for (table, operation), looked in links(plan).items()]


def link_triggers(plan: RightsPlan) -> list[RowTrigger]:
    """The triggers that call them, once for each statement."""
    rows = {"INSERT": "NEW TABLE AS new_rows", "UPDATE": "OLD TABLE AS old_rows NEW TABLE AS new_rows"}
    return [
        RowTrigger(
            name=f"rights_links_{operation.lower()}",
            table=table,
            when=f"AFTER {operation}",
            each=f"REFERENCING {rows[operation]} FOR EACH STATEMENT",
            call=f"core_{operation.lower()}_links_{table}()",
        )
        for table, operation in links(plan)
    ]
