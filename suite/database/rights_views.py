"""Views through which a login counts what it reads of records, their details and their persons at once.

Details and persons lie where their subject lies, and their policies look that up for each row: to count all
records by a field of theirs costs three times as much as the join that says the same. So there is a view of
each details table, which asks for the place of the subject once. It runs as the owner, whom no policy binds,
and says itself what the policy of subjects says; a barrier keeps a login's own conditions behind it. It shows
what may be read by whoever reads the subject, and nothing is written through it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, text

from suite.database.rights import RightsPlan, SeenView
from suite.database.rights_persons import SUPERUSER
from suite.database.rights_sql import READ, SUBJECT_COLUMNS, grants, scoped

SUBJECTS, PERSONS = "core_subject", "core_person"
#: What stands beside a view of ours and of nobody else: see `rights_install.mark`.
OWN_MARK = re.compile(r"[0-9a-f]{32}:[0-9a-f]{32}")
#: Before the columns of details and persons, some of which are called as the subject's are.
OF_DETAILS, OF_PERSON = "d_", "p_"
STANDING = text(
    "SELECT c.relname AS name, concat_ws(' | ', pg_get_userbyid(c.relowner), c.reloptions::text, "
    "pg_get_viewdef(c.oid)) AS words, obj_description(c.oid, 'pg_class') AS mark FROM pg_class c "
    "WHERE c.relkind = 'v' AND c.relnamespace = 'public'::regnamespace AND c.relname LIKE '%\\_seen'"
)


@dataclass(frozen=True, kw_only=True)
class StandingView:
    """A view as the server understood it, with its owner and options, and the mark that stands beside it."""

    name: str
    words: str
    mark: str | None


def view_statement(view: SeenView) -> str:
    """CREATE VIEW … for the owner.

    Joined from outside, so that a table of which nothing is asked is not even looked at.
    """
    shown = [
        *(f's."{name}"' for name in view.subject),
        *(f'd."{name}" AS "{OF_DETAILS}{name}"' for name in view.details),
        *(f'p."{name}" AS "{OF_PERSON}{name}"' for name in view.person),
    ]
    return (
        f'CREATE VIEW "{view.name}" WITH (security_barrier) AS SELECT {", ".join(shown)} FROM {SUBJECTS} s '
        f'LEFT JOIN "{view.table}" d ON d.subject_id = s.id LEFT JOIN {PERSONS} p ON p.id = s.person_id '
        f"WHERE {scoped(READ, 's', SUBJECT_COLUMNS)} OR {SUPERUSER}"
    )


def view_grants(plan: RightsPlan) -> Iterator[tuple[SeenView, str]]:
    """(view, group) of every grant: whoever may read subjects."""
    [subjects] = [table for table in plan.tables if table.table == SUBJECTS]
    groups = [group for group, operation, _ in grants(plan, subjects) if operation == "SELECT"]
    yield from ((view, group) for view in plan.views for group in groups)


def views_in(connection: Connection) -> dict[str, StandingView]:
    """Every view of this database that is called like one of ours, by name."""
    return {
        row.name: StandingView(name=row.name, words=row.words, mark=row.mark)
        for row in connection.execute(STANDING)
    }


def drop_views(connection: Connection, plan: RightsPlan) -> None:
    """Take ours away: none is to stand in the way of a migration that alters a column.

    Ours are those that are declared, and those that were, by their mark; a stranger's view stays.
    """
    declared = {view.name for view in plan.views}
    for name, view in views_in(connection).items():
        if name in declared or OWN_MARK.fullmatch(view.mark or ""):
            connection.exec_driver_sql(f'DROP VIEW "{name}"')
