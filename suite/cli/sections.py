"""`suite section`: the sections of the bureau, their members, heads and who acts for a head."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from suite.cli.answers import give, table
from suite.cli.options import Call, SuiteGroup, pass_call

if TYPE_CHECKING:
    from suite.contract.commands import Command

DAY = click.DateTime(["%Y-%m-%d"])


@click.group("section", cls=SuiteGroup)
def section() -> None:
    """科室、成员、负责人与代行。"""


@section.command("list")
@pass_call
def list_(call: Call) -> None:
    """列出科室、负责人、成员和未结束的代行。"""
    from suite.kernel.accounts.section_lines import section_lines

    suite = call.ready
    _ = call.actor
    with suite.reading() as session:
        lines = section_lines(session, suite.today)
    rows = [
        (
            line.name,
            suite.catalog.titles.get(line.profession or "", line.profession or "全部"),
            line.head or "",
            "、".join(line.members),
            "；".join(f"{one.login} {one.first_day}—{one.last_day}" for one in line.stand_ins),
        )
        for line in lines
    ]
    headings = ["科室", "条线", "负责人", "成员", "代行"]
    give(call, {"sections": lines}, table(headings, rows) if rows else ["还没有科室。"])


@section.command("add")
@click.argument("name", metavar="名称")
@click.option("--profession", metavar="条线", help="主管的条线；不写即全部。")
@click.option("--kind", "kinds", metavar="种类", multiple=True, help="主管的种类，可多次；不写即该条线全部。")
@pass_call
def add(call: Call, name: str, profession: str | None, kinds: tuple[str, ...]) -> None:
    """添加科室。"""
    from suite.kernel.accounts.sections import AddSection

    _run(call, name, AddSection(name=name, profession=profession, kinds=kinds))


@section.command("kinds")
@click.argument("name", metavar="科室")
@click.argument("kinds", metavar="种类", nargs=-1)
@pass_call
def kinds_(call: Call, name: str, kinds: tuple[str, ...]) -> None:
    """重新设定主管的种类；一个不写即该条线全部。"""
    from suite.kernel.accounts.sections import SetSectionKinds

    _run(call, name, SetSectionKinds(section=name, kinds=kinds))


@section.command("member")
@click.argument("login", metavar="登录名")
@click.argument("name", metavar="科室", required=False)
@pass_call
def member(call: Call, login: str, name: str | None) -> None:
    """调整用户所在的科室；不写科室即移出。"""
    from suite.kernel.accounts.sections import PutInSection

    _run(call, name or "", PutInSection(login=login, section=name))


@section.command("head")
@click.argument("name", metavar="科室")
@click.argument("login", metavar="登录名", required=False)
@pass_call
def head(call: Call, name: str, login: str | None) -> None:
    """设定负责人；不写登录名即空缺。"""
    from suite.kernel.accounts.sections import AppointHead

    _run(call, name, AppointHead(section=name, login=login))


@section.command("stand-in")
@click.argument("name", metavar="科室")
@click.argument("login", metavar="登录名")
@click.option("--from", "first", metavar="日期", type=DAY, help="起始日；默认今天。")
@click.option(
    "--to", "last", metavar="日期", type=DAY, required=True, help="截止日，当日仍有效，此后自行结束。"
)
@click.option("--reason", metavar="事由", required=True, help="如出差、休假。")
@pass_call
def stand_in(
    call: Call, name: str, login: str, first: dt.datetime | None, last: dt.datetime, reason: str
) -> None:
    """指定代行人：期间内有负责人在本科室条线的权限，到期自行结束。"""
    from suite.kernel.accounts.sections import NameStandIn

    begins = first.date() if first is not None else call.ready.today
    command = NameStandIn(section=name, login=login, first_day=begins, last_day=last.date(), reason=reason)
    _run(call, name, command)


@section.command("end-stand-in")
@click.argument("name", metavar="科室")
@pass_call
def end_stand_in(call: Call, name: str) -> None:
    """提前结束科室未到期的代行。"""
    from suite.contract.problems import refuse
    from suite.kernel.accounts.section_lines import section_lines
    from suite.kernel.accounts.sections import EndStandIn

    suite = call.ready
    with suite.reading() as session:
        found = next((one for one in section_lines(session, suite.today) if one.name == name), None)
    if found is None or not found.stand_ins:
        raise refuse("stand_in.unknown", f"{name} 没有未结束的代行。", field="section")
    for one in found.stand_ins:
        _run(call, name, EndStandIn(stand_in=one.id))


def _run(call: Call, name: str, command: Command) -> None:
    done = call.ready.run(command, call.actor)
    give(call, {"section": name, "text": done.text}, [f"{done.text}。"])
