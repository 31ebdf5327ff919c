"""The function of PostgreSQL about cases of which a login sees only a part."""

from __future__ import annotations

from textwrap import dedent

from suite.database.audit_sql import DEFINER
from suite.database.rights import Function
from suite.database.rights_persons import SUPERUSER, place

#: The open cases in which records have a place, for who may read the records: a complaint that another
#: county investigates bars a lawyer from changing firm all the same. What may not be read has no number.
ABOUT = Function(
    name="core_cases_about",
    arguments="subjects bigint[]",
    head="RETURNS TABLE(case_id bigint, kind text, number text, state text, role text, subject_id bigint) "
    f"STABLE {DEFINER}",
    body=dedent(f"""\

        BEGIN
          RETURN QUERY
          SELECT c.id, c.kind::text,
            CASE WHEN {SUPERUSER} OR {place("c", "case:read")} THEN c.number::text END,
            c.state::text, p.role::text, p.subject_id
          FROM core_case_party p JOIN core_case c ON c.id = p.case_id
            JOIN core_subject s ON s.id = p.subject_id
          WHERE p.subject_id = ANY (subjects) AND p.left_on IS NULL AND c.closed IS NULL
            AND ({SUPERUSER} OR {place("s", "roster:read")});
        END """),
    callable=True,
)
