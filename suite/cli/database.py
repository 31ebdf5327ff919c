"""`suite db`: create, upgrade, tell versions, verify, and write a migration."""

from __future__ import annotations

import sys
import tempfile
from contextlib import redirect_stdout
from pathlib import Path

import click

from suite.cli.answers import give
from suite.cli.options import Call, SuiteGroup, pass_call


@click.group(cls=SuiteGroup)
def database() -> None:
    """建立、升级、核对数据库。"""


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
