"""The triggers of PostgreSQL that guard what a policy cannot see: what a row was before, and what made it.

A policy looks at one row. Whether a record may leave, or two persons may become one, depends on how the row
came to be, and that is asked of the trace, which no login can write: neither a forged run of the importer
nor a forged merge opens or removes anything.
"""

from __future__ import annotations

from textwrap import dedent

from suite.database.audit_sql import DEFINER
from suite.database.base import owner_of
from suite.database.rights import Function, RightsPlan, RowTrigger
from suite.database.rights_persons import SUPERUSER, place
from suite.database.rights_sql import MERGED

CASE_PARTS = ("core_case", "core_case_party", "core_case_event", "core_clock", "core_allegation")
HISTORY = ("core_post", "core_licence", "core_licence_event", "core_dated_value")
ELSEWHERE = "RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege', MESSAGE = '不能归入另一处的个人档案。'"


def _guard(name: str, body: str, arguments: str = "") -> Function:
    return Function(
        name=name,
        arguments=arguments,
        head=f"RETURNS trigger {DEFINER}",
        body=dedent(body),
        callable=False,
    )


#: Before a grant is written or taken: it lies within what the login has.
GRANT_GUARD = _guard(
    "core_grant_guard",
    f"""\

        DECLARE
          it core_grant := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
        BEGIN
          IF NOT {SUPERUSER} AND (
              NOT core_gives(it.role, it.profession, it.district_code, it.association)
              OR (TG_OP <> 'DELETE' AND it.login = session_user
                AND NOT core_gives_himself(it.role, it.profession, it.district_code, it.association))) THEN
            RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege',
              MESSAGE = '不能授予或收回自己没有的权限。';
          END IF;
          RETURN it;
        END """,
)

#: Before a user is written: it takes over no role of the server, and nobody changes one who may more.
USER_GUARD = _guard(
    "core_user_guard",
    f"""\

        BEGIN
          IF {SUPERUSER} THEN RETURN NEW; END IF;
          IF TG_OP = 'INSERT' AND (NEW.login ~ '^(pg_|suite_)'
              OR EXISTS (SELECT FROM pg_roles WHERE rolname = NEW.login)) THEN
            RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege',
              MESSAGE = '服务器上已有这个登录名，只能由服务器超级用户纳入。';
          END IF;
          IF TG_OP = 'UPDATE' AND EXISTS (SELECT FROM core_grant g WHERE g.login = OLD.login
              AND NOT core_gives(g.role, g.profession, g.district_code, g.association)) THEN
            RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege', MESSAGE = '不能更改权限更大的用户。';
          END IF;
          RETURN NEW;
        END """,
)

#: Before a head is appointed or a stand-in named: nobody passes on more than he has himself, or than he is.
STAND_IN_GUARD = _guard(
    "core_stand_in_guard",
    f"""\

        DECLARE
          section bigint := CASE TG_TABLE_NAME WHEN 'core_section' THEN (to_jsonb(NEW) ->> 'id')::bigint
            ELSE (to_jsonb(NEW) ->> 'section_id')::bigint END;
        BEGIN
          IF NOT {SUPERUSER} AND EXISTS (
              SELECT FROM core_section s
                JOIN core_grant g ON g.login = coalesce(to_jsonb(NEW) ->> 'head', s.head)
              WHERE s.id = section AND g.login <> session_user
                AND NOT core_gives_himself(g.role, coalesce(g.profession, s.profession), g.district_code,
                  g.association)) THEN
            RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege',
              MESSAGE = '不能让他人代行自己没有的权限。';
          END IF;
          RETURN NEW;
        END """,
)

#: A record joins a known person only by its number and name: a guess would open somebody's identity.
PERSON_GUARD = _guard(
    "core_person_guard",
    f"""\

        BEGIN
          IF NOT {SUPERUSER} AND EXISTS (
              SELECT FROM new_rows n WHERE n.person_id IS NOT NULL
              AND (EXISTS (SELECT FROM core_subject s WHERE s.person_id = n.person_id
                  AND NOT EXISTS (SELECT FROM new_rows x WHERE x.id = s.id))
                OR EXISTS (SELECT FROM core_merge m
                  WHERE n.person_id IN (m.kept_person_id, m.gone_person_id)))
              AND NOT EXISTS (SELECT FROM core_subject s WHERE s.person_id = n.person_id
                AND {place("s", "roster:read")} AND NOT EXISTS (SELECT FROM new_rows x WHERE x.id = s.id))
              AND NOT EXISTS (SELECT FROM core_audit_entry e WHERE e.table_name = 'core_person'
                AND e.row_key = n.person_id::text AND e.action = 'M'
                AND (e.after::jsonb ->> 'named')::boolean
                AND e.transaction_id = core_audit_current())) THEN
            {ELSEWHERE};
          END IF;
          RETURN NULL;
        END """,
)

