"""Making a PostgreSQL what a `RightsPlan` says: roles, ownership, grants, policies, functions.

Roles belong to the server and take a superuser the first time; all else is done as the owner, whom a
declared login may become (SET ROLE) and nobody logs in as.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import ProgrammingError

from suite.database.engine import is_sqlite, run_together, writing
from suite.database.rights import (
    MAINTAINER,
    MEMBER,
    OWNER,
    Function,
    RightsPlan,
    RowTrigger,
    TableRights,
    group_of,
)
from suite.database.rights_functions import functions, triggers
from suite.database.rights_marks import put_marks
from suite.database.rights_sql import grant_statements, policies
from suite.database.rights_views import drop_views, view_grants, view_statement, views_in

#: Tables of no plan that every login reads: how old the database is decides what a desk may do.
VERSIONS = "alembic\\_version\\_%"
#: Who is to be able to become the owner (a grant within bounds makes none), and who is; superusers need no
#: membership.
MAINTAINERS = text(
    "SELECT DISTINCT g.login FROM core_grant g JOIN core_user u ON u.login = g.login AND u.active "
    "JOIN pg_roles r ON r.rolname = g.login AND NOT r.rolsuper WHERE g.role = :role "
    "AND g.profession IS NULL AND g.district_code IS NULL AND g.association IS NULL ORDER BY g.login"
)
OWNERS = text(
    "SELECT m.rolname FROM pg_auth_members a JOIN pg_roles m ON m.oid = a.member "
    "WHERE a.roleid = to_regrole(:owner) AND NOT m.rolsuper AND m.rolname IN (SELECT login FROM core_user) "
    "ORDER BY m.rolname"
)
#: PostgreSQL's state for a function that cannot be replaced, since it gives something else.
OTHER_RESULT = "42P13"
ROLES_LOCK = 730_510_103
#: The functions of the trace that a login calls itself.
AUDIT_CALLS = (
    "core_audit_begin(text, text, text)",
    "core_audit_note(text, text, text, text, text, text, text)",
    "core_audit_link_of(bigint)",
)


class NoOwner(Exception):
    """The login may not become the owner. Its words are for the user."""

    def __init__(self) -> None:
        super().__init__(
            f"这个登录名不能以 {OWNER} 的身份维护数据库。请用服务器的超级用户，或授予了“数据库维护”的登录名。"
        )


def is_superuser(connection: Connection) -> bool:
    """Whether the login of the connection is one of the server."""
    return bool(
        connection.execute(text("SELECT rolsuper FROM pg_roles WHERE rolname = session_user")).scalar()
    )


def become_owner(connection: Connection) -> None:
    """Do the rest of the transaction as the owner. Raises NoOwner."""
    may = text("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = :role) AND pg_has_role(:role, 'MEMBER')")
    there = text("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = :role)")
    if (
        not connection.execute(there, {"role": OWNER}).scalar()
        or not connection.execute(may, {"role": OWNER}).scalar()
    ):
        raise NoOwner
    connection.exec_driver_sql(f"SET LOCAL ROLE {OWNER}")


def prepare_server(engine: Engine, plan: RightsPlan) -> None:
    """Make the owner and the groups, and hand the database over to the owner.

    A superuser does all of it; any other login must be one that may become the owner, or NoOwner is raised.
    """
    if is_sqlite(engine):
        return
    with writing(engine) as connection:
        # One server holds the roles of all its databases: two set up at once would make them twice.
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ROLES_LOCK})
        if is_superuser(connection):
            _make_roles(connection, plan)
            _hand_over(connection)
            _appoint(connection)
        become_owner(connection)
        _make_groups(connection, plan)


def _known(connection: Connection) -> set[str]:
    names = connection.execute(text("SELECT rolname FROM pg_roles WHERE rolname LIKE 'suite\\_%'"))
    return set(names.scalars())


def _make_roles(connection: Connection, plan: RightsPlan) -> None:
    known = _known(connection)
    if OWNER not in known:
        connection.exec_driver_sql(f"CREATE ROLE {OWNER} NOLOGIN CREATEROLE")
    # CREATEDB: a backup is proven in a scratch database.
    connection.exec_driver_sql(f"ALTER ROLE {OWNER} NOLOGIN CREATEROLE CREATEDB NOSUPERUSER NOBYPASSRLS")
    newer = connection.dialect.server_version_info or (0,)
    held = "WITH ADMIN OPTION" + (", INHERIT FALSE, SET FALSE" if newer >= (16,) else "")
    for group in [MEMBER, *(group_of(key) for key in plan.roles)]:
        if group not in known:
            connection.exec_driver_sql(f"CREATE ROLE {group}")
        connection.exec_driver_sql(
            f"ALTER ROLE {group} NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB"
        )
        connection.exec_driver_sql(f"GRANT {group} TO {OWNER} {held}")


def _appoint(connection: Connection) -> None:
    """Let exactly the maintainers become the owner; only a superuser can.

    They do not inherit what the owner may: until they say SET ROLE they are bound as everybody. Before
    PostgreSQL 16 that is a property of the login, which then inherits no group either. From 16 on the maker
    of a role administers it, and neither can be a member of the other: a maintainer's password is the
    superuser's matter and his own.
    """
    if "core_grant" not in connection.dialect.get_table_names(connection):
        return
    newer = (connection.dialect.server_version_info or (0,)) >= (16,)
    wanted = set(connection.execute(MAINTAINERS, {"role": MAINTAINER}).scalars())
    found = set(connection.execute(OWNERS, {"owner": OWNER}).scalars())
    quote = connection.dialect.identifier_preparer.quote
    for login in found - wanted:
        connection.exec_driver_sql(f"REVOKE {OWNER} FROM {quote(login)}")
        if newer:
            held = "WITH ADMIN TRUE, INHERIT FALSE, SET FALSE"
            connection.exec_driver_sql(f"GRANT {quote(login)} TO {OWNER} {held}")
    for login in wanted - found:
        apart = f"REVOKE {quote(login)} FROM {OWNER}" if newer else f"ALTER ROLE {quote(login)} NOINHERIT"
        connection.exec_driver_sql(apart)
        how = " WITH INHERIT FALSE, SET TRUE" if newer else ""
        connection.exec_driver_sql(f"GRANT {OWNER} TO {quote(login)}{how}")


def _make_groups(connection: Connection, plan: RightsPlan) -> None:
    """The groups of roles that were declared since, by the owner: the maker may grant them on."""
    known = _known(connection)
    for key in plan.roles:
        if group_of(key) not in known:
            connection.exec_driver_sql(f"CREATE ROLE {group_of(key)} NOLOGIN")


def _hand_over(connection: Connection) -> None:
    """Tables and functions of this database belong to the owner, and strangers may not even connect."""
    name = connection.execute(text("SELECT quote_ident(current_database())")).scalar_one()
    for statement in (
        f"REVOKE ALL ON DATABASE {name} FROM PUBLIC",
        f"GRANT CONNECT ON DATABASE {name} TO {MEMBER}",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        f"GRANT CREATE, USAGE ON SCHEMA public TO {OWNER}",
        f"GRANT USAGE ON SCHEMA public TO {MEMBER}",
    ):
        connection.exec_driver_sql(statement)
    others = text(
        "SELECT format('ALTER TABLE public.%I OWNER TO ' || :owner, relname) FROM pg_class "
        "WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v') "
        "AND relowner <> to_regrole(:owner) "
        "UNION ALL SELECT 'ALTER FUNCTION ' || oid::regprocedure || ' OWNER TO ' || :owner FROM pg_proc "
        "WHERE pronamespace = 'public'::regnamespace AND proowner <> to_regrole(:owner) "
        "AND proname LIKE 'core\\_%'"
    )
    for statement in connection.execute(others, {"owner": OWNER}).scalars().all():
        connection.exec_driver_sql(statement)


def install_rights(connection: Connection, plan: RightsPlan) -> None:
    """Make grants, policies, views, functions and their triggers what the plan says, as the owner.

    Tables that do not stand in this database are left out; tables of no plan are nobody's.
    """
    names = set(connection.dialect.get_table_names(connection))
    if "core_grant" not in names:
        return
    # First of all: autovacuum, at work on a table whose grants have just changed here, would wait for this
    # transaction and let it wait (a deadlock); one that only stands in the way of a lock is cancelled.
    # Views before their tables, in the order in which a desk that counts through one comes to them.
    drop_views(connection, plan)
    locked = ", ".join(f'"{table.table}"' for table in plan.tables if table.table in names)
    connection.exec_driver_sql(f"LOCK TABLE {locked} IN ACCESS EXCLUSIVE MODE")
    _make_functions(connection, functions(plan))
    _close(connection, plan)
    _put_triggers(connection, [one for one in triggers(plan) if one.table in names])
    _open(connection, plan, [table for table in plan.tables if table.table in names])
    put_views(connection, plan)
    put_marks(connection, plan)


def put_views(connection: Connection, plan: RightsPlan) -> None:
    """Make the views whose columns stand, as the owner, where there are functions to ask.

    The tables of a plugin may be older than its declaration, until it is upgraded in its turn.
    """
    if connection.execute(text("SELECT to_regproc('core_scopes')")).scalar() is None:
        return
    drop_views(connection, plan)
    stand = {(row.place, row.name) for row in connection.execute(COLUMNS)}
    wanted = {view.name: view_statement(view) for view in plan.views if stand.issuperset(view.reads())}
    granted = [
        f'GRANT SELECT ON "{view.name}" TO {group}'
        for view, group in view_grants(plan)
        if view.name in wanted
    ]
    run_together(connection, [*wanted.values(), *granted])
    made = views_in(connection)
    run_together(
        connection,
        [
            f"COMMENT ON VIEW \"{name}\" IS '{mark(statement, made[name].words)}'"
            for name, statement in wanted.items()
        ],
    )


def _put_triggers(connection: Connection, wanted: Sequence[RowTrigger]) -> None:
    """Make the triggers of rights these and no others."""
    standing = text(
        "SELECT format('DROP TRIGGER %I ON public.%I', t.tgname, c.relname) FROM pg_trigger t "
        "JOIN pg_class c ON c.oid = t.tgrelid WHERE t.tgname LIKE 'rights\\_%' AND NOT t.tgisinternal"
    )
    for statement in connection.execute(standing).scalars().all():
        connection.exec_driver_sql(statement)
    for trigger in wanted:
        connection.exec_driver_sql(trigger.statement)


def _make_functions(connection: Connection, wanted: Sequence[Function]) -> None:
    """Make the functions; one of other arguments or results goes first, with the policies that ask it."""
    declared = {
        (function.name, ", ".join(part.split()[-1] for part in function.arguments.split(", ") if part))
        for function in wanted
    }
    standing = connection.execute(
        text(
            "SELECT proname, oidvectortypes(proargtypes) AS types, oid::regprocedure::text AS place "
            "FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'core\\_%' "
            "AND proname NOT LIKE 'core\\_audit\\_%'"
        )
    ).all()
    for row in standing:
        if (row.proname, row.types) not in declared:
            connection.exec_driver_sql(f"DROP FUNCTION {row.place} CASCADE")
    for function in wanted:
        try:
            with connection.begin_nested():
                connection.exec_driver_sql(function.statement.replace("%", "%%"))
        except ProgrammingError as error:
            if getattr(error.orig, "sqlstate", None) != OTHER_RESULT:
                raise
            connection.exec_driver_sql(f"DROP FUNCTION {function.name} CASCADE")
            connection.exec_driver_sql(function.statement.replace("%", "%%"))


def _close(connection: Connection, plan: RightsPlan) -> None:
    """Take every right from everybody but the owner; then give what no table's rules say."""
    everybody = ", ".join(["PUBLIC", MEMBER, *(group_of(key) for key in plan.roles)])
    for what in ("TABLES", "SEQUENCES", "FUNCTIONS"):
        connection.exec_driver_sql(f"REVOKE ALL ON ALL {what} IN SCHEMA public FROM {everybody}")
    columns = text(
        "SELECT DISTINCT format('REVOKE ALL (%I) ON public.%I FROM ', a.attname, c.relname) "
        "FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
        "WHERE c.relnamespace = 'public'::regnamespace AND a.attacl IS NOT NULL"
    )
    for statement in connection.execute(columns).scalars().all():
        connection.exec_driver_sql(statement + everybody)
    for function in functions(plan):
        if function.callable:
            connection.exec_driver_sql(
                f"GRANT EXECUTE ON FUNCTION {function.name}({function.arguments}) TO {MEMBER}"
            )
    for called in AUDIT_CALLS:
        connection.exec_driver_sql(f"GRANT EXECUTE ON FUNCTION {called} TO {MEMBER}")
    versions = text("SELECT relname FROM pg_class WHERE relkind = 'r' AND relname LIKE :like")
    for name in connection.execute(versions, {"like": VERSIONS}).scalars().all():
        connection.exec_driver_sql(f'GRANT SELECT ON "{name}" TO {MEMBER}')


