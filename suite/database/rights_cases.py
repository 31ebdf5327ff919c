"""The functions of PostgreSQL about cases, and about what follows from them for records out of scope."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import dedent

from suite.database.audit_sql import DEFINER
from suite.database.rights import ASSOCIATION, Function, RightsPlan
from suite.database.rights_persons import SUPERUSER, place
from suite.database.rights_sql import MERGED


def _about(plan: RightsPlan) -> Function:
    """The open cases in which records have a place, for who may read the records.

    A complaint that another county investigates bars a lawyer from changing firm all the same: of a case that
    may not be read only that it bars is told, and in which state; not which one it is.
    """
    bars = ", ".join(f"('{kind}', '{role}')" for kind, role in sorted(plan.bars)) or "('', '')"
    body = dedent(f"""\

        BEGIN
          RETURN QUERY
          SELECT CASE WHEN x.seen THEN c.id END, c.kind::text, CASE WHEN x.seen THEN c.number::text END,
            c.state::text, p.role::text, p.subject_id
          FROM core_case_party p JOIN core_case c ON c.id = p.case_id
            JOIN core_subject s ON s.id = p.subject_id
            CROSS JOIN LATERAL (SELECT coalesce({SUPERUSER} OR {place("c", "case:read")}, false) AS seen) x
          WHERE p.subject_id = ANY (subjects) AND p.left_on IS NULL AND c.closed IS NULL
            AND (x.seen OR (c.kind, p.role) IN ({bars}))
            AND ({SUPERUSER} OR {place("s", "roster:read")});
        END """)
    return Function(
        name="core_cases_about",
        arguments="subjects bigint[]",
        head="RETURNS TABLE(case_id bigint, kind text, number text, state text, role text, "
        f"subject_id bigint) STABLE {DEFINER}",
        body=body,
        callable=True,
    )


#: Of the records of an import, those that are parties of a case: such one stays when the import is taken
#: back. That it is so is all that is told, also of cases that are not for the login.
IN_CASES = Function(
    name="core_in_cases",
    arguments="ids bigint[]",
    head=f"RETURNS SETOF bigint STABLE {DEFINER}",
    body=dedent(f"""\

        BEGIN
          RETURN QUERY SELECT DISTINCT s.id FROM core_subject s JOIN core_case_party p ON p.subject_id = s.id
            WHERE s.id = ANY (ids) AND {place("s", "roster:import")};
        END """),
    callable=True,
)

#: Table without a trace of its own → the table with whose row its rows are written, and by which columns.
WRITTEN_WITH: Mapping[str, tuple[str, Sequence[str]]] = {
    "core_roster_edition_row": ("core_roster_edition", ("edition_id",))
}


def _since() -> Function:
    """Of the records of an import, those that something refers to since its transaction, and from where.

    Such one stays as it is when the import is taken back. Of a table that the login may not read it is told
    that it refers, not which one it is.
    """
    own = (
        "(SELECT string_agg(format('r.%I::text', p.attname), ' || ''|'' || ' ORDER BY o.place) "
        "FROM pg_index i CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY o(number, place) "
        "JOIN pg_attribute p ON p.attrelid = i.indrelid AND p.attnum = o.number "
        "WHERE i.indrelid = k.conrelid AND i.indisprimary)"
    )
    others = {
        name: " || '|' || ".join(f"r.{column}::text" for column in columns)
        for name, (_, columns) in WRITTEN_WITH.items()
    }
    audited = " ".join(f"WHEN '{name}' THEN '{table}'" for name, (table, _) in WRITTEN_WITH.items())
    keyed = " ".join(f"WHEN '{name}' THEN $k${words}$k$" for name, words in others.items())
    body = dedent(f"""\

        DECLARE
          mine bigint[];
          c record;
        BEGIN
          SELECT array_agg(s.id) INTO mine FROM core_subject s
            WHERE s.id = ANY (ids) AND ({SUPERUSER} OR {place("s", "roster:import")});
          FOR c IN SELECT t.relname::text AS name, a.attname::text AS pointer,
              has_table_privilege(session_user, k.conrelid, 'SELECT') AS seen,
              CASE t.relname {audited} ELSE t.relname END AS audited,
              CASE t.relname {keyed} ELSE {own} END AS own
              FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid
              JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
              WHERE k.contype = 'f' AND k.confrelid = 'core_subject'::regclass
              AND array_length(k.conkey, 1) = 1 LOOP
            RETURN QUERY EXECUTE format($q$
              SELECT DISTINCT r.%1$I::bigint, CASE WHEN %2$L THEN %3$L END, CASE WHEN %2$L THEN %1$L END
              FROM %3$I r WHERE r.%1$I = ANY ($1) AND EXISTS (SELECT FROM core_audit_entry e
                WHERE e.table_name = %4$L AND e.row_key = %5$s AND e.transaction_id > $2
                AND (e.action = 'I' OR (e.action = 'U'
                  AND e.before::jsonb -> %1$L IS DISTINCT FROM e.after::jsonb -> %1$L)))$q$,
              c.pointer, c.seen, c.name, c.audited, c.own) USING mine, run;
          END LOOP;
        END """)
    return Function(
        name="core_referred_since",
        arguments="ids bigint[], run bigint",
        head=f"RETURNS TABLE(referred bigint, place text, key text) STABLE {DEFINER}",
        body=body,
        callable=True,
    )


#: What a penalty asks of the sections that keep the same person's other records, or of the record's own:
#: who handles the case raises it, and learns only how many there are; NULL of a
#: record that is not his to handle. The rows themselves note the look.
RAISE_TASKS = Function(
    name="core_raise_tasks",
    arguments="about bigint, heading text, said text, paper text, day date, own boolean",
    head=f"RETURNS integer {DEFINER}",
    body=dedent(f"""\

        DECLARE
          raised integer;
        BEGIN
          IF NOT EXISTS (SELECT FROM core_subject s
              -- An association decides upon its members where the bureau's own cases are not for it.
              CROSS JOIN LATERAL (SELECT s.profession || '.{ASSOCIATION}' AS profession, s.district_code,
                s.association) a
              WHERE s.id = about AND ({SUPERUSER} OR ({place("s", "roster:read")}
                AND ({place("s", "case:handle")} OR {place("a", "case:handle")})))) THEN
            RETURN NULL;
          END IF;
          INSERT INTO core_task (subject_id, profession, district_code, association, title, text, document,
              raised_on, by_login, answer, version)
            SELECT o.id, o.profession, o.district_code, o.association, heading, said, paper, day,
              session_user, '', 1
            FROM core_subject s JOIN core_subject o
              ON CASE WHEN own THEN o.id = s.id ELSE o.person_id = s.person_id AND o.id <> s.id END
            WHERE s.id = about AND o.kind <> '{MERGED}' ORDER BY o.id;
          GET DIAGNOSTICS raised = ROW_COUNT;
          RETURN raised;
        END """),
    callable=True,
)

#: Which of some texts say who complains in a case, for who may write in it; who that is it does not say. Who
#: only reads the case is told nothing: asked often enough, the answers would say it.
TELLS_COMPLAINANT = Function(
    name="core_tells_complainant",
    arguments="of bigint, told text[]",
    head=f"RETURNS SETOF integer STABLE {DEFINER}",
    body=dedent(f"""\

        BEGIN
          RETURN QUERY SELECT DISTINCT t.no::integer
            FROM core_case c JOIN core_complainant p ON p.case_id = c.id
              CROSS JOIN LATERAL unnest(ARRAY[p.name, p.phone, p.id_number]::text[]) secret
              CROSS JOIN unnest(told) WITH ORDINALITY t(words, no)
            WHERE c.id = of AND ({SUPERUSER}
                OR {" OR ".join(place("c", f"case:{act}") for act in ("handle", "review", "approve"))})
              AND length(btrim(secret)) >= 2 AND position(btrim(secret) IN t.words) > 0;
        END """),
    callable=True,
)


def case_functions(plan: RightsPlan) -> list[Function]:
    """Those functions, in the order in which they are made."""
    return [_about(plan), IN_CASES, _since(), RAISE_TASKS, TELLS_COMPLAINANT]