#: A record changes its person only between the two of a merge, where the login may merge all it joins.
PERSON_MOVED = _guard(
    "core_person_moved",
    f"""\

        BEGIN
          IF NEW.person_id IS DISTINCT FROM OLD.person_id AND NOT {SUPERUSER} AND (EXISTS (
              SELECT FROM core_subject s WHERE s.person_id = NEW.person_id AND s.id <> NEW.id
              AND NOT coalesce({place("s", "roster:merge")}, false))
            OR NOT EXISTS (SELECT FROM core_merge m
              WHERE (m.kept_person_id, m.gone_person_id)
              IN ((OLD.person_id, NEW.person_id), (NEW.person_id, OLD.person_id)))) THEN
            {ELSEWHERE};
          END IF;
          RETURN NEW;
        END """,
)

#: A merge names only records and persons that the login may merge: it opens the one to who reads the other.
#: Later it changes only from one end of a merge to its other end, and what is undone stays undone.
MERGE_GUARD = _guard(
    "core_merge_guard",
    f"""\

        DECLARE
          made bigint := CASE NEW.what WHEN 'split' THEN NEW.gone_person_id END;
        BEGIN
          IF {SUPERUSER} THEN RETURN NEW; END IF;
          IF TG_OP = 'INSERT' AND (NEW.undone_at IS NOT NULL
              OR EXISTS (SELECT FROM core_subject s WHERE (s.id IN (NEW.kept_id, NEW.gone_id)
                  OR (s.person_id IN (NEW.kept_person_id, NEW.gone_person_id) AND s.kind <> '{MERGED}'))
                AND NOT coalesce({place("s", "roster:merge")}, false))
              OR EXISTS (SELECT FROM unnest(ARRAY[NEW.kept_person_id, NEW.gone_person_id]) AS p
                WHERE p IS DISTINCT FROM made
                AND p IS NOT NULL AND NOT EXISTS (SELECT FROM core_subject s
                  WHERE s.person_id = p AND s.kind <> '{MERGED}'))
              OR (made IS NOT NULL AND NOT EXISTS (SELECT FROM core_audit_entry e
                WHERE e.table_name = 'core_person' AND e.row_key = made::text AND e.action = 'I'
                AND e.transaction_id = core_audit_current()))) THEN
            {ELSEWHERE};
          END IF;
          IF TG_OP = 'UPDATE' AND (
              (OLD.undone_at IS NOT NULL AND NEW.undone_at IS DISTINCT FROM OLD.undone_at)
              OR NEW.gone_id IS DISTINCT FROM OLD.gone_id
              OR (NEW.gone_person_id IS NOT NULL AND NEW.gone_person_id IS DISTINCT FROM OLD.gone_person_id)
              OR (NEW.kept_id IS DISTINCT FROM OLD.kept_id AND NOT EXISTS (SELECT FROM core_merge m
                WHERE (m.kept_id, m.gone_id)
                IN ((OLD.kept_id, NEW.kept_id), (NEW.kept_id, OLD.kept_id))))
              OR (NEW.kept_person_id IS NOT NULL AND NEW.kept_person_id IS DISTINCT FROM OLD.kept_person_id
                AND NOT EXISTS (SELECT FROM core_merge m WHERE (m.kept_person_id, m.gone_person_id) IN
                  ((OLD.kept_person_id, NEW.kept_person_id), (NEW.kept_person_id, OLD.kept_person_id))))) THEN
            {ELSEWHERE};
          END IF;
          RETURN NEW;
        END """,
)