def _open(connection: Connection, plan: RightsPlan, tables: Sequence[TableRights]) -> None:
    """Row-level security, policies and grants of these tables: one errand to the server for each."""
    standing = policies_in(connection)
    sequences = {row.place: row.name for row in connection.execute(SEQUENCES)}
    for table in tables:
        name = table.table
        wanted = [
            f'ALTER TABLE "{name}" ENABLE ROW LEVEL SECURITY',
            f'ALTER TABLE "{name}" NO FORCE ROW LEVEL SECURITY',
            *(f'DROP POLICY "{policy.name}" ON "{name}"' for policy in standing.get(name, ())),
            *policies(table).values(),
            *grant_statements(plan, table),
        ]
        if table.insert is not None and name in sequences:
            wanted.append(f"GRANT USAGE ON SEQUENCE {sequences[name]} TO {MEMBER}")
        run_together(connection, wanted)
    # The server keeps a policy in words of its own: what it made of the statement is written beside it.
    made = policies_in(connection)
    for table in tables:
        words = {policy.name: policy.words for policy in made.get(table.table, ())}
        run_together(
            connection,
            [
                f"COMMENT ON POLICY {name} ON \"{table.table}\" IS '{mark(statement, words[name])}'"
                for name, statement in policies(table).items()
            ],
        )


