"""Comparing the rights that a PostgreSQL holds with those that are declared, and making them so again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, text

from suite.database.audit_sql import DEFINER, POSTGRESQL_FUNCTIONS
from suite.database.audit_triggers import install_triggers
from suite.database.base import owner_of
from suite.database.engine import writing
from suite.database.rights import MAINTAINER, MEMBER, OWNER, RightsPlan, group_of
from suite.database.rights_functions import functions, triggers
from suite.database.rights_install import (
    AUDIT_CALLS,
    MAINTAINERS,
    OWNERS,
    become_owner,
    install_rights,
    is_superuser,
    mark,
    policies_in,
    prepare_server,
)
from suite.database.rights_marks import unlike
from suite.database.rights_sql import grants, policies
from suite.database.rights_views import view_grants, view_statement, views_in

#: A function in a policy that no sub-select keeps from being asked for each row.
PER_ROW = re.compile(r"(?<!SELECT )\b(core_\w+)\(", re.IGNORECASE)
TITLE = "恢复数据库权限"
FIXED_PATH = "search_path=pg_catalog, public, pg_temp"


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One place where the database is other than declared; `group` is that of a membership."""

    code: str
    place: str
    text: str
    group: str = ""


SURPLUS_MEMBER = "rights.member.surplus"


def differences(connection: Connection, plan: RightsPlan) -> list[Fault]:
    """Everything that differs; reads the catalogue only."""
    return [
        *_roles(connection, plan),
        *_members(connection, plan),
        *_tables(connection, plan),
        *_policies(connection, plan),
        *_views(connection, plan),
        *_grants(connection, plan),
        *_places(connection),
        *_functions(connection, plan),
        *_marks(connection, plan),
    ]


def mend(engine: Engine, plan: RightsPlan) -> None:
    """Make the rights anew. Raises NoOwner to a login that may not become the owner."""
    prepare_server(engine, plan)
    with writing(engine) as connection:
        if is_superuser(connection):
            for statement in list(_takings(connection, plan)):
                connection.exec_driver_sql(statement)
        become_owner(connection)
        install_triggers(connection)
        install_rights(connection, plan)
        # Writing a row as it is lets its trigger put login and memberships right.
        connection.execute(text("SELECT core_audit_begin(NULL, :title, NULL)"), {"title": TITLE})
        for table in ("core_grant", "core_user"):
            connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER rights_guard")
        connection.exec_driver_sql("UPDATE core_user SET active = active")
        connection.exec_driver_sql("UPDATE core_grant SET role = role")
        connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("core_grant", "core_user"):
            connection.exec_driver_sql(f"ALTER TABLE {table} ENABLE TRIGGER rights_guard")


def _takings(connection: Connection, plan: RightsPlan) -> Iterator[str]:
    """The statements that take from logins what nobody declared and others than the owner gave."""
    surplus = {
        (fault.place, fault.group) for fault in _members(connection, plan) if fault.code == SURPLUS_MEMBER
    }
    rows = connection.execute(
        text(
            "SELECT m.rolname AS member, g.rolname AS grp, format('REVOKE %I FROM %I GRANTED BY %I', "
            "g.rolname, m.rolname, pg_get_userbyid(a.grantor)) AS statement FROM pg_auth_members a "
            "JOIN pg_roles m ON m.oid = a.member JOIN pg_roles g ON g.oid = a.roleid"
        )
    )
    yield from (row.statement for row in rows if (row.member, row.grp) in surplus)
    powers = text(
        "SELECT format('ALTER ROLE %I NOBYPASSRLS NOCREATEROLE NOCREATEDB', rolname) FROM pg_roles "
        "WHERE NOT rolsuper AND rolname IN (SELECT login FROM core_user) "
        "AND (rolbypassrls OR rolcreaterole OR rolcreatedb)"
    )
    yield from connection.execute(powers).scalars()


def _fault(code: str, place: str, words: str, *, group: str = "") -> Fault:
    return Fault(code=f"rights.{code}", place=place, text=f"{place}：{words}", group=group)