#: Records and their history leave only with the import or the merge that made them, as the trace knows.
#: Not a policy: that of an import's rows asks for records.
LEAVES = _guard(
    "core_rows_leave",
    f"""\

        BEGIN
          IF NOT {SUPERUSER} AND EXISTS (SELECT FROM old_rows o WHERE NOT EXISTS (
              SELECT FROM core_audit_entry made JOIN core_audit_entry act
                ON act.transaction_id = made.transaction_id AND act.action = 'I'
                AND act.table_name IN ('core_import_run', 'core_merge')
              WHERE made.table_name = TG_TABLE_NAME AND made.action = 'I'
                AND made.row_key = to_jsonb(o) ->> TG_ARGV[0])) THEN
            RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege',
              MESSAGE = '档案、履历和办件只能随新增它的导入或合并一并撤销。';
          END IF;
          RETURN NULL;
        END """,
)

#: Opening stock is logged with the case that the same transaction made: no other case can be taken out so.
STOCK_GUARD = _guard(
    "core_stock_guard",
    f"""\

        BEGIN
          IF NOT {SUPERUSER} AND EXISTS (SELECT FROM new_rows n WHERE NOT EXISTS (
              SELECT FROM core_audit_entry e WHERE e.table_name = 'core_case' AND e.action = 'I'
              AND e.row_key = n.case_id::text AND e.transaction_id = core_audit_current())) THEN
            RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege',
              MESSAGE = '只有随导入新增的办件才登记为存量。';
          END IF;
          RETURN NULL;
        END """,
)

#: Details are of a record of their profession: a policy spares who sees a whole profession the look.
DETAILS_GUARD = _guard(
    "core_details_guard",
    f"""\

        BEGIN
          IF NOT {SUPERUSER} AND EXISTS (SELECT FROM new_rows n JOIN core_subject s ON s.id = n.subject_id
              WHERE s.profession <> TG_ARGV[0]) THEN
            RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege',
              MESSAGE = '不能给别的条线的档案登记内容。';
          END IF;
          RETURN NULL;
        END """,
)

GUARDS = (
    GRANT_GUARD,
    USER_GUARD,
    STAND_IN_GUARD,
    PERSON_GUARD,
    PERSON_MOVED,
    MERGE_GUARD,
    LEAVES,
    STOCK_GUARD,
    DETAILS_GUARD,
)


def guards(plan: RightsPlan) -> list[RowTrigger]:
    """The triggers that call them, on the core's tables and on the details tables of a plan."""
    leaving = [("core_subject", "id"), *((table, "id") for table in HISTORY)]
    leaving += [(table, "subject_id") for table in plan.details]
    leaving += [(table, "id") for table in CASE_PARTS] + [(table, "case_id") for table in plan.case_details]
    return [
        RowTrigger(
            name="rights_guard",
            table="core_grant",
            when="BEFORE INSERT OR UPDATE OR DELETE",
            call="core_grant_guard()",
        ),
        RowTrigger(
            name="rights_guard", table="core_user", when="BEFORE INSERT OR UPDATE", call="core_user_guard()"
        ),
        RowTrigger(
            name="rights_guard",
            table="core_stand_in",
            when="BEFORE INSERT OR UPDATE",
            call="core_stand_in_guard()",
        ),
        RowTrigger(
            name="rights_guard",
            table="core_section",
            when="BEFORE UPDATE OF head",
            call="core_stand_in_guard()",
        ),
        RowTrigger(
            name="rights_guard", table="core_merge", when="BEFORE INSERT OR UPDATE", call="core_merge_guard()"
        ),
        RowTrigger(
            name="rights_person",
            table="core_subject",
            when="AFTER INSERT",
            each="REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT",
            call="core_person_guard()",
        ),
        RowTrigger(
            name="rights_moved",
            table="core_subject",
            when="BEFORE UPDATE OF person_id",
            call="core_person_moved()",
        ),
        RowTrigger(
            name="rights_stock",
            table="core_import_case",
            when="AFTER INSERT",
            each="REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT",
            call="core_stock_guard()",
        ),
        *(
            RowTrigger(
                name="rights_leaves",
                table=table,
                when="AFTER DELETE",
                each="REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT",
                call=f"core_rows_leave('{key}')",
            )
            for table, key in leaving
        ),
        *(
            RowTrigger(
                name="rights_details",
                table=table,
                when="AFTER INSERT",
                each="REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT",
                call=f"core_details_guard('{owner_of(table)}')",
            )
            for table in plan.details
        ),
    ]
