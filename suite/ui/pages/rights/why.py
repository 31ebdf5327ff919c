"""为什么可以、为什么不可以: any user, any permission, any record."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from suite.contract.problems import refuse
from suite.contract.states import StateKind
from suite.kernel.accounts.explain import Why, why_of
from suite.kernel.accounts.section_lines import user_names
from suite.kernel.search.queries import find
from suite.ui.desk import Desk, sentence_of
from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.fields import Choice, FieldKind, FieldSpec
from suite.ui.kit.form import Form, SectionSpec
from suite.ui.kit.panes import Frame, rule
from suite.ui.kit.state import StateChip, StateValue
from suite.ui.kit.text import label
from suite.ui.kit.tokens import S8, S12, S16

MAY, MAY_NOT = StateValue(StateKind.OK, "可以"), StateValue(StateKind.BAD, "不可以")


class WhyPane(Frame):
    """One's own rights; those of others with the right to manage users."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("surface")
        self.desk = desk
        self.answer: Why | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(S16, S12, S16, S16)
        column.setSpacing(S12)
        self.form = Form(())
        self._form_place = QVBoxLayout()
        self._form_place.addWidget(self.form)
        column.addLayout(self._form_place)
        row = QHBoxLayout()
        self.problem = label("", tone="bad", wrap=True)
        self.ask = Button("为什么？", look=Look.PRIMARY)
        row.addWidget(self.problem, 1)
        row.addWidget(self.ask)
        column.addLayout(row)
        column.addWidget(rule())
        self._said = QVBoxLayout()
        self._said.setSpacing(S8)
        column.addLayout(self._said)
        column.addStretch()
        self.ask.clicked.connect(self.answer_it)
        self._say([label("选择用户和权限；写上档案的姓名或编号，就说明对这一份可以与否。", tone="text2")])
        self.refresh()

    def refresh(self) -> None:
        """Read who there is."""
        self.desk.read(user_names, self._came, self._lost)

    def _came(self, names: dict[str, str]) -> None:
        actor = self.desk.actor
        if not actor.may("core:user:manage"):
            names = {actor.login: actor.name}
        catalog = self.desk.suite.catalog
        users = tuple(Choice(login, f"{name}（{login}）") for login, name in names.items())
        permissions = tuple(Choice(key, one.title) for key, one in catalog.permissions.items())
        pick = FieldKind.CHOICE
        fields = (
            FieldSpec(key="login", title="用户", kind=pick, choices=users, required=True, quiet=True),
            FieldSpec(
                key="permission", title="权限", kind=pick, choices=permissions, required=True, quiet=True
            ),
            FieldSpec(key="record", title="档案", quiet=True, placeholder="姓名或编号，可不填"),
        )
        kept = {key: row.current() for key, row in self.form.rows.items()} or {"login": actor.login}
        former, self.form = self.form, Form([SectionSpec(title="", fields=fields)])
        self.form.set_values(kept)
        self.form.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._form_place.replaceWidget(former, self.form)
        former.hide()
        former.deleteLater()
        for one in self.form.rows.values():
            one.editor.entered.connect(self.answer_it)

    def _lost(self, error: Exception) -> None:
        self.problem.setText(sentence_of(error))

    def answer_it(self) -> None:
        """Ask, and say the answer below."""
        self.problem.setText("")
        if not self.form.check():
            self.form.focus_first_problem()
            return
        said = {key: str(row.current() or "") for key, row in self.form.rows.items()}
        suite, actor = self.desk.suite, self.desk.actor

        def why(session: Any) -> Why:
            number = None
            if said["record"]:
                owner = said["permission"].partition(":")[0]
                kinds = [kind.key for kind in suite.catalog.kinds.values() if kind.owner == owner]
                found = find(session, actor, suite.catalog, said["record"], kinds=kinds or None, limit=2)
                if not found:
                    raise refuse("record.unknown", f"没有您可以查看的“{said['record']}”。", field="record")
                if len(found) > 1:
                    words = "、".join(f"{one.name} {one.main_no or ''}".strip() for one in found)
                    raise refuse("record.many", f"不止一份：{words} 等。请写编号。", field="record")
                number = found[0].subject_id
            return why_of(
                session,
                actor,
                suite.catalog,
                said["login"],
                said["permission"],
                suite.today,
                subject_id=number,
            )

        self.desk.read(why, self._told, self._lost)

    def _told(self, why: Why) -> None:
        self.answer = why
        lines: list[QWidget] = [StateChip(MAY if why.may else MAY_NOT)]
        lines += [label(sentence, wrap=True) for sentence in why.sentences]
        self._say(lines)

    def _say(self, lines: list[Any]) -> None:
        while (item := self._said.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for line in lines:
            self._said.addWidget(line)
