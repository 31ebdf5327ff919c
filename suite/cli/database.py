"""`suite db`: create, upgrade, tell versions, verify, and write a migration."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING

import click

from suite.cli.answers import give, table, told
from suite.cli.failures import FAULTS
from suite.cli.options import Call, SuiteGroup, pass_call

if TYPE_CHECKING:
    from suite.database.migrate import Upgraded


#: What is told of logins that were made anew.
PASSWORDS = (
    "已重建登录名：{}。密码须重新设定：先由服务器超级用户在 psql 中用 \\password 设定一位系统管理员的，"
    "其余由其用 suite user password 设定。"
)


@click.group(cls=SuiteGroup)
def database() -> None:
    """建立、升级、核对数据库。"""


@database.command("init")
@pass_call
def init(call: Call) -> None:
    """建立数据库，载入区划与村居，添加第一个用户 admin。重复运行不会改动已有数据。"""
    suite = call.unchecked
    existed = suite.engine.url.get_backend_name() == "sqlite" and not call.missing_file
    done = suite.initialise()
    lines = [f"数据库：{call.shown_database}"]
    lines += _upgraded_lines(call, done) or ["已是最新版本，没有改动。"]
    give(call, {"database": call.shown_database, "existed": existed, "upgraded": done}, lines)
    _fail_on_errors(done)


@database.command("upgrade")
@click.option("--no-copy", is_flag=True, help="不先备份（PostgreSQL）；仅在已另有备份时使用。")
@pass_call
def upgrade(call: Call, no_copy: bool) -> None:
    """把数据库升级到本程序的版本，先留一份备份；中途断电或被终止，再运行一次即可。"""
    from suite.contract.problems import refuse
    from suite.safekeeping.upgrading import copy_before_upgrade

    suite = call.unchecked
    if call.missing_file:
        raise refuse("database.absent", f"没有找到数据库 {call.shown_database}。请先运行 suite db init。")
    copy = None if no_copy else copy_before_upgrade(suite, call.progress())
    done = suite.upgrade(call.progress())
    give(
        call,
        {"database": call.shown_database, "upgraded": done, "copy": copy},
        [
            *([f"升级前的备份：{copy}"] if copy is not None else ()),
            *(_upgraded_lines(call, done) or ["已是最新版本，没有改动。"]),
        ],
    )
    _fail_on_errors(done)


def _upgraded_lines(call: Call, done: Sequence[Upgraded]) -> list[str]:
    titles = call.unchecked.catalog.titles
    return [
        f"{titles.get(item.owner, item.owner)}：表没有变化，已重新生成权限和触发器。"
        if item.renewed
        else f"{titles.get(item.owner, item.owner)}：{item.before or '无'} → {item.after}"
        if item.error is None
        else f"{titles.get(item.owner, item.owner)}：未升级，已停用该插件。{item.error.splitlines()[0]}"
        for item in done
    ]


def _fail_on_errors(done: Sequence[Upgraded]) -> None:
    if any(item.error is not None for item in done):
        raise click.exceptions.Exit(FAULTS)


@database.command("test")
@click.option("--keep-password", is_flag=True, help="可以连接时，把登录名的密码存入系统密钥环。")
@pass_call
def test(call: Call, keep_password: bool) -> None:
    """试连数据库：能否连上，不能时是什么原因、怎么办。不写入数据库；不能办公时退出码为 1。"""
    from suite import connecting
    from suite.contract.problems import refuse

    settings = connecting.with_password(call.settings, call.password)
    found = connecting.diagnose(settings, today=call.today)
    kept = keep_password and found.problem is None and bool(settings.password)
    if kept and not connecting.keep_password(settings):
        raise refuse("keyring.none", "系统没有可用的密钥环，密码未保存，每次连接时输入。")
    give(
        call,
        {
            "database": call.shown_database,
            "ok": found.problem is None,
            "code": found.problem.code if found.problem is not None else None,
            "fact": found.fact,
            "cure": found.cure,
            "facts": found.facts,
            "password_kept": kept,
        },
        [f"数据库：{call.shown_database}", *found.facts, found.fact, *([found.cure] if found.cure else [])],
    )
    if found.problem is not None:
        raise click.exceptions.Exit(FAULTS)


@database.command("status")
@pass_call
def status(call: Call) -> None:
    """各所有者在数据库中与在程序中的版本。不一致时退出码为 1。"""
    from suite.database import migrate
    from suite.database.migrate import OwnerStatus, Standing, revisions

    suite = call.unchecked
    if call.missing_file:
        found = [
            OwnerStatus(
                owner=owner.name,
                database=None,
                program=(revisions(owner) or [""])[-1],
                standing=Standing.ABSENT,
            )
            for owner in suite.owners
        ]
    else:
        found = migrate.status(suite.engine, suite.owners)
    words = {
        Standing.ABSENT: "未建立",
        Standing.OLDER: "须升级数据库",
        Standing.CURRENT: "一致",
        Standing.NEWER: "须安装新版程序",
    }
    give(
        call,
        {"database": call.shown_database, "owners": found},
        [
            f"数据库：{call.shown_database}",
            *table(
                ["所有者", "数据库中", "程序中", "状态"],
                [
                    (item.owner, item.database or "—", item.program or "—", words[item.standing])
                    for item in found
                ],
            ),
        ],
    )
    if any(item.standing is not Standing.CURRENT for item in found):
        raise click.exceptions.Exit(FAULTS)


@database.command("check")
@click.option(
    "--mend", is_flag=True, help="重建不符的检索索引，补上号码所载的出生日期，恢复缺失的审计触发器。"
)
@pass_call
def check(call: Call, mend: bool) -> None:
    """核对数据文件、引用、操作痕迹、档案与明细、检索索引、出生日期、名册编制。发现问题时退出码为 1。"""
    from suite.kernel.exchange.editions import check_editions
    from suite.kernel.indicators.snapshots import check_snapshots
    from suite.kernel.registry.integrity import MendDatabase, check_births
    from suite.kernel.registry.integrity import check as look

    suite = call.ready
    suite.require_whole_view(call.actor)
    mended: list[str] = []
    if mend:
        triggers = suite.restore_triggers(call.actor)
        done = suite.run(MendDatabase(), call.actor, progress=call.progress())
        mended = [f"{done.text}。", *(f"已恢复审计触发器 {name}。" for name in triggers)]
    with suite.reading() as session:
        parts = [
            *look(session, suite.catalog, call.progress()),
            check_births(session, suite.today),
            check_editions(session),
            check_snapshots(session),
        ]
    problems = [problem for part in parts for problem in part.problems]
    give(
        call,
        {
            "database": call.shown_database,
            "ok": not problems,
            "mended": mended,
            "parts": [
                {
                    "part": part.part,
                    "title": part.title,
                    "looked_at": part.looked_at,
                    "faults": len(part.problems),
                }
                for part in parts
            ],
            "problems": [told(problem) for problem in problems],
        },
        [
            *mended,
            *(
                f"{part.title}：{'有问题' if part.problems else '无误'}（{part.looked_at:,}）"
                for part in parts
            ),
            *(problem.text for problem in problems),
        ],
    )
    if problems:
        raise click.exceptions.Exit(FAULTS)


@database.command("copy")
@click.option(
    "--to", "target", required=True, metavar="地址", help="目标：空的库，或刚用 suite db init 建好的库。"
)
@pass_call
def copy(call: Call, target: str) -> None:
    """把整个数据库迁到另一处，如从单机数据文件迁入 PostgreSQL，逐行核对；要么全部迁完，要么什么也不写。

    操作痕迹原样带过去，链首尾不变。迁入 PostgreSQL 后按用户重建登录名，密码须重新设定；
    “单机办件”不带过去。
    """
    from suite.kernel.accounts.declarations import SOLE_USER
    from suite.safekeeping.copying import copy_database
    from suite.settings import database_url

    copied = copy_database(call.ready, call.actor, database_url(target), call.progress())
    rows = sum(copied.tables.values())
    lines = [
        f"已复制 {len(copied.tables)} 张表，{rows:,} 行，逐行核对一致；审计链 {copied.links:,} 节，末节不变。"
    ]
    if copied.logins:
        lines.append(PASSWORDS.format("、".join(copied.logins)))
    if copied.revoked:
        role = call.ready.catalog.roles[SOLE_USER].title
        lines.append(
            f"已收回 {'、'.join(copied.revoked)} 的“{role}”：服务器上的系统管理员不看办件，也不改工作日历。"
            "请用 suite user grant 给各科室的用户授予科室角色，给管日历的用户授予“工作日历维护”。"
        )
    give(
        call,
        {
            "tables": copied.tables,
            "rows": rows,
            "links": copied.links,
            "head": copied.head,
            "logins": copied.logins,
            "revoked": copied.revoked,
        },
        lines,
    )


@database.group("rights", cls=SuiteGroup)
def rights() -> None:
    """PostgreSQL 服务器上的权限。"""


@rights.command("check")
@click.option("--mend", is_flag=True, help="按声明重建权限；须由服务器超级用户或“数据库维护”人员运行。")
@pass_call
def rights_check(call: Call, mend: bool) -> None:
    """核对服务器上的角色、授权、行级策略与函数是否与声明一致。不一致时退出码为 1。"""
    faults = call.ready.rights_faults(call.actor, mend=mend)
    give(
        call,
        {
            "database": call.shown_database,
            "ok": not faults,
            "mended": mend,
            "faults": [{"code": item.code, "place": item.place, "text": item.text} for item in faults],
        },
        [item.text for item in faults] or ["服务器上的权限与声明一致。"],
    )
    if faults:
        raise click.exceptions.Exit(FAULTS)


@database.command("revision")
@click.argument("owner", metavar="所有者")
@click.argument("message", metavar="说明")
@pass_call
def revision(call: Call, owner: str, message: str) -> None:
    """（开发用）把已声明而数据库没有的表和列写成新的迁移脚本。

    所有者为 core 或插件名；说明用英文祈使句，如 "Create the rosters"。写出后须通读再提交。
    """
    from suite.contract.problems import refuse
    from suite.database import migrate
    from suite.database.engine import open_engine

    suite = call.unchecked
    owners = {item.name: item for item in suite.owners}
    if owner not in owners:
        parked = suite.plugins.parked.get(owner)
        words = "；".join(parked.cause) if parked else f"可用：{'、'.join(owners)}"
        raise refuse("owner.unknown", f"没有可用的所有者 {owner}。{words}。", field="owner")
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(sys.stderr):
        engine = open_engine(f"sqlite:///{Path(folder) / 'scratch.db'}")
        try:
            needed = {"core": owners["core"], owner: owners[owner]}
            upgraded = migrate.upgrade(engine, list(needed.values()))
            failed = [item.error for item in upgraded if item.error is not None]
            if failed:
                raise refuse("migration.failed", f"现有迁移不能执行：{failed[0].splitlines()[0]}")
            path = migrate.write_revision(engine, owners[owner], message)
        finally:
            engine.dispose()
    give(call, {"owner": owner, "file": path}, [f"已写出 {path}，请通读后提交。"])
