"""`suite user` and `suite rights`: who works here, and why someone may or may not."""

from __future__ import annotations

import click

from suite.cli.answers import give, table
from suite.cli.options import Call, SuiteCommand, SuiteGroup, pass_call, read_password


@click.group("user", cls=SuiteGroup)
def user() -> None:
    """用户与授权。"""


@user.command("add")
@click.argument("login", metavar="登录名")
@click.argument("name", metavar="姓名")
@click.option("--section", metavar="科室", help="所在科室。")
@pass_call
def add(call: Call, login: str, name: str, section: str | None) -> None:
    """添加用户；能做什么另行授权，密码另行设置。PostgreSQL 上同时建立登录名。"""
    from suite.kernel.accounts.commands import AddUser

    done = call.ready.run(AddUser(login=login, name=name, section=section), call.actor)
    lines = [f"{done.text}。"]
    if call.ready.connected_as() is not None:
        lines.append(f"请用 suite user password {login.strip()} 设置密码后再登录。")
    give(call, {"login": login.strip(), "text": done.text}, lines)


@user.command("password")
@click.argument("login", metavar="登录名", required=False)
@click.option("--new-password-stdin", is_flag=True, help="从标准输入的下一行读取新密码。")
@pass_call
def password(call: Call, login: str | None, new_password_stdin: bool) -> None:
    """设置密码；不写登录名即修改本人的，须先输入现在的密码。

    密码只在提示下输入，或经标准输入传入：--password-stdin 传入现在的，在前一行；
    --new-password-stdin 传入新的。
    """
    from suite.kernel.accounts.passwords import ChangePassword, SetPassword

    actor = call.actor
    own = login is None or login == actor.login
    old = call.own_password() if own else ""
    new = read_password("新密码", stdin=new_password_stdin, twice=True)
    if own:
        done = call.ready.run(ChangePassword(password=new, old=old), actor)
    else:
        done = call.ready.run(SetPassword(login=str(login), password=new), actor)
    give(call, {"login": login or actor.login, "text": done.text}, [f"{done.text}。"])


@user.command("disable")
@click.argument("login", metavar="登录名")
@pass_call
def disable(call: Call, login: str) -> None:
    """停用用户；其操作痕迹保留。"""
    from suite.kernel.accounts.commands import DisableUser

    done = call.ready.run(DisableUser(login=login), call.actor)
    give(call, {"login": login, "text": done.text}, [f"{done.text}。"])


@user.command("enable")
@click.argument("login", metavar="登录名")
@pass_call
def enable(call: Call, login: str) -> None:
    """恢复停用的用户，原有角色照旧。"""
    from suite.kernel.accounts.commands import EnableUser

    done = call.ready.run(EnableUser(login=login), call.actor)
    give(call, {"login": login, "text": done.text}, [f"{done.text}。"])


@user.command("unlock")
@click.argument("login", metavar="登录名")
@pass_call
def unlock(call: Call, login: str) -> None:
    """解除密码输错造成的登录锁定。"""
    from suite.kernel.accounts.passwords import UnlockUser

    done = call.ready.run(UnlockUser(login=login), call.actor)
    give(call, {"login": login, "text": done.text}, [f"{done.text}。"])


@user.command("grant")
@click.argument("login", metavar="登录名")
@click.argument("role", metavar="角色")
@click.option("--profession", metavar="条线", help="只在该条线内有效，如 lawyers。")
@click.option("--district", metavar="区县代码", help="只在该县（市、区）内有效。")
@click.option("--association", metavar="协会", help="只在该协会内有效。")
@pass_call
def grant(
    call: Call, login: str, role: str, profession: str | None, district: str | None, association: str | None
) -> None:
    """授予角色；不写范围即全部。"""
    from suite.kernel.accounts.commands import GrantRole

    command = GrantRole(
        login=login, role=role, profession=profession, district=district, association=association
    )
    done = call.ready.run(command, call.actor)
    give(call, {"login": login, "role": role, "text": done.text}, [f"{done.text}。"])


@user.command("revoke")
@click.argument("login", metavar="登录名")
@click.argument("role", metavar="角色")
@click.option("--profession", metavar="条线", help="授予时的条线。")
@click.option("--district", metavar="区县代码", help="授予时的县（市、区）。")
@click.option("--association", metavar="协会", help="授予时的协会。")
@pass_call
def revoke(
    call: Call, login: str, role: str, profession: str | None, district: str | None, association: str | None
) -> None:
    """收回角色；范围须与授予时相同。"""
    from suite.kernel.accounts.commands import RevokeRole

    command = RevokeRole(
        login=login, role=role, profession=profession, district=district, association=association
    )
    done = call.ready.run(command, call.actor)
    give(call, {"login": login, "role": role, "text": done.text}, [f"{done.text}。"])


