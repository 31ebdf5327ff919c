"""Applications of firms and lawyers for the demonstration, each so far as its fate leads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from itertools import cycle
from typing import TYPE_CHECKING, Any

from suite.cli.demo_steps import Section
from suite.contract.problems import Refused
from suite.kernel.registry.identifiers.uscc import check_character
from suite.kernel.registry.queries import ListQuery, list_ids
from suite.kernel.registry.rows import RosterRow, roster_rows

if TYPE_CHECKING:
    from suite.bootstrap import Suite
    from suite.contract.commands import Actor

LAWYER, TRAINEE, FIRM, UNIT = (
    f"lawyers.{kind}" for kind in ("lawyer", "trainee_lawyer", "law_firm", "employer_unit")
)
FIRM_CASE, LAWYER_CASE, CERTIFICATE, FILING, NOTICE = (
    f"lawyers.{kind}"
    for kind in ("firm_application", "lawyer_application", "certificate", "firm_filing", "firm_notice")
)
PARTNERSHIP = "general_partnership"
#: The steps of an application, with the days from its receipt on.
COURSE = (
    ("AcceptApplication", 3), ("ReviewApplication", 14), ("ReportApplication", 16), ("RecordGrant", 26),
    ("IssueCertificate", 30),
)  # fmt: skip
#: How far an application has come, and how many of the steps that is.
FAR = {"received": 0, "accepted": 1, "reviewed": 2, "reported": 3, "granted": 4, "done": 5}


class Play:
    """The section of lawyers: applications of the last months."""

    def __init__(self, section: Section) -> None:
        self._section, self._suite, self._numbers = section, section.suite, list[str]()
        self._lawyers = cycle(self._practised())
        self._firms = cycle(self._rows(FIRM, {"status": ("active",), "category": (PARTNERSHIP,)}, 60))
        self._serial = 0

    def run(self) -> list[str]:
        """Play every application; gives their numbers."""
        moves = (
            ("done", 70),
            ("done", 64),
            ("granted", 36),
            ("reported", 50),
            ("accepted", 48),
            ("received", 2),
        )
        for fate, back in moves:
            self._play(LAWYER_CASE, fate, back, **self._move())
        late = self._open(LAWYER_CASE, 6, **self._move())
        self._take(late, "RequestMaterials", 4, supplement_items="原执业机构出具的解除聘用关系证明；交接证明")
        for trainee in self._some(TRAINEE, ("qualified",), 40):
            started = trainee.values["started_on"]
            back = min(75, (self._suite.today - started).days - 366) if started is not None else 0
            if back > COURSE[-1][1]:
                values = {"item": "first", "applicant": (trainee.subject_id,), "firm": self._firm()}
                self._play(LAWYER_CASE, "done", back, category="full_time", **values)
                break
        for paused in self._some(LAWYER, ("practice_paused",), 2):
            values = {"item": "resume", "applicant": (paused.subject_id,), "firm": self._firm()}
            self._play(LAWYER_CASE, "signing", 20, **values)
        for unit in self._some(UNIT, ("active",), 1):
            newcomer = {"applicant_name": "林雨桐", "district_code": "130102", "legal_work_years": 4}
            employed = {"item": "public", "firm": (unit.subject_id,), "category": "government"}
            self._play(LAWYER_CASE, "reported", 24, **newcomer, **employed)
        self._play(
            CERTIFICATE, "done", 45, item="lost", applicant=self._lawyer(), loss_notice="河北法制报遗失公告"
        )
        self._bodies()
        return self._numbers

    def _bodies(self) -> None:
        """Firms: one established, one denied, changes under way, filings."""
        founded = {
            "item": "establish", "form": "general_partnership", "assets": 600_000, "district_code": "130104",
            "address": "石家庄市桥西区自强路 120 号",
        }  # fmt: skip
        founders = tuple(number for _ in range(3) for number in self._lawyer())
        self._play(
            FIRM_CASE,
            "done",
            80,
            applicant_name="河北衡正律师事务所",
            founder=founders,
            head=founders[:1],
            **founded,
        )
        denied = self._play(
            FIRM_CASE, "reported", 60, applicant_name="河北立信和律师事务所", partner_count=3, **founded
        )
        if denied is not None:
            outside = {**self._decision(32, "不许决"), "denial_reason": "章程、合伙协议内容不符合规定"}
            self._take(denied, "RecordDenial", 30, **outside)
        self._play(
            FIRM_CASE, "reported", 21, item="name", applicant=self._firm(), new_name="河北恒辉律师事务所"
        )
        self._play(FIRM_CASE, "accepted", 9, item="head", applicant=self._firm(), head=self._lawyer())
        hearing = self._play(
            FIRM_CASE, "accepted", 30, item="form", applicant=self._firm(), form="sole", assets=300_000
        )
        if hearing is not None:
            self._take(hearing, "StartHearing", 12, note="合伙人之间有重大利益关系，告知听证权利后申请听证")
        day = self._suite.today - dt.timedelta(days=40)
        moved = self._open(
            FILING,
            12,
            item="residence",
            applicant=self._firm(),
            changed_on=day,
            address="石家庄市裕华区槐安东路 88 号",
        )
        self._take(moved, "FileChange", 9)
        partners = {"joining": self._lawyer(), "changed_on": self._suite.today - dt.timedelta(days=8)}
        self._open(FILING, 1, item="partners", applicant=self._firm(), **partners)

    def _play(self, kind: str, fate: str, back: int, **values: Any) -> int | None:
        """An application up to its fate; None where the law bars it, which then is not accepted."""
        case_id = self._open(kind, back, **values)
        for name, days in COURSE[: FAR.get(fate, 1)]:
            given = self._given(name, kind, values, back - days)
            try:
                self._take(case_id, name, back - days, **given)
            except Refused:
                if name != "AcceptApplication":
                    raise
                self._take(case_id, "DeclineApplication", back - days, refusal_ground="barred")
                return None
        if fate == "signing":
            given = self._given("ReviewApplication", kind, values, back - 14)
            self._take(case_id, "ReviewApplication", back - 14, signatures=1, **given)
        return case_id

    def _given(self, name: str, kind: str, values: Mapping[str, Any], back: int) -> dict[str, Any]:
        self._serial += 1
        match name:
            case "ReviewApplication":
                opinion = {"review_opinion": "经审查，申请材料齐全，符合法定条件，拟同意，报省厅决定。"}
                return opinion | ({"bar": "none"} if kind == LAWYER_CASE else {})
            case "ReportApplication":
                return {"report_no": f"石司报〔{self._suite.today.year}〕{100 + self._serial}号"}
            case "RecordGrant":
                return self._decision(back + 1)
            case "IssueCertificate":
                issued: dict[str, Any] = {"issued_on": self._suite.today - dt.timedelta(days=back)}
                if kind == CERTIFICATE or values["item"] == "change":
                    issued |= {"certificate_serial_no": f"D{self._serial:08d}"}
                if values["item"] in ("first", "public"):
                    issued |= {"practice_no": f"11301{self._suite.today.year}10{900_000 + self._serial}"}
                if values["item"] == "establish":
                    issued |= {
                        "licence_no": _credit_code(self._serial),
                        "certificate_serial_no": f"F{self._serial:08d}",
                    }
                return issued
        return {}

    def _decision(self, back: int, word: str = "许决") -> dict[str, Any]:
        self._serial += 1
        day = self._suite.today - dt.timedelta(days=back)
        number = f"冀司{word}〔{day.year}〕{300 + self._serial}号"
        return {"decision_no": number, "decided_on": day, "decided_by": "河北省司法厅"}

    def _open(self, kind: str, back: int, **values: Any) -> int:
        day = self._suite.today - dt.timedelta(days=back)
        done = self._section.open("OpenApplication", kind, day, **values)
        self._numbers.append(str(done.result["number"]))
        case_id: int = done.result["case_id"]
        return case_id

    def _take(self, case_id: int, name: str, back: int, **values: Any) -> None:
        day = self._suite.today - dt.timedelta(days=back)
        self._section.take(case_id, name, day, **values)

    def _lawyer(self) -> tuple[int, ...]:
        return (next(self._lawyers).subject_id,)

    def _firm(self) -> tuple[int, ...]:
        return (next(self._firms).subject_id,)

    def _move(self) -> dict[str, Any]:
        """A lawyer who wants to go to another firm."""
        lawyer, firm = next(self._lawyers), self._firm()
        if lawyer.values["body_id"][0] == firm[0]:
            firm = self._firm()
        return {"item": "change", "applicant": (lawyer.subject_id,), "firm": firm}

    def _practised(self) -> list[RosterRow]:
        """Lawyers of some years who are no partners, from the end of the list: others begin at its head."""
        least = dt.date(self._suite.today.year - 6, 1, 1)
        return [
            row
            for row in self._rows(LAWYER, {"status": ("active",), "category": ("full_time",)}, 120)
            if row.values["body_id"] and not row.values["is_partner"]
            and (row.values["first_practice_on"] or self._suite.today) < least
        ]  # fmt: skip

    def _some(self, kind: str, states: tuple[str, ...], most: int) -> list[RosterRow]:
        return self._rows(kind, {"status": states}, most)

    def _rows(self, kind: str, filters: Mapping[str, tuple[str, ...]], most: int) -> list[RosterRow]:
        with self._suite.reading() as session:
            query = ListQuery(kind=kind, filters=filters, sort=(("name", True),))
            ids = list_ids(session, self._section.clerk, self._suite.catalog, query).ids[:most]
            return roster_rows(session, self._section.clerk, self._suite.catalog, kind, ids)


def _credit_code(number: int) -> str:
    body = f"31130000{900_000_000 + number}"
    return body + check_character(body)


def licences(suite: Suite, clerk: Actor, signers: tuple[Actor, ...]) -> str:
    """The applications of firms and lawyers; nothing where the lawyers are off."""
    if "lawyers" not in suite.catalog.professions:
        return "没有启用律师"
    try:
        numbers = Play(Section(suite=suite, clerk=clerk, signers=signers)).run()
    except StopIteration:
        return "名册中没有可以申请的律师或者律师事务所"
    return f"{len(numbers)} 件许可与备案，{numbers[0]} 至 {numbers[-1]}"
