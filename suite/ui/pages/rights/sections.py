"""Sections: what they hold, who is in them, who heads them, and who acts for the head until when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from suite.contract.code_sets import members, packed
from suite.contract.states import StateKind
from suite.kernel.accounts.section_lines import SectionLine, section_lines, user_names
from suite.kernel.accounts.sections import AddSection, AppointHead, EndStandIn, NameStandIn, SetSectionKinds
from suite.ui.desk import Desk
from suite.ui.kit.columns import Column, ColumnKind
from suite.ui.kit.fields import Choice, FieldKind, FieldSpec
from suite.ui.kit.state import StateValue
from suite.ui.pages.rights.pane import Act, ActPane, Typed

NONE = StateValue(StateKind.NEUTRAL, "无")


class SectionsPane(ActPane):
    """Everybody sees them; who manages users changes them, and a head names the own stand-in."""

    NAME = "科室"
    EMPTY = "还没有科室。添加后，可以设定负责人，并在其外出时指定代行人。"
    COLUMNS = (
        Column(key="name", title="科室", width=210),
        Column(key="profession", title="条线", width=90),
        Column(key="kinds", title="主管", width=150),
        Column(key="head", title="负责人", width=100),
        Column(key="state", title="代行", kind=ColumnKind.STATE, width=260),
        Column(key="members", title="成员", width=200, stretch=True),
    )

    def __init__(self, desk: Desk) -> None:
        self._names: dict[str, str] = {}
        super().__init__(desk)

    def make_acts(self) -> Sequence[Act]:
        """Everything that is done to a section."""
        return (
            Act(key="add", title="添加科室", command=_add, fields=self._new, refusal=self._no_manager),
            Act(key="kinds", title="设定职责", command=_kinds, fields=self._work,
                values=lambda line: {"kinds": packed(line.kinds)}, refusal=self._managed,
                note="一项不选，即该条线的全部名册。"),
            Act(key="head", title="设定负责人", command=_head, fields=self._members,
                values=lambda line: {"login": line.head}, refusal=self._managed),
            Act(key="stand_in", title="指定代行人", command=_stand_in, fields=self._standing,
                values=lambda _line: {"first_day": self.desk.suite.today},
                refusal=self._headed, ahead=True,
                note="期间内有负责人在本科室条线的权限；截止日当日仍有效，此后自行结束。"),
            Act(key="end", title="提前结束代行", command=_end, fields=_running, refusal=self._running),
        )  # fmt: skip

    def read(self, session: Any) -> list[Any]:
        self._names = user_names(session)
        return list(section_lines(session, self.desk.suite.today))

    def cells(self, line: SectionLine) -> Sequence[object]:
        catalog = self.desk.suite.catalog
        kinds = "、".join(catalog.kinds[key].title for key in line.kinds if key in catalog.kinds)
        standing = NONE
        if line.stand_ins:
            one = line.stand_ins[0]
            days = f"{one.name} {one.first_day:%m-%d} 至 {one.last_day:%m-%d}"
            standing = StateValue(StateKind.RUN if one.now else StateKind.NEUTRAL, days)
        return (
            line.name,
            catalog.titles.get(line.profession or "", "全部"),
            kinds or "全部名册",
            self._names.get(line.head or "", "空缺"),
            standing,
            "、".join(self._names.get(login, login) for login in line.members) or "没有成员",
        )

    def subject(self, line: SectionLine) -> str:
        return line.name

    def words(self, line: SectionLine) -> str:
        return "；".join(
            f"{one.name} 代行负责人，{one.first_day} 至 {one.last_day}，事由：{one.reason}"
            for one in line.stand_ins
        )

    # Who may what.

    def _no_manager(self, _line: Any) -> str:
        return "" if self.desk.actor.may("core:user:manage") else "须有“管理用户与授权”的权限"

    def _managed(self, line: Any) -> str:
        return self._no_manager(line) if line is not None else "请先选择科室"

    def _headed(self, line: Any) -> str:
        if line is None:
            return "请先选择科室"
        if line.head is None:
            return "没有负责人，无从代行"
        return "" if line.head == self.desk.actor.login else self._no_manager(line)

    def _running(self, line: Any) -> str:
        if line is not None and not line.stand_ins:
            return "没有未结束的代行"
        return self._headed(line)

    # What each act asks.

    def _new(self, _line: Any) -> Sequence[FieldSpec]:
        catalog = self.desk.suite.catalog
        professions = tuple(Choice(key, catalog.titles[key]) for key in catalog.professions)
        return (
            FieldSpec(key="name", title="名称", required=True, quiet=True),
            FieldSpec(key="profession", title="条线", kind=FieldKind.CHOICE, choices=professions, quiet=True),
        )

    def _work(self, line: Any) -> Sequence[FieldSpec]:
        kinds = self.desk.suite.catalog.kinds.values()
        choices = tuple(
            Choice(kind.key, kind.title)
            for kind in kinds
            if line is None or line.profession in (None, kind.owner)
        )
        return (
            FieldSpec(
                key="kinds", title="主管", kind=FieldKind.CHOICES, choices=choices, wide=True, quiet=True
            ),
        )

    def _members(self, line: Any) -> Sequence[FieldSpec]:
        return (self._member_field(line, "负责人", but=None),)

    def _member_field(self, line: Any, title: str, *, but: str | None) -> FieldSpec:
        logins = [login for login in line.members if login != but] if line is not None else []
        return FieldSpec(
            key="login",
            title=title,
            kind=FieldKind.CHOICE,
            choices=tuple(Choice(login, self._names.get(login, login)) for login in logins),
            required=but is not None,
            quiet=True,
        )

    def _standing(self, line: Any) -> Sequence[FieldSpec]:
        day = FieldKind.DATE
        return (
            self._member_field(line, "代行人", but=line.head if line is not None else ""),
            FieldSpec(key="reason", title="事由", required=True, quiet=True, placeholder="如出差、休假"),
            FieldSpec(key="first_day", title="起始日", kind=day, required=True, quiet=True),
            FieldSpec(key="last_day", title="截止日", kind=day, required=True, quiet=True),
        )


def _running(line: Any) -> Sequence[FieldSpec]:
    choices = tuple(
        Choice(str(one.id), f"{one.name} {one.first_day} 至 {one.last_day}")
        for one in (line.stand_ins if line is not None else ())
    )
    return (
        FieldSpec(
            key="stand_in", title="代行", kind=FieldKind.CHOICE, choices=choices, required=True, quiet=True
        ),
    )


def _add(_line: Any, typed: Typed) -> AddSection:
    return AddSection(name=typed["name"], profession=typed["profession"] or None)


def _kinds(line: SectionLine, typed: Typed) -> SetSectionKinds:
    return SetSectionKinds(section=line.name, kinds=members(typed["kinds"] or ""))


def _head(line: SectionLine, typed: Typed) -> AppointHead:
    return AppointHead(section=line.name, login=typed["login"] or None)


def _stand_in(line: SectionLine, typed: Typed) -> NameStandIn:
    return NameStandIn(
        section=line.name,
        login=typed["login"],
        first_day=typed["first_day"],
        last_day=typed["last_day"],
        reason=typed["reason"],
    )


def _end(_line: SectionLine, typed: Typed) -> EndStandIn:
    return EndStandIn(stand_in=int(typed["stand_in"]))