def _roles(connection: Connection, plan: RightsPlan) -> Iterator[Fault]:
    rows = connection.execute(
        text(
            "SELECT rolname, rolcanlogin, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles "
            "WHERE rolname LIKE 'suite\\_%' OR rolname IN (SELECT login FROM core_user)"
        )
    ).all()
    found = {row.rolname: row for row in rows}
    groups = {OWNER, MEMBER, *(group_of(key) for key in plan.roles)}
    for name in sorted(groups):
        row = found.pop(name, None)
        if row is None:
            yield _fault("role.absent", name, "服务器上没有这个角色。")
        elif row.rolcanlogin or row.rolsuper or row.rolbypassrls:
            yield _fault("role.powers", name, "可以登录，或有超出声明的权力。")
        elif (row.rolcreaterole or row.rolcreatedb) and name != OWNER:
            yield _fault("role.powers", name, "可以建立角色或数据库。")
        elif not row.rolcreatedb and name == OWNER:
            yield _fault("role.powers", name, "不能建立数据库，备份无从验证；由服务器超级用户修复。")
    users = connection.execute(text("SELECT login, active FROM core_user ORDER BY login")).all()
    for login, active in users:
        row = found.get(login)
        if row is None:
            yield _fault("login.absent", login, "服务器上没有这个登录名。")
        elif not row.rolsuper and row.rolcanlogin != active:
            yield _fault(
                "login.active", login, "停用的用户仍可登录。" if not active else "在用的用户不能登录。"
            )
        elif not row.rolsuper and (row.rolbypassrls or row.rolcreaterole or row.rolcreatedb):
            yield _fault("login.powers", login, "有超出声明的权力。")


def _members(connection: Connection, plan: RightsPlan) -> Iterator[Fault]:
    """Who is in a group without a grant, or has a grant and is in no group. Superusers need none."""
    rows = connection.execute(
        text(
            "SELECT m.rolname AS member, g.rolname AS grp FROM pg_auth_members a "
            "JOIN pg_roles m ON m.oid = a.member JOIN pg_roles g ON g.oid = a.roleid "
            # The server's own groups, too: pg_read_all_data, pg_maintain, pg_signal_backend …
            "WHERE g.rolname ~ '^(suite|pg)_' AND m.rolname IN (SELECT login FROM core_user) "
            "AND NOT m.rolsuper"
        )
    )
    found = {(row.member, row.grp) for row in rows}
    wanted = {
        (row.login, group_of(row.role) if row.role else MEMBER)
        for row in connection.execute(
            text(
                "SELECT login, role FROM core_grant UNION SELECT login, NULL FROM core_user UNION "
                "SELECT t.login, g.role FROM core_stand_in t JOIN core_section s ON s.id = t.section_id "
                "JOIN core_grant g ON g.login = s.head"
            )
        )
        if row.role is None or row.role in plan.roles
    }
    owners = set(connection.execute(OWNERS, {"owner": OWNER}).scalars())
    maintainers = set(connection.execute(MAINTAINERS, {"role": MAINTAINER}).scalars())
    for login in sorted(owners - maintainers):
        yield _fault("owner.surplus", login, f"可以成为 {OWNER}，但没有“数据库维护”的授权。")
    for login in sorted(maintainers - owners):
        yield _fault(
            "owner.absent", login, f"已授权“数据库维护”，但还不能成为 {OWNER}；由服务器超级用户修复。"
        )
    supers = set(connection.execute(text("SELECT rolname FROM pg_roles WHERE rolsuper")).scalars())
    for login, group in sorted(found - wanted):
        if group != OWNER:
            yield _fault("member.surplus", login, f"属于 {group}，但没有相应的授权。", group=group)
    for login, group in sorted(wanted - found):
        if login not in supers:
            yield _fault("member.absent", login, f"已授权，但不属于 {group}。")


def _tables(connection: Connection, plan: RightsPlan) -> Iterator[Fault]:
    rows = connection.execute(
        text(
            "SELECT relname, relrowsecurity, relforcerowsecurity, pg_get_userbyid(relowner) AS owner "
            "FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
        )
    ).all()
    ruled = {table.table for table in plan.tables}
    for row in rows:
        if row.owner != OWNER:
            yield _fault("table.owner", row.relname, f"所有者是 {row.owner}，应为 {OWNER}。")
        if row.relname in ruled and (not row.relrowsecurity or row.relforcerowsecurity):
            yield _fault("table.security", row.relname, "行级权限未开启，或被强制。")


