"""The functions of PostgreSQL that rights need, each only where a grant and a policy cannot say it.

All run with their owner's rights and a fixed search path, and ask for `session_user`, whom neither SET ROLE
nor a function changes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from textwrap import dedent

from suite.database.audit_sql import DEFINER
from suite.database.rights import MEMBER, Function, RightsPlan, RowTrigger, group_of, literal
from suite.database.rights_cases import case_functions
from suite.database.rights_guards import GUARDS, guards
from suite.database.rights_handing import FUNCTIONS as OF_HANDING
from suite.database.rights_handing import HELD_TODAY, SIGNED_FOR, SIGNING
from suite.database.rights_handing import TRIGGERS as HANDING_TRIGGERS
from suite.database.rights_links import link_functions, link_triggers
from suite.database.rights_merging import merging_functions
from suite.database.rights_others import functions_of_others
from suite.database.rights_persons import SUPERUSER, person_functions


def _professions(plan: RightsPlan) -> Function:
    """The declared matrix itself: for which professions a role gives an action; NULL for none.

    One look into an object: every other form of a hundred and more pairs is put together at each call.
    """
    found: dict[str, list[str]] = {}
    for role, rights in plan.roles.items():
        for profession, action in rights:
            found.setdefault(f"{role} {action}", []).append(profession)
    matrix = json.dumps({pair: ",".join(sorted(names)) for pair, names in sorted(found.items())})
    return Function(
        name="core_role_professions",
        arguments="role text, asked text",
        head="RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE",
        body=f"SELECT string_to_array('{matrix}'::jsonb ->> (role || ' ' || asked), ',')",
        callable=False,
    )


OWN_GRANTS = Function(
    name="core_own_grants",
    arguments="",
    head="RETURNS TABLE(role text, profession text, district_code text, association text) "
    f"STABLE PARALLEL SAFE COST 1 ROWS 2 {DEFINER}",
    body=f" BEGIN RETURN QUERY {HELD_TODAY}; END ",
    callable=False,
)


#: Tells where a right of a grant `it` holds for the profession `prof`, if that is of the form asked for.
TOLD = """\
bounds := CASE WHEN shared OR (it.district_code IS NULL AND it.association IS NULL) THEN 'p'
    WHEN it.association IS NULL THEN 'pd' WHEN it.district_code IS NULL THEN 'pa' ELSE 'pda' END;
IF form IN (bounds, 'any') THEN
  RETURN NEXT CASE WHEN bounds = 'p' OR form = 'any' THEN prof
    ELSE prof || coalesce('/' || it.district_code, '') || coalesce('/' || it.association, '') END;
ELSIF form = 'all' THEN
  RETURN NEXT CASE bounds WHEN 'p' THEN prof WHEN 'pd' THEN prof || '/' || it.district_code
    ELSE prof || '/' || coalesce(it.district_code, '') || '/' || it.association END;
END IF;"""


def _scopes(plan: RightsPlan) -> Function:
    """The places where the login holds an action, in one of the forms of `rights_sql.FORMS`.

    'any' tells the professions whatever the place, 'all' every place in one writing. A statement asks a dozen
    times, so grants are looked up here and one by one: joined with the matrix they take three times as long.
    """
    body = f"""
DECLARE
  it record;
  prof text;
  shared boolean;
  bounds text;
BEGIN
  FOR it IN {HELD_TODAY} LOOP
    FOREACH prof IN ARRAY coalesce(core_role_professions(it.role, asked), '{{}}') LOOP
      shared := (prof || ':' || asked) = ANY ({literal(list(plan.shared))});
      CONTINUE WHEN NOT shared AND it.profession <> split_part(prof, '.', 1);
      {TOLD}
    END LOOP;
  END LOOP;
  IF asked = ANY ({literal(SIGNING)}) THEN
    FOR it IN {SIGNED_FOR} LOOP
      FOREACH prof IN ARRAY coalesce(core_role_professions(it.role, asked), '{{}}') LOOP
        shared := (prof || ':' || asked) = ANY ({literal(list(plan.shared))});
        CONTINUE WHEN strpos(prof, '.') > 0 OR (NOT shared AND it.profession <> prof);
        {TOLD}
      END LOOP;
    END LOOP;
  END IF;
