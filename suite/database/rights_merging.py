"""The functions of PostgreSQL that a merge needs, and whoever begins to refer to what may be merged.

A merge moves whatever refers to a record, and a login does not see all of it: how much there is the server
tells whoever may merge that record, so that nothing is left behind. And a link is judged by what its target
is: the target is held first, though a login that may name it may not change it.
"""

from __future__ import annotations

from textwrap import dedent

from suite.database.audit_sql import DEFINER
from suite.database.rights import Function
from suite.database.rights_persons import SUPERUSER, place

#: How many rows refer to a record or a person, column by column, whoever sees them. Asked of the database
#: itself, so that it says the same whichever plugins the desk has that made it; a table that is keyed by the
#: id alone (a kind's details) stands for the row.
REFERRING = Function(
    name="core_referring",
    arguments="target text, asked bigint",
    head=f"RETURNS TABLE(place text, rows_there bigint) STABLE {DEFINER}",
    body=dedent(f"""\

        DECLARE
          it record;
        BEGIN
          IF target NOT IN ('core_subject', 'core_person') OR NOT {SUPERUSER} AND NOT EXISTS (
              SELECT FROM core_subject s
              WHERE asked = CASE target WHEN 'core_subject' THEN s.id ELSE s.person_id END
              AND {place("s", "roster:merge")}) THEN
            RETURN;
          END IF;
          FOR it IN
            WITH RECURSIVE keys(relation, key) AS (
              SELECT a.attrelid, a.attnum FROM pg_attribute a
                WHERE a.attrelid = to_regclass(target) AND a.attname = 'id'
              UNION
              SELECT f.conrelid, f.conkey[1] FROM keys k
                JOIN pg_constraint f
                ON f.contype = 'f' AND (f.confrelid, f.confkey) = (k.relation, ARRAY[k.key])
                JOIN pg_constraint p
                ON p.contype = 'p' AND (p.conrelid, p.conkey) = (f.conrelid, f.conkey))
            SELECT DISTINCT r.relname AS named, a.attname AS key FROM keys k
              JOIN pg_constraint f
                ON f.contype = 'f' AND (f.confrelid, f.confkey) = (k.relation, ARRAY[k.key])
              JOIN pg_class r ON r.oid = f.conrelid AND has_table_privilege(r.oid, 'SELECT')
              JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = f.conkey[1]
          LOOP
            EXECUTE format('SELECT count(*) FROM %I WHERE %I = $1', it.named, it.key)
              INTO rows_there USING asked;
            IF rows_there > 0 THEN
              place := it.named || '.' || it.key;
              RETURN NEXT;
            END IF;
          END LOOP;
        END """),
    callable=True,
)
#: Holds records and persons against being merged until commit: those given, the persons of such records, and
#: whoever stands behind these numbers, also when that became another one while this waited.
HOLD = Function(
    name="core_hold",
    arguments="subjects bigint[], numbers text[]",
    head=f"RETURNS void {DEFINER}",
    body=dedent("""\

        DECLARE
          wanted bigint[];
          held bigint[] := '{}';
        BEGIN
          PERFORM FROM core_subject s WHERE s.id = ANY (subjects) ORDER BY s.id FOR KEY SHARE;
          LOOP
            SELECT array_agg(DISTINCT p.id) INTO wanted FROM (
              SELECT s.person_id AS id FROM core_subject s WHERE s.id = ANY (subjects)
              UNION ALL
              SELECT i.person_id FROM core_identity i WHERE i.id_number = ANY (numbers)
              UNION ALL
              SELECT m.kept_person_id FROM core_identity i JOIN core_merge m
                ON m.gone_person_id = i.person_id AND m.what <> 'split' AND m.undone_at IS NULL
                WHERE i.id_number = ANY (numbers)) p WHERE p.id IS NOT NULL;
            EXIT WHEN wanted IS NULL OR wanted <@ held;
            PERFORM FROM core_person n WHERE n.id = ANY (wanted) ORDER BY n.id FOR KEY SHARE;
            held := held || wanted;
          END LOOP;
        END """),
    callable=True,
)


def merging_functions() -> list[Function]:
    """Those functions, in the order in which they are made."""
    return [REFERRING, HOLD]