def _policies(connection: Connection, plan: RightsPlan) -> Iterator[Fault]:
    standing, names = policies_in(connection), _names(connection)
    for table in plan.tables:
        wanted = policies(table)
        for row in standing.get(table.table, ()):
            place = f"{table.table}.{row.name}"
            for called in PER_ROW.findall(row.words):
                yield _fault("policy.per_row", place, f"对每一行调用 {called}。")
            statement = wanted.pop(row.name, None)
            if statement is None:
                yield _fault("policy.surplus", place, "未声明的策略。")
            elif row.mark != mark(statement, row.words):
                yield _fault("policy.changed", place, "策略与声明不符。")
        if table.table in names:
            for name in wanted:
                yield _fault("policy.absent", f"{table.table}.{name}", "缺少策略。")


def _views(connection: Connection, plan: RightsPlan) -> Iterator[Fault]:
    """The views that are declared; another one shows nobody anything without a grant, which is told."""
    standing, names = views_in(connection), _names(connection)
    for view in plan.views:
        row = standing.get(view.name)
        if row is None:
            if view.table in names:
                yield _fault("view.absent", view.name, "缺少视图。")
            continue
        for called in PER_ROW.findall(row.words):
            yield _fault("view.per_row", view.name, f"对每一行调用 {called}。")
        if row.mark != mark(view_statement(view), row.words):
            yield _fault("view.changed", view.name, "视图与声明不符。")


def _marks(connection: Connection, plan: RightsPlan) -> Iterator[Fault]:
    """What desks compare at their start."""
    owners = sorted({owner_of(table.table) for table in plan.tables})
    for owner in unlike(connection, plan, owners):
        yield _fault("mark", owner, "权限是按另一版声明生成的。")


def _names(connection: Connection) -> set[str]:
    """The tables that stand."""
    return set(connection.dialect.get_table_names(connection))


def _grants(connection: Connection, plan: RightsPlan) -> Iterator[Fault]:
    rows = connection.execute(
        text(
            "SELECT c.relname AS place, NULL AS column, a.grantee, a.privilege_type AS what FROM pg_class c "
            "CROSS JOIN LATERAL aclexplode(c.relacl) a WHERE c.relnamespace = 'public'::regnamespace "
            "AND c.relkind IN ('r', 'p', 'v', 'm') AND a.grantee <> c.relowner UNION ALL "
            "SELECT c.relname, t.attname, a.grantee, a.privilege_type FROM pg_attribute t "
            "JOIN pg_class c ON c.oid = t.attrelid CROSS JOIN LATERAL aclexplode(t.attacl) a "
            "WHERE c.relnamespace = 'public'::regnamespace AND a.grantee <> c.relowner"
        ).columns()
    ).all()
    roles: dict[int, str] = dict(connection.execute(text("SELECT oid, rolname FROM pg_roles")).all())
    found = {
        (row.place, roles.get(row.grantee, "PUBLIC"), row.what, row.column)
        for row in rows
        if not (row.place.startswith("alembic_version_") and row.what == "SELECT")
    }
    names = _names(connection)
    wanted = {
        (table.table, group, operation, column)
        for table in plan.tables
        if table.table in names
        for group, operation, column in grants(plan, table)
    }
    wanted |= {(view.name, group, "SELECT", None) for view, group in view_grants(plan) if view.table in names}
    for place, who, what, column in sorted(found - wanted, key=str):
        where = f"{place}.{column}" if column else place
        yield _fault("grant.surplus", where, f"{who} 有未声明的 {what}。")
    for place, who, what, column in sorted(wanted - found, key=str):
        where = f"{place}.{column}" if column else place
        yield _fault("grant.absent", where, f"{who} 缺少 {what}。")


