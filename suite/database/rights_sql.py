"""The SQL of grants and row-level security, generated from a `RightsPlan`.

Every condition asks sub-selects that do not depend on the row, so that the server asks them once for each
statement: `profession = ANY (ARRAY(SELECT core_scopes(…)))`. A function called for each row costs a hundred
times as much; `suite db rights check` refuses one. Rows that carry no scope of their own look their subject
up by its key, which whoever sees a whole profession is spared.
"""

from __future__ import annotations

from collections.abc import Iterator

from suite.database.rights import (
    MEMBER,
    MERGE,
    AllOf,
    AnyOf,
    AsParent,
    Blank,
    Everybody,
    Held,
    HeldAsNamed,
    HeldSomewhere,
    InScope,
    MadeByRun,
    Marked,
    OfItsProfession,
    OfOthers,
    Own,
    RecordedByRun,
    Right,
    RightsPlan,
    SameSide,
    Says,
    TableRights,
    Through,
    for_all,
    group_of,
    opens,
)

#: The action that opens the subjects themselves: whoever finds one holds it there.
READ = "roster:read"
#: The kind of a record that was merged into another.
MERGED = "core.merged"
#: The columns that make a row's place, each with the form in which `core_scopes` gives it.
FORMS = (
    ("p", ("profession",)),
    ("pd", ("profession", "district_code")),
    ("pa", ("profession", "association")),
    ("pda", ("profession", "district_code", "association")),
)


def scoped(action: str, alias: str, columns: tuple[str, ...]) -> str:
    """The condition that a row lies where the login holds the action; `columns` are those it has."""
    return placed(f"core_scopes('{action}', '{{form}}')", alias, "profession", columns)


def placed(held: str, alias: str, first: str, columns: tuple[str, ...]) -> str:
    """The condition that a row's place is among those that a call gives in one of the forms.

    `first` is the column that stands for the profession, `{form}` in the call for the form.
    """
    parts = []
    for form, wanted in FORMS:
        names = (first, *wanted[1:])
        if set(names) <= set(columns):
            place = " || '/' || ".join(f"{alias}.{column}" for column in names)
            place = place if len(names) == 1 else f"({place})"
            parts.append(f"{place} = ANY (ARRAY(SELECT {held.format(form=form)}))")
    return f"({' OR '.join(parts)})"


def _among_few(action: str, alias: str) -> str:
    """The same as `scoped` for a table that has all columns, in one question: dearer for each row."""
    profession, district, association = (f"{alias}.{column}" for column in SUBJECT_COLUMNS)
    places = (
        f"{profession}::text",
        f"{profession} || '/' || {district}",
        f"{profession} || '//' || {association}",
        f"{profession} || '/' || {district} || '/' || {association}",
    )
    return f"ARRAY[{', '.join(places)}] && ARRAY(SELECT core_scopes('{action}', 'all'))"


SUBJECT_COLUMNS = ("profession", "district_code", "association")


