"""Complaints of a year for the demonstration, step by step through the commands of a section."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING, Any

from suite.cli.demo_steps import Section, paper_up
from suite.cli.demo_workbooks import SEED
from suite.kernel.casework.commands import LineGiven, RemarkCase
from suite.kernel.indicators.commands import RecordFigure
from suite.kernel.registry.queries import ListQuery, list_ids
from suite.tables.figures import part_of

if TYPE_CHECKING:
    from suite.bootstrap import Suite
    from suite.contract.commands import Actor

KIND, OPINIONS = "appraisal.complaint", "appraisal.opinions"
INSTITUTION = "appraisal.appraisal_institution"
SOURCES = ("letter", "visit", "hotline", "online", "transfer")
CATEGORIES = ("A02", "A03", "A05", "B01", "B02")
COMPLAINTS = (
    ("procedure", "鉴定时只有一名鉴定人到场，未告知可以申请回避"),
    ("fee", "加收“加急费”2,000 元，未开具票据"),
    ("court", "法院通知出庭，鉴定人无正当理由未到庭"),
    ("scope", "受理了许可证业务范围以外的鉴定"),
    ("material", "退还的影像胶片缺两张"),
    ("refusal", "以材料不全为由拒绝受理，未书面说明"),
)
NAMES = ("李建国", "王秀英", "张志强", "刘桂兰", "陈卫东", "杨丽华", "赵文博", "孙玉梅")
#: How far each complaint has come, the oldest first; the finding where it was decided.
FATES = (
    ("replied", "substantiated"), ("replied", "unfounded"), ("replied", "unfounded"), ("replied", "partly"),
    ("refused", ""), ("replied", "substantiated"), ("replied", "unfounded"), ("replied", "unfounded"),
    ("annulled", "substantiated"), ("lapsed", ""), ("replied", "partly"), ("terminated", ""),
    ("investigating", ""), ("suspended", ""), ("found", "substantiated"), ("deciding", "partly"),
    ("decided", "substantiated"), ("accepted", ""), ("supplementing", ""), ("late", ""), ("received", ""),
    ("received", ""),
)  # fmt: skip
OUTCOMES = {
    "substantiated": ("order", "责令改正，并对鉴定人予以训诫。"),
    "partly": ("criticism", "予以批评教育。"),
    "unfounded": ("no_violation", "未发现违反司法鉴定管理规定的行为。"),
}


class Play:
    """One section's year: a clerk takes the steps, the head and the leader sign."""

    def __init__(self, suite: Suite, clerk: Actor, second: str, signers: tuple[Actor, ...]) -> None:
        self._suite, self._clerk, self._second = suite, clerk, second
        self._section = Section(suite=suite, clerk=clerk, signers=signers)

    def run(self, bodies: list[int], rng: Random) -> list[str]:
        """Play every complaint; gives their numbers."""
        today, numbers = self._suite.today, []
        for place, (fate, finding) in enumerate(FATES):
            # The closed ones over the year, the open ones of the last weeks.
            back = 300 - place * 20 if place < 12 else {"late": 15, "received": 2}.get(fate, 60 - 2 * place)
            numbers.append(
                self._complaint(fate, finding, today - dt.timedelta(days=back), place, bodies, rng)
            )
        return numbers

    def _complaint(
        self, fate: str, finding: str, day: dt.date, place: int, bodies: list[int], rng: Random
    ) -> str:
        head, text = COMPLAINTS[place % len(COMPLAINTS)]
        opened = self._section.open(
            "OpenComplaint",
            KIND,
            day,
            respondent=(rng.choice(bodies),),
            source=SOURCES[place % len(SOURCES)],
            category=CATEGORIES[place % len(CATEGORIES)],
            report_no=f"冀正司鉴〔{day.year}〕临鉴字第{100 + place}号",
            request="退还鉴定费，对鉴定机构依法处理",
            known_on=day - dt.timedelta(days=40),
            complainants=({"name": NAMES[place % len(NAMES)], "phone": f"1393300{1000 + place}"},),
            allegations=({"head": head, "text": text},),
        )
        case_id: int = opened.result["case_id"]
        self._follow(case_id, fate, finding, day)
        return str(opened.result["number"])

    def _follow(self, case_id: int, fate: str, finding: str, day: dt.date) -> None:
        """The steps up to the fate."""
        if fate in ("received", "late"):
            return
        if fate in ("supplementing", "lapsed"):
            on = day + dt.timedelta(days=2)
            self.take(case_id, "RequestSupplement", on, supplement_items="身份证明复印件；鉴定文书复印件")
            # The time to supply it runs from the notice.
            paper_up(self._suite, self._clerk, case_id, "LapseSupplement", on)
            if fate == "lapsed":
                self.take(case_id, "LapseSupplement", on + dt.timedelta(days=20), note="电话、书面各催一次")
            return
        if fate == "refused":
            self.take(case_id, "RefuseComplaint", day + dt.timedelta(days=5), refusal_ground="opinion")
            self.take(case_id, "NotifyRefusal", day + dt.timedelta(days=6))
            return
        self.take(case_id, "AcceptComplaint", day + dt.timedelta(days=4))
        if fate == "accepted":
            return
        self.take(case_id, "NotifyAcceptance", day + dt.timedelta(days=5))
        officers = (self._clerk.login, self._second)
        self.take(case_id, "StartInvestigation", day + dt.timedelta(days=6), officer=officers)
        if fate == "suspended":
            self.take(
                case_id,
                "SuspendComplaint",
                day + dt.timedelta(days=15),
                suspension_reason="等待法院对同一事实的判决",
            )
        if fate == "terminated":
            on = day + dt.timedelta(days=12)
            asked = LineGiven(
                list_key="withdrawal", day=on, code="written", text="已与鉴定机构协商退费，自愿撤回投诉"
            )
            self.take(case_id, "TerminateComplaint", on, termination_ground="withdrawn", lines=(asked,))
        if not finding:
            self._suite.run(
                RemarkCase(case_id=case_id, on=day + dt.timedelta(days=8), note="调取鉴定档案并询问鉴定人"),
                self._clerk,
            )
            return
        found = day + dt.timedelta(days=18)
        findings = ({"no": 1, "finding": finding, "note": "有档案、票据和询问笔录为证"},)
        self.take(case_id, "FindAllegations", found, findings=findings)
        if fate == "found":
            return
        outcome, words = OUTCOMES[finding]
        rectify = {"rectify_by": found + dt.timedelta(days=45)} if outcome == "order" else {}
        self.take(
            case_id,
            "DecideComplaint",
            found + dt.timedelta(days=3),
            signatures=1 if fate == "deciding" else None,
            outcome=outcome,
            decision_summary=words,
            **rectify,
        )
        if fate in ("deciding", "decided"):
            return
        self.take(
            case_id,
            "ReplyComplaint",
            found + dt.timedelta(days=8),
            reply_no=f"石司鉴答〔{found.year}〕{case_id}号",
        )
        if fate == "annulled":
            self.take(
                case_id,
                "AnnulFindings",
                found + dt.timedelta(days=70),
                annul=(1,),
                annulment_document=f"冀司复决〔{found.year}〕3号",
                note="行政复议决定撤销认定",
            )

    def take(
        self, case_id: int, name: str, on: dt.date, *, signatures: int | None = None, **values: Any
    ) -> None:
        self._section.take(case_id, name, on, signatures=signatures, **values)