#: What others than the owner may do with the database, its schemas and sequences, beyond using them.
PLACES = text(
    "SELECT 'schema ' || n.nspname AS place, a.grantee, a.privilege_type AS what FROM pg_namespace n "
    "CROSS JOIN LATERAL aclexplode(n.nspacl) a WHERE a.privilege_type = 'CREATE' AND n.nspname = 'public' "
    "AND a.grantee NOT IN (n.nspowner, to_regrole(:owner)) "
    "UNION ALL SELECT 'database', a.grantee, a.privilege_type FROM pg_database d "
    "CROSS JOIN LATERAL aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a "
    "WHERE d.datname = current_database() "
    "AND a.grantee <> d.datdba AND a.privilege_type <> 'CONNECT' "
    "UNION ALL SELECT c.relname, a.grantee, a.privilege_type FROM pg_class c "
    "CROSS JOIN LATERAL aclexplode(c.relacl) a WHERE c.relkind = 'S' "
    "AND c.relnamespace = 'public'::regnamespace AND a.grantee <> c.relowner AND a.privilege_type <> 'USAGE'"
)


def _places(connection: Connection) -> Iterator[Fault]:
    """Rights that open more than rows: making objects, temporary tables, setting a counter."""
    for row in connection.execute(PLACES, {"owner": OWNER}):
        yield _fault("place.surplus", row.place, f"所有者以外的角色有未声明的 {row.what}。")


def _functions(connection: Connection, plan: RightsPlan) -> Iterator[Fault]:
    rows = connection.execute(
        text(
            "SELECT p.proname, p.prosrc, p.prosecdef, pg_get_userbyid(p.proowner) AS owner, "
            "coalesce(array_to_string(p.proconfig, ';'), '') AS config, "
            "has_function_privilege('public', p.oid, 'EXECUTE') AS open, "
            "has_function_privilege(:member, p.oid, 'EXECUTE') AS callable "
            "FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace"
        ),
        {"member": MEMBER},
    ).all()
    found = {row.proname: row for row in rows}
    wanted = {function.name: function for function in functions(plan)}
    audit_calls = {call.partition("(")[0] for call in AUDIT_CALLS}
    for name, function in wanted.items():
        row = found.get(name)
        if row is None or row.prosrc != function.body:
            yield _fault("function.changed", name, "函数缺失或被改动。")
        elif row.prosecdef != (DEFINER in function.head):
            yield _fault("function.definer", name, "函数的执行身份与声明不符。")
    for name, row in found.items():
        audit = name.startswith("core_audit_")
        if not audit and name.startswith("core_") and name not in wanted:
            yield _fault("function.surplus", name, "未声明的函数。")
        if row.prosecdef and (FIXED_PATH not in row.config or row.owner != OWNER):
            yield _fault("function.path", name, "函数没有固定的查找路径，或所有者不是 " + OWNER + "。")
        if audit and row.prosecdef != (DEFINER in POSTGRESQL_FUNCTIONS.get(name, DEFINER)):
            yield _fault("function.definer", name, "函数的执行身份与声明不符。")
        may = name in audit_calls or (name in wanted and wanted[name].callable)
        if row.open or row.callable != may:
            yield _fault("function.callers", name, "可调用的人与声明不符。")
    yield from _triggers(connection, plan)


def _triggers(connection: Connection, plan: RightsPlan) -> Iterator[Fault]:
    rows = connection.execute(
        text(
            "SELECT t.tgname, c.relname, pg_get_triggerdef(t.oid) AS words FROM pg_trigger t "
            "JOIN pg_class c ON c.oid = t.tgrelid WHERE t.tgname LIKE 'rights\\_%' AND t.tgenabled = 'O'"
        )
    ).all()
    standing, names = {(row.tgname, row.relname): row.words for row in rows}, _names(connection)
    for trigger in triggers(plan):
        words = standing.pop((trigger.name, trigger.table), None)
        if words is None and trigger.table not in names:
            continue
        if words is None or " WHEN (" in words or not words.endswith(trigger.call):
            yield _fault("trigger.changed", f"{trigger.table}.{trigger.name}", "触发器缺失或被改动。")
    for name, table in sorted(standing):
        yield _fault("trigger.surplus", f"{table}.{name}", "未声明的触发器。")
