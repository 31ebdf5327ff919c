"""Everything that was declared, by key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import copy
from functools import cached_property

from suite.contract.assessment import AssessmentScheme
from suite.contract.casework import Approval, CaseKind, Guard, Lifecycle, NumberSeries
from suite.contract.code_sets import titles_of
from suite.contract.codes import Code, CodeList
from suite.contract.coverage import Coverage
from suite.contract.credit import CreditRule, PlatformFeed
from suite.contract.declarations import Declaration, HelpPage, Page, RecordKind, SampleData
from suite.contract.effects import Effect
from suite.contract.indicators import FigureSeries, Indicator, IndicatorSet
from suite.contract.ledgers import Ledger
from suite.contract.notices import NoticeKind
from suite.contract.papers import DocumentTemplate
from suite.contract.parameters import Parameter
from suite.contract.penalties import PenaltyKind
from suite.contract.plan import PlanItem
from suite.contract.problems import refuse
from suite.contract.returns import ReturnForm
from suite.contract.roles import Permission, Role
from suite.contract.time_limits import TimeLimit

#: What may be done with the rosters of each owner of kinds: resource:action and the words for it.
ROSTER_ACTIONS = (
    ("roster:read", "查看名册"),
    ("roster:edit", "维护名册"),
    ("roster:import", "导入名册"),
    ("roster:export", "导出名册"),
    ("roster:compile", "编制名册"),
    ("roster:merge", "合并与拆分重复档案"),
    ("identity:reveal", "查看完整证件号码与电话"),
)

#: What may be done with the cases of each owner of kinds of case.
CASE_ACTIONS = (
    ("case:read", "查看办件"),
    ("case:handle", "办理办件"),
    ("case:review", "审核办件"),
    ("case:approve", "批准办件"),
    ("complainant:reveal", "查看投诉人身份"),
)

#: What may be done in the seasons of each owner of schemes.
ASSESSMENT_ACTIONS = (
    ("assessment:read", "查看考核评估"),
    ("assessment:run", "组织考核评估"),
    ("assessment:score", "评分"),
    ("assessment:report", "初审上报"),
    ("assessment:decide", "评定等次"),
)

#: What may be done with the returns of each owner of forms.
RETURN_ACTIONS = (
    ("return:read", "查看报表"),
    ("return:submit", "报送报表"),
    ("return:review", "审核报表"),
)

#: What may be done with the credit of each owner of kinds.
CREDIT_ACTIONS = (
    ("credit:read", "查看信用"),
    ("credit:keep", "办理信用与双公示"),
    ("credit:approve", "批准披露"),
)

#: What may be done with the ledgers of each owner of such.
LEDGER_ACTIONS = (
    ("ledger:read", "查看台账"),
    ("ledger:edit", "登记台账"),
)


def actions_of(declarations: Iterable[Declaration]) -> tuple[tuple[str, str], ...]:
    """The actions that follow from what an owner declares: rosters and credit, cases, seasons, ledgers,
    returns."""
    types = {type(declaration) for declaration in declarations}
    return (
        *((*ROSTER_ACTIONS, *CREDIT_ACTIONS) if RecordKind in types else ()),
        *(CASE_ACTIONS if CaseKind in types else ()),
        *(ASSESSMENT_ACTIONS if AssessmentScheme in types else ()),
        *(RETURN_ACTIONS if ReturnForm in types else ()),
        *(LEDGER_ACTIONS if Ledger in types else ()),
    )


def rights_of(owner: str, declarations: Iterable[Declaration]) -> Iterator[tuple[str, str, str]]:
    """Area, action and words of every permission that follows from what an owner declares."""
    declarations = tuple(declarations)
    for action, words in actions_of(declarations):
        yield owner, action, words
    kinds = (item for item in declarations if isinstance(item, CaseKind))
    areas = (kind.rights for kind in kinds if kind.rights != owner)
    for area in dict.fromkeys(areas):
        for action, words in CASE_ACTIONS:
            yield area, action, words


def _states_of(lifecycle: Lifecycle) -> CodeList:
    """The states of a lifecycle as a list of values, under its key: how a ledger writes them."""
    return CodeList(
        key=lifecycle.key,
        title="办理状态",
        codes=tuple(Code(value=item.key, title=item.title, state=item.kind) for item in lifecycle.states),
    )


def _grades_of(scheme: AssessmentScheme) -> CodeList:
    """The grades of a scheme as a list of values: how a workbook writes them."""
    return CodeList(
        key=scheme.grades_key,
        title="等次",
        codes=tuple(
            # "A 级" is also written without the blank, and without its last word.
            Code(
                value=grade.key,
                title=grade.title,
                also=tuple({grade.title.replace(" ", ""), grade.title.removesuffix(" 级")} - {grade.title}),
                state=grade.state,
            )
            for grade in scheme.grades
        ),
    )


def _choices_of(ledger: Ledger) -> Iterator[CodeList]:
    """The lists of values that a ledger brings along: its states, and the choices of its columns."""
    if ledger.states:
        yield CodeList(
            key=ledger.states_key,
            title="状态",
            codes=tuple(Code(value=item.key, title=item.title, state=item.kind) for item in ledger.states),
        )
    for column in ledger.columns:
        if column.choices:
            codes = tuple(Code(value=value, title=title) for value, title in column.choices)
            yield CodeList(key=f"{ledger.key}.{column.key}", title=column.title, codes=codes)


class Catalog:
    """The declarations of the core and of all plugins that are on. Read-only after the start."""

    def __init__(self, owners: Iterable[tuple[str, str, tuple[Declaration, ...]]]) -> None:
        """Collect from (owner, title, declarations), which the loader has already checked."""
        self.titles: dict[str, str] = {}
        self.declared: dict[str, tuple[Declaration, ...]] = {}
        self.kinds: dict[str, RecordKind] = {}
        self.codes: dict[str, CodeList] = {}
        self.parameters: dict[str, Parameter] = {}
        self.permissions: dict[str, Permission] = {}
        self.roles: dict[str, Role] = {}
        self.pages: dict[str, Page] = {}
        self.help: dict[str, HelpPage] = {}
        self.samples: list[SampleData] = []
        self.figures: dict[str, FigureSeries] = {}
        self.indicators: dict[str, Indicator] = {}
        self.indicator_sets: dict[str, IndicatorSet] = {}
        self.forms: dict[str, ReturnForm] = {}
        self.schemes: dict[str, AssessmentScheme] = {}
        self.case_kinds: dict[str, CaseKind] = {}
        self.areas: dict[str, str] = {}
        self.coverages: dict[str, Coverage] = {}
        self.lifecycles: dict[str, Lifecycle] = {}
        self.guards: dict[str, Guard] = {}
        self.effects: dict[str, Effect] = {}
        self.approvals: dict[str, Approval] = {}
        self.series: dict[str, NumberSeries] = {}
        self.limits: dict[str, TimeLimit] = {}
        self.templates: dict[str, DocumentTemplate] = {}
        self.notices: dict[str, NoticeKind] = {}
        self.penalties: dict[str, PenaltyKind] = {}
        self.credit_rules: dict[str, CreditRule] = {}
        self.feeds: dict[str, PlatformFeed] = {}
        self.ledgers: dict[str, Ledger] = {}
        self.plan: dict[int, tuple[str, ...]] = {}
        for owner, title, declarations in owners:
            self.titles[owner] = title
            self.declared[owner] = declarations
            for declaration in declarations:
                self._take(declaration)
            for area, action, words in rights_of(owner, declarations):
                key = f"{area}:{action}"
                named = title if area == owner else f"{title}{self.areas[area]}"
                self.permissions.setdefault(key, Permission(key=key, title=f"{named}：{words}"))

    def again(self) -> Catalog:
        """The same declarations, in dictionaries of its own."""
        made = copy(self)
        for name, found in vars(self).items():
            if isinstance(found, dict | list):
                setattr(made, name, found.copy())
        return made

    def _take(self, declaration: Declaration) -> None:
        match declaration:
            case RecordKind():
                self.kinds[declaration.key] = declaration
            case CodeList():
                self.codes[declaration.key] = declaration
            case Parameter():
                self.parameters[declaration.key] = declaration
            case Permission():
                self.permissions[declaration.key] = declaration
            case Role():
                self.roles[declaration.key] = declaration
            case Page():
                self.pages[declaration.key] = declaration
            case HelpPage():
                self.help[declaration.key] = declaration
            case SampleData():
                self.samples.append(declaration)
            case FigureSeries():
                self.figures[declaration.key] = declaration
            case Indicator():
                self.indicators[declaration.key] = declaration
            case IndicatorSet():
                self.indicator_sets[declaration.name] = declaration
            case ReturnForm():
                self.forms[declaration.key] = declaration
            case AssessmentScheme():
                self.schemes[declaration.key] = declaration
                self.codes[declaration.grades_key] = _grades_of(declaration)
            case CaseKind():
                self.case_kinds[declaration.key] = declaration
                if declaration.rights != declaration.owner:
                    named = "行业自律" if declaration.by_association else declaration.title
                    self.areas.setdefault(declaration.rights, f"（{named}）")
            case Lifecycle():
                self.lifecycles[declaration.key] = declaration
                self.codes[declaration.key] = _states_of(declaration)
            case Guard():
                self.guards[declaration.key] = declaration
            case Effect():
                self.effects[declaration.key] = declaration
            case Coverage():
                self.coverages[declaration.key] = declaration
            case Approval():
                self.approvals[declaration.key] = declaration
            case NumberSeries():
                self.series[declaration.key] = declaration
            case DocumentTemplate():
                self.templates[declaration.key] = declaration
            case TimeLimit():
                self.limits[declaration.key] = declaration
            case NoticeKind():
                self.notices[declaration.key] = declaration
            case PenaltyKind():
                self.penalties[declaration.key] = declaration
            case CreditRule():
                self.credit_rules[declaration.key] = declaration
            case PlatformFeed():
                self.feeds[declaration.key] = declaration
            case Ledger():
                self.ledgers[declaration.key] = declaration
                self.codes |= {codes.key: codes for codes in _choices_of(declaration)}
                for number in declaration.plan:
                    self._serve(number, (declaration.key,))
            case PlanItem():
                self._serve(declaration.no, declaration.where)

    def _serve(self, number: int, where: tuple[str, ...]) -> None:
        known = self.plan.get(number, ())
        self.plan[number] = tuple(dict.fromkeys((*known, *where)))

    def kind(self, key: str) -> RecordKind:
        """The kind of this key; raises Refused when no plugin that is on declares it."""
        found = self.kinds.get(key)
        if found is not None:
            return found
        owner = key.split(".", 1)[0]
        if owner in self.titles:
            raise refuse("kind.unknown", f"没有种类 {key}。可用 suite kinds 查看全部。", field="kind")
        raise refuse(
            "kind.unknown",
            f"没有种类 {key}：插件“{owner}”没有安装或未启用，原因见 suite plugins。",
            field="kind",
        )

    def case_kind(self, key: str) -> CaseKind:
        """The kind of case of this key; raises Refused when no plugin that is on declares it."""
        found = self.case_kinds.get(key)
        if found is None:
            text = f"没有办件种类 {key[:60]}，或声明它的插件未启用。可用 suite kinds 查看全部。"
            raise refuse("case.kind", text, field="kind")
        return found

    def form(self, key: str) -> ReturnForm:
        """The form of this key; raises Refused when no plugin that is on declares it."""
        found = self.forms.get(key)
        if found is None:
            text = f"没有报表 {key[:60]}，或声明它的插件未启用。可用 suite returns 查看全部。"
            raise refuse("return.form", text, field="form")
        return found

    def ledger(self, key: str) -> Ledger:
        """The ledger of this key; raises Refused when no plugin that is on declares it."""
        found = self.ledgers.get(key)
        if found is None:
            text = f"没有台账 {key[:60]}，或声明它的插件未启用。可用 suite ledgers 查看全部。"
            raise refuse("ledger.unknown", text, field="ledger")
        return found

    def require_kind(self, key: str) -> None:
        """Raises Refused where no plugin that is on declares by this key what a workbook may bring: a kind of
        record or of case, a ledger, a scheme."""
        if not any(key in known for known in (self.case_kinds, self.ledgers, self.schemes)):
            self.kind(key)

    def lifecycle_of(self, kind: CaseKind) -> Lifecycle:
        """The lifecycle of a kind of case."""
        return self.lifecycles[kind.lifecycle]

    @cached_property
    def professions(self) -> tuple[str, ...]:
        """Owners of kinds in the plugins' declared order, the core's places last."""
        owners = [
            owner
            for owner, declarations in self.declared.items()
            if any(isinstance(item, RecordKind) for item in declarations)
        ]
        return tuple(sorted(owners, key=lambda owner: owner == "core"))

    def kinds_of(self, profession: str) -> tuple[RecordKind, ...]:
        """The kinds of a profession, in their declared order."""
        return tuple(
            sorted((kind for kind in self.kinds.values() if kind.owner == profession), key=lambda k: k.order)
        )

    def code_title(self, codes: str, value: str | None) -> str:
        """The words for a code's value or for a set of them; a value that the list does not know itself."""
        if value is None:
            return ""
        titles = self.codes[codes].titles if codes in self.codes else {}
        return titles[value] if value in titles else titles_of(value, titles)
