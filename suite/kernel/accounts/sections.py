"""Sections (科室): the kinds of work they hold, their members, their head and who acts for the head."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import delete, select

from suite.contract.commands import Change, Command, Done, Handler
from suite.contract.problems import ProblemKind, refuse
from suite.kernel.accounts.commands import beyond, known_user, require_no_more, section_named
from suite.kernel.accounts.queries import HeldGrant, expanded
from suite.kernel.executor.work import Transaction
from suite.tables import Grant, Section, SectionKind, StandIn, User

#: So many days at most: who stands in for longer is the head.
LONGEST_STAND_IN = 366


@dataclass(frozen=True, kw_only=True)
class AddSection(Command):
    """Add a section (科室), the profession that it looks after, and the kinds of work that it holds.

    Without kinds it holds all of its profession.
    """

    permission: ClassVar[str] = "core:user:manage"
    title: ClassVar[str] = "添加科室"

    name: str
    profession: str | None = None
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SetSectionKinds(Command):
    """Say anew which kinds of work a section holds."""

    permission: ClassVar[str] = "core:user:manage"
    title: ClassVar[str] = "设定科室职责"

    section: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PutInSection(Command):
    """Let a user belong to a section, or to none."""

    permission: ClassVar[str] = "core:user:manage"
    title: ClassVar[str] = "调整所在科室"

    login: str
    section: str | None = None


@dataclass(frozen=True, kw_only=True)
class AppointHead(Command):
    """Let a member head a section, or nobody."""

    permission: ClassVar[str] = "core:user:manage"
    title: ClassVar[str] = "设定科室负责人"

    section: str
    login: str | None = None


@dataclass(frozen=True, kw_only=True)
class NameStandIn(Command):
    """Let a member act for the head of a section from a first to a last day, both included.

    The head does so himself, or who manages users and holds what the head holds there.
    """

    permission: ClassVar[str] = "core:section:stand_in"
    title: ClassVar[str] = "指定代行人"

    section: str
    login: str
    first_day: dt.date
    last_day: dt.date
    reason: str


@dataclass(frozen=True, kw_only=True)
class EndStandIn(Command):
    """End it before its last day."""

    permission: ClassVar[str] = "core:section:stand_in"
    title: ClassVar[str] = "提前结束代行"

    stand_in: int


def add_section(command: AddSection, work: Transaction) -> Done:
    """Write the section. Refuses a taken name, and what is not declared."""
    name = command.name.strip()
    if not name:
        raise refuse("required", "请写明科室名称。", field="name")
    if command.profession is not None and command.profession not in work.catalog.professions:
        raise refuse("profession.unknown", f"没有条线 {command.profession}。", field="profession")
    if work.session.scalar(select(Section.id).where(Section.name == name)) is not None:
        raise refuse("duplicate", f"已有科室 {name}。", field="name")
    section = Section(name=name, profession=command.profession)
    work.session.add(section)
    work.session.flush()
    _hold(section, command.kinds, work)
    return Done(text=f"已添加科室 {name}", changes=_changed(section))


def set_section_kinds(command: SetSectionKinds, work: Transaction) -> Done:
    """Write them. Refuses unknown ones."""
    section = section_named(command.section, work)
    work.session.execute(delete(SectionKind).where(SectionKind.section_id == section.id))
    _hold(section, command.kinds, work)
    return Done(text=f"已设定 {section.name} 的职责", changes=_changed(section))


def _hold(section: Section, kinds: tuple[str, ...], work: Transaction) -> None:
    for kind in dict.fromkeys(kinds):
        known = work.catalog.kinds.get(kind)
        if known is None:
            raise refuse("kind.unknown", f"没有种类 {kind}。用 suite kinds 可列出全部。", field="kinds")
        if section.profession not in (None, known.owner):
            raise refuse("kind.elsewhere", f"“{known.title}”不属于该科室的条线。", field="kinds")
        work.session.add(SectionKind(section_id=section.id, kind=kind))
    work.session.flush()


def put_in_section(command: PutInSection, work: Transaction) -> Done:
    """Write it. Refuses to take a head out of the section, and one who may more than the actor."""
    user = known_user(command.login, work)
    require_no_more(user, work)
    section = section_named(command.section, work) if command.section else None
    headed = work.session.scalar(select(Section).where(Section.head == user.login))
    if headed is not None and headed is not section:
        text = f"{user.name} 是 {headed.name} 的负责人，请先另设负责人。"
        raise refuse("section.head", text, ProblemKind.FORBIDDEN, field="section")
    user.section_id = section.id if section else None
    work.session.flush()
    where = f"属于 {section.name}" if section else "不属于任何科室"
    return Done(text=f"{user.name} 现{where}", changes=(Change(kind="core.user", ids=()),))


def appoint_head(command: AppointHead, work: Transaction) -> Done:
    """Write it. Refuses who is no active member; and who has a stand-in that the actor could not name."""
    section = section_named(command.section, work)
    if command.login is None:
        section.head = None
        work.session.flush()
        return Done(text=f"{section.name} 现无负责人", changes=_changed(section))
    user = _member(command.login, section, work)
    if work.session.scalar(select(StandIn.id).where(StandIn.section_id == section.id).limit(1)) is not None:
        _passes_on(user.login, section, work)
    section.head = user.login
    work.session.flush()
    return Done(text=f"{section.name} 的负责人现为 {user.name}", changes=_changed(section))


def name_stand_in(command: NameStandIn, work: Transaction) -> Done:
    """Write it. Refuses strangers to the section, days that are over or too many, and a second one."""
    section = section_named(command.section, work)
    _manages(section, work)
    if section.head is None:
        raise refuse("section.headless", f"{section.name} 没有负责人，无从代行。", field="section")
    user = _member(command.login, section, work)
    if user.login == section.head:
        raise refuse("stand_in.head", f"{user.name} 就是负责人，不必代行。", field="login")
    if not command.reason.strip():
        raise refuse("reason.required", "请写明代行的事由，如出差、休假。", field="reason")
    if command.last_day < max(command.first_day, work.today):
        raise refuse("stand_in.days", "截止日不能早于起始日，也不能早于今天。", field="last_day")
    if (command.last_day - command.first_day).days >= LONGEST_STAND_IN:
        raise refuse("stand_in.long", f"代行至多 {LONGEST_STAND_IN} 天；更久请另设负责人。", field="last_day")
    other = work.session.scalar(
        select(StandIn)
        .where(
            StandIn.section_id == section.id,
            StandIn.first_day <= command.last_day,
            StandIn.last_day >= command.first_day,
        )
        .limit(1)
    )
    if other is not None:
        text = f"{other.first_day} 至 {other.last_day} 已由 {other.login} 代行，请先结束。"
        raise refuse("stand_in.taken", text, ProblemKind.FORBIDDEN, field="first_day")
    _passes_on(section.head, section, work)
    work.session.add(
        StandIn(
            section_id=section.id,
            login=user.login,
            first_day=command.first_day,
            last_day=command.last_day,
            reason=command.reason.strip()[:200],
        )
    )
    work.session.flush()
    text = f"{command.first_day} 至 {command.last_day} 由 {user.name} 代行 {section.name} 负责人"
    return Done(text=text, changes=_changed(section))


def end_stand_in(command: EndStandIn, work: Transaction) -> Done:
    """Let yesterday be its last day; one that has not begun never does."""
    found = work.session.get(StandIn, command.stand_in)
    section = work.session.get(Section, found.section_id) if found is not None else None
    if found is None or section is None or found.last_day < work.today:
        raise refuse("stand_in.unknown", "没有这项代行，或已经结束。请刷新。", field="stand_in")
    _manages(section, work)
    if found.first_day >= work.today:
        # Its days are moved behind it: nothing is deleted, and no day of it is left.
        found.first_day = work.today - dt.timedelta(days=1)
    found.last_day = work.today - dt.timedelta(days=1)
    work.session.flush()
    return Done(text=f"{section.name} 的代行已结束", changes=_changed(section))


def _changed(section: Section) -> tuple[Change, ...]:
    return (Change(kind="core.section", ids=(section.id,)), Change(kind="core.user", ids=()))


def _member(login: str, section: Section, work: Transaction) -> User:
    user = known_user(login, work)
    if not user.active or user.section_id != section.id:
        text = f"{user.name} 已停用，或不在 {section.name}。请先调整所在科室。"
        raise refuse("section.member", text, field="login")
    return user


def _manages(section: Section, work: Transaction) -> None:
    """Raises Refused to who neither heads the section nor manages users."""
    if section.head != work.actor.login and not work.actor.may("core:user:manage"):
        text = f"只有 {section.name} 的负责人或管理用户的人可以指定代行。"
        raise refuse("not_permitted", text, ProblemKind.NOT_PERMITTED, field="section")


def _passes_on(head: str, section: Section, work: Transaction) -> None:
    """Raises Refused where somebody else passes on what the head holds and he does not."""
    if head == work.actor.login:
        return
    for grant in work.session.scalars(select(Grant).where(Grant.login == head)):
        if section.profession not in (None, grant.profession or section.profession):
            continue
        held = HeldGrant(
            role=grant.role,
            profession=grant.profession or section.profession,
            district=grant.district_code,
            association=grant.association,
        )
        lacking = beyond(expanded(held, work.catalog), work, passing=True)
        if lacking is not None:
            text = (
                f"负责人有您没有的权限（“{lacking}”等），只能由负责人本人指定代行。"
                "负责人不能办理的，由管理用户的人另设负责人，或者给代行的人授予角色。"
            )
            raise refuse("grant.beyond", text, ProblemKind.NOT_PERMITTED, field="login")


HANDLERS: Mapping[type[Command], Handler] = {
    AddSection: add_section,
    SetSectionKinds: set_section_kinds,
    PutInSection: put_in_section,
    AppointHead: appoint_head,
    NameStandIn: name_stand_in,
    EndStandIn: end_stand_in,
}
