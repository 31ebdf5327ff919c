"""The penalty case of a profession, from its catalogue: code lists, guards, effects, graph, kind of case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table

from suite.contract.casework import CaseKind, NumberSeries, PartyOf, PartyRole
from suite.contract.codes import Code, CodeList
from suite.contract.declarations import Declaration, Field
from suite.contract.effects import Newcomer
from suite.contract.penalties import PenaltyKind, Sanction, Track
from suite.contract.usual_lists import EVIDENCE, INTERVIEWS
from suite.kernel.casework.penalties.effects import effects_of
from suite.kernel.casework.penalties.lawful import Lawful
from suite.kernel.casework.penalties.lifecycle import penalty_lifecycle
from suite.kernel.registry.value_checks import not_negative, past_date

LEAD, INVESTIGATION, NOTICE, DECISION, EXECUTION = "线索", "调查", "审核告知", "处罚", "执行"


@dataclass(frozen=True, kw_only=True)
class PenaltyCases:
    """What a profession says of its penalty cases; `declarations` is all that follows from it.

    columns: the mapped details class, made with `PenaltyColumns`. individuals: the kinds of record that are
    persons. organ: the beginning of the case's number (石司律罚立). follow: what the association has to do
    after a suspension or revocation, empty where no rule says so.

    Example: see `plugins/notary/penalties/__init__.py`.
    """

    owner: str
    title: str
    organ: str
    columns: Any
    catalogue: Sequence[PenaltyKind]
    individuals: tuple[str, ...]
    follow: str = ""
    order: int = 40

    @property
    def entries(self) -> tuple[PenaltyKind, ...]:
        """The entries of the administrative track."""
        return tuple(item for item in self.catalogue if item.track is Track.ADMINISTRATIVE)

    def declarations(self) -> tuple[Declaration, ...]:
        """Everything that the penalty cases of the profession are made of."""
        prefix = f"{self.owner}.penalty"
        lawful = Lawful(
            prefix=prefix,
            entries={item.key: item for item in self.entries},
            individuals=frozenset(self.individuals),
        )
        subjects = tuple(dict.fromkeys(kind for item in self.entries for kind in item.subjects))
        newcomer = any(not item.subjects for item in self.entries)
        series = NumberSeries(key=f"{prefix}_no", title=f"{self.title}编号", organ=self.organ)
        lifecycle = penalty_lifecycle(prefix, f"{self.title}办理流程", newcomer=newcomer)
        details: Table = self.columns.__table__
        return (
            *choice_lists(prefix, self.title, self.entries),
            *lawful.guards(),
            *effects_of(lawful, self.follow),
            series,
            lifecycle,
            CaseKind(
                key=prefix,
                title=self.title,
                work="penalty",
                lifecycle=lifecycle.key,
                details=details,
                series=series.key,
                respondent="respondent",
                matter=("source", "source_no", "conduct", "conduct_on"),
                origin="source_no",
                lists=(EVIDENCE, INTERVIEWS),
                newcomer=Newcomer(name="offender", district="offender_district") if newcomer else None,
                order=self.order,
                parties=(
                    PartyRole(key="respondent", title="当事人", of=PartyOf.SUBJECT, kinds=subjects),
                    PartyRole(key="officer", title="办案人员", of=PartyOf.USER, least=2),
                    PartyRole(key="reviewer", title="法制审核人员", of=PartyOf.USER),
                    PartyRole(key="chair", title="听证主持人", of=PartyOf.USER),
                ),
                fields=penalty_fields(self.columns, prefix),
            ),
        )


def choice_lists(prefix: str, title: str, entries: Iterable[PenaltyKind]) -> tuple[CodeList, CodeList]:
    """The articles and the sanctions of a catalogue as code lists; a sanction is called as it is anywhere."""
    entries = tuple(entries)
    articles = Counter(item.article for item in entries)
    names: dict[Sanction, list[str]] = {}
    for measure in (measure for entry in entries for measure in entry.measures):
        named = names.setdefault(measure.sanction, [])
        if measure.title not in named:
            named.append(measure.title)
    return (
        CodeList(
            key=f"{prefix}_article",
            title=f"{title}依据",
            codes=tuple(
                Code(
                    value=item.key,
                    title=f"{item.code} {item.title}",
                    # An article that treats several subjects differently names none of them alone.
                    also=(item.article,) if articles[item.article] == 1 else (),
                )
                for item in entries
            ),
        ),
        CodeList(
            key=f"{prefix}_sanction",
            title=f"{title}种类",
            codes=tuple(
                Code(value=item.value, title="／".join(names[item])) for item in Sanction if item in names
            ),
        ),
    )


def imposing_fields(columns: Any, prefix: str) -> tuple[Field, ...]:
    """What is to be imposed, alike in both tracks."""
    return (
        Field(
            columns.article,
            title="依据条款",
            section=DECISION,
            codes=f"{prefix}_article",
            listed=True,
            help="种类和幅度见处罚目录。",
        ),
        Field(columns.gravity, title="情节", section=DECISION, codes="core.gravity"),
        Field(
            columns.sanctions,
            title="种类",
            section=DECISION,
            codes=f"{prefix}_sanction",
            several=True,
            listed=True,
        ),
        Field(columns.fine, title="罚款（元）", unit="元", section=DECISION, checks=(not_negative,)),
        Field(columns.months, title="期间（月）", section=DECISION, checks=(not_negative,)),
        Field(columns.decision_no, title="决定文号", section=DECISION, listed=True),
        Field(columns.effective_from, title="起始日", section=EXECUTION, help="停止执业、吊销等自何日起。"),
        Field(columns.effective_until, title="期满日", section=EXECUTION),
        Field(columns.annulment_document, title="撤销文书", section=EXECUTION),
    )


def penalty_fields(columns: Any, prefix: str) -> tuple[Field, ...]:
    """All fields of a penalty case."""
    return (
        Field(columns.source, title="线索来源", section=LEAD, codes="core.penalty_source", listed=True),
        Field(
            columns.source_no,
            title="来源文号或办件编号",
            section=LEAD,
            help="填写原投诉、检查的办件编号的，自动关联。",
        ),
        Field(columns.offender, title="当事人（不在名册的）", section=LEAD, help="无证人员或机构的名称。"),
        Field(columns.offender_district, title="所在县（市、区）", section=LEAD),
        Field(columns.conduct, title="违法行为", section=LEAD),
        Field(
            columns.conduct_on,
            title="行为终了之日",
            section=LEAD,
            checks=(past_date,),
            help="处罚时效自此起算；连续的自终了之日。",
        ),
        Field(columns.found_on, title="发现之日", section=LEAD, checks=(past_date,)),
        Field(
            columns.grave_harm,
            title="涉及生命健康、金融安全且有危害后果",
            section=LEAD,
            help="时效为五年。",
        ),
        Field(columns.no_filing_reason, title="不予立案理由", section=LEAD),
        Field(columns.transferred_to, title="移送机关", section=LEAD),
        Field(columns.preserved_items, title="登记保存的证据", section=INVESTIGATION),
        Field(columns.pause_reason, title="中止原因", section=INVESTIGATION),
        Field(columns.extension_reason, title="延长原因", section=INVESTIGATION),
        Field(columns.facts_found, title="查明的事实", section=INVESTIGATION),
        Field(columns.review_opinion, title="法制审核意见", section=NOTICE),
        Field(columns.notice_no, title="告知书文号", section=NOTICE),
        Field(columns.statement, title="陈述申辩及复核", section=NOTICE),
        Field(columns.hearing_on, title="听证日期", section=NOTICE),
        Field(columns.hearing_place, title="听证地点", section=NOTICE),
        Field(columns.hearing_opinion, title="听证意见", section=NOTICE),
        Field(
            columns.illegal_income,
            title="违法所得（元）",
            unit="元",
            section=DECISION,
            checks=(not_negative,),
        ),
        Field(
            columns.confiscated,
            title="没收违法所得（元）",
            unit="元",
            section=DECISION,
            checks=(not_negative,),
        ),
        Field(columns.prior_on, title="前次处罚之日", section=DECISION, help="停止执业、停业的填期满日。"),
        Field(columns.deliberation, title="集体讨论意见", section=DECISION),
        Field(columns.report_no, title="报省文号", section=DECISION),
        Field(columns.return_reason, title="省厅退回意见", section=DECISION),
        Field(
            columns.no_penalty_ground,
            title="不予处罚情形",
            section=DECISION,
            codes="core.no_penalty_ground",
        ),
        Field(columns.withdrawal_reason, title="撤案理由", section=DECISION),
        *imposing_fields(columns, prefix),
        Field(columns.paid, title="已缴（元）", unit="元", section=EXECUTION, checks=(not_negative,)),
        Field(columns.defer_until, title="暂缓或分期至", section=EXECUTION),
        Field(columns.enforcement_no, title="强制执行文号", section=EXECUTION),
    )
