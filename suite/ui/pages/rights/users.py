"""Users with their roles and scopes: adding, granting, taking back, passwords, disabling."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from suite.bootstrap import SHANGHAI
from suite.contract.problems import refuse
from suite.contract.states import StateKind
from suite.kernel.accounts.commands import AddUser, DisableUser, EnableUser, GrantRole, RevokeRole
from suite.kernel.accounts.passwords import SetPassword, UnlockUser
from suite.kernel.accounts.queries import UserLine, user_lines
from suite.kernel.accounts.section_lines import section_lines
from suite.kernel.accounts.sections import PutInSection
from suite.kernel.parameters.queries import parameters_on
from suite.kernel.registry.districts import full_district_names
from suite.ui.desk import Desk
from suite.ui.kit.columns import Column, ColumnKind
from suite.ui.kit.fields import Choice, FieldKind, FieldSpec
from suite.ui.kit.state import StateValue
from suite.ui.pages.rights.pane import Act, ActPane, Typed

PERMISSION = "core:user:manage"
ON, OFF = StateValue(StateKind.OK, "在用"), StateValue(StateKind.ENDED, "停用")
LOCKED = StateValue(StateKind.WARN, "登录锁定")
PASSWORDS = {None: "由服务器保管", True: "已设置", False: "未设置"}
POLICY = (
    "core.password_length",
    "core.password_classes",
    "core.password_tries",
    "core.password_lock_minutes",
)
NEW_PASSWORD = tuple(
    FieldSpec(key=key, title=title, kind=FieldKind.SECRET, required=True, quiet=True)
    for key, title in (("password", "新密码"), ("again", "再输一遍"))
)


class UsersPane(ActPane):
    """Who works here. Needs the right to manage users."""

    NAME = "用户"
    EMPTY = "还没有用户。"
    COLUMNS = (
        Column(key="login", title="登录名", width=120),
        Column(key="name", title="姓名", width=90),
        Column(key="section", title="科室", width=190),
        Column(key="state", title="状态", kind=ColumnKind.STATE, width=96),
        Column(key="password", title="密码", width=110),
        Column(key="roles", title="角色与范围", width=300, stretch=True),
    )

    def __init__(self, desk: Desk) -> None:
        self._sections: list[str] = []
        self._districts: dict[str, str] = {}
        self._policy = ""
        super().__init__(desk)

    def make_acts(self) -> Sequence[Act]:
        """Everything that is done to a user."""
        return (
            Act(key="add", title="添加用户", command=_add, fields=self._new, refusal=lambda _line: "",
                note="能做什么另行授予；密码另行设置。"),
            Act(key="grant", title="授予角色", command=_grant, fields=self._role,
                note="不写范围即全部；不能授予自己没有的权限。"),
            Act(key="revoke", title="收回角色", command=_revoke, fields=_held, refusal=_nothing_held),
            Act(key="section", title="调整科室", command=_move, fields=self._where,
                values=lambda line: {"section": line.section}),
            Act(key="password", title="设置密码", command=_password, fields=self._secret),
            Act(key="unlock", title="解除锁定", command=lambda line, _: UnlockUser(login=line.login),
                refusal=self._unlocked),
            Act(key="disable", title="停用", command=lambda line, _: DisableUser(login=line.login),
                refusal=lambda line: "" if line is not None and line.active else "已经停用",
                note="停用后不能登录，操作痕迹保留，可以恢复。"),
            Act(key="enable", title="恢复", command=lambda line, _: EnableUser(login=line.login),
                refusal=lambda line: "" if line is not None and not line.active else "没有停用"),
        )  # fmt: skip

    def read(self, session: Any) -> list[Any]:
        suite = self.desk.suite
        self._sections = [line.name for line in section_lines(session, suite.today)]
        self._districts = full_district_names(session)
        self._policy = policy_words(session, self.desk)
        return list(user_lines(session, suite.catalog, suite.today))

    def cells(self, line: UserLine) -> Sequence[object]:
        now, _ = self.desk.suite.clock()
        state = LOCKED if _is_locked(line, now) else ON if line.active else OFF
        roles = "；".join(self._words(line)) or "没有角色"
        return line.login, line.name, line.section or "—", state, PASSWORDS[line.password], roles

    def subject(self, line: UserLine) -> str:
        return f"{line.name}（{line.login}）"

    def words(self, line: UserLine) -> str:
        now, _ = self.desk.suite.clock()
        if _is_locked(line, now) and line.locked_until is not None:
            until = line.locked_until.astimezone(SHANGHAI)
            return f"{line.name}　密码连续输错，登录锁定至 {until:%H:%M}。"
        return f"{line.name}　{'；'.join(self._words(line)) or '没有角色'}"

    def _words(self, line: UserLine) -> list[str]:
        """The roles with their districts by name."""
        return [
            words.replace(one.district, self._districts.get(one.district, one.district))
            if one.district
            else words
            for one, words in zip(line.grants, line.roles, strict=True)
        ]

    # What each act asks.

    def _unlocked(self, line: Any) -> str:
        now, _ = self.desk.suite.clock()
        return "" if line is not None and _is_locked(line, now) else "没有锁定"

    def _new(self, _line: Any) -> Sequence[FieldSpec]:
        return (
            FieldSpec(
                key="login", title="登录名", required=True, quiet=True, placeholder="文字、数字和 . _ -"
            ),
            FieldSpec(key="name", title="姓名", required=True, quiet=True),
            self._section_field(),
        )

    def _where(self, _line: Any) -> Sequence[FieldSpec]:
        return (self._section_field(),)

    def _section_field(self) -> FieldSpec:
        choices = tuple(Choice(name, name) for name in self._sections)
        return FieldSpec(key="section", title="科室", kind=FieldKind.CHOICE, choices=choices, quiet=True)

    def _role(self, _line: Any) -> Sequence[FieldSpec]:
        catalog = self.desk.suite.catalog
        roles = tuple(Choice(role.key, role.title) for role in catalog.roles.values())
        professions = tuple(Choice(key, catalog.titles[key]) for key in catalog.professions)
        districts = tuple(Choice(code, name) for code, name in self._districts.items())
        pick = FieldKind.CHOICE
        return (
            FieldSpec(key="role", title="角色", kind=pick, choices=roles, required=True, quiet=True),
            FieldSpec(key="profession", title="条线", kind=pick, choices=professions, quiet=True),
            FieldSpec(key="district", title="区县", kind=pick, choices=districts, quiet=True),
            FieldSpec(key="association", title="协会", quiet=True, placeholder="协会全称"),
        )

    def _secret(self, line: Any) -> Sequence[FieldSpec]:
        self.acts["password"] = self.acts["password"].noting(self._policy)
        return NEW_PASSWORD


def _is_locked(line: UserLine, now: dt.datetime) -> bool:
    return line.locked_until is not None and line.locked_until > now


def _add(_line: Any, typed: Typed) -> AddUser:
    return AddUser(login=typed["login"], name=typed["name"], section=typed["section"] or None)


def _grant(line: UserLine, typed: Typed) -> GrantRole:
    return GrantRole(
        login=line.login,
        role=typed["role"],
        profession=typed["profession"] or None,
        district=typed["district"] or None,
        association=typed["association"] or None,
    )


def _own(line: UserLine | None) -> list[int]:
    """The places of the grants that are the user's own: a stand-in's end by themselves."""
    return [place for place, one in enumerate(line.grants) if one.until is None] if line is not None else []


def _nothing_held(line: Any) -> str:
    return "" if _own(line) else "没有可收回的角色"


def _held(line: Any) -> Sequence[FieldSpec]:
    choices = tuple(Choice(str(place), line.roles[place]) for place in _own(line))
    return (
        FieldSpec(
            key="grant", title="角色", kind=FieldKind.CHOICE, choices=choices, required=True, quiet=True
        ),
    )


def _revoke(line: UserLine, typed: Typed) -> RevokeRole:
    held = line.grants[int(typed["grant"])]
    return RevokeRole(
        login=line.login,
        role=held.role,
        profession=held.profession,
        district=held.district,
        association=held.association,
    )


def _move(line: UserLine, typed: Typed) -> PutInSection:
    return PutInSection(login=line.login, section=typed["section"] or None)


def _password(line: UserLine, typed: Typed) -> SetPassword:
    return SetPassword(login=line.login, password=typed_twice(typed))


def typed_twice(typed: Typed) -> str:
    """The new password. Raises Refused when the two do not agree."""
    if typed["password"] != typed["again"]:
        raise refuse("password.again", "两次输入不一致，请重新输入。", field="again")
    return str(typed["password"])


def policy_words(session: Any, desk: Desk) -> str:
    """What is asked of a password, in words."""
    numbers = parameters_on(session, desk.suite.catalog, desk.suite.today)
    length, classes, tries, minutes = (numbers[key] for key in POLICY)
    return f"至少 {length} 个字符、{classes} 类字符，不含登录名；连续输错 {tries} 次锁定 {minutes} 分钟。"