COLUMNS = text(
    "SELECT c.relname AS place, a.attname AS name FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
    "WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0"
)
#: The sequences that give rows their numbers, by table.
SEQUENCES = text(
    "SELECT c.relname AS place, s.oid::regclass::text AS name FROM pg_class s "
    "JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = s.oid "
    "AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i') "
    "JOIN pg_class c ON c.oid = d.refobjid "
    "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid AND a.attname = 'id' "
    "WHERE s.relkind = 'S' AND c.relnamespace = 'public'::regnamespace"
)
POLICIES = text(
    "SELECT c.relname AS place, p.polname AS name, "
    "concat_ws(' | ', p.polcmd, p.polpermissive, p.polroles::regrole[]::text, "
    "pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) AS words, "
    "obj_description(p.oid, 'pg_policy') AS mark FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid "
    "WHERE c.relnamespace = 'public'::regnamespace ORDER BY c.relname, p.polname"
)


@dataclass(frozen=True, kw_only=True)
class StandingPolicy:
    """A policy as the server understood it, and the mark that stands beside it."""

    name: str
    words: str
    mark: str | None


def policies_in(connection: Connection) -> dict[str, list[StandingPolicy]]:
    """Every policy of this database, by table."""
    found: dict[str, list[StandingPolicy]] = {}
    for row in connection.execute(POLICIES):
        policy = StandingPolicy(name=row.name, words=row.words, mark=row.mark)
        found.setdefault(row.place, []).append(policy)
    return found


def mark(statement: str, words: str) -> str:
    """What stands beside a policy: the declared statement and the server's own words for it, as hashes."""
    return f"{sha256(statement.encode()).hexdigest()[:32]}:{sha256(words.encode()).hexdigest()[:32]}"
