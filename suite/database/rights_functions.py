"""The functions of PostgreSQL that rights need, each only where a grant and a policy cannot say it.

All run with their owner's rights and a fixed search path, and ask for `session_user`, whom neither SET ROLE
nor a function changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import dedent

from suite.database.audit_sql import DEFINER
from suite.database.rights import MEMBER, RightsPlan, group_of
from suite.database.rights_sql import SUBJECT_COLUMNS, scoped


@dataclass(frozen=True, kw_only=True)
class Function:
    """One function: its statement up to the body, the body, and whether logins may call it."""

    name: str
    arguments: str
    head: str
    body: str
    callable: bool

    @property
    def statement(self) -> str:
        """CREATE OR REPLACE FUNCTION …"""
        return f"CREATE OR REPLACE FUNCTION {self.name}({self.arguments}) {self.head} AS $${self.body}$$"


@dataclass(frozen=True, kw_only=True)
class RowTrigger:
    """A trigger of rights on a core table."""

    name: str
    table: str
    statement: str


def _literal(values: list[str]) -> str:
    return "'{" + ",".join(sorted(values)) + "}'::text[]"


def _place(alias: str, action: str) -> str:
    return scoped(action, alias, SUBJECT_COLUMNS)


def _professions(plan: RightsPlan) -> Function:
    """The declared matrix itself: for which professions a role gives an action."""
    found: dict[str, list[str]] = {}
    for role, rights in plan.roles.items():
        for profession, action in rights:
            found.setdefault(f"{role} {action}", []).append(profession)
    cases = "".join(f" WHEN '{key}' THEN {_literal(names)}\n" for key, names in sorted(found.items()))
    body = f"SELECT CASE role || ' ' || asked\n{cases} END" if cases else "SELECT NULL::text[]"
    return Function(
        name="core_role_professions",
        arguments="role text, asked text",
        head="RETURNS text[] LANGUAGE sql IMMUTABLE",
        body=body,
        callable=False,
    )


def _scopes(plan: RightsPlan) -> Function:
    """The places where the login holds an action, in one of the forms of `rights_sql.FORMS`."""
    body = dedent(f"""\

        BEGIN
          RETURN QUERY
          SELECT CASE form WHEN 'p' THEN p WHEN 'pd' THEN p || '/' || g.district_code
              WHEN 'pa' THEN p || '/' || g.association
              ELSE p || '/' || g.district_code || '/' || g.association END
          FROM core_grant g JOIN core_user u ON u.login = g.login AND u.active
            CROSS JOIN LATERAL unnest(core_role_professions(g.role, asked)) AS p
            CROSS JOIN LATERAL (SELECT (p || ':' || asked) = ANY ({_literal(list(plan.shared))}) AS shared) x
          WHERE g.login = session_user AND (x.shared OR g.profession IS NULL OR g.profession = p)
            AND form = CASE
              WHEN x.shared OR (g.district_code IS NULL AND g.association IS NULL) THEN 'p'
              WHEN g.association IS NULL THEN 'pd' WHEN g.district_code IS NULL THEN 'pa' ELSE 'pda' END;
        END """)
    return Function(
        name="core_scopes",
        arguments="asked text, form text",
        head=f"RETURNS SETOF text STABLE {DEFINER}",
        body=body,
        callable=True,
    )


MAY = Function(
    name="core_may",
    arguments="permission text",
    head=f"RETURNS boolean STABLE {DEFINER}",
    body=dedent("""\

        BEGIN
          RETURN EXISTS (
            SELECT FROM core_grant g JOIN core_user u ON u.login = g.login AND u.active
            WHERE g.login = session_user AND split_part(permission, ':', 1) = ANY (
              core_role_professions(g.role, substr(permission, strpos(permission, ':') + 1))));
        END """),
    callable=True,
)

HOLDS = Function(
    name="core_holds",
    arguments="asked text",
    head=f"RETURNS boolean STABLE {DEFINER}",
    body=dedent("""\

        BEGIN
          RETURN EXISTS (
            SELECT FROM core_grant g JOIN core_user u ON u.login = g.login AND u.active
              CROSS JOIN LATERAL unnest(core_role_professions(g.role, asked)) AS p
            WHERE g.login = session_user AND (g.profession IS NULL OR g.profession = p));
        END """),
    callable=True,
)


def _permissions(plan: RightsPlan) -> Function:
    """Every permission that the login holds anywhere."""
    body = dedent(f"""\

        BEGIN
          RETURN QUERY SELECT DISTINCT m.profession || ':' || m.action
          FROM (VALUES {_every_right(plan)}) AS m(role, profession, action)
            JOIN core_grant g ON g.role = m.role AND g.login = session_user
              AND (g.profession IS NULL OR m.profession IN (g.profession, 'core'))
            JOIN core_user u ON u.login = g.login AND u.active;
        END """)
    return Function(
        name="core_permissions",
        arguments="",
        head=f"RETURNS SETOF text STABLE {DEFINER}",
        body=body,
        callable=True,
    )


def _every_right(plan: RightsPlan) -> str:
    return ",\n".join(
        f"('{role}', '{profession}', '{action}')"
        for role, rights in sorted(plan.roles.items())
        for profession, action in sorted(rights)
    )


def _within(plan: RightsPlan) -> Function:
    """Whether the login itself holds all that a role gives in a place: nobody gives more than he has."""
    body = dedent(f"""\

        BEGIN
          RETURN NOT EXISTS (
            SELECT FROM (VALUES {_every_right(plan)}) AS m(role, profession, action)
            WHERE m.role = given AND (prof IS NULL OR m.profession IN (prof, 'core')) AND NOT EXISTS (
              SELECT FROM core_grant g JOIN core_user u ON u.login = g.login AND u.active
              WHERE g.login = session_user AND m.profession = ANY (core_role_professions(g.role, m.action))
                AND (m.profession || ':' || m.action = ANY ({_literal(list(plan.shared))}) OR (
                  (g.profession IS NULL OR g.profession = prof)
                  AND (g.district_code IS NULL OR g.district_code = district)
                  AND (g.association IS NULL OR g.association = assoc)))));
        END """)
    return Function(
        name="core_gives",
        arguments="given text, prof text, district text, assoc text",
        head=f"RETURNS boolean STABLE {DEFINER}",
        body=body,
        callable=False,
    )


SUPERUSER = "(SELECT rolsuper FROM pg_roles WHERE rolname = session_user)"

#: Before a grant is written: it lies within what the login has.
GRANT_GUARD = Function(
    name="core_grant_guard",
    arguments="",
    head=f"RETURNS trigger {DEFINER}",
    body=dedent(f"""\

        BEGIN
          IF NOT {SUPERUSER}
              AND NOT core_gives(NEW.role, NEW.profession, NEW.district_code, NEW.association) THEN
            RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege', MESSAGE = '不能授予自己没有的权限。';
          END IF;
          RETURN NEW;
        END """),
    callable=False,
)


def _grant_follow(plan: RightsPlan) -> Function:
    """After grants changed: the login is a member of exactly the groups of its roles."""
    groups = ", ".join(f"('{key}', '{group_of(key)}')" for key in sorted(plan.roles))
    body = dedent(f"""\

        DECLARE
          who text := coalesce(NEW.login, OLD.login);
          item record;
        BEGIN
          IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = who AND NOT rolsuper) THEN RETURN NULL; END IF;
          FOR item IN SELECT m.grp, EXISTS (
              SELECT FROM core_grant g WHERE g.login = who AND g.role = m.role) AS wanted,
              EXISTS (SELECT FROM pg_auth_members a WHERE a.roleid = to_regrole(m.grp)
                AND a.member = to_regrole(quote_ident(who))) AS there
              FROM (VALUES {groups}) AS m(role, grp) LOOP
            IF item.wanted AND NOT item.there THEN
              EXECUTE format('GRANT %I TO %I', item.grp, who);
            ELSIF item.there AND NOT item.wanted THEN
              EXECUTE format('REVOKE %I FROM %I', item.grp, who);
            END IF;
          END LOOP;
          RETURN NULL;
        END """)
    return Function(
        name="core_grant_follow",
        arguments="",
        head=f"RETURNS trigger {DEFINER}",
        body=body,
        callable=False,
    )


#: After users changed: each has a login role of the server, which only an active one may use.
USER_FOLLOW = Function(
    name="core_user_follow",
    arguments="",
    head=f"RETURNS trigger {DEFINER}",
    body=dedent(f"""\

        DECLARE
          known record;
        BEGIN
          SELECT rolsuper, rolcanlogin INTO known FROM pg_roles WHERE rolname = NEW.login;
          IF known.rolsuper THEN RETURN NULL; END IF;
          IF known IS NULL THEN
            EXECUTE format('CREATE ROLE %I LOGIN', NEW.login);
          ELSIF known.rolcanlogin <> NEW.active THEN
            EXECUTE format('ALTER ROLE %I %s', NEW.login,
              CASE WHEN NEW.active THEN 'LOGIN' ELSE 'NOLOGIN' END);
          END IF;
          EXECUTE format('GRANT {MEMBER} TO %I', NEW.login);
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
          IF who <> session_user AND NOT {SUPERUSER} AND (NOT core_may('core:user:manage')
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
          SELECT array_agg(DISTINCT i.person_id) INTO hidden
            FROM core_identity i WHERE i.id_number = ANY (numbers) AND NOT EXISTS (
              SELECT FROM core_subject s WHERE s.person_id = i.person_id AND {_place("s", "roster:read")});
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
            coalesce(found.seen, false)
          FROM (SELECT DISTINCT ON (w.number) w.number, w.name FROM unnest(numbers, names) AS w(number, name))
              AS given
            JOIN core_identity i ON i.id_number = given.number
            JOIN core_person n ON n.id = i.person_id
            LEFT JOIN LATERAL (
              SELECT s.kind::text, s.status::text, {_place("s", "roster:read")} AS seen,
                s.kind = asked OR {_place("s", "roster:read")} OR EXISTS (
                  SELECT FROM (VALUES {clashes}) AS c(one, other)
                  WHERE (c.one, c.other) IN ((s.kind, asked), (asked, s.kind))) AS told
              FROM core_subject s WHERE s.person_id = n.id) AS found ON true;
        END """)
    return Function(
        name="core_match_persons",
        arguments="asked text, numbers text[], names text[]",
        head="RETURNS TABLE(number text, person_id bigint, name text, kind text, status text, "
        f"readable boolean) {DEFINER}",
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


def _trace(plan: RightsPlan) -> Function:
    """The trace of one record, for who may read the record."""
    details = _literal(list(plan.details))
    body = dedent(f"""\

        DECLARE
          person bigint;
        BEGIN
          SELECT s.person_id INTO person FROM core_subject s
            WHERE s.id = subject AND ({_place("s", "roster:read")} OR {SUPERUSER});
          IF NOT FOUND THEN RETURN; END IF;
          RETURN QUERY
          SELECT e.id, t.id, t.command::text, t.title::text, t.reason, t.actor::text, t.at,
            e.table_name::text, e.row_key::text, e.action::text, e.before, e.after, e.digest::text
          FROM (
            SELECT 'core_subject' AS place, subject::text AS key
            UNION ALL SELECT d, subject::text FROM unnest({details}) AS d
            UNION ALL SELECT d, person::text FROM unnest('{{core_person,core_identity}}'::text[]) AS d
            UNION ALL SELECT 'core_post', p.id::text FROM core_post p WHERE p.subject_id = subject
            UNION ALL SELECT 'core_licence', l.id::text FROM core_licence l WHERE l.subject_id = subject
            UNION ALL SELECT 'core_licence_event', v.id::text FROM core_licence_event v
              WHERE v.subject_id = subject
            UNION ALL SELECT 'core_dated_value', d.id::text FROM core_dated_value d
              WHERE d.subject_id = subject) k
            JOIN core_audit_entry e ON e.table_name = k.place AND e.row_key = k.key
            JOIN core_audit_transaction t ON t.id = e.transaction_id
          ORDER BY e.transaction_id DESC, e.id LIMIT most;
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


def functions(plan: RightsPlan) -> list[Function]:
    """Every function of rights, in the order in which they are made."""
    return [
        _professions(plan),
        _scopes(plan),
        MAY,
        HOLDS,
        _permissions(plan),
        _within(plan),
        GRANT_GUARD,
        _grant_follow(plan),
        USER_FOLLOW,
        PASSWORD,
        _match(plan),
        CLOSED,
        TOUCH,
        PERSON_GUARD,
        _trace(plan),
    ]


def _row_trigger(name: str, table: str, when: str, function: str) -> RowTrigger:
    statement = f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION {function}()"
    return RowTrigger(name=name, table=table, statement=statement)


TRIGGERS = (
    _row_trigger(
        "rights_guard", "core_grant", "BEFORE INSERT OR UPDATE ON core_grant FOR EACH ROW", "core_grant_guard"
    ),
    _row_trigger(
        "rights_follow",
        "core_grant",
        "AFTER INSERT OR UPDATE OR DELETE ON core_grant FOR EACH ROW",
        "core_grant_follow",
    ),
    _row_trigger(
        "rights_follow", "core_user", "AFTER INSERT OR UPDATE ON core_user FOR EACH ROW", "core_user_follow"
    ),
    _row_trigger(
        "rights_person",
        "core_subject",
        "AFTER INSERT ON core_subject REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT",
        "core_person_guard",
    ),
)
