"""A kind of case as the importer sees it: the columns of its ledger, from the declarations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

from suite.contract.casework import CaseKind, Lifecycle, PartyOf, PartyRole, Transition
from suite.contract.commands import Actor
from suite.contract.declarations import Field, RecordKind, SubjectRole
from suite.kernel.ledgers.sheet import ledger_sheets
from suite.loader.catalog import Catalog
from suite.tables import Allegation, Case, CaseEvent, CaseParty, Complainant

NUMBER, TITLE, STATE, OPENED = "case.number", "case.title", "case.state", "case.opened"
CLOSED, HANDLER = "case.closed", "case.handler"
HEAD, TEXT, FINDING = "allegation.head", "allegation.text", "allegation.finding"
COMPLAINANT = "complainant."
#: Before the command of a step: the column of the day on which it was taken.
DAY = "day."
FINDINGS = "core.case.finding"
RESPONDENTS = (
    "被投诉机构", "被投诉对象", "被投诉单位", "当事人", "相对人", "机构名称", "申请人", "被检查单位",
)  # fmt: skip
BEGUN = (
    "登记时间",
    "收到日期",
    "收件日期",
    "来件日期",
    "投诉日期",
    "投诉时间",
    "立案日期",
    "立案时间",
    "申请日期",
)
BASIC, PARTIES, COURSE = "基本信息", "当事人", "办理经过"


@dataclass(frozen=True, kw_only=True)
class CaseSheet(RecordKind):
    """The ledger of a kind of case: fields of the case, its parties, and the days of its steps."""

    case: CaseKind
    lifecycle: Lifecycle

    @property
    def list_title(self) -> str:
        """What a list of them is called."""
        return f"{self.title}台账"

    def begun(self, values: Mapping[str, Any]) -> Any:
        """The day on which the case of a row was opened, None where it says none."""
        return values.get(OPENED) or values.get(self.arrived or "")

    @cached_property
    def arrived(self) -> str | None:
        """The key of the kind's own day on which a matter came in, from which the first clock runs: a ledger
        that has that day and no other was begun then."""
        acts = (act for step in self.lifecycle.openings for act in step.clocks)
        return next((act.since for act in acts if act.since in self.case.by_key), None)


_sheets: WeakKeyDictionary[Catalog, dict[str, CaseSheet]] = WeakKeyDictionary()


def case_sheets(catalog: Catalog) -> Mapping[str, CaseSheet]:
    """Key → ledger, of every kind of case that is declared."""
    if catalog not in _sheets:
        kinds = sorted(catalog.case_kinds.values(), key=lambda kind: (kind.order, kind.key))
        _sheets[catalog] = {kind.key: _sheet(catalog, kind) for kind in kinds}
    return _sheets[catalog]


def list_kinds(catalog: Catalog) -> Mapping[str, RecordKind]:
    """Key → what the importer takes: every roster, every list of cases, every ledger."""
    return {**catalog.kinds, **case_sheets(catalog), **ledger_sheets(catalog)}


def list_kind(catalog: Catalog, key: str) -> RecordKind:
    """The roster or ledger of this key; raises Refused when no plugin that is on declares it."""
    sheet = case_sheets(catalog).get(key) or ledger_sheets(catalog).get(key)
    return sheet if sheet is not None else catalog.kind(key)


def importable_kinds(actor: Actor, catalog: Catalog) -> list[RecordKind]:
    """What the actor may import, by profession in the declared order; rosters, cases, ledgers."""
    return [
        kind
        for owner in catalog.professions
        if actor.may(f"{owner}:roster:import")
        for kind in (
            *catalog.kinds_of(owner),
            *(
                sheet
                for sheet in case_sheets(catalog).values()
                if sheet.owner == owner and actor.may(f"{sheet.case.rights}:case:handle")
            ),
            *(
                sheet
                for sheet in ledger_sheets(catalog).values()
                if sheet.owner == owner and actor.may(f"{owner}:ledger:edit")
            ),
        )
    ]


def _sheet(catalog: Catalog, kind: CaseKind) -> CaseSheet:
    lifecycle = catalog.lifecycle_of(kind)
    own = [field.title for field in kind.fields]
    fields = {field.title: field for field in (*_about(catalog, kind, lifecycle), *_course(kind, lifecycle))}
    # A field of the kind's own says more than what every case has.
    common = [field for title, field in fields.items() if title not in own or field.required]
    head = [field for field in common if field.section != COURSE]
    return CaseSheet(
        key=kind.key,
        title=kind.title,
        role=SubjectRole.GROUP,
        details=kind.details,
        fields=(*head, *kind.fields, *(field for field in common if field.section == COURSE)),
        match=(NUMBER,),
        status=lifecycle.key,
        unit="件",
        order=kind.order,
        case=kind,
        lifecycle=lifecycle,
    )


def _about(catalog: Catalog, kind: CaseKind, lifecycle: Lifecycle) -> Iterator[Field]:
    """Number, parties, who complains and what about."""
    yield Field(
        Case.number, key=NUMBER, title="编号", section=BASIC, required=True, listed=True,
        headings=("旧编号", "原编号", "案号", "办件编号", "投诉编号", "立案号", "受理编号", "登记编号"),
        help="照原台账填写，不改；同一编号只登记一件。",
    )  # fmt: skip
    yield Field(
        Case.title,
        key=TITLE,
        title="事项",
        section=BASIC,
        listed=True,
        headings=("案由", "标题", "事由", "案件名称"),
    )
    for role in kind.parties:
        yield _party(kind, role)
    if any(step.complainant for step in lifecycle.transitions):
        for column, title, headings in (
            (Complainant.name, "投诉人", ("投诉人姓名", "反映人", "举报人", "来访人", "来信人")),
            (Complainant.phone, "投诉人电话", ("联系电话", "投诉人联系电话", "联系方式")),
            (Complainant.id_number, "投诉人证件号码", ("投诉人身份证号", "证件号码")),
            (Complainant.address, "投诉人地址", ("联系地址", "住址")),
        ):
            yield Field(
                column, key=f"{COMPLAINANT}{column.key}", title=title, section=PARTIES, headings=headings,
                sensitive=True, cleaner="phone" if column.key == "phone" else "text",
            )  # fmt: skip
    if kind.heads is not None and any(step.allegations for step in lifecycle.transitions):
        title = catalog.codes[kind.heads].title
        yield Field(
            Allegation.head, key=HEAD, title=title, section=BASIC, codes=kind.heads, several=True,
            headings=(f"{title}类别", f"{title}类型", "投诉类型", "投诉类别", "事项类别"),
        )  # fmt: skip
        yield Field(
            Allegation.text, key=TEXT, title=f"{title}内容", section=BASIC,
            headings=("投诉内容", "反映内容", "主要内容", "反映问题", "内容"),
        )  # fmt: skip
        if any(step.findings for step in lifecycle.transitions):
            yield Field(
                Allegation.finding, key=FINDING, title="认定", section=COURSE, codes=FINDINGS,
                headings=("认定结论", "认定结果", "调查结论", "查实情况", "核查结论", "是否查实"),
                help="一件有几项的，各项同此认定；不同的导入后在办件中更正。",
            )  # fmt: skip


def _party(kind: CaseKind, role: PartyRole) -> Field:
    if role.of is PartyOf.SUBJECT:
        return Field(
            CaseParty.subject_id, key=role.key, title=role.title, section=PARTIES, links=role.kinds,
            several=True, required=role.key == kind.respondent and kind.newcomer is None, listed=True,
            headings=RESPONDENTS if role.key == kind.respondent else (),
            help="名册中的名称或编号；几个的用顿号隔开。",
        )  # fmt: skip
    known = "姓名或登录名；" if role.of is PartyOf.USER else "姓名或名称；"
    return Field(
        CaseParty.name, key=role.key, title=role.title, section=PARTIES, help=f"{known}几个的用顿号隔开。"
    )


def _course(kind: CaseKind, lifecycle: Lifecycle) -> Iterator[Field]:
    """Where a case stands, and the days of its steps."""
    yield Field(
        Case.state, key=STATE, title="办理状态", section=COURSE, codes=lifecycle.key, listed=True,
        headings=("状态", "当前状态", "办理情况", "办理进度", "进展"),
    )  # fmt: skip
    arrives = any(act.since in kind.by_key for step in lifecycle.openings for act in step.clocks)
    yield Field(
        Case.opened, key=OPENED, title="登记日期", section=COURSE, required=not arrives, listed=True,
        headings=BEGUN,
    )  # fmt: skip
    for step in lifecycle.transitions:
        if has_day(step):
            title = f"{step.title}日期"
            yield Field(
                CaseEvent.on_date, key=f"{DAY}{step.command}", title=title, section=COURSE,
                headings=(f"{step.title}时间", f"{step.title}日"),
            )  # fmt: skip
    yield Field(
        Case.closed, key=CLOSED, title="办结日期", section=COURSE, listed=True,
        headings=("办结时间", "结案日期", "结案时间", "完成日期", "答复日期"),
    )  # fmt: skip
    yield Field(
        Case.handler, key=HANDLER, title="承办人", section=COURSE, listed=True,
        headings=("经办人", "承办", "经办"),
        help="姓名或登录名；不是系统用户的，由导入的人承办。",
    )  # fmt: skip


def has_day(step: Transition) -> bool:
    """Whether a ledger may tell the day of a step: it moves the case or a clock."""
    return not step.opens and (step.to not in (None, *step.sources) or bool(step.clocks))
