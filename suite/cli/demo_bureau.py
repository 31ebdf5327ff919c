"""The demonstration bureau: a database, its people, the imported rosters and a little history.

Everything goes the way it goes in the house: workbooks through the importer's preview, the rest by commands.
The same number of practitioners and the same business date give the same rosters.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from suite.cli import demo_history as history
from suite.cli.demo_cases import complaints
from suite.cli.demo_complaints import complaints_of_all
from suite.cli.demo_coverage import counsel
from suite.cli.demo_credit import credit
from suite.cli.demo_desk import desks
from suite.cli.demo_gradings import integrity, past_grades
from suite.cli.demo_inspections import inspections
from suite.cli.demo_ledgers import add_ledgers
from suite.cli.demo_licences import licences
from suite.cli.demo_licences_other import applications
from suite.cli.demo_papers import papers
from suite.cli.demo_penalties import penalties
from suite.cli.demo_popularization import popularization
from suite.cli.demo_reports import reports
from suite.cli.demo_returns import returns
from suite.cli.demo_reviews import reviews
from suite.cli.demo_seasons import evaluation
from suite.cli.demo_stock import last_years_ledger
from suite.cli.demo_workbooks import sample_request, sample_rows, write_workbook
from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.kernel.accounts.sections import AddSection, AppointHead, NameStandIn
from suite.kernel.exchange.annotate import write_held_rows
from suite.kernel.exchange.importing import accept
from suite.kernel.exchange.previewed import ImportRequest
from suite.kernel.indicators.commands import RecordFigure
from suite.kernel.indicators.declarations import POPULATION
from suite.kernel.registry.places import shipped

if TYPE_CHECKING:
    from suite.bootstrap import Suite
    from suite.contract.commands import Actor
    from suite.contract.declarations import SampleData, SampleRequest
    from suite.kernel.executor.work import Progress

SECTIONS = (
    ("律师工作管理科", "lawyers"),
    ("公证工作管理科", "notary"),
    ("司法鉴定与仲裁工作管理科", "appraisal"),
    ("普法办", "popularization"),
    ("办公室", None),
)
#: login, name, section, role, profession, district code
PEOPLE = (
    ("lvshike", "周明远", "律师工作管理科", "core.section_staff", "lawyers", None),
    ("gongzhengke", "何静怡", "公证工作管理科", "core.section_staff", "notary", None),
    ("jiandingke", "田立新", "司法鉴定与仲裁工作管理科", "core.section_staff", "appraisal", None),
    ("jianding2", "韩雪", "司法鉴定与仲裁工作管理科", "core.section_staff", "appraisal", None),
    ("jiandingkz", "周立群", "司法鉴定与仲裁工作管理科", "core.section_head", "appraisal", None),
    ("lvshikz", "宋国梁", "律师工作管理科", "core.section_head", "lawyers", None),
    ("gongzhengkz", "郝敏", "公证工作管理科", "core.section_head", "notary", None),
    ("zhongcaikz", "冯志刚", "司法鉴定与仲裁工作管理科", "core.section_head", "arbitration", None),
    ("zhongcai", "乔思敏", "司法鉴定与仲裁工作管理科", "core.section_staff", "arbitration", None),
    ("pufa", "段海燕", "普法办", "core.section_staff", "popularization", None),
    ("pufa2", "白玉洁", "普法办", "core.section_staff", "popularization", None),
    ("lvxie", "龚培文", None, "core.association", "lawyers", None),
    ("zhongcaihui", "梁文静", None, "core.association", "arbitration", None),
    ("changan", "毕晓东", None, "core.county_bureau", None, "130102"),
    ("zhengding", "耿玉兰", None, "core.county_bureau", None, "130123"),
    ("jiancha", "陶国强", None, "core.inspector", None, None),
    ("juling", "尹建华", "办公室", "core.leader", None, None),
    ("tongji", "米晓雯", "办公室", "core.statistician", None, None),
    ("shenji", "庞书平", "办公室", "core.auditor", None, None),
)
#: Who collects the numbers and reports them.
STATISTICIAN = "tongji"
#: Area of rights of its own → its keeper, and the role of keepers.
KEEPERS = {
    "appraisal.interference": ("jiandingke", "appraisal.interference_keeper"),
    "arbitration.proceedings": ("zhongcaihui", "arbitration.secretariat"),
}
#: From whom the inspectors of a draw are taken.
INSPECTORS = ("jiandingke", "jianding2", "zhongcai", "jiancha")
#: Section → its head.
HEADS = {
    "律师工作管理科": "lvshike",
    "公证工作管理科": "gongzhengke",
    "司法鉴定与仲裁工作管理科": "jiandingke",
    "普法办": "pufa",
    "办公室": "juling",
}
#: Section, who acts for its head, why, and for how many days from today.
STAND_IN = ("司法鉴定与仲裁工作管理科", "zhongcai", "参加省厅培训", 7)


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing that was done, how long it took, and in words what came of it."""

    step: str
    seconds: float
    text: str


@dataclass(frozen=True, kw_only=True)
class Imported:
    """One workbook that was imported."""

    kind: str
    title: str
    file: str
    run: int | None
    counts: dict[str, int]
    held_file: str | None


