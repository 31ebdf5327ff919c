"""The functions of PostgreSQL about persons and records of which a login sees only a part.

One human may be a lawyer here and an arbitrator there: whoever keeps one of the records must not make a
second person of the same number, and must not learn more of the other record than the law sets against it.
"""

from __future__ import annotations

from textwrap import dedent

from suite.database.audit_sql import DEFINER
from suite.database.rights import Function, RightsPlan, literal
from suite.database.rights_sql import SUBJECT_COLUMNS, scoped

#: Whether the login of the session is a superuser, whom nothing binds.
SUPERUSER = "(SELECT rolsuper FROM pg_roles WHERE rolname = session_user)"


#: So many exports of a kind are looked through for those of one record.
MOST_EXPORTS = 100


#: The number of a person that was merged means the one that stands for both.
MERGED = (
    "LEFT JOIN core_merge m ON m.gone_person_id = i.person_id AND m.what <> 'split' AND m.undone_at IS NULL"
)


def _place(alias: str, action: str) -> str:
    return scoped(action, alias, SUBJECT_COLUMNS)


def _match(plan: RightsPlan) -> Function:
    """Who stands behind a number: the person, and of what lies elsewhere the declared clashes only.

    A person of whom the login reads nothing is named only if the caller already knows the name, and the look
    is noted: in the trace, or in the server's log while the transaction is read-only.
    """
    clashes = ", ".join(f"('{one}', '{other}')" for one, other in sorted(plan.clashes)) or "('', '')"
    body = dedent(f"""\

        DECLARE
          hidden bigint[];
        BEGIN
          IF NOT EXISTS (
              SELECT FROM core_grant g JOIN core_user u ON u.login = g.login AND u.active
              CROSS JOIN LATERAL unnest(core_role_professions(g.role, 'roster:edit')) AS p
              WHERE g.login = session_user AND p = split_part(asked, '.', 1)
                AND (g.profession IS NULL OR g.profession = p)) THEN
            RETURN;
          END IF;
          SELECT array_agg(DISTINCT coalesce(m.kept_person_id, i.person_id)) INTO hidden
            FROM core_identity i {MERGED} WHERE i.id_number = ANY (numbers) AND NOT EXISTS (
              SELECT FROM core_subject s
              WHERE s.person_id = coalesce(m.kept_person_id, i.person_id) AND {_place("s", "roster:read")});
          IF hidden IS NOT NULL AND current_setting('transaction_read_only') = 'off' THEN
            INSERT INTO core_audit_entry (transaction_id, table_name, row_key, action, after)
              SELECT core_audit_current(), 'core_person', h::text, 'M',
                jsonb_build_object('kind', asked)::text FROM unnest(hidden) AS h;
          ELSIF hidden IS NOT NULL THEN
            RAISE LOG '% asked by number for % persons of other places', session_user, cardinality(hidden);
          END IF;
          RETURN QUERY
          SELECT i.id_number::text, n.id, CASE WHEN bool_or(found.seen) OVER (PARTITION BY n.id)
              OR n.name = given.name THEN n.name::text END,
            CASE WHEN found.told THEN found.kind END, CASE WHEN found.told THEN found.status END,
            CASE WHEN found.seen THEN found.profession END, CASE WHEN found.seen THEN found.district_code END,
            CASE WHEN found.seen THEN found.association END, m.id IS NOT NULL
          FROM (SELECT DISTINCT ON (w.number) w.number, w.name FROM unnest(numbers, names) AS w(number, name))
              AS given
            JOIN core_identity i ON i.id_number = given.number
            {MERGED}
            JOIN core_person n ON n.id = coalesce(m.kept_person_id, i.person_id)
            LEFT JOIN LATERAL (
              SELECT s.kind::text, s.status::text, s.profession::text, s.district_code::text,
                s.association::text, {_place("s", "roster:read")} AS seen,
                s.kind = asked OR {_place("s", "roster:read")} OR EXISTS (
                  SELECT FROM (VALUES {clashes}) AS c(one, other)
                  WHERE (c.one, c.other) IN ((s.kind, asked), (asked, s.kind))) AS told
              FROM core_subject s WHERE s.person_id = n.id) AS found ON true;
        END """)
    return Function(
        name="core_match_persons",
        arguments="asked text, numbers text[], names text[]",
        head="RETURNS TABLE(number text, person_id bigint, name text, kind text, status text, "
        f"profession text, district_code text, association text, former boolean) {DEFINER}",
        body=body,
        callable=True,
    )