def complaints(suite: Suite, clerk: Actor, second: str, signers: tuple[Actor, ...], admin: Actor) -> str:
    """Opinions issued in each month of the year, and the complaints; nothing without institutions."""
    with suite.reading() as session:
        query = ListQuery(kind=INSTITUTION, filters={"status": ("active",)}, sort=(("name", False),))
        bodies = list(list_ids(session, clerk, suite.catalog, query).ids)
    if not bodies:
        return "没有可投诉的鉴定机构"
    rng = Random(f"{SEED}:complaints")
    issued = {month: rng.randint(55, 80) for month in range(1, suite.today.month + 1)}
    for month, number in issued.items():
        suite.run(
            RecordFigure(
                series=OPINIONS,
                period=f"{suite.today.year}-{month:02d}",
                value=Decimal(number),
                source="鉴定机构月报汇总",
            ),
            admin,
        )
    _opinions_by_part(suite, bodies, issued, rng, admin)
    numbers = Play(suite, clerk, second, signers).run(bodies, rng)
    return f"{len(numbers)} 件投诉，{numbers[0]} 至 {numbers[-1]}"


def _opinions_by_part(
    suite: Suite, bodies: list[int], issued: Mapping[int, int], rng: Random, admin: Actor
) -> None:
    """What each institution and each usual category issued, so that their own rates can be told: of every
    period they add up to what the city did (`issued`: month → number)."""
    year, month = suite.today.year, suite.today.month
    ended = range(1, (month - 1) // 3 + 1)
    quarters = {f"{year}-Q{number}": [3 * number - 2, 3 * number - 1, 3 * number] for number in ended}
    months = range(3 * len(quarters) + 1, month + 1)
    periods = {**quarters, **{f"{year}-{number:02d}": [number] for number in months}}
    for parts in (
        [part_of(INSTITUTION, body) for body in bodies],
        [part_of("appraisal.practice_category", category) for category in CATEGORIES],
    ):
        weights = [rng.randint(20, 60) for _ in parts]
        for period, those in periods.items():
            for part, number in zip(parts, _split(sum(issued[one] for one in those), weights), strict=True):
                value = Decimal(number)
                suite.run(
                    RecordFigure(
                        series=OPINIONS, period=period, value=value, part=part, source="鉴定机构报送"
                    ),
                    admin,
                )


def _split(total: int, weights: list[int]) -> list[int]:
    """A number in whole parts about as large as the weights; together they are the number."""
    ends, until = [0], 0
    for weight in weights:
        until += weight
        ends.append(total * until // sum(weights))
    return [last - first for first, last in pairwise(ends)]
