"""Applications of a year for the demonstration, in notary, appraisal and arbitration."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from suite.cli.demo_steps import Section
from suite.kernel.registry.current import current_records
from suite.kernel.registry.queries import ListQuery, list_ids

if TYPE_CHECKING:
    from suite.bootstrap import Suite
    from suite.contract.commands import Actor

OFFICE, NOTARY, ASSISTANT = "notary.notary_office", "notary.notary", "notary.notary_assistant"
INSTITUTION, APPRAISER = "appraisal.appraisal_institution", "appraisal.appraiser"
COMMISSION, ARBITRATOR = "arbitration.arbitration_commission", "arbitration.arbitrator"
CHECK, UP = "CheckApplication", ("ReviewApplication", "ReportApplication")
GRANTED = ("AcceptApplication", *UP, "RecordGrant", "IssueCertificate")
MINISTRY = ("AcceptApplication", CHECK, *UP, "PassApplication", "RecordGrant", "IssueCertificate")
REVIEWED = ("AcceptApplication", CHECK, "StartExpertReview", "EndExpertReview", *UP)
TESTED = ("AcceptApplication", CHECK, "StartExam", "EndExam", *UP)
PEOPLE = {"chair_name": "郭志远", "vice_chairs": 3, "members": 9, "expert_members": 9}

Values = Mapping[str, Any]
Given = Mapping[str, Values]
Fits = Callable[[Values, dt.date], bool]


@dataclass(frozen=True, kw_only=True)
class Course:
    """One case: what is applied for, who has which part, how long ago it began, and the steps it has taken.

    parts: role → kind of record, or a role before it whose body is meant (`notary.body`). fits: which record
    of a kind is taken, the first active one where nothing is said. given: command → what it takes besides.
    every: days between the steps. unsigned: the last step waits for its signatures.
    """

    kind: str
    back: int
    steps: tuple[str, ...] = ()
    values: Values = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)
    fits: Mapping[str, Fits] = field(default_factory=dict)
    given: Given = field(default_factory=dict)
    opening: str = "OpenApplication"
    every: int = 4
    unsigned: bool = False


def _ends(least: int, most: int) -> Fits:
    """Whose licence ended or ends so many days from today."""

    def fits(values: Values, today: dt.date) -> bool:
        ends: dt.date | None = values.get("licensed_to")
        return ends is not None and least <= (ends - today).days <= most

    return fits


def _grown(values: Values, today: dt.date) -> bool:
    """Old enough to be a notary."""
    born: dt.date | None = values.get("birth_date")
    return born is not None and 26 * 365 < (today - born).days < 60 * 365


def _experienced(values: Values, today: dt.date) -> bool:
    since: dt.date | None = values.get("first_practice_on")
    return since is not None and (today - since).days > 1500 and not values.get("is_head")


def _clinical(values: Values, today: dt.date) -> bool:
    return "A02" in (values.get("scope") or "")


def courses(today: dt.date) -> tuple[Course, ...]:
    """Every case of the year, those that ended first."""
    term = {
        "term_number": 8,
        "term_from": today - dt.timedelta(days=30),
        "term_to": today + dt.timedelta(days=1700),
    }
    outside = {"decision_no": "冀司许决〔{year}〕{no}号", "decided_by": "河北省司法厅"}
    by_ministry: Given = {"RecordGrant": {"decision_no": "司任〔{year}〕{no}号", "decided_by": "司法部"}}
    newcomer = {"district_code": "130102"}
    passed = {"review_result": "passed", "expert_opinion": "现场评审、考核合格"}
    checked: Given = {CHECK: {"not_barred": True}}
    reviewing: Given = {**checked, "StartExpertReview": {"review_days": 30}, "EndExpertReview": passed}
    testing: Given = {
        **checked, "StartExam": {"review_days": 15},
        "EndExam": {**passed, "exam_on": today - dt.timedelta(days=90)},
    }  # fmt: skip
    appraiser = {
        "employment": "full_time", "eligibility": "degree", "job_title": "intermediate", "field_years": 7,
        "scope": ("A02",),
    }  # fmt: skip
    return (
        Course(kind="notary.office_application", back=190, steps=GRANTED, every=9, parts={"office": OFFICE},
               values={"item": "area", "new_area": "石家庄市市辖区"},
               given={"RecordGrant": outside, "IssueCertificate": {"licence_no": "1301{no:05d}"}}),
        Course(kind="notary.office_application", back=25, steps=("AcceptApplication", *UP),
               values={"item": "establish", "applicant_name": "河北省石家庄市太行公证处",
                       "form": "cooperative", "new_address": "裕华区槐安东路 118 号", "notaries": 3,
                       "new_area": "裕华区", "has_funds": True, "head_name": "邢雅文",
                       "district_code": "130108"}),
        Course(kind="notary.head_approval", back=120, steps=("ApproveHead", "FileHead"),
               parts={"candidate": NOTARY, "office": "candidate.body"}, fits={"candidate": _experienced},
               values={"elected_on": today - dt.timedelta(days=125), "election": "公证员会议推选记录"},
               given={"ApproveHead": {"review_opinion": "推选程序合规，符合任职条件"},
                      "FileHead": {"decision_no": "石司公核〔{year}〕{no}号", "decided_on": None,
                                   "report_no": "石司〔{year}〕{no}号"}}),
        Course(kind="notary.head_approval", back=9, steps=("ApproveHead",), unsigned=True,
               parts={"candidate": NOTARY, "office": "candidate.body"}, fits={"candidate": _experienced},
               values={"elected_on": today - dt.timedelta(days=12), "election": "公证员会议推选记录"},
               given={"ApproveHead": {"review_opinion": "推选程序合规，符合任职条件"}}),
        Course(kind="notary.appointment", back=110, steps=MINISTRY, every=11,
               parts={"applicant": ASSISTANT, "office": "applicant.body"}, fits={"applicant": _grown},
               values={"item": "exam", "recommendation": "同意推荐", "qualification_no": "A20191301020117",
                       "internship_from": dt.date(2023, 9, 1), "internship_to": dt.date(2025, 9, 30)},
               given={**checked, **by_ministry, "IssueCertificate": {"licence_no": "113012026{no:07d}"}}),
        Course(kind="notary.appointment", back=40, steps=MINISTRY[:5], every=6,
               values={"item": "exam", "applicant_name": "柳梦琪", "sex": "female", **newcomer,
                       "birth_date": dt.date(1994, 8, 9), "qualification_no": "A20171301050321",
                       "internship_from": dt.date(2023, 6, 1), "internship_to": dt.date(2025, 6, 30)},
               parts={"office": OFFICE}, given=checked),
        Course(kind="notary.removal", back=30, steps=("AcceptApplication", *UP), parts={"notary": NOTARY},
               values={"item": "own_wish", "evidence": "本人辞职申请"}),
        Course(kind="notary.practice_application", back=48, steps=("AcceptApplication",), every=3,
               parts={"notary": NOTARY, "office": OFFICE}, values={"item": "transfer"}),
        Course(kind="appraisal.institution_registration", back=60, steps=GRANTED, every=7,
               parts={"applicant": INSTITUTION}, fits={"applicant": _ends(20, 400)},
               values={"item": "renew"}, given={"RecordGrant": outside}),
        Course(kind="appraisal.institution_registration", back=21, steps=REVIEWED[:3],
               values={"item": "establish", "applicant_name": "河北医科大学燕赵司法鉴定中心",
                       "district_code": "130102", "parent_type": "university",
                       "parent_body": "河北医科大学", "funds": 800_000, "scope": ("A02", "A04"),
                       "appraisers_per_item": 4, "cma_no": "230312340088", "head_name": "段立新",
                       "legal_representative": "段立新", "new_address": "长安区中山东路 361 号"},
               given=reviewing),
        Course(kind="appraisal.institution_registration", back=45, steps=("AcceptApplication", CHECK),
               every=2, parts={"applicant": INSTITUTION}, fits={"applicant": _clinical},
               values={"item": "scope", "scope": ("B01",), "appraisers_per_item": 3}, given=checked),
        Course(kind="appraisal.appraiser_registration", back=100,
               steps=(*TESTED, "RecordGrant", "IssueCertificate"), every=8,
               parts={"institution": INSTITUTION}, fits={"institution": _clinical},
               values={"item": "first", "applicant_name": "安晓峰", **newcomer, **appraiser},
               given={**testing, "RecordGrant": outside,
                      "IssueCertificate": {"licence_no": "130105{no:06d}"}}),
        Course(kind="appraisal.appraiser_registration", back=35, every=9,
               steps=("AcceptApplication", "ProposeDenial", "RecordDenial"),
               parts={"institution": INSTITUTION}, fits={"institution": _clinical},
               values={"item": "first", "applicant_name": "石小军", **newcomer, **appraiser,
                       "field_years": 2},
               given={"ProposeDenial": {"refusal_ground": "qualification", "report_no": "石司〔2026〕52号",
                                        "review_opinion": "从事相关工作不满五年"},
                      "RecordDenial": {**outside, "denial_reason": "不符合决定第四条规定的条件"}}),
        Course(kind="appraisal.conditions", back=230, opening="OpenShortfall",
               parts={"applicant": INSTITUTION},
               values={"ground": "appraisers", "lacking": "一个执业类别只有两名鉴定人", "frozen": ("A02",),
                       "order_no": "石司鉴改〔2026〕1号", "lost_on": today - dt.timedelta(days=235)}),
        Course(kind="appraisal.conditions", back=50, opening="OpenShortfall",
               parts={"applicant": INSTITUTION},
               values={"ground": "laboratory", "lacking": "法医物证实验室资质认定到期",
                       "lost_on": today - dt.timedelta(days=55)}),
        Course(kind="arbitration.filing", back=80, steps=("FileChange",), parts={"commission": COMMISSION},
               values={"item": "members", "changed_on": today - dt.timedelta(days=86), **PEOPLE}),
        Course(kind="arbitration.filing", back=12, steps=("RequestMaterials",),
               parts={"commission": COMMISSION},
               values={"item": "renewal", "changed_on": today - dt.timedelta(days=30), "replaced": 5,
                       **PEOPLE, **term},
               given={"RequestMaterials": {"supplement_items": "市政府聘任文件"}}),
        Course(kind="arbitration.panel", back=64, steps=("FileChange",), parts={"commission": COMMISSION},
               values={"item": "appoint", "applicant_name": "盛怀民", **newcomer, "eligibility": "lawyer",
                       "eligibility_years": 12, "changed_on": today - dt.timedelta(days=70),
                       "decision_no": "石裁字〔2026〕9号", "licence_no": "石裁聘〔2026〕031",
                       "term_from": today - dt.timedelta(days=70),
                       "term_to": today + dt.timedelta(days=1000)}),
        Course(kind="arbitration.panel", back=4, parts={"arbitrator": ARBITRATOR, "commission": COMMISSION},
               values={"item": "resign", "changed_on": today - dt.timedelta(days=6),
                       "end_reason": "own_wish", "decision_no": "石裁字〔2026〕15号"}),
    )  # fmt: skip


#: What a step of the frame takes, for every profession.
USUAL: Mapping[str, Values] = {
    CHECK: {},
    "ReviewApplication": {"review_opinion": "材料齐全，符合规定条件"},
    "ReportApplication": {"report_no": "石司〔{year}〕{no}号"},
    "PassApplication": {"passed_no": "冀司〔{year}〕{no}号"},
    "RecordGrant": {"decided_on": None},
    "RecordDenial": {"decided_on": None},
    "IssueCertificate": {"issued_on": None},
}


class Play:
    """The clerks take the steps, others sign; no record has two cases."""

    def __init__(self, suite: Suite, clerks: Mapping[str, Actor], signers: tuple[Actor, ...]) -> None:
        self._suite, self._clerks, self._signers = suite, clerks, signers
        self._taken: set[int] = set()

    def run(self) -> list[str]:
        """Play every case whose field is on and whose parts somebody can take; gives their numbers."""
        numbers = []
        for place, course in enumerate(courses(self._suite.today), 1):
            clerk = self._clerks.get(course.kind.split(".", 1)[0])
            parts = self._parts(course, clerk) if clerk is not None else None
            if clerk is not None and parts is not None:
                numbers.append(self._case(course, place, parts, clerk))
        return numbers

    def _parts(self, course: Course, clerk: Actor) -> dict[str, tuple[int, ...]] | None:
        """Role → record; None where nobody fits."""
        found: dict[str, tuple[int, ...]] = {}
        bodies: dict[str, int] = {}
        for role, what in course.parts.items():
            if what.endswith(".body"):
                found[role] = (bodies[what.removesuffix(".body")],)
                continue
            picked = self._pick(what, course.fits.get(role), clerk, set(bodies.values()))
            if picked is None:
                return None
            number, body = picked
            found[role] = (number,)
            if body is not None:
                bodies[role] = body
        return found

    def _pick(
        self, kind: str, fits: Fits | None, clerk: Actor, but: set[int]
    ) -> tuple[int, int | None] | None:
        declared = self._suite.catalog.kinds[kind]
        alone = kind != COMMISSION
        with self._suite.reading() as session:
            query = ListQuery(kind=kind, filters={"status": ("active",)}, sort=(("name", False),))
            ids = list_ids(session, clerk, self._suite.catalog, query).ids
            free = [number for number in ids if not alone or number not in self._taken | but]
            for number, record in current_records(session, declared, free).items():
                body = record.values.get("body_id")
                standing = not declared.has_person or kind == ARBITRATOR or body is not None
                if standing and (fits is None or fits(record.values, self._suite.today)):
                    if alone:
                        self._taken.add(number)
                    return number, body
        return None

    def _case(self, course: Course, place: int, parts: Mapping[str, tuple[int, ...]], clerk: Actor) -> str:
        section = Section(suite=self._suite, clerk=clerk, signers=self._signers)
        day = self._suite.today - dt.timedelta(days=course.back)
        opened = section.open(course.opening, course.kind, day, **course.values, **parts)
        for number, name in enumerate(course.steps, 1):
            # The first step comes within the days in which what is missing must be told.
            on = min(self._suite.today, day + dt.timedelta(days=3 + (number - 1) * course.every))
            given = {
                key: on if value is None else _worded(value, on.year, place)
                for key, value in {**USUAL.get(name, {}), **course.given.get(name, {})}.items()
            }
            waits = course.unsigned and name == course.steps[-1]
            section.take(opened.result["case_id"], name, on, signatures=1 if waits else None, **given)
        return str(opened.result["number"])


def _worded(value: Any, year: int, place: int) -> Any:
    return value.format(year=year, no=place) if isinstance(value, str) else value


def applications(suite: Suite, clerks: Mapping[str, Actor], signers: tuple[Actor, ...]) -> str:
    """The cases; nothing for fields that are off. `signers`: who signs as head, and as leader."""
    numbers = Play(suite, clerks, signers).run()
    return f"{len(numbers)} 件公证、司法鉴定、仲裁的申请" if numbers else "没有可以办理的申请"
