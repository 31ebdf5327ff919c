"""Whether a case's measures are what its article allows: conditions that look into a catalogue."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from suite.contract.case_facts import CaseFacts
from suite.contract.casework import (
    Guard,
)
from suite.contract.penalties import Gravity, Organ, PenaltyKind, Sanction
from suite.contract.problems import Problem, ProblemKind
from suite.kernel.casework.penalties.rules import HEAVY, Imposed, hearing_due, heavier, problems_of

LAW = "行政处罚法"


def imposed_of(values: Mapping[str, Any]) -> Imposed | None:
    """What the fields of a case say is to be imposed; None while they say nothing of it."""
    gravity, sanctions = values.get("gravity"), values.get("sanctions")
    if gravity not in tuple(Gravity) or not sanctions:
        return None
    return Imposed(
        gravity=Gravity(gravity),
        sanctions=frozenset(Sanction(item) for item in sanctions if item in tuple(Sanction)),
        fine=values.get("fine"),
        illegal_income=values.get("illegal_income"),
        confiscated=values.get("confiscated"),
        months=values.get("months"),
        prior_on=values.get("prior_on"),
        conduct_on=values.get("conduct_on"),
    )


@dataclass(frozen=True, kw_only=True)
class Lawful:
    """The catalogue of a profession's track, and what its guards ask of a case.

    individuals: the kinds of record that are persons. Their threshold of a hearing is the lower one; of the
    others, and of whoever has no record, it is that of bodies.
    """

    prefix: str
    entries: Mapping[str, PenaltyKind]
    individuals: frozenset[str]

    def entry(self, case: CaseFacts) -> PenaltyKind | None:
        """The article that the case names."""
        return self.entries.get(str(case.values.get("article") or ""))

    def guards(self) -> tuple[Guard, ...]:
        """All of them, keyed by the profession's prefix."""
        return (
            self._guard(
                "lawful",
                "拟给予的处罚不合依据条款，请核对种类、幅度和情节。",
                lambda case: self.against(case, None),
            ),
            self._guard(
                "city_decides",
                "本局无权作出这一决定，请报请有权机关。",
                lambda case: self.against(case, Organ.CITY),
            ),
            self._guard(
                "province_decides",
                "这一决定不合依据条款，请核对决定文书。",
                lambda case: self.against(case, Organ.PROVINCE),
            ),
            self._guard(
                "beyond_city",
                "本局有权作出这一决定，不需报请省厅。",
                lambda case: () if self.against(case, Organ.CITY) else (_NOT_BEYOND,),
            ),
            self._guard(
                "not_heavier",
                "决定不得重于告知的处罚。",
                lambda case: heavier_than_notified(case, f"{LAW}第四十五条", "先变更拟处罚意见并重新告知"),
            ),
            Guard(
                key=f"{self.prefix}.hearing_due",
                text="拟给予的处罚不属于可以要求听证的范围。",
                holds=self.hearing_due,
                article=f"{LAW}第六十三条",
            ),
            Guard(
                key=f"{self.prefix}.deliberated",
                text="给予较重的处罚应当由负责人集体讨论决定，请先登记集体讨论。",
                holds=lambda case: case.state == "deliberated" or not self.hearing_due(case),
                article=f"{LAW}第五十七条",
            ),
        )

    def guards_of_trade(self) -> tuple[Guard, ...]:
        """Those of a sanction of the trade."""
        return (
            self._guard("lawful", "拟给予的处分不合规则，请核对。", lambda case: self.against(case, None)),
            self._guard(
                "decided_by",
                "这一机构无权作出这一处分，请核对。",
                lambda case: self.against(case, _decider(case)),
            ),
            self._guard(
                "not_heavier",
                "决定不得重于听取意见时的处分。",
                lambda case: heavier_than_notified(case, None, "撤销案件后重新提出"),
            ),
            Guard(
                key=f"{self.prefix}.hearing_offered",
                text="中止权利、取消资格的处分应当听证：请填写听证日期，或在听证情况中写明放弃。",
                holds=lambda case: (
                    case.before is None
                    or not self.heavy(case)
                    or bool(case.values.get("hearing_on") or case.values.get("hearing_opinion"))
                ),
            ),
        )

    def _guard(self, name: str, text: str, problems: Callable[[CaseFacts], Sequence[Problem]]) -> Guard:
        """A guard that tells what it found."""
        return Guard(
            key=f"{self.prefix}.{name}", text=text, holds=lambda case: not problems(case), problems=problems
        )

    def against(self, case: CaseFacts, organ: Organ | None) -> Sequence[Problem]:
        """What the article has against the measures; nothing while none are named."""
        entry, imposed = self.entry(case), imposed_of(case.values)
        if entry is None or imposed is None:
            return ()
        return problems_of(
            entry, imposed, subject=_kind_of(case), organ=organ, parameters=case.parameters, on=case.on
        )

    def hearing_due(self, case: CaseFacts) -> bool:
        """Whether the party may ask for a hearing."""
        imposed = imposed_of(case.values)
        return imposed is not None and hearing_due(
            imposed, individual=_kind_of(case) in self.individuals, parameters=case.parameters
        )

    def heavy(self, case: CaseFacts) -> bool:
        """Whether the licence itself is touched."""
        imposed = imposed_of(case.values)
        return imposed is not None and bool(imposed.sanctions & HEAVY)


def heavier_than_notified(case: CaseFacts, article: str | None, cure: str) -> Sequence[Problem]:
    """Where a decision goes beyond what the party was told; told once, beside the first field that does."""
    decided, notified = imposed_of(case.values), imposed_of(case.before or {})
    if decided is None or notified is None:
        return ()
    text = f"决定不得重于已告知当事人的；需要加重的，{cure}。"
    return [
        Problem(
            code="penalty.heavier",
            text=f"{article}：{text}" if article else text,
            kind=ProblemKind.FORBIDDEN,
            field=field,
            article=article,
        )
        for field in heavier(decided, notified)[:1]
    ]


def _decider(case: CaseFacts) -> Organ | None:
    said = case.values.get("decider")
    return Organ(said) if said in tuple(Organ) else None


_NOT_BEYOND = Problem(
    code="penalty.own", text="本局有权作出这一决定，不需报请省厅。", kind=ProblemKind.FORBIDDEN
)


def _kind_of(case: CaseFacts) -> str | None:
    """The kind of record that is punished; None for somebody on no roster."""
    subject = case.subject("respondent")
    if subject is not None:
        return subject.kind
    # A record that is there and may not be read is of no kind that an article is for.
    return "" if any(party.subject_id for party in case.party("respondent")) else None
