"""How a profession declares its inspections: its bodies, its check items and its law, on one frame."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from suite.contract.casework import CaseKind, Lifecycle, NumberSeries, PartyOf, PartyRole
from suite.contract.codes import CodeList
from suite.contract.declarations import Declaration, Field
from suite.contract.effects import Effect
from suite.contract.usual_lists import EVIDENCE, FINDINGS, check_items
from suite.database.base import METADATA
from suite.kernel.casework.inspections.declarations import NOTICE_WAYS, RESULTS, SIGNED, SOURCES
from suite.kernel.casework.inspections.steps import STATES, transitions
from suite.kernel.casework.penalties.raising import raises_penalty
from suite.kernel.registry.value_checks import past_date
from suite.tables.inspection_columns import InspectionColumns

MATTER, SITE, RESULT, AFTER = "检查事项", "现场检查", "结果处理", "公开与移送"
WORK = "inspection"


@dataclass(frozen=True, kw_only=True)
class InspectionFrame:
    """The inspections of one profession: list, numbers, graph and kind follow from it.

    organ: how its numbers begin. table: the details class, made with `InspectionColumns`. respondents: kinds
    of record that are inspected. items: the check list (检查项). law: the article it is done by. punishes:
    whether the profession has penalty cases, which a finding may become.

    Example: see `plugins/appraisal/inspections/__init__.py`.
    """

    owner: str
    title: str
    organ: str
    table: type[InspectionColumns]
    respondents: tuple[str, ...]
    items: CodeList
    law: str
    punishes: bool = True
    order: int = 30

    @property
    def key(self) -> str:
        """The key of the kind of case."""
        return f"{self.owner}.inspection"

    @cached_property
    def series(self) -> NumberSeries:
        """The numbers of its cases."""
        return NumberSeries(key=f"{self.key}_no", title=f"{self.title}编号", organ=self.organ)

    @cached_property
    def effects(self) -> tuple[Effect, ...]:
        """What its steps do besides: a finding opens a penalty case."""
        return (raises_penalty(self.key, f"{self.owner}.penalty"),) if self.punishes else ()

    @cached_property
    def lifecycle(self) -> Lifecycle:
        """Its graph."""
        return Lifecycle(
            key=f"{self.key}_lifecycle",
            title=f"{self.title}流程",
            states=STATES,
            transitions=transitions(self.law, raises=tuple(effect.key for effect in self.effects)),
        )

    @cached_property
    def kind(self) -> CaseKind:
        """Its kind of case."""
        return CaseKind(
            key=self.key,
            title=self.title,
            work=WORK,
            lifecycle=self.lifecycle.key,
            details=METADATA.tables[f"{self.owner}_inspection"],
            series=self.series.key,
            respondent="respondent",
            matter=("source", "draw_no", "subject_matter"),
            lists=(check_items(self.items.key), FINDINGS, EVIDENCE),
            parties=(
                PartyRole(key="respondent", title="检查对象", of=PartyOf.SUBJECT, kinds=self.respondents),
                PartyRole(key="officer", title="检查人员", of=PartyOf.USER, least=2),
            ),
            fields=fields_of(self.table),
            order=self.order,
        )

    def declarations(self) -> tuple[Declaration, ...]:
        """Everything that the profession's inspections are made of."""
        return (self.items, self.series, *self.effects, self.lifecycle, self.kind)


def fields_of(table: type[InspectionColumns]) -> tuple[Field, ...]:
    """The fields of an inspection, alike in every profession."""
    return (
        Field(table.source, title="检查来源", section=MATTER, codes=SOURCES.key, listed=True),
        Field(table.draw_no, title="抽取记录", section=MATTER, help="双随机抽查由抽取结果自动填写。"),
        Field(table.subject_matter, title="检查内容", section=MATTER),
        Field(table.notice_way, title="通知方式", section=SITE, codes=NOTICE_WAYS.key),
        Field(table.place, title="检查地点", section=SITE),
        Field(table.present, title="在场负责人", section=SITE),
        Field(table.record_signed, title="笔录签字", section=SITE, codes=SIGNED.key),
        Field(table.result, title="检查结果", section=RESULT, codes=RESULTS.key, listed=True),
        Field(table.summary, title="检查情况", section=RESULT),
        Field(table.rectify_by, title="整改期限", section=RESULT, help="不填的按规定的整改期限。"),
        Field(table.extension_reason, title="延长原因", section=RESULT),
        Field(table.recheck, title="复查情况", section=RESULT),
        Field(table.rectified_on, title="整改完成日期", section=RESULT, checks=(past_date,)),
        Field(
            table.penalty_no,
            title="行政处罚案件编号",
            section=AFTER,
            help="不填的，以本检查登记新的案件；已经另行登记的填写其编号。",
        ),
        Field(table.published_on, title="结果公开日期", section=AFTER, checks=(past_date,)),
        Field(table.channel, title="公开渠道", section=AFTER),
        Field(table.cancel_reason, title="取消原因", section=AFTER),
    )
