"""Who I am here, what I hold, and my own password."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from suite.kernel.accounts.passwords import ChangePassword
from suite.kernel.accounts.queries import UserLine, user_lines
from suite.ui.desk import Desk
from suite.ui.kit.columns import Column
from suite.ui.kit.fields import FieldKind, FieldSpec
from suite.ui.pages.rights.pane import Act, ActPane
from suite.ui.pages.rights.users import NEW_PASSWORD, PASSWORDS, policy_words, typed_twice

#: A server asks the new one of the next connection that the window makes.
ON_SERVER = "修改后请关闭窗口，再打开时输入新密码；本机密钥环里记住的密码随之更新。"
OLD_PASSWORD = FieldSpec(key="old", title="现在的密码", kind=FieldKind.SECRET, required=True, quiet=True)


class OwnPane(ActPane):
    """One line, one's own: everybody sets his password himself, so that nobody else knows it."""

    NAME = "本人"
    EMPTY = "这里没有您的用户，请联系系统管理员。"
    COLUMNS = (
        Column(key="login", title="登录名", width=120),
        Column(key="name", title="姓名", width=90),
        Column(key="section", title="科室", width=190),
        Column(key="password", title="密码", width=110),
        Column(key="roles", title="角色与范围", width=300, stretch=True),
    )

    def __init__(self, desk: Desk) -> None:
        self._policy = ""
        super().__init__(desk)

    def make_acts(self) -> Sequence[Act]:
        """Setting a new password."""
        return (
            Act(
                key="password",
                title="修改密码",
                command=lambda _line, typed: ChangePassword(
                    password=typed_twice(typed), old=str(typed.get("old") or "")
                ),
                fields=self._secret,
            ),
        )

    def read(self, session: Any) -> list[Any]:
        suite = self.desk.suite
        self._policy = policy_words(session, self.desk)
        return user_lines(session, suite.catalog, suite.today, login=self.desk.actor.login)

    def cells(self, line: UserLine) -> Sequence[object]:
        roles = "；".join(line.roles) or "没有角色"
        return line.login, line.name, line.section or "—", PASSWORDS[line.password], roles

    def subject(self, line: UserLine) -> str:
        return f"{line.name}（{line.login}）"

    def words(self, line: UserLine) -> str:
        return f"{line.name}　{'；'.join(line.roles) or '没有角色'}"

    def _secret(self, line: UserLine) -> Sequence[FieldSpec]:
        note = f"{self._policy}{ON_SERVER}" if line.password is None else self._policy
        self.acts["password"] = self.acts["password"].noting(note)
        return NEW_PASSWORD if line.password is False else (OLD_PASSWORD, *NEW_PASSWORD)
