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


def place(alias: str, action: str) -> str:
    """The condition that a subject lies where the login holds the action."""
    return scoped(action, alias, SUBJECT_COLUMNS)


def _match(plan: RightsPlan) -> Function:
    """Who stands behind a number: the person, and of what lies elsewhere the declared clashes only.

    A person of whom the login reads nothing is named only if the caller already knows the name, and the look
    is noted: in the trace, which says too whether the name was known, and in the server's log.
    """
    clashes = ", ".join(f"('{one}', '{other}')" for one, other in sorted(plan.clashes)) or "('', '')"
    body = dedent(f"""\

        DECLARE
          hidden bigint[];
        BEGIN
          IF split_part(asked, '.', 1) NOT IN (SELECT core_scopes('roster:edit', 'any')) THEN
            RETURN;
          END IF;
          SELECT array_agg(DISTINCT coalesce(m.kept_person_id, i.person_id)) INTO hidden
            FROM core_identity i {MERGED} WHERE i.id_number = ANY (numbers) AND NOT EXISTS (
              SELECT FROM core_subject s
              WHERE s.person_id = coalesce(m.kept_person_id, i.person_id) AND {place("s", "roster:read")});
          IF hidden IS NOT NULL THEN
            -- What is rolled back leaves no entry; the server's own log keeps it all the same.
            RAISE LOG '% asked by number for % persons of other places', session_user, cardinality(hidden);
          END IF;
          IF hidden IS NOT NULL AND current_setting('transaction_read_only') = 'off' THEN
            INSERT INTO core_audit_entry (transaction_id, table_name, row_key, action, after)
              SELECT core_audit_current(), 'core_person', h::text, 'M',
                jsonb_build_object('kind', asked, 'named', EXISTS (
                  SELECT FROM core_person n JOIN unnest(names) AS w(name) ON w.name = n.name
                  WHERE n.id = h))::text FROM unnest(hidden) AS h;
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
                s.association::text, {place("s", "roster:read")} AS seen,
                s.kind = asked OR {place("s", "roster:read")} OR EXISTS (
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
          WHERE EXISTS (SELECT FROM core_subject s WHERE s.person_id = p AND {place("s", "roster:edit")})
            AND EXISTS (SELECT FROM core_subject s WHERE s.person_id = p
              AND NOT coalesce({place("s", "roster:edit")}, false));
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
            AND NOT coalesce({place("t", "roster:edit")}, false);
        END """),
    callable=True,
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

#: A record that an import made has joined a person who stays, of whom the login may see nothing: what the
#: import wrote of the person goes as the trace has it. Not of a person who was changed since by anybody.
PUT_BACK = Function(
    name="core_persons_put_back",
    arguments="run bigint, records bigint[]",
    head=f"RETURNS SETOF bigint {DEFINER}",
    body=dedent(f"""\

        DECLARE
          made bigint;
          joined bigint;
          c record;
          changed bigint;
          touched boolean;
        BEGIN
          SELECT e.transaction_id INTO made FROM core_audit_entry e
            WHERE e.table_name = 'core_import_run' AND e.row_key = run::text AND e.action = 'I';
          FOR joined IN SELECT DISTINCT s.person_id FROM core_subject s
              WHERE s.id = ANY (records) AND ({SUPERUSER} OR {place("s", "roster:import")})
              AND EXISTS (SELECT FROM core_audit_entry e WHERE e.table_name = 'core_subject'
                AND e.row_key = s.id::text AND e.action = 'I' AND e.transaction_id = made)
              AND NOT EXISTS (SELECT FROM core_audit_entry e WHERE e.table_name = 'core_person'
                AND e.row_key = s.person_id::text AND e.action = 'I' AND e.transaction_id = made) LOOP
            touched := false;
            FOR c IN SELECT e.table_name AS name,
                CASE e.table_name WHEN 'core_person' THEN 'id' ELSE 'person_id' END AS key,
                (array_agg(e.before::jsonb || coalesce(x.before::jsonb, '{{}}') ORDER BY e.id))[1] AS before,
                (array_agg(e.after::jsonb || coalesce(x.after::jsonb, '{{}}') ORDER BY e.id DESC))[1] AS after
                FROM core_audit_entry e LEFT JOIN core_audit_secret x ON x.entry_id = e.id
                WHERE e.table_name IN ('core_person', 'core_identity') AND e.row_key = joined::text
                AND e.action IN ('I', 'U') AND e.transaction_id = made GROUP BY e.table_name LOOP
              IF c.before IS NULL THEN
                EXECUTE format('DELETE FROM %I t WHERE t.%I = $1 AND to_jsonb(t) @> $2', c.name, c.key)
                  USING joined, c.after;
              ELSIF c.before = c.after THEN
                CONTINUE;
              ELSE
                EXECUTE format('UPDATE %1$I t SET %3$s FROM jsonb_populate_record(NULL::%1$I, $3) o '
                  'WHERE t.%2$I = $1 AND to_jsonb(t) @> $2', c.name, c.key,
                  (SELECT string_agg(format('%1$I = o.%1$I', k), ', ') FROM jsonb_object_keys(c.before) AS k
                    WHERE c.before -> k IS DISTINCT FROM c.after -> k))
                  USING joined, c.after, c.before;
              END IF;
              GET DIAGNOSTICS changed = ROW_COUNT;
              touched := touched OR changed > 0;
            END LOOP;
            IF touched THEN RETURN NEXT joined; END IF;
          END LOOP;
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
            WHERE s.id = subject AND ({place("s", "roster:read")} OR {SUPERUSER});
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
    return [_match(plan), CLOSED, TOUCH, FORGET, PUT_BACK, _trace(plan)]