@dataclass(kw_only=True)
class Bureau:
    """The demonstration while it is being made."""

    suite: Suite
    folder: Path
    practitioners: int
    told: Callable[[Step], None]
    progress: Progress
    steps: list[Step] = field(default_factory=list)
    imports: list[Imported] = field(default_factory=list)
    eventful: dict[str, str] = field(default_factory=dict)

    def build(self) -> None:
        """Do everything, in order."""
        self.do("建立数据库，载入区划与村居", self._initialise)
        self.do("设置科室与用户", self._staff)
        request = sample_request(self.practitioners, self.suite.today)
        for sample in sorted(self.suite.catalog.samples, key=lambda item: (item.order, item.kind)):
            title = self.suite.catalog.kinds[sample.kind].title
            path = self.folder / "workbooks" / sample.file_name
            self.do(f"编制{title}样表", lambda s=sample, p=path: self._write(s, request, p))  # type: ignore[misc]
            self.do(f"导入{title}", lambda s=sample, p=path: self._import(s, p))  # type: ignore[misc]
        actor = self.suite.actor()
        self.do("变更执业机构", lambda: history.move(self.suite, actor, self.eventful))
        self.do("停止执业与恢复", lambda: history.suspend(self.suite, actor, self.eventful))
        self.do("更正历史记录", lambda: history.correct(self.suite, actor))
        self.do("设定参数", lambda: history.set_parameters(self.suite, actor))
        self.do("录入人口普查数", lambda: self._population(actor))
        self.do("导入去年的投诉台账", self._stock)
        self.do("办理投诉", lambda: self._complaints(actor))
        signers = (actor, self.suite.actor("juling"))
        self.do("办理许可", lambda: licences(self.suite, self._clerk("lawyers"), signers))
        clerks = {name: self._clerk(name) for name in self.suite.catalog.professions if name != "core"}
        self.do("办理公证、鉴定、仲裁的申请", lambda: applications(self.suite, clerks, signers))
        self.do("抽取和检查", lambda: inspections(self.suite, self._clerk, actor, INSPECTORS))
        self.do(
            "办理处罚与处分",
            lambda: penalties(self.suite, {**clerks, **self._associations()}, "jiancha", signers),
        )
        self.do("办理各行业投诉和小台账", lambda: complaints_of_all(self.suite, self._clerk))
        self.do("签发、送达文书，归档", self._papers)
        self.do("登记村（居）法律顾问服务", self._counsel)
        self.do("登记台账", lambda: f"{add_ledgers(self.suite, actor):,} 条")
        self.do("登记往年等次", self._past_grades)
        self.do("开展年度考核", self._reviews)
        self.do("开展普法评估", self._evaluation)
        self.do("开展普法工作", self._popularization)
        self.do("评定诚信等级", self._integrity)
        self.do("报送统计报表", lambda: returns(self.suite, actor))
        self.do("双公示、信用披露与修复", lambda: credit(self.suite, clerks, actor, signers))
        self.do(
            "冻结指标，编制报表和通报", lambda: reports(self.suite, self.suite.actor(STATISTICIAN), clerks)
        )
        self.do("退回、委托与移交", lambda: desks(self.suite))

    def do(self, name: str, work: Callable[[], str]) -> None:
        """One step, timed and told."""
        begun = time.perf_counter()
        text = work()
        step = Step(step=name, seconds=round(time.perf_counter() - begun, 2), text=text)
        self.steps.append(step)
        self.told(step)

    def _initialise(self) -> str:
        self.suite.initialise()
        parked = self.suite.plugins.parked.values()
        words = f"，未启用的插件：{'、'.join(item.title for item in parked)}" if parked else ""
        return f"{self.folder / 'suite.db'}{words}"

    def _staff(self) -> str:
        """Sections and users of the professions that are on."""
        actor = self.suite.actor()
        present = {None, *self.suite.catalog.professions}
        sections = [item for item in SECTIONS if item[1] in present]
        for name, profession in sections:
            self.suite.run(AddSection(name=name, profession=profession), actor)
        people = [person for person in PEOPLE if person[4] in present]
        for login, name, section, role, profession, district in people:
            known = any(section == item[0] for item in sections)
            self.suite.run(AddUser(login=login, name=name, section=section if known else None), actor)
            self.suite.run(GrantRole(login=login, role=role, profession=profession, district=district), actor)
        for area, (login, role) in KEEPERS.items():
            profession = area.partition(".")[0]
            if profession in present:
                self.suite.run(GrantRole(login=login, role=role, profession=profession), actor)
        for name, _ in sections:
            if HEADS[name] in {person[0] for person in people}:
                self.suite.run(AppointHead(section=name, login=HEADS[name]), actor)
        name, login, reason, days = STAND_IN
        today = self.suite.today
        if {login, HEADS[name]} <= {person[0] for person in people}:
            last = today + dt.timedelta(days=days - 1)
            stand_in = NameStandIn(section=name, login=login, first_day=today, last_day=last, reason=reason)
            self.suite.run(stand_in, actor)
        return f"{len(sections)} 个科室，{len(people)} 名用户"

    def _write(self, sample: SampleData, request: SampleRequest, path: Path) -> str:
        unit = self.suite.catalog.kinds[sample.kind].unit
        rows = write_workbook(sample, sample_rows(sample, request), path, unit=unit, today=self.suite.today)
        return f"{path.name}，{rows:,} 行"

    def _import(self, sample: SampleData, path: Path) -> str:
        """Preview and accept, as the section's own clerk; held rows go into a workbook of their own."""
        suite, kind = self.suite, self.suite.catalog.kinds[sample.kind]
        clerk = self._clerk(kind.owner)
        preview = suite.preview(ImportRequest(kind=kind.key, path=path), clerk, progress=self.progress)
        done = suite.run(accept(preview), clerk, progress=self.progress)
        counts = preview.counts
        held_file = None
        if counts["held"]:
            held_file = str(Path("held") / f"{path.stem}（未导入）.xlsx")
            write_held_rows(preview, self.folder / held_file)
        self.imports.append(
            Imported(
                kind=kind.key,
                title=kind.title,
                file=str(Path("workbooks") / path.name),
                run=done.result["run"],
                counts=counts,
                held_file=held_file,
            )
        )
        return f"新增 {counts['new']:,}，未写入 {counts['held']:,}"

    def _population(self, actor: Actor) -> str:
        """The census of 2020, district by district: what some indicators divide by."""
        rows = list(shipped("districts"))
        for row in rows:
            self.suite.run(
                RecordFigure(
                    series=POPULATION.series,
                    period="2020",
                    district_code=row["code"],
                    value=Decimal(row["population_2020"]) / 10_000,
                    source="第七次全国人口普查公报",
                ),
                actor,
            )
        return f"{len(rows)} 个区县的常住人口"

    def _stock(self) -> str:
        """The ledger that the section of appraisal kept by hand before."""
        if "appraisal" not in self.suite.catalog.professions:
            return "没有启用司法鉴定"
        return last_years_ledger(self.suite, self._clerk("appraisal"), self.folder / "workbooks")

    def _complaints(self, actor: Actor) -> str:
        """A year of complaints: two officers, a head and a leader."""
        if "appraisal" not in self.suite.catalog.professions:
            return "没有启用司法鉴定"
        signers = (self.suite.actor("jiandingkz"), self.suite.actor("juling"))
        return complaints(self.suite, self._clerk("appraisal"), "jianding2", signers, actor)

    def _papers(self) -> str:
        """By a clerk of every section that there is."""
        return papers(self.suite, [self._clerk(name) for name in self.suite.catalog.professions])

    def _counsel(self) -> str:
        """What counsel did in the villages."""
        if "lawyers" not in self.suite.catalog.professions:
            return "没有启用律师"
        return counsel(self.suite, self._clerk("lawyers"))

    def _reviews(self) -> str:
        """The yearly review of lawyers and firms, the association deciding."""
        if "lawyers" not in self.suite.catalog.professions:
            return "没有启用律师"
        return reviews(self.suite, self._clerk("lawyers"), self.suite.actor("lvxie"))

    def _past_grades(self) -> str:
        """The lawyers' grades of the years before."""
        if "lawyers" not in self.suite.catalog.professions:
            return "没有启用律师"
        return past_grades(self.suite, self._clerk("lawyers"))

    def _integrity(self) -> str:
        """The integrity grades of the appraisal institutions."""
        if "appraisal" not in self.suite.catalog.professions:
            return "没有启用司法鉴定"
        return integrity(self.suite, self._clerk("appraisal"))

    def _evaluation(self) -> str:
        """The evaluation of duty units, two scorers and a third."""
        if "popularization" not in self.suite.catalog.professions:
            return "没有启用普法"
        return evaluation(self.suite, self._clerk("popularization"), self.suite.actor("pufa2"))

    def _popularization(self) -> str:
        """Duty lists, ledgers and this year's evaluation."""
        if "popularization" not in self.suite.catalog.professions:
            return "没有启用普法"
        return popularization(self.suite, self._clerk("popularization"), self.suite.actor("pufa2"))

    def _clerk(self, profession: str) -> Actor:
        """The keeper of an area of rights, or the first user who staffs the profession's section."""
        if profession in KEEPERS:
            return self.suite.actor(KEEPERS[profession][0])
        for login, _, _, role, of_profession, _ in PEOPLE:
            if role == "core.section_staff" and of_profession == profession:
                return self.suite.actor(login)
        return self.suite.actor()

    def _associations(self) -> dict[str, Actor]:
        """By the kind of case that the association of a profession handles itself: its user."""
        return {
            f"{profession}.discipline": self.suite.actor(login)
            for login, _, _, role, profession, _ in PEOPLE
            if role == "core.association" and profession in self.suite.catalog.professions
        }

    @property
    def document(self) -> dict[str, Any]:
        """What was done, as JSON."""
        return {
            "dir": str(self.folder),
            "database": str(self.folder / "suite.db"),
            "practitioners": self.practitioners,
            "today": self.suite.today,
            "steps": self.steps,
            "imports": self.imports,
        }