#: The persons, of those given, who have a record that the login may not change beside one that it may.
CLOSED = Function(
    name="core_persons_closed",
    arguments="persons bigint[]",
    head=f"RETURNS SETOF bigint STABLE {DEFINER}",
    body=dedent(f"""\

        BEGIN
          RETURN QUERY SELECT p FROM unnest(persons) AS p
          WHERE EXISTS (SELECT FROM core_subject s WHERE s.person_id = p AND {_place("s", "roster:edit")})
            AND EXISTS (SELECT FROM core_subject s WHERE s.person_id = p
              AND NOT coalesce({_place("s", "roster:edit")}, false));
        END """),
    callable=True,
)

#: What is said of a person is said of every role: those that the login may not change get a new version.
TOUCH = Function(
    name="core_persons_touch",
    arguments="persons bigint[]",
    head=f"RETURNS void {DEFINER}",
    body=dedent(f"""\

        BEGIN
          UPDATE core_subject t SET version = t.version + 1, updated_at = clock_timestamp()
          WHERE t.person_id IN (SELECT core_persons_closed(persons))
            AND NOT coalesce({_place("t", "roster:edit")}, false);
        END """),
    callable=True,
)

#: A record joins a known person only by its number: otherwise a guess would open somebody's identity.
PERSON_GUARD = Function(
    name="core_person_guard",
    arguments="",
    head=f"RETURNS trigger {DEFINER}",
    body=dedent(f"""\

        BEGIN
          IF NOT {SUPERUSER} AND EXISTS (
              SELECT FROM new_rows n WHERE n.person_id IS NOT NULL
              AND EXISTS (SELECT FROM core_subject s WHERE s.person_id = n.person_id
                AND NOT EXISTS (SELECT FROM new_rows x WHERE x.id = s.id))
              AND NOT EXISTS (SELECT FROM core_subject s WHERE s.person_id = n.person_id
                AND {_place("s", "roster:read")} AND NOT EXISTS (SELECT FROM new_rows x WHERE x.id = s.id))
              AND NOT EXISTS (SELECT FROM core_audit_entry e WHERE e.table_name = 'core_person'
                AND e.row_key = n.person_id::text AND e.action = 'M'
                AND e.transaction_id = core_audit_current())) THEN
            RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege', MESSAGE = '不能归入另一处的个人档案。';
          END IF;
          RETURN NULL;
        END """),
    callable=False,
)


#: A record changes its person only between the two of a merge, where the login may merge all it joins.
PERSON_MOVED = Function(
    name="core_person_moved",
    arguments="",
    head=f"RETURNS trigger {DEFINER}",
    body=dedent(f"""\

        BEGIN
          IF NEW.person_id IS DISTINCT FROM OLD.person_id AND NOT {SUPERUSER} AND (EXISTS (
              SELECT FROM core_subject s WHERE s.person_id = NEW.person_id AND s.id <> NEW.id
              AND NOT coalesce({_place("s", "roster:merge")}, false))
            OR NOT EXISTS (SELECT FROM core_merge m
              WHERE (m.kept_person_id, m.gone_person_id)
              IN ((OLD.person_id, NEW.person_id), (NEW.person_id, OLD.person_id)))) THEN
            RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege', MESSAGE = '不能归入另一处的个人档案。';
          END IF;
          RETURN NEW;
        END """),
    callable=False,
)

#: A record leaves only with the import that made it. Not a policy: that of an import's rows asks for records.
LEAVES = Function(
    name="core_subject_leaves",
    arguments="",
    head=f"RETURNS trigger {DEFINER}",
    body=dedent(f"""\

        BEGIN
          IF NOT {SUPERUSER} AND NOT EXISTS (
              SELECT FROM core_import_row r JOIN core_import_run u ON u.id = r.run_id
              WHERE r.subject_id = OLD.id AND r.result = 'new' AND u.undone_at IS NULL) THEN
            RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege',
              MESSAGE = '档案只能随新增它的导入一并撤销。';
          END IF;
          RETURN OLD;
        END """),
    callable=False,
)