@user.command("list")
@pass_call
def list_(call: Call) -> None:
    """列出用户及其角色。"""
    from suite.contract.problems import ProblemKind, refuse
    from suite.kernel.accounts.queries import user_lines

    suite = call.ready
    if not call.actor.may("core:user:manage"):
        raise refuse(
            "not_permitted", "您没有“管理用户与授权”的权限，请联系管理员。", ProblemKind.NOT_PERMITTED
        )
    with suite.reading() as session:
        lines = user_lines(session, suite.catalog, suite.today)
    rows = [(u.login, u.name, u.section, "在用" if u.active else "停用", "；".join(u.roles)) for u in lines]
    give(call, {"users": lines}, table(["登录名", "姓名", "科室", "状态", "角色"], rows))


@click.command("rights", cls=SuiteCommand)
@click.option("--login", metavar="登录名", help="谁的权限；默认为当前用户。")
@click.option("--explain", metavar="权限", help="只说明这一项：由哪个角色给出，或哪个角色可以给出。")
@click.option(
    "--record", type=int, metavar="编号", help="与 --explain 同用：对这一份档案可以与否，及其原因。"
)
@click.option("--matrix", is_flag=True, help="列出全部声明：每项权限给哪些角色，每张表的读写各要求什么。")
@pass_call
def rights(call: Call, login: str | None, explain: str | None, record: int | None, matrix: bool) -> None:
    """权限及其来源。"""
    from suite.contract.problems import refuse
    from suite.kernel.accounts.explain import Explained, rights_of, source_scope, why_of
    from suite.kernel.accounts.printed_matrix import opened_by

    if matrix:
        _matrix(call)
        return
    suite, actor = call.ready, call.actor
    who = login or actor.login
    if record is not None:
        if explain is None:
            raise refuse("permission.required", "请用 --explain 写明权限。", field="explain")
        with suite.reading() as session:
            why = why_of(session, actor, suite.catalog, who, explain, suite.today, subject_id=record)
        give(call, {"login": who, "why": why}, why.sentences)
        return
    with suite.reading() as session:
        found = rights_of(session, actor, suite.catalog, who, suite.today)
    if explain is not None:
        found = [item for item in found if item.permission == explain]
        if not found:
            raise refuse(
                "permission.unknown", f"没有权限 {explain}。不带 --explain 可列出全部。", field="explain"
            )

    def words(item: Explained) -> str:
        if item.held:
            by = "；".join(f"“{source.title}”（{source_scope(source, suite.catalog)}）" for source in item.by)
            return f"{item.title}（{item.permission}）：有，来自角色{by}。"
        givers = "、".join(f"“{title}”" for title in item.roles) or "（没有角色包含它）"
        return f"{item.title}（{item.permission}）：没有。可授予角色{givers}。"

    shown = found if explain is not None else [item for item in found if item.held]
    opened = opened_by(suite.rights, explain) if explain is not None else []
    told = [words(item) for item in shown] or [f"{who} 没有任何权限。"]
    told += [f"  数据库中凭它{_operation(line.operation)} {line.table}：{line.asks}" for line in opened]
    give(call, {"login": who, "rights": found, "tables": opened}, told)


def _operation(word: str) -> str:
    return {"SELECT": "读取", "INSERT": "新增", "UPDATE": "修改", "DELETE": "删除"}[word]


def _matrix(call: Call) -> None:
    """The whole declared matrix."""
    from suite.kernel.accounts.printed_matrix import permission_lines, table_lines

    suite = call.unchecked
    permissions = permission_lines(suite.catalog, suite.rights)
    tables = table_lines(suite.rights)
    titles = {key: role.title for key, role in suite.catalog.roles.items()}
    given = [
        (
            line.permission,
            line.title,
            "按授权范围" if line.scoped else "不限",
            "、".join(titles[r] for r in line.roles),
        )
        for line in permissions
    ]
    asked = [(line.table, _operation(line.operation), line.asks or "无人") for line in tables]
    give(
        call,
        {"permissions": permissions, "tables": tables},
        [
            *table(["权限", "说明", "范围", "角色"], given),
            "",
            *table(["表", "操作", "要求"], asked),
            "",
            "以上由 PostgreSQL 强制执行。业务规则与双人复核由程序执行；凭登录名直接用 SQL 写入的，"
            "不超出上表，并留痕为“无命令”。",
        ],
    )
