"""Faults of kinds of case and their lifecycles: states nobody reaches or leaves, names that are not there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from suite.contract.case_facts import Cell
from suite.contract.casework import (
    Approval,
    CaseKind,
    ClockAct,
    Guard,
    Lifecycle,
    NumberSeries,
    PartyOf,
    Transition,
)
from suite.contract.declarations import Declaration, FieldType
from suite.contract.effects import Effect
from suite.contract.papers import DocumentTemplate, PaperForm, declared_template
from suite.contract.parameters import Parameter
from suite.contract.time_limits import TimeLimit
from suite.database.base import METADATA, owner_of
from suite.loader.catalog import CASE_ACTIONS, Catalog

#: What every step has of itself, so that no field may be called so.
OWN_NAMES = frozenset(
    {
        "kind", "case_id", "expected_version", "on", "note", "matter", "findings", "allegations",
        "complainants", "repeat_of", "annul", "lines",
    }
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class CaseChecks:
    """What the cases of an owner may name: its own declarations and those already known."""

    owner: str
    permissions: Set[str]
    codes: Set[str]
    kinds: Set[str]
    parameters: Set[str]
    lifecycles: Mapping[str, Lifecycle]
    guards: Set[str]
    effects: Mapping[str, Effect]
    approvals: Set[str]
    series: Set[str]
    limits: Mapping[str, TimeLimit]
    templates: Mapping[str, DocumentTemplate]

    @classmethod
    def of(
        cls,
        owner: str,
        declarations: Iterable[Declaration],
        known: Catalog,
        permissions: Set[str],
        codes: Set[str],
        kinds: Set[str],
    ) -> CaseChecks:
        """From an owner's declarations and the catalog of those before it."""
        own = list(declarations)
        return cls(
            owner=owner,
            permissions=permissions,
            codes=codes,
            kinds=kinds,
            parameters=set(known.parameters) | {item.key for item in own if isinstance(item, Parameter)},
            lifecycles={
                **known.lifecycles,
                **{item.key: item for item in own if isinstance(item, Lifecycle)},
            },
            guards=set(known.guards) | {item.key for item in own if isinstance(item, Guard)},
            effects={**known.effects, **{item.key: item for item in own if isinstance(item, Effect)}},
            approvals=set(known.approvals) | {item.key for item in own if isinstance(item, Approval)},
            series=set(known.series) | {item.key for item in own if isinstance(item, NumberSeries)},
            limits={**known.limits, **{item.key: item for item in own if isinstance(item, TimeLimit)}},
            templates={
                **known.templates,
                **{item.key: item for item in own if isinstance(item, DocumentTemplate)},
            },
        )

    def faults(self, declaration: Declaration) -> Iterator[str]:
        """Every fault of one declaration, in Chinese with its cure."""
        match declaration:
            case Lifecycle():
                yield from self._graph(declaration)
                for transition in declaration.transitions:
                    yield from self._transition(declaration, transition)
            case CaseKind():
                yield from self._kind(declaration)
            case DocumentTemplate():
                addressed = declaration.to or declaration.to_field
                if declaration.form is PaperForm.NOTICE and not addressed:
                    yield f"{declaration.key}：“{declaration.title}”没有写明送给谁，请写明 to 或 to_field。"
                if declaration.mark and declaration.number_field:
                    yield (
                        f"{declaration.key}：文号取自字段 {declaration.number_field} 的文书不另编号，"
                        "请将 mark 写为空。"
                    )
            case Approval():
                if not declaration.steps:
                    yield f"{declaration.key}：审批没有环节，请至少声明一个。"
                for step in declaration.steps:
                    yield from self._permission(declaration.key, step.permission)

    def _graph(self, lifecycle: Lifecycle) -> Iterator[str]:
        """Every state is reached from an opening, and every one leads to an end."""
        for kind, names in (
            ("状态", [state.key for state in lifecycle.states]),
            ("步骤", [item.command for item in lifecycle.transitions]),
        ):
            for name, times in Counter(names).items():
                if times > 1:
                    yield f"{lifecycle.key}：{kind} {name} 声明了 {times} 次，请只留一次。"
        for transition in lifecycle.transitions:
            for state in (*transition.sources, *((transition.to,) if transition.to else ())):
                if state not in lifecycle.by_state:
                    yield f"{lifecycle.key}：步骤 {transition.command} 所指的状态 {state} 不存在。"
            if transition.opens and transition.to is None:
                yield f"{lifecycle.key}：步骤 {transition.command} 立案而没有立案后的状态，请写明 to。"
        if not lifecycle.openings:
            yield f"{lifecycle.key}：没有立案的步骤（sources 为空）。"
        moves = [(source, item.to) for item in lifecycle.transitions if item.to for source in item.sources]
        reached = _closure([item.to for item in lifecycle.openings if item.to], moves)
        back = [(to, source) for source, to in moves]
        ends = [state.key for state in lifecycle.states if state.terminal]
        leading = _closure(ends, back)
        if not ends:
            yield f"{lifecycle.key}：没有终结的状态，请标明 terminal。"
        for state in lifecycle.states:
            if state.key not in reached:
                yield f"{lifecycle.key}：没有步骤通向状态 {state.key}（{state.title}）。"
            if ends and state.key not in leading:
                yield f"{lifecycle.key}：状态 {state.key}（{state.title}）走不到终结，请补充步骤。"

    def _transition(self, lifecycle: Lifecycle, transition: Transition) -> Iterator[str]:
        place = f"{lifecycle.key}.{transition.command}"
        if not transition.command.isidentifier():
            yield f"{place}：命令名应为英文标识符。"
        yield from self._permission(place, transition.permission)
        for guard in (*transition.guards, *transition.foretold):
            if guard not in self.guards:
                yield f"{place}：没有条件 {guard}，请声明 Guard 或改正名称。"
        if transition.approval is not None and transition.approval not in self.approvals:
            yield f"{place}：没有审批 {transition.approval}，请声明 Approval 或改正名称。"
        if transition.two_persons and transition.approval is None:
            yield f"{place}：须由两人办理的步骤没有审批，请写明 approval。"
        if transition.approval is not None and transition.opens:
            yield f"{place}：立案的步骤不能附审批，请改在其后的步骤。"
        for key in transition.effects:
            if key not in self.effects:
                yield f"{place}：没有名册影响 {key}，请声明 Effect 或改正名称。"
        if transition.effects and transition.approval is not None:
            yield f"{place}：影响名册的步骤不能附审批，请另设经批准后的登记步骤。"
        for key in transition.required:
            if key not in (*transition.fields, *transition.lists):
                yield f"{place}：必填字段 {key} 不在 fields 或 lists 中。"
        for key in set(transition.clears) & set(transition.fields):
            yield f"{place}：字段 {key} 不能既填写（fields）又清空（clears）。"
        for name, when in transition.papers_when.items():
            if name not in transition.documents or when not in self.guards:
                yield f"{place}：文书 {name} 的条件 {when} 不存在，或文书不在 documents 中，请改正。"
        yield from self._waited_for(lifecycle, transition, place)
        for act in transition.clocks:
            if act.when and (transition.opens or act.when not in self.guards):
                yield f"{place}：期限的条件 {act.when} 不存在，或写在了立案的步骤上，请改正。"
        for item in transition.clocks:
            limit = self.limits.get(item.limit)
            if item.served and item.served not in transition.documents:
                yield f"{place}：期限 {item.limit} 自“{item.served}”送达起算，而这一步不带出这份文书。"
            if limit is None:
                yield f"{place}：没有期限 {item.limit}，请声明 TimeLimit 或改正名称。"
            elif item.act is ClockAct.EXTEND and limit.extension is None:
                yield f"{place}：期限 {item.limit} 没有声明可以延长。"
            elif item.act is ClockAct.PAUSE and item.reason not in limit.pauses:
                yield f"{place}：期限 {item.limit} 没有声明可因“{item.reason}”暂停。"

    @staticmethod
    def _waited_for(lifecycle: Lifecycle, transition: Transition, place: str) -> Iterator[str]:
        """Papers that a step waits for come of others; one that a service takes asks for nothing else."""
        others = {name for step in lifecycle.transitions if step is not transition for name in step.documents}
        for name in (*transition.needs_papers, *transition.needs_service):
            if name not in others:
                yield f"{place}：须先签发、送达的“{name}”不由其他步骤带出，请改正名称。"
            if transition.opens:
                yield f"{place}：立案的步骤之前没有文书，请删去 needs_papers、needs_service。"
        if transition.follows_service:
            asks = transition.required or transition.parties or transition.approval or transition.findings
            if not transition.needs_service:
                yield f"{place}：随送达办理的步骤没有写明送达什么，请写明 needs_service。"
            if asks or (transition.to is None and not transition.once):
                yield f"{place}：随送达办理的步骤不能另有必填、角色、认定或审批，且须改变状态或只办一次。"

    def _kind(self, kind: CaseKind) -> Iterator[str]:
        details = kind.details
        if METADATA.tables.get(details.name) is not details or owner_of(details.name) != self.owner:
            yield f"{kind.key}：明细表 {details.name} 应以“{self.owner}_”开头并建在插件自己的基类上。"
        elif [column.name for column in details.primary_key.columns] != ["case_id"]:
            yield f"{kind.key}：明细表 {details.name} 的主键应为 case_id。"
        for field in kind.fields:
            if field.table is not details:
                yield f"{kind.key}.{field.key}（{field.title}）：列不在本种类的明细表 {details.name} 中。"
            if field.key in OWN_NAMES or field.key in kind.roles:
                yield f"{kind.key}.{field.key}：字段名与步骤自带的名称相同，请改名。"
            if field.codes is not None and field.codes not in self.codes:
                yield f"{kind.key}.{field.key}（{field.title}）：代码表 {field.codes} 未声明。"
        for key in (*kind.matter, *kind.same, *((kind.origin,) if kind.origin else ())):
            if key not in kind.by_key:
                yield f"{kind.key}：没有字段 {key}，请改正名称或补充字段。"
        if kind.series not in self.series:
            yield f"{kind.key}：没有编号序列 {kind.series}，请声明 NumberSeries 或改正名称。"
        if kind.heads is not None and kind.heads not in self.codes:
            yield f"{kind.key}：代码表 {kind.heads} 未声明。"
        if kind.partly_counts is not None and kind.partly_counts not in self.parameters:
            yield f"{kind.key}：没有参数 {kind.partly_counts}，请声明 Parameter 或改正名称。"
        respondent = kind.roles.get(kind.respondent)
        if respondent is None or respondent.of is not PartyOf.SUBJECT:
            yield f"{kind.key}：没有以名册档案为当事人的角色 {kind.respondent}。"
        for role in kind.parties:
            for named in role.kinds:
                if named not in self.kinds:
                    yield f"{kind.key}：角色 {role.key} 所指的种类 {named} 不存在。"
        if kind.called is not None and kind.called not in kind.by_key:
            yield f"{kind.key}：没有字段 {kind.called}，请改正 called。"
        for key in {key for keys in kind.asks.values() for key in keys}:
            if key not in kind.by_key and key not in kind.roles:
                yield f"{kind.key}：asks 所指的字段或角色 {key} 不存在。"
        if kind.area is not None and kind.by_association:
            yield f"{kind.key}：area 与 by_association 只能写一个。"
        if kind.area is not None and not kind.area.startswith(f"{self.owner}."):
            yield f"{kind.key}：权限范围 {kind.area} 应以“{self.owner}.”开头。"
        if kind.newcomer is not None:
            for key in (kind.newcomer.name, kind.newcomer.district):
                if key not in kind.by_key:
                    yield f"{kind.key}：newcomer 所指的字段 {key} 不存在。"
        yield from self._lists(kind)
        lifecycle = self.lifecycles.get(kind.lifecycle)
        if lifecycle is None:
            yield f"{kind.key}：没有流程 {kind.lifecycle}，请声明 Lifecycle 或改正名称。"
            return
        for order in kind.orders:
            days = {field.key for field in kind.fields if field.type is FieldType.DATE}
            if not order.among(days, lifecycle.by_command):
                yield f"{kind.key}：先后次序 {order.first}–{order.then} 所指的日期字段或步骤不存在。"
        for transition in lifecycle.transitions:
            for key in (*transition.fields, *transition.clears):
                if key not in kind.by_key:
                    yield f"{kind.key}：步骤 {transition.command} 的字段 {key} 不存在。"
            for key in transition.lists:
                if key not in kind.by_list:
                    yield f"{kind.key}：步骤 {transition.command} 的清单 {key} 不存在。"
            for key in transition.parties:
                if key not in kind.roles:
                    yield f"{kind.key}：步骤 {transition.command} 的角色 {key} 不存在。"
            yield from self._numbers(kind, transition)
            for key in transition.effects:
                joins = self.effects[key].joins if key in self.effects else None
                if joins is not None and joins not in kind.roles:
                    yield f"{kind.key}：名册影响 {key} 所指的角色 {joins} 不存在。"
            for act in transition.clocks:
                if act.since and act.since not in self.limits and not _is_date(kind, act.since):
                    yield f"{kind.key}：步骤 {transition.command} 的期限起算 {act.since} 不是期限或日期字段。"
                if act.until and not _is_date(kind, act.until):
                    yield f"{kind.key}：步骤 {transition.command} 的期限截止 {act.until} 不是日期字段。"
            if (transition.allegations or transition.findings) and kind.heads is None:
                yield f"{kind.key}：步骤 {transition.command} 涉及投诉事项而未声明 heads。"
        for transition in lifecycle.openings:
            if kind.respondent not in transition.parties:
                yield f"{kind.key}：步骤 {transition.command} 立案而未列明{kind.respondent}。"
            if kind.newcomer is not None:
                for key in (kind.newcomer.name, kind.newcomer.district):
                    if key not in transition.fields:
                        yield f"{kind.key}：步骤 {transition.command} 立案而没有 newcomer 的字段 {key}。"

    def _numbers(self, kind: CaseKind, transition: Transition) -> Iterator[str]:
        """A paper whose number a field says has none where the step does not ask for it."""
        for name in transition.documents:
            template = declared_template(self.templates, self.owner, name)
            if template is None or not template.number_field:
                continue
            place = f"{kind.key}：步骤 {transition.command} 的文书“{template.title}”"
            field = kind.by_key.get(template.number_field)
            if field is None or field.type is not FieldType.TEXT:
                yield f"{place}取文号的字段 {template.number_field} 不存在，或不是文字。"
            elif field.key not in transition.required:
                yield f"{place}取字段 {field.key} 为文号，请将该字段列入 required。"

    def _lists(self, kind: CaseKind) -> Iterator[str]:
        """Each list is named once, each of its cells too, and codes are where a code stands."""
        taken = Counter([*(item.key for item in kind.lists), *kind.by_key, *kind.roles, *OWN_NAMES])
        for item in kind.lists:
            place = f"{kind.key}.{item.key}（{item.title}）"
            if taken[item.key] > 1:
                yield f"{place}：清单名与另一清单、字段或角色相同，请改名。"
            for cell, times in Counter(column.cell for column in item.columns).items():
                if times > 1:
                    yield f"{place}：{cell} 用了 {times} 次，每格只能用一次。"
            for column in item.columns:
                coded = column.cell in (Cell.CODE, Cell.GRADE)
                if coded != (column.codes is not None):
                    yield f"{place}：“{column.title}”{'须' if coded else '不能'}指明代码表。"
                elif column.codes is not None and column.codes not in self.codes:
                    yield f"{place}：代码表 {column.codes} 未声明。"
            if not item.columns:
                yield f"{place}：清单没有列。"
            if item.checklist and Cell.CODE not in item.by_cell:
                yield f"{place}：逐项检查的清单须有 code 列。"

    def _permission(self, place: str, action: str) -> Iterator[str]:
        known = action in dict(CASE_ACTIONS) or f"{self.owner}:{action}" in self.permissions
        if not known:
            yield f"{place}：权限 {self.owner}:{action} 未声明，请声明 Permission 或改正名称。"


def _is_date(kind: CaseKind, key: str) -> bool:
    return key in kind.by_key and kind.by_key[key].type is FieldType.DATE


def _closure(start: Iterable[str], moves: Iterable[tuple[str, str]]) -> set[str]:
    """Every state that is reached from the first ones."""
    pairs, found = list(moves), set(start)
    grown = True
    while grown:
        more = {to for source, to in pairs if source in found} - found
        found |= more
        grown = bool(more)
    return found