def condition(right: Right, table: TableRights) -> str:
    """A right as the condition of a policy."""
    match right:
        case InScope(action=action, through=Through.ITSELF, few=True):
            return _among_few(action, table.table)
        case InScope(action=action, through=Through.ITSELF):
            return scoped(action, table.table, table.columns)
        case InScope(action=action, through=Through.SUBJECT):
            whole = f"'{table.profession}' = ANY (ARRAY(SELECT core_scopes('{action}', 'p')))"
            which = f"s.id = {table.table}.subject_id{_where_held(action)}"
            # Not EXISTS: thinking that every row will be asked for, the server would gather all subjects
            # in a hash first, also for the first page of a list.
            found = f"coalesce((SELECT true FROM core_subject s WHERE {which} LIMIT 1), false)"
            return found if table.profession is None else f"({whole} OR {found})"
        case InScope(action=action, through=Through.CASE):
            place = scoped(action, "c", SUBJECT_COLUMNS)
            which = f"c.id = {table.table}.case_id AND {place}"
            return f"coalesce((SELECT true FROM core_case c WHERE {which} LIMIT 1), false)"
        case InScope(action=action, through=Through.SEARCH):
            numbers = "SELECT s.id FROM core_search_scope s"
            numbers += _where_held(action).replace(" AND", " WHERE", 1)
            # Not ANY of an array: the server would think that it leaves a seventh of the keys, for each word,
            # and read all keys of broad words where it had better walk through the list.
            return f"(({table.table}.scope_id IN ({numbers})) IS TRUE)"
        case InScope(action=action, through=Through.PROFESSION):
            return f"{table.table}.profession = ANY (ARRAY(SELECT core_scopes('{action}', 'any')))"
        case InScope(action=action, through=Through.KIND):
            owner = f"split_part({table.table}.kind, '.', 1)"
            return f"{owner} = ANY (ARRAY(SELECT core_scopes('{action}', 'any')))"
        case InScope(action=action):
            return _of_person(action, table)
        case Held():
            return f"(SELECT core_may('{right.permission}', {str(right.everywhere).lower()}))"
        case HeldSomewhere():
            return f"(SELECT core_holds('{right.action}'))"
        case Own():
            return f"{table.table}.{right.column} = SESSION_USER"
        case OfOthers():
            return f"{table.table}.{right.column} <> SESSION_USER"
        case HeldAsNamed(column=column, placed=False):
            return f"{table.table}.{column} = ANY (ARRAY(SELECT core_permissions('any')))"
        case HeldAsNamed(column=column):
            return placed("core_permissions('{form}')", table.table, column, table.columns)
        case SameSide():
            return f"(SELECT core_same_side({table.table}.{right.asker}, {table.table}.{right.permission}))"
        case Says():
            return f"{table.table}.{right.column} = '{right.value}'"
        case OfItsProfession():
            owner = f"split_part({table.table}.kind, '.', 1)"
            own = f"{owner} = split_part({table.table}.profession, '.', 1)"
            return f"({own} OR {table.table}.kind = '{MERGED}')" if right.merged else f"({own})"
        case Marked():
            return f"{table.table}.{right.column}"
        case Blank(columns=columns):
            return f"({' AND '.join(f'{table.table}.{column} IS NULL' for column in columns)})"
        case AsParent():
            of = f"{right.table}.id = {table.table}.{right.column}"
            if right.within is not None:
                parent = TableRights(table=right.table, columns=right.columns)
                of += f" AND {condition(right.within, parent)}"
            return f"EXISTS (SELECT FROM {right.table} WHERE {of})"
        case MadeByRun():
            key = f"{table.table}.{right.column}"
            if right.case:
                return f"EXISTS (SELECT FROM core_import_case r WHERE r.case_id = {key})"
            return f"EXISTS (SELECT FROM core_import_row r WHERE r.subject_id = {key} AND r.result = 'new')"
        case RecordedByRun():
            return f"EXISTS (SELECT FROM core_import_run u WHERE u.at = {table.table}.recorded_at)"
        case Everybody():
            return "true"
        case AnyOf():
            return f"({' OR '.join(condition(part, table) for part in right.rights)})"
        case AllOf():
            return f"({' AND '.join(condition(part, table) for part in right.rights)})"


def _of_person(action: str, table: TableRights) -> str:
    """The condition that one of a person's records lies where the login holds the action.

    A person that was merged has none any more: the records of the kept one count. What a split made counts
    so for who split, until it has a record of its own.
    """
    key = f"{table.table}.{'id' if table.table == 'core_person' else 'person_id'}"
    place = _where_held(action)
    return (
        f"(EXISTS (SELECT FROM core_subject s WHERE s.person_id = {key}{place}) "
        "OR EXISTS (SELECT FROM core_merge m JOIN core_subject s ON s.person_id = m.kept_person_id "
        f"WHERE m.gone_person_id = {key} AND m.undone_at IS NULL "
        f"AND (m.what <> 'split' OR m.by_login = SESSION_USER){place}))"
    )


def _where_held(action: str) -> str:
    """That the login holds the action where a subject lies; that it reads it, the policy there sees to."""
    return "" if action == READ else f" AND {scoped(action, 's', SUBJECT_COLUMNS)}"


def policies(table: TableRights) -> dict[str, str]:
    """Policy name → statement."""
    made = {}
    for operation, right in table.operations().items():
        if right is None:
            continue
        said = condition(right, table)
        after = said if table.becomes is None else condition(table.becomes, table)
        parts = {
            "SELECT": f"USING ({said})",
            "INSERT": f"WITH CHECK ({said})",
            "UPDATE": f"USING ({said}) WITH CHECK ({after})",
            "DELETE": f"USING ({said})",
        }
        name = f"suite_{operation.lower()}"
        made[name] = f'CREATE POLICY {name} ON "{table.table}" FOR {operation} TO {MEMBER} {parts[operation]}'
    return made


def grants(plan: RightsPlan, table: TableRights) -> Iterator[tuple[str, str, str | None]]:
    """(group, operation, column) of every grant on a table; no column means the whole table."""
    for operation, right in table.operations().items():
        if right is None:
            continue
        groups = [MEMBER] if for_all(right) else []
        groups += [group_of(key) for key, role in plan.roles.items() if not groups and opens(right, role)]
        for group in groups:
            if operation == "UPDATE":
                yield from ((group, operation, column) for column in table.changing)
            else:
                yield group, operation, None
    merging = [group_of(key) for key, role in plan.roles.items() if any(act == MERGE for _, act in role)]
    yield from ((group, "UPDATE", column) for group in merging for column in table.moving)


def grant_statements(plan: RightsPlan, table: TableRights) -> list[str]:
    """The statements of those grants, a group and an operation in each."""
    columns: dict[tuple[str, str], list[str]] = {}
    for group, operation, column in grants(plan, table):
        columns.setdefault((group, operation), []).extend([f'"{column}"'] if column else [])
    return [
        f'GRANT {operation}{" (" + ", ".join(names) + ")" if names else ""} ON "{table.table}" TO {group}'
        for (group, operation), names in columns.items()
    ]
