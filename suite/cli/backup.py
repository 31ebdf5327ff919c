"""`suite backup` and `suite restore`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from suite.cli.answers import give, told
from suite.cli.database import PASSWORDS
from suite.cli.failures import FAULTS
from suite.cli.options import Call, SuiteCommand, pass_call

if TYPE_CHECKING:
    from suite.contract.commands import Actor

MEGA = 1_000_000


@click.command("backup", cls=SuiteCommand)
@click.argument("out", metavar="文件", required=False, type=click.Path(path_type=Path))
@click.option(
    "--prove", metavar="备份", type=click.Path(path_type=Path), help="把一份备份恢复到临时库，逐项比对。"
)
@click.option("--scheduled", is_flag=True, help="按本机设置备份到指定文件夹并验证，供 cron、计划任务调用。")
@pass_call
def backup(call: Call, out: Path | None, prove: Path | None, scheduled: bool) -> None:
    """备份正在使用的数据库；或用 --prove 验证一份备份可以恢复。

    验证在临时库中进行，不动现有数据：比对各表行数、指标值、审计链，并做一次数据库核对。不符时退出码为 1。
    """
    if (out is not None) + (prove is not None) + scheduled != 1:
        raise click.UsageError("请写要写出的文件，或 --prove 与一份备份，或 --scheduled，三者取一。")
    if scheduled:
        _scheduled(call)
    elif out is not None:
        _take(call, out)
    elif prove is not None:
        _prove(call, prove)


def _acting(call: Call) -> Actor | None:
    """Who acts; None over a database of an older version, whose users this program cannot read."""
    return None if call.suite.unfit() else call.actor


def _take(call: Call, out: Path) -> None:
    from suite.safekeeping.book import note
    from suite.safekeeping.taking import take

    actor = _acting(call)
    taken = take(call.suite, actor, out, call.progress())
    noted = actor is not None and note(call.suite, actor, taken.file, taken.manifest, proven=False)
    facts = taken.manifest.facts
    give(
        call,
        {"file": taken.file, "bytes": taken.bytes, "noted": noted, "manifest": taken.manifest},
        [
            f"已备份：{taken.file}（{taken.bytes / MEGA:.1f} MB）",
            f"{len(facts.tables)} 张表，{sum(facts.tables.values()):,} 行，审计链 {facts.links:,} 节。",
            f"验证可恢复：suite backup --prove {taken.file}",
        ],
    )


def _scheduled(call: Call) -> None:
    from suite.safekeeping.scheduled import run_scheduled

    done = run_scheduled(call.ready, call.actor, call.progress(), dt.datetime.now(dt.UTC))
    proof = done.proof
    told_ = [*proof.differences, *(problem.text for problem in proof.problems)]
    end = "已验证可恢复。" if proof.good else "未能验证，原有备份都保留着。"
    give(
        call,
        {"file": done.file, "ok": proof.good, "dropped": done.dropped, "faults": told_},
        [f"已备份：{done.file}", *told_, end],
    )
    if not proof.good:
        raise click.exceptions.Exit(FAULTS)


def _prove(call: Call, path: Path) -> None:
    from suite.safekeeping.book import belongs, note
    from suite.safekeeping.proving import prove

    proof = prove(call.unchecked, path, call.progress())
    noted = False
    if (
        proof.good
        and not call.missing_file
        and _acting(call) is not None
        and call.actor.may("core:database:maintain")
    ):
        noted = belongs(call.suite, proof.manifest) and note(
            call.suite, call.actor, path, proof.manifest, proven=True
        )
    facts = proof.manifest.facts
    lines = [
        f"备份于 {proof.manifest.taken_at:%Y-%m-%d %H:%M}Z，{len(facts.tables)} 张表，"
        f"{sum(facts.tables.values()):,} 行，{len(facts.indicators)} 项指标，审计链 {facts.links:,} 节。",
        *proof.differences,
        *(problem.text for problem in proof.problems),
    ]
    if proof.good:
        lines.append("已在临时库恢复，与清单一致，核对无误。" + ("已登记。" if noted else ""))
    give(
        call,
        {
            "file": path,
            "ok": proof.good,
            "upgraded": proof.upgraded,
            "noted": noted,
            "differences": proof.differences,
            "problems": [told(problem) for problem in proof.problems],
            "manifest": proof.manifest,
        },
        lines,
    )
    if not proof.good:
        raise click.exceptions.Exit(FAULTS)


@click.command("restore", cls=SuiteCommand)
@click.argument("path", metavar="备份", type=click.Path(path_type=Path))
@pass_call
def restore(call: Call, path: Path) -> None:
    """把备份恢复到 --db 所指的空数据库；已有数据的库绝不覆盖。

    PostgreSQL 上须先建好空库，由服务器超级用户或“数据库维护”人员运行；登录名按用户重建，密码须重新设定。
    """
    from suite.safekeeping.restoring import restore as put_back

    if not call.settings.database:
        raise click.UsageError("请用 --db 指明恢复到哪里：一个还没有的文件，或一个空的 PostgreSQL 库。")
    restored = put_back(call.unchecked, path, call.progress())
    lines = [*restored.differences]
    if restored.differences:
        lines.append("恢复的内容与清单不符，已撤回，未留下任何内容。请换用另一份备份。")
    else:
        lines.append(f"已恢复到 {call.shown_database}，与清单一致。")
    if restored.older:
        mend = "" if call.unchecked.engine.dialect.name == "sqlite" else "和 suite db rights check --mend"
        lines.append(f"备份的版本较旧，请运行 suite db upgrade {mend}后再使用。")
    if restored.logins:
        lines.append(PASSWORDS.format("、".join(restored.logins)))
    give(
        call,
        {
            "database": call.shown_database,
            "ok": not restored.differences,
            "older": restored.older,
            "logins": restored.logins,
            "differences": restored.differences,
            "manifest": restored.manifest,
        },
        lines,
    )
    if restored.differences:
        raise click.exceptions.Exit(FAULTS)
