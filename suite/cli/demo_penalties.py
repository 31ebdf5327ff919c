"""Penalty cases of a year for the demonstration, in all fields, and sanctions of the trade beside them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from suite.cli.demo_steps import paper_up, that_day
from suite.kernel.casework.commands import ApproveStep, RemarkCase
from suite.kernel.casework.derive import step
from suite.kernel.casework.penalties.rules import suspension_until
from suite.kernel.casework.queries import case_versions
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.kernel.registry.queries import ListQuery, list_ids

if TYPE_CHECKING:
    from suite.bootstrap import Suite
    from suite.contract.commands import Actor

FILED = ("FilePenalty", "AssignInvestigators", "CollectEvidence")
PROPOSED = (*FILED, "SubmitForReview", "PassReview", "NotifyRights")
HEARD = (*PROPOSED, "WaiveRights", "DeliberatePenalty")
DECIDED = (*HEARD, "DecidePenalty", "PublishPenalty", "ServePenalty")
#: A minor one is reported and not shown.
KEPT_BACK = (*HEARD, "DecidePenalty", "ServePenalty")
PROVINCE = (*HEARD, "ReportPenalty")
BY_PROVINCE = (*PROVINCE, "RecordProvinceDecision", "PublishPenalty", "ServePenalty")
SANCTION = ("FileDiscipline", "NotifyMember", "CollectProof", "ProposeDiscipline", "HearMember")
SANCTIONED = (*SANCTION, "DecideDiscipline", "DeliverDiscipline", "EffectDiscipline")
MEASURED = frozenset(
    {
        "SubmitForReview", "DecidePenalty", "RecordProvinceDecision", "ProposeDiscipline", "DecideDiscipline",
    }
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Course:
    """One case: whom, what for, what is imposed, how long ago it began, and the steps that it has taken."""

    kind: str
    record: str
    conduct: str
    back: int
    steps: tuple[str, ...]
    measures: dict[str, Any]
    source: str = "complaint"
    last: dict[str, Any] | None = None


def _of(article: str, *sanctions: str, gravity: str = "ordinary", **amounts: Any) -> dict[str, Any]:
    return {"article": article, "sanctions": sanctions, "gravity": gravity, **amounts}


SUSPENDED = _of("lawyers.L48", "suspension", "fine", gravity="serious", months=3, fine=Decimal(8_000))
LAWYER, FIRM, NOTARY = "lawyers.lawyer", "lawyers.law_firm", "notary.notary"
APPRAISER, INSTITUTION = "appraisal.appraiser", "appraisal.appraisal_institution"
COURSES = (
    # The first is also an arbitrator: the arbitration section finds a task on its desk.
    Course(kind="lawyers.penalty", record=LAWYER, conduct="私自接受委托，收取费用未开具票据", back=80,
           steps=(*DECIDED, "EffectPenalty"), measures=SUSPENDED),
    Course(kind="lawyers.penalty", record=LAWYER, conduct="无正当理由不按时出庭，造成委托人损失", back=170,
           steps=(*DECIDED, "EffectPenalty", "RecordPayment"), measures=SUSPENDED, source="court"),
    Course(kind="lawyers.penalty", record=LAWYER, conduct="在同一案件中为有利益冲突的双方代理", back=24,
           steps=(*PROPOSED, "RequestHearing", "NotifyHearing"), source="inspection",
           measures=_of("lawyers.L47", "suspension", gravity="serious", months=2)),
    Course(kind="lawyers.penalty", record=LAWYER, conduct="向司法行政部门提供虚假材料", back=112,
           steps=FILED, measures={}, source="transfer"),
    Course(kind="lawyers.penalty", record=LAWYER, conduct="因故意犯罪受到刑事处罚", back=60,
           steps=PROVINCE, measures=_of("lawyers.L49b", "revocation"), source="court"),
    Course(kind="lawyers.penalty", record=FIRM, conduct="对本所律师疏于管理，造成严重后果", back=150,
           steps=(*DECIDED, "EffectPenalty", "RecordPayment", "ClosePenalty"), source="inspection",
           measures=_of("lawyers.L50", "warning", "fine", fine=Decimal(30_000)),
           last={"RecordPayment": {"paid": Decimal(30_000)}}),
    Course(kind="lawyers.penalty", record=LAWYER, conduct="以诋毁同行的方式承揽业务", back=200,
           steps=(*DECIDED, "EffectPenalty", "AnnulPenalty"),
           measures=_of("lawyers.L47", "suspension", gravity="serious", months=3)),
    Course(kind="lawyers.penalty", record=LAWYER, conduct="拒绝履行法律援助义务", back=3, steps=(),
           measures={}),
    Course(kind="notary.penalty", record=NOTARY, conduct="为不真实的事项出具公证书", back=45,
           steps=(*DECIDED, "EffectPenalty"), source="court",
           measures=_of("notary.N42_notary", "suspension", "fine", months=6, fine=Decimal(5_000))),
    Course(kind="notary.penalty", record=NOTARY, conduct="违反规定的收费标准收取公证费", back=130,
           steps=(*KEPT_BACK, "EffectPenalty", "ClosePenalty"), measures=_of("notary.N41_notary", "warning")),
    Course(kind="notary.penalty", record=NOTARY, conduct="为近亲属办理公证", back=20,
           steps=(*FILED, "SubmitForReview"), measures=_of("notary.N41_notary", "warning")),
    Course(kind="appraisal.penalty", record=APPRAISER, conduct="经人民法院依法通知，拒绝出庭作证", back=70,
           steps=(*BY_PROVINCE, "EffectPenalty"), source="court",
           measures=_of("appraisal.P13b", "suspension", months=3)),
    Course(kind="appraisal.penalty", record=INSTITUTION, conduct="超出登记的业务范围开展司法鉴定活动",
           back=33, steps=PROVINCE, source="inspection", measures=_of("appraisal.A39", "warning", "order")),
    Course(kind="appraisal.penalty", record=INSTITUTION, conduct="未依法办理变更登记", back=90,
           steps=(*FILED, "ExemptPenalty"), measures={}, source="inspection"),
    Course(kind="arbitration.penalty", record="arbitration.arbitration_commission",
           conduct="换届后未按规定办理变更备案", back=50,
           steps=(*PROVINCE, "RecordProvinceDecision", "ServePenalty", "EffectPenalty", "ClosePenalty"),
           source="inspection",
           measures=_of("arbitration.R1", "order")),
    Course(kind="lawyers.discipline", record=LAWYER, conduct="在网络平台发布不实宣传", back=95,
           steps=(*SANCTIONED, "CloseDiscipline"), measures=_of("lawyers.D1", "circular")),
    Course(kind="lawyers.discipline", record=LAWYER, conduct="受停止执业处罚，同期中止会员权利", back=25,
           steps=SANCTION, measures=_of("lawyers.D2", "suspension", months=3), source="penalty"),
    Course(kind="notary.discipline", record=NOTARY, conduct="公证书多处错误", back=60,
           steps=(*SANCTIONED, "CloseDiscipline"), measures=_of("notary.D1", "serious_warning")),
    Course(kind="appraisal.discipline", record=APPRAISER, conduct="鉴定文书不规范，多次整改不到位", back=15,
           steps=SANCTION[:3], measures={}, source="inspection"),
    Course(kind="arbitration.discipline", record="arbitration.arbitrator",
           conduct="应当回避而没有回避", back=40, steps=SANCTIONED,
           measures=_of("arbitration.E1", "suspension", months=6)),
)  # fmt: skip
DECIDERS = {"arbitration": "institution"}


class Play:
    """The clerks take the steps, others sign; every case has a number and a day of its own."""

    def __init__(
        self, suite: Suite, clerks: dict[str, Actor], second: str, signers: tuple[Actor, ...]
    ) -> None:
        self._suite, self._clerks, self._second, self._signers = suite, clerks, second, signers
        self._taken: dict[str, list[int]] = {}

    def run(self) -> list[str]:
        """Play every case whose field is on and has somebody to punish; gives their numbers."""
        numbers = []
        for place, course in enumerate(COURSES, 1):
            owner = course.kind.split(".", 1)[0]
            clerk = self._clerks.get(course.kind) or self._clerks.get(owner)
            subject = self._next(course.record, clerk) if clerk is not None else None
            if clerk is not None and subject is not None:
                numbers.append(self._case(course, place, owner, subject, clerk))
        return numbers

    def _next(self, kind: str, clerk: Actor) -> int | None:
        """Somebody active of a kind who has no case yet."""
        if kind not in self._taken:
            query = ListQuery(kind=kind, filters={"status": ("active",)}, sort=(("name", False),))
            with self._suite.reading() as session:
                self._taken[kind] = list(list_ids(session, clerk, self._suite.catalog, query).ids)
        return self._taken[kind].pop(0) if self._taken[kind] else None

    def _case(self, course: Course, place: int, owner: str, subject: int, clerk: Actor) -> str:
        day = self._suite.today - dt.timedelta(days=course.back)
        if course is COURSES[0]:
            self._also_an_arbitrator(subject)
        opening = "OpenPenalty" if course.kind.endswith(".penalty") else "OpenDiscipline"
        opened = self._suite.run(
            step(
                self._suite.catalog, opening, kind=course.kind, on=day, respondent=(subject,),
                source=course.source, conduct=course.conduct,
                source_no=f"石办转〔{day.year}〕{place}号" if course.source == "court" else "",
            ),
            clerk,
        )  # fmt: skip
        case_id: int = opened.result["case_id"]
        self._suite.run(RemarkCase(case_id=case_id, on=day, note="已与当事人所在单位核对基本情况"), clerk)
        for number, name in enumerate(course.steps, 1):
            on = min(self._suite.today, day + dt.timedelta(days=1 + number * 2))
            self._take(case_id, name, on, self._given(course, name, place, owner, clerk, on), clerk)
        return str(opened.result["number"])

    def _given(
        self, course: Course, name: str, place: int, owner: str, clerk: Actor, on: dt.date
    ) -> dict[str, Any]:
        """What a step needs."""
        given: dict[str, Any] = dict(course.measures) if name in MEASURED else {}
        match name:
            case "AssignInvestigators" | "NotifyMember":
                given["officer"] = (clerk.login, self._second)
            case "CollectEvidence" | "CollectProof":
                given["lines"] = (
                    {"list_key": "evidence", "code": "documentary", "name": "委托合同、收费凭证", "day": on,
                     "place": "当事人处调取", "holder": clerk.name},
                    {"list_key": "interviews", "name": "当事人", "day": on, "holder": clerk.name,
                     "text": "承认上述事实"},
                )  # fmt: skip
            case "SubmitForReview" | "ProposeDiscipline":
                given["facts_found"] = f"经查，当事人{course.conduct}，有书证和询问笔录为证。"
            case "PassReview":
                given["reviewer"] = (self._signers[0].login,)
                given["review_opinion"] = "事实清楚，证据充分，程序合法。"
            case "NotifyRights":
                given["notice_no"] = f"石司罚告〔{on.year}〕{place}号"
            case "DeliberatePenalty":
                given["deliberation"] = "局长办公会讨论，同意处罚意见。"
            case "ReportPenalty":
                given["report_no"] = f"石司罚报〔{on.year}〕{place}号"
            case "RecordProvinceDecision":
                given["decision_no"] = f"冀司罚决字〔{on.year}〕{place}号"
            case "DecidePenalty":
                given["decision_no"] = f"石司罚决字〔{on.year}〕{place}号"
            case "DecideDiscipline":
                given |= {
                    "decision_no": f"石协处〔{on.year}〕{place}号",
                    "decider": DECIDERS.get(owner, "city_association"),
                }
            case "HearMember":
                given |= {"statement": "当事人请求从轻", "hearing_opinion": "当事人书面放弃听证"}
            case "EffectPenalty" | "EffectDiscipline" if course.measures.get("months"):
                until = suspension_until(on, course.measures["months"])
                given |= {"effective_from": on, "effective_until": until}
            case "NotifyHearing":
                given |= {
                    "hearing_on": self._suite.today + dt.timedelta(days=14),
                    "hearing_place": "市局二楼会议室",
                    "chair": (self._signers[-1].login,),
                }
            case "RecordPayment":
                given |= {"paid": Decimal(8_000), **(course.last or {}).get(name, {})}
            case "ExemptPenalty":
                given["no_penalty_ground"] = "first"
            case "AnnulPenalty":
                given["annulment_document"] = f"冀司复决〔{on.year}〕{place}号"
        return given

    def _also_an_arbitrator(self, lawyer: int) -> None:
        """The first one punished sits on the panel of the arbitration commission too."""
        clerk = self._clerks.get("arbitration")
        if clerk is None:
            return
        with self._suite.reading() as session:
            from suite.kernel.registry.record_file import record_file

            record = record_file(session, self._signers[0], self._suite.catalog, lawyer)
        row = RowEdit(values={"name": record.values["name"], "district_code": "130102"}, person_of=lawyer)
        self._suite.run(SaveRecords(kind="arbitration.arbitrator", rows=(row,)), self._signers[0])

    def _take(self, case_id: int, name: str, on: dt.date, given: dict[str, Any], clerk: Actor) -> None:
        """One step, signed by all whom it asks for."""
        if paper_up(self._suite, clerk, case_id, name, on) is not None:
            return
        with self._suite.reading() as session:
            version = case_versions(session, clerk, self._suite.catalog, (case_id,))[case_id]
        command = step(self._suite.catalog, name, case_id=case_id, expected_version=version, on=on, **given)
        # Whoever investigated does not review.
        taker = self._signers[0] if name == "PassReview" else clerk
        done = self._suite.run(command, taker)
        signed = 0
        while "approval" in done.result and signed < len(self._signers):
            approve = ApproveStep(approval=done.result["approval"], opinion="同意")
            with that_day(self._suite, on):
                done = self._suite.run(approve, self._signers[signed])
            signed += 1


def penalties(suite: Suite, clerks: dict[str, Actor], second: str, signers: tuple[Actor, ...]) -> str:
    """The cases; nothing for fields that are off.

    clerks: by profession, or by kind of case. signers: who signs as head, and as leader.
    """
    numbers = Play(suite, clerks, second, signers).run()
    return f"{len(numbers)} 件处罚、处分案件" if numbers else "没有可以处罚的对象"