END """
    return Function(
        name="core_scopes",
        arguments="asked text, form text",
        # Few rows for little: what a sub-select is thought to cost decides how the tables are joined.
        head=f"RETURNS SETOF text STABLE PARALLEL SAFE COST 1 ROWS 2 {DEFINER}",
        body=body,
        callable=True,
    )


MAY = Function(
    name="core_may",
    arguments="permission text, everywhere boolean",
    head=f"RETURNS boolean STABLE PARALLEL SAFE {DEFINER}",
    body=dedent("""\

        BEGIN
          RETURN EXISTS (
            SELECT FROM core_own_grants() g WHERE (NOT everywhere
              OR (g.profession IS NULL AND g.district_code IS NULL AND g.association IS NULL))
              AND split_part(permission, ':', 1) = ANY (
              core_role_professions(g.role, substr(permission, strpos(permission, ':') + 1))));
        END """),
    callable=True,
)

HOLDS = Function(
    name="core_holds",
    arguments="asked text",
    head=f"RETURNS boolean STABLE PARALLEL SAFE {DEFINER}",
    body=dedent("""\

        BEGIN
          RETURN EXISTS (
            SELECT FROM core_own_grants() g
              CROSS JOIN LATERAL unnest(core_role_professions(g.role, asked)) AS p
            WHERE g.profession IS NULL OR g.profession = split_part(p, '.', 1));
        END """),
    callable=True,
)


def _permissions(plan: RightsPlan) -> Function:
    """Every permission that the login holds anywhere, or with its place in one of the forms."""
    body = dedent(f"""\

        BEGIN
          RETURN QUERY SELECT DISTINCT m.profession || ':' || m.action || CASE form
              WHEN 'pd' THEN '/' || g.district_code WHEN 'pa' THEN '/' || g.association
              WHEN 'pda' THEN '/' || g.district_code || '/' || g.association ELSE '' END
          FROM (VALUES {_every_right(plan)}) AS m(role, profession, action)
            JOIN (SELECT own.*, false AS signing FROM core_own_grants() own
              UNION ALL SELECT s.*, true FROM ({SIGNED_FOR}) s) g ON g.role = m.role
              AND (g.profession IS NULL OR split_part(m.profession, '.', 1) IN (g.profession, 'core'))
              AND (NOT g.signing OR (m.action = ANY ({literal(SIGNING)}) AND strpos(m.profession, '.') = 0))
            CROSS JOIN LATERAL (SELECT (m.profession || ':' || m.action)
              = ANY ({literal(list(plan.shared))}) AS shared) x
          WHERE form IN ('any', CASE
              WHEN x.shared OR (g.district_code IS NULL AND g.association IS NULL) THEN 'p'
              WHEN g.association IS NULL THEN 'pd' WHEN g.district_code IS NULL THEN 'pa' ELSE 'pda' END);
        END """)
    return Function(
        name="core_permissions",
        arguments="form text",
        head=f"RETURNS SETOF text STABLE PARALLEL SAFE {DEFINER}",
        body=body,
        callable=True,
    )


#: The numbers and states of cases of the same complainants, whatever the section, and nothing more of them;
#: of an area of rights of its own, which has a dot, only to who reads its cases.
SAME_COMPLAINANT = Function(
    name="core_same_complainant",
    arguments="digests text[]",
    head=(
        "RETURNS TABLE (case_id bigint, number text, kind text, profession text, state text, opened date) "
        f"STABLE {DEFINER}"
    ),
    body=dedent("""\

        BEGIN
          IF NOT core_holds('case:handle') THEN RETURN; END IF;
          RETURN QUERY SELECT DISTINCT c.id, c.number::text, c.kind::text, c.profession::text,
              c.state::text, c.opened
            FROM core_case c JOIN core_complainant p ON p.case_id = c.id
            WHERE p.digest = ANY (digests) AND (strpos(c.profession, '.') = 0
              OR c.profession = ANY (ARRAY(SELECT core_scopes('case:read', 'any'))));
        END """),
    callable=True,
)


def _every_right(plan: RightsPlan) -> str:
    return ",\n".join(
        f"('{role}', '{profession}', '{action}')"
        for role, rights in sorted(plan.roles.items())
        for profession, action in sorted(rights)
    )


#: What the manager of a place's users gives without holding it, by the function that says so: who keeps an
#: area and who works on cases to others; to himself nothing; and he passes on no casework of another's.
_NAMED_BY_MANAGERS: Mapping[str, str] = {
    "core_gives": (
        "OR ((strpos(m.profession, '.') > 0 OR m.action ~ '^(case:|complainant:|calendar:|roster:merge$)')"
    ),
    "core_gives_himself": "",
    "core_passes_on": "OR (strpos(m.profession, '.') > 0",
}


def _within(plan: RightsPlan, name: str) -> Function:
    """Whether the login itself holds all that a role gives in a place: nobody gives more than he has."""
    others = _NAMED_BY_MANAGERS[name]
    others += " AND 'core' = ANY (core_role_professions(g.role, 'user:manage')))" if others else ""
    body = dedent(f"""\

        BEGIN
          -- A role that nobody declares today may be a plugin's that comes tomorrow.
          RETURN given = ANY ({literal(plan.roles)}) AND NOT EXISTS (
            SELECT FROM (VALUES {_every_right(plan)}) AS m(role, profession, action)
            WHERE m.role = given AND (prof IS NULL OR split_part(m.profession, '.', 1) IN (prof, 'core'))
              AND NOT EXISTS (
              SELECT FROM core_own_grants() g
              WHERE (m.profession = ANY (core_role_professions(g.role, m.action))
                  {others})
                AND (m.profession || ':' || m.action = ANY ({literal(list(plan.shared))}) OR (
                  (g.profession IS NULL OR g.profession = prof)
                  AND (g.district_code IS NULL OR g.district_code = district)
                  AND (g.association IS NULL OR g.association = assoc)))));
        END """)
    return Function(
        name=name,
        arguments="given text, prof text, district text, assoc text",
        head=f"RETURNS boolean STABLE PARALLEL SAFE {DEFINER}",
        body=body,
        callable=False,
    )


def _groups(plan: RightsPlan) -> Function:
    """Makes a login a member of exactly the groups of its roles, and of those it stands in or signs for.

    A group opens tables, never rows: which rows a stand-in reaches, and until when, is asked of
    `core_own_grants` every time. So the groups may stay when the days are over.
    """
    groups = ", ".join(f"('{key}', '{group_of(key)}')" for key in sorted(plan.roles))
    body = dedent(f"""\

        DECLARE
          item record;
        BEGIN
          IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = who AND NOT rolsuper) THEN RETURN; END IF;
          FOR item IN SELECT m.grp, EXISTS (
              SELECT FROM core_grant g WHERE g.login = who AND g.role = m.role
              UNION ALL SELECT FROM core_stand_in t JOIN core_section s ON s.id = t.section_id
                JOIN core_grant g ON g.login = s.head
                WHERE t.login = who AND g.role = m.role
              UNION ALL SELECT FROM core_hand_over o JOIN core_grant g ON g.login = o.giver
                WHERE o.taker = who AND g.role = m.role) AS wanted,
              EXISTS (SELECT FROM pg_auth_members a WHERE a.roleid = to_regrole(m.grp)
                AND a.member = to_regrole(quote_ident(who))) AS there
              FROM (VALUES {groups}) AS m(role, grp) LOOP
            IF item.wanted AND NOT item.there THEN
              EXECUTE format('GRANT %I TO %I', item.grp, who);
            ELSIF item.there AND NOT item.wanted THEN
              EXECUTE format('REVOKE %I FROM %I', item.grp, who);
            END IF;
          END LOOP;
        END """)
    return Function(
        name="core_login_groups",
        arguments="who text",
        head=f"RETURNS void {DEFINER}",
        body=body,
        callable=False,
    )


#: After grants, heads or stand-ins changed: the groups of all whom it concerns follow.
GRANT_FOLLOW = Function(
    name="core_grant_follow",
    arguments="",
    head=f"RETURNS trigger {DEFINER}",
    body=dedent("""\

        DECLARE
          who text := coalesce(NEW.login, OLD.login);
        BEGIN
          PERFORM core_login_groups(w.login) FROM (SELECT who AS login UNION
            SELECT t.login FROM core_stand_in t JOIN core_section s ON s.id = t.section_id
            WHERE s.head = who UNION SELECT o.taker FROM core_hand_over o WHERE o.giver = who) w;
          RETURN NULL;
        END """),
    callable=False,
)

SECTION_FOLLOW = Function(
    name="core_section_follow",
    arguments="",
    head=f"RETURNS trigger {DEFINER}",
    body=dedent("""\

        BEGIN
          PERFORM core_login_groups(t.login) FROM core_stand_in t WHERE t.section_id = NEW.id;
          RETURN NULL;
        END """),
    callable=False,
)

#: A user has a login role of the server, which only an active one may use. A restore makes them by it.
LOGIN_FOLLOW = Function(
    name="core_login_follow",
    arguments="who text, active boolean",
    head=f"RETURNS void {DEFINER}",
    body=dedent(f"""\

        DECLARE
          known record;
        BEGIN
          SELECT rolsuper, rolcanlogin INTO known FROM pg_roles WHERE rolname = who;
          IF known.rolsuper THEN RETURN; END IF;
          IF known IS NULL THEN
            EXECUTE format('CREATE ROLE %I %s', who, CASE WHEN active THEN 'LOGIN' ELSE 'NOLOGIN' END);
          ELSIF known.rolcanlogin <> active THEN
            EXECUTE format('ALTER ROLE %I %s', who, CASE WHEN active THEN 'LOGIN' ELSE 'NOLOGIN' END);
          END IF;
          EXECUTE format('GRANT {MEMBER} TO %I', who);
          -- A role that was there before may have come with groups of its own.
          PERFORM core_login_groups(who);
        END """),
    callable=False,
)

#: After users changed: their logins follow.
USER_FOLLOW = Function(
    name="core_user_follow",
    arguments="",
    head=f"RETURNS trigger {DEFINER}",
    body=dedent("""\

        BEGIN
          PERFORM core_login_follow(NEW.login, NEW.active);
          RETURN NULL;
        END """),
    callable=False,
)

#: Sets the password of a login from its SCRAM verifier; the password itself never reaches the server.
PASSWORD = Function(
    name="core_login_password",
    arguments="who text, verifier text",
    head=f"RETURNS void {DEFINER}",
    body=dedent(f"""\

        BEGIN
          IF verifier !~ '^SCRAM-SHA-256\\$[0-9]+:[A-Za-z0-9+/=]+\\$[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+$' THEN
            RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value', MESSAGE = '不是 SCRAM 校验值。';
          END IF;
          IF who <> session_user AND NOT {SUPERUSER} AND (NOT core_may('core:user:manage', false)
              OR NOT EXISTS (SELECT FROM core_user WHERE login = who)
              OR EXISTS (SELECT FROM core_grant g WHERE g.login = who
                AND NOT core_gives(g.role, g.profession, g.district_code, g.association))) THEN
            RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege',
              MESSAGE = '不能设定权限更大的用户的密码。';
          END IF;
          EXECUTE format('ALTER ROLE %I PASSWORD %L', who, verifier);
          INSERT INTO core_audit_entry (transaction_id, table_name, row_key, action)
            VALUES (core_audit_current(), 'core_user', who, 'P');
        END """),
    callable=True,
)


def functions(plan: RightsPlan) -> list[Function]:
    """Every function of rights, in the order in which they are made."""
    return [
        _professions(plan),
        OWN_GRANTS,
        _scopes(plan),
        MAY,
        HOLDS,
        _permissions(plan),
        SAME_COMPLAINANT,
        *(_within(plan, name) for name in _NAMED_BY_MANAGERS),
        _groups(plan),
        GRANT_FOLLOW,
        SECTION_FOLLOW,
        LOGIN_FOLLOW,
        USER_FOLLOW,
        PASSWORD,
        *person_functions(plan),
        *merging_functions(),
        *functions_of_others(plan),
        *case_functions(plan),
        *OF_HANDING,
        *GUARDS,
        *link_functions(plan),
    ]


FOLLOWERS = (
    RowTrigger(
        name="rights_follow",
        table="core_grant",
        when="AFTER INSERT OR UPDATE OR DELETE",
        call="core_grant_follow()",
    ),
    RowTrigger(
        name="rights_follow",
        table="core_stand_in",
        when="AFTER INSERT OR UPDATE OR DELETE",
        call="core_grant_follow()",
    ),
    RowTrigger(
        name="rights_follow", table="core_section", when="AFTER UPDATE OF head", call="core_section_follow()"
    ),
    RowTrigger(
        name="rights_follow", table="core_user", when="AFTER INSERT OR UPDATE", call="core_user_follow()"
    ),
)


def triggers(plan: RightsPlan) -> list[RowTrigger]:
    """The triggers of rights on the tables of a plan."""
    return [*FOLLOWERS, *HANDING_TRIGGERS, *guards(plan), *link_triggers(plan)]