#: Persons of whom no record is left go, once nothing tells of them: nobody would see them any more.
FORGET = Function(
    name="core_persons_forget",
    arguments="persons bigint[]",
    head=f"RETURNS void {DEFINER}",
    body=dedent(f"""\

        BEGIN
          IF NOT ({SUPERUSER} OR core_holds('roster:import') OR core_holds('roster:merge')) THEN
            RETURN;
          END IF;
          DELETE FROM core_identity i WHERE i.person_id = ANY (persons)
            AND NOT EXISTS (SELECT FROM core_subject s WHERE s.person_id = i.person_id)
            AND NOT EXISTS (SELECT FROM core_merge m
              WHERE i.person_id IN (m.kept_person_id, m.gone_person_id));
          DELETE FROM core_person n WHERE n.id = ANY (persons)
            AND NOT EXISTS (SELECT FROM core_subject s WHERE s.person_id = n.id)
            AND NOT EXISTS (SELECT FROM core_merge m
              WHERE n.id IN (m.kept_person_id, m.gone_person_id));
        END """),
    callable=True,
)


def _trace(plan: RightsPlan) -> Function:
    """The trace of one record and of those merged into it, for who may read the record."""
    details = literal(list(plan.details))
    body = dedent(f"""\

        DECLARE
          person bigint;
          records text[];
        BEGIN
          SELECT s.person_id INTO person FROM core_subject s
            WHERE s.id = subject AND ({_place("s", "roster:read")} OR {SUPERUSER});
          IF NOT FOUND THEN RETURN; END IF;
          SELECT array_agg(r.id::text) INTO records FROM (
            SELECT subject AS id UNION ALL SELECT m.gone_id FROM core_merge m
            WHERE m.kept_id = subject AND m.what = 'subject' AND m.undone_at IS NULL
              AND m.gone_id IS NOT NULL) r;
          RETURN QUERY
          SELECT e.id, t.id, t.command::text, t.title::text, t.reason, t.actor::text, t.at,
            e.table_name::text, e.row_key::text, e.action::text, e.before, e.after, e.digest::text
          FROM (
            SELECT 'core_subject' AS place, r AS key FROM unnest(records) AS r
            UNION ALL SELECT d, r FROM unnest({details}) AS d, unnest(records) AS r
            UNION ALL SELECT d, person::text FROM unnest('{{core_person,core_identity}}'::text[]) AS d
            UNION ALL SELECT 'core_post', p.id::text FROM core_post p WHERE p.subject_id = subject
            UNION ALL SELECT 'core_licence', l.id::text FROM core_licence l WHERE l.subject_id = subject
            UNION ALL SELECT 'core_licence_event', v.id::text FROM core_licence_event v
              WHERE v.subject_id = subject
            UNION ALL SELECT 'core_dated_value', d.id::text FROM core_dated_value d
              WHERE d.subject_id = subject) k
            JOIN core_audit_entry e ON e.table_name = k.place AND e.row_key = k.key
            JOIN core_audit_transaction t ON t.id = e.transaction_id
          UNION ALL
          SELECT e.id, t.id, t.command::text, t.title::text, t.reason, t.actor::text, t.at,
            e.table_name::text, e.row_key::text, e.action::text, e.before, (e.after::jsonb - 'records')::text,
            e.digest::text
          FROM (SELECT x.* FROM core_audit_entry x WHERE x.table_name = 'core_subject' AND x.action = 'E'
              AND x.row_key = (SELECT s.kind FROM core_subject s WHERE s.id = subject)
              ORDER BY x.id DESC LIMIT {MOST_EXPORTS}) e
            JOIN core_audit_transaction t ON t.id = e.transaction_id
          WHERE EXISTS (SELECT FROM unnest(string_to_array(e.after::jsonb ->> 'records', ',')) AS r
              WHERE subject BETWEEN split_part(r, '-', 1)::bigint
                AND coalesce(nullif(split_part(r, '-', 2), ''), r)::bigint)
          ORDER BY 2 DESC, 1 LIMIT most;
        END """)
    return Function(
        name="core_record_trace",
        arguments="subject bigint, most integer",
        head="RETURNS TABLE(id bigint, transaction_id bigint, command text, title text, reason text, "
        "actor text, at timestamptz, table_name text, row_key text, action text, before text, after text, "
        f"digest text) STABLE {DEFINER}",
        body=body,
        callable=True,
    )


def person_functions(plan: RightsPlan) -> list[Function]:
    """Those functions, in the order in which they are made."""
    return [_match(plan), CLOSED, TOUCH, PERSON_GUARD, PERSON_MOVED, LEAVES, FORGET, _trace(plan)]
